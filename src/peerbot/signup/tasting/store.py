"""The rows of people who try one meeting."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.signup.rules import Group
from peerbot.signup.store import to_group
from peerbot.signup.tasting.rules import Outcome, Taster

_OUTCOMES: dict[str, Outcome] = {
    "joined": "joined",
    "declined": "declined",
    "unanswered": "unanswered",
    "not_held": "not_held",
    "left": "left",
}


def _taster(row: Row) -> Taster:
    return Taster(
        row["id"],
        row["group_id"],
        row["server_id"],
        row["user_id"],
        from_row(row["since"]),
        from_row(row["held_until"]),
        from_row_or_none(row["answer_by"]),
        from_row_or_none(row["ended_at"]),
        _OUTCOMES.get(row["outcome"] or ""),
    )


async def add(work: Reads, taster_id: str, group: Group, user_id: int, now: datetime, held_until: datetime) -> None:
    """Keep that somebody's seat in a group is for one meeting."""
    await work.all(
        """
        INSERT INTO taster (id, group_id, server_id, user_id, since, held_until)
        VALUES (:id, :group_id, :server_id, :user_id, :now, :held_until)
        """,
        id=taster_id,
        group_id=group.id,
        server_id=group.server_id,
        user_id=user_id,
        now=to_row(now),
        held_until=to_row(held_until),
    )


async def mark_seat(work: Reads, group_id: str, user_id: int, until: datetime | None) -> None:
    """Keep until when somebody's seat is for trying, or with None that it is a member's."""
    await work.all(
        "UPDATE seat SET tastes_until = :until WHERE group_id = :group_id AND user_id = :user_id AND ended_at IS NULL",
        group_id=group_id,
        user_id=user_id,
        until=to_row(until) if until is not None else None,
    )


async def seat_until(reads: Reads, group_id: str, user_id: int) -> datetime | None:
    """Return until when somebody's seat is for trying."""
    row = await reads.one(
        "SELECT tastes_until FROM seat WHERE group_id = :group_id AND user_id = :user_id AND ended_at IS NULL",
        group_id=group_id,
        user_id=user_id,
    )
    return from_row_or_none(row["tastes_until"]) if row is not None else None


async def taster(reads: Reads, taster_id: str) -> Taster | None:
    """Return somebody who tries a meeting, or did."""
    row = await reads.one("SELECT * FROM taster WHERE id = :id", id=taster_id)
    return _taster(row) if row is not None else None


async def current(reads: Reads, group_id: str, user_id: int) -> Taster | None:
    """Return how somebody tries a group now."""
    row = await reads.one(
        "SELECT * FROM taster WHERE group_id = :group_id AND user_id = :user_id AND ended_at IS NULL",
        group_id=group_id,
        user_id=user_id,
    )
    return _taster(row) if row is not None else None


async def of_group(reads: Reads, group_id: str) -> Sequence[Taster]:
    """Return everybody who tries a group now."""
    rows = await reads.all(
        "SELECT * FROM taster WHERE group_id = :group_id AND ended_at IS NULL ORDER BY since, id", group_id=group_id
    )
    return [_taster(row) for row in rows]


async def of_person(reads: Reads, server_id: int, user_id: int) -> Sequence[Taster]:
    """Return what somebody tries or tried on a server, as far as it is kept."""
    rows = await reads.all(
        "SELECT * FROM taster WHERE server_id = :server_id AND user_id = :user_id ORDER BY since, id",
        server_id=server_id,
        user_id=user_id,
    )
    return [_taster(row) for row in rows]


async def asked_for(reads: Reads, server_id: int, user_id: int) -> int:
    """Return how many groups somebody asked to try on a server, for which a coordinator has not spoken yet."""
    rows = await reads.all(
        """
        SELECT id FROM waiting
        WHERE server_id = :server_id AND user_id = :user_id AND tastes = 1 AND ended_at IS NULL
        """,
        server_id=server_id,
        user_id=user_id,
    )
    return len(rows)


async def released(reads: Reads, server_id: int, user_id: int, since: datetime) -> Sequence[Group]:
    """Return the groups in which somebody's seat was released since an instant, as nobody answered or nobody met."""
    rows = await reads.all(
        """
        SELECT DISTINCT g.* FROM taster AS t JOIN peer_group AS g ON g.id = t.group_id
        WHERE t.server_id = :server_id AND t.user_id = :user_id AND t.ended_at >= :since
        AND t.outcome IN ('unanswered', 'not_held') AND g.state <> 'archived' AND NOT EXISTS (
            SELECT 1 FROM seat AS s WHERE s.group_id = t.group_id AND s.user_id = t.user_id AND s.ended_at IS NULL)
        ORDER BY g.name, g.id
        """,
        server_id=server_id,
        user_id=user_id,
        since=to_row(since),
    )
    return [to_group(row) for row in rows]


async def kept(reads: Reads, user_id: int) -> Sequence[Taster]:
    """Return what is kept about somebody's trying, on any server."""
    rows = await reads.all("SELECT * FROM taster WHERE user_id = :user_id ORDER BY since, id", user_id=user_id)
    return [_taster(row) for row in rows]


async def ask(work: Reads, taster_id: str, answer_by: datetime) -> None:
    """Keep that the question is asked, and until when it can be answered."""
    await work.all(
        "UPDATE taster SET answer_by = :answer_by WHERE id = :id AND ended_at IS NULL AND answer_by IS NULL",
        id=taster_id,
        answer_by=to_row(answer_by),
    )


async def end(work: Reads, taster_id: str, outcome: Outcome, now: datetime) -> None:
    """Keep how trying ended."""
    await work.all(
        "UPDATE taster SET outcome = :outcome, ended_at = :now WHERE id = :id AND ended_at IS NULL",
        id=taster_id,
        outcome=outcome,
        now=to_row(now),
    )
