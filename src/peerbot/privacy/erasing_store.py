"""The rows of what waits to be carried out, where they name somebody; that somebody was deleted; a whole server's rows.

A mark holds no id: a keyed hash, for as long as a backup could bring somebody back who was deleted.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads
from peerbot.engine.outbox import Lane

KEY_NOTE: Final = "privacy.erased-key"
_KEY_BYTES: Final = 32
_DIGITS: Final = re.compile(r"\b\d{1,20}\b")
EVERYBODY: Final = ""
"""`who` of a mark that stands for a whole server."""
_NAMED_IN_DATA: Final = "EXISTS (SELECT 1 FROM json_tree({table}.data) WHERE CAST(atom AS TEXT) = :user_id)"
_NAMED_IN_KEY: Final = "(':' || {column} || ':') LIKE '%:' || :user_id || ':%'"


async def withdraw_messages(work: Reads, server_id: int, user_id: int, now: datetime) -> None:
    """Mean no longer to write to somebody. News of a concern that is open is still theirs."""
    await work.all(
        f"""
        UPDATE intent SET state = 'dropped', data = '{{}}', ended_at = :now
        WHERE state = 'waiting' AND kind = 'dm' AND server_id = :server_id AND lane <> :concern
        AND {_NAMED_IN_DATA.format(table="intent")}
        """,  # noqa: S608 - ours
        server_id=server_id,
        user_id=str(user_id),
        concern=int(Lane.CONCERN),
        now=to_row(now),
    )


async def forget_ended(work: Reads, server_id: int, user_id: int) -> None:
    """Delete what was carried out, or given up, in whose key somebody is named. What it was about is over for them."""
    await work.all(
        f"""
        DELETE FROM intent WHERE state NOT IN ('waiting', 'sending') AND server_id = :server_id
        AND ({_NAMED_IN_KEY.format(column="key")} OR {_NAMED_IN_KEY.format(column="coalesce(stream, '')")})
        """,  # noqa: S608 - ours
        server_id=server_id,
        user_id=str(user_id),
    )


async def still_named(reads: Reads, server_id: int, user_id: int) -> bool:
    """Return whether something that waits to be carried out in a server names somebody: access to be taken, news."""
    row = await reads.one(
        f"""
        SELECT 1 AS named FROM intent WHERE state IN ('waiting', 'sending') AND server_id = :server_id
        AND ({_NAMED_IN_DATA.format(table="intent")} OR {_NAMED_IN_KEY.format(column="key")})
        UNION ALL SELECT 1 FROM fact WHERE {_NAMED_IN_DATA.format(table="fact")}
        UNION ALL SELECT 1 FROM timer WHERE server_id = :server_id AND {_NAMED_IN_KEY.format(column="subject")}
        LIMIT 1
        """,  # noqa: S608 - ours
        server_id=server_id,
        user_id=str(user_id),
    )
    return row is not None


async def unnaming_refused(reads: Reads, server_id: int, user_id: int) -> bool:
    """Return whether Discord refused to let somebody's name be taken out of a message, since that was last asked."""
    row = await reads.one(
        f"""
        SELECT 1 AS refused FROM intent WHERE state = 'failed' AND kind = 'message.unname' AND server_id = :server_id
        AND {_NAMED_IN_KEY.format(column="key")} LIMIT 1
        """,  # noqa: S608 - ours
        server_id=server_id,
        user_id=str(user_id),
    )
    return row is not None


async def servers(reads: Reads) -> Sequence[int]:
    """Return every server of which anything is kept."""
    return [row["id"] for row in await reads.all("SELECT id FROM server ORDER BY id")]


async def people(reads: Reads, server_id: int, tables: Sequence[str]) -> Sequence[int]:
    """Return everybody whom `user_id` names in rows of a server, in those of the tables that belong to one."""
    found: set[int] = set()
    for table in await _tables(reads):
        if table in tables:
            rows = await reads.all(f"SELECT DISTINCT user_id FROM {table} WHERE server_id = :id", id=server_id)  # noqa: S608 - ours
            found.update(row["user_id"] for row in rows if (row["user_id"] or 0) > 0)
    return sorted(found)


async def _tables(reads: Reads) -> Sequence[str]:
    """Return every table whose rows belong to a server, but that of the marks."""
    rows = await reads.all(
        """
        SELECT m.name AS name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND c.name = 'server_id' AND m.name <> 'erased' ORDER BY m.name
        """
    )
    return [row["name"] for row in rows]


async def forget_server(work: Reads, server_id: int) -> None:
    """Delete every row of a server, in whatever table. First the server: its records go with it, and not without."""
    await work.all("DELETE FROM server WHERE id = :id", id=server_id)
    for table in await _tables(work):
        await work.all(f"DELETE FROM {table} WHERE server_id = :id", id=server_id)  # noqa: S608 - the schema's own names
    await work.all("DELETE FROM fact WHERE json_extract(data, '$.server') = :id", id=server_id)


async def key(work: Reads) -> bytes:
    """Return the key of the marks, made when it is first needed."""
    row = await work.one("SELECT value FROM note WHERE name = :name", name=KEY_NOTE)
    if row is not None:
        return bytes.fromhex(row["value"])
    made = secrets.token_bytes(_KEY_BYTES)
    await work.all("INSERT INTO note (name, value) VALUES (:name, :value)", name=KEY_NOTE, value=made.hex())
    return made


def hashed(mark_key: bytes, server_id: int, user_id: int, *, asked: bool) -> str:
    """Return what stands for a person in a mark, and for whether they asked to be deleted or left.

    The server is part of it, so that equal hashes tell nothing.
    """
    return hmac.new(mark_key, f"{server_id}:{user_id}:{int(asked)}".encode(), hashlib.sha256).hexdigest()


async def mark(work: Reads, server_id: int, who: str, now: datetime) -> None:
    """Keep that somebody was deleted, or with `EVERYBODY` a server."""
    await work.all("DELETE FROM erased WHERE server_id = :server_id AND who = :who", server_id=server_id, who=who)
    await work.all(
        "INSERT INTO erased (at, server_id, who) VALUES (:now, :server_id, :who)",
        now=to_row(now),
        server_id=server_id,
        who=who,
    )


async def everybody(reads: Reads, server_id: int) -> frozenset[int]:
    """Return every number in the rows of a server that could be somebody's id, in a list or by itself."""
    found: set[int] = set()
    for table in await _tables(reads):
        for row in await reads.all(f"SELECT * FROM {table} WHERE server_id = :id", id=server_id):  # noqa: S608 - ours
            for value in row.values():
                found.update(_numbers(value))
    return frozenset(found)


def _numbers(value: object) -> Sequence[int]:
    if isinstance(value, int):
        return (value,)
    return [int(digits) for digits in _DIGITS.findall(value)] if isinstance(value, str) else ()


async def going(reads: Reads, server_id: int) -> bool:
    """Return whether a server's deletion has started."""
    row = await reads.one(
        "SELECT 1 AS one FROM timer WHERE kind = 'privacy.server' AND subject = :subject", subject=str(server_id)
    )
    return row is not None
