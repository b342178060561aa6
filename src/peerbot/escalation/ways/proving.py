"""Test pages: whether each way reaches each person of the team, shown by a press on the very message."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.facts import Fact
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.rota.roster import SHIFTS_MADE
from peerbot.escalation.ways import rules as ways_rules
from peerbot.escalation.ways import store as ways_store
from peerbot.escalation.ways.opening import proved
from peerbot.escalation.ways.sight import Ways
from peerbot.escalation.ways.store import TestPage
from peerbot.servers.service import Servers

TESTED: Final = "escalation.tested"
_SHIFT_AHEAD: Final = "team.shift_ahead"
_KINDS: Final = {"channel": "post", "dm": "dm", "alert": "alert"}
_LASTS: Final = timedelta(hours=1)
"""A test page that could not be sent by then has shown what there is to show."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of the ways to one person: way → when it was last proved, None where it was not of late."""

    user_id: int
    ways: Mapping[str, datetime | None]

    @property
    def unproven(self) -> tuple[str, ...]:
        """The ways that nothing has proved of late."""
        return tuple(way for way, at in self.ways.items() if at is None)


class Proving:
    """Use cases around `/oncall test`."""

    def __init__(self, desk: Desk, servers: Servers, ways: Ways) -> None:
        """Ask `servers` who is on the team, and `ways` how each of them is reached."""
        self._desk = desk
        self._servers = servers
        self._ways = ways
        desk.handlers.on_report(TESTED, self._tested)
        desk.handlers.on_fact("team.day", self._day)
        desk.handlers.on_fact(SHIFTS_MADE, self._day)
        desk.handlers.on_timer(_SHIFT_AHEAD, self._shift_ahead)

    async def test(self, actor: Actor, person: int | None = None, *, everybody: bool = False) -> Sequence[Proof]:
        """Send test pages by every way: to oneself, or by lead and deputy to somebody else or the whole team.

        Raises:
            NotAllowed: unless the person belongs to the team or facilitates; for others, unless they lead or deputise.
            Invalid: if the other person does not belong to it.
        """
        async with self._desk.transaction() as work:
            parts = await self._servers.parts(work, actor)
            if actor.user_id in await self._servers.team(work, actor.here, "facilitator"):
                parts.add(Part.FACILITATOR)  # of whatever group: they are paged in its meetings
            others = everybody or person not in {None, actor.user_id}
            require("oncall.test-others" if others else "oncall.test", parts)
            team = await self._servers.team(work, actor.here, *ON_CALL, "facilitator")
            people = team if everybody else (person or actor.user_id,)
            if not set(people) <= set(team):
                raise Invalid(text="staff-rota-not-team")
            if others:
                await self._servers.acted(work, actor, "ways-tested")
            for user_id in people:
                await self._send(work, actor.here, user_id)
            await self._ways.sight.look(work, actor.here, people)
            return await self.proofs(work, actor.here, people)

    async def arrived(self, actor: Actor, page_id: str) -> Proof:
        """*It arrived*: a press on that very message proves the way it came.

        Raises:
            NotFound: unless that test page was for this person.
        """
        async with self._desk.transaction() as work:
            page = await ways_store.test_page(work, page_id)
            if page is None or page.user_id != actor.user_id:
                raise NotFound(text="test-not-yours")
            return await self._proved(work, page)

    async def typed(self, actor: Actor, code: str) -> Proof:
        """Take the code that an alert outside Discord brought.

        Raises:
            Invalid: if no test of this person has that code, or it is older than a day.
        """
        async with self._desk.transaction() as work:
            digits = "".join(character for character in code if character.isdecimal())
            since = work.now - ways_rules.CODE_LASTS
            page = await ways_store.with_code(work, actor.user_id, digits, since) if digits else None
            if page is None:
                raise Invalid(text="test-code-unknown")
            return await self._proved(work, page)

    async def proofs(self, reads: Reads, server_id: int, people: Collection[int]) -> Sequence[Proof]:
        """Return what is known of the ways to these people."""
        proven = await ways_store.proven(reads, server_id)
        return [
            Proof(
                user_id,
                {way: ways_rules.fresh(proven.get(user_id, {}).get(way), self._desk.now) for way in self._of(user_id)},
            )
            for user_id in people
        ]

    def _of(self, user_id: int) -> tuple[str, ...]:
        return ("channel", "dm", "alert") if self._ways.alerts.ways_of(user_id) else ("channel", "dm")

    async def _proved(self, work: Work, page: TestPage) -> Proof:
        await proved(work, page.server_id, page.user_id, page.way)
        await ways_store.proved_by(work, page.id, work.now)
        (proof,) = await self.proofs(work, page.server_id, (page.user_id,))
        return proof

    async def _send(self, work: Work, server_id: int, user_id: int, shift_id: str | None = None) -> None:
        channel_id = await self._channel_of(work, server_id, user_id)
        if channel_id is not None:
            await self._page(work, TestPage(new_id(), server_id, user_id, "channel"), {"channel": channel_id}, shift_id)
        await self._page(work, TestPage(new_id(), server_id, user_id, "dm"), {"user": user_id}, shift_id)
        for place in range(self._ways.alerts.ways_of(user_id)):
            page = TestPage(new_id(), server_id, user_id, "alert", f"{secrets.randbelow(10**6):06}")
            await self._page(work, page, {"person": user_id, "place": place}, shift_id)

    async def _channel_of(self, reads: Reads, server_id: int, user_id: int) -> int | None:
        """Return the staff channel in which somebody is paged: the first that they read."""
        server = await self._servers.load(reads, server_id)
        on_call = user_id in await self._servers.team(reads, server_id, *ON_CALL)
        return server.moderators_channel_id if on_call else server.facilitators_channel_id

    async def _page(self, work: Work, page: TestPage, where: dict[str, int], shift_id: str | None) -> None:
        await ways_store.add_test_page(work, page, shift_id, work.now)
        card = "escalation.test_alert" if page.way == "alert" else "escalation.test_page"
        await work.enqueue(
            Intent(
                key=f"test_page:{page.id}",
                kind=_KINDS[page.way],
                lane=Lane.REMINDER,
                server_id=page.server_id,
                data={**where, "card": card, "page": page.id, "coded": self._ways.alerts.ways_of(page.user_id) > 0},
                report=TESTED,
                not_after=work.now + _LASTS,
            )
        )

    async def _tested(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        state = "arrived" if isinstance(result, Delivered) else result.state
        await ways_store.end_test_page(work, str(intent.data["page"]), state)

    async def _day(self, work: Work, fact: Fact) -> None:
        """Each day, and when shifts are made: whoever has one soon, or already, is tested ahead of it."""
        server_id = int(fact.data["server"])
        for shift in await duty_store.shifts_to_come(work, server_id, work.now):
            if shift.starts_at <= work.now + ways_rules.LOOKS_AHEAD:
                at = max(work.now, shift.starts_at - ways_rules.TESTED_AHEAD)
                await work.set_timer(_SHIFT_AHEAD, shift.id, at, server_id)

    async def _shift_ahead(self, work: Work, timer: Timer) -> None:
        """Two days before a shift, or once it is made: one test page to whoever has proved nothing for 25 days."""
        shift = await duty_store.shift(work, timer.subject)
        if shift is None or shift.ends_at <= work.now or await ways_store.tested_for(work, shift.id):
            return
        if shift.user_id not in await self._servers.team(work, shift.server_id, *ON_CALL):
            return
        if await silence.among(work, shift.server_id, {shift.user_id}):
            return
        proven = (await ways_store.proven(work, shift.server_id)).get(shift.user_id, {})
        if ways_rules.is_due(proven.values(), work.now):
            await self._send(work, shift.server_id, shift.user_id, shift.id)
