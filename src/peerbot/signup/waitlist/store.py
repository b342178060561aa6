"""The rows of free seats, of queues for them, and of offers."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.signup import store
from peerbot.signup.rules import Group, Offer, Queue, Waiting
from peerbot.signup.store import Span


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """An offer as it is kept, whether or not its seat is still free."""

    id: str
    group: Group
    user_id: int
    seat: int
    state: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None


async def queues(reads: Reads, server_id: int, only: Collection[str] | None = None) -> Mapping[str, Queue]:
    """Return the queue of every group of a server, or of `only` some; an empty one where nothing is free or wanted."""
    free, waiting, offers = dict[str, list[int]](), dict[str, list[Waiting]](), dict[str, list[Offer]]()
    # In one statement, a row for each group and kind: it is asked with each press, and in the longest of lists.
    rows = await reads.all(
        """
        WITH some (id) AS (
            SELECT id FROM peer_group WHERE server_id = :server_id AND :only IS NULL
            UNION ALL SELECT value FROM json_each(:only))
        SELECT 'confirms' AS what, '' AS group_id, confirms_seats AS told FROM server WHERE id = :server_id
        UNION ALL
        SELECT 'free', group_id, json_group_array(id ORDER BY id)
        FROM free_seat WHERE group_id IN some GROUP BY group_id
        UNION ALL
        SELECT 'waiting', group_id, json_group_array(
            json_array(id, user_id, confirmed_at, tastes, EXISTS (
                SELECT 1 FROM silence AS s WHERE s.server_id = waiting.server_id AND s.user_id = waiting.user_id))
            ORDER BY id)
        FROM waiting WHERE ended_at IS NULL AND group_id IN some GROUP BY group_id
        UNION ALL
        SELECT 'offers', o.group_id, json_group_array(
            json_array(o.id, o.free_seat_id, o.waiting_id, o.ends_at, o.state) ORDER BY o.made_at, o.id)
        FROM offer AS o
        JOIN free_seat AS f ON f.id = o.free_seat_id
        JOIN waiting AS w ON w.id = o.waiting_id AND w.ended_at IS NULL
        WHERE o.group_id IN some GROUP BY o.group_id
        """,
        server_id=server_id,
        only=json.dumps(list(only)) if only is not None else None,
    )
    confirms = any(row["what"] == "confirms" and row["told"] for row in rows)
    for row in rows:
        if row["what"] == "confirms":
            continue
        group_id, told = row["group_id"], json.loads(row["told"])
        if row["what"] == "free":
            free[group_id] = told
        elif row["what"] == "waiting":
            waiting[group_id] = [
                Waiting(number, user_id, not confirms or at is not None, tastes=bool(tastes), silent=bool(silent))
                for number, user_id, at, tastes, silent in told
            ]
        else:
            offers[group_id] = [
                Offer(offer_id, seat, number, from_row(ends_at), state == "open")
                for offer_id, seat, number, ends_at, state in told
            ]
    return defaultdict(
        lambda: Queue(confirms=confirms),
        {
            key: Queue(tuple(free.get(key, ())), tuple(waiting.get(key, ())), tuple(offers.get(key, ())), confirms)
            for key in {*free, *waiting, *offers}
        },
    )


async def waited_for(reads: Reads, server_id: int, user_id: int) -> frozenset[str]:
    """Return the ids of the groups somebody waits for in a server."""
    rows = await reads.all(
        "SELECT group_id FROM waiting WHERE server_id = :server_id AND user_id = :user_id AND ended_at IS NULL",
        server_id=server_id,
        user_id=user_id,
    )
    return frozenset(row["group_id"] for row in rows)


async def had_waited(reads: Reads, group_id: str, user_id: int) -> bool:
    """Return whether somebody waits, or in the last 30 days waited, for a seat in a group."""
    row = await reads.one(
        "SELECT 1 AS had FROM waiting WHERE group_id = :group_id AND user_id = :user_id LIMIT 1",
        group_id=group_id,
        user_id=user_id,
    )
    return row is not None


async def stand_in_line(work: Reads, group: Group, user_id: int, now: datetime, *, tastes: bool = False) -> None:
    """Put somebody at the end of the queue, for a seat or to try one meeting. Who waits already keeps their place."""
    await work.all(
        """
        INSERT INTO waiting (group_id, server_id, user_id, since, tastes)
        VALUES (:group_id, :server_id, :user_id, :now, :tastes)
        ON CONFLICT DO NOTHING
        """,
        group_id=group.id,
        server_id=group.server_id,
        user_id=user_id,
        now=to_row(now),
        tastes=int(tastes),
    )


async def want_for_good(work: Reads, server_id: int, group_id: str | None = None, user_id: int | None = None) -> None:
    """Let those who asked to try a meeting wait for a member's seat: all of a server, or one person in one group."""
    await work.all(
        """
        UPDATE waiting SET tastes = 0 WHERE server_id = :server_id AND tastes = 1 AND ended_at IS NULL
        AND (:group_id IS NULL OR group_id = :group_id) AND (:user_id IS NULL OR user_id = :user_id)
        """,
        server_id=server_id,
        group_id=group_id,
        user_id=user_id,
    )


async def ask_about(work: Reads, waiting_ids: Sequence[int], now: datetime) -> int:
    """Keep that coordinators are being told of these people. Returns of how many they had not been."""
    told = 0
    for waiting_id in waiting_ids:
        row = await work.one(
            "UPDATE waiting SET asked_at = :now WHERE id = :id AND asked_at IS NULL RETURNING id",
            id=waiting_id,
            now=to_row(now),
        )
        told += row is not None
    return told


async def end_waiting(work: Reads, waiting_id: int, now: datetime) -> None:
    """Take somebody off the queue."""
    await work.all(
        "UPDATE waiting SET ended_at = :now WHERE id = :id AND ended_at IS NULL", id=waiting_id, now=to_row(now)
    )


async def add_offer(
    work: Reads, offer_id: str, group: Group, waiting: Waiting, seat: int, now: datetime, ends_at: datetime
) -> None:
    """Keep an open offer."""
    await work.all(
        """
        INSERT INTO offer (id, group_id, server_id, waiting_id, user_id, free_seat_id, state, made_at, ends_at)
        VALUES (:id, :group_id, :server_id, :waiting_id, :user_id, :seat, 'open', :now, :ends_at)
        """,
        id=offer_id,
        group_id=group.id,
        server_id=group.server_id,
        waiting_id=waiting.id,
        user_id=waiting.user_id,
        seat=seat,
        now=to_row(now),
        ends_at=to_row(ends_at),
    )


async def end_offer(work: Reads, offer_id: str, state: str, now: datetime) -> None:
    """Close an open offer as `taken`, `passed` or `withdrawn`."""
    await work.all(
        "UPDATE offer SET state = :state, ended_at = :now WHERE id = :id AND state = 'open'",
        id=offer_id,
        state=state,
        now=to_row(now),
    )


async def end_unanswered(work: Reads, group_id: str, now: datetime) -> None:
    """Close every offer of a group whose time is over."""
    await work.all(
        """
        UPDATE offer SET state = 'unanswered', ended_at = :now
        WHERE group_id = :group_id AND state = 'open' AND ends_at <= :now
        """,
        group_id=group_id,
        now=to_row(now),
    )


async def offer(reads: Reads, offer_id: str) -> KeptOffer | None:
    """Return an offer of any server."""
    row = await reads.one("SELECT * FROM offer WHERE id = :id", id=offer_id)
    return await _kept_offer(reads, row) if row else None


async def _kept_offer(reads: Reads, row: Row) -> KeptOffer | None:
    group = await store.group(reads, row["group_id"])
    if group is None:
        return None
    return KeptOffer(
        row["id"],
        group,
        row["user_id"],
        row["free_seat_id"],
        row["state"],
        from_row(row["made_at"]),
        from_row(row["ends_at"]),
        from_row_or_none(row["ended_at"]),
    )


async def offers_kept(reads: Reads, user_id: int) -> Sequence[KeptOffer]:
    """Return every offer made to somebody, as far as it is kept."""
    rows = await reads.all("SELECT * FROM offer WHERE user_id = :user_id ORDER BY made_at, id", user_id=user_id)
    return [kept for row in rows if (kept := await _kept_offer(reads, row)) is not None]


async def waits_kept(reads: Reads, user_id: int) -> Sequence[Span]:
    """Return every place in a queue somebody has or had, as far as it is kept."""
    return await store.spans(
        reads,
        """
        SELECT g.*, w.since, w.ended_at, w.tastes FROM waiting AS w JOIN peer_group AS g ON g.id = w.group_id
        WHERE w.user_id = :user_id ORDER BY w.id
        """,
        user_id,
    )


async def waits_since_before(reads: Reads, before: datetime) -> Sequence[tuple[str, int]]:
    """Return (group id, person) of every place in a queue that began before an instant."""
    rows = await reads.all(
        "SELECT group_id, user_id FROM waiting WHERE ended_at IS NULL AND since < :before ORDER BY id",
        before=to_row(before),
    )
    return [(row["group_id"], row["user_id"]) for row in rows]
