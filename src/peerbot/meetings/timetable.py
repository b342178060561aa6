"""Changes to a series: dates skipped or moved, and its end. Each is shown before it is done, and can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.tokens import new_id
from peerbot.engine.wall_time import UnreadableDate, UnreadableTime, parse_date, parse_time
from peerbot.engine.zones import zone
from peerbot.meetings import series_store, store
from peerbot.meetings.planner import Planner
from peerbot.meetings.recurrence import NO_MOVES, Occurrence, resolve, upcoming
from peerbot.meetings.reminders import SENT
from peerbot.meetings.series_store import Series
from peerbot.servers.service import Servers
from peerbot.signup.rules import Group
from peerbot.signup.service import Signup

MOST_SKIPPED: Final = 25
"""Dates in one step: half a year of weeks. More than that is rather the end of a series."""
SOONEST: Final = timedelta(minutes=20)
"""How far ahead a date may be moved to at least: its room is made a quarter of an hour before it starts."""
FARTHEST: Final = timedelta(days=60)
"""How far ahead a date may be moved to: what lies further is another series."""
_MOST_CHOICES: Final = 25
News = Literal["skipped", "restored", "moved"]


@dataclass(frozen=True, slots=True)
class Timing:
    """A series with its group, and its next dates."""

    series: Series
    group: Group
    dates: Sequence[Occurrence]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change touches: these dates, and so many people who have a seat in the group or facilitate it."""

    series: Series
    group: Group
    dates: Sequence[Occurrence]
    people: int


@dataclass(frozen=True, slots=True)
class Move:
    """What moving one date touches, and the instant (UTC) it goes to."""

    change: Change
    starts_at: datetime


class Timetable:
    """Use cases of a coordinator who changes when a group meets."""

    def __init__(self, desk: Desk, servers: Servers, signup: Signup, planner: Planner) -> None:
        """Work at `desk`; `planner` plans what a change brings back."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._planner = planner

    async def of_group(self, actor: Actor, group_id: str, most: int) -> tuple[Group, Sequence[Timing]]:
        """Return a group's series, each with its next dates, `most` of them.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
        """
        reads = self._desk.reads
        require("series.change", await self._servers.parts(reads, actor))
        group = await self._signup.group(reads, actor.here, group_id)
        return group, [
            Timing(one, group, upcoming(one.rule, self._desk.now, most, await series_store.moves(reads, one.id)))
            for one in await series_store.of_group(reads, group.id)
        ]

    async def choices(self, actor: Actor, typed: str) -> Sequence[Timing]:
        """Return the series that a person may change, of groups whose name contains what was typed. At most 25."""
        reads = self._desk.reads
        if not allowed("series.change", await self._servers.parts(reads, actor)):
            return []
        found: list[Timing] = []
        for name, group_id in await self._signup.choices(reads, actor, typed, "manage"):
            _ = name
            found += (await self.of_group(actor, group_id, 0))[1]
        return found[:_MOST_CHOICES]

    async def dates(self, actor: Actor, series_id: str) -> Sequence[Occurrence]:
        """Return the next dates of a series that a person may change; none of any other."""
        reads = self._desk.reads
        if not allowed("series.change", await self._servers.parts(reads, actor)):
            return []
        series = await series_store.load(reads, series_id)
        if series is None or series.server_id != actor.here:
            return []
        moved = await series_store.moves(reads, series.id)
        return upcoming(series.rule, self._desk.now, _MOST_CHOICES, moved)

    async def propose_skip(self, actor: Actor, series_id: str, first: str, last: str) -> Change:
        """Return what skipping a date, or with `last` all dates up to that one, would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: for a date that cannot be read, or that the series does not have.
        """
        reads = self._desk.reads
        series, group = await self._series(reads, actor, series_id)
        today = self._desk.now.astimezone(zone(series.rule.zone)).date()
        begins = _date(first, today)
        ends = _date(last, today) if last.strip() else begins
        return await self._touched(reads, series, group, begins, ends)

    async def skip(self, actor: Actor, series_id: str, first: date, last: date) -> Change:
        """Skip the dates of a series from `first` to `last`. Those who asked for messages are written to.

        A date whose room is there already takes place.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if there is no date to skip (any more).
        """
        async with self._desk.transaction() as work:
            series, group = await self._series(work, actor, series_id)
            change = await self._touched(work, series, group, first, last)
            skipped = [one.on for one in change.dates]
            await series_store.skip(work, series, skipped)
            await self._drop(work, series, skipped)
            await self._tell(work, change, "skipped")
            return change

    async def unskip(self, actor: Actor, series_id: str, first: date, last: date) -> Change:
        """Let skipped dates from `first` to `last` take place after all, those that are still to come.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if none of them is skipped and still to come.
        """
        async with self._desk.transaction() as work:
            series, group = await self._series(work, actor, series_id)
            skipped = await series_store.moves(work, series.id)
            coming = upcoming(series.rule, work.now, _reach(series, work.now, last), NO_MOVES)
            found = [one for one in coming if first <= one.on <= last and skipped.get(one.on, one) is None]
            if not found:
                raise Invalid(text="series-nothing-skipped")
            await series_store.take_back(work, series.id, [one.on for one in found])
            await self._planner.plan(work, series)
            change = Change(series, group, found, await self._people(work, group))
            await self._tell(work, change, "restored")
            return change

    async def propose_move(self, actor: Actor, series_id: str, on: str, to: str, at: str) -> Move:
        """Return what moving one date to another day, or with `at` another time, would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: for a date or time that cannot be read or used, or a date that the series does not have.
        """
        reads = self._desk.reads
        series, group = await self._series(reads, actor, series_id)
        today = self._desk.now.astimezone(zone(series.rule.zone)).date()
        wall = _time(at) if at.strip() else series.rule.at
        starts_at, _ = resolve(_date(to, today), wall, series.rule.zone)
        return await self._moving(reads, series, group, _date(on, today), starts_at)

    async def move(self, actor: Actor, series_id: str, on: date, starts_at: datetime) -> Move:
        """Let the meeting of one date start at another instant; all other dates stay. Those who asked are written to.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if the date is none (any more), its room is there, or the instant is past or far away.
        """
        async with self._desk.transaction() as work:
            series, group = await self._series(work, actor, series_id)
            move = await self._moving(work, series, group, on, starts_at)
            # Back at the rule's own instant it is no exception any more.
            if starts_at == resolve(on, series.rule.at, series.rule.zone)[0]:
                await series_store.take_back(work, series.id, [on])
            else:
                await series_store.move(work, series, on, starts_at)
            for meeting in await store.planned_of_series(work, series.id, work.now):
                if meeting.on == on:
                    await self._planner.put(work, meeting, starts_at, series.rule.minutes)
                    await work.withdraw(f"meeting:{meeting.id}:%")
            await self._planner.plan(work, series)
            if move.starts_at != move.change.dates[0].starts_at:
                await self._tell(work, move.change, "moved", starts_at)
            return move

    async def propose_end(self, actor: Actor, series_id: str) -> Change:
        """Return what ending a series would touch: its next dates. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
        """
        reads = self._desk.reads
        series, group = await self._series(reads, actor, series_id)
        return await self._ending(reads, series, group)

    async def end(self, actor: Actor, series_id: str) -> Change:
        """End a series. A meeting whose room is there already takes place. `resume` undoes it.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
        """
        async with self._desk.transaction() as work:
            series, group = await self._series(work, actor, series_id)
            change = await self._ending(work, series, group)
            await series_store.end(work, series.id, work.now)
            await self._drop(work, series, None)
            if change.dates:
                await self._tell(work, change, "skipped")
            return change

    async def resume(self, actor: Actor, series_id: str) -> Change:
        """Let a series that was ended go on. One that goes on already stays as it is, and nobody is written to.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
        """
        async with self._desk.transaction() as work:
            require("series.change", await self._servers.parts(work, actor))
            ended = await series_store.load_ended(work, series_id)
            if ended is not None and ended.server_id == actor.here:
                await series_store.resume(work, ended.id)
                await self._planner.plan(work, ended)
            series, group = await self._series(work, actor, series_id)
            change = await self._ending(work, series, group)
            if ended is not None and change.dates:
                await self._tell(work, change, "restored")
            return change

    async def _series(self, reads: Reads, actor: Actor, series_id: str) -> tuple[Series, Group]:
        require("series.change", await self._servers.parts(reads, actor))
        series = await series_store.load(reads, series_id)
        if series is None or series.server_id != actor.here:
            raise NotFound
        return series, await self._signup.group(reads, actor.here, series.group_id)

    async def _touched(self, reads: Reads, series: Series, group: Group, first: date, last: date) -> Change:
        moved = await series_store.moves(reads, series.id)
        begun = await store.begun_dates(reads, series.id)
        coming = upcoming(series.rule, self._desk.now, _reach(series, self._desk.now, last), moved)
        found = [one for one in coming if first <= one.on <= last]
        if any(one.on in begun for one in found):
            raise Invalid(text="series-room-there")
        if not found:
            raise Invalid(text="series-no-such-date")
        if len(found) > MOST_SKIPPED:
            raise Invalid(text="series-too-many", most=MOST_SKIPPED)
        return Change(series, group, found, await self._people(reads, group))

    async def _moving(self, reads: Reads, series: Series, group: Group, on: date, starts_at: datetime) -> Move:
        now = self._desk.now
        if not now + SOONEST <= starts_at <= now + FARTHEST:
            raise Invalid(text="series-move-when", days=FARTHEST.days)
        return Move(await self._touched(reads, series, group, on, on), starts_at)

    async def _ending(self, reads: Reads, series: Series, group: Group) -> Change:
        planned = await store.planned_of_series(reads, series.id, self._desk.now)
        dates = [Occurrence(one.on, one.starts_at, one.ends_at, "usual") for one in planned]
        return Change(series, group, dates, await self._people(reads, group))

    async def _people(self, reads: Reads, group: Group) -> int:
        return len(await self._concerned(reads, group))

    async def _concerned(self, reads: Reads, group: Group) -> set[int]:
        return {*await self._signup.members(reads, group.id), *await self._signup.facilitators(reads, group.id)}

    async def _drop(self, work: Work, series: Series, dates: Sequence[date] | None) -> None:
        for meeting_id in await store.drop_planned(work, series.id, work.now, dates):
            await work.cancel_timer("meeting.%", meeting_id)
            await work.withdraw(f"meeting:{meeting_id}:%")
        await self._planner.next_meeting_changed(work, series.group_id)

    async def _tell(self, work: Work, change: Change, news: News, to: datetime | None = None) -> None:
        """Write to those who asked for messages. Who hears nothing finds it in `/meeting next`."""
        first, last = change.dates[0].starts_at, to or change.dates[-1].starts_at
        for user_id in sorted(await self._concerned(work, change.group)):
            if await self._signup.may_remind(work, change.series.server_id, user_id):
                await work.enqueue(
                    Intent(
                        key=f"series:{change.series.id}:{new_id()}:{user_id}",
                        kind="dm",
                        lane=Lane.REMINDER,
                        server_id=change.series.server_id,
                        data={
                            "user": user_id,
                            "card": "meetings.changed",
                            "news": news,
                            "group": change.group.id,
                            "first": int(first.timestamp()),
                            "last": int(last.timestamp()),
                            "count": len(change.dates),
                        },
                        report=SENT,
                        not_after=max(first, last),
                    )
                )


def _date(text: str, today: date) -> date:
    try:
        return parse_date(text, today)
    except UnreadableDate as error:
        raise Invalid(text="series-date-unknown") from error


def _time(text: str) -> time:
    try:
        return parse_time(text)
    except UnreadableTime as error:
        raise Invalid(text="series-time-unknown") from error


def _reach(series: Series, now: datetime, last: date) -> int:
    """Return how many coming dates of a series can lie up to `last`: one a day at most, and within reason."""
    return max(0, min((last - now.date()).days + 3, 400 if series.rule.repeat == "daily" else 120))
