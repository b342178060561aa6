"""`peerbot backup`, `restore`, `migrate` and `rekey`: each says what it did; whatever goes wrong, nothing is lost."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from peerbot.cli import main
from peerbot.engine import migrations
from peerbot.engine.database import connect, hold
from peerbot.engine.key import read
from peerbot.ops import rekey, update
from tests.ops.running import KEY, nothing_changes

Do = Callable[..., tuple[int, str, str]]


@pytest.fixture
def do(config: Path, made: Path, capfd: pytest.CaptureFixture[str]) -> Do:
    """Give a command beside an existing database, and give back the exit code, what was said, and the fault."""
    capfd.readouterr()

    def do(command: str, *more: str) -> tuple[int, str, str]:
        code = main([command, "--config", str(config), *more])
        out, err = capfd.readouterr()
        return code, out, err

    return do


def write(database: Path, value: str, key: bytes = KEY) -> None:
    with closing(connect(database, key, read_only=False)) as connection:
        connection.execute("INSERT OR REPLACE INTO note (name, value) VALUES ('it', ?)", [value])


def value(database: Path, key: bytes = KEY) -> str:
    with closing(connect(database, key, read_only=True)) as connection:
        row = connection.execute("SELECT value FROM note WHERE name = 'it'").fetchone()
        return str(row and row["value"])


def only_backup(database: Path) -> Path:
    (file,) = (database.parent / "backups").glob("peerbot-*.sqlite")
    return file


def make_older(database: Path) -> None:
    """Take the last step back, as far as its number goes; it is done again on a copy without it."""
    database.unlink()
    with closing(connect(database, KEY, read_only=False)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        migrations.migrate_to(connection, migrations.steps()[:-1])


def test_backup_says_what_it_did_beside_a_running_bot_too(do: Do, made: Path) -> None:
    write(made, "before")
    lock = hold(made)
    try:
        code, out, err = do("backup")
    finally:
        lock.release()
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"Backup: {only_backup(made)}"
    assert "opened and looked through" in out
    assert value(only_backup(made)) == "before"


def test_backup_writes_where_it_is_told_and_over_nothing(do: Do, made: Path, tmp_path: Path) -> None:
    write(made, "before")
    assert do("backup", "--to", str(tmp_path / "copy.sqlite"))[0] == 0
    assert value(tmp_path / "copy.sqlite") == "before"
    with nothing_changes(tmp_path):
        code, _, err = do("backup", "--to", str(tmp_path / "copy.sqlite"))
    assert code == 73
    assert "is there already, and nothing was written" in err


def test_restore_brings_back_what_was_and_keeps_what_is(do: Do, made: Path) -> None:
    write(made, "before")
    do("backup")
    backup = only_backup(made)
    write(made, "after")
    code, out, err = do("restore", str(backup))
    assert (code, err) == (0, "")
    assert value(made) == "before"
    (aside,) = backup.parent.glob("*-before-restore.sqlite")
    assert value(aside) == "after"
    assert str(aside) in out
    assert do("restore", str(aside))[0] == 0
    assert value(made) == "after"


def test_restore_over_a_running_bot_is_refused(do: Do, made: Path, tmp_path: Path) -> None:
    do("backup")
    lock = hold(made)
    try:
        with nothing_changes(tmp_path):
            code, _, err = do("restore", str(only_backup(made)))
    finally:
        lock.release()
    assert code == 75
    assert "stop that one first" in err


def test_restore_on_a_new_machine_needs_the_key_and_makes_none(do: Do, made: Path, tmp_path: Path) -> None:
    write(made, "before")
    do("backup")
    shutil.move(only_backup(made), tmp_path / "from-elsewhere.sqlite")
    shutil.rmtree(made.parent)
    with nothing_changes(tmp_path):
        assert do("restore", str(tmp_path / "from-elsewhere.sqlite"))[0] == 66
    made.parent.mkdir()
    made.with_suffix(".key").write_text(KEY.hex())
    code, out, _ = do("restore", str(tmp_path / "from-elsewhere.sqlite"))
    assert code == 0
    assert value(made) == "before"
    assert "could not be read" in out, "what was deleted since nobody knows"


def test_restore_over_a_broken_database_keeps_the_broken_one(do: Do, made: Path) -> None:
    write(made, "before")
    do("backup")
    made.write_bytes(b"broken" * 1000)
    assert do("restore", str(only_backup(made)))[0] == 0
    assert value(made) == "before"
    (aside,) = (made.parent / "backups").glob("*-before-restore.sqlite")
    assert aside.read_bytes() == b"broken" * 1000


def test_restore_takes_a_backup_of_another_key_with_that_key(do: Do, made: Path, tmp_path: Path) -> None:
    write(made, "before")
    do("backup")
    old = tmp_path / "old.sqlite"
    shutil.move(only_backup(made), old)
    (tmp_path / "old.key").write_text(KEY.hex())
    assert do("rekey")[0] == 0
    with nothing_changes(tmp_path):
        code, _, err = do("restore", str(old))
    assert code == 65
    assert str(made) in err or str(old) in err
    assert do("restore", str(old), "--key-file", str(tmp_path / "old.key"))[0] == 0
    assert value(made, read(made.with_suffix(".key"))) == "before"


def test_rekey_leaves_nothing_that_the_old_key_opens(do: Do, made: Path) -> None:
    write(made, "before")
    do("backup")
    code, out, err = do("rekey")
    assert (code, err) == (0, "")
    fresh = read(made.with_suffix(".key"))
    assert fresh != KEY
    assert (value(made, fresh), value(only_backup(made), fresh)) == ("before", "before")
    assert [rekey.which_opens(file, [KEY]) for file in (made, only_backup(made))] == [None, None]
    assert {file.name for file in made.parent.iterdir()} == {"bot.sqlite", "bot.sqlite.lock", "bot.key", "backups"}
    assert out.splitlines()[-1].startswith("The new key is in ")


def test_rekey_of_a_key_from_the_environment_writes_the_new_one_where_it_is_told(
    do: Do, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.with_suffix(".key").unlink()
    monkeypatch.setenv("PEERBOT_DATABASE_KEY", KEY.hex())
    write(made, "before")
    with nothing_changes(tmp_path):
        assert do("rekey")[0] == 66
    new = tmp_path / "new.key"
    assert do("rekey", "--new-key-file", str(new))[0] == 0
    assert value(made, read(new)) == "before"
    with nothing_changes(tmp_path):
        assert do("rekey", "--new-key-file", str(new))[0] == 66
        assert do("backup")[0] == 65


class Cut(BaseException):
    """The power is gone."""


@pytest.mark.parametrize("at", range(1, 9))
def test_a_rekey_cut_short_anywhere_leaves_a_database_that_a_key_on_disk_opens(
    do: Do, made: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write(made, "before")
    do("backup")
    calls = 0

    def cutting(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise Cut
            return real(*given, **named)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(update, "put_in_place", cutting(update.put_in_place))
        for name in ("copy", "settle"):
            patched.setattr(rekey.copies, name, cutting(getattr(rekey.copies, name)))
        for name in ("change_key", "which_opens"):
            patched.setattr(rekey, name, cutting(getattr(rekey, name)))
        patched.setattr(update, "remove", lambda _file: None)  # A process that is gone tidies nothing up.
        with pytest.raises(Cut):
            do("rekey")
    (made.parent / "bot.sqlite.lock").unlink(missing_ok=True)
    code, _, err = do("backup")
    assert (code, err) == (0, "")
    key = read(made.with_suffix(".key"))
    assert value(made, key) == "before"
    for file in (made.parent / "backups").glob("peerbot-*.sqlite"):
        assert value(file, key) == "before"
    assert do("rekey")[0] == 0
    assert {file.suffix for file in made.parent.iterdir() if file.is_file()} == {".sqlite", ".lock", ".key"}


def test_a_new_key_that_waits_outlasts_a_database_that_cannot_be_read(do: Do, made: Path) -> None:
    waiting = rekey.new_of(made.with_suffix(".key"))
    waiting.write_text("22" * 32)
    held = made.read_bytes()
    made.write_bytes(b"broken" * 1000)
    assert do("backup")[0] == 65
    assert waiting.exists(), "it may be the one that opens what can be read again later"
    made.write_bytes(held)
    assert do("backup")[0] == 0
    assert not waiting.exists()


def test_migrate_backs_up_and_brings_up_to_date(do: Do, made: Path) -> None:
    make_older(made)
    write(made, "before")
    code, out, err = do("migrate")
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()[1:3]] == ["Backup", "Steps to take"]
    assert update.steps_lacking(made, KEY) == 0
    assert update.steps_lacking(only_backup(made), KEY) == 1
    assert value(made) == value(only_backup(made)) == "before"
    assert "before-update" in only_backup(made).name
    with nothing_changes(made.parent):
        assert "was up to date" in do("migrate")[1]


def test_a_step_that_fails_leaves_everything_as_it_was(do: Do, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_older(made)
    write(made, "before")
    held = made.read_bytes()
    real = migrations.steps()
    broken = [
        *real[:-1],
        (real[-1][0], "broken", "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"),
    ]
    monkeypatch.setattr(migrations, "steps", lambda: broken)
    code, _, err = do("migrate")
    assert code == 70
    assert f"stopped at step {real[-1][0]}" in err
    assert made.read_bytes() == held
    assert not list(made.parent.glob("*.new*"))


@pytest.mark.parametrize("command", [("backup",), ("migrate",), ("rekey",)])
def test_without_a_database_nothing_is_made(do: Do, made: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    made.unlink()
    with nothing_changes(tmp_path):
        code, _, err = do(*command)
    assert code == 66
    assert "There is no database" in err


@pytest.mark.parametrize("command", ["backup", "migrate", "rekey", "restore"])
def test_a_wrong_key_says_so_and_touches_nothing(do: Do, made: Path, tmp_path: Path, command: str) -> None:
    do("backup")
    made.with_suffix(".key").write_text("11" * 32)
    more = [str(only_backup(made))] if command == "restore" else []
    with nothing_changes(tmp_path):
        code, _, err = do(command, *more)
    assert code == 65
    assert ("No key here opens" if command == "restore" else "The key does not open") in err


@pytest.mark.parametrize("command", ["backup", "migrate", "rekey", "restore"])
def test_a_database_of_a_newer_peerbot_is_left_alone(do: Do, made: Path, tmp_path: Path, command: str) -> None:
    with closing(connect(made, KEY, read_only=False)) as connection:
        connection.execute("PRAGMA user_version=9999")
        connection.execute("PRAGMA journal_mode=DELETE")
    more = [str(made)] if command == "restore" else []
    with nothing_changes(tmp_path):
        code, _, err = do(command, *more)
    assert code == 76
    assert "A newer peerbot wrote" in err
