"""Changes to single dates of a series: skipped or moved. Each is shown before it is done, and can be undone."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.engine.errors import Invalid
from peerbot.engine.wall_clock import resolve
from peerbot.engine.wall_time import UnreadableTime, parse_time
from peerbot.engine.zones import zone
from peerbot.meetings import store
from peerbot.meetings.group_life import GroupLife
from peerbot.meetings.rules import PLANNED_AHEAD
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.changes import ACT, Change, Move, Timing, changeable, current_pause, typed_date
from peerbot.meetings.series.pausing import Pausing
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.series.recurrence import NO_MOVES, Occurrence, upcoming
from peerbot.meetings.series.store import Series
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
_MOST_KNOWN: Final = 60
"""Dates looked at for a list: eight weeks of days, and some."""


class Timetable:
    """Use cases of a coordinator who changes when a group meets; `whole` has those about the whole series."""

    def __init__(self, desk: Desk, servers: Servers, signup: Signup, planner: Planner, group_life: GroupLife) -> None:
        """Work at `desk`; `planner` plans what a change brings back; `group_life` knows when a group rests or ends."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._planner = planner
        self._group_life = group_life
        self.whole = Pausing(desk, servers, signup, planner)

    async def of_group(self, actor: Actor, group_id: str, most: int) -> tuple[Group, Sequence[Timing]]:
        """Return a group's series, each with its next dates, `most` of them.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
        """
        reads = self._desk.reads
        require("series.change", await self._servers.parts(reads, actor))
        group = await self._signup.group(reads, actor.here, group_id)
        found: list[Timing] = []
        for one in await series_store.of_group(reads, group.id):
            moved, paused = await series_store.exceptions(reads, one.id)
            stops = [*paused, *await self._group_life.stops(reads, group, one)]
            coming = upcoming(one.rule, self._desk.now, _MOST_KNOWN, moved, stops)
            # Without an end there are always more; how many in the time that is planned says something.
            planned = sum(each.starts_at < self._desk.now + PLANNED_AHEAD for each in coming)
            now_paused = current_pause(one, paused, self._desk.now)
            found.append(Timing(one, group, coming[:most], now_paused, max(0, planned - most)))
        return group, found

    async def choices(self, actor: Actor, typed: str, *, paused: bool = False) -> Sequence[Timing]:
        """Return the series that a person may change, of groups whose name contains what was typed. At most 25.

        `paused` leaves those that are paused.
        """
        reads = self._desk.reads
        if not allowed("series.change", await self._servers.parts(reads, actor)):
            return []
        found: list[Timing] = []
        for name, group_id in await self._signup.choices(reads, actor, typed, "manage"):
            _ = name
            timings = (await self.of_group(actor, group_id, 0))[1]
            found += [one for one in timings if one.pause is not None or not paused]
        return found[:_MOST_CHOICES]

    async def dates(self, actor: Actor, series_id: str) -> Sequence[Occurrence]:
        """Return the next dates of a series that a person may change; none of any other."""
        reads = self._desk.reads
        if not allowed("series.change", await self._servers.parts(reads, actor)):
            return []
        series = await series_store.load(reads, series_id)
        if series is None or series.server_id != actor.here:
            return []
        return upcoming(series.rule, self._desk.now, _MOST_CHOICES, *await series_store.exceptions(reads, series.id))

    async def propose_skip(self, actor: Actor, series_id: str, first: str, last: str) -> Change:
        """Return what skipping a date, or with `last` all dates up to that one, would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: for a date that cannot be read, or that the series does not have.
        """
        reads = self._desk.reads
        series, group = await changeable(self._servers, self._signup, reads, actor, series_id)
        today = self._desk.now.astimezone(zone(series.rule.zone)).date()
        begins = typed_date(first, today)
        ends = typed_date(last, today) if last.strip() else begins
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
            series, group = await changeable(self._servers, self._signup, work, actor, series_id)
            change = await self._touched(work, series, group, first, last)
            skipped = [one.on for one in change.dates]
            await series_store.skip(work, series, skipped)
            await self._planner.drop(work, series, skipped)
            await self._planner.news.tell(work, change, "skipped")
            await self._servers.acted(work, actor, ACT)
            return change

    async def unskip(self, actor: Actor, series_id: str, first: date, last: date) -> Change:
        """Let skipped dates from `first` to `last` take place after all, those that are still to come.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if none of them is skipped and still to come, or the server would come near its limit of channels.
        """
        async with self._desk.transaction() as work:
            series, group = await changeable(self._servers, self._signup, work, actor, series_id)
            skipped, paused = await series_store.exceptions(work, series.id)
            coming = upcoming(series.rule, work.now, _reach(series, work.now, last), NO_MOVES, paused)
            found = [one for one in coming if first <= one.on <= last and skipped.get(one.on, one) is None]
            if not found:
                raise Invalid(text="series-nothing-skipped")
            soon = [one for one in found if one.starts_at < work.now + PLANNED_AHEAD and group.meets(one.starts_at)]
            await self._planner.forecasts.check(work, work.now, group, soon)
            await series_store.take_back(work, series.id, [one.on for one in found])
            await self._planner.plan(work, series)
            change = Change(series, group, found, await self._planner.news.people(work, group))
            await self._planner.news.tell(work, change, "restored")
            await self._servers.acted(work, actor, ACT)
            return change

    async def propose_move(self, actor: Actor, series_id: str, on: str, to: str, at: str) -> Move:
        """Return what moving one date to another day, or with `at` another time, would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: for a date or time that cannot be read or used, or a date that the series does not have.
        """
        reads = self._desk.reads
        series, group = await changeable(self._servers, self._signup, reads, actor, series_id)
        today = self._desk.now.astimezone(zone(series.rule.zone)).date()
        wall = _time(at) if at.strip() else series.rule.at
        starts_at, _ = resolve(typed_date(to, today), wall, series.rule.zone)
        return await self._moving(reads, series, group, typed_date(on, today), starts_at)

    async def move(self, actor: Actor, series_id: str, on: date, starts_at: datetime) -> Move:
        """Let the meeting of one date start at another instant; all other dates stay. Those who asked are written to.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if the date is none (any more), its room is there, or the instant is past or far away.
        """
        async with self._desk.transaction() as work:
            series, group = await changeable(self._servers, self._signup, work, actor, series_id)
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
                await self._planner.news.tell(work, move.change, "moved", starts_at)
            await self._servers.acted(work, actor, ACT)
            return move

    async def _touched(self, reads: Reads, series: Series, group: Group, first: date, last: date) -> Change:
        exceptions = await series_store.exceptions(reads, series.id)
        begun = await store.begun_dates(reads, series.id)
        coming = upcoming(series.rule, self._desk.now, _reach(series, self._desk.now, last), *exceptions)
        found = [one for one in coming if first <= one.on <= last]
        if any(one.on in begun for one in found):
            raise Invalid(text="series-room-there")
        if not found:
            raise Invalid(text="series-no-such-date")
        if len(found) > MOST_SKIPPED:
            raise Invalid(text="series-too-many", most=MOST_SKIPPED)
        return Change(series, group, found, await self._planner.news.people(reads, group))

    async def _moving(self, reads: Reads, series: Series, group: Group, on: date, starts_at: datetime) -> Move:
        now = self._desk.now
        if not now + SOONEST <= starts_at <= now + FARTHEST:
            raise Invalid(text="series-move-when", days=FARTHEST.days)
        day = starts_at.astimezone(zone(series.rule.zone)).date()
        if any(one.covers(day) for one in await series_store.pauses(reads, series.id)):
            raise Invalid(text="series-move-paused")
        return Move(await self._touched(reads, series, group, on, on), starts_at)


def _time(text: str) -> time:
    try:
        return parse_time(text)
    except UnreadableTime as error:
        raise Invalid(text="series-time-unknown") from error


def _reach(series: Series, now: datetime, last: date) -> int:
    """Return how many coming dates of a series can lie up to `last`: one a day at most, and within reason."""
    return max(0, min((last - now.date()).days + 3, 400 if series.rule.repeat == "daily" else 120))
