"""What is true of the team now: who is on duty, until when, and who is next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.escalation import rules, store
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota.duty_store import Shift
from peerbot.escalation.store import Concern
from peerbot.escalation.ways import rules as ways_rules
from peerbot.escalation.ways import store as ways_store
from peerbot.meetings.service import Meetings
from peerbot.servers.service import Servers

ON_CALL = ("lead", "deputy", "moderator")
"""The parts whose shifts count: somebody who has left the team is not on duty, whatever the rota says."""
_A_DAY: Final = timedelta(days=1)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Cover:
    """What can be said of the team at once. `known` is False while the database cannot be asked."""

    known: bool = True
    set_up: bool = True
    on_duty_until: datetime | None = None
    on_duty_on: bool = False
    """Whether that is more than a day ahead, so that no hour is told."""
    next_shift: datetime | None = None
    on_rota: bool = False
    """Whether somebody is on the rota now, whether a page is known to reach them or not."""
    to_prove: bool = False
    """Whether the person asking belongs to the team and has not shown of late that pages reach them."""
    in_meeting: bool = False
    concern: Concern | None = None


@dataclass(frozen=True, slots=True)
class Rota:
    """The shifts of the team that run now or later.

    On duty is whoever has a shift: they are paged. Cover is only who a page reaches: it is what can be promised.
    """

    shifts: tuple[Shift, ...]
    now: datetime
    reached_until: Mapping[int, datetime]
    """Until when what somebody has shown of late still counts."""

    @property
    def _counted(self) -> tuple[Shift, ...]:
        return tuple(
            shift
            for shift in self.shifts
            if max(shift.starts_at, self.now) <= self.reached_until.get(shift.user_id, _NEVER)
        )

    @property
    def covered(self) -> frozenset[int]:
        """Who is on duty now and can be reached."""
        return frozenset(shift.user_id for shift in self._counted if shift.starts_at <= self.now)

    @property
    def on_duty(self) -> frozenset[int]:
        """Who is on duty now."""
        return frozenset(shift.user_id for shift in self.shifts if shift.starts_at <= self.now)

    @property
    def covered_until(self) -> datetime | None:
        """Until when somebody who can be reached is on duty without a gap; None if nobody is."""
        until = self.now
        for shift in sorted(self._counted, key=lambda shift: shift.starts_at):
            if shift.starts_at <= until:
                until = max(until, min(shift.ends_at, self.reached_until.get(shift.user_id, _NEVER)))
        return until if until > self.now else None

    @property
    def covered_on(self) -> bool:
        """Whether that goes on for more than a day, so that an hour would say less than *now*."""
        until = self.covered_until
        return until is not None and until - self.now > _A_DAY

    @property
    def next_shift(self) -> datetime | None:
        """When the next shift begins, whoever has it."""
        return min((shift.starts_at for shift in self.shifts if shift.starts_at > self.now), default=None)

    @property
    def next_covered(self) -> datetime | None:
        """When the next shift begins of somebody who can be reached."""
        return min((shift.starts_at for shift in self._counted if shift.starts_at > self.now), default=None)


async def rota(reads: Reads, servers: Servers, server_id: int, now: datetime, without: Collection[int] = ()) -> Rota:
    """Return the rota of a server as far as it can be counted on, leaving out the people `without`."""
    team = set(await servers.team(reads, server_id, *ON_CALL)) - set(without)
    shifts = await duty_store.shifts_to_come(reads, server_id, now)
    reached = await reached_until(reads, servers, server_id, now)
    return Rota(tuple(shift for shift in shifts if shift.user_id in team), now, reached)


async def leads(reads: Reads, servers: Servers, server_id: int, at: datetime) -> frozenset[int]:
    """Return the leads and deputies who can be paged at an instant: a line at all hours, but for who is away."""
    people = frozenset(await servers.team(reads, server_id, "lead", "deputy"))
    return rules.never_empty(people, (await rota_store.plan(reads, server_id)).away(at))


async def reached_until(reads: Reads, servers: Servers, server_id: int, now: datetime) -> Mapping[int, datetime]:
    """Return who can be reached: they see the team's channel, and showed it by a press; and until when that counts."""
    server = await servers.find(reads, server_id)
    if server is None or server.moderators_channel_id is None:
        return {}
    seen = await ways_store.seen(reads, server_id, server.moderators_channel_id)
    return {
        user_id: max(ways.values()) + ways_rules.PROOF_LASTS
        for user_id, ways in (await ways_store.proven(reads, server_id)).items()
        if user_id in seen and now - seen[user_id] <= ways_rules.SIGHT_LASTS
    }


async def unproven(
    reads: Reads, servers: Servers, server_id: int, people: Iterable[int], now: datetime
) -> Sequence[int]:
    """Return those of `people` who have not shown of late that pages reach them, or do not see the channel."""
    reached = await reached_until(reads, servers, server_id, now)
    return [user_id for user_id in people if reached.get(user_id, _NEVER) < now]


async def second_line(
    reads: Reads, servers: Servers, server_id: int, at: datetime, now: datetime, without: Collection[int]
) -> bool:
    """Return whether a lead or deputy other than the people `without` can be reached at an instant."""
    reached = await reached_until(reads, servers, server_id, now)
    people = await leads(reads, servers, server_id, at) - set(without)
    return any(reached.get(user_id, _NEVER) >= at for user_id in people)


class TeamCover:
    """Says what is true of a team."""

    def __init__(self, desk: Desk, servers: Servers, meetings: Meetings) -> None:
        """Ask the lower pillars who is where."""
        self._desk = desk
        self._servers = servers
        self._meetings = meetings

    async def for_person(self, server_id: int, user_id: int) -> Cover:
        """Return what can truly be said to somebody who may need the team, for the card that is shown already.

        A failing database changes this sentence and nothing else, so any failure ends here.
        """
        try:
            return await self._for_person(server_id, user_id)
        except Exception as error:  # noqa: BLE001 - whatever failed, the card is shown and stays
            _log.exception("cover unknown", error=type(error).__name__)
            return Cover(known=False)

    async def _for_person(self, server_id: int, user_id: int) -> Cover:
        reads = self._desk.reads
        if await self._servers.find(reads, server_id) is None:
            return Cover(set_up=False)
        # Somebody on duty cannot look after themselves.
        shifts = await rota(reads, self._servers, server_id, self._desk.now, {user_id})
        return Cover(
            on_duty_until=shifts.covered_until,
            on_duty_on=shifts.covered_on,
            next_shift=shifts.next_covered,
            on_rota=bool(shifts.on_duty),
            in_meeting=await self._meetings.live_room_for(reads, server_id, user_id) is not None,
            concern=await store.own_open(reads, server_id, user_id),
        )

    async def now(self, server_id: int, user_id: int) -> Cover:
        """Return whether somebody is on duty, whoever asks; to somebody of the team also whether they count."""
        reads, now = self._desk.reads, self._desk.now
        if await self._servers.find(reads, server_id) is None:
            return Cover(set_up=False)
        shifts = await rota(reads, self._servers, server_id, now)
        on_team = user_id in await self._servers.team(reads, server_id, *ON_CALL)
        return Cover(
            on_duty_until=shifts.covered_until,
            on_duty_on=shifts.covered_on,
            next_shift=shifts.next_covered,
            on_rota=bool(shifts.on_duty),
            to_prove=on_team and shifts.reached_until.get(user_id, _NEVER) < now,
        )
