"""The rows of groups as coordinators change them, and of those who may stand in for their facilitators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads
from peerbot.signup import store
from peerbot.signup.rules import Group


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody with a seat, since when, and until when if they try one meeting."""

    user_id: int
    since: datetime
    tastes_until: datetime | None


async def save(work: Reads, group: Group) -> None:
    """Keep everything of a group that can be changed, but when it meets next."""
    await work.all(
        """
        UPDATE peer_group SET name = :name, about = :about, medium = :medium, capacity = :capacity,
            language = :language, state = :state, kind = :kind, private = :private, tasters = :tasters, slow = :slow,
            cycle_from = :cycle_from, cycle_until = :cycle_until, ends_at = :ends_at, archived_at = :archived_at
        WHERE id = :id
        """,
        id=group.id,
        name=group.name,
        about=group.about,
        medium=group.medium,
        capacity=group.capacity,
        language=group.language,
        state=group.state,
        kind=group.kind,
        private=int(group.private),
        tasters=int(group.tasters),
        slow=int(group.slow),
        cycle_from=_row(group.cycle_from),
        cycle_until=_row(group.cycle_until),
        ends_at=_row(group.ends_at),
        archived_at=_row(group.archived_at),
    )


def _row(at: datetime | None) -> int | None:
    return None if at is None else to_row(at)


async def seated(reads: Reads, group_id: str) -> Sequence[Seated]:
    """Return who has a seat in a group and since when, longest first."""
    rows = await reads.all(
        """
        SELECT user_id, since, tastes_until FROM seat
        WHERE group_id = :group_id AND ended_at IS NULL ORDER BY since, id
        """,
        group_id=group_id,
    )
    return [Seated(row["user_id"], from_row(row["since"]), from_row_or_none(row["tastes_until"])) for row in rows]


async def waiting(reads: Reads, group_id: str) -> tuple[int, ...]:
    """Return who waits for a seat in a group, first in line first."""
    rows = await reads.all(
        "SELECT user_id FROM waiting WHERE group_id = :group_id AND ended_at IS NULL ORDER BY id", group_id=group_id
    )
    return tuple(row["user_id"] for row in rows)


async def open_offers(reads: Reads, group_id: str) -> Sequence[str]:
    """Return the ids of a group's offers that nobody has answered yet."""
    rows = await reads.all(
        "SELECT id FROM offer WHERE group_id = :group_id AND state = 'open' ORDER BY made_at, id", group_id=group_id
    )
    return [row["id"] for row in rows]


async def remove_facilitator(work: Reads, group_id: str, user_id: int) -> bool:
    """Let somebody not facilitate a group any more. Returns False if they did not."""
    row = await work.one(
        "DELETE FROM facilitator WHERE group_id = :group_id AND user_id = :user_id RETURNING user_id",
        group_id=group_id,
        user_id=user_id,
    )
    return row is not None


async def backups(reads: Reads, group_id: str) -> tuple[int, ...]:
    """Return who may be asked to take a meeting of a group over, longest first."""
    rows = await reads.all(
        "SELECT user_id FROM backup WHERE group_id = :group_id ORDER BY since, user_id", group_id=group_id
    )
    return tuple(row["user_id"] for row in rows)


async def add_backup(work: Reads, group: Group, user_id: int, now: datetime) -> bool:
    """Let somebody be asked to take a meeting over. Returns False if they may be already."""
    row = await work.one(
        """
        INSERT INTO backup (group_id, user_id, server_id, since) VALUES (:group_id, :user_id, :server_id, :now)
        ON CONFLICT DO NOTHING RETURNING user_id
        """,
        group_id=group.id,
        user_id=user_id,
        server_id=group.server_id,
        now=to_row(now),
    )
    return row is not None


async def remove_backup(work: Reads, group_id: str, user_id: int) -> bool:
    """Let somebody not be asked any more. Returns False if they were not."""
    row = await work.one(
        "DELETE FROM backup WHERE group_id = :group_id AND user_id = :user_id RETURNING user_id",
        group_id=group_id,
        user_id=user_id,
    )
    return row is not None


async def end_backing_up(work: Reads, server_id: int, user_id: int) -> None:
    """Let somebody not be asked for any group of a server any more."""
    await work.all(
        "DELETE FROM backup WHERE server_id = :server_id AND user_id = :user_id", server_id=server_id, user_id=user_id
    )


async def backing_up_since(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server id, since when) of every group for which somebody may be asked."""
    rows = await reads.all(
        "SELECT server_id, since FROM backup WHERE user_id = :user_id ORDER BY since", user_id=user_id
    )
    return [(row["server_id"], from_row(row["since"])) for row in rows]


async def empty(work: Reads, group_id: str) -> None:
    """Delete what a group that has ended needs no more: its free seats and its backups."""
    await work.all("DELETE FROM free_seat WHERE group_id = :group_id", group_id=group_id)
    await work.all("DELETE FROM backup WHERE group_id = :group_id", group_id=group_id)


async def archived_before(reads: Reads, before: datetime) -> Sequence[tuple[str, int]]:
    """Return (id, server id) of the groups that ended before an instant."""
    rows = await reads.all(
        "SELECT id, server_id FROM peer_group WHERE archived_at < :before ORDER BY id", before=to_row(before)
    )
    return [(row["id"], row["server_id"]) for row in rows]


async def archived(reads: Reads, server_id: int) -> Sequence[Group]:
    """Return the groups of a server that have ended and are not deleted yet, by name."""
    rows = await reads.all(
        "SELECT * FROM peer_group WHERE server_id = :server_id AND state = 'archived' ORDER BY name, id",
        server_id=server_id,
    )
    return [store.to_group(row) for row in rows]


async def delete(work: Reads, group_id: str) -> None:
    """Delete a group with everything that hangs on it."""
    await work.all("DELETE FROM peer_group WHERE id = :id", id=group_id)
