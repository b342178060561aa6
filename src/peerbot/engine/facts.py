"""Facts: what a lower pillar has to tell a higher one, as rows written with the state they speak of.

*signup* records `seat.ended`; *meetings*, which it may not import, subscribes at composition and withdraws access.
All subscribers of a fact act in one transaction, which also deletes it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened: its kind, and ids. It is acted on `not_before` an instant: at once, as a rule."""

    id: int
    kind: str
    data: Mapping[str, Any]
    attempts: int
    not_before: datetime


async def record(work: Reads, kind: str, data: Mapping[str, Any], now: datetime) -> None:
    """Write down that something happened."""
    await work.all(
        "INSERT INTO fact (kind, data, not_before) VALUES (:kind, :data, :now)",
        kind=kind,
        data=json.dumps(data, sort_keys=True),
        now=to_row(now),
    )


async def waiting(reads: Reads, now: datetime, most: int) -> Sequence[Fact]:
    """Return up to `most` facts nobody has acted on yet, oldest first."""
    rows = await reads.all(
        "SELECT * FROM fact WHERE not_before <= :now ORDER BY id LIMIT :most", now=to_row(now), most=most
    )
    return [
        Fact(row["id"], row["kind"], json.loads(row["data"]), row["attempts"], from_row(row["not_before"]))
        for row in rows
    ]


async def claim(work: Reads, fact: Fact) -> bool:
    """Delete the fact inside the transaction that acts on it."""
    return await work.one("DELETE FROM fact WHERE id = :id RETURNING id", id=fact.id) is not None


async def postpone(work: Reads, fact: Fact, now: datetime) -> None:
    """After a failed attempt, try again after a pause that doubles up to a minute."""
    pause = timedelta(seconds=min(2**fact.attempts, 60))
    await work.all(
        "UPDATE fact SET attempts = attempts + 1, not_before = :not_before WHERE id = :id",
        id=fact.id,
        not_before=to_row(now + pause),
    )


async def move_back(work: Reads, now: datetime) -> None:
    """The clock was set back to `now`: whatever waits has waited long enough."""
    await work.all("UPDATE fact SET not_before = :now WHERE not_before > :now", now=to_row(now))
