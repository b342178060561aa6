"""A new key for the database and its backups, so that whoever has the old one can read none of them.

At every moment there is a key on this disk that opens the file in use. The new key is written first, beside the old
one; a copy with the new key takes the place of the old file; then the new key takes the place of the old one. A crash
between these two is mended by `finish`, which every command calls first. The backups follow; until the last of them
has, the old key stays, as `….old`.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from peerbot.engine import copies, key
from peerbot.engine.database import InUse, connect, fault, hold, look, sqlcipher
from peerbot.ops import update
from peerbot.ops.backup import Backups
from peerbot.ops.update import Tell


def new_of(key_file: Path) -> Path:
    """Return where a key is until the database has it."""
    return key_file.with_name(key_file.name + ".new")


def old_of(key_file: Path) -> Path:
    """Return where a key is while backups still have it."""
    return key_file.with_name(key_file.name + ".old")


def which_opens(file: Path, keys: Sequence[bytes]) -> bytes | None:
    """Return the first key that opens a database file; None if none does. Nothing is written."""
    for each in keys:
        try:
            look(file, each).close()
        except sqlcipher.DatabaseError:
            continue
        return each
    return None


def change_key(file: Path, before: bytes, after: bytes) -> None:
    """Give a copy that nobody uses another key, and look through it.

    Raises:
        DatabaseFault: it cannot be done; the copy is to be thrown away.
    """
    try:
        with closing(connect(file, before, read_only=False)) as connection:
            connection.execute(f"PRAGMA rekey=\"x'{after.hex()}'\"")
    except sqlcipher.DatabaseError as error:
        raise fault(error, file) from error
    copies.verify(file, after)


def rekey(database: Path, in_use: bytes, key_file: Path, backups: Backups, tell: Tell) -> int:
    """Give the database and its backups a new key in `key_file`; return how many backups have it.

    `in_use` is the present one: in `key_file`, which then is replaced; or in the environment, and `key_file` is a new
    file, whose content the operator puts there.

    Raises:
        InUse: a bot is running on the database.
        DatabaseFault, KeyFault, OSError: it could not be done; the present key still opens the database.
    """
    lock = hold(database)
    try:
        copies.verify(database, in_use)
        new_of(key_file).unlink(missing_ok=True)
        fresh = key.make(new_of(key_file))
        new = database.with_name(database.name + ".new")
        try:
            tell("operator-rekey-copies", str(database))
            copies.copy(database, in_use, new)
            change_key(new, in_use, fresh)
            key.write(old_of(key_file), in_use)
            update.put_in_place(new, database, in_use)
        except Exception:
            # What fails leaves nothing beside the key in use. What a crash leaves, `finish` finds.
            if which_opens(database, [in_use]) is not None:
                _forget_new(key_file, in_use)
            raise
        finally:
            update.remove(new)
        copies.settle(new_of(key_file), key_file)
        return _backups_follow(backups, key_file, in_use, fresh, tell)
    finally:
        lock.release()


def finish(database: Path, key_file: Path, backups: Backups, tell: Tell) -> None:
    """End what a crash cut short: the key takes its place if the database has it, and the backups follow.

    Raises:
        DatabaseFault, KeyFault, OSError: it cannot be ended now; nothing is lost.
    """
    waiting, old = new_of(key_file), old_of(key_file)
    if not waiting.exists() and not old.exists():
        return
    try:
        lock = hold(database)
    except InUse:  # Whoever has the database may be changing its key just now.
        return
    try:
        if waiting.exists():
            in_use = [key.read(key_file)] if key_file.exists() else []
            if not database.exists() or which_opens(database, in_use) is not None:
                waiting.unlink()
            elif which_opens(database, [key.read(waiting)]) is not None:
                copies.settle(waiting, key_file)
        if old.exists() and key_file.exists():
            _backups_follow(backups, key_file, key.read(old), key.read(key_file), tell)
    finally:
        lock.release()


def _forget_new(key_file: Path, in_use: bytes) -> None:
    new_of(key_file).unlink(missing_ok=True)
    old = old_of(key_file)
    # One that is not the key in use is of an earlier change: backups may have it.
    if old.exists() and key.read(old) == in_use:
        old.unlink()


def _backups_follow(backups: Backups, key_file: Path, before: bytes, after: bytes, tell: Tell) -> int:
    followed = 0
    for backup in backups.listed():
        if before == after or which_opens(backup.file, [before]) is None:
            continue
        tell("operator-rekey-backup", str(backup.file))
        new = backup.file.with_name(backup.file.name + ".part")
        try:
            copies.copy(backup.file, before, new)
            change_key(new, before, after)
            copies.settle(new, backup.file)
        finally:
            update.remove(new)
        followed += 1
    old_of(key_file).unlink(missing_ok=True)
    return followed
