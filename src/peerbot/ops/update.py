"""The file in use is never changed in place: an update, a restored backup and a new key come as a finished copy.

The copy takes the place of the old file by one rename, when all was found well. Whatever goes wrong before leaves the
old file as it was.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from peerbot.engine import copies, migrations
from peerbot.engine.database import DatabaseFault, NewerDatabase, connect, fault, look, sqlcipher
from peerbot.ops.backup import Backups

Tell = Callable[[str, str], None]
"""Say how far it is: a sentence's name, and a file or number that goes with it."""
_LOGS: Final = ("-wal", "-shm")


class UpdateFailed(DatabaseFault):
    """A step of an update could not be taken. The message says which; the old file is as it was."""


def steps_taken(path: Path, key: bytes) -> int:
    """Return how many steps a database has taken; 0 for an empty file.

    Raises:
        WrongKey, DatabaseFault: it cannot be opened.
    """
    try:
        with closing(look(path, key)) as connection:
            return migrations.done(connection)
    except sqlcipher.DatabaseError as error:
        raise fault(error, path) from error


def steps_lacking(path: Path, key: bytes) -> int:
    """Return how many steps a database lacks to be up to date.

    Raises:
        NewerDatabase: it has taken steps this program does not know.
        WrongKey, DatabaseFault: it cannot be opened.
    """
    taken = steps_taken(path, key)
    if taken > migrations.newest():
        message = f"step {taken}, this program knows {migrations.newest()}"
        raise NewerDatabase(message)
    return migrations.newest() - taken


def bring_up_to_date(path: Path, key: bytes, backups: Backups, now: datetime, tell: Tell) -> int:
    """Take the steps a database lacks, and return how many that were. The caller holds the database's lock.

    Raises:
        UpdateFailed: a step could not be taken; nothing has changed.
        DatabaseFault: the file, or the backup of it, is not good; nothing has changed.
        OSError: nothing can be written there; nothing has changed.
    """
    lacking = steps_lacking(path, key)
    if not lacking:
        return 0
    tell("operator-update-backup", "")
    made, _ = backups.make(key, now, "before-update")
    tell("operator-update-backed-up", str(made.file))
    new = path.with_name(path.name + ".new")
    try:
        # The backup was looked through a moment ago, and nobody has written since: the lock is held.
        remove(new)
        copies.make_private(new)
        shutil.copyfile(made.file, new)
        tell("operator-update-steps", str(lacking))
        _migrate(new, key)
        copies.verify(new, key)
        put_in_place(new, path, key)
    finally:
        remove(new)
    return lacking


def _migrate(new: Path, key: bytes) -> None:
    with closing(connect(new, key, read_only=False)) as connection:
        try:
            migrations.migrate(connection)
        except (sqlcipher.DatabaseError, ValueError) as error:
            failed = f"step {migrations.done(connection) + 1}"
            raise UpdateFailed(failed) from error


def put_in_place(new: Path, path: Path, key: bytes | None) -> None:
    """Let a finished file take the place of the one in use, whose log is folded in before (with `key`) or goes with it.

    Raises:
        OSError: nothing can be written there; nothing has changed.
    """
    if key is not None:
        fold(path, key)
    for suffix in _LOGS:
        # A log that stayed behind would be laid over the new file, page by page, by whoever opens it next.
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    copies.settle(new, path)


def fold(path: Path, key: bytes) -> None:
    """Fold the log of a database into it, so that one file is all of it.

    Raises:
        DatabaseFault: it cannot be opened.
    """
    try:
        with closing(connect(path, key, read_only=False)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlcipher.DatabaseError as error:
        raise fault(error, path) from error


def set_aside(path: Path, target: Path) -> None:
    """Keep the file in use as `target` too, as it is, before another one takes its place; with its log.

    Raises:
        OSError: it cannot be; nothing has changed.
    """
    for suffix in ("", *_LOGS):
        file = path.with_name(path.name + suffix)
        if file.exists():
            _same(file, target.with_name(target.name + suffix))


def _same(file: Path, other: Path) -> None:
    """Let a file have another name too; a copy of it where the folder lies on another disk."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)
        other.chmod(copies.PRIVATE)


def remove(file: Path) -> None:
    """Delete a database that was not needed, with its logs."""
    for suffix in ("", *_LOGS, ".part"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
