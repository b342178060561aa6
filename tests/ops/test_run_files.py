"""A directory, a key or a database that cannot be used is named and left as it was."""

import asyncio
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from peerbot.engine.database import Database
from tests.ops.running import KEY, Run, ended_by, nothing_changes, one_sentence


def test_a_directory_that_cannot_be_made_is_named(config: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    below_a_file = config / "data" / "bot.sqlite"
    monkeypatch.setenv("PEERBOT_DATABASE_PATH", str(below_a_file))
    with nothing_changes(config.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (73, True)
    assert f"{below_a_file.parent} (Not a directory)" in err


def test_a_directory_for_the_key_that_cannot_be_made_is_named(
    config: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEERBOT_DATABASE_KEY_FILE", str(config / "bot.key"))
    with nothing_changes(config.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (73, True)
    assert str(config) in err


def test_a_lost_key_is_not_replaced(made: Path, run: Run) -> None:
    made.with_suffix(".key").unlink()
    with nothing_changes(made.parent.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (66, True)
    assert str(made.with_suffix(".key")) in err
    assert str(made) in err


def test_a_file_that_holds_no_key_is_named(made: Path, run: Run) -> None:
    made.with_suffix(".key").write_text("no key at all")
    with nothing_changes(made.parent.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (66, True)
    assert err.startswith(f"{made.with_suffix('.key')} does not hold a key")


def test_a_key_file_that_cannot_be_read_is_named(made: Path, run: Run) -> None:
    made.with_suffix(".key").unlink()
    made.with_suffix(".key").mkdir()
    with nothing_changes(made.parent.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (66, True)
    assert f"{made.with_suffix('.key')} cannot be used (Is a directory)" in err


def test_a_variable_that_holds_no_key_is_named(config: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_DATABASE_KEY", "abc")
    with nothing_changes(config.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (66, True)
    assert err.startswith("PEERBOT_DATABASE_KEY does not hold a key")
    assert "abc" not in err


def test_with_the_key_in_its_variable_no_key_file_is_made(
    config: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEERBOT_DATABASE_KEY", KEY.hex())
    monkeypatch.setenv("PEERBOT_DATABASE_KEY_FILE", str(config / "not" / "used.key"))
    assert run(work=ended_by(signal.SIGTERM))[0] == 0
    assert not list(config.parent.rglob("*.key"))
    assert (config.parent / "data/bot.sqlite").exists()


def test_a_wrong_key_leaves_the_file_as_it_was(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_DATABASE_KEY", "ff" * 32)
    with nothing_changes(made.parent.parent):
        code, err = run()
    assert code == 65
    assert one_sentence(err)
    assert f"does not open {made}" in err


def test_a_newer_database_is_left_as_it_was(made: Path, run: Run) -> None:
    async def grow() -> None:
        database = await Database.open(made, KEY)
        async with database.transaction() as work:
            await work.all("PRAGMA user_version=999")
        await database.close()

    asyncio.run(grow())
    with nothing_changes(made.parent.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (76, True)
    assert f"A newer peerbot wrote {made}" in err
    assert "999" in err


def test_a_full_disk_is_told_and_the_new_key_with_it(config: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
    code, err = run()
    key = config.parent / "data/bot.key"
    assert code == 74
    assert err.endswith(f"The new key {key} stays, and the next start uses it.\n")
    assert err.count("\n") == 1
    held = key.read_text()
    assert not (config.parent / "data/bot.sqlite").exists()
    monkeypatch.undo()
    monkeypatch.setenv("PEERBOT_TOKEN", "a.made-up.token")
    assert run(work=ended_by(signal.SIGTERM))[0] == 0
    assert key.read_text() == held


def test_a_full_disk_later_does_not_call_the_old_key_new(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
    with nothing_changes(made.parent.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (74, True)
    assert "key" not in err
