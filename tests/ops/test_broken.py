"""Broken settings and surroundings, as one table: what each command says, how it ends, and that it touched nothing."""

import errno
import itertools
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest

from peerbot.cli import main
from peerbot.engine import copies, migrations
from peerbot.engine.database import connect, hold
from peerbot.ops import rekey
from peerbot.ops.serving import Outside
from tests.ops.running import KEY, nothing_changes
from tests.ops.stand_ins import DiscordOnLoopback, opens


@dataclass(slots=True)
class Scene:
    """Settings, a database and a backup in good order, to be broken."""

    config: Path
    database: Path
    backup: Path
    patch: pytest.MonkeyPatch

    @property
    def key(self) -> Path:
        return self.database.with_suffix(".key")

    def settings(self, text: str) -> None:
        self.config.write_text(text, encoding="utf-8")

    def add(self, text: str) -> None:
        self.settings(self.config.read_text(encoding="utf-8") + text)


@pytest.fixture
def scene(config: Path, made: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Scene:
    assert main(["backup", "--config", str(config)]) == 0
    capfd.readouterr()
    (backup,) = (made.parent / "backups").glob("peerbot-*.sqlite")
    return Scene(config, made, backup, monkeypatch)


def no_config(scene: Scene) -> None:
    scene.config.unlink()


def config_is_a_folder(scene: Scene) -> None:
    scene.config.unlink()
    scene.config.mkdir()


def not_toml(scene: Scene) -> None:
    scene.settings("[database\n")


def not_utf8(scene: Scene) -> None:
    scene.config.write_bytes(b"\xff\xfe")


def unknown_section(scene: Scene) -> None:
    scene.add("[heath]\n")


def unknown_setting(scene: Scene) -> None:
    scene.add('[log]\nlevle = "info"\n')


def odd_level(scene: Scene) -> None:
    scene.add('[log]\nlevel = "loud"\n')


def odd_url(scene: Scene) -> None:
    scene.add('[watchdog]\nurl = "ftp://example.org"\n')


def odd_folder(scene: Scene) -> None:
    scene.add("[backup]\nfolder = 7\n")


def odd_alert(scene: Scene) -> None:
    scene.add('[alerts]\noperator = ["json://127.0.0.1/x"]\n')


def key_in_config(scene: Scene) -> None:
    text = scene.config.read_text(encoding="utf-8")
    scene.settings(text.replace("[database]\n", f'[database]\nkey = "{KEY.hex()}"\n'))


def key_of_three_digits(scene: Scene) -> None:
    scene.patch.setenv("PEERBOT_DATABASE_KEY", "abc")


def no_key(scene: Scene) -> None:
    scene.key.unlink()


def key_is_a_folder(scene: Scene) -> None:
    scene.key.unlink()
    scene.key.mkdir()


def key_is_no_key(scene: Scene) -> None:
    scene.key.write_text("a word")


def other_key(scene: Scene) -> None:
    scene.key.write_text("11" * 32)


def no_database(scene: Scene) -> None:
    scene.database.unlink()


def database_is_something_else(scene: Scene) -> None:
    scene.database.write_bytes(b"not a database at all, but long enough for one" * 100)


def database_is_newer(scene: Scene) -> None:
    with closing(connect(scene.database, KEY, read_only=False)) as connection:
        connection.execute("PRAGMA user_version=9999")
        connection.execute("PRAGMA journal_mode=DELETE")


def in_use(scene: Scene) -> None:
    lock = hold(scene.database)
    scene.patch.setattr("tests.ops.test_broken._HELD", lock)


_HELD: object = None


def no_backup(scene: Scene) -> None:
    scene.backup.unlink()


def broken_backup(scene: Scene) -> None:
    held = bytearray(scene.backup.read_bytes())
    held[4096 + 100] ^= 1
    scene.backup.write_bytes(held)


def newer_backup(scene: Scene) -> None:
    with closing(connect(scene.backup, KEY, read_only=False)) as connection:
        connection.execute("PRAGMA user_version=9999")


def backups_are_a_file(scene: Scene) -> None:
    shutil.rmtree(scene.backup.parent)
    scene.backup.parent.write_bytes(b"")


def disk_full(scene: Scene) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    scene.patch.setattr(copies, "make_private", full)
    scene.patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))


def disk_read_only(scene: Scene) -> None:
    def closed(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(scene.database.parent))

    scene.patch.setattr(copies, "make_private", closed)


def older(scene: Scene) -> None:
    """The database was made by the version before this one: an update is due, which needs a backup and a copy."""
    scene.database.unlink()
    with closing(connect(scene.database, KEY, read_only=False)) as connection:
        migrations.migrate_to(connection, migrations.steps()[:-1])


def older_and_disk_full(scene: Scene) -> None:
    older(scene)
    disk_full(scene)


def older_and_disk_read_only(scene: Scene) -> None:
    older(scene)
    disk_read_only(scene)


def older_and_backups_are_a_file(scene: Scene) -> None:
    older(scene)
    backups_are_a_file(scene)


def backup_of_another_key(scene: Scene) -> None:
    rekey.change_key(scene.backup, KEY, b"1" * 32)


def backup_is_a_folder(scene: Scene) -> None:
    scene.backup.unlink()
    scene.backup.mkdir()


def backup_is_empty(scene: Scene) -> None:
    scene.backup.write_bytes(b"")


def backup_cut_short(scene: Scene) -> None:
    scene.backup.write_bytes(scene.backup.read_bytes()[:-4096])


def no_place_for_what_is_in_use(scene: Scene) -> None:
    elsewhere = scene.config.parent / "elsewhere.sqlite"
    scene.backup.rename(elsewhere)
    scene.backup = elsewhere
    scene.database.with_name("backups").rmdir()
    scene.database.with_name("backups").write_bytes(b"")


def copy_is_not_what_was_copied(scene: Scene) -> None:
    rows = itertools.count()
    scene.patch.setattr(copies, "count", lambda _connection: {"seat": next(rows)})


def no_token(scene: Scene) -> None:
    scene.patch.delenv("PEERBOT_TOKEN")


Break = Callable[[Scene], None]
TABLE: Final[tuple[tuple[str, Break, int, str], ...]] = (
    ("run", no_config, 78, "copy config.example.toml to it"),
    ("doctor", no_config, 78, "copy config.example.toml to it"),
    ("backup", config_is_a_folder, 78, "give this account the right to read it"),
    ("restore", not_toml, 78, "is not valid TOML"),
    ("rekey", not_utf8, 78, "is not valid TOML"),
    ("doctor", unknown_section, 78, "[heath] in"),
    ("backup", unknown_setting, 78, "what can stand there is level, format"),
    ("restore", odd_level, 78, "is none of the choices"),
    ("run", odd_url, 78, "is not a web address"),
    ("backup", odd_folder, 78, 'write folder = "data/backups"'),
    ("doctor", odd_alert, 78, "is no kind of alert that I send"),
    ("rekey", key_in_config, 78, "does not belong in this file"),
    ("backup", key_of_three_digits, 66, "does not hold a key, which is 64 hexadecimal digits"),
    ("run", no_key, 66, "has lost its key"),
    ("backup", no_key, 66, "has lost its key"),
    ("restore", no_key, 66, "has lost its key"),
    ("rekey", key_is_a_folder, 66, "cannot be used"),
    ("backup", key_is_no_key, 66, "does not hold a key"),
    ("run", other_key, 65, "does not open"),
    ("backup", other_key, 65, "does not open"),
    ("restore", other_key, 65, "name the key it was made with"),
    ("rekey", other_key, 65, "does not open"),
    ("migrate", other_key, 65, "does not open"),
    ("backup", no_database, 66, "There is no database"),
    ("rekey", no_database, 66, "There is no database"),
    ("backup", database_is_something_else, 65, "does not open"),
    ("migrate", database_is_newer, 76, "A newer peerbot wrote"),
    ("run", database_is_newer, 76, "A newer peerbot wrote"),
    ("run", in_use, 75, "Another peerbot holds"),
    ("restore", in_use, 75, "Another peerbot holds"),
    ("rekey", in_use, 75, "Another peerbot holds"),
    ("migrate", in_use, 75, "Another peerbot holds"),
    ("restore", no_backup, 66, "choose one from the folder of backups"),
    ("restore", broken_backup, 74, "use another backup"),
    ("restore", newer_backup, 76, "A newer peerbot wrote"),
    ("backup", backups_are_a_file, 73, "let this account write there"),
    ("backup", disk_full, 74, "is full"),
    ("backup", disk_read_only, 73, "let this account write there"),
    ("restore", disk_read_only, 73, "let this account write there"),
    ("migrate", no_key, 66, "has lost its key"),
    ("migrate", key_is_no_key, 66, "does not hold a key"),
    ("migrate", no_database, 66, "There is no database"),
    ("migrate", older_and_disk_full, 74, "is full"),
    ("migrate", older_and_disk_read_only, 73, "let this account write there"),
    ("migrate", older_and_backups_are_a_file, 73, "let this account write there"),
    ("run", older_and_disk_full, 74, "is full"),
    ("run", older_and_backups_are_a_file, 73, "let this account write there"),
    ("rekey", disk_full, 74, "is full"),
    ("rekey", disk_read_only, 73, "let this account write there"),
    ("rekey", copy_is_not_what_was_copied, 74, "use another backup"),
    ("backup", copy_is_not_what_was_copied, 74, "use another backup"),
    ("restore", disk_full, 74, "is full"),
    ("restore", backup_of_another_key, 65, "name the key it was made with"),
    ("restore", backup_is_a_folder, 66, "choose one from the folder of backups"),
    ("restore", backup_is_empty, 74, "use another backup"),
    ("restore", backup_cut_short, 65, "or use another backup"),
    ("restore", no_place_for_what_is_in_use, 73, "let this account write there"),
    ("run", no_token, 77, "There is no token"),
)


@pytest.mark.parametrize(
    ("command", "breaks", "code", "says"), TABLE, ids=[f"{c}-{b.__name__}" for c, b, _, _ in TABLE]
)
def test_each_is_told_in_one_sentence_and_touches_nothing(
    scene: Scene,
    discord_api: DiscordOnLoopback,
    capfd: pytest.CaptureFixture[str],
    command: str,
    breaks: Break,
    code: int,
    says: str,
) -> None:
    breaks(scene)
    more = [str(scene.backup)] if command == "restore" else []
    with nothing_changes(scene.config.parent):
        found = main([command, "--config", str(scene.config), *more], Outside(opens(), discord_api.api))
    err = capfd.readouterr().err
    assert (found, says in err) == (code, True), err
    # What `run` had begun before stands above, in the log.
    assert len([line for line in err.splitlines() if not line.startswith("timestamp=")]) == 1
    assert "Traceback" not in err


def test_the_table_holds_more_than_two_dozen() -> None:
    assert len(TABLE) >= 25
    assert {command for command, *_ in TABLE} == {"run", "doctor", "backup", "restore", "rekey", "migrate"}
