"""What teammates do with the rota: be on duty, be away, stand in for somebody, choose nights, look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.tokens import new_id
from peerbot.escalation.rota import cover as cover_now
from peerbot.escalation.rota import rules as rota
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota import typed as rota_typed
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.rota.roster import ACT, Roster
from peerbot.escalation.rota.rules import AHEAD, BACK, LONGEST, Cover, Gap, Off, Plan, Span
from peerbot.servers.service import Servers

FARTHEST = timedelta(days=365)
"""How far ahead somebody may be put on duty, or be away."""


@dataclass(frozen=True, slots=True)
class Put:
    """Somebody was put on duty. `zone` is the server's; `reached` is whether they have shown that pages reach them."""

    cover: Cover
    zone: str
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away.

    Attributes:
        shifts: How many of their planned times it touches, eight weeks ahead.
        asked_for: The gaps that come of it, for which the others are asked.
    """

    off: Off
    zone: str
    shifts: int
    asked_for: Sequence[Gap]


@dataclass(frozen=True, slots=True)
class Skip:
    """The shift that somebody may skip. `zone` is the server's."""

    span: Span
    zone: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rota: who is on duty, or nobody."""

    span: Span
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """The rota as somebody of the team sees it.

    Attributes:
        entries: Eight weeks of it, earliest first.
        nights: Whether this person is asked at night; None for somebody who is on no line.
        away: Who is away now, and until when.
        changes: Whether this person may change weekly shifts.
    """

    entries: Sequence[Entry]
    zone: str
    now: datetime
    nights: bool | None
    away: Sequence[Off]
    changes: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """What nobody is on duty for. `unplanned`: the hours of the coming week for which nobody is planned at all."""

    gaps: Sequence[Gap]
    unplanned: Sequence[Span]
    zone: str
    anything_planned: bool


class Rostering:
    """Use cases of the team around the rota."""

    def __init__(self, desk: Desk, servers: Servers, roster: Roster) -> None:
        """Change what `roster` then makes shifts of."""
        self._desk = desk
        self._servers = servers
        self._roster = roster

    async def cover(
        self, actor: Actor, user_id: int, starts_at: datetime, hours: int, instead_of: int | None = None
    ) -> Put:
        """Put somebody of the team on duty for some hours, with `instead_of` in the place of that person.

        Raises:
            NotAllowed: unless the person asking belongs to the team.
            Invalid: if the other one does not or is away then, or the time is longer than a day, over or far away.
        """
        async with self._desk.transaction() as work:
            require("oncall.cover", await self._servers.parts(work, actor))
            length = timedelta(hours=hours)
            if not timedelta() < length <= LONGEST or starts_at + length <= work.now:
                raise Invalid(text="staff-rota-length")
            if starts_at > work.now + FARTHEST:
                raise Invalid(text="staff-rota-too-far", days=FARTHEST.days)
            cover = Cover(new_id(), user_id, Span(starts_at, starts_at + length), instead_of)
            await self._for_another(work, actor, user_id)
            return await self._put(work, actor, cover)

    async def cover_typed(
        self, actor: Actor, user_id: int, when: str, hours: int, instead_of: int | None = None
    ) -> Put:
        """Put somebody on duty from when was typed, by the server's clocks.

        Raises:
            NotAllowed: as for `cover`.
            Invalid: as for `cover`, and for a time that cannot be read.
        """
        server = await self._servers.load(self._desk.reads, actor.here)
        starts_at = rota_typed.instant(when, server.zone, self._desk.now)
        return await self.cover(actor, user_id, starts_at, hours, instead_of)

    async def _put(self, work: Work, actor: Actor, cover: Cover) -> Put:
        server = await self._servers.load(work, actor.here)
        if cover.user_id not in await self._servers.team(work, server.id, *ON_CALL):
            raise Invalid(text="staff-rota-not-team")
        if cover.instead_of == cover.user_id:
            raise Invalid(text="staff-rota-instead-of-self")
        if (await rota_store.plan(work, server.id)).is_away(cover.user_id, cover.span):
            raise Invalid(text="staff-rota-is-away")
        await rota_store.add_cover(work, server.id, cover)
        await self._roster.remake(work, server.id)
        told = {cover.user_id, cover.instead_of} - {actor.user_id, None}
        if told:
            people = [user_id for user_id in told if user_id is not None]
            await self._roster.notices.tell(
                work, server.id, "rota_cover", people, f"cover:{cover.id}", {"cover": cover.id}, cover.span.ends_at
            )
        unproven = await cover_now.unproven(work, self._servers, server.id, (cover.user_id,), work.now)
        return Put(cover, server.zone, reached=not unproven)

    async def uncover(self, actor: Actor, cover_id: str) -> Put:
        """*Undo*: let a time on duty end now, or not begin.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Late: if it is over, or was undone.
        """
        async with self._desk.transaction() as work:
            require("oncall.cover", await self._servers.parts(work, actor))
            server = await self._servers.load(work, actor.here)
            cover = await rota_store.cover(work, server.id, cover_id)
            if cover is None or cover.span.ends_at <= work.now:
                raise Late
            await rota_store.end_cover(work, cover.id, work.now)
            await self._for_another(work, actor, cover.user_id)
            await self._roster.remake(work, server.id)
            if cover.user_id not in {actor.user_id, rota.NOBODY}:
                when = {"starts": int(cover.span.starts_at.timestamp()), "ends": int(cover.span.ends_at.timestamp())}
                await self._roster.notices.tell(
                    work, server.id, "rota_uncovered", [cover.user_id], f"uncovered:{cover.id}", when
                )
            return Put(cover, server.zone)

    async def off(self, actor: Actor, until: str, begins: str = "", user_id: int | None = None) -> Away:
        """Let somebody be away at once, or from `begins` on, until what was typed; without it until they are back.

        The others of the team are asked to cover what nobody else is on duty for.

        Raises:
            NotAllowed: unless the person belongs to the team, and for somebody else is lead or deputy.
            Invalid: if no lead or deputy would be left, or a time cannot be read or used.
        """
        user_id = user_id or actor.user_id
        async with self._desk.transaction() as work:
            parts = await self._servers.parts(work, actor)
            require("oncall.off" if user_id == actor.user_id else "oncall.off-other", parts)
            server = await self._servers.load(work, actor.here)
            if user_id not in await self._servers.team(work, server.id, *ON_CALL):
                raise Invalid(text="staff-rota-not-team")
            starts_at = rota_typed.instant(begins, server.zone, work.now, "begins")
            ends_at = rota_typed.instant(until, server.zone, starts_at, "ends") if until.strip() else None
            _usable(starts_at, ends_at, work.now)
            off = Off(new_id(), user_id, max(starts_at, work.now), ends_at)
            leads = await self._servers.team(work, server.id, "lead", "deputy")
            before = await rota_store.plan(work, server.id)
            if not rota.may_be_away(leads, before.offs, off):
                raise Invalid(text="staff-rota-last-lead")
            await self._for_another(work, actor, user_id)
            return await self._go(work, before, off, server.id, server.zone)

    async def next_shift(self, actor: Actor) -> Skip:
        """Return the next shift of the person asking, before they skip it. Nothing is changed.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Late: if there is none within eight weeks.
        """
        reads = self._desk.reads
        require("oncall.off", await self._servers.parts(reads, actor))
        server = await self._servers.load(reads, actor.here)
        plan = await rota_store.plan(reads, server.id)
        mine = [each.span for each in self._to_come(plan, actor.user_id)]
        if not mine:
            raise Late(text="staff-rota-skip-none")
        return Skip(min(mine, key=lambda span: span.starts_at), server.zone)

    async def skip(self, actor: Actor, begins: int) -> Away:
        """Let the person asking be away for the one shift of theirs that begins at an instant (Unix seconds).

        The others of the team are asked to cover it. It can be undone, as every time away.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Late: if that shift has begun, or is not theirs any more.
            Invalid: if no lead or deputy would be left.
        """
        async with self._desk.transaction() as work:
            require("oncall.off", await self._servers.parts(work, actor))
            server = await self._servers.load(work, actor.here)
            plan = await rota_store.plan(work, server.id)
            spans = [each.span for each in self._to_come(plan, actor.user_id)]
            span = next((each for each in spans if int(each.starts_at.timestamp()) == begins), None)
            if span is None:
                raise Late(text="staff-rota-skip-none")
            off = Off(new_id(), actor.user_id, span.starts_at, span.ends_at)
            if not rota.may_be_away(await self._servers.team(work, server.id, "lead", "deputy"), plan.offs, off):
                raise Invalid(text="staff-rota-last-lead")
            return await self._go(work, plan, off, server.id, server.zone)

    def _to_come(self, plan: Plan, user_id: int) -> list[rota.Slot]:
        now = self._desk.now
        pieces = plan.pieces(now - BACK, now + AHEAD)
        return [each for each in pieces if each.user_id == user_id and each.span.starts_at > now]

    async def _go(self, work: Work, before: Plan, off: Off, server_id: int, zone_name: str) -> Away:
        known = {gap.span for gap in await rota_store.gaps(work, server_id)}
        touched = [
            piece
            for piece in before.pieces(work.now - BACK, work.now + AHEAD)
            if piece.user_id == off.user_id and off.hits(piece.span) and piece.span.ends_at > work.now
        ]
        await rota_store.add_off(work, server_id, off)
        await self._roster.remake(work, server_id)
        new = [gap for gap in await rota_store.gaps(work, server_id) if gap.span not in known and off.hits(gap.span)]
        others = set(await self._servers.team(work, server_id, *ON_CALL)) - {off.user_id}
        others -= await self._roster.away(work, server_id, work.now)
        if new and others:
            latest = max(gap.span.ends_at for gap in new)
            data = {"off": off.id, "gaps": [gap.id for gap in new]}
            await self._roster.notices.tell(work, server_id, "rota_wanted", others, f"wanted:{off.id}", data, latest)
        return Away(off, zone_name, len(touched), new)

    async def back(self, actor: Actor, off_id: str) -> Off:
        """*I'm back*, and *Undo* of a time away. Who covers meanwhile goes on doing so.

        Raises:
            NotAllowed: as for `off`.
            Late: if it is over, or was undone.
        """
        async with self._desk.transaction() as work:
            server = await self._servers.load(work, actor.here)
            parts = await self._servers.parts(work, actor)
            require("oncall.off", parts)
            found = next((off for off in await rota_store.offs(work, server.id) if off.id == off_id), None)
            if found is None or (found.ends_at is not None and found.ends_at <= work.now):
                raise Late
            if found.user_id != actor.user_id:
                require("oncall.off-other", parts)
            await rota_store.end_off(work, found.id, work.now)
            await self._for_another(work, actor, found.user_id)
            await work.withdraw(f"rota:wanted:{found.id}%")
            await self._roster.remake(work, server.id)
            return found

    async def take_gap(self, actor: Actor, gap_id: str) -> Put:
        """*I can cover*: of two people pressing at once, one has it and the other is told that somebody does.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Late: if somebody has it, or it is over.
            Invalid: if they are away then.
        """
        async with self._desk.transaction() as work:
            require("oncall.cover", await self._servers.parts(work, actor))
            span = await rota_store.take_gap(work, actor.here, gap_id)
            if span is None or span.ends_at <= work.now:
                raise Late(text="staff-rota-gap-taken")
            await work.cancel_timer("rota.gap", gap_id)
            put = await self._put(work, actor, Cover(new_id(), actor.user_id, span))
            leads = await self._roster.leads(work, actor.here) - {actor.user_id}
            if leads:
                data = {"cover": put.cover.id}
                await self._roster.notices.tell(
                    work, actor.here, "rota_covered", leads, f"covered:{put.cover.id}", data, span.ends_at
                )
            return put

    async def open_gaps(self, actor: Actor, off_id: str) -> Gaps:
        """Return the gaps that somebody's time away leaves, for *I can cover*.

        Raises:
            NotAllowed: unless the person belongs to the team.
            Late: if all of them are covered, or the person is back.
        """
        reads = self._desk.reads
        require("oncall.cover", await self._servers.parts(reads, actor))
        found = next((off for off in await rota_store.offs(reads, actor.here) if off.id == off_id), None)
        gaps = await self._gaps(reads, actor.here)
        left = [gap for gap in gaps.gaps if found is not None and found.hits(gap.span)]
        if not left:
            raise Late(text="staff-rota-gap-taken")
        return Gaps(left, (), gaps.zone, anything_planned=True)

    async def gaps(self, actor: Actor) -> Gaps:
        """Return what nobody is on duty for, eight weeks ahead.

        Raises:
            NotAllowed: unless the person belongs to the team or is a coordinator.
        """
        require("oncall.gaps", await self._servers.parts(self._desk.reads, actor))
        return await self._gaps(self._desk.reads, actor.here)

    async def _gaps(self, reads: Reads, server_id: int) -> Gaps:
        now = self._desk.now
        server = await self._servers.load(reads, server_id)
        plan = await rota_store.plan(reads, server_id)
        gaps = [gap for gap in await rota_store.gaps(reads, server_id) if gap.span.ends_at > now]
        anything = bool(plan.planned(now - BACK, now + AHEAD))
        return Gaps(gaps, plan.unplanned(now, now + timedelta(days=7)), server.zone, anything)

    async def week(self, actor: Actor) -> Week:
        """Return the rota.

        Raises:
            NotAllowed: unless the person belongs to the team or is a coordinator.
        """
        reads, now = self._desk.reads, self._desk.now
        parts = await self._servers.parts(reads, actor)
        require("oncall.rota", parts)
        server = await self._servers.load(reads, actor.here)
        plan = await rota_store.plan(reads, server.id)
        pieces = plan.pieces(now - BACK, now + AHEAD)
        entries = [Entry(each.span, each.user_id) for each in pieces if each.span.ends_at > now]
        gaps = await rota_store.gaps(reads, server.id)
        entries += [Entry(gap.span, None) for gap in gaps if gap.span.ends_at > now]
        entries.sort(key=lambda entry: (entry.span.starts_at, entry.span.ends_at, entry.user_id or 0))
        nights = actor.user_id in await rota_store.nights(reads, server.id) if allowed("oncall.nights", parts) else None
        away = [off for off in plan.offs if off.on(now)]
        return Week(entries, server.zone, now, nights, away, allowed("oncall.rota-change", parts))

    async def nights(self, actor: Actor, *, wanted: bool) -> bool:
        """Choose whether one is asked when nobody is on the rota. Returns what holds now.

        Raises:
            NotAllowed: unless the person belongs to the team.
        """
        async with self._desk.transaction() as work:
            require("oncall.nights", await self._servers.parts(work, actor))
            await rota_store.choose_nights(work, actor.here, actor.user_id, wanted=wanted)
            return wanted

    async def _for_another(self, work: Work, actor: Actor, user_id: int) -> None:
        """Keep that somebody changed another's hours. One's own are in the rota, for as long as that is kept."""
        if user_id != actor.user_id:
            await self._servers.acted(work, actor, ACT)


def _usable(starts_at: datetime, ends_at: datetime | None, now: datetime) -> None:
    if starts_at > now + FARTHEST or (ends_at is not None and ends_at > now + FARTHEST):
        raise Invalid(text="staff-rota-too-far", days=FARTHEST.days)
    if ends_at is not None and ends_at <= max(starts_at, now):
        raise Invalid(text="staff-rota-ends-first")
