"""The rows of series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from peerbot.engine.clock import from_row, to_row
from peerbot.engine.database import Reads, Row
from peerbot.meetings.series.recurrence import Moves, Pause, Pauses, Rule


@dataclass(frozen=True, slots=True)
class Series:
    """The rule by which a group meets. `revision` rises with each change of it."""

    id: str
    server_id: int
    group_id: str
    rule: Rule
    revision: int = 0


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
        row["revision"],
    )


async def add(work: Reads, series: Series, tzdata: str, now: datetime) -> Series | None:
    """Keep a series. Returns None if the group has, or had, the very same."""
    row = await work.one(
        """
        INSERT INTO series (id, server_id, group_id, weekday, wall_time, zone, repeat, every_weeks, nth, minutes,
                            first_on, until, count, tzdata, created_at)
        VALUES (:id, :server_id, :group_id, :weekday, :wall_time, :zone, :repeat, :every_weeks, :nth, :minutes,
                :first_on, :until, :count, :tzdata, :now)
        ON CONFLICT (group_id, weekday, wall_time, zone, repeat, every_weeks, nth, minutes, first_on, until, count)
        DO NOTHING RETURNING *
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
    return _series(row) if row else None


async def load(reads: Reads, series_id: str) -> Series | None:
    """Return a series of any server that has not been ended."""
    row = await reads.one("SELECT * FROM series WHERE id = :id AND ended_at IS NULL", id=series_id)
    return _series(row) if row else None


async def of_group(reads: Reads, group_id: str) -> Sequence[Series]:
    """Return the series of a group."""
    rows = await reads.all(
        "SELECT * FROM series WHERE group_id = :group_id AND ended_at IS NULL ORDER BY id", group_id=group_id
    )
    return [_series(row) for row in rows]


async def moves(reads: Reads, series_id: str) -> Moves:
    """Return the dates of a series that are skipped or moved, as the rules of recurrence take them."""
    rows = await reads.all("SELECT on_date, starts_at FROM series_exception WHERE series_id = :id", id=series_id)
    return {
        date.fromisoformat(row["on_date"]): None if row["starts_at"] is None else from_row(row["starts_at"])
        for row in rows
    }


async def pauses(reads: Reads, series_id: str) -> Pauses:
    """Return the pauses of a series, past ones too, earliest first."""
    rows = await reads.all(
        "SELECT first_on, last_on FROM series_pause WHERE series_id = :id ORDER BY first_on", id=series_id
    )
    return [
        Pause(date.fromisoformat(row["first_on"]), date.fromisoformat(row["last_on"]) if row["last_on"] else None)
        for row in rows
    ]


async def exceptions(reads: Reads, series_id: str) -> tuple[Moves, Pauses]:
    """Return what differs from the rule of a series, as the rules of recurrence take it."""
    return await moves(reads, series_id), await pauses(reads, series_id)


async def pause(work: Reads, series: Series, wanted: Pause) -> None:
    """Pause a series; one that begins on the same day is replaced."""
    await work.all(
        """
        INSERT INTO series_pause (series_id, server_id, first_on, last_on) VALUES (:id, :server_id, :first, :last)
        ON CONFLICT (series_id, first_on) DO UPDATE SET last_on = :last
        """,
        id=series.id,
        server_id=series.server_id,
        first=wanted.first.isoformat(),
        last=wanted.last.isoformat() if wanted.last is not None else "",
    )
    await _changed(work, series.id)


async def end_pause(work: Reads, series: Series, found: Pause, last: date) -> None:
    """Let a pause end with the day `last`; one that had not begun by then goes."""
    if last >= found.first:
        await pause(work, series, Pause(found.first, last))
        return
    await work.all(
        "DELETE FROM series_pause WHERE series_id = :id AND first_on = :first",
        id=series.id,
        first=found.first.isoformat(),
    )
    await _changed(work, series.id)


async def skip(work: Reads, series: Series, dates: Sequence[date]) -> None:
    """Skip dates of a series, also those that were moved."""
    for on in dates:
        await _except(work, series, on, None)
    await _changed(work, series.id)


async def move(work: Reads, series: Series, on: date, starts_at: datetime) -> None:
    """Let the meeting of one date start at another instant."""
    await _except(work, series, on, to_row(starts_at))
    await _changed(work, series.id)


async def _except(work: Reads, series: Series, on: date, starts_at: int | None) -> None:
    await work.all(
        """
        INSERT INTO series_exception (series_id, server_id, on_date, starts_at)
        VALUES (:id, :server_id, :on, :starts_at)
        ON CONFLICT (series_id, on_date) DO UPDATE SET starts_at = :starts_at
        """,
        id=series.id,
        server_id=series.server_id,
        on=on.isoformat(),
        starts_at=starts_at,
    )


async def take_back(work: Reads, series_id: str, dates: Sequence[date]) -> None:
    """Let dates of a series be as its rule says again."""
    for on in dates:
        await work.all(
            "DELETE FROM series_exception WHERE series_id = :id AND on_date = :on", id=series_id, on=on.isoformat()
        )
    await _changed(work, series_id)


async def end(work: Reads, series_id: str, now: datetime) -> None:
    """End a series: it brings no more meetings."""
    await work.all("UPDATE series SET ended_at = :now WHERE id = :id", id=series_id, now=to_row(now))
    await _changed(work, series_id)


async def resume(work: Reads, series_id: str) -> None:
    """Let a series that was ended go on."""
    await work.all("UPDATE series SET ended_at = NULL WHERE id = :id", id=series_id)
    await _changed(work, series_id)


async def load_ended(reads: Reads, series_id: str) -> Series | None:
    """Return a series of any server that has been ended."""
    row = await reads.one("SELECT * FROM series WHERE id = :id AND ended_at IS NOT NULL", id=series_id)
    return _series(row) if row else None


async def ended_of_group(reads: Reads, group_id: str) -> Sequence[tuple[Series, datetime]]:
    """Return the series of a group that have been ended, and when."""
    rows = await reads.all(
        "SELECT * FROM series WHERE group_id = :group_id AND ended_at IS NOT NULL ORDER BY id", group_id=group_id
    )
    return [(_series(row), from_row(row["ended_at"])) for row in rows]


async def group_changed(work: Reads, group_id: str) -> None:
    """Take note that a group rests, goes on or will end: what a calendar is told of its series may be another thing."""
    await work.all("UPDATE series SET revision = revision + 1 WHERE group_id = :id", id=group_id)


async def forget_group(work: Reads, group_id: str) -> None:
    """Delete the series of a group with their meetings, but those of which a room is still there."""
    await work.all(
        """
        DELETE FROM series WHERE group_id = :group_id AND NOT EXISTS (
            SELECT 1 FROM meeting JOIN room ON room.meeting_id = meeting.id
            WHERE meeting.series_id = series.id AND room.deleted_at IS NULL)
        """,
        group_id=group_id,
    )


async def _changed(work: Reads, series_id: str) -> None:
    await work.all("UPDATE series SET revision = revision + 1 WHERE id = :id", id=series_id)


async def every(reads: Reads) -> Sequence[Series]:
    """Return every series of every server."""
    return [_series(row) for row in await reads.all("SELECT * FROM series WHERE ended_at IS NULL ORDER BY id")]


async def computed_under_other(reads: Reads, tzdata: str) -> Sequence[Series]:
    """Return the series whose meetings were computed under another release of the zone data."""
    rows = await reads.all(
        "SELECT * FROM series WHERE tzdata <> :tzdata AND ended_at IS NULL ORDER BY id", tzdata=tzdata
    )
    return [_series(row) for row in rows]


async def save_computed_under(work: Reads, series_id: str, tzdata: str) -> None:
    """Keep under which release of the zone data the meetings of a series were computed."""
    await work.all("UPDATE series SET tzdata = :tzdata WHERE id = :id", id=series_id, tzdata=tzdata)
