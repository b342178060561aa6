"""The rows of series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads, Row
from peerbot.meetings.recurrence import Rule


@dataclass(frozen=True, slots=True)
class Series:
    """The rule by which a group meets."""

    id: str
    server_id: int
    group_id: str
    rule: Rule


def _series(row: Row) -> Series:
    return Series(
        row["id"],
        row["server_id"],
        row["group_id"],
        Rule(
            weekday=row["weekday"],
            at=time.fromisoformat(row["wall_time"]),
            zone=row["zone"],
            repeat=row["repeat"],
            every_weeks=row["every_weeks"],
            nth=row["nth"],
            first_on=date.fromisoformat(row["first_on"]),
            minutes=row["minutes"],
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            count=row["count"] or None,
        ),
    )


async def add(work: Reads, series: Series, tzdata: str, now: datetime) -> bool:
    """Keep a series. Returns False if the group has the very same one."""
    row = await work.one(
        """
        INSERT INTO series (id, server_id, group_id, weekday, wall_time, zone, repeat, every_weeks, nth, minutes,
                            first_on, until, count, tzdata, created_at)
        VALUES (:id, :server_id, :group_id, :weekday, :wall_time, :zone, :repeat, :every_weeks, :nth, :minutes,
                :first_on, :until, :count, :tzdata, :now)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        id=series.id,
        server_id=series.server_id,
        group_id=series.group_id,
        weekday=series.rule.weekday,
        wall_time=series.rule.at.isoformat("minutes"),
        zone=series.rule.zone,
        repeat=series.rule.repeat,
        every_weeks=series.rule.every_weeks,
        nth=series.rule.nth,
        minutes=series.rule.minutes,
        first_on=series.rule.first_on.isoformat(),
        until=series.rule.until.isoformat() if series.rule.until is not None else "",
        count=series.rule.count or 0,
        tzdata=tzdata,
        now=to_row(now),
    )
    return row is not None


async def load(reads: Reads, series_id: str) -> Series | None:
    """Return a series of any server."""
    row = await reads.one("SELECT * FROM series WHERE id = :id", id=series_id)
    return _series(row) if row else None


async def of_group(reads: Reads, group_id: str) -> Sequence[Series]:
    """Return the series of a group."""
    rows = await reads.all("SELECT * FROM series WHERE group_id = :group_id ORDER BY id", group_id=group_id)
    return [_series(row) for row in rows]


async def every(reads: Reads) -> Sequence[Series]:
    """Return every series of every server."""
    return [_series(row) for row in await reads.all("SELECT * FROM series ORDER BY id")]


async def computed_under_other(reads: Reads, tzdata: str) -> Sequence[Series]:
    """Return the series whose meetings were computed under another release of the zone data."""
    rows = await reads.all("SELECT * FROM series WHERE tzdata <> :tzdata ORDER BY id", tzdata=tzdata)
    return [_series(row) for row in rows]


async def save_computed_under(work: Reads, series_id: str, tzdata: str) -> None:
    """Keep under which release of the zone data the meetings of a series were computed."""
    await work.all("UPDATE series SET tzdata = :tzdata WHERE id = :id", id=series_id, tzdata=tzdata)
