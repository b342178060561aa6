"""The rows of the ways to people: what last proved each, and whether they see the channel they are paged in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads


@dataclass(frozen=True, slots=True)
class TestPage:
    """A page sent for practice, by one way to one person. An alert's has a code."""

    id: str
    server_id: int
    user_id: int
    way: str
    code: str | None = None


async def prove(work: Reads, server_id: int, user_id: int, way: str, now: datetime) -> None:
    """Keep that a page has just reached somebody by `way`: `channel`, `dm` or `alert`."""
    await work.all(
        """
        INSERT INTO proof (server_id, user_id, way, at) VALUES (:server_id, :user_id, :way, :now)
        ON CONFLICT (server_id, user_id, way) DO UPDATE SET at = excluded.at
        """,
        server_id=server_id,
        user_id=user_id,
        way=way,
        now=to_row(now),
    )


async def proven(reads: Reads, server_id: int) -> Mapping[int, Mapping[str, datetime]]:
    """Return person → way → when it last reached them."""
    rows = await reads.all("SELECT user_id, way, at FROM proof WHERE server_id = :id", id=server_id)
    found: dict[int, dict[str, datetime]] = {}
    for row in rows:
        found.setdefault(row["user_id"], {})[row["way"]] = from_row(row["at"])
    return found


async def last_proofs(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, when a page last reached this person there)."""
    rows = await reads.all(
        "SELECT server_id, max(at) AS at FROM proof WHERE user_id = :id GROUP BY server_id", id=user_id
    )
    return [(row["server_id"], from_row(row["at"])) for row in rows]


async def saw(work: Reads, server_id: int, user_id: int, channel_id: int, now: datetime, *, sees: bool) -> None:
    """Keep whether somebody can see a channel, as Discord has just said."""
    await work.all(
        """
        INSERT INTO sight (server_id, user_id, channel_id, sees, at)
        VALUES (:server_id, :user_id, :channel_id, :sees, :now)
        ON CONFLICT (server_id, user_id, channel_id) DO UPDATE SET sees = excluded.sees, at = excluded.at
        """,
        server_id=server_id,
        user_id=user_id,
        channel_id=channel_id,
        sees=int(sees),
        now=to_row(now),
    )


async def seen(reads: Reads, server_id: int, channel_id: int) -> Mapping[int, datetime]:
    """Return everybody who could see a channel when that was last asked, and when that was."""
    rows = await reads.all(
        "SELECT user_id, at FROM sight WHERE server_id = :server_id AND channel_id = :channel_id AND sees = 1",
        server_id=server_id,
        channel_id=channel_id,
    )
    return {row["user_id"]: from_row(row["at"]) for row in rows}


async def last_looks(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, when it was last asked there whether this person sees the team's channel)."""
    rows = await reads.all(
        "SELECT server_id, max(at) AS at FROM sight WHERE user_id = :id GROUP BY server_id", id=user_id
    )
    return [(row["server_id"], from_row(row["at"])) for row in rows]


async def add_test_page(work: Reads, page: TestPage, shift_id: str | None, now: datetime) -> None:
    """Keep a test page, and for which shift it was sent."""
    await work.all(
        """
        INSERT INTO test_page (id, server_id, user_id, way, code, shift_id, made_at)
        VALUES (:id, :server_id, :user_id, :way, :code, :shift_id, :now)
        """,
        id=page.id,
        server_id=page.server_id,
        user_id=page.user_id,
        way=page.way,
        code=page.code,
        shift_id=shift_id,
        now=to_row(now),
    )


async def test_page(reads: Reads, page_id: str) -> TestPage | None:
    """Return a test page."""
    row = await reads.one("SELECT id, server_id, user_id, way, code FROM test_page WHERE id = :id", id=page_id)
    return TestPage(row["id"], row["server_id"], row["user_id"], row["way"], row["code"]) if row else None


async def with_code(reads: Reads, user_id: int, code: str, since: datetime) -> TestPage | None:
    """Return the test page of this person, made after `since`, that brought this code."""
    row = await reads.one(
        """
        SELECT id, server_id, user_id, way, code FROM test_page
        WHERE user_id = :user_id AND code = :code AND made_at >= :since ORDER BY made_at DESC
        """,
        user_id=user_id,
        code=code,
        since=to_row(since),
    )
    return TestPage(row["id"], row["server_id"], row["user_id"], row["way"], row["code"]) if row else None


async def end_test_page(work: Reads, page_id: str, state: str) -> None:
    """Record what became of a test page."""
    await work.all("UPDATE test_page SET state = :state WHERE id = :id", id=page_id, state=state)


async def proved_by(work: Reads, page_id: str, now: datetime) -> None:
    """Record when the person said that a test page arrived; its code is of no more use."""
    await work.all("UPDATE test_page SET proved_at = :now, code = NULL WHERE id = :id", id=page_id, now=to_row(now))


async def tested_for(reads: Reads, shift_id: str) -> bool:
    """Return whether a test was sent ahead of a shift."""
    return await reads.one("SELECT 1 AS found FROM test_page WHERE shift_id = :id LIMIT 1", id=shift_id) is not None


async def last_tests(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server, when this person was last sent a test page there)."""
    rows = await reads.all(
        "SELECT server_id, max(made_at) AS at FROM test_page WHERE user_id = :id GROUP BY server_id", id=user_id
    )
    return [(row["server_id"], from_row(row["at"])) for row in rows]
