"""The rows of servers and teams."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads, Row
from peerbot.servers.rules import Ages, Server, Teammate


def _server(row: Row) -> Server:
    return Server(
        row["id"],
        row["country"],
        row["zone"],
        row["category_id"],
        row["moderators_channel_id"],
        row["facilitators_channel_id"],
        bool(row["make_staff_channels"]),
        bool(row["confirms_seats"]),
        Ages(row["age_from"], row["age_until"]),
        row["safeguarding_contact"],
        row["outside_contact"],
        row["opened_at"] is not None,
    )


async def load(reads: Reads, server_id: int) -> Server | None:
    """Return a server, or None before it is set up."""
    row = await reads.one("SELECT * FROM server WHERE id = :id", id=server_id)
    return _server(row) if row else None


async def every(reads: Reads) -> Sequence[Server]:
    """Return every server that is set up."""
    return [_server(row) for row in await reads.all("SELECT * FROM server ORDER BY id")]


async def save(work: Reads, server_id: int, country: str, zone: str, now: datetime, *, make: bool) -> None:
    """Keep what was answered; channels stay as they are. `make`: the bot is to make the staff channels."""
    await work.all(
        """
        INSERT INTO server (id, country, zone, make_staff_channels, set_up_at)
        VALUES (:id, :country, :zone, :make, :now)
        ON CONFLICT (id) DO UPDATE SET country = excluded.country, zone = excluded.zone,
            make_staff_channels = excluded.make_staff_channels
        """,
        id=server_id,
        country=country,
        zone=zone,
        make=int(make),
        now=to_row(now),
    )


async def save_category(work: Reads, server_id: int, channel_id: int | None) -> None:
    """Keep the category rooms are made in."""
    await work.all("UPDATE server SET category_id = :channel_id WHERE id = :id", id=server_id, channel_id=channel_id)


async def save_moderators_channel(work: Reads, server_id: int, channel_id: int | None) -> None:
    """Keep the moderators' channel."""
    await work.all(
        "UPDATE server SET moderators_channel_id = :channel_id WHERE id = :id", id=server_id, channel_id=channel_id
    )


async def save_facilitators_channel(work: Reads, server_id: int, channel_id: int | None) -> None:
    """Keep the facilitators' channel."""
    await work.all(
        "UPDATE server SET facilitators_channel_id = :channel_id WHERE id = :id", id=server_id, channel_id=channel_id
    )


async def change(work: Reads, server: Server) -> None:
    """Keep what a server now is, its channels left out."""
    await work.all(
        """
        UPDATE server SET country = :country, zone = :zone, make_staff_channels = :make, confirms_seats = :confirms,
            age_from = :first, age_until = :last, safeguarding_contact = :contact, outside_contact = :outside
        WHERE id = :id
        """,
        id=server.id,
        country=server.country,
        zone=server.zone,
        make=int(server.make_staff_channels),
        confirms=int(server.confirms_seats),
        first=server.ages.first,
        last=server.ages.last,
        contact=server.contact,
        outside=server.outside,
    )


async def open_to_members(work: Reads, server_id: int, now: datetime) -> None:
    """Keep since when a server's groups are open."""
    await work.all("UPDATE server SET opened_at = :now WHERE id = :id", id=server_id, now=to_row(now))


async def team(reads: Reads, server_id: int) -> Sequence[Teammate]:
    """Return every part of every teammate."""
    rows = await reads.all("SELECT user_id, part FROM team WHERE server_id = :id ORDER BY since, user_id", id=server_id)
    return [Teammate(row["user_id"], row["part"]) for row in rows]


async def parts(reads: Reads, server_id: int, user_id: int) -> frozenset[str]:
    """Return the parts of one person."""
    rows = await reads.all(
        "SELECT part FROM team WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )
    return frozenset(row["part"] for row in rows)


async def add(work: Reads, server_id: int, user_id: int, part: str, now: datetime) -> bool:
    """Give somebody a part. Returns False if they had it."""
    row = await work.one(
        """
        INSERT INTO team (server_id, user_id, part, since) VALUES (:server_id, :user_id, :part, :now)
        ON CONFLICT DO NOTHING RETURNING user_id
        """,
        server_id=server_id,
        user_id=user_id,
        part=part,
        now=to_row(now),
    )
    return row is not None


async def remove(work: Reads, server_id: int, user_id: int, part: str) -> None:
    """Take a part away."""
    await work.all(
        "DELETE FROM team WHERE server_id = :server_id AND user_id = :user_id AND part = :part",
        server_id=server_id,
        user_id=user_id,
        part=part,
    )


async def next_concern(work: Reads, server_id: int) -> int:
    """Return the next number for a concern of this server."""
    row = await work.one(
        "UPDATE server SET last_concern = last_concern + 1 WHERE id = :id RETURNING last_concern", id=server_id
    )
    return row["last_concern"] if row else 0


async def servers_of(reads: Reads, server_ids: Sequence[int]) -> Sequence[Server]:
    """Return those of the given servers that are set up."""
    rows = await reads.all("SELECT * FROM server ORDER BY id")
    return [_server(row) for row in rows if row["id"] in set(server_ids)]


async def server_of_channel(reads: Reads, channel_id: int) -> int | None:
    """Return the server whose staff channel this is."""
    row = await reads.one(
        "SELECT id FROM server WHERE moderators_channel_id = :id OR facilitators_channel_id = :id", id=channel_id
    )
    return row["id"] if row else None


async def parts_everywhere(reads: Reads, user_id: int) -> Sequence[tuple[int, str]]:
    """Return (server, part) of every part a person has, in all servers."""
    rows = await reads.all("SELECT server_id, part FROM team WHERE user_id = :id ORDER BY server_id, part", id=user_id)
    return [(row["server_id"], row["part"]) for row in rows]
