"""Backups: whole, encrypted, looked through before they count, and gone after fourteen days."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from peerbot.engine import copies
from peerbot.engine.copies import CopyFault
from peerbot.engine.database import Database, DatabaseFault, connect
from peerbot.ops.backup import KEPT, Backups
from peerbot.ops.keeping import Keeping
from peerbot.ops.sentences import say
from tests.fakes import FakeClock

KEY = b"K" * 32
NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRET = "a note that nobody else may read"


@pytest.fixture
async def backups(tmp_path: Path) -> Backups:
    """A database with something in it, and no backup yet."""
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    async with database.transaction() as work:
        await work.all("INSERT INTO note (name, value) VALUES ('secret', :secret)", secret=SECRET)
    await database.close()
    return Backups(tmp_path / "peerbot.sqlite", tmp_path / "backups")


class Writer(Protocol):
    """A connection of the driver."""

    def execute(self, sql: str, /) -> object: ...


@pytest.fixture
def writer(backups: Backups) -> Iterator[Writer]:
    """Somebody who writes while a backup is made, as the running bot does."""
    with closing(connect(backups.database, KEY, read_only=False)) as connection:
        yield connection


def notes(file: Path, key: bytes = KEY) -> list[str]:
    with closing(connect(file, key, read_only=True)) as connection:
        return [row["value"] for row in connection.execute("SELECT value FROM note ORDER BY name").fetchall()]


def test_a_backup_is_whole_encrypted_and_readable_by_this_account_alone(backups: Backups) -> None:
    made, rows = backups.make(KEY, NOW)
    assert made.file == backups.folder / "peerbot-20261201T030000Z.sqlite"
    assert notes(made.file) == [SECRET]
    assert rows["note"] == 1
    assert SECRET.encode() not in made.file.read_bytes()
    assert b"SQLite format 3" not in made.file.read_bytes()
    assert (made.file.stat().st_mode & 0o777, backups.folder.stat().st_mode & 0o777) == (0o600, 0o700)
    with pytest.raises(DatabaseFault):
        copies.verify(made.file, b"L" * 32)


def test_it_is_made_beside_somebody_who_writes(backups: Backups, writer: Writer) -> None:
    writer.execute("INSERT INTO note (name, value) VALUES ('other', 'x')")
    made, rows = backups.make(KEY, NOW)
    writer.execute("INSERT INTO note (name, value) VALUES ('later', 'y')")
    assert rows["note"] == len(notes(made.file)) == 2


def test_somebody_who_writes_all_the_time_waits_for_a_moment_at_last(
    backups: Backups, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = iter(range(100))
    monkeypatch.setattr(copies, "_version", lambda _connection: next(versions))
    made, rows = backups.make(KEY, NOW)
    assert rows["note"] == len(notes(made.file)) == 1
    assert next(versions) == 2 * 3, "three tries beside them"
    writer.execute("INSERT INTO note (name, value) VALUES ('later', 'y')")


@pytest.mark.parametrize("at", [100, 4096 + 50, -200])
def test_a_copy_in_which_one_byte_is_another_does_not_count(backups: Backups, at: int) -> None:
    made, rows = backups.make(KEY, NOW)
    held = bytearray(made.file.read_bytes())
    held[at] ^= 1
    made.file.write_bytes(held)
    with pytest.raises(DatabaseFault):
        copies.verify(made.file, KEY, rows)


def test_a_copy_that_lacks_a_row_does_not_count(backups: Backups) -> None:
    made, rows = backups.make(KEY, NOW)
    with closing(connect(made.file, KEY, read_only=False)) as connection:
        connection.execute("DELETE FROM note")
    with pytest.raises(CopyFault, match="note"):
        copies.verify(made.file, KEY, rows)


def test_what_fails_half_way_leaves_nothing_behind(backups: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise CopyFault(backups.database, "made up")

    monkeypatch.setattr(copies, "verify", broken)
    old = backups.target(NOW - KEPT - DAY)
    old.write_bytes(b"old")
    with pytest.raises(CopyFault):
        backups.make(KEY, NOW)
    assert [file.name for file in backups.folder.iterdir()] == [old.name], "the last good one stays, however old"


def test_each_is_kept_for_fourteen_days_and_what_is_not_ours_for_ever(backups: Backups) -> None:
    backups.folder.mkdir()
    for name in ("notes.txt", "peerbot-mine.sqlite", "peerbot-20260101T000000Z.sqlite.part"):
        (backups.folder / name).write_bytes(b"")
    for day in range(16):
        backups.make(KEY, NOW + day * DAY, "before-update" if day == 1 else "")
    assert [each.made_at for each in backups.listed()] == [NOW + day * DAY for day in range(1, 16)]
    backups.let_go(NOW + 15 * DAY + timedelta(seconds=1))
    assert len(backups.listed()) == 14
    assert {file.name for file in backups.folder.iterdir()} >= {"notes.txt", "peerbot-mine.sqlite"}
    assert not list(backups.folder.glob("*.part"))


def test_two_in_one_second_are_two(backups: Backups) -> None:
    assert backups.make(KEY, NOW)[0].file != backups.make(KEY, NOW)[0].file
    assert len(backups.listed()) == 2


@pytest.mark.parametrize(
    ("age", "hour", "due"),
    [(1, 3, False), (11, 3, False), (13, 3, True), (13, 12, False), (25, 12, False), (27, 12, True)],
)
def test_one_is_due_at_night_and_whenever_the_last_is_too_old(
    backups: Backups, age: int, hour: int, *, due: bool
) -> None:
    assert backups.due(NOW), "there is none yet"
    now = NOW.replace(hour=hour)
    backups.make(KEY, now - age * HOUR)
    assert backups.due(now) is due


async def test_a_backup_that_fails_is_tried_again_and_told_to_the_operator_once_a_day(backups: Backups) -> None:
    clock, told = FakeClock(NOW), list[str]()

    async def tell(text: str) -> int:
        told.append(text)
        return 1

    backups.folder.write_bytes(b"a file stands where the folder should be")
    keeping = Keeping(backups, KEY)
    for _ in range(25):
        assert not await keeping.hourly(clock, tell)
        clock.move(HOUR)
    assert told == [say("operator-alert-backup")] * 2
    backups.folder.unlink()
    assert await keeping.hourly(clock, tell)
    assert len(backups.listed()) == 1
    assert await keeping.hourly(clock, tell)
    assert len(backups.listed()) == 1


async def test_an_operator_whom_nothing_reached_is_told_again_the_next_hour(backups: Backups) -> None:
    told = list[str]()

    async def tell(text: str) -> int:
        told.append(text)
        return 0

    backups.folder.write_bytes(b"")
    keeping = Keeping(backups, KEY)
    for _ in range(2):
        await keeping.hourly(FakeClock(NOW), tell)
    assert len(told) == 2


async def test_the_log_is_empty_after_it_was_folded_in(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    async with database.transaction() as work:
        await work.all("INSERT INTO note (name, value) VALUES ('a', 'b')")
    log = tmp_path / "peerbot.sqlite-wal"
    assert log.stat().st_size > 0
    assert await database.truncate_log()
    assert log.stat().st_size == 0
    await database.close()


async def test_a_log_that_somebody_still_reads_is_not_taken_for_empty(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    with closing(connect(database.path, KEY, read_only=True)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM note").fetchall()
        async with database.transaction() as work:
            await work.all("PRAGMA busy_timeout=10")
            await work.all("INSERT INTO note (name, value) VALUES ('a', 'b')")
        assert not await database.truncate_log()
    assert await database.truncate_log()
    await database.close()
