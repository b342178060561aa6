"""A backup took the place of the database: what people were told since it was made, nobody knows any more.

So what only reminds, and was due before that moment, counts as said: rather once too few than twice. What somebody has
to hear (a page, news of a concern, a room) is looked for and then done.
"""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads, connect
from peerbot.engine.outbox import Intent, Lane

_NOTE: Final = "restored.at"
_MESSAGES: Final = frozenset({"post", "dm"})
_LEAST: Final = Lane.REMINDER
"""This lane and those after it only remind."""


def mark(file: Path, key: bytes, now: datetime) -> None:
    """Write into a file that nobody uses that it is a backup and takes its place at `now`.

    What waited in it to go out before that is looked for before it goes out again; reminders do not.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: it cannot be written.
    """
    values = {"now": to_row(now), "least": int(_LEAST), "name": _NOTE, "at": str(to_row(now))}
    with closing(connect(file, key, read_only=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            """
            UPDATE intent SET state = 'dropped', reason = 'restored', data = '{}', ended_at = :now
            WHERE state IN ('waiting', 'sending') AND kind IN ('post', 'dm') AND lane >= :least AND due_at <= :now
            """,
            values,
        )
        connection.execute(
            """
            UPDATE intent SET look = 1
            WHERE state = 'waiting' AND kind IN ('post', 'dm', 'place.make') AND due_at <= :now
            """,
            values,
        )
        connection.execute(
            """
            INSERT INTO note (name, value) VALUES (:name, :at)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            values,
        )
        connection.execute("COMMIT")


async def at(reads: Reads) -> datetime | None:
    """Return when the database was last put back from a backup; None if it never was."""
    row = await reads.one("SELECT value FROM note WHERE name = :name", name=_NOTE)
    return from_row(int(row["value"])) if row is not None else None


def only_reminds(intent: Intent, now: datetime) -> bool:
    """Return whether an intent that is meant at once does no more than remind somebody."""
    return intent.kind in _MESSAGES and intent.lane >= _LEAST and (intent.due_at or now) <= now


async def leave_out(work: Reads, intent: Intent, now: datetime) -> None:
    """Count an intent as carried out before, unless its key is known."""
    await work.all(
        """
        INSERT INTO intent
            (key, kind, lane, server_id, data, nonce, state, reason, due_at, created_at, ended_at)
        VALUES (:key, :kind, :lane, :server_id, '{}', '', 'dropped', 'restored', :now, :now, :now)
        ON CONFLICT (key) DO NOTHING
        """,
        key=intent.key,
        kind=intent.kind,
        lane=int(intent.lane),
        server_id=intent.server_id,
        now=to_row(now),
    )
