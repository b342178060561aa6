"""What is true of the team now: who is on duty, until when, and who is next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import structlog

from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.escalation import duty_store, rota_store, rules, store
from peerbot.escalation.duty_store import Shift
from peerbot.escalation.store import Concern
from peerbot.meetings.service import Meetings
from peerbot.servers.service import Servers

ON_CALL = ("lead", "deputy", "moderator")
"""The parts whose shifts count: somebody who has left the team is not on duty, whatever the rota says."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Cover:
    """What can be said of the team at once. `known` is False while the database cannot be asked."""

    known: bool = True
    set_up: bool = True
    on_duty_until: datetime | None = None
    next_shift: datetime | None = None
    in_meeting: bool = False
    concern: Concern | None = None


@dataclass(frozen=True, slots=True)
class Rota:
    """The shifts of the team that run now or later."""

    shifts: tuple[Shift, ...]
    now: datetime

    @property
    def on_duty(self) -> frozenset[int]:
        """Who is on duty now."""
        return frozenset(shift.user_id for shift in self.shifts if shift.starts_at <= self.now)

    @property
    def covered_until(self) -> datetime | None:
        """Until when somebody is on duty without a gap; None if nobody is."""
        until = self.now
        for shift in sorted(self.shifts, key=lambda shift: shift.starts_at):
            if shift.starts_at <= until:
                until = max(until, shift.ends_at)
        return until if until > self.now else None

    @property
    def next_shift(self) -> datetime | None:
        """When the next shift begins."""
        return min((shift.starts_at for shift in self.shifts if shift.starts_at > self.now), default=None)


async def rota(reads: Reads, servers: Servers, server_id: int, now: datetime, without: Collection[int] = ()) -> Rota:
    """Return the rota of a server as far as it can be counted on, leaving out the people `without`."""
    team = set(await servers.team(reads, server_id, *ON_CALL)) - set(without)
    shifts = await duty_store.shifts_to_come(reads, server_id, now)
    return Rota(tuple(shift for shift in shifts if shift.user_id in team), now)


async def leads(reads: Reads, servers: Servers, server_id: int, at: datetime) -> frozenset[int]:
    """Return the leads and deputies who can be paged at an instant: a line at all hours, but for who is away."""
    people = frozenset(await servers.team(reads, server_id, "lead", "deputy"))
    return rules.never_empty(people, (await rota_store.plan(reads, server_id)).away(at))


async def second_line(reads: Reads, servers: Servers, server_id: int, at: datetime, without: Collection[int]) -> bool:
    """Return whether a lead or deputy other than the people `without` can be paged at an instant."""
    return bool(await leads(reads, servers, server_id, at) - set(without))


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
            next_shift=shifts.next_shift,
            in_meeting=await self._meetings.live_room_for(reads, server_id, user_id) is not None,
            concern=await store.own_open(reads, server_id, user_id),
        )

    async def now(self, server_id: int) -> Cover:
        """Return whether somebody is on duty, whoever asks."""
        if await self._servers.find(self._desk.reads, server_id) is None:
            return Cover(set_up=False)
        shifts = await rota(self._desk.reads, self._servers, server_id, self._desk.now)
        return Cover(on_duty_until=shifts.covered_until, next_shift=shifts.next_shift)
