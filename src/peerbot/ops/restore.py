"""Putting a backup in the place of the database: never over a running bot, and nothing is lost by it.

What people had deleted since is deleted again (`replay`), before the file is in its place. What only reminds
somebody, and was due before that, is not said again: nobody can know any more whether it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peerbot.engine import copies, restored_store
from peerbot.engine.database import DatabaseFault, WrongKey, hold
from peerbot.ops import rekey, update
from peerbot.ops.backup import Backup, Backups
from peerbot.ops.update import Tell


class BackupLocked(WrongKey):
    """None of the keys opens a backup. The message is its path."""


class NoSuchBackup(DatabaseFault):
    """There is no such file. The message is its path."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: where the file that was in use is now (None: there was none), and how much was deleted again."""

    aside: Backup | None
    deleted_again: int
    knows_all: bool
    """Whether what was deleted since the backup could be read from the file that was in use."""


Replay = Callable[[Path, bytes, Sequence[tuple[Path, bytes]]], int]
"""Delete again, in a restored file, what newer ones say was deleted: its path and key, and theirs; return how much."""


def restore(
    file: Path, database: Path, keys: Sequence[bytes], backups: Backups, now: datetime, tell: Tell, replay: Replay
) -> Restored:
    """Put the backup `file` in the place of `database`.

    `keys`: the one in use, then older ones that backups may still have.

    Raises:
        InUse: a bot is running on the database.
        NoSuchBackup, BackupLocked, NewerDatabase, CopyFault: the backup cannot be used. Nothing has changed.
        OSError: nothing can be written there. Nothing has changed.
    """
    if not file.is_file():
        raise NoSuchBackup(str(file))
    lock = hold(database)
    try:
        tell("operator-restore-checks", str(file))
        key = _opens(file, keys)
        copies.verify(file, key)
        if not update.steps_taken(file, key):
            # Every key opens an empty file.
            raise copies.CopyFault(file, "it is empty")
        # Where what is in use will go is made sure of before anything begins.
        aside = backups.target(now, "before-restore") if database.exists() else None
        new = database.with_name(database.name + ".new")
        try:
            copies.copy(file, key, new)
            if key != keys[0]:
                rekey.change_key(new, key, keys[0])
            restored_store.mark(new, keys[0], now)
            knows_all, newer = _newer(database, keys, backups, file)
            tell("operator-restore-replays", str(len(newer)))
            deleted = replay(new, keys[0], newer)
            copies.verify(new, keys[0])
            return Restored(_change_places(new, database, keys[0], aside, now), deleted, knows_all)
        finally:
            update.remove(new)
    finally:
        lock.release()


def _opens(file: Path, keys: Sequence[bytes]) -> bytes:
    """Return the key that opens a file.

    Raises:
        BackupLocked: none does.
    """
    key = rekey.which_opens(file, keys)
    if key is None:
        raise BackupLocked(str(file))
    return key


def _newer(
    database: Path, keys: Sequence[bytes], backups: Backups, file: Path
) -> tuple[bool, list[tuple[Path, bytes]]]:
    """Return whether the file in use can be read, and every file that may know of deletions the backup does not."""
    others = [each.file for each in backups.listed() if not each.file.samefile(file)]
    found = [
        (other, key)
        for other in (*([database] if database.exists() else ()), *others)
        if (key := rekey.which_opens(other, keys)) is not None
    ]
    return bool(found) and found[0][0] == database, found


def _change_places(new: Path, database: Path, key: bytes, aside: Path | None, now: datetime) -> Backup | None:
    if aside is not None:
        if rekey.which_opens(database, [key]) is not None:
            update.fold(database, key)
        update.set_aside(database, aside)
    update.put_in_place(new, database, None)
    return None if aside is None else Backup(now, aside)
