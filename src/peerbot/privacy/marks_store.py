"""The marks in files that nobody uses: a backup, or the database that was in use. Read without a trace."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from peerbot.engine.clock import from_row
from peerbot.engine.database import look
from peerbot.privacy.erasing_store import KEY_NOTE
from peerbot.privacy.rules import Mark


def read(file: Path, key: bytes) -> Sequence[Mark]:
    """Return every mark in a file; none where it is older than marks are.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: if the key is wrong or the file is not a database.
    """
    with closing(look(file, key)) as connection:
        if not connection.execute("SELECT 1 AS one FROM sqlite_master WHERE name = 'erased'").fetchone():
            return ()
        made_with = connection.execute("SELECT value FROM note WHERE name = ?", [KEY_NOTE]).fetchone()
        hash_key = bytes.fromhex(made_with["value"]) if made_with else b""
        rows = connection.execute("SELECT at, server_id, who FROM erased ORDER BY at, id").fetchall()
        return [Mark(from_row(row["at"]), row["server_id"], row["who"], hash_key) for row in rows]


def latest(file: Path, key: bytes) -> datetime | None:
    """Return the last instant at which a file says that something was done on Discord; None where nothing ever was.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: if the key is wrong or the file is not a database.
    """
    with closing(look(file, key)) as connection:
        row = connection.execute("SELECT max(created_at) AS at FROM intent").fetchone()
        return from_row(row["at"]) if row and row["at"] is not None else None
