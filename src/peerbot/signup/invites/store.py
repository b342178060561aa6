"""The rows of invite codes, and of wrong ones that were typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads, Row
from peerbot.signup.rules import Group


@dataclass(frozen=True, slots=True)
class Invite:
    """A code, without its letters. `uses_left` is None for any number."""

    id: str
    group_id: str
    server_id: int
    made_at: datetime
    expires_at: datetime
    uses_left: int | None


def _invite(row: Row) -> Invite:
    return Invite(
        row["id"],
        row["group_id"],
        row["server_id"],
        from_row(row["made_at"]),
        from_row(row["expires_at"]),
        row["uses_left"],
    )


async def add(work: Reads, invite: Invite, code_hash: str) -> None:
    """Keep a code."""
    await work.all(
        """
        INSERT INTO invite (id, group_id, server_id, code_hash, made_at, expires_at, uses_left)
        VALUES (:id, :group_id, :server_id, :code_hash, :made_at, :expires_at, :uses_left)
        """,
        id=invite.id,
        group_id=invite.group_id,
        server_id=invite.server_id,
        code_hash=code_hash,
        made_at=to_row(invite.made_at),
        expires_at=to_row(invite.expires_at),
        uses_left=invite.uses_left,
    )


async def valid(reads: Reads, group_id: str, now: datetime) -> Sequence[Invite]:
    """Return the codes of a group that lead somewhere, oldest first."""
    rows = await reads.all(
        """
        SELECT * FROM invite WHERE group_id = :group_id AND withdrawn_at IS NULL AND expires_at > :now
        AND (uses_left IS NULL OR uses_left > 0) ORDER BY made_at, id
        """,
        group_id=group_id,
        now=to_row(now),
    )
    return [_invite(row) for row in rows]


async def by_code(reads: Reads, server_id: int, code_hash: str, now: datetime) -> Invite | None:
    """Return the code of a server that leads somewhere and has this hash."""
    row = await reads.one(
        """
        SELECT * FROM invite WHERE server_id = :server_id AND code_hash = :code_hash AND withdrawn_at IS NULL
        AND expires_at > :now AND (uses_left IS NULL OR uses_left > 0)
        """,
        server_id=server_id,
        code_hash=code_hash,
        now=to_row(now),
    )
    return _invite(row) if row else None


async def load(reads: Reads, invite_id: str) -> Invite | None:
    """Return a code of any server, one that was withdrawn too."""
    row = await reads.one("SELECT * FROM invite WHERE id = :id", id=invite_id)
    return _invite(row) if row else None


async def use(work: Reads, invite_id: str) -> None:
    """Count somebody who came in by a code."""
    await work.all(
        "UPDATE invite SET uses_left = uses_left - 1 WHERE id = :id AND uses_left IS NOT NULL AND uses_left > 0",
        id=invite_id,
    )


async def withdraw(work: Reads, invite_id: str, at: datetime | None) -> None:
    """Let a code lead nowhere from now on, or with None let it lead there again."""
    await work.all(
        "UPDATE invite SET withdrawn_at = :at WHERE id = :id", id=invite_id, at=None if at is None else to_row(at)
    )


async def delete_of_group(work: Reads, group: Group) -> None:
    """Delete a group's codes."""
    await work.all("DELETE FROM invite WHERE group_id = :group_id", group_id=group.id)


async def wrong_tries(reads: Reads, server_id: int, user_id: int, since: datetime) -> int:
    """Return how many wrong codes somebody has typed, if the first of them came after an instant."""
    row = await reads.one(
        "SELECT count FROM code_try WHERE server_id = :server_id AND user_id = :user_id AND since > :since",
        server_id=server_id,
        user_id=user_id,
        since=to_row(since),
    )
    return int(row["count"]) if row else 0


async def add_wrong_try(work: Reads, server_id: int, user_id: int, since: datetime, now: datetime) -> None:
    """Count a wrong code; those that began before an instant count no more."""
    await work.all(
        """
        INSERT INTO code_try (server_id, user_id, count, since) VALUES (:server_id, :user_id, 1, :now)
        ON CONFLICT (server_id, user_id) DO UPDATE SET
            count = CASE WHEN code_try.since > :since THEN code_try.count + 1 ELSE 1 END,
            since = CASE WHEN code_try.since > :since THEN code_try.since ELSE excluded.since END
        """,
        server_id=server_id,
        user_id=user_id,
        since=to_row(since),
        now=to_row(now),
    )


async def tries_kept(reads: Reads, user_id: int) -> Sequence[tuple[int, datetime]]:
    """Return (server id, since when) of the wrong codes that are counted for somebody."""
    rows = await reads.all("SELECT server_id, since FROM code_try WHERE user_id = :user_id", user_id=user_id)
    return [(row["server_id"], from_row(row["since"])) for row in rows]
