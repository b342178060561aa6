"""Handing a concern over to one teammate: who had it has it still, until the other presses."""

from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.escalation import rules, store
from peerbot.escalation.handling import acts_store, hand_over_store
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.paging import HANDED, HANDED_ENDS, Paging
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.rules import State
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers

_TOLD: Final = "escalation.handed_told"
STAYS: Final = "stays"
PASSED: Final = "passed"


@dataclass(frozen=True, slots=True)
class Handing:
    """Who was asked to take a concern over, and who has it until they press."""

    concern: Concern
    to: int
    holder: int


class HandOvers:
    """Use cases of handing over."""

    def __init__(self, desk: Desk, servers: Servers, theirs: Theirs, paging: Paging, staff: StaffChannel) -> None:
        """Page the one who is asked through `paging`; say through `staff` what no message could."""
        self._desk = desk
        self._servers = servers
        self._theirs = theirs
        self._paging = paging
        self._staff = staff
        desk.handlers.on_report(_TOLD, self._told)
        desk.handlers.on_timer(HANDED_ENDS, self._unanswered)

    async def ask(self, actor: Actor, concern_id: str, to: int) -> Handing:
        """Page one teammate with *I've got it*. By who has the concern, or a lead or deputy.

        Raises:
            NotFound: unless the person handles it.
            Late: if it is closed.
            Invalid: if nobody has it yet; if it is not theirs to hand over; for somebody who has it already, may not
                handle it, or whom or, with their name shown, by whom it is.
        """
        async with self._desk.transaction() as work:
            concern = await self._theirs.still_open(work, actor, concern_id, "concern.hand-over")
            if concern.taken_by is None or concern.state in rules.WAITING:
                raise Invalid(text="staff-hand-nobody", number=concern.number)
            leads = await self._servers.team(work, concern.server_id, "lead", "deputy")
            if actor.user_id not in {concern.taken_by, *leads}:
                raise Invalid(text="staff-hand-not-yours", number=concern.number)
            team = await self._servers.team(work, concern.server_id, *ON_CALL)
            # A refusal would say who hides their name: they are not asked, and nobody answers in time.
            hidden = concern.hides_name and to == concern.raiser_id
            if to not in team or (to in {concern.taken_by, concern.raiser_id, concern.subject_id} and not hidden):
                raise Invalid(text="staff-hand-not-them")
            await hand_over_store.ask(work, concern, concern.taken_by, to, work.now)
            await acts_store.note_act(work, concern, "passing_asked", actor.user_id, work.now)
            if not hidden:
                await self._paging.page(work, concern, frozenset({to}), HANDED)
            ends_at = work.now + rules.answers_within(concern.position)
            await work.set_timer(HANDED_ENDS, concern.id, ends_at, concern.server_id)
            return Handing(concern, to, concern.taken_by)

    async def take(self, work: Work, concern: Concern, user_id: int) -> bool:
        """Let the one who was asked have it. False: they were not, or somebody else has it by now."""
        giver = await hand_over_store.take(work, concern.id, user_id, work.now)
        if giver is None:
            return False
        await work.cancel_timer(HANDED_ENDS, concern.id)
        await acts_store.note_act(work, concern, "passed_to", user_id, work.now)
        await self._tell(work, concern, giver, PASSED)
        return True

    async def closed(self, work: Work, concern: Concern) -> None:
        """A concern is closed: nobody is asked any more."""
        await hand_over_store.end(work, concern.id)
        await work.cancel_timer(HANDED_ENDS, concern.id)

    async def _unanswered(self, work: Work, timer: Timer) -> None:
        """The time to answer is over, or no way has reached them: it stays with the giver, who hears so."""
        asked, concern = await hand_over_store.load(work, timer.subject), await store.load(work, timer.subject)
        await hand_over_store.end(work, timer.subject)
        if asked is None or concern is None or concern.state in {State.CLOSED, *rules.WAITING}:
            return
        if concern.taken_by == asked.giver:
            await self._tell(work, concern, asked.giver, STAYS)

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Whom no message reaches finds it in the team's channel: that a concern stays theirs, above all."""
        concern = await store.load(work, str(intent.data["concern"]))
        if concern is not None and not isinstance(result, Delivered):
            what = {"what": str(intent.data["what"]), "to": int(intent.data["user"])}
            await self._staff.post(work, concern, "escalation.handed", what)

    @staticmethod
    async def _tell(work: Work, concern: Concern, user_id: int, what: str) -> None:
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:handed:{what}:{new_id()}",
                kind="dm",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"user": user_id, "card": "escalation.handed", "concern": concern.id, "what": what},
                report=_TOLD,
            )
        )
