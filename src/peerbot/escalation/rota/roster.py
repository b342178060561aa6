"""The rota at work: shifts are made of it eight weeks ahead, gaps are told, and who leaves the team drops out."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from peerbot.engine import notes
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.engine.zones import TZDATA_VERSION
from peerbot.escalation import rules
from peerbot.escalation.rota import duty_store, unplanned, unplanned_store
from peerbot.escalation.rota import rules as rota
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.rota.notices import RotaNotices
from peerbot.escalation.rota.rules import AHEAD, BACK, Gap
from peerbot.escalation.rota.unplanned import Stretch
from peerbot.servers.service import Servers

ACT: Final = "rota-changed"
_COMPUTED_UNDER: Final = "rota.zone-data"
SHIFTS_MADE: Final = "rota.made"
"""A fact: the ways to whoever is on duty soon are looked at."""


class Roster:
    """Use cases of the clock, and what every change of the rota ends with: `remake`."""

    def __init__(self, desk: Desk, servers: Servers, notices: RotaNotices) -> None:
        """Act on gaps that near and on teammates who leave; tell leads through `notices`."""
        self._desk = desk
        self._servers = servers
        self.notices = notices
        desk.handlers.on_timer("rota.gap", self._gap_nears)
        desk.handlers.on_timer("rota.unplanned", self._unplanned_nears)
        desk.handlers.on_fact("duty.ended", self._left)

    async def extend_if_zone_data_changed(self) -> None:
        """At start: make every server's shifts anew if governments changed their clocks. Else that waits its turn."""
        if await notes.recall(self._desk, _COMPUTED_UNDER) != TZDATA_VERSION:
            await self.extend()
            await notes.remember(self._desk, _COMPUTED_UNDER, TZDATA_VERSION)

    async def extend(self) -> None:
        """Make every server's shifts anew: nightly, and soon after each start."""
        for server_id in await rota_store.servers(self._desk.reads):
            async with self._desk.transaction() as work:
                await self.remake(work, server_id)

    async def remake(self, work: Work, server_id: int) -> None:
        """Bring the shifts and the gaps of a server in line with its rota."""
        plan = await rota_store.plan(work, server_id)
        duties = plan.duties(work.now - BACK, work.now + AHEAD)
        change = rota.remake(await rota_store.made(work, server_id, work.now), duties, work.now)
        for shift_id in change.drop:
            await rota_store.drop_shift(work, shift_id)
            await work.cancel_timer("concern.shift", shift_id)
        for shift_id, span in change.stretch.items():
            await rota_store.stretch_shift(work, shift_id, span)
        for duty in change.add:
            span = duty.span
            shift = duty_store.Shift(new_id(), server_id, duty.user_id, span.starts_at, span.ends_at)
            await duty_store.add_shift(work, shift)
            await work.set_timer("concern.shift", shift.id, max(shift.starts_at, work.now), server_id)
        if change.add:
            await work.record(SHIFTS_MADE, server=server_id)
        await self._find_gaps(work, server_id, plan)
        await self._find_unplanned(work, server_id, plan)

    async def _find_gaps(self, work: Work, server_id: int, plan: rota.Plan) -> None:
        found = [span for span in plan.gaps(work.now - BACK, work.now + AHEAD) if span.ends_at > work.now]
        known = await rota_store.gaps(work, server_id)
        for gap in known:
            if gap.span not in found:
                await rota_store.take_gap(work, server_id, gap.id)
                await work.cancel_timer("rota.gap", gap.id)
        there = {gap.span for gap in known}
        for span in found:
            if span not in there:
                await self._keep(work, server_id, Gap(new_id(), span, rota.told_already(span, known)))

    async def _keep(self, work: Work, server_id: int, gap: Gap) -> None:
        await rota_store.save_gap(work, server_id, gap)
        if gap.next_telling is not None:
            await work.set_timer("rota.gap", gap.id, max(gap.next_telling, work.now), server_id)

    async def _gap_nears(self, work: Work, timer: Timer) -> None:
        """Tell the lead of every gap that is due to be told, in one message."""
        server_id = timer.server_id
        if server_id is None:
            return
        due: list[Gap] = []
        for gap in await rota_store.gaps(work, server_id):
            at = gap.next_telling
            if at is not None and at <= work.now < gap.span.ends_at:
                told = replace(gap, told=rota.told_by(gap, work.now))
                await self._keep(work, server_id, told)
                due.append(told)
        if due:
            key = ":".join(("gap", timer.subject, str(due[0].told), f"{work.now:%Y%m%d%H%M%S}"))
            ids = [gap.id for gap in due]
            latest = max(gap.span.ends_at for gap in due)
            await self.notices.tell(
                work, server_id, "rota_gap", await self.leads(work, server_id), key, {"gaps": ids}, latest
            )

    async def _find_unplanned(self, work: Work, server_id: int, plan: rota.Plan) -> None:
        server = await self._servers.load(work, server_id)
        known = {one.gap.id: one for one in await unplanned_store.known(work, server_id)}
        left = dict(known)
        found = unplanned.stretches(plan, work.now)
        for span, stretch_id, told in unplanned.to_keep(found, known.values(), work.now, server.zone):
            old = left.pop(stretch_id, None) if stretch_id is not None else None
            found_at = work.now if old is None else old.found_at
            await unplanned_store.save(work, server_id, Stretch(Gap(stretch_id or new_id(), span, told), found_at))
        for stretch in left.values():
            if stretch.gap.span.ends_at > work.now:
                await unplanned_store.drop(work, stretch.gap.id)
        await self._wait_for_unplanned(work, server_id)

    @staticmethod
    async def _wait_for_unplanned(work: Work, server_id: int) -> None:
        tellings = [one.next_telling for one in await unplanned_store.known(work, server_id)]
        at = min((each for each in tellings if each is not None), default=None)
        if at is None:
            await work.cancel_timer("rota.unplanned", str(server_id))
        else:
            await work.set_timer("rota.unplanned", str(server_id), max(at, work.now), server_id)

    async def _unplanned_nears(self, work: Work, timer: Timer) -> None:
        """Tell the lead of all hours without a shift that are due to be told, in one message."""
        server_id, due = int(timer.subject), list[Gap]()
        for stretch in await unplanned_store.known(work, server_id):
            at = stretch.next_telling
            if at is None or at > work.now:
                continue
            told = replace(stretch.gap, told=rota.told_by(stretch.gap, work.now))
            await unplanned_store.save(work, server_id, replace(stretch, gap=told))
            if told.span.ends_at > work.now:
                due.append(told)
        if due:
            ids = [gap.id for gap in due]
            key = f"unplanned:{new_id()}"
            latest = max(gap.span.ends_at for gap in due)
            await self.notices.tell(
                work, server_id, "rota_unplanned", await self.leads(work, server_id), key, {"gaps": ids}, latest
            )
        await self._wait_for_unplanned(work, server_id)

    async def leads(self, reads: Reads, server_id: int) -> frozenset[int]:
        """Return the leads and deputies who are not away; all of them, were they all."""
        leads = frozenset(await self._servers.team(reads, server_id, "lead", "deputy"))
        return rules.never_empty(leads, await self.away(reads, server_id, self._desk.now))

    @staticmethod
    async def away(reads: Reads, server_id: int, at: datetime) -> frozenset[int]:
        """Return who of a server's team is away at an instant."""
        return frozenset(off.user_id for off in await rota_store.offs(reads, server_id) if off.on(at))

    async def _left(self, work: Work, fact: Fact) -> None:
        """Take somebody out of the rota who is on no line any more; gaps that come of it are told as all are."""
        server_id, user_id = int(fact.data["server"]), int(fact.data["user"])
        if await self._servers.find(work, server_id) is None:
            return
        if user_id not in await self._servers.team(work, server_id, *ON_CALL):
            await self.leave(work, server_id, user_id)
        await self._leads_count_again(work, server_id, fact)

    async def leave(self, work: Work, server_id: int, user_id: int) -> None:
        """Take somebody out of the rota; gaps that come of it are told as all are."""
        await rota_store.leave(work, server_id, user_id)
        await self.remake(work, server_id)

    async def _leads_count_again(self, work: Work, server_id: int, fact: Fact) -> None:
        """Tell leads and deputies if all who are left are away at once: pages go to them all the same."""
        leads = frozenset(await self._servers.team(work, server_id, "lead", "deputy"))
        at = rota.all_away_from(leads, await rota_store.offs(work, server_id), work.now)
        if at is not None:
            key = f"leads:{server_id}:{fact.id}"
            await self.notices.tell(work, server_id, "rota_leads_away", leads, key, {"at": int(at.timestamp())})
