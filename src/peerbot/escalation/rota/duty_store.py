"""The rows of pages and shifts: who was asked, and who is on duty."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row


@dataclass(frozen=True, slots=True)
class Shift:
    """A time in which one person is on duty."""

    id: str
    server_id: int
    user_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that is about to go out. `turn` counts the rounds of pages of its concern."""

    id: str
    server_id: int
    concern_id: str
    way: str
    people: tuple[int, ...]
    turn: int


def _shift(row: Row) -> Shift:
    return Shift(row["id"], row["server_id"], row["user_id"], from_row(row["starts_at"]), from_row(row["ends_at"]))


async def add_page(work: Reads, page: PageRow, now: datetime) -> None:
    """Keep a page."""
    await work.all(
        """
        INSERT INTO page (id, server_id, concern_id, round, way, people, state, made_at)
        VALUES (:id, :server_id, :concern_id, :turn, :way, :people, 'waiting', :now)
        """,
        id=page.id,
        server_id=page.server_id,
        concern_id=page.concern_id,
        turn=page.turn,
        way=page.way,
        people=json.dumps(page.people),
        now=to_row(now),
    )


async def end_page(work: Reads, page_id: str, state: str, now: datetime) -> None:
    """Record what became of a page."""
    await work.all(
        "UPDATE page SET state = :state, ended_at = :now WHERE id = :id", id=page_id, state=state, now=to_row(now)
    )


async def page_people(reads: Reads, page_id: str) -> tuple[int, ...]:
    """Return whom a page asks for; nobody any more once it was dropped."""
    row = await reads.one("SELECT people FROM page WHERE id = :id AND state <> 'dropped'", id=page_id)
    return tuple(json.loads(row["people"])) if row else ()


async def press_page(work: Reads, concern_id: str, page_id: str, user_id: int, now: datetime) -> str | None:
    """Keep that somebody pressed a button on a page that asked for them; who was first stays so. Returns its way."""
    row = await work.one(
        """
        UPDATE page SET pressed_by = coalesce(pressed_by, :user_id), pressed_at = coalesce(pressed_at, :now)
        WHERE id = :id AND concern_id = :concern_id
        AND EXISTS (SELECT 1 FROM json_each(people) WHERE value = :user_id) RETURNING way
        """,
        id=page_id,
        concern_id=concern_id,
        user_id=user_id,
        now=to_row(now),
    )
    return row["way"] if row else None


async def made_at(reads: Reads, page_id: str) -> datetime:
    """Return when a page that there is was made."""
    row = await reads.one("SELECT made_at FROM page WHERE id = :id", id=page_id)
    return from_row(row["made_at"] if row else 0)


async def reached(reads: Reads, concern_id: str, turn: int, *, hoping: bool) -> bool:
    """Return whether a page of this round or a later one has arrived; `hoping` counts those still on their way.

    One that nobody it asks for can see has not arrived.
    """
    rows = await reads.all(
        "SELECT people, unseen, state FROM page WHERE concern_id = :id AND round >= :turn", id=concern_id, turn=turn
    )
    found = {row["state"] for row in rows if _asked(row)}
    return "arrived" in found or (hoping and "waiting" in found)


async def cannot_see(work: Reads, page_id: str, user_id: int) -> None:
    """Keep that somebody a page asks for cannot see the channel it is in."""
    await work.all(
        """
        UPDATE page SET unseen = json_insert(unseen, '$[#]', :user_id)
        WHERE id = :id AND NOT EXISTS (SELECT 1 FROM json_each(unseen) WHERE value = :user_id)
        """,
        id=page_id,
        user_id=user_id,
    )


def _asked(row: Row) -> frozenset[int]:
    """Return whom a page asks for that can see it."""
    return frozenset(json.loads(row["people"])) - frozenset(json.loads(row["unseen"]))


async def alerted(reads: Reads, concern_id: str) -> frozenset[int]:
    """Return everybody with a page about this concern that arrived or is on its way."""
    rows = await reads.all(
        "SELECT people, unseen FROM page WHERE concern_id = :id AND state IN ('waiting', 'arrived')", id=concern_id
    )
    return frozenset[int]().union(*(_asked(row) for row in rows))


async def waiting(reads: Reads, concern_id: str) -> Sequence[tuple[str, tuple[int, ...]]]:
    """Return (page, people it asks for) of each page of a concern that is on its way."""
    rows = await reads.all("SELECT id, people FROM page WHERE concern_id = :id AND state = 'waiting'", id=concern_id)
    return [(row["id"], tuple(json.loads(row["people"]))) for row in rows]


async def drop_waiting(work: Reads, concern_id: str, now: datetime) -> None:
    """Record that the pages still on their way are no longer wanted."""
    await work.all(
        "UPDATE page SET state = 'dropped', ended_at = :now WHERE concern_id = :id AND state = 'waiting'",
        id=concern_id,
        now=to_row(now),
    )


async def was_paged(reads: Reads, concern_id: str, user_id: int, since: datetime | None = None) -> bool:
    """Return whether this person was asked about this concern; `since` an instant, or ever."""
    rows = await reads.all(
        "SELECT people FROM page WHERE concern_id = :id AND made_at >= :since",
        id=concern_id,
        since=to_row(since) if since is not None else 0,
    )
    return any(user_id in json.loads(row["people"]) for row in rows)


async def add_shift(work: Reads, shift: Shift) -> None:
    """Keep a shift."""
    await work.all(
        """
        INSERT INTO shift (id, server_id, user_id, starts_at, ends_at)
        VALUES (:id, :server_id, :user_id, :starts, :ends)
        """,
        id=shift.id,
        server_id=shift.server_id,
        user_id=shift.user_id,
        starts=to_row(shift.starts_at),
        ends=to_row(shift.ends_at),
    )


async def shifts_to_come(reads: Reads, server_id: int, now: datetime) -> Sequence[Shift]:
    """Return the shifts of a server that run now or later, the earliest first."""
    rows = await reads.all(
        "SELECT * FROM shift WHERE server_id = :server_id AND ends_at > :now ORDER BY starts_at",
        server_id=server_id,
        now=to_row(now),
    )
    return [_shift(row) for row in rows]


async def shift(reads: Reads, shift_id: str) -> Shift | None:
    """Return a shift."""
    row = await reads.one("SELECT * FROM shift WHERE id = :id", id=shift_id)
    return _shift(row) if row else None


async def last_paged(reads: Reads, user_id: int) -> datetime | None:
    """Return when this person was last paged, as far as that is still kept."""
    row = await reads.one(
        "SELECT max(made_at) AS at FROM page WHERE EXISTS (SELECT 1 FROM json_each(people) WHERE value = :id)",
        id=user_id,
    )
    return from_row_or_none(row["at"]) if row else None
