"""The rows of the rota: what the team agreed, and the gaps that are known."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.escalation.rota.rules import NOBODY, Cover, Gap, Made, Off, Plan, Span, Weekly, without

_OVER_AFTER: Final = timedelta(days=3)
"""After the midnight UTC that begins its last date, a shift is over everywhere."""


@dataclass(frozen=True, slots=True)
class KeptWeekly:
    """A weekly shift, the server it belongs to, and what it was before its last change."""

    server_id: int
    weekly: Weekly
    before: Weekly | None


def _json(weekly: Weekly) -> str:
    return json.dumps(
        {
            "days": sorted(weekly.days),
            "starts": weekly.starts.isoformat("minutes"),
            "ends": weekly.ends.isoformat("minutes"),
            "zone": weekly.zone,
            "people": weekly.people,
            "first_on": weekly.first_on.isoformat(),
            "last_on": weekly.last_on.isoformat() if weekly.last_on else None,
        }
    )


def _of_json(weekly_id: str, text: str) -> Weekly:
    found = json.loads(text)
    return Weekly(
        id=weekly_id,
        days=frozenset(found["days"]),
        starts=time.fromisoformat(found["starts"]),
        ends=time.fromisoformat(found["ends"]),
        zone=found["zone"],
        people=tuple(found["people"]),
        first_on=date.fromisoformat(found["first_on"]),
        last_on=date.fromisoformat(found["last_on"]) if found["last_on"] else None,
    )


def _kept(row: Row) -> KeptWeekly:
    weekly = Weekly(
        id=row["id"],
        days=frozenset(json.loads(row["days"])),
        starts=time.fromisoformat(row["starts"]),
        ends=time.fromisoformat(row["ends"]),
        zone=row["zone"],
        people=tuple(json.loads(row["people"])),
        first_on=date.fromisoformat(row["first_on"]),
        last_on=date.fromisoformat(row["last_on"]) if row["last_on"] else None,
    )
    return KeptWeekly(row["server_id"], weekly, _of_json(row["id"], row["before"]) if row["before"] else None)


def _cover(row: Row) -> Cover:
    span = Span(from_row(row["starts_at"]), from_row(row["ends_at"]))
    return Cover(row["id"], row["user_id"], span, row["instead_of"])


def _off(row: Row) -> Off:
    return Off(row["id"], row["user_id"], from_row(row["starts_at"]), from_row_or_none(row["ends_at"]))


async def plan(reads: Reads, server_id: int) -> Plan:
    """Return all that the team of a server agreed."""
    weekly = await weeklies(reads, server_id)
    instead = await reads.all("SELECT * FROM rota_instead WHERE server_id = :id", id=server_id)
    covers = await reads.all("SELECT * FROM rota_cover WHERE server_id = :id ORDER BY number, id", id=server_id)
    return Plan(
        [each.weekly for each in weekly],
        {(row["weekly_id"], date.fromisoformat(row["on_date"])): row["user_id"] for row in instead},
        [_cover(row) for row in covers],
        await offs(reads, server_id),
    )


async def servers(reads: Reads) -> Sequence[int]:
    """Return every server that has a rota, or had one."""
    rows = await reads.all("SELECT server_id FROM rota_weekly UNION SELECT server_id FROM rota_cover ORDER BY 1")
    return [row["server_id"] for row in rows]


async def weeklies(reads: Reads, server_id: int) -> Sequence[KeptWeekly]:
    """Return the weekly shifts of a server, ended ones too, in the order of their times."""
    rows = await reads.all("SELECT * FROM rota_weekly WHERE server_id = :id ORDER BY starts, days, id", id=server_id)
    return [_kept(row) for row in rows]


async def weekly(reads: Reads, server_id: int, weekly_id: str) -> KeptWeekly | None:
    """Return one weekly shift of a server."""
    row = await reads.one(
        "SELECT * FROM rota_weekly WHERE id = :id AND server_id = :server_id", id=weekly_id, server_id=server_id
    )
    return _kept(row) if row else None


async def save_weekly(work: Reads, kept: KeptWeekly) -> None:
    """Keep a weekly shift, new or changed."""
    weekly = kept.weekly
    await work.all(
        """
        INSERT INTO rota_weekly (id, server_id, days, starts, ends, zone, people, first_on, last_on, over_at, before)
        VALUES (:id, :server_id, :days, :starts, :ends, :zone, :people, :first_on, :last_on, :over_at, :before)
        ON CONFLICT (id) DO UPDATE SET days = excluded.days, starts = excluded.starts, ends = excluded.ends,
            zone = excluded.zone, people = excluded.people, first_on = excluded.first_on, last_on = excluded.last_on,
            over_at = excluded.over_at, before = excluded.before
        """,
        id=weekly.id,
        server_id=kept.server_id,
        days=json.dumps(sorted(weekly.days)),
        starts=weekly.starts.isoformat("minutes"),
        ends=weekly.ends.isoformat("minutes"),
        zone=weekly.zone,
        people=json.dumps(weekly.people),
        first_on=weekly.first_on.isoformat(),
        last_on=weekly.last_on.isoformat() if weekly.last_on else None,
        over_at=to_row(datetime.combine(weekly.last_on, time(), UTC) + _OVER_AFTER) if weekly.last_on else None,
        before=_json(kept.before) if kept.before else None,
    )


async def delete_weekly(work: Reads, weekly_id: str) -> None:
    """Drop a weekly shift that was never meant."""
    await work.all("DELETE FROM rota_weekly WHERE id = :id", id=weekly_id)


async def give_date(work: Reads, server_id: int, weekly_id: str, on: date, user_id: int, ends_at: datetime) -> None:
    """Let somebody else take one date of a weekly shift."""
    await work.all(
        """
        INSERT INTO rota_instead (weekly_id, on_date, server_id, user_id, ends_at)
        VALUES (:weekly_id, :on, :server_id, :user_id, :ends_at)
        ON CONFLICT (weekly_id, on_date) DO UPDATE SET user_id = excluded.user_id, ends_at = excluded.ends_at
        """,
        weekly_id=weekly_id,
        on=on.isoformat(),
        server_id=server_id,
        user_id=user_id,
        ends_at=to_row(ends_at),
    )


async def add_cover(work: Reads, server_id: int, cover: Cover) -> None:
    """Keep that somebody is on duty; a later one takes from an earlier one."""
    await work.all(
        """
        INSERT INTO rota_cover (id, server_id, user_id, starts_at, ends_at, instead_of, number)
        VALUES (:id, :server_id, :user_id, :starts, :ends, :instead_of,
            (SELECT coalesce(max(number), 0) + 1 FROM rota_cover WHERE server_id = :server_id))
        """,
        id=cover.id,
        server_id=server_id,
        user_id=cover.user_id,
        starts=to_row(cover.span.starts_at),
        ends=to_row(cover.span.ends_at),
        instead_of=cover.instead_of,
    )


async def cover(reads: Reads, server_id: int, cover_id: str) -> Cover | None:
    """Return one cover of a server."""
    row = await reads.one(
        "SELECT * FROM rota_cover WHERE id = :id AND server_id = :server_id", id=cover_id, server_id=server_id
    )
    return _cover(row) if row else None


async def give_cover(work: Reads, cover_id: str, user_id: int) -> None:
    """Let somebody else be on duty at the time of a cover."""
    await work.all("UPDATE rota_cover SET user_id = :user_id WHERE id = :id", id=cover_id, user_id=user_id)


async def end_cover(work: Reads, cover_id: str, now: datetime) -> None:
    """Let a cover end now; one that has not begun goes."""
    await work.all("DELETE FROM rota_cover WHERE id = :id AND starts_at >= :now", id=cover_id, now=to_row(now))
    await work.all(
        "UPDATE rota_cover SET ends_at = :now WHERE id = :id AND ends_at > :now", id=cover_id, now=to_row(now)
    )


async def add_off(work: Reads, server_id: int, off: Off) -> None:
    """Keep that somebody is away."""
    await work.all(
        "INSERT INTO rota_off (id, server_id, user_id, starts_at, ends_at) VALUES (:id, :server_id, :user, :at, :to)",
        id=off.id,
        server_id=server_id,
        user=off.user_id,
        at=to_row(off.starts_at),
        to=to_row(off.ends_at) if off.ends_at else None,
    )


async def offs(reads: Reads, server_id: int) -> Sequence[Off]:
    """Return every time away that is kept of a server's team."""
    rows = await reads.all("SELECT * FROM rota_off WHERE server_id = :id ORDER BY starts_at, id", id=server_id)
    return [_off(row) for row in rows]


async def end_off(work: Reads, off_id: str, now: datetime) -> None:
    """Let a time away end now; one that has not begun goes."""
    await work.all("DELETE FROM rota_off WHERE id = :id AND starts_at >= :now", id=off_id, now=to_row(now))
    await work.all(
        "UPDATE rota_off SET ends_at = :now WHERE id = :id AND (ends_at IS NULL OR ends_at > :now)",
        id=off_id,
        now=to_row(now),
    )


async def nights(reads: Reads, server_id: int) -> frozenset[int]:
    """Return who chose to be asked when nobody is on the rota."""
    rows = await reads.all("SELECT user_id FROM rota_night WHERE server_id = :id", id=server_id)
    return frozenset(row["user_id"] for row in rows)


async def choose_nights(work: Reads, server_id: int, user_id: int, *, wanted: bool) -> None:
    """Keep whether somebody is asked when nobody is on the rota."""
    await work.all(
        "INSERT INTO rota_night (server_id, user_id) VALUES (:server_id, :user_id) ON CONFLICT DO NOTHING"
        if wanted
        else "DELETE FROM rota_night WHERE server_id = :server_id AND user_id = :user_id",
        server_id=server_id,
        user_id=user_id,
    )


async def made(reads: Reads, server_id: int, now: datetime) -> Sequence[Made]:
    """Return the shifts made of the rota that run now or later."""
    rows = await reads.all(
        "SELECT * FROM shift WHERE server_id = :id AND ends_at > :now ORDER BY starts_at, id",
        id=server_id,
        now=to_row(now),
    )
    return [Made(row["id"], row["user_id"], Span(from_row(row["starts_at"]), from_row(row["ends_at"]))) for row in rows]


async def drop_shift(work: Reads, shift_id: str) -> None:
    """Drop a shift that will not be."""
    await work.all("DELETE FROM shift WHERE id = :id", id=shift_id)


async def stretch_shift(work: Reads, shift_id: str, span: Span) -> None:
    """Let a shift end at another time."""
    await work.all("UPDATE shift SET ends_at = :ends WHERE id = :id", id=shift_id, ends=to_row(span.ends_at))


async def gaps(reads: Reads, server_id: int) -> Sequence[Gap]:
    """Return the gaps known of a server, the earliest first."""
    rows = await reads.all("SELECT * FROM rota_gap WHERE server_id = :id ORDER BY starts_at, id", id=server_id)
    return [Gap(row["id"], Span(from_row(row["starts_at"]), from_row(row["ends_at"])), row["told"]) for row in rows]


async def save_gap(work: Reads, server_id: int, gap: Gap) -> None:
    """Keep a gap and how often it was told."""
    await work.all(
        """
        INSERT INTO rota_gap (id, server_id, starts_at, ends_at, told) VALUES (:id, :server_id, :starts, :ends, :told)
        ON CONFLICT (id) DO UPDATE SET told = excluded.told
        """,
        id=gap.id,
        server_id=server_id,
        starts=to_row(gap.span.starts_at),
        ends=to_row(gap.span.ends_at),
        told=gap.told,
    )


async def take_gap(work: Reads, server_id: int, gap_id: str) -> Span | None:
    """Close a gap for the one who asks first; None for everybody after them, and where it is none any more."""
    row = await work.one(
        "DELETE FROM rota_gap WHERE id = :id AND server_id = :server_id RETURNING starts_at, ends_at",
        id=gap_id,
        server_id=server_id,
    )
    return Span(from_row(row["starts_at"]), from_row(row["ends_at"])) if row else None


async def leave(work: Reads, server_id: int, user_id: int) -> None:
    """Take somebody out of the rota who has left the team. Their turns and dates are nobody's from now on."""
    for kept in await weeklies(work, server_id):
        before = _without(kept.before, user_id) if kept.before else None
        await save_weekly(work, KeptWeekly(server_id, _without(kept.weekly, user_id), before))
    ids = {"server_id": server_id, "user_id": user_id}
    await work.all(
        "UPDATE rota_instead SET user_id = :nobody WHERE server_id = :server_id AND user_id = :user_id",
        nobody=NOBODY,
        **ids,
    )
    await work.all(
        "UPDATE rota_cover SET user_id = :nobody WHERE server_id = :server_id AND user_id = :user_id",
        nobody=NOBODY,
        **ids,
    )
    await work.all(
        "UPDATE rota_cover SET instead_of = NULL WHERE server_id = :server_id AND instead_of = :user_id", **ids
    )
    await work.all("DELETE FROM rota_off WHERE server_id = :server_id AND user_id = :user_id", **ids)
    await work.all("DELETE FROM rota_night WHERE server_id = :server_id AND user_id = :user_id", **ids)
    await work.all(
        "DELETE FROM rota_swap WHERE server_id = :server_id AND :user_id IN (by_id, other_id)",
        **ids,
    )


def _without(weekly: Weekly, user_id: int) -> Weekly:
    return replace(weekly, people=without(weekly.people, user_id))
