"""Practice of the whole chain: real pages by every way, line after line, each of them marked as practice.

A concern marked as practice climbs its ladder as any other does, but a press does not stop it: every line is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.facts import Fact
from peerbot.engine.tokens import new_id
from peerbot.escalation import store
from peerbot.escalation.drill import rules as drill_rules
from peerbot.escalation.drill import store as drill_store
from peerbot.escalation.drill.rules import StepPractised
from peerbot.escalation.drill.store import Drill
from peerbot.escalation.paging import BEGUN, PRACTICE_THROUGH, Paging
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rules import Line, State
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.escalation.ways import store as ways_store
from peerbot.escalation.ways.opening import proved
from peerbot.servers.service import Servers


@dataclass(frozen=True, slots=True)
class DrillPlan:
    """What a practice would do: how many people it pages, and how long it takes."""

    people: int
    takes: timedelta


@dataclass(frozen=True, slots=True)
class Report:
    """What a practice has shown so far."""

    drill: Drill
    number: int
    steps: Sequence[StepPractised]
    unproven: Sequence[tuple[int, tuple[str, ...]]]


class Drilling:
    """Use cases around `/drill`."""

    def __init__(self, desk: Desk, servers: Servers, paging: Paging, staff: StaffChannel) -> None:
        """Page through `paging`; report to the team through `staff`."""
        self._desk = desk
        self._servers = servers
        self._paging = paging
        self._staff = staff
        desk.handlers.on_fact(PRACTICE_THROUGH, self._through)
        desk.handlers.on_fact(BEGUN, self._make_way)

    async def plan(self, actor: Actor) -> DrillPlan:
        """Return what a practice would do now. Nothing is begun.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            Invalid: while one is under way, while somebody waits for an answer, or if there is nobody to page.
        """
        reads = self._desk.reads
        require("drill.start", await self._servers.parts(reads, actor))
        return await self._plan(reads, actor)

    async def start(self, actor: Actor) -> DrillPlan:
        """Begin: the first line is paged at once.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            Invalid: as for `plan`.
        """
        async with self._desk.transaction() as work:
            require("drill.start", await self._servers.parts(work, actor))
            plan = await self._plan(work, actor)
            number = await self._servers.next_concern(work, actor.here)
            concern = practice(actor.here, number, work.now)
            await store.add(work, concern)
            await drill_store.add(work, Drill(concern.id, actor.here, work.now, None, None), actor.user_id)
            await self._servers.acted(work, actor, "drill-started")
            await self._paging.begin(work, concern)
            return plan

    async def arrived(self, actor: Actor, concern_id: str, page_id: str) -> datetime:
        """*It arrived*, pressed on a page of practice: this way reaches this person. Returns when that page went out.

        Raises:
            NotFound: unless that page is one of practice and asked for this person.
        """
        async with self._desk.transaction() as work:
            drill = await drill_store.of_concern(work, concern_id)
            way = await duty_store.press_page(work, concern_id, page_id, actor.user_id, work.now) if drill else None
            if drill is None or way is None:
                raise NotFound(text="drill-not-for-you")
            await proved(work, drill.server_id, actor.user_id, way)
            return await duty_store.made_at(work, page_id)

    async def stop(self, actor: Actor) -> Report:
        """End the practice under way, and tell the team what it has shown so far.

        Raises:
            NotAllowed: unless the person is lead or deputy.
            NotFound: if none is under way.
        """
        async with self._desk.transaction() as work:
            require("drill.start", await self._servers.parts(work, actor))
            drill = await drill_store.running(work, actor.here)
            if drill is None:
                raise NotFound(text="drill-none")
            await self._end(work, drill.concern_id, "stopped")
            await self._servers.acted(work, actor, "drill-stopped")
            return await report(work, drill.concern_id, work.now)

    async def latest(self, actor: Actor) -> Report | None:
        """Return what the latest practice has shown, whether it goes on or is over; None if there was none.

        Raises:
            NotAllowed: unless the person is on the safeguarding team.
        """
        reads = self._desk.reads
        require("drill.show", await self._servers.parts(reads, actor))
        drill = await drill_store.latest(reads, actor.here)
        return await report(reads, drill.concern_id, self._desk.now) if drill is not None else None

    async def _make_way(self, work: Work, fact: Fact) -> None:
        """Somebody is in need: a practice under way ends at once, so that nobody takes the one for the other."""
        drill = await drill_store.running(work, int(fact.data["server"]))
        if drill is not None:
            await self._end(work, drill.concern_id, "real")

    async def _plan(self, reads: Reads, actor: Actor) -> DrillPlan:
        server_id = actor.here
        if await drill_store.running(reads, server_id) is not None:
            raise Invalid(text="drill-running")
        waiting = [await store.load(reads, concern_id) for concern_id in await store.unanswered(reads, server_id)]
        # A refusal for what is about them would tell them that there is something.
        if any(concern is not None and concern.about_other != actor.user_id for concern in waiting):
            raise Invalid(text="drill-somebody-waits")
        concern = practice(server_id, 0, self._desk.now)
        people = (await self._paging.duty(reads, concern)).of(tuple(Line))
        if not people:
            raise Invalid(text="drill-nobody")
        return DrillPlan(len(people), concern.position.ladder.nobody_after)

    async def _through(self, work: Work, fact: Fact) -> None:
        await self._end(work, str(fact.data["concern"]), "through")

    async def _end(self, work: Work, concern_id: str, how: str) -> None:
        concern = await store.load(work, concern_id)
        if concern is None or not await drill_store.end(work, concern_id, how, work.now):
            return
        await self._paging.stop(work, concern)
        await store.change(work, concern_id, state=State.CLOSED.value, closed_at=work.now)
        await self._staff.post(work, concern, "escalation.drill_report")


def practice(server_id: int, number: int, now: datetime) -> Concern:
    """Return a concern that is practice: raised by nobody, about nobody."""
    return Concern(
        id=new_id(),
        server_id=server_id,
        number=number,
        level=drill_rules.PRACTISED,
        state=State.OPEN,
        category="other",
        raiser_id=None,
        hides_name=False,
        subject_id=None,
        note=None,
        group_id=None,
        room_name=None,
        raised_at=now,
        level_since=now,
        token=None,
        practice=True,
    )


async def report(reads: Reads, concern_id: str, now: datetime) -> Report:
    """Return what a practice has shown until `now`.

    Raises:
        NotFound: if there is no such practice.
    """
    drill, concern = await drill_store.of_concern(reads, concern_id), await store.load(reads, concern_id)
    if drill is None or concern is None:
        raise NotFound(text="drill-none")
    found = drill_rules.steps(await drill_store.pages(reads, concern_id))
    proven: Mapping[int, Mapping[str, datetime]] = await ways_store.proven(reads, drill.server_id)
    return Report(drill, concern.number, found, drill_rules.unproven(found, proven, now))
