"""Copies of the database: made whole beside a running bot, and looked through before they count.

Everything here is synchronous and may take seconds: the loop has it done in a thread. A copy has its original's key.
"""

import os
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from peerbot.engine import migrations
from peerbot.engine.database import DatabaseFault, NewerDatabase, connect, fault, look, sqlcipher

_TRIES: Final = 3
"""So often it is hoped that nobody writes while the copy is made; then those who would have to wait for it."""
PRIVATE: Final = 0o600
_ROOMY: Final = "PRAGMA cache_size=-131072"
"""KiB of pages kept decrypted at most. An index is looked through in its own order, so with SQLite's usual 2 MiB each
row costs a page decrypted anew: 400,000 rows took minutes."""


class CopyFault(DatabaseFault):
    """A copy does not hold what its original holds, or cannot be trusted. The message says which and why."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and what was found."""
        super().__init__(f"{path}: {why}")


def copy(path: Path, key: bytes, target: Path) -> Mapping[str, int]:
    """Make a verified copy of a database at `target`, which must not exist; return how many rows each table has.

    It gets its name when all was found well, so that half a copy is never taken for a whole one.

    Raises:
        CopyFault: if what was written is not what was read.
        DiskFull, ReadOnly, WrongKey, InUse, DatabaseFault: as the driver says.
        OSError: if the target cannot be written.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        make_private(part)
        rows = _written(path, key, part)
        verify(part, key, rows)
        settle(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return rows


def make_private(file: Path) -> None:
    """Make an empty file, readable by this account alone from its first moment on; VACUUM INTO takes one.

    Raises:
        OSError: it cannot be made, or is there already.
    """
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))


def settle(part: Path, target: Path) -> None:
    """Give a finished file its name, so that a power cut leaves the one or the other."""
    for place, flags in ((part, os.O_RDWR), (target.parent, os.O_RDONLY)):
        descriptor = os.open(place, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if place is part:
            part.replace(target)


def verify(path: Path, key: bytes, rows: Mapping[str, int] | None = None) -> None:
    """Open a database file that nobody uses with its key and look through all of it; with `rows`, count them.

    Raises:
        WrongKey: the key does not open it.
        NewerDatabase: a newer peerbot wrote it.
        CopyFault: something in it is not as it must be.
    """
    with _told(path), closing(look(path, key)) as connection:
        connection.execute(_ROOMY)
        if migrations.done(connection) > migrations.newest():
            message = f"step {migrations.done(connection)}, this program knows {migrations.newest()}"
            raise NewerDatabase(message)
        if found := connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise CopyFault(path, f"{len(found)} pages")
        if [list(row.values()) for row in connection.execute("PRAGMA integrity_check")] != [["ok"]]:
            raise CopyFault(path, "integrity_check")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise CopyFault(path, "foreign_key_check")
        if rows is not None and (differ := _differ(rows, count(connection))):
            raise CopyFault(path, differ)


def versions(path: Path, key: bytes) -> tuple[str, str]:
    """Return the version of SQLite and that of its cipher."""
    with _told(path), closing(look(path, key)) as connection:
        sqlite = connection.execute("SELECT sqlite_version() AS version").fetchone()["version"]
        return str(sqlite), str(connection.execute("PRAGMA cipher_version").fetchone()["cipher_version"])


def count(connection: Any) -> Mapping[str, int]:  # noqa: ANN401 - a connection of the driver
    """Return how many rows each table has."""
    names = [
        row["name"]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    ]
    return {
        name: connection.execute(f'SELECT count(*) AS number FROM "{name}"').fetchone()["number"]  # noqa: S608 - the schema's own names
        for name in names
    }


def _written(path: Path, key: bytes, part: Path) -> Mapping[str, int]:
    """Write the copy; return the rows of that very moment: nobody wrote between the counting and the copying."""
    with _told(path):
        for _ in range(_TRIES):
            with closing(connect(path, key, read_only=True)) as connection:
                before = _version(connection)
                rows = count(connection)
                _vacuum(connection, part)
                if _version(connection) == before:
                    return rows
            part.write_bytes(b"")
        with (
            closing(connect(path, key, read_only=False)) as writer,
            closing(connect(path, key, read_only=True)) as reader,
        ):
            writer.execute("BEGIN IMMEDIATE")
            try:
                rows = count(reader)
                _vacuum(reader, part)
            finally:
                writer.execute("ROLLBACK")
            return rows


def _vacuum(connection: Any, part: Path) -> None:  # noqa: ANN401 - see `count`
    connection.execute(_ROOMY)
    connection.execute("VACUUM INTO :part", {"part": str(part)})


def _version(connection: Any) -> int:  # noqa: ANN401 - see `count`
    """Return what changes whenever somebody else commits."""
    return int(connection.execute("PRAGMA data_version").fetchone()["data_version"])


def _differ(wanted: Mapping[str, int], found: Mapping[str, int]) -> str:
    """Return the tables that do not have the rows they should, by name."""
    return ", ".join(sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name)))


@contextmanager
def _told(path: Path) -> Generator[None]:
    """Turn what the driver raises into what the operator reads."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        raise fault(error, path) from error
