"""The rows of aliases, counters and blocks, and when the leads last heard of their list. No row holds anybody's id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads, Row

_KEY: Final = "escalation.alias-key"


@dataclass(frozen=True, slots=True)
class Block:
    """An alias whose concerns about others page nobody, and the concern from which a lead blocked it."""

    id: str
    server_id: int
    alias: str
    number: int
    concern_number: int
    since: datetime
    about: str | None = None
    """The alias of the person that concern was about: they find no such block."""


def _block(row: Row) -> Block:
    return Block(
        row["id"],
        row["server_id"],
        row["alias"],
        row["number"],
        row["concern_number"],
        from_row(row["since"]),
        row["about"],
    )


async def alias_key(reads: Reads) -> bytes | None:
    """Return the key of the aliases; None while nobody has raised a concern about another."""
    row = await reads.one("SELECT value FROM note WHERE name = :name", name=_KEY)
    return bytes.fromhex(row["value"]) if row else None


async def keep_alias_key(work: Reads, key: bytes) -> None:
    """Keep the key of the aliases."""
    await work.all("INSERT INTO note (name, value) VALUES (:name, :value)", name=_KEY, value=key.hex())


async def count(work: Reads, server_id: int, alias: str, now: datetime) -> None:
    """Keep that a concern about another was raised."""
    await work.all(
        "INSERT INTO alias_count (server_id, alias, at) VALUES (:server_id, :alias, :now)",
        server_id=server_id,
        alias=alias,
        now=to_row(now),
    )


async def counted(reads: Reads, server_id: int, alias: str) -> Sequence[datetime]:
    """Return when concerns about others were raised by this alias, as far as that is kept."""
    rows = await reads.all(
        "SELECT at FROM alias_count WHERE server_id = :server_id AND alias = :alias ORDER BY at",
        server_id=server_id,
        alias=alias,
    )
    return [from_row(row["at"]) for row in rows]


async def servers(reads: Reads) -> Sequence[int]:
    """Return every server in which an alias is kept."""
    rows = await reads.all(
        "SELECT server_id FROM alias_count UNION SELECT server_id FROM alias_block ORDER BY server_id"
    )
    return [row["server_id"] for row in rows]


async def add_block(work: Reads, block: Block) -> bool:
    """Block an alias. Returns False if it is blocked already."""
    row = await work.one(
        """
        INSERT INTO alias_block (id, server_id, alias, number, concern_number, since, about)
        SELECT :id, :server_id, :alias, coalesce(max(number), 0) + 1, :concern_number, :since, :about
        FROM alias_block WHERE server_id = :server_id
        ON CONFLICT (server_id, alias) DO NOTHING RETURNING id
        """,
        id=block.id,
        server_id=block.server_id,
        alias=block.alias,
        concern_number=block.concern_number,
        since=to_row(block.since),
        about=block.about,
    )
    return row is not None


async def block_of(reads: Reads, server_id: int, alias: str) -> Block | None:
    """Return the block of an alias."""
    row = await reads.one(
        "SELECT * FROM alias_block WHERE server_id = :server_id AND alias = :alias", server_id=server_id, alias=alias
    )
    return _block(row) if row else None


async def block(reads: Reads, server_id: int, block_id: str) -> Block | None:
    """Return a server's block."""
    row = await reads.one(
        "SELECT * FROM alias_block WHERE server_id = :server_id AND id = :id", server_id=server_id, id=block_id
    )
    return _block(row) if row else None


async def blocks(reads: Reads, server_id: int) -> Sequence[Block]:
    """Return the blocks of a server, by number."""
    rows = await reads.all("SELECT * FROM alias_block WHERE server_id = :id ORDER BY number", id=server_id)
    return [_block(row) for row in rows]


async def lift(work: Reads, block_id: str) -> None:
    """Lift a block: nothing of it is kept."""
    await work.all("DELETE FROM alias_block WHERE id = :id", id=block_id)


async def told_at(reads: Reads, server_id: int) -> datetime | None:
    """Return when the leads last heard of their list."""
    row = await reads.one("SELECT told_at FROM lead_list WHERE server_id = :id", id=server_id)
    return from_row(row["told_at"]) if row else None


async def tell(work: Reads, server_id: int, now: datetime) -> None:
    """Keep that the leads hear of their list now."""
    await work.all(
        """
        INSERT INTO lead_list (server_id, told_at) VALUES (:id, :now)
        ON CONFLICT (server_id) DO UPDATE SET told_at = excluded.told_at
        """,
        id=server_id,
        now=to_row(now),
    )


async def move_back(work: Reads, by: timedelta) -> None:
    """The clock was set back by so much: a day after what was counted, or told, ends no later for that."""
    seconds = int(by.total_seconds())
    await work.all("UPDATE alias_count SET at = at - :by", by=seconds)
    await work.all("UPDATE lead_list SET told_at = told_at - :by", by=seconds)
