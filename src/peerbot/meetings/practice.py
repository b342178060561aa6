"""A practice meeting: the team sees a room from its first to its last minute, before a group needs one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk
from peerbot.engine.tokens import new_id
from peerbot.engine.wall_clock import resolve
from peerbot.engine.zones import TZDATA_VERSION, zone
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.series.recurrence import Occurrence, Rule
from peerbot.meetings.series.store import Series
from peerbot.meetings.times import store as times_store
from peerbot.meetings.times.rules import BOUNDS, Times
from peerbot.servers.service import Servers
from peerbot.signup.service import Signup

AHEAD: Final = timedelta(minutes=5)
"""Between asking and the beginning: the room is there at once, and people have to come."""
MINUTES: Final = 15
TIMES: Final = Times(
    made_before=BOUNDS["made_before"].least,
    closing_before=BOUNDS["closing_before"].least,
    locked_after=timedelta(minutes=1),
    deleted_after=BOUNDS["deleted_after"].least,
)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Practising:
    """A practice meeting: when it starts and ends (UTC), and how many people see its room."""

    starts_at: datetime
    ends_at: datetime
    people: int


class Practice:
    """Use cases of whoever sets a server up."""

    def __init__(self, desk: Desk, servers: Servers, signup: Signup, planner: Planner) -> None:
        """Plan it through `planner`, as any other meeting."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._planner = planner

    async def plan(self, actor: Actor) -> Practising:
        """Return what a practice meeting would be, begun now. Nothing is kept.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: while the team has no facilitator.
        """
        reads = self._desk.reads
        require("practice.meeting", await self._servers.parts(reads, actor))
        await self._servers.load(reads, actor.here)
        players = await self._signup.practice.players(reads, actor.here, actor.user_id)
        return _practising(self._desk.now, len(players.facilitators) + len(players.members))

    async def begin(self, actor: Actor) -> Practising:
        """Make the group, the date and, by the usual timers, the room.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: while the team has no facilitator, one is under way, or the server is near its limit of channels.
        """
        async with self._desk.transaction() as work:
            require("practice.meeting", await self._servers.parts(work, actor))
            server = await self._servers.load(work, actor.here)
            players = await self._signup.practice.players(work, server.id, actor.user_id)
            practising = _practising(work.now, len(players.facilitators) + len(players.members))
            group = await self._signup.practice.make(work, server.id, players, practising.starts_at)
            await times_store.save(work, server.id, group.id, TIMES)
            rule = _once(practising, server.zone)
            dates = [Occurrence(rule.first_on, practising.starts_at, practising.ends_at, "usual")]
            await self._planner.forecasts.check(work, work.now, group, dates)
            series = Series(new_id(), server.id, group.id, rule)
            await series_store.add(work, series, TZDATA_VERSION, work.now)
            await self._planner.plan(work, series)
            await self._servers.acted(work, actor, "practice-planned")
            return practising


def _practising(now: datetime, people: int) -> Practising:
    """Return the meeting that starts at the last whole minute that is not farther ahead: its room is due at once."""
    starts_at = (now + AHEAD).replace(second=0, microsecond=0)
    return Practising(starts_at, starts_at + MINUTES * _MINUTE, people)


def _once(practising: Practising, zone_name: str) -> Rule:
    """Return the rule of one date: by the server's clocks, unless they show that hour twice."""
    wall = practising.starts_at.astimezone(zone(zone_name))
    if resolve(wall.date(), wall.time(), zone_name)[0] != practising.starts_at:
        wall, zone_name = practising.starts_at.astimezone(UTC), "UTC"
    return Rule(weekday=wall.weekday(), at=wall.time(), zone=zone_name, first_on=wall.date(), minutes=MINUTES, count=1)
