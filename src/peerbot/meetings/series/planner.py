"""From a series to its meetings: eight weeks of them as rows, kept up to date with the calendar and the zone data."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late, NotFound
from peerbot.engine.tokens import new_id
from peerbot.engine.wall_clock import resolve
from peerbot.engine.zones import TZDATA_VERSION, ZoneName, search_zones, zone_named
from peerbot.meetings import store
from peerbot.meetings.rules import CHECKED_BEFORE, PLANNED_AHEAD, Meeting, State
from peerbot.meetings.series import proposal, zone_store
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.changes import ACT, Change, SeriesNews
from peerbot.meetings.series.forecast import Forecasts
from peerbot.meetings.series.proposal import Asked, Proposal, Proposed
from peerbot.meetings.series.recurrence import Occurrence, Rule, occurrences, upcoming
from peerbot.meetings.series.store import Series
from peerbot.servers.service import Servers
from peerbot.signup.rules import Group, NextMeeting
from peerbot.signup.service import Signup

_MOST_CHOICES: Final = 25


class Planner:
    """Use cases around series."""

    def __init__(self, desk: Desk, servers: Servers, signup: Signup, forecasts: Forecasts) -> None:
        """Work at `desk`; `forecasts` stands before every date that is not planned yet."""
        self._desk = desk
        self.forecasts = forecasts
        self.news = SeriesNews(signup)
        self._servers = servers
        self._signup = signup

    async def propose(self, actor: Actor, asked: Asked) -> Proposal:
        """Return what was understood, with the next dates. Nothing is kept.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
            Invalid: for input that cannot be used, if the group ends before its first date, or if the server would come
                near the limit of its channels.
        """
        reads = self._desk.reads
        require("series.add", await self._servers.parts(reads, actor))
        server = await self._servers.load(reads, actor.here)
        group = await self._signup.group(reads, actor.here, asked.group_id)
        own = await zone_store.of_person(reads, actor.here, actor.user_id)
        rule = proposal.read(asked, own or server.zone, self._desk.now)
        if all(one.rule != rule for one in await series_store.of_group(reads, group.id)):
            await self._check(reads, group, rule, proposal.typed_in(asked))
        because = "typed" if asked.zone.strip() else "yours" if own else "server"
        coming = _before_its_end(group, proposal.dates(rule, self._desk.now), proposal.typed_in(asked))
        return Proposal(group.id, group.name, rule, coming, because, group.state == "paused", group.last_start)

    async def zones(self, actor: Actor, typed: str) -> Sequence[ZoneName]:
        """Return the zones that what was typed may mean: the one a coordinator chose last, then the server's, first."""
        found = search_zones(typed)
        reads = self._desk.reads
        if not allowed("series.add", await self._servers.parts(reads, actor)):
            return found
        server = await self._servers.load(reads, actor.here)
        first = [
            zone_named(name)
            for name in (await zone_store.of_person(reads, actor.here, actor.user_id), server.zone)
            if name
        ]
        fitting = [one for one in first if not typed.strip() or one in found]
        return list(dict.fromkeys((*fitting, *found)))[:_MOST_CHOICES]

    @staticmethod
    async def own_zone(reads: Reads, server_id: int, user_id: int) -> str:
        """Return the zone (IANA name) that dates somebody types are read in; empty for the server's."""
        return await zone_store.of_person(reads, server_id, user_id)

    @staticmethod
    async def forget_zone(work: Work, server_id: int, user_id: int) -> None:
        """Read the dates that somebody types in the server's zone again."""
        await zone_store.forget(work, server_id, user_id)

    async def add(self, actor: Actor, group_id: str, rule: Rule) -> Occurrence | None:
        """Keep a series and plan its meetings. The very same series is kept once.

        Returns the next date that takes place; None while none does, as the group or that series is paused.

        Its zone is remembered as the person's own.
        The very same one that had been ended goes on, as if its end were undone: those who asked are written to.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
            Invalid: for a length that a meeting may not have, if the group ends before its first date, or if the server
                would come near its limit of channels.
            Late: if its last date is over by now.
        """
        if not proposal.SHORTEST <= rule.minutes <= proposal.LONGEST:
            raise Invalid
        async with self._desk.transaction() as work:
            require("series.add", await self._servers.parts(work, actor))
            group = await self._signup.group(work, actor.here, group_id)
            server = await self._servers.load(work, actor.here)
            # The server's zone is taken anyway, unless they have one of their own.
            if rule.zone != server.zone or await zone_store.of_person(work, actor.here, actor.user_id):
                await zone_store.save(work, actor.here, actor.user_id, rule.zone)
            coming = proposal.dates(rule, work.now)
            if not coming:
                raise Late(text="staff-series-over")
            _before_its_end(group, coming)
            kept = await series_store.add(
                work, Series(new_id(), group.server_id, group.id, rule), TZDATA_VERSION, work.now
            )
            if kept is not None:
                await self._check(work, group, rule)
                await self.plan(work, kept)
            for ended, _ in await series_store.ended_of_group(work, group.id):
                if ended.rule == rule:
                    await self.go_on(work, ended, group)
            await self._servers.acted(work, actor, ACT)
            return await self._next(work, group, rule)

    async def _next(self, reads: Reads, group: Group, rule: Rule) -> Occurrence | None:
        """Return the next date of the series with this rule that takes place, as far as is known now."""
        same = next((one for one in await series_store.of_group(reads, group.id) if one.rule == rule), None)
        if same is None:
            return None
        coming = upcoming(rule, self._desk.now, 1, *await series_store.exceptions(reads, same.id))
        return coming[0] if coming and group.meets(coming[0].starts_at) else None

    async def go_on(self, work: Work, series: Series, group: Group) -> Change:
        """Let an ended series go on: plan its meetings and write to those who asked.

        Raises:
            Invalid: if the server would come near the limit of its channels.
        """
        await self._check(work, group, series.rule)
        await series_store.resume(work, series.id)
        await self.plan(work, series)
        change = await self.coming(work, series, group)
        if change.dates:
            await self.news.tell(work, change, "restored")
        return change

    async def _check(self, reads: Reads, group: Group, rule: Rule, typed: str = "") -> None:
        now = self._desk.now
        await self.forecasts.check(reads, now, group, occurrences(rule, now, now + PLANNED_AHEAD), typed)

    async def coming(self, reads: Reads, series: Series, group: Group) -> Change:
        """Return the planned dates of a series, and how many people they touch."""
        planned = await store.planned_of_series(reads, series.id, self._desk.now)
        dates = [Occurrence(one.on, one.starts_at, one.ends_at, "usual") for one in planned]
        return Change(series, group, dates, await self.news.people(reads, group))

    async def recompute_if_zone_data_changed(self) -> int:
        """At start: compute the meetings to come again if governments changed their clocks. Returns how many moved."""
        moved = 0
        for series in await series_store.computed_under_other(self._desk.reads, TZDATA_VERSION):
            async with self._desk.transaction() as work:
                exact = await series_store.moves(work, series.id)  # Moved by hand, to an instant that stays.
                for meeting in await store.planned_of_series(work, series.id, work.now):
                    if meeting.on not in exact:
                        moved += await self._recompute(work, series.rule, meeting)
                await series_store.save_computed_under(work, series.id, TZDATA_VERSION)
                await self.plan(work, series)
        return moved

    async def next_meeting_changed(self, work: Work, group_id: str) -> None:
        """Tell *signup* when the group meets next: after planning, and when a meeting begins, ends or is called off."""
        following = await store.next_of_group(work, group_id, work.now)
        in_progress = await store.now_of_group(work, group_id, work.now)
        # A group may be forgotten while a room of it still has to go.
        with suppress(NotFound):
            await self._signup.next_meeting_is(work, group_id, _told(following), _told(in_progress))

    async def still_meets(self, work: Work, group_id: str) -> bool:
        """Return whether a group is there and neither paused nor archived."""
        try:
            return (await self._signup.group_by_id(work, group_id)).state == "open"
        except NotFound:
            return False

    async def extend(self) -> None:
        """Plan every series eight weeks ahead."""
        for series in await series_store.every(self._desk.reads):
            async with self._desk.transaction() as work:
                await self.plan(work, series)

    async def extend_one(self, work: Work, series_id: str) -> None:
        """Plan one series eight weeks ahead, as one of its meetings is over; and tell *signup* what comes next."""
        series = await series_store.load(work, series_id)
        if series is not None:
            await self.plan(work, series)

    async def plan(self, work: Work, series: Series) -> None:
        """Bring eight weeks of meetings into being, those that are not there yet and at which the group meets."""
        try:
            group = await self._signup.group_by_id(work, series.group_id)
        except NotFound:
            return
        exceptions = await series_store.exceptions(work, series.id)
        there = await store.dates_of_series(work, series.id)
        for one in occurrences(series.rule, work.now, work.now + PLANNED_AHEAD, *exceptions):
            if one.on in there or not group.meets(one.starts_at):
                continue
            meeting = Meeting(
                new_id(),
                series.server_id,
                series.group_id,
                series.id,
                one.on,
                series.rule.zone,
                one.starts_at,
                one.ends_at,
                State.PLANNED,
            )
            if await store.add_meeting(work, meeting):
                await self._set_timers(work, await store.meeting(work, meeting.id) or meeting)
        await self.next_meeting_changed(work, series.group_id)

    async def drop(self, work: Work, series: Series, dates: Collection[date] | None = None) -> None:
        """Take planned meetings of a series away, those of some dates or all, with whatever was to come of them."""
        for meeting_id in await store.drop_planned(work, series.id, work.now, dates):
            await work.cancel_timer("meeting.%", meeting_id)
            await work.withdraw(f"meeting:{meeting_id}:%")
        await self.next_meeting_changed(work, series.group_id)

    async def _recompute(self, work: Work, rule: Rule, meeting: Meeting) -> int:
        starts_at, _ = resolve(meeting.on, rule.at, rule.zone)
        if starts_at == meeting.starts_at:
            return 0
        await self.put(work, meeting, starts_at, rule.minutes)
        return 1

    async def put(self, work: Work, meeting: Meeting, starts_at: datetime, minutes: int) -> None:
        """Put a planned meeting at another instant, with its reminders and its room."""
        await work.cancel_timer("meeting.%", meeting.id)
        await store.move_meeting(work, meeting.id, starts_at, starts_at + timedelta(minutes=minutes))
        moved = await store.meeting(work, meeting.id)
        if moved is not None:
            await self._set_timers(work, moved)

    async def times_changed(self, work: Work, group_id: str) -> None:
        """Set what begins the evenings of a group's planned meetings anew, as its times are others now."""
        for meeting in await store.planned_of_group(work, group_id, work.now):
            await self._set_timers(work, meeting)

    async def _set_timers(self, work: Work, meeting: Meeting) -> None:
        """Set what begins a meeting's evening. The rest is set when its room is made."""
        for what, before in {**meeting.times.reminding(), **meeting.times.checking()}.items():
            # A series added on the day itself does not remind of it a day late.
            if meeting.starts_at - before >= work.now:
                await work.set_timer(f"meeting.{what}", meeting.id, meeting.starts_at - before, meeting.server_id)
        members_at = meeting.made_at - CHECKED_BEFORE
        await work.set_timer("meeting.members", meeting.id, members_at, meeting.server_id)
        await work.set_timer("meeting.make", meeting.id, meeting.made_at, meeting.server_id)


def _before_its_end(group: Group, coming: Sequence[Proposed], typed: str = "") -> Sequence[Proposed]:
    """Return the dates that lie before the end of a group, if one was announced.

    Raises:
        Invalid: if there is none. It repeats what was typed.
    """
    last = group.last_start
    found = [one for one in coming if last is None or one.occurrence.starts_at < last]
    if last is not None and coming and not found:
        raise Invalid(text="staff-series-after-the-end", day=proposal.last_day(last), typed=typed)
    return found


def _told(meeting: Meeting | None) -> NextMeeting | None:
    return NextMeeting(meeting.starts_at, meeting.ends_at, meeting.zone) if meeting is not None else None
