"""The rows of acceptances, and the key of their hashes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from peerbot.confidentiality.rules import Acceptance, Version
from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row

_KEY: Final = "confidentiality.key"


def _acceptance(row: Row) -> Acceptance:
    return Acceptance(
        row["server_id"],
        row["group_id"],
        row["user_id"],
        row["person_hash"],
        Version(row["agreement_version"], row["limits_version"], row["server_version"], row["group_version"]),
        from_row(row["accepted_at"]),
        from_row_or_none(row["withdrawn_at"]),
    )


async def hash_key(reads: Reads) -> bytes | None:
    """Return the key of the hashes; None while nobody has left a group yet."""
    row = await reads.one("SELECT value FROM note WHERE name = :name", name=_KEY)
    return bytes.fromhex(row["value"]) if row else None


async def keep_hash_key(work: Reads, key: bytes) -> None:
    """Keep the key of the hashes."""
    await work.all("INSERT INTO note (name, value) VALUES (:name, :value)", name=_KEY, value=key.hex())


async def add(work: Reads, server_id: int, group_id: str, user_id: int, version: Version, now: datetime) -> bool:
    """Keep an acceptance; the first one of these versions counts. Returns False if there is one."""
    row = await work.one(
        """
        INSERT INTO acceptance (server_id, group_id, user_id, agreement_version, limits_version, server_version,
                                group_version, accepted_at)
        VALUES (:server_id, :group_id, :user_id, :agreement, :limits, :server, :group, :now)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        server_id=server_id,
        group_id=group_id,
        user_id=user_id,
        agreement=version.agreement,
        limits=version.limits,
        server=version.server,
        group=version.group,
        now=to_row(now),
    )
    return row is not None


async def withdraw(work: Reads, group_id: str, user_id: int, person_hash: str, now: datetime) -> None:
    """Put the hash in place of the person in every acceptance for this group."""
    await work.all(
        """
        UPDATE acceptance SET user_id = NULL, person_hash = :person_hash, withdrawn_at = :now
        WHERE group_id = :group_id AND user_id = :user_id
        """,
        group_id=group_id,
        user_id=user_id,
        person_hash=person_hash,
        now=to_row(now),
    )


async def held_by(reads: Reads, user_id: int) -> Sequence[Acceptance]:
    """Return the acceptances under which somebody is in a group."""
    rows = await reads.all("SELECT * FROM acceptance WHERE user_id = :user_id ORDER BY id", user_id=user_id)
    return [_acceptance(row) for row in rows]


async def held_in_server(reads: Reads, server_id: int) -> Sequence[Acceptance]:
    """Return the acceptances of everybody who is, or waits to be, in a group of a server, from the first on."""
    rows = await reads.all(
        "SELECT * FROM acceptance WHERE server_id = :server_id AND user_id IS NOT NULL ORDER BY id", server_id=server_id
    )
    return [_acceptance(row) for row in rows]


async def held_in_group(reads: Reads, group_id: str) -> Sequence[Acceptance]:
    """Return the acceptances of everybody who is, or waits to be, in a group, from the first on."""
    rows = await reads.all(
        "SELECT * FROM acceptance WHERE group_id = :group_id AND user_id IS NOT NULL ORDER BY id", group_id=group_id
    )
    return [_acceptance(row) for row in rows]


async def withdrawn(reads: Reads) -> Sequence[Acceptance]:
    """Return the acceptances of everybody who left, by hash."""
    rows = await reads.all("SELECT * FROM acceptance WHERE withdrawn_at IS NOT NULL ORDER BY id")
    return [_acceptance(row) for row in rows]
