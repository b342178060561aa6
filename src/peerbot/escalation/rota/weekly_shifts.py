"""Weekly shifts: added, changed and ended by leads and deputies; each step shows what comes of it and can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late, NotFound
from peerbot.engine.tokens import new_id
from peerbot.engine.zones import zone
from peerbot.escalation.rota import cover
from peerbot.escalation.rota import rules as rota
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota import typed as rota_typed
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.rota.roster import ACT, Roster
from peerbot.escalation.rota.rules import AHEAD, BACK, NOBODY, Plan, Slot, Span, Weekly
from peerbot.escalation.rota.store import KeptWeekly
from peerbot.servers.service import Servers

MOST: Final = 25
"""Weekly shifts of a server that run: as many as a menu lists."""
_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class TypedWeekly:
    """A weekly shift as it was typed. An empty zone is the server's; an empty first date is today or the next day."""

    days: str
    hours: str
    people: tuple[int, ...]
    zone: str = ""
    first_on: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A weekly shift and its next dates, and the hours of the coming week that no shift reaches."""

    weekly: Weekly
    dates: Sequence[Slot]
    unplanned: Sequence[Span]
    unproven: Sequence[int]
    """Who of its people has not shown of late that pages reach them."""


class WeeklyShifts:
    """Use cases of leads and deputies."""

    def __init__(self, desk: Desk, servers: Servers, roster: Roster) -> None:
        """Change what `roster` then makes shifts of."""
        self._desk = desk
        self._servers = servers
        self._roster = roster

    async def listed(self, actor: Actor) -> tuple[Sequence[Weekly], bool]:
        """Return the weekly shifts that run now or later, and whether the person may change them.

        Raises:
            NotAllowed: unless the person belongs to the team or is a coordinator.
        """
        reads = self._desk.reads
        parts = await self._servers.parts(reads, actor)
        require("oncall.rota", parts)
        found = [kept.weekly for kept in await rota_store.weeklies(reads, actor.here)]
        return [one for one in found if self._runs(one)], allowed("oncall.rota-change", parts)

    async def one(self, actor: Actor, weekly_id: str) -> Shown:
        """Return one weekly shift with its next dates.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            NotFound: if there is none such here.
        """
        reads = self._desk.reads
        require("oncall.rota-change", await self._servers.parts(reads, actor))
        kept = await self._load(reads, actor.here, weekly_id)
        return await self._shown(reads, actor.here, kept.weekly)

    async def add(self, actor: Actor, typed: TypedWeekly) -> Shown:
        """Add a weekly shift.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            Invalid: for what cannot be read or used.
        """
        async with self._desk.transaction() as work:
            require("oncall.rota-change", await self._servers.parts(work, actor))
            running = [kept for kept in await rota_store.weeklies(work, actor.here) if self._runs(kept.weekly)]
            if len(running) >= MOST:
                raise Invalid(text="staff-rota-too-many", most=MOST)
            weekly = await self._read(work, actor, typed, new_id())
            await self._servers.acted(work, actor, ACT)
            return await self._save(work, actor.here, KeptWeekly(actor.here, weekly, None))

    async def change(self, actor: Actor, weekly_id: str, typed: TypedWeekly) -> Shown:
        """Change a weekly shift: what was agreed for single dates of it stays.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            NotFound: if there is none such here.
            Invalid: for what cannot be read or used.
        """
        async with self._desk.transaction() as work:
            require("oncall.rota-change", await self._servers.parts(work, actor))
            kept = await self._load(work, actor.here, weekly_id)
            weekly = await self._read(work, actor, typed, kept.weekly.id)
            if not typed.first_on.strip():  # Turns go on as they are counted, unless a new beginning is named.
                weekly = replace(weekly, first_on=kept.weekly.first_on)
            await self._servers.acted(work, actor, ACT)
            return await self._save(work, actor.here, KeptWeekly(actor.here, weekly, kept.weekly))

    async def end(self, actor: Actor, weekly_id: str) -> Shown:
        """End a weekly shift: today's date, if it has begun, is the last.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            NotFound: if there is none such here.
        """
        async with self._desk.transaction() as work:
            require("oncall.rota-change", await self._servers.parts(work, actor))
            kept = await self._load(work, actor.here, weekly_id)
            weekly = kept.weekly
            today = work.now.astimezone(zone(weekly.zone)).date()
            span = weekly.span(today) if today.weekday() in weekly.days else None
            last = today if span is not None and span.starts_at <= work.now else today - timedelta(days=1)
            ended = replace(weekly, last_on=last)
            await self._servers.acted(work, actor, ACT)
            return await self._save(work, actor.here, KeptWeekly(actor.here, ended, weekly))

    async def undo(self, actor: Actor, weekly_id: str) -> Shown | None:
        """Take the last change of a weekly shift back; None if that was adding it.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            NotFound: if there is none such here.
            Late: if people have been on duty by a shift that was added.
        """
        async with self._desk.transaction() as work:
            require("oncall.rota-change", await self._servers.parts(work, actor))
            kept = await self._load(work, actor.here, weekly_id)
            await self._servers.acted(work, actor, ACT)
            if kept.before is not None:
                return await self._save(work, actor.here, KeptWeekly(actor.here, kept.before, None))
            if Plan([kept.weekly]).planned(work.now - timedelta(days=30), work.now):
                raise Late
            await rota_store.delete_weekly(work, kept.weekly.id)
            await self._roster.remake(work, actor.here)
            return None

    async def _save(self, work: Work, server_id: int, kept: KeptWeekly) -> Shown:
        await rota_store.save_weekly(work, kept)
        await self._roster.remake(work, server_id)
        return await self._shown(work, server_id, kept.weekly)

    async def _shown(self, reads: Reads, server_id: int, weekly: Weekly) -> Shown:
        now = self._desk.now
        plan = await rota_store.plan(reads, server_id)
        own = [slot for slot in plan.planned(now - BACK, now + AHEAD) if slot.key.startswith(f"w:{weekly.id}:")]
        coming = [slot for slot in own if slot.span.ends_at > now][:_SHOWN]
        people = [each for each in weekly.people if each != NOBODY]
        unproven = await cover.unproven(reads, self._servers, server_id, people, now)
        return Shown(weekly, coming, plan.unplanned(now, now + timedelta(days=7)), unproven)

    @staticmethod
    async def _load(reads: Reads, server_id: int, weekly_id: str) -> KeptWeekly:
        kept = await rota_store.weekly(reads, server_id, weekly_id)
        if kept is None:
            raise NotFound
        return kept

    async def _read(self, work: Work, actor: Actor, typed: TypedWeekly, weekly_id: str) -> Weekly:
        server = await self._servers.load(work, actor.here)
        team = await self._servers.team(work, server.id, *ON_CALL)
        if not typed.people or not set(typed.people) <= set(team):
            raise Invalid(text="staff-rota-not-team")
        where = rota_typed.zone_of(typed.zone, server.zone)
        days, (starts, ends) = rota_typed.days(typed.days), rota_typed.hours(typed.hours)
        today = work.now.astimezone(zone(where)).date()
        first_on = rota_typed.first_date(typed.first_on, today)
        return Weekly(
            id=weekly_id,
            days=days,
            starts=starts,
            ends=ends,
            zone=where,
            people=tuple(dict.fromkeys(typed.people))[: rota.MOST_IN_ROTATION],
            first_on=first_on,
        )

    def _runs(self, weekly: Weekly) -> bool:
        today = self._desk.now.astimezone(zone(weekly.zone)).date()
        return weekly.last_on is None or weekly.last_on >= today - timedelta(days=1)
