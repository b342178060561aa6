"""What becomes of a group's meetings when the group rests, goes on or ends. *signup* decides; here the dates follow."""

from datetime import timedelta

from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.engine.facts import Fact
from peerbot.engine.wall_clock import resolve
from peerbot.engine.zones import zone
from peerbot.meetings import store
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.series.recurrence import Pause
from peerbot.meetings.series.store import Series
from peerbot.meetings.times import store as times_store
from peerbot.signup.rules import Group
from peerbot.signup.service import Signup


class GroupLife:
    """Brings planned meetings in line with what their group now is, however often it is told."""

    def __init__(self, desk: Desk, signup: Signup, planner: Planner) -> None:
        """Listen for what *signup* tells."""
        self._desk = desk
        self._signup = signup
        self._planner = planner
        desk.handlers.on_fact("group.changed", self._changed)
        desk.handlers.on_fact("group.forgotten", self._forgotten)

    async def _changed(self, work: Work, fact: Fact) -> None:
        try:
            group = await self._signup.group_by_id(work, str(fact.data["group"]))
        except NotFound:
            return
        await series_store.group_changed(work, group.id)
        for series in await series_store.of_group(work, group.id):
            planned = await store.planned_of_series(work, series.id, work.now)
            off = [meeting.on for meeting in planned if not group.meets(meeting.starts_at)]
            await self._planner.drop(work, series, off)
            if group.state == "archived":
                await series_store.end(work, series.id, work.now)
            else:
                await self._planner.plan(work, series)

    async def _forgotten(self, work: Work, fact: Fact) -> None:
        group_id = str(fact.data["group"])
        await store.forget_group(work, group_id)
        await series_store.forget_group(work, group_id)
        await times_store.forget(work, group_id)

    async def stops(self, reads: Reads, group: Group, series: Series) -> list[Pause]:
        """Return from which day on a series brings no meetings because of its group: none while that simply goes on.

        A meeting whose room is there already takes place.
        """
        where = zone(series.rule.zone)
        if group.state != "open":
            begun = await store.begun_dates(reads, series.id)
            today = self._desk.now.astimezone(where).date()
            return [Pause(max((today, *(on + timedelta(days=1) for on in begun))))]
        if group.last_start is None:
            return []
        day = group.last_start.astimezone(where).date()
        still = resolve(day, series.rule.at, series.rule.zone)[0] < group.last_start
        return [Pause(day + timedelta(days=1) if still else day)]
