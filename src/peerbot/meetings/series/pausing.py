"""A whole series pauses, goes on, or ends. Each is shown before it is done, and can be undone."""

from datetime import date, timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.engine.errors import Invalid
from peerbot.engine.zones import zone
from peerbot.meetings import store
from peerbot.meetings.rules import PLANNED_AHEAD
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.changes import ACT, Change, Paused, changeable, current_pause, typed_date
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.series.recurrence import Pause, day_of, occurrences, upcoming
from peerbot.meetings.series.store import Series
from peerbot.servers.service import Servers
from peerbot.signup.rules import Group
from peerbot.signup.service import Signup

LONGEST_PAUSE: Final = timedelta(days=2 * 366)
"""How far ahead the last day of a pause may be; what is longer is until further notice."""
_MOST_BEGUN: Final = 60
"""Coming dates looked at to find one that has not begun: eight weeks of days."""


class Pausing:
    """Use cases of a coordinator who changes whether a series goes on at all."""

    def __init__(self, desk: Desk, servers: Servers, signup: Signup, planner: Planner) -> None:
        """Work at `desk`; `planner` plans what a change brings back."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._planner = planner

    async def propose_pause(self, actor: Actor, series_id: str, last: str) -> Paused:
        """Return what pausing a series up to a date, or until further notice (empty), would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: for a date that cannot be read or used, a series that is paused, or one without dates to come.
        """
        reads = self._desk.reads
        series, group = await changeable(self._servers, self._signup, reads, actor, series_id)
        ends = typed_date(last, self._today(series)) if last.strip() else None
        return await self._pausing(reads, series, group, ends)

    async def pause(self, actor: Actor, series_id: str, last: date | None) -> Paused:
        """Pause a series from its next date on, up to `last` or until further notice. Those who asked are written to.

        A meeting whose room is there already takes place. `go_on` undoes it.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if it is paused already, or has no such date to come (any more).
        """
        async with self._desk.transaction() as work:
            series, group = await changeable(self._servers, self._signup, work, actor, series_id)
            paused = await self._pausing(work, series, group, last)
            await series_store.pause(work, series, paused.pause)
            moved = await series_store.moves(work, series.id)
            planned = (await self._planner.coming(work, series, group)).dates
            gone = [one.on for one in planned if paused.pause.covers(day_of(one, series.rule, moved))]
            await self._planner.drop(work, series, gone)
            if paused.following is not None:
                await self._planner.news.tell(work, paused.change, "paused-until", paused.following.starts_at)
            else:
                # A pause up to a date after which nothing comes is the end of it.
                await self._planner.news.tell(work, paused.change, "paused" if last is None else "skipped")
            await self._servers.acted(work, actor, ACT)
            return paused

    async def propose_go_on(self, actor: Actor, series_id: str) -> Change:
        """Return the dates that ending the pause of a series would bring back. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if it is not paused, or the server would come near the limit of its channels.
        """
        reads = self._desk.reads
        series, group = await changeable(self._servers, self._signup, reads, actor, series_id)
        _, change = await self._going_on(reads, series, group)
        return change

    async def go_on(self, actor: Actor, series_id: str) -> tuple[Change, Pause]:
        """End the pause of a series now. Those who asked are written to. Returns the pause too: `pause` undoes it.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if it is not paused (any more), or the server would come near the limit of its channels.
        """
        async with self._desk.transaction() as work:
            series, group = await changeable(self._servers, self._signup, work, actor, series_id)
            pause, change = await self._going_on(work, series, group)
            await series_store.end_pause(work, series, pause, self._today(series) - timedelta(days=1))
            await self._planner.plan(work, series)
            if change.dates:
                await self._planner.news.tell(work, change, "restored")
            await self._servers.acted(work, actor, ACT)
            return change, pause

    async def propose_end(self, actor: Actor, series_id: str) -> Change:
        """Return what ending a series would touch: its next dates. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
        """
        reads = self._desk.reads
        series, group = await changeable(self._servers, self._signup, reads, actor, series_id)
        return await self._planner.coming(reads, series, group)

    async def end(self, actor: Actor, series_id: str) -> Change:
        """End a series. A meeting whose room is there already takes place. `undo_end` undoes it.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
        """
        async with self._desk.transaction() as work:
            series, group = await changeable(self._servers, self._signup, work, actor, series_id)
            change = await self._planner.coming(work, series, group)
            await series_store.end(work, series.id, work.now)
            await self._planner.drop(work, series)
            await self._servers.acted(work, actor, ACT)
            if change.dates:
                await self._planner.news.tell(work, change, "skipped")
            return change

    async def undo_end(self, actor: Actor, series_id: str) -> Change:
        """Let a series that was ended go on. One that goes on already stays as it is, and nobody is written to.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such series here.
            Invalid: if the server would come near the limit of its channels.
        """
        async with self._desk.transaction() as work:
            require("series.change", await self._servers.parts(work, actor))
            ended = await series_store.load_ended(work, series_id)
            if ended is not None and ended.server_id == actor.here:
                await self._servers.acted(work, actor, ACT)
                return await self._planner.go_on(
                    work, ended, await self._signup.group(work, actor.here, ended.group_id)
                )
            series, group = await changeable(self._servers, self._signup, work, actor, series_id)
            return await self._planner.coming(work, series, group)

    def _today(self, series: Series) -> date:
        return self._desk.now.astimezone(zone(series.rule.zone)).date()

    async def _pausing(self, reads: Reads, series: Series, group: Group, last: date | None) -> Paused:
        now, rule = self._desk.now, series.rule
        moved, pauses = await series_store.exceptions(reads, series.id)
        found = current_pause(series, pauses, now)
        if found is not None:
            ends = "none" if found.last is None else "known"
            raise Invalid(text="series-paused-already", ends=ends, last=found.last or found.first)
        if last is not None and last > self._today(series) + LONGEST_PAUSE:
            raise Invalid(text="series-pause-long")
        begun = await store.begun_dates(reads, series.id)
        coming = [one for one in upcoming(rule, now, _MOST_BEGUN, moved, pauses) if one.on not in begun]
        if not coming:
            raise Invalid(text="series-no-date-left")
        pause = Pause(day_of(coming[0], rule, moved), last)
        if last is not None and last < pause.first:
            raise Invalid(text="series-pause-early")
        touched = [one for one in coming if pause.covers(day_of(one, rule, moved))]
        soon = [one for one in touched if one.starts_at < now + PLANNED_AHEAD] or touched[:1]
        change = Change(series, group, soon, await self._planner.news.people(reads, group))
        following = upcoming(rule, coming[0].starts_at, 1, moved, [*pauses, pause])
        return Paused(change, pause, following[0] if following else None)

    async def _going_on(self, reads: Reads, series: Series, group: Group) -> tuple[Pause, Change]:
        moved, pauses = await series_store.exceptions(reads, series.id)
        found = current_pause(series, pauses, self._desk.now)
        if found is None:
            raise Invalid(text="series-not-paused")
        now, until = self._desk.now, self._desk.now + PLANNED_AHEAD
        stays = {one.on for one in occurrences(series.rule, now, until, moved, pauses)}
        others = [one for one in pauses if one != found]
        back = occurrences(series.rule, now, until, moved, others)
        dates = [one for one in back if one.on not in stays]
        await self._planner.forecasts.check(reads, now, group, dates)
        return found, Change(series, group, dates, await self._planner.news.people(reads, group))
