"""The rows of groups, facilitators, seats and reminder choices."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.signup.rules import Group, NextMeeting, Reminders


@dataclass(frozen=True, slots=True)
class Span:
    """Something somebody had in a group: from when, and until when if it ended. `tries`: it was to try one meeting."""

    group: Group
    since: datetime
    ended_at: datetime | None
    tries: bool = False


def to_group(row: Row) -> Group:
    """Return the group of a row of `peer_group`."""
    return Group(
        row["id"],
        row["server_id"],
        row["name"],
        row["about"],
        row["medium"],
        row["capacity"],
        row["language"],
        row["state"],
        from_row_or_none(row["next_meeting_at"]),
        row["kind"],
        bool(row["private"]),
        bool(row["tasters"]),
        bool(row["slow"]),
        from_row_or_none(row["cycle_from"]),
        from_row_or_none(row["cycle_until"]),
        from_row_or_none(row["ends_at"]),
        from_row_or_none(row["archived_at"]),
        next_ends_at=from_row_or_none(row["next_meeting_ends_at"]),
        next_zone=row["next_meeting_zone"],
    )


async def add_group(work: Reads, group: Group, now: datetime) -> None:
    """Keep a new group, all of its seats free."""
    await work.all(
        """
        INSERT INTO peer_group (
            id, server_id, name, about, medium, capacity, language, state, created_at, kind, private, tasters, slow
        ) VALUES (
            :id, :server_id, :name, :about, :medium, :capacity, :language, :state, :now,
            :kind, :private, :tasters, :slow
        )
        """,
        id=group.id,
        server_id=group.server_id,
        name=group.name,
        about=group.about,
        medium=group.medium,
        capacity=group.capacity,
        language=group.language,
        state=group.state,
        now=to_row(now),
        kind=group.kind,
        private=int(group.private),
        tasters=int(group.tasters),
        slow=int(group.slow),
    )
    await add_free_seats(work, group, group.capacity, now)


async def add_free_seats(work: Reads, group: Group, count: int, now: datetime) -> None:
    """Give a group so many more free seats."""
    if count <= 0:
        return
    await work.all(
        """
        WITH RECURSIVE place (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM place WHERE number < :count)
        INSERT INTO free_seat (group_id, server_id, since) SELECT :id, :server_id, :now FROM place
        """,
        id=group.id,
        server_id=group.server_id,
        count=count,
        now=to_row(now),
    )


async def drop_free_seats(work: Reads, seats: Sequence[int]) -> None:
    """Let free seats vanish."""
    for seat in seats:
        await work.all("DELETE FROM free_seat WHERE id = :id", id=seat)


async def group(reads: Reads, group_id: str) -> Group | None:
    """Return a group of any server."""
    row = await reads.one("SELECT * FROM peer_group WHERE id = :id", id=group_id)
    return to_group(row) if row else None


async def groups(reads: Reads, server_id: int, only: Collection[str] | None = None) -> Sequence[Group]:
    """Return every group of a server that is not archived, by name; `only` those with these ids, if any are given."""
    rows = await reads.all(
        """
        SELECT * FROM peer_group WHERE server_id = :server_id AND state <> 'archived'
        AND (:only IS NULL OR id IN (SELECT value FROM json_each(:only))) ORDER BY name, id
        """,
        server_id=server_id,
        only=json.dumps(list(only)) if only is not None else None,
    )
    return [to_group(row) for row in rows]


async def save_next_meeting(work: Reads, group_id: str, following: NextMeeting | None) -> None:
    """Keep when the group meets next."""
    await work.all(
        """
        UPDATE peer_group SET next_meeting_at = :at, next_meeting_ends_at = :ends_at, next_meeting_zone = :zone
        WHERE id = :id
        """,
        id=group_id,
        at=to_row(following.starts_at) if following else None,
        ends_at=to_row(following.ends_at) if following else None,
        zone=following.zone if following else None,
    )


async def add_facilitator(work: Reads, group: Group, user_id: int, now: datetime) -> bool:
    """Let somebody facilitate. Returns False if they did."""
    row = await work.one(
        """
        INSERT INTO facilitator (group_id, user_id, server_id, since) VALUES (:group_id, :user_id, :server_id, :now)
        ON CONFLICT DO NOTHING RETURNING user_id
        """,
        group_id=group.id,
        user_id=user_id,
        server_id=group.server_id,
        now=to_row(now),
    )
    return row is not None


async def end_facilitating(work: Reads, server_id: int, user_id: int) -> Sequence[str]:
    """Let somebody facilitate nothing in a server any more. Returns the ids of the groups they did."""
    rows = await work.all(
        "DELETE FROM facilitator WHERE server_id = :server_id AND user_id = :user_id RETURNING group_id",
        server_id=server_id,
        user_id=user_id,
    )
    return [row["group_id"] for row in rows]


async def facilitators(reads: Reads, group_id: str) -> tuple[int, ...]:
    """Return who facilitates a group, longest first."""
    rows = await reads.all(
        "SELECT user_id FROM facilitator WHERE group_id = :group_id ORDER BY since, user_id", group_id=group_id
    )
    return tuple(row["user_id"] for row in rows)


async def seated_by(reads: Reads, group_id: str, at: datetime) -> frozenset[int]:
    """Return who has had a seat since an instant or before, but for who tries one meeting."""
    rows = await reads.all(
        """
        SELECT user_id FROM seat
        WHERE group_id = :group_id AND ended_at IS NULL AND tastes_until IS NULL AND since <= :at
        """,
        group_id=group_id,
        at=to_row(at),
    )
    return frozenset(row["user_id"] for row in rows)


async def members(reads: Reads, group_id: str) -> tuple[int, ...]:
    """Return who has a seat in a group, longest first."""
    rows = await reads.all(
        "SELECT user_id FROM seat WHERE group_id = :group_id AND ended_at IS NULL ORDER BY since, id", group_id=group_id
    )
    return tuple(row["user_id"] for row in rows)


async def seated_since(reads: Reads, group_id: str, user_id: int) -> datetime | None:
    """Return since when somebody has their seat in a group; None if they have none."""
    row = await reads.one(
        "SELECT since FROM seat WHERE group_id = :group_id AND user_id = :user_id AND ended_at IS NULL",
        group_id=group_id,
        user_id=user_id,
    )
    return from_row(row["since"]) if row else None


async def facilitated_by(reads: Reads, server_id: int, user_id: int) -> frozenset[str]:
    """Return the ids of the groups somebody facilitates in a server."""
    rows = await reads.all(
        "SELECT group_id FROM facilitator WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )
    return frozenset(row["group_id"] for row in rows)


async def seated_in(reads: Reads, server_id: int, user_id: int) -> frozenset[str]:
    """Return the ids of the groups in which somebody has a seat in a server."""
    rows = await reads.all(
        "SELECT group_id FROM seat WHERE server_id = :server_id AND user_id = :user_id AND ended_at IS NULL",
        server_id=server_id,
        user_id=user_id,
    )
    return frozenset(row["group_id"] for row in rows)


async def had_seat(reads: Reads, group_id: str, user_id: int) -> bool:
    """Return whether somebody has, or in the last 30 days had, a seat in a group."""
    row = await reads.one(
        "SELECT 1 AS had FROM seat WHERE group_id = :group_id AND user_id = :user_id LIMIT 1",
        group_id=group_id,
        user_id=user_id,
    )
    return row is not None


async def take_seat(work: Reads, group: Group, free_seat_id: int, user_id: int, now: datetime) -> bool:
    """Turn a free seat into somebody's. Returns False if it is not free."""
    row = await work.one(
        "DELETE FROM free_seat WHERE id = :id AND group_id = :group_id RETURNING id", id=free_seat_id, group_id=group.id
    )
    if row is None:
        return False
    await work.all(
        "INSERT INTO seat (group_id, server_id, user_id, since) VALUES (:group_id, :server_id, :user_id, :now)",
        group_id=group.id,
        server_id=group.server_id,
        user_id=user_id,
        now=to_row(now),
    )
    return True


async def end_seat(work: Reads, group: Group, user_id: int, now: datetime) -> bool:
    """Turn somebody's seat into a free one. Returns False if they have none."""
    row = await work.one(
        """
        UPDATE seat SET ended_at = :now WHERE group_id = :group_id AND user_id = :user_id AND ended_at IS NULL
        RETURNING id
        """,
        group_id=group.id,
        user_id=user_id,
        now=to_row(now),
    )
    if row is None:
        return False
    await work.all(
        "INSERT INTO free_seat (group_id, server_id, since) VALUES (:group_id, :server_id, :now)",
        group_id=group.id,
        server_id=group.server_id,
        now=to_row(now),
    )
    return True


async def reminders(reads: Reads, server_id: int, user_id: int) -> Reminders:
    """Return whether the bot may write to somebody. Who was never asked has not said yes."""
    row = await reads.one(
        "SELECT allowed, closed_at FROM reminder_choice WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )
    if row is None or not row["allowed"]:
        return "off"
    return "on" if row["closed_at"] is None else "closed"


async def save_reminders(work: Reads, server_id: int, user_id: int, *, allowed: bool) -> None:
    """Keep somebody's choice. A new yes is a new try, whatever Discord said before."""
    await work.all(
        """
        INSERT INTO reminder_choice (server_id, user_id, allowed) VALUES (:server_id, :user_id, :allowed)
        ON CONFLICT (server_id, user_id) DO UPDATE SET allowed = excluded.allowed, closed_at = NULL
        """,
        server_id=server_id,
        user_id=user_id,
        allowed=int(allowed),
    )


async def close_reminders(work: Reads, server_id: int, user_id: int, now: datetime) -> None:
    """Keep since when Discord refuses the bot's messages to somebody."""
    await work.all(
        """
        UPDATE reminder_choice SET closed_at = :now
        WHERE server_id = :server_id AND user_id = :user_id AND allowed = 1 AND closed_at IS NULL
        """,
        server_id=server_id,
        user_id=user_id,
        now=to_row(now),
    )


async def forget_idle_choice(work: Reads, server_id: int, user_id: int) -> None:
    """Delete the choice of somebody who has no seat, no place in a queue and no group to facilitate in the server."""
    await work.all(
        """
        DELETE FROM reminder_choice WHERE server_id = :server_id AND user_id = :user_id AND NOT EXISTS (
            SELECT 1 FROM seat WHERE server_id = :server_id AND user_id = :user_id AND ended_at IS NULL
            UNION ALL
            SELECT 1 FROM waiting WHERE server_id = :server_id AND user_id = :user_id AND ended_at IS NULL
            UNION ALL
            SELECT 1 FROM facilitator WHERE server_id = :server_id AND user_id = :user_id)
        """,
        server_id=server_id,
        user_id=user_id,
    )


async def choices_kept(reads: Reads, user_id: int) -> Sequence[tuple[int, Reminders]]:
    """Return the reminder choice somebody made in each server."""
    rows = await reads.all(
        "SELECT server_id FROM reminder_choice WHERE user_id = :user_id ORDER BY server_id", user_id=user_id
    )
    return [(row["server_id"], await reminders(reads, row["server_id"], user_id)) for row in rows]


async def seats_kept(reads: Reads, user_id: int) -> Sequence[Span]:
    """Return every seat somebody has or had, as far as it is kept."""
    return await spans(
        reads,
        """
        SELECT g.*, s.since, s.ended_at FROM seat AS s JOIN peer_group AS g ON g.id = s.group_id
        WHERE s.user_id = :user_id ORDER BY s.id
        """,
        user_id,
    )


async def facilitating_kept(reads: Reads, user_id: int) -> Sequence[Span]:
    """Return every group somebody facilitates."""
    return await spans(
        reads,
        """
        SELECT g.*, f.since, NULL AS ended_at FROM facilitator AS f JOIN peer_group AS g ON g.id = f.group_id
        WHERE f.user_id = :user_id ORDER BY f.since, g.id
        """,
        user_id,
    )


async def spans(reads: Reads, sql: str, user_id: int) -> Sequence[Span]:
    """Return the spans of one person that a statement selects."""
    rows = await reads.all(sql, user_id=user_id)
    return [
        Span(to_group(row), from_row(row["since"]), from_row_or_none(row["ended_at"]), tries=bool(row.get("tastes")))
        for row in rows
    ]
