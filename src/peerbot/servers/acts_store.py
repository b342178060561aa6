"""The rows of what staff did: the act and who, never a word. The database itself takes none away before its time.

An act does not hold who did it: it refers to a row of `staff_person`, and that row can be cut. So somebody can ask to
be deleted, and the act stays; and nothing else can be changed about it.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


@dataclass(frozen=True, slots=True)
class Acts:
    """How often somebody did one thing in one server, as far as it is kept, and when last."""

    server_id: int
    act: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did. `by` is None for somebody who asked to be deleted since."""

    number: int
    act: str
    by: int | None
    at: datetime


async def add(work: Reads, server_id: int, act: str, by_id: int, now: datetime) -> None:
    """Keep that somebody did something."""
    await work.all(
        """
        INSERT INTO staff_person (server_id, user_id) VALUES (:server_id, :by_id)
        ON CONFLICT (server_id, user_id) DO NOTHING
        """,
        server_id=server_id,
        by_id=by_id,
    )
    await work.all(
        """
        INSERT INTO staff_act (server_id, act, person_id, at)
        SELECT :server_id, :act, id, :now FROM staff_person WHERE server_id = :server_id AND user_id = :by_id
        """,
        server_id=server_id,
        act=act,
        by_id=by_id,
        now=to_row(now),
    )


async def of_person(reads: Reads, user_id: int) -> Sequence[Acts]:
    """Return what somebody did, in all servers."""
    rows = await reads.all(
        """
        SELECT staff_act.server_id, act, count(*) AS times, max(at) AS last_at
        FROM staff_act JOIN staff_person ON staff_person.id = person_id WHERE user_id = :user_id
        GROUP BY staff_act.server_id, act ORDER BY staff_act.server_id, act
        """,
        user_id=user_id,
    )
    return [Acts(row["server_id"], row["act"], row["times"], from_row(row["last_at"])) for row in rows]


async def newest(
    reads: Reads, server_id: int, without: Collection[str], before: int | None, most: int
) -> Sequence[Act]:
    """Return what was done in a server but `without`, the newest first; only what came before act number `before`."""
    rows = await reads.all(
        """
        SELECT staff_act.id, act, user_id, at FROM staff_act JOIN staff_person ON staff_person.id = person_id
        WHERE staff_act.server_id = :server_id AND (:before IS NULL OR staff_act.id < :before)
          AND act NOT IN (SELECT value FROM json_each(:without))
        ORDER BY staff_act.id DESC LIMIT :most
        """,
        server_id=server_id,
        before=before,
        without=json.dumps(sorted(without)),
        most=most,
    )
    return [Act(row["id"], row["act"], row["user_id"], from_row(row["at"])) for row in rows]
