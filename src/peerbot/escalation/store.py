"""The rows of concerns."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peerbot.engine.clock import from_row, from_row_or_none, to_row
from peerbot.engine.database import Reads, Row, Value
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.policy import USUAL, Policy
from peerbot.escalation.rules import WAITING, Level, Position, Reach, State


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern as it is kept. What has been wiped is None."""

    id: str
    server_id: int
    number: int
    level: Level
    state: State
    category: str
    raiser_id: int | None
    hides_name: bool
    subject_id: int | None
    note: str | None
    group_id: str | None
    room_name: str | None
    raised_at: datetime
    level_since: datetime
    token: str | None
    room_channel_id: int | None = None
    """The room it was raised in, while that was in use."""
    step: int = 0
    round: int = 0
    """How often somebody was paged."""
    paged_at: datetime | None = None
    alerted: int = 0
    """People with at least one page that did not fail."""
    reach: Reach = Reach.ON_DUTY
    waits_until: datetime | None = None
    """When the first line is asked, if there is nobody on it yet."""
    nobody_at: datetime | None = None
    """When the raiser was told that nobody has answered."""
    withdrawn_at: datetime | None = None
    taken_by: int | None = None
    asked_again: bool = False
    """Whether who had it was asked again, and has not answered since."""
    closed_at: datetime | None = None
    way: str = "unproven"
    side_name: str | None = None
    """The side room's marker, from the moment it is meant to be made."""
    side_channel_id: int | None = None
    side_made_at: datetime | None = None
    side_people: tuple[int, ...] = ()
    """Who of the team is in the side room."""
    side_over: bool = False
    """Whether the raiser has left the side room."""
    held: Held = Held.NO
    """Why it pages nobody, if it does."""
    policy: Policy = USUAL
    """The answer times that held when its present climb began: what the raiser was told stays true."""
    practice: bool = False
    """Whether it is practice: nobody is in trouble."""
    sealed: bool = False
    """Whether it has been forgotten whom it was about: nobody opens it, for it might be them."""

    @property
    def about_self(self) -> bool:
        """Whether the raiser is the person it is about."""
        return self.raiser_id is not None and self.raiser_id == self.subject_id

    @property
    def about_other(self) -> int | None:
        """The person it is about, if that is somebody else."""
        return None if self.about_self else self.subject_id

    @property
    def on_lead_list(self) -> bool:
        """Whether it pages nobody and waits for a lead to look at it."""
        return self.held is not Held.NO and self.state in WAITING

    @property
    def position(self) -> Position:
        """How far up its ladder it is."""
        return Position(
            self.level,
            self.level_since,
            self.step,
            in_meeting=self.room_name is not None,
            for_leads=self.category == "under_18",
            policy=self.policy,
        )


def _concern(row: Row) -> Concern:
    return Concern(
        id=row["id"],
        server_id=row["server_id"],
        number=row["number"],
        level=Level(row["level"]),
        state=State(row["state"]),
        category=row["category"],
        raiser_id=row["raiser_id"],
        hides_name=bool(row["hides_name"]),
        subject_id=row["subject_id"],
        note=row["note"],
        group_id=row["group_id"],
        room_name=row["room_name"],
        raised_at=from_row(row["raised_at"]),
        level_since=from_row(row["level_since"]),
        token=row["token"],
        room_channel_id=row["room_channel_id"],
        step=row["step"],
        round=row["round"],
        paged_at=from_row_or_none(row["paged_at"]),
        alerted=row["alerted"],
        reach=Reach(row["reach"]),
        waits_until=from_row_or_none(row["waits_until"]),
        nobody_at=from_row_or_none(row["nobody_at"]),
        withdrawn_at=from_row_or_none(row["withdrawn_at"]),
        taken_by=row["taken_by"],
        asked_again=bool(row["asked_again"]),
        closed_at=from_row_or_none(row["closed_at"]),
        way=row["way"],
        side_name=row["side_name"],
        side_channel_id=row["side_channel_id"],
        side_made_at=from_row_or_none(row["side_made_at"]),
        side_people=tuple(json.loads(row["side_people"])),
        side_over=bool(row["side_over"]),
        held=Held(row["held"]),
        policy=Policy.from_text(row["answer_times"]),
        practice=bool(row["practice"]),
        sealed=bool(row["sealed"]),
    )


async def load(reads: Reads, concern_id: str) -> Concern | None:
    """Return a concern."""
    row = await reads.one("SELECT * FROM concern WHERE id = :id", id=concern_id)
    return _concern(row) if row else None


async def own_open(reads: Reads, server_id: int, user_id: int) -> Concern | None:
    """Return the open concern a person has raised about themselves."""
    row = await reads.one(
        """
        SELECT * FROM concern
        WHERE server_id = :server_id AND raiser_id = :user_id AND subject_id = :user_id AND state <> 'closed'
        """,
        server_id=server_id,
        user_id=user_id,
    )
    return _concern(row) if row else None


async def open_about(reads: Reads, server_id: int, raiser_id: int, subject_id: int) -> Concern | None:
    """Return the open concern this person has raised about that person."""
    row = await reads.one(
        """
        SELECT * FROM concern
        WHERE server_id = :server_id AND raiser_id = :raiser_id AND subject_id = :subject_id AND state <> 'closed'
        """,
        server_id=server_id,
        raiser_id=raiser_id,
        subject_id=subject_id,
    )
    return _concern(row) if row else None


async def unnamed_emergency(reads: Reads, server_id: int, raiser_id: int, raised_after: datetime) -> Concern | None:
    """Return the emergency about nobody named that this person raised after an instant, if nobody has it yet."""
    row = await reads.one(
        """
        SELECT * FROM concern
        WHERE server_id = :server_id AND raiser_id = :raiser_id AND subject_id IS NULL AND level = :level
        AND state IN ('open', 'unanswered') AND withdrawn_at IS NULL AND raised_at > :after ORDER BY number DESC LIMIT 1
        """,
        server_id=server_id,
        raiser_id=raiser_id,
        level=int(Level.EMERGENCY),
        after=to_row(raised_after),
    )
    return _concern(row) if row else None


async def open_from_room(reads: Reads, server_id: int, raiser_id: int, channel_id: int) -> Concern | None:
    """Return the open concern about nobody named that this person has raised from that room; none that is held."""
    row = await reads.one(
        """
        SELECT * FROM concern
        WHERE server_id = :server_id AND raiser_id = :raiser_id AND room_channel_id = :channel_id
        AND subject_id IS NULL AND state <> 'closed' AND held = 'no' ORDER BY number DESC LIMIT 1
        """,
        server_id=server_id,
        raiser_id=raiser_id,
        channel_id=channel_id,
    )
    return _concern(row) if row else None


async def has_open(reads: Reads, server_id: int, user_id: int) -> bool:
    """Return whether a concern is open that somebody raised, or that is about them."""
    row = await reads.one(
        """
        SELECT 1 AS one FROM concern WHERE server_id = :server_id AND state <> 'closed'
        AND (raiser_id = :user_id OR subject_id = :user_id) LIMIT 1
        """,
        server_id=server_id,
        user_id=user_id,
    )
    return row is not None


async def by_number(reads: Reads, server_id: int, number: int) -> Concern | None:
    """Return a server's concern by its number."""
    row = await reads.one(
        "SELECT * FROM concern WHERE server_id = :server_id AND number = :number", server_id=server_id, number=number
    )
    return _concern(row) if row else None


async def not_closed(reads: Reads, server_id: int) -> Sequence[Concern]:
    """Return a server's concerns that are not closed, the most urgent first."""
    rows = await reads.all(
        """
        SELECT * FROM concern WHERE server_id = :server_id AND state <> 'closed' AND practice = 0
        ORDER BY level DESC, raised_at
        """,
        server_id=server_id,
    )
    return [_concern(row) for row in rows]


async def to_review(reads: Reads, server_id: int, level: int, before: datetime) -> Sequence[Concern]:
    """Return the concerns of at least a level, closed before an instant, that nobody has looked at since."""
    rows = await reads.all(
        """
        SELECT * FROM concern WHERE server_id = :server_id AND state = 'closed' AND practice = 0 AND sealed = 0
        AND level >= :level AND closed_at <= :before AND NOT EXISTS (
            SELECT 1 FROM concern_act WHERE concern_id = concern.id AND act = 'concern_reviewed')
        ORDER BY closed_at
        """,
        server_id=server_id,
        level=level,
        before=to_row(before),
    )
    return [_concern(row) for row in rows]


async def with_them(reads: Reads, server_id: int, user_id: int) -> Sequence[Concern]:
    """Return the concerns that somebody has, or whose side room they read."""
    rows = await reads.all(
        """
        SELECT * FROM concern WHERE server_id = :server_id AND (
            (taken_by = :user_id AND state <> 'closed')
            OR (side_name IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(side_people) WHERE value = :user_id)))
        ORDER BY level DESC, raised_at
        """,
        server_id=server_id,
        user_id=user_id,
    )
    return [_concern(row) for row in rows]


async def add(work: Reads, concern: Concern) -> None:
    """Keep a new concern."""
    await work.all(
        """
        INSERT INTO concern (id, server_id, number, level, state, category, raiser_id, hides_name, subject_id, note,
                             group_id, room_name, room_channel_id, raised_at, level_since, token, practice)
        VALUES (:id, :server_id, :number, :level, 'open', :category, :raiser_id, :hides_name, :subject_id, :note,
                :group_id, :room_name, :room_channel_id, :raised_at, :raised_at, :token, :practice)
        """,
        id=concern.id,
        server_id=concern.server_id,
        number=concern.number,
        level=int(concern.level),
        category=concern.category,
        raiser_id=concern.raiser_id,
        hides_name=int(concern.hides_name),
        subject_id=concern.subject_id,
        note=concern.note,
        group_id=concern.group_id,
        room_name=concern.room_name,
        room_channel_id=concern.room_channel_id,
        raised_at=to_row(concern.raised_at),
        token=concern.token,
        practice=int(concern.practice),
    )


async def change(work: Reads, concern_id: str, **columns: Value | datetime) -> None:
    """Set columns of a concern. Column names come from our own code alone."""
    values: dict[str, Value] = {
        name: to_row(value) if isinstance(value, datetime) else value for name, value in columns.items()
    }
    sets = ", ".join(f"{name} = :{name}" for name in values)
    await work.all(f"UPDATE concern SET {sets} WHERE id = :concern_id", concern_id=concern_id, **values)  # noqa: S608


async def save_side_people(work: Reads, concern_id: str, people: Sequence[int]) -> None:
    """Keep who of the team is in the side room."""
    await change(work, concern_id, side_people=json.dumps(list(people)))


async def take(work: Reads, concern_id: str, user_id: int, now: datetime) -> bool:
    """Let one person take a waiting concern. False: somebody has it already. One statement, so one truth."""
    row = await work.one(
        """
        UPDATE concern SET state = 'taken', taken_by = :user_id, taken_at = :now, asked_again = 0, waits_until = NULL
        WHERE id = :id AND state IN ('open', 'unanswered') RETURNING id
        """,
        id=concern_id,
        user_id=user_id,
        now=to_row(now),
    )
    return row is not None


async def unanswered(reads: Reads, server_id: int) -> Sequence[str]:
    """Return the ids of a server's unanswered concerns that nobody has withdrawn and that are not held back."""
    rows = await reads.all(
        """
        SELECT id FROM concern
        WHERE server_id = :server_id AND state IN ('open', 'unanswered') AND withdrawn_at IS NULL AND practice = 0
        AND held = 'no' ORDER BY raised_at
        """,
        server_id=server_id,
    )
    return [row["id"] for row in rows]


async def urgent_in_room(reads: Reads, channel_id: int) -> Sequence[Concern]:
    """Return the concerns raised in a room that are urgent or more, and not closed."""
    rows = await reads.all(
        """
        SELECT * FROM concern WHERE room_channel_id = :id AND level >= :urgent AND state <> 'closed' ORDER BY number
        """,
        id=channel_id,
        urgent=int(Level.URGENT),
    )
    return [_concern(row) for row in rows]


async def move_back(work: Reads, by: timedelta, now: datetime) -> None:
    """The clock was set back to `now` by so much: what a concern counts from, open or closed, moves back with it.

    When it was raised, and when who comes on duty, stays as it was said.
    """
    await work.all(
        """
        UPDATE concern SET level_since = level_since - :by,
            paged_at = CASE WHEN paged_at > :now THEN paged_at - :by ELSE paged_at END
        WHERE state <> 'closed'
        """,
        by=int(by.total_seconds()),
        now=to_row(now),
    )
    await work.all("UPDATE concern SET closed_at = closed_at - :by WHERE state = 'closed'", by=int(by.total_seconds()))
    await work.all("UPDATE dm_answer SET at = :now WHERE at > :now", now=to_row(now))


async def answer_dm(work: Reads, user_id: int, now: datetime, pause_seconds: int) -> bool:
    """Note that a direct message is answered. False: one was answered less than the pause ago."""
    row = await work.one(
        """
        INSERT INTO dm_answer (user_id, at) VALUES (:user_id, :now)
        ON CONFLICT (user_id) DO UPDATE SET at = excluded.at WHERE dm_answer.at <= :now - :pause RETURNING user_id
        """,
        user_id=user_id,
        now=to_row(now),
        pause=pause_seconds,
    )
    return row is not None


async def raised_by(reads: Reads, user_id: int) -> Sequence[Concern]:
    """Return every concern that still names this person as raiser or subject."""
    rows = await reads.all(
        "SELECT * FROM concern WHERE raiser_id = :id OR subject_id = :id ORDER BY raised_at", id=user_id
    )
    return [_concern(row) for row in rows]


async def dm_answered(reads: Reads, user_id: int) -> datetime | None:
    """Return when this person's direct message was last answered, as far as that is still noted."""
    row = await reads.one("SELECT at FROM dm_answer WHERE user_id = :id", id=user_id)
    return from_row(row["at"]) if row else None
