"""The rows of the texts that people agree to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from peerbot.confidentiality.rules import Edition, Text, Wording
from peerbot.engine.clock import from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.engine.tokens import new_id


def _wording(row: Row) -> Wording:
    return Wording(
        row["id"],
        row["server_id"],
        Text(row["text"]),
        row["group_id"],
        Edition(row["number"] or 0, tuple(row["lines"].splitlines())),
        from_row_or_none(row["since"]),
        row["follows"],
    )


async def of_server(reads: Reads, server_id: int) -> Sequence[Wording]:
    """Return every edition that holds or held on a server."""
    rows = await reads.all(
        "SELECT * FROM wording WHERE server_id = :server_id AND number IS NOT NULL ORDER BY number", server_id=server_id
    )
    return [_wording(row) for row in rows]


async def load(reads: Reads, wording_id: str) -> Wording | None:
    """Return an edition or a proposal of any server."""
    row = await reads.one("SELECT * FROM wording WHERE id = :id", id=wording_id)
    return _wording(row) if row else None


async def keep_built_in(work: Reads, server_id: int, built_in: Mapping[Text, Edition], now: datetime) -> None:
    """Keep the built-in texts as somebody on this server is shown them; editions that are kept stay as they are."""
    await work.all(
        """
        INSERT INTO wording (id, server_id, text, group_id, lines, number, since, follows, made_at)
        VALUES (:agreement_id, :server_id, 'agreement', '', :agreement, :agreement_number, :now, 0, :now),
               (:limits_id, :server_id, 'limits', '', :limits, :limits_number, :now, 0, :now)
        ON CONFLICT DO NOTHING
        """,
        agreement_id=new_id(),
        limits_id=new_id(),
        server_id=server_id,
        agreement="\n".join(built_in[Text.AGREEMENT].lines),
        agreement_number=built_in[Text.AGREEMENT].number,
        limits="\n".join(built_in[Text.LIMITS].lines),
        limits_number=built_in[Text.LIMITS].number,
        now=to_row(now),
    )


async def add(work: Reads, wording: Wording, now: datetime) -> None:
    """Keep a proposal, or an edition that holds from `since` on."""
    await work.all(
        """
        INSERT INTO wording (id, server_id, text, group_id, lines, number, since, follows, made_at)
        VALUES (:id, :server_id, :text, :group_id, :lines, :number, :since, :follows, :now)
        """,
        id=wording.id,
        server_id=wording.server_id,
        text=str(wording.text),
        group_id=wording.group_id,
        lines="\n".join(wording.edition.lines),
        number=wording.edition.number or None,
        since=None if wording.since is None else to_row(wording.since),
        follows=wording.follows,
        now=to_row(now),
    )


async def put_in_force(work: Reads, wording_id: str, number: int, now: datetime) -> None:
    """Let a proposal hold from now on."""
    await work.all(
        "UPDATE wording SET number = :number, since = :now WHERE id = :id AND number IS NULL",
        id=wording_id,
        number=number,
        now=to_row(now),
    )


async def end_group(work: Reads, server_id: int, group_id: str, now: datetime) -> None:
    """Let go of what a group that is gone had added, as soon as no acceptance stands for it."""
    await work.all(
        """
        UPDATE wording SET ended_at = :now
        WHERE server_id = :server_id AND text = 'group' AND group_id = :group_id AND ended_at IS NULL
        """,
        server_id=server_id,
        group_id=group_id,
        now=to_row(now),
    )
