"""The file: encrypted from the first byte, one writer at a time, and never a transaction left open."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from peerbot.engine.database import (
    Database,
    DiskFull,
    InUse,
    NewerDatabase,
    ReadOnly,
    WrongKey,
    connect,
)

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
SAID = "Mia said that she has not slept since March."


async def write(database: Database, name: str, value: str) -> None:
    async with database.transaction() as connection:
        await connection.all("INSERT INTO note (name, value) VALUES (:name, :value)", name=name, value=value)


async def notes(database: Database) -> dict[str, str]:
    return {row["name"]: row["value"] for row in await database.reads.all("SELECT * FROM note")}


def contents(folder: Path) -> dict[str, bytes]:
    """Every byte of the database; the lock file and the index of the log hold nothing."""
    kept = [path for path in folder.iterdir() if not path.name.endswith((".lock", "-shm"))]
    return {path.name: path.read_bytes() for path in kept}


def as_left_by_a_crash(path: Path, folder: Path) -> Path:
    """The file of a running process, copied as it lies there, with what is only in its log."""
    folder.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(path.with_name(path.name + suffix), folder / (path.name + suffix))
    return folder / path.name


async def test_what_a_transaction_wrote_is_there_once_it_has_ended_well(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.all("INSERT INTO note (name, value) VALUES ('a', '1')")
        assert not await notes(database)
    assert await notes(database) == {"a": "1"}


async def test_a_transaction_that_ends_badly_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as connection:
            await connection.all("INSERT INTO note (name, value) VALUES ('a', '1')")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    await write(database, "b", "2")
    assert await notes(database) == {"b": "2"}


async def test_two_hundred_increments_at_the_same_moment_make_two_hundred(database: Database) -> None:
    await write(database, "count", "0")

    async def increment() -> None:
        async with database.transaction() as connection:
            row = await connection.one("SELECT value FROM note WHERE name = 'count'")
            assert row is not None
            await connection.all("UPDATE note SET value = :value", value=str(int(row["value"]) + 1))

    await asyncio.gather(*(increment() for _ in range(200)))
    assert await notes(database) == {"count": "200"}


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("moments", range(9))
async def test_a_caller_cancelled_at_any_moment_leaves_no_open_transaction(
    database: Database, moments: int, times: int
) -> None:
    async def two_rows() -> None:
        async with database.transaction() as connection:
            await connection.all("INSERT INTO note (name, value) VALUES ('a', '1')")
            await connection.all("INSERT INTO note (name, value) VALUES ('b', '2')")

    caller = asyncio.create_task(two_rows())
    for _ in range(moments):
        await asyncio.sleep(0)
    for _ in range(times):
        caller.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(caller, return_exceptions=True)
    assert await notes(database) in ({}, {"a": "1", "b": "2"})
    await write(database, "c", "3")
    assert (await notes(database))["c"] == "3"


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_a_caller_cancelled_while_it_commits_is_cancelled_and_its_work_stands(
    database: Database, times: int
) -> None:
    at_its_end = asyncio.Event()

    async def one_row() -> None:
        async with database.transaction() as connection:
            await connection.all("INSERT INTO note (name, value) VALUES ('a', '1')")
            at_its_end.set()

    caller = asyncio.create_task(one_row())
    await at_its_end.wait()
    for _ in range(times):
        caller.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert await notes(database) == {"a": "1"}
    await write(database, "b", "2")


async def test_whoever_waits_for_a_cancelled_caller_gets_the_turn(database: Database) -> None:
    inside, never = asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        async with database.transaction() as connection:
            await connection.all("INSERT INTO note (name, value) VALUES ('stuck', '1')")
            inside.set()
            await never.wait()

    first = asyncio.create_task(stuck())
    await inside.wait()
    second = asyncio.create_task(write(database, "second", "2"))
    await asyncio.sleep(0)
    assert not second.done()
    first.cancel()
    await second
    assert await notes(database) == {"second": "2"}


async def test_a_commit_that_is_refused_leaves_no_open_transaction(database: Database) -> None:
    async def for_no_server() -> None:
        async with database.transaction() as connection:
            await connection.all("PRAGMA defer_foreign_keys = ON")
            await connection.all("INSERT INTO team (server_id, user_id, part, since) VALUES (1, 2, 'lead', 3)")

    with pytest.raises(Exception, match="FOREIGN KEY"):
        await for_no_server()
    await write(database, "a", "1")
    assert await notes(database) == {"a": "1"}
    assert not await database.reads.all("SELECT * FROM team")


async def test_a_failure_after_which_sqlite_rolled_back_by_itself_is_told_as_it_was(database: Database) -> None:
    async def twice() -> None:
        async with database.transaction() as connection:
            await connection.all("INSERT INTO note (name, value) VALUES ('a', '1')")
            await connection.all("INSERT OR ROLLBACK INTO note (name, value) VALUES ('a', '2')")

    with pytest.raises(Exception, match="UNIQUE"):
        await twice()
    await write(database, "b", "2")
    assert await notes(database) == {"b": "2"}


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match="readonly"):
        await database.reads.all("INSERT INTO note (name, value) VALUES ('a', '1')")


async def test_one_gives_the_first_row_or_none(database: Database) -> None:
    assert await database.reads.one("SELECT 1 AS n WHERE 0") is None
    assert await database.reads.one("SELECT :n AS n UNION SELECT 2 ORDER BY n", n=1) == {"n": 1}


async def test_the_writing_connection_is_as_safe_as_sqlite_can_be(database: Database) -> None:
    async with database.transaction() as connection:
        found = {
            pragma: next(iter((await connection.one(f"PRAGMA {pragma}") or {}).values()))
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        }
    full, on, memory = 2, 1, 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": on,
        "secure_delete": on,
        "temp_store": memory,
    }


async def test_sqlite_is_past_the_bug_that_lost_the_log(database: Database) -> None:
    """Releases before 3.51.3 could reset the log while another connection still read it."""
    row = await database.reads.one("SELECT sqlite_version() AS version")
    assert row is not None
    assert tuple(map(int, row["version"].split("."))) >= (3, 51, 3)


async def test_nothing_on_the_disk_can_be_read_without_the_key(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    await write(database, "said", SAID)
    running = contents(tmp_path)
    await database.close()
    stopped = contents(tmp_path)
    assert set(running) == {"peerbot.sqlite", "peerbot.sqlite-wal"}
    for everything in (*running.values(), *stopped.values()):
        assert everything
        assert SAID.encode() not in everything
        assert b"SQLite format 3" not in everything
        assert b"CREATE TABLE" not in everything


async def test_what_was_written_is_there_after_the_next_start(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    await write(database, "said", SAID)
    await database.close()
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    assert await notes(database) == {"said": SAID}
    await database.close()


async def test_what_was_committed_survives_a_crash(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    await write(database, "said", SAID)
    remains = as_left_by_a_crash(database.path, tmp_path / "remains")
    await database.close()
    database = await Database.open(remains, KEY)
    assert await notes(database) == {"said": SAID}
    await database.close()


async def test_a_wrong_key_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "peerbot.sqlite", KEY)
    await write(database, "said", SAID)
    remains = as_left_by_a_crash(database.path, tmp_path / "remains")
    await database.close()
    before = contents(remains.parent)
    with pytest.raises(WrongKey):
        await Database.open(remains, OTHER_KEY)
    assert contents(remains.parent) == before
    database = await Database.open(remains, KEY)
    assert await notes(database) == {"said": SAID}
    await database.close()


async def test_a_file_of_another_program_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    theirs = sqlite3.connect(tmp_path / "peerbot.sqlite")
    theirs.execute("CREATE TABLE recipe (name TEXT)")
    theirs.close()
    before = contents(tmp_path)
    with pytest.raises(WrongKey):
        await Database.open(tmp_path / "peerbot.sqlite", KEY)
    assert contents(tmp_path) == before


async def test_a_file_of_a_newer_peerbot_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "peerbot.sqlite"
    await (await Database.open(path, KEY)).close()
    newer = connect(path, KEY, read_only=False)
    newer.execute("PRAGMA user_version = 9999")
    newer.close()
    before = contents(tmp_path)
    for _ in range(2):  # the second time shows that the first one let go of the lock
        with pytest.raises(NewerDatabase):
            await Database.open(path, KEY)
    assert contents(tmp_path) == before


async def test_a_second_opener_in_this_process_is_refused(database: Database) -> None:
    with pytest.raises(InUse):
        await Database.open(database.path, bytes(32))
    await write(database, "a", "1")


async def test_another_process_is_refused_until_this_one_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "peerbot.sqlite"
    program = f"""
import asyncio, pathlib
from peerbot.engine.database import Database, InUse
async def main():
    try:
        await (await Database.open(pathlib.Path({str(path)!r}), bytes(32))).close()
    except InUse:
        print("in use")
    else:
        print("opened")
asyncio.run(main())
"""

    def other() -> str:
        finished = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        return finished.stdout.strip()

    database = await Database.open(path, bytes(32))
    assert await asyncio.to_thread(other) == "in use"
    await database.close()
    assert await asyncio.to_thread(other) == "opened"


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(ReadOnly, match="data"):
        await Database.open(tmp_path / "data" / "peerbot.sqlite", KEY)


async def test_a_disk_with_no_room_to_write_safely_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly_full = shutil.disk_usage(tmp_path)._replace(free=1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: nearly_full)
    with pytest.raises(DiskFull):
        await Database.open(tmp_path / "peerbot.sqlite", KEY)
    assert not contents(tmp_path)


async def test_half_a_character_is_no_fault_and_names_nothing(database: Database) -> None:
    async with database.transaction() as work:
        await work.all("INSERT INTO note (name, value) VALUES (:name, 'kept')", name="a\ud800b")
    assert await database.reads.one("SELECT value FROM note WHERE name = 'a?b'") == {"value": "kept"}
    assert await database.reads.one("SELECT value FROM note WHERE name = :name", name="\udfff") is None
