"""The encrypted SQLite file: one writing connection, one reading connection, a lock file.

SQLCipher with a raw key, because a passphrase costs 0.2 s at every opening. One thread hop a statement. No Discord
call may happen inside `transaction()`: the lock is held from BEGIN IMMEDIATE to COMMIT.
"""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import aiosqlite
from filelock import FileLock, Timeout
from sqlcipher3 import dbapi2

from peerbot.engine import migrations

sqlcipher: Any = dbapi2  # It ships no types.

Row = Mapping[str, Any]
Value = str | int | bytes | float | None

_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)
_EVERYWHERE: Final = (
    # What is deleted is overwritten, by migrations too, and nothing is laid down in a file of its own meanwhile.
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=5000",
)
OLDEST_SQLITE: Final = (3, 51, 3)
"""The first with the mend of the WAL reset that could lose a commit (sqlite.org/releaselog/3_51_3.html)."""
_MOST_BYTES_FREE_NEEDED: Final = 16 * 1024 * 1024


class DatabaseFault(Exception):
    """The file cannot be used. The program ends with a sentence about it; nothing was written."""


class WrongKey(DatabaseFault):
    """The key does not open this file, or the file is not ours."""


class NewerDatabase(DatabaseFault):
    """A newer peerbot wrote this file."""


class InUse(DatabaseFault):
    """Another process holds the file."""


class ReadOnly(DatabaseFault):
    """The directory or the file cannot be written."""


class DiskFull(DatabaseFault):
    """There is not enough room to write safely."""


class OldSQLite(DatabaseFault):
    """The library is too old to be trusted with a log that is written while it is folded in."""


class Reads(Protocol):
    """What a store may ask of the database without changing it."""

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Return every row of one statement with named parameters."""
        ...

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Return the first row, or None."""
        ...


class Connection:
    """One aiosqlite connection with rows as dictionaries."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        """Wrap an open connection."""
        self._connection = connection

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Return every row of one statement; one hop to the connection's thread."""
        try:
            rows = await self._connection.execute_fetchall(sql, values)
        except (
            UnicodeEncodeError
        ):  # Half a character: JSON carries it, a file does not. It was refused before it began.
            whole = {name: _whole(value) for name, value in values.items()}
            rows = await self._connection.execute_fetchall(sql, whole)
        return list(rows)  # pyright: ignore[reportReturnType] - the row factory makes dictionaries

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Return the first row, or None."""
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    async def interrupt(self) -> None:
        """End the statement that runs."""
        await self._connection.interrupt()

    async def close(self) -> None:
        """Close the connection and end its thread."""
        await self._connection.close()


class Database:
    """The file, opened. Create with `Database.open`."""

    def __init__(self, path: Path, lock: FileLock | None, writer: Connection, reader: Connection) -> None:
        """Keep the parts; used by `open` and `open_to_read`."""
        self.path = path
        self._lock_file = lock
        self._writer = writer
        self._turn = asyncio.Lock()
        self.reads: Reads = reader
        self._reader = reader
        self._again: Callable[[], Awaitable[Connection]] | None = None
        """Opens one more reading connection."""

    @classmethod
    async def open(cls, path: Path, key: bytes) -> "Database":
        """Open or create the file, bring its schema up to date, and hold it until `close`.

        Raises:
            InUse: another process holds it.
            ReadOnly: the directory cannot be written.
            DiskFull: less than 16 MiB are free.
            WrongKey: the key does not open it.
            NewerDatabase: its schema is newer than this program.
        """
        lock = hold(path)
        try:
            await asyncio.to_thread(_prepare, path, key)
            writer = await _connect(path, key, read_only=False)
            try:
                reader = await _connect(path, key, read_only=True)
            except BaseException:
                await writer.close()
                raise
        except BaseException:
            lock.release()
            raise
        opened = cls(path, lock, writer, reader)
        opened._again = partial(_connect, path, key, read_only=True)
        return opened

    @classmethod
    async def open_to_read(cls, path: Path, key: bytes) -> "Database":
        """Open a file that is up to date to read it, beside whoever has it: no lock is taken, nothing can be written.

        Raises:
            WrongKey, DatabaseFault: it cannot be opened.
        """
        try:
            reader = await _connect(path, key, read_only=True)
        except sqlcipher.DatabaseError as error:
            raise fault(error, path) from error
        return cls(path, None, reader, reader)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Connection]:
        """Hold the only writing connection for one use case.

        Commits when the block ends well and rolls back otherwise. Cancelling the caller does not stop a statement
        that has begun (it runs in a thread), so beginning and end are seen through: a transaction is never left open.
        """
        async with self._turn:
            try:
                await self._finish(self._writer.all("BEGIN IMMEDIATE"))
                yield self._writer
                await self._finish(self._writer.all("COMMIT"))
            except BaseException:
                # Also after a commit refused: it leaves the transaction open, and the next BEGIN would fail for ever.
                await self._finish(self._roll_back())
                raise

    async def _roll_back(self) -> None:
        try:
            await self._writer.all("ROLLBACK")
        except sqlcipher.Error:
            # Of some failures (disk full) SQLite has rolled back by itself. Only an open transaction is a fault.
            if self._writer.in_transaction:
                raise

    @staticmethod
    async def _finish(ending: Coroutine[Any, Any, object]) -> None:
        """See `ending` through, however often the caller is cancelled meanwhile."""
        task = asyncio.create_task(ending)
        cancelled: asyncio.CancelledError | None = None
        while not task.done():
            try:
                await asyncio.wait((task,))
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is not None:
            raise cancelled from task.exception()
        task.result()

    async def truncate_log(self) -> bool:
        """Fold the write-ahead log into the file and leave it empty: what was deleted stands there no more.

        Returns False if somebody was reading meanwhile; then part of it stays, and it is to be tried again.
        """
        async with self._turn:
            row = await self._writer.one("PRAGMA wal_checkpoint(TRUNCATE)")
        return row is not None and row["busy"] == 0

    async def glance(self, seconds: float, sql: str, **values: Value) -> Sequence[Row]:
        """Return the rows of one statement asked on a connection of its own, so that it holds nobody up.

        Raises:
            TimeoutError: it took longer than so many seconds, and was ended.
        """
        if self._again is None:
            return await self._reader.all(sql, **values)
        connection = await self._again()
        try:
            async with asyncio.timeout(seconds):
                return await connection.all(sql, **values)
        except TimeoutError:
            await connection.interrupt()
            raise
        finally:
            await connection.close()

    async def versions(self) -> tuple[str, str]:
        """Return the version of SQLite and that of its cipher, as the library itself says."""
        sqlite = await self._reader.one("SELECT sqlite_version() AS version")
        cipher = await self._reader.one("PRAGMA cipher_version")
        return str((sqlite or {}).get("version", "")), str((cipher or {}).get("cipher_version", ""))

    def free_bytes(self) -> int:
        """Return how many bytes are free where the file lies."""
        return shutil.disk_usage(self.path.parent).free

    async def close(self) -> None:
        """Close both connections and let go of the lock."""
        try:
            await self._reader.close()
        finally:
            try:
                await self._writer.close()
            finally:
                if self._lock_file is not None:
                    self._lock_file.release()


def hold(path: Path) -> FileLock:
    """Take the lock that only one process can have on a database; let it go with `release`.

    Raises:
        InUse: another process holds it.
        ReadOnly: the directory cannot be written.
    """
    lock = FileLock(path.with_name(path.name + ".lock"), blocking=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise InUse(str(path)) from error
    except OSError as error:
        raise ReadOnly(str(path.parent)) from error
    return lock


def check_library(version: tuple[int, ...] = sqlcipher.sqlite_version_info) -> None:
    """Do nothing if SQLite, as it came with the cipher, is new enough.

    Raises:
        OldSQLite: if not.
    """
    if version < OLDEST_SQLITE:
        raise OldSQLite(".".join(map(str, version)))


def _prepare(path: Path, key: bytes) -> None:
    """Check key and version, then migrate. Synchronous, before the first connection of the loop."""
    check_library()
    if shutil.disk_usage(path.parent).free < _MOST_BYTES_FREE_NEEDED:
        raise DiskFull(str(path.parent))
    try:
        if path.exists():
            # First without the right to write: closing a connection with the wrong key would still fold the log of a
            # crashed process into the file, and a refusal leaves everything as it was.
            connect(path, key, read_only=True).close()
        connection = connect(path, key, read_only=False)
    except sqlcipher.DatabaseError as error:
        raise fault(error, path) from error
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        migrations.migrate(connection)
    except migrations.TooNew as error:
        raise NewerDatabase(str(error)) from error
    except sqlcipher.DatabaseError as error:
        raise fault(error, path) from error
    finally:
        connection.close()


def fault(error: Exception, path: Path) -> DatabaseFault:
    """Return what an error of the driver's means for the operator."""
    words = str(error).lower()
    if "not a database" in words or "hmac" in words:
        return WrongKey(str(path))
    if "full" in words:
        return DiskFull(str(path))
    if "readonly" in words or "unable to open" in words:
        return ReadOnly(str(path))
    if "locked" in words:
        return InUse(str(path))
    return DatabaseFault(f"{path}: {error}")


def look(path: Path, key: bytes) -> Any:  # noqa: ANN401 - sqlcipher3 ships no types
    """Open a file that nobody uses as `connect` does to read it, and leave nothing beside it.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: if the key is wrong or the file is not a database.
    """
    # A reader of a file that had a log makes an empty one, and may not delete it. Where there is one, it is to be read.
    log = path.with_name(path.name + "-wal")
    return connect(path, key, read_only=True, more="" if log.exists() else "&immutable=1")


def connect(path: Path, key: bytes, *, read_only: bool, more: str = "") -> Any:  # noqa: ANN401 - sqlcipher3 ships no types
    """Open one plain connection with the key set and checked, rows as dictionaries. `more` goes to SQLite's own URI.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: if the key is wrong or the file is not a database.
    """
    mode = ("ro" if read_only else "rwc") + more
    connection = sqlcipher.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        # SQLCipher would write lines of its own to stderr on a wrong key; ours says it in one.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    for pragma in _EVERYWHERE:
        connection.execute(pragma)
    connection.row_factory = _as_dictionaries()
    return connection


def _whole(value: Value) -> Value:
    """Return a text with a question mark for each half of a character, so that it names nothing there is."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _as_dictionaries() -> Callable[[Any, tuple[Value, ...]], dict[str, Value]]:
    """Return what makes a dictionary of each row; the names of its columns are read once for each statement."""
    known: object = None
    names: tuple[str, ...] = ()

    def as_dictionary(cursor: Any, row: tuple[Value, ...]) -> dict[str, Value]:  # noqa: ANN401 - see `connect`
        nonlocal known, names
        if cursor.description is not known:
            known = cursor.description
            names = tuple(column[0] for column in cursor.description)
        return dict(zip(names, row, strict=True))

    return as_dictionary


async def _connect(path: Path, key: bytes, *, read_only: bool) -> Connection:
    def connector() -> Any:  # noqa: ANN401 - see `connect`
        connection = connect(path, key, read_only=read_only)
        for pragma in _PRAGMAS[1:] if read_only else _PRAGMAS:
            connection.execute(pragma)
        return connection

    return Connection(await aiosqlite.Connection(connector, iter_chunk_size=64))
