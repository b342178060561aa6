"""What the operator does with the files: back up, restore, update, change the key. Each command says how far it is."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from peerbot.config import Settings
from peerbot.engine import copies
from peerbot.engine.clock import Clock
from peerbot.engine.database import hold
from peerbot.engine.key import KeyMissing, KeyUnreadable, read
from peerbot.ops import preflight, rekey, restore, update
from peerbot.ops.backup import Backups
from peerbot.ops.restore import NoSuchBackup, Replay
from peerbot.ops.sentences import say


def tell(text: str, what: str = "") -> None:
    """Say on the terminal how far it is."""
    sys.stdout.write(say(text, what=what) + "\n")
    sys.stdout.flush()


class NoDatabase(NoSuchBackup):
    """There is no database yet. The message is its path."""


class KeyFileTaken(KeyUnreadable):
    """The file for the new key is there already, or none was named though the key is in the environment."""


def backups_of(settings: Settings) -> Backups:
    """Return the backups that these settings name."""
    return Backups(settings.database.path, settings.backup_folder)


def back_up(settings: Settings, clock: Clock, to: Path | None) -> None:
    """Make a backup, beside a running bot too: in the folder of backups, or as the file `to`.

    Raises:
        NoDatabase: there is nothing to back up.
        KeyFault, DatabaseFault, OSError: it cannot be done; there is no new file.
    """
    key = _key(settings)
    tell("operator-backup-begins", str(settings.database.path))
    if to is None:
        made, rows = backups_of(settings).make(key, clock.now())
        file = made.file
    else:
        file = to
        if file.exists():
            raise FileExistsError(17, "", str(file))
        rows = copies.copy(settings.database.path, key, file)
    tell("operator-backup-checked", str(sum(rows.values())))
    tell("operator-backup-done", str(file))


def put_back(settings: Settings, clock: Clock, file: Path, key_file: Path | None, replay: Replay) -> None:
    """Put a backup in the place of the database; `key_file` has a key that it may have been made with.

    Raises:
        KeyFault, DatabaseFault, OSError: it cannot be done; nothing has changed.
    """
    keys = _keys(settings, key_file)
    done = restore.restore(file, settings.database.path, keys, backups_of(settings), clock.now(), tell, replay)
    tell("operator-restore-done", str(file))
    if done.deleted_again:
        tell("operator-restore-deleted", str(done.deleted_again))
    if not done.knows_all:
        tell("operator-restore-unknown")
    if done.aside is not None:
        tell("operator-restore-aside", str(done.aside.file))


def migrate(settings: Settings, clock: Clock) -> None:
    """Bring the database up to date, after a backup of it.

    Raises:
        NoDatabase: there is none.
        InUse: a bot is running on it.
        KeyFault, DatabaseFault, OSError: it cannot be done; nothing has changed.
    """
    key = _key(settings)
    steps = update_if_needed(settings, key, clock.now(), tell)
    tell("operator-update-done" if steps else "operator-update-nothing", str(settings.database.path))


def update_if_needed(settings: Settings, key: bytes, now: datetime, telling: update.Tell) -> int:
    """Bring an existing database up to date, alone with it; return how many steps that took.

    Raises:
        InUse, DatabaseFault, OSError: it cannot be done; nothing has changed.
    """
    lock = hold(settings.database.path)
    try:
        return update.bring_up_to_date(settings.database.path, key, backups_of(settings), now, telling)
    finally:
        lock.release()


def change_key(settings: Settings, new_key_file: Path | None) -> None:
    """Give the database and its backups a new key.

    Raises:
        NoDatabase: there is none.
        KeyFileTaken: the key is in the environment, and no new file was named for the next one.
        InUse: a bot is running on it.
        KeyFault, DatabaseFault, OSError: it cannot be done; the present key still opens the database.
    """
    in_use = _key(settings)
    in_environment = settings.database.key is not None
    if in_environment and (new_key_file is None or new_key_file.exists()):
        raise KeyFileTaken(str(new_key_file or ""))
    target = new_key_file if in_environment and new_key_file is not None else settings.key_file
    followed = rekey.rekey(settings.database.path, in_use, target, backups_of(settings), tell)
    tell("operator-rekey-done", str(followed))
    tell("operator-rekey-environment" if in_environment else "operator-rekey-file", str(target))


def end_rekey(settings: Settings, telling: update.Tell) -> None:
    """End a change of keys that a crash cut short.

    Raises:
        KeyFault, DatabaseFault, OSError: it cannot be ended now; nothing is lost.
    """
    if settings.database.key is None:
        rekey.finish(settings.database.path, settings.key_file, backups_of(settings), telling)


def _key(settings: Settings) -> bytes:
    """Return the key of a database that is there.

    Raises:
        NoDatabase: there is none.
        KeyFault: there is no usable key.
    """
    if not settings.database.path.exists():
        raise NoDatabase(str(settings.database.path))
    return _existing_key(settings)


def _existing_key(settings: Settings) -> bytes:
    """Return the key, which is never made here: a new one opens nothing that exists.

    Raises:
        KeyMissing: there is none.
        KeyFault: it is not usable.
    """
    end_rekey(settings, tell)
    if settings.database.key is None and not settings.key_file.exists():
        raise KeyMissing(str(settings.key_file))
    return preflight.key_of(settings)


def _keys(settings: Settings, key_file: Path | None) -> Sequence[bytes]:
    """Return the key in use, then the others that a backup may have."""
    old = rekey.old_of(settings.key_file)
    more = [*([key_file] if key_file is not None else []), *([old] if old.exists() else [])]
    return (_existing_key(settings), *(read(each) for each in more))
