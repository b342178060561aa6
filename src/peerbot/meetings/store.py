"""The rows of meetings, rooms and who was there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row
from peerbot.meetings.rules import Meeting, Room, State, Times

# Whether its people type slowly is a column of the group's, which *signup* owns; read here, so that every meeting is
# loaded with its times in one statement.
_MEETING = """
    SELECT m.*, s.zone, t.times AS group_times, g.slow FROM meeting AS m JOIN series AS s ON s.id = m.series_id
    LEFT JOIN room_times AS t ON t.group_id = m.group_id LEFT JOIN peer_group AS g ON g.id = m.group_id
    """
_ROOM = """
    SELECT r.*, m.group_id, CASE WHEN r.deleted_at IS NULL THEN m.state ELSE 'deleted' END AS state
    FROM room AS r JOIN meeting AS m ON m.id = r.meeting_id
    """

_LONGEST_AFTER: Final = timedelta(hours=2)
"""No room stays open longer after its meeting, whatever its group's times are."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody pressed a button in a room, or took a meeting over."""

    server_id: int
    at: datetime


def _meeting(row: Row) -> Meeting:
    return Meeting(
        row["id"],
        row["server_id"],
        row["group_id"],
        row["series_id"],
        date.fromisoformat(row["on_date"]),
        row["zone"],
        from_row(row["starts_at"]),
        from_row(row["ends_at"]),
        State(row["state"]),
        from_row_or_none(row["facilitator_at"]),
        from_row_or_none(row["opened_at"]),
        _times(row),
        bool(row["reduced"]),
    )


def _times(row: Row) -> Times:
    """Return a meeting's own times, kept when its room was meant to be made; before, those its group has now."""
    if row["times"] is not None:
        return Times.from_text(row["times"])
    times = Times.from_text(row["group_times"] or "{}")
    return times.slowly() if row["slow"] else times


def _room(row: Row) -> Room:
    return Room(
        row["name"],
        row["meeting_id"],
        row["group_id"],
        row["server_id"],
        row["channel_id"],
        row["state"],
        from_row_or_none(row["deletion_asked_at"]),
    )


async def add_meeting(work: Reads, meeting: Meeting) -> bool:
    """Keep a planned meeting. Returns False if the series has one on that date."""
    row = await work.one(
        """
        INSERT INTO meeting (id, server_id, group_id, series_id, on_date, starts_at, ends_at)
        VALUES (:id, :server_id, :group_id, :series_id, :on_date, :starts_at, :ends_at)
        ON CONFLICT (series_id, on_date) DO NOTHING RETURNING id
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        group_id=meeting.group_id,
        series_id=meeting.series_id,
        on_date=meeting.on.isoformat(),
        starts_at=to_row(meeting.starts_at),
        ends_at=to_row(meeting.ends_at),
    )
    return row is not None


async def meeting(reads: Reads, meeting_id: str) -> Meeting | None:
    """Return a meeting of any server."""
    row = await reads.one(f"{_MEETING} WHERE m.id = :id", id=meeting_id)
    return _meeting(row) if row else None


async def planned_of_series(reads: Reads, series_id: str, after: datetime) -> Sequence[Meeting]:
    """Return the planned meetings of a series that start after an instant."""
    rows = await reads.all(
        f"{_MEETING} WHERE m.series_id = :id AND m.state = 'planned' AND m.starts_at > :after ORDER BY m.starts_at",
        id=series_id,
        after=to_row(after),
    )
    return [_meeting(row) for row in rows]


async def rooms_expected(reads: Reads, server_id: int) -> Sequence[Meeting]:
    """Return the meetings of a server that have a room or will have one."""
    rows = await reads.all(
        f"""{_MEETING} LEFT JOIN room AS r ON r.meeting_id = m.id WHERE m.server_id = :id AND (
            (m.state = 'planned' AND coalesce(g.state, '') <> 'archived')
            OR (r.meeting_id IS NOT NULL AND r.deleted_at IS NULL))""",
        id=server_id,
    )
    return [_meeting(row) for row in rows]


async def busy(reads: Reads, after: datetime) -> Sequence[tuple[datetime, datetime]]:
    """Return from when until when something happens in each meeting of any server that is not over at an instant."""
    rows = await reads.all(
        f"""{_MEETING} WHERE m.state IN ('planned', 'lobby', 'open') AND coalesce(g.state, '') = 'open'
        AND m.ends_at > :after""",
        after=to_row(after - _LONGEST_AFTER),
    )
    return [(meeting.made_at, meeting.locks_at) for meeting in map(_meeting, rows)]


async def rooms_there(reads: Reads, server_id: int) -> int:
    """Return how many rooms of a server exist now."""
    row = await reads.one(
        """
        SELECT count(*) AS number FROM room WHERE server_id = :id AND channel_id IS NOT NULL AND deleted_at IS NULL
        """,
        id=server_id,
    )
    return row["number"] if row is not None else 0


async def drop_planned(
    work: Reads, series_id: str, after: datetime, dates: Collection[date] | None = None
) -> list[str]:
    """Delete the planned meetings of a series that start after an instant, those of some `dates` or all; their ids."""
    dropped = [one.id for one in await planned_of_series(work, series_id, after) if dates is None or one.on in dates]
    for meeting_id in dropped:
        await work.all("DELETE FROM meeting WHERE id = :id", id=meeting_id)
    return dropped


async def dates_of_series(reads: Reads, series_id: str) -> frozenset[date]:
    """Return the dates of a series for which there is a meeting, planned, in progress or past."""
    rows = await reads.all("SELECT on_date FROM meeting WHERE series_id = :id", id=series_id)
    return frozenset(date.fromisoformat(row["on_date"]) for row in rows)


async def begun_dates(reads: Reads, series_id: str) -> frozenset[date]:
    """Return the dates of a series whose meeting has begun its evening: a room is, or was, there."""
    rows = await reads.all("SELECT on_date FROM meeting WHERE series_id = :id AND state <> 'planned'", id=series_id)
    return frozenset(date.fromisoformat(row["on_date"]) for row in rows)


async def next_of_group(reads: Reads, group_id: str, after: datetime) -> Meeting | None:
    """Return the group's first meeting that starts after an instant."""
    row = await reads.one(
        f"""{_MEETING} WHERE m.group_id = :id AND m.starts_at > :after AND m.state IN ('planned', 'lobby')
        ORDER BY m.starts_at, m.id LIMIT 1""",
        id=group_id,
        after=to_row(after),
    )
    return _meeting(row) if row else None


async def coming_of_group(reads: Reads, group_id: str, after: datetime) -> Sequence[Meeting]:
    """Return the group's meetings that end after an instant and are not called off, earliest first."""
    rows = await reads.all(
        f"""{_MEETING} WHERE m.group_id = :id AND m.ends_at > :after AND m.state IN ('planned', 'lobby', 'open')
        ORDER BY m.starts_at, m.id""",
        id=group_id,
        after=to_row(after),
    )
    return [_meeting(row) for row in rows]


async def now_of_group(reads: Reads, group_id: str, now: datetime) -> Meeting | None:
    """Return the group's meeting whose time it is, if it was not called off."""
    row = await reads.one(
        f"""{_MEETING} WHERE m.group_id = :id AND m.starts_at <= :now AND m.ends_at > :now
        AND m.state IN ('planned', 'lobby', 'open') ORDER BY m.starts_at, m.id LIMIT 1""",
        id=group_id,
        now=to_row(now),
    )
    return _meeting(row) if row else None


async def planned_of_group(reads: Reads, group_id: str, after: datetime) -> Sequence[Meeting]:
    """Return the group's planned meetings that start after an instant."""
    rows = await reads.all(
        f"{_MEETING} WHERE m.group_id = :id AND m.state = 'planned' AND m.starts_at > :after ORDER BY m.starts_at",
        id=group_id,
        after=to_row(after),
    )
    return [_meeting(row) for row in rows]


async def save_lobby(work: Reads, meeting: Meeting) -> None:
    """Keep that a meeting's room is meant to be made; from then on its times stay as they are."""
    await work.all(
        "UPDATE meeting SET state = 'lobby', times = :times WHERE id = :id",
        id=meeting.id,
        times=meeting.times.to_text(),
    )


async def move_meeting(work: Reads, meeting_id: str, starts_at: datetime, ends_at: datetime) -> None:
    """Put a meeting at other instants."""
    await work.all(
        "UPDATE meeting SET starts_at = :starts_at, ends_at = :ends_at WHERE id = :id",
        id=meeting_id,
        starts_at=to_row(starts_at),
        ends_at=to_row(ends_at),
    )


async def save_state(work: Reads, meeting_id: str, state: State) -> None:
    """Keep how far a meeting is."""
    await work.all("UPDATE meeting SET state = :state WHERE id = :id", id=meeting_id, state=state.value)


async def save_opened(work: Reads, meeting_id: str, now: datetime) -> None:
    """Keep that a meeting is open, and since when."""
    await work.all("UPDATE meeting SET state = 'open', opened_at = :now WHERE id = :id", id=meeting_id, now=to_row(now))


async def save_facilitator_there(work: Reads, meeting_id: str, now: datetime) -> None:
    """Keep since when a facilitator is there; the first counts."""
    await work.all(
        "UPDATE meeting SET facilitator_at = coalesce(facilitator_at, :now) WHERE id = :id",
        id=meeting_id,
        now=to_row(now),
    )


async def save_reduced(work: Reads, meeting_id: str, *, reduced: bool) -> None:
    """Keep whether a meeting opens with reduced cover."""
    await work.all("UPDATE meeting SET reduced = :reduced WHERE id = :id", id=meeting_id, reduced=int(reduced))


async def add_room(work: Reads, meeting: Meeting, name: str) -> None:
    """Keep the marker of a room that is to be made."""
    await work.all(
        "INSERT INTO room (meeting_id, server_id, name) VALUES (:id, :server_id, :name)",
        id=meeting.id,
        server_id=meeting.server_id,
        name=name,
    )


async def room(reads: Reads, meeting_id: str) -> Room | None:
    """Return the room of a meeting."""
    row = await reads.one(f"{_ROOM} WHERE r.meeting_id = :id", id=meeting_id)
    return _room(row) if row else None


async def room_of_channel(reads: Reads, channel_id: int) -> Room | None:
    """Return the room that a channel is."""
    row = await reads.one(f"{_ROOM} WHERE r.channel_id = :id", id=channel_id)
    return _room(row) if row else None


async def rooms_of_group(reads: Reads, group_id: str) -> Sequence[Room]:
    """Return the group's rooms that are not deleted, those being made too."""
    rows = await reads.all(f"{_ROOM} WHERE m.group_id = :id AND r.deleted_at IS NULL ORDER BY m.starts_at", id=group_id)
    return [_room(row) for row in rows]


async def open_rooms(reads: Reads, server_id: int) -> Sequence[Room]:
    """Return the rooms of a server in which a meeting is in progress."""
    rows = await reads.all(
        f"{_ROOM} WHERE r.server_id = :id AND m.state = 'open' AND r.channel_id IS NOT NULL ORDER BY m.starts_at",
        id=server_id,
    )
    return [_room(row) for row in rows]


async def rooms_standing(reads: Reads, server_id: int) -> Sequence[Room]:
    """Return the rooms of a server that are there, whatever the state of their meeting."""
    rows = await reads.all(
        f"{_ROOM} WHERE r.server_id = :id AND r.channel_id IS NOT NULL AND r.deleted_at IS NULL ORDER BY m.starts_at",
        id=server_id,
    )
    return [_room(row) for row in rows]


async def save_channel(work: Reads, meeting_id: str, channel_id: int) -> None:
    """Keep which channel a room is."""
    await work.all(
        "UPDATE room SET channel_id = :channel_id WHERE meeting_id = :id", id=meeting_id, channel_id=channel_id
    )


async def save_deletion_asked(work: Reads, meeting_id: str, now: datetime) -> None:
    """Keep when a room was first meant to be deleted."""
    await work.all(
        "UPDATE room SET deletion_asked_at = coalesce(deletion_asked_at, :now) WHERE meeting_id = :id",
        id=meeting_id,
        now=to_row(now),
    )


async def save_deleted(work: Reads, meeting_id: str, now: datetime) -> None:
    """Keep that a room is gone: the receipt."""
    await work.all("UPDATE room SET deleted_at = :now WHERE meeting_id = :id", id=meeting_id, now=to_row(now))


async def add_present(work: Reads, meeting: Meeting, user_id: int, now: datetime) -> None:
    """Keep that somebody is there; the first time counts. Who is, is not missed, whatever a list or a note said."""
    await work.all(
        """
        INSERT INTO attendance (meeting_id, server_id, user_id, at) VALUES (:id, :server_id, :user_id, :now)
        ON CONFLICT (meeting_id, user_id) DO UPDATE SET state = 'present', listed = 0, at = excluded.at
        WHERE attendance.state <> 'present'
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        user_id=user_id,
        now=to_row(now),
    )
    await work.all(
        "DELETE FROM missed_note WHERE group_id = :group_id AND user_id = :user_id",
        group_id=meeting.group_id,
        user_id=user_id,
    )


async def add_stand_in(work: Reads, meeting: Meeting, user_id: int, now: datetime) -> None:
    """Keep that somebody took a meeting over."""
    await work.all(
        """
        INSERT INTO stand_in (meeting_id, server_id, user_id, at) VALUES (:id, :server_id, :user_id, :now)
        ON CONFLICT DO NOTHING
        """,
        id=meeting.id,
        server_id=meeting.server_id,
        user_id=user_id,
        now=to_row(now),
    )


async def stand_ins(reads: Reads, meeting_id: str) -> tuple[int, ...]:
    """Return who took a meeting over."""
    rows = await reads.all("SELECT user_id FROM stand_in WHERE meeting_id = :id ORDER BY at, user_id", id=meeting_id)
    return tuple(row["user_id"] for row in rows)


async def taken_over_by(reads: Reads, user_id: int) -> frozenset[str]:
    """Return the ids of the meetings that somebody took over."""
    rows = await reads.all("SELECT meeting_id FROM stand_in WHERE user_id = :id", id=user_id)
    return frozenset(row["meeting_id"] for row in rows)


async def attended(reads: Reads, user_id: int) -> Sequence[Seen]:
    """Return when somebody was there, as far as it is kept."""
    rows = await reads.all(
        "SELECT server_id, at FROM attendance WHERE user_id = :id AND state = 'present' ORDER BY at", id=user_id
    )
    return [Seen(row["server_id"], from_row(row["at"])) for row in rows]


async def stood_in(reads: Reads, user_id: int) -> Sequence[Seen]:
    """Return when somebody took a meeting over, as far as it is kept."""
    rows = await reads.all("SELECT server_id, at FROM stand_in WHERE user_id = :id ORDER BY at", id=user_id)
    return [Seen(row["server_id"], from_row(row["at"])) for row in rows]


async def forget_group(work: Reads, group_id: str) -> None:
    """Delete a group's meetings, but those whose room is still to be deleted on Discord."""
    await work.all(
        """
        DELETE FROM meeting WHERE group_id = :group_id AND NOT EXISTS (
            SELECT 1 FROM room WHERE room.meeting_id = meeting.id
            AND room.channel_id IS NOT NULL AND room.deleted_at IS NULL)
        """,
        group_id=group_id,
    )
