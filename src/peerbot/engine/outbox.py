"""Intents: what the bot means to do on Discord, kept in the same transaction as the state that wants it.

An intent names a card and its subject by id, never words or names; it is rendered when sent and its arguments are
dropped afterwards. Its `key` makes it once only. States: `waiting` (for its time, or for its turn in its stream),
`sending` (leased by the sender), `done`, `failed`, `dropped` (no longer wanted, or too late).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.engine.tokens import new_nonce

_FIRST_OF_STREAM: Final = """
    (i.stream IS NULL OR NOT EXISTS (
        SELECT 1 FROM intent AS earlier
        WHERE earlier.stream = i.stream AND earlier.id < i.id AND earlier.state IN ('waiting', 'sending')))
"""


class Lane(IntEnum):
    """What goes first. A concern is never behind anything else."""

    CONCERN = 0
    CLOSING = 1
    OPENING = 2
    REMINDER = 3
    COSMETIC = 4


@dataclass(frozen=True, slots=True)
class Intent:
    """One effect to bring about.

    Attributes:
        key: Stable and unique: enqueuing it again changes nothing.
        kind: How it is carried: `post`, `dm`, `room.make`, … (see `gateway/carriers.py`).
        data: Arguments by id, as JSON.
        report: The name of the handler told of the result, in the transaction that records it.
        stream: Intents of one stream go out one after the other.
        due_at: Not before this instant; None is at once.
        not_after: From this instant on it is dropped and recorded instead of sent.
    """

    key: str
    kind: str
    lane: Lane
    server_id: int | None
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    report: str | None = None
    stream: str | None = None
    due_at: datetime | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Leased:
    """An intent as the sender holds it."""

    id: int
    key: str
    kind: str
    lane: Lane
    server_id: int | None
    data: Mapping[str, Any]
    report: str | None
    nonce: str
    attempts: int
    look: bool
    """Its last attempt ended in doubt, so look for it before doing it again."""
    looks: int
    """How often it has been looked for in vain since the last attempt."""
    created_at: datetime
    not_after: datetime | None
    tried_at: datetime | None = None
    """When the last attempt began: what came of it cannot be older."""

    @property
    def repeat(self) -> bool:
        """Whether an earlier attempt may have been seen."""
        return self.attempts > 1


def _leased(row: Row) -> Leased:
    return Leased(
        id=row["id"],
        key=row["key"],
        kind=row["kind"],
        lane=Lane(row["lane"]),
        server_id=row["server_id"],
        data=json.loads(row["data"]),
        report=row["report"],
        nonce=row["nonce"],
        attempts=row["attempts"],
        look=bool(row["look"]),
        looks=row["looks"],
        created_at=from_row(row["created_at"]),
        not_after=from_row_or_none(row["not_after"]),
        tried_at=from_row_or_none(row["leased_at"]),
    )


async def enqueue(work: Reads, intent: Intent, now: datetime) -> None:
    """Keep `intent` unless its key is known."""
    await work.all(
        """
        INSERT INTO intent
            (key, kind, lane, server_id, data, report, stream, nonce, state, due_at, not_after, created_at)
        VALUES
            (:key, :kind, :lane, :server_id, :data, :report, :stream, :nonce, 'waiting', :due_at, :not_after, :now)
        ON CONFLICT (key) DO NOTHING
        """,
        key=intent.key,
        kind=intent.kind,
        lane=int(intent.lane),
        server_id=intent.server_id,
        data=json.dumps(intent.data, sort_keys=True),
        report=intent.report,
        stream=intent.stream,
        nonce=new_nonce(),
        due_at=to_row(intent.due_at or now),
        not_after=to_row(intent.not_after) if intent.not_after else None,
        now=to_row(now),
    )


async def withdraw(work: Reads, key_like: str, now: datetime) -> None:
    """Drop every waiting intent whose key matches the LIKE pattern `key_like`. What is being sent is not touched."""
    await work.all(
        """
        UPDATE intent SET state = 'dropped', data = '{}', ended_at = :now
        WHERE key LIKE :key_like AND state = 'waiting'
        """,
        key_like=key_like,
        now=to_row(now),
    )


async def pending(work: Reads, key_prefix: str, *, or_done: bool = False) -> bool:
    """Return whether an intent whose key begins with `key_prefix` waits or is being sent, or with `or_done` is done."""
    row = await work.one(
        """
        SELECT 1 AS due FROM intent
        WHERE key LIKE :key_like AND (state IN ('waiting', 'sending') OR (state = 'done' AND :or_done)) LIMIT 1
        """,
        key_like=f"{key_prefix}%",
        or_done=int(or_done),
    )
    return row is not None


async def any_due(reads: Reads, now: datetime, worst_lane: Lane = Lane.COSMETIC) -> bool:
    """Return whether anything can be sent whose time has come: a look that spares the writing connection.

    What waits in its stream for something that is refused again and again cannot.
    """
    row = await reads.one(
        f"""
        SELECT 1 AS due FROM intent AS i
        WHERE i.state = 'waiting' AND i.lane <= :worst_lane AND i.due_at <= :now AND {_FIRST_OF_STREAM} LIMIT 1
        """,  # noqa: S608 - ours
        now=to_row(now),
        worst_lane=int(worst_lane),
    )
    return row is not None


async def lease(work: Reads, now: datetime, most: int, worst_lane: Lane = Lane.COSMETIC) -> Sequence[Leased]:
    """Take up to `most` due intents for sending, the most urgent lane first, and count the attempt."""
    rows = await work.all(
        f"""
        UPDATE intent SET state = 'sending', attempts = attempts + (look = 0),
               leased_at = CASE WHEN look = 0 THEN :now ELSE leased_at END
        WHERE id IN (
            SELECT i.id FROM intent AS i
            WHERE i.state = 'waiting' AND i.due_at <= :now AND i.lane <= :worst_lane
              AND {_FIRST_OF_STREAM}
            ORDER BY i.lane, i.due_at, i.id LIMIT :most)
        RETURNING *
        """,  # noqa: S608 - ours
        now=to_row(now),
        most=most,
        worst_lane=int(worst_lane),
    )
    return sorted((_leased(row) for row in rows), key=lambda intent: (intent.lane, intent.id))


async def finish(work: Reads, intent: Leased, state: str, reason: str, now: datetime) -> bool:
    """Record the end of an intent and drop its arguments. Returns False if it was no longer being sent."""
    row = await work.one(
        """
        UPDATE intent SET state = :state, reason = :reason, data = '{}', ended_at = :now
        WHERE id = :id AND state = 'sending' RETURNING id
        """,
        id=intent.id,
        state=state,
        reason=reason,
        now=to_row(now),
    )
    return row is not None


async def put_back(work: Reads, intent: Leased, due_at: datetime, *, look: bool, tried: bool = True) -> None:
    """Let the intent wait until `due_at`; with `look`, its last attempt is in doubt.

    Not `tried` says that the attempt reached nobody, so that the next one is no repeat.
    """
    await work.all(
        """
        UPDATE intent SET state = 'waiting', due_at = :due_at, look = :look,
               looks = CASE WHEN :look = 0 THEN 0 ELSE looks + look END,
               attempts = attempts - (:tried = 0 AND look = 0)
        WHERE id = :id AND state = 'sending'
        """,
        id=intent.id,
        due_at=to_row(due_at),
        look=int(look),
        tried=int(tried),
    )


async def recover(work: Reads, now: datetime) -> int:
    """At start: whatever was being sent when the last process ended is in doubt. Returns how many that were."""
    rows = await work.all(
        "UPDATE intent SET state = 'waiting', look = 1, due_at = :now WHERE state = 'sending' RETURNING id",
        now=to_row(now),
    )
    return len(rows)


async def hurry(work: Reads, now: datetime) -> None:
    """Let every intent that waits for another attempt be due at once: whatever kept the last one may be over."""
    await work.all(
        "UPDATE intent SET due_at = :now WHERE state = 'waiting' AND attempts > 0 AND due_at > :now", now=to_row(now)
    )


async def next_due(reads: Reads) -> datetime | None:
    """Return when the next waiting intent is due, but for those that wait in their stream for another."""
    row = await reads.one(
        f"SELECT min(i.due_at) AS due_at FROM intent AS i WHERE i.state = 'waiting' AND {_FIRST_OF_STREAM}"  # noqa: S608 - ours
    )
    return from_row_or_none(row["due_at"]) if row else None


async def latest(reads: Reads) -> datetime | None:
    """Return the latest instant at which something happened, as far as intents say."""
    row = await reads.one(
        "SELECT max(created_at) AS created, max(leased_at) AS leased, max(ended_at) AS ended FROM intent"
    )
    found = [instant for instant in (row or {}).values() if instant is not None]
    return from_row(max(found)) if found else None


async def move_back(work: Reads, by: timedelta, now: datetime) -> None:
    """The clock was set back to `now` by so much: what was due is due, and nothing has happened later than `now`.

    In the concern lane what was to be soon is to be as soon. Elsewhere a due time may be one of the calendar.
    """
    await work.all(
        """
        UPDATE intent SET
            due_at = CASE
                WHEN lane = :concern THEN due_at - :by
                WHEN due_at BETWEEN :now AND :before THEN :now
                ELSE due_at END,
            not_after = CASE WHEN lane = :concern THEN not_after - :by ELSE not_after END
        WHERE state IN ('waiting', 'sending')
        """,
        concern=int(Lane.CONCERN),
        by=int(by.total_seconds()),
        now=to_row(now),
        before=to_row(now + by),
    )
    await work.all(
        """
        UPDATE intent SET
            created_at = CASE WHEN created_at > :now THEN :now ELSE created_at END,
            leased_at = CASE WHEN leased_at > :now THEN :now ELSE leased_at END,
            ended_at = CASE WHEN ended_at > :now THEN :now ELSE ended_at END
        WHERE created_at > :now OR leased_at > :now OR ended_at > :now
        """,
        now=to_row(now),
    )


async def late(reads: Reads, server_id: int, before: datetime) -> int:
    """Return how many intents of a server were due before an instant and have not gone out for the first time."""
    row = await reads.one(
        """
        SELECT count(*) AS number FROM intent
        WHERE server_id = :id AND state = 'waiting' AND attempts = 0 AND due_at < :before AND (
            stream IS NULL OR NOT EXISTS (
            SELECT 1 FROM intent AS ahead
            WHERE ahead.stream = intent.stream AND ahead.id < intent.id AND ahead.state IN ('waiting', 'sending')))
        """,
        id=server_id,
        before=to_row(before),
    )
    return row["number"] if row is not None else 0


async def failed(reads: Reads, server_id: int, after: datetime) -> int:
    """Return how many intents of a server were given up after an instant, but for messages, which people may close."""
    row = await reads.one(
        """
        SELECT count(*) AS number FROM intent
        WHERE server_id = :id AND state = 'failed' AND kind NOT IN ('dm', 'alert') AND ended_at > :after
        """,
        id=server_id,
        after=to_row(after),
    )
    return row["number"] if row is not None else 0
