"""Two people decide: one asks, another agrees. Who is asked next, and what stands when nobody answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.ports import SharedServers
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.escalation import store
from peerbot.escalation.answering import leads_for
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.rules import State
from peerbot.escalation.sign_offs import rules as sign_off_rules
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import REVIEW_AFTER, REVIEW_AT_ONCE, Kind, SignOff, Who
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers

_LATE: Final = "concern.sign_off"
_REVIEW: Final = "concern.alone"
"""Timers; their subject is the question."""
_NAMED: Final = "escalation.named"
_OFFERED: Final = "escalation.offered"

Effect = Callable[[Work, Concern, SignOff, int | None], Awaitable[None]]
"""What happens once it is agreed, by whom; by nobody, if it stands alone."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of answering: agreed, declined, asked by oneself, not for this person, or over."""

    asked: SignOff
    concern: Concern
    what: Literal["agreed", "declined", "yours", "lead", "over"]


class SignOffs:
    """One engine for whatever two people decide about a concern."""

    def __init__(
        self, desk: Desk, servers: Servers, shared: SharedServers, theirs: Theirs, staff: StaffChannel
    ) -> None:
        """Ask the team through `staff`; `shared` knows who owns a server."""
        self._desk = desk
        self._servers = servers
        self._shared = shared
        self._theirs = theirs
        self._staff = staff
        self._effects: dict[Kind, Effect] = {}
        desk.handlers.on_timer(_LATE, self._unanswered)
        desk.handlers.on_timer(_REVIEW, self._review_due)
        desk.handlers.on_report(_NAMED, self._named)
        desk.handlers.on_report(_OFFERED, self._offered)

    def on_agreed(self, kind: Kind, effect: Effect) -> None:
        """Let `effect` happen, in the same transaction, once two people agree to a `kind`."""
        self._effects[kind] = effect

    async def ask(self, work: Work, concern: Concern, kind: Kind, by: int, detail: str = "") -> SignOff:
        """Ask for a second person. If one is being asked for already, that is the question that waits."""
        asked = SignOff(new_id(), concern.server_id, concern.id, kind, detail, "asked", by, work.now)
        if not await sign_off_store.ask(work, asked):
            return await sign_off_store.waiting(work, concern.id, kind) or asked
        await acts_store.note_act(work, concern, f"{kind}_asked", by, work.now)
        await work.set_timer(_LATE, asked.id, work.now + sign_off_rules.NEXT_AFTER, concern.server_id)
        # Where no lead answers, because it is about one of them, any two may agree.
        says = {} if (await self.who(work, concern)).leads else {"any_two": 1}
        await self._staff.post(work, concern, f"escalation.{kind}_asked", says)
        return asked

    async def second(self, work: Work, concern: Concern, kind: Kind, user_id: int) -> bool:
        """Agree to what waits, if this person may: who asks for the same thing as another means the same."""
        asked = await sign_off_store.waiting(work, concern.id, kind)
        if asked is None or not sign_off_rules.may_agree(asked, user_id, await self.who(work, concern)):
            return False
        return await self._agree(work, concern, asked, user_id)

    async def alone(self, work: Work, concern: Concern, kind: Kind, by: int) -> None:
        """Write down what one person did because seconds counted: somebody else looks at it within a day."""
        asked = SignOff(new_id(), concern.server_id, concern.id, kind, "", "alone", by, work.now)
        await sign_off_store.ask(work, asked)
        await acts_store.note_act(work, concern, "alone", by, work.now)
        await work.set_timer(_REVIEW, asked.id, work.now + REVIEW_AT_ONCE, concern.server_id)

    async def answer(self, actor: Actor, sign_off_id: str, *, agrees: bool) -> Answered:
        """Agree, or say that one does not. Of many who press at once, one answer counts.

        Who asked may take it back by not agreeing.

        Raises:
            NotFound: unless the person handles that concern, or owns the server and was offered to answer.
        """
        async with self._desk.transaction() as work:
            asked = await sign_off_store.load(work, sign_off_id)
            if asked is None:
                raise NotFound(text="concern-not-found")
            concern = await self._load(work, actor, asked)
            if not asked.open or concern.state is State.CLOSED:
                return Answered(asked, concern, "over")
            if not agrees and actor.user_id == asked.asked_by:
                return await self._decline(work, concern, asked, actor.user_id)
            if actor.user_id == asked.asked_by:
                return Answered(asked, concern, "yours")
            if not sign_off_rules.may_agree(asked, actor.user_id, await self.who(work, concern)):
                return Answered(asked, concern, "lead")
            if not agrees:
                return await self._decline(work, concern, asked, actor.user_id)
            done = await self._agree(work, concern, asked, actor.user_id)
            return Answered(asked, await self._again(work, concern), "agreed" if done else "over")

    async def review(self, actor: Actor, sign_off_id: str) -> Answered:
        """*Looked at*: one lead or deputy who did not do it has looked at what was done alone.

        Raises:
            NotFound: unless the person is one of those who may.
        """
        async with self._desk.transaction() as work:
            asked = await sign_off_store.load(work, sign_off_id)
            concern = await store.load(work, asked.concern_id) if asked is not None else None
            if asked is None or concern is None or actor.user_id not in await self._reviewers(work, concern, asked):
                raise NotFound(text="concern-not-found")
            if not await sign_off_store.review(work, asked.id, actor.user_id, work.now):
                return Answered(asked, concern, "over")
            await acts_store.note_act(work, concern, "reviewed", actor.user_id, work.now)
            return Answered(asked, concern, "agreed")

    async def who(self, reads: Reads, concern: Concern) -> Who:
        """Return who has to do with a concern, as far as agreeing goes."""
        leads = await leads_for(reads, self._servers, concern)
        owner = self._shared.owner_of(concern.server_id)
        return Who(leads, concern.raiser_id, concern.subject_id, owner)

    async def _load(self, work: Work, actor: Actor, asked: SignOff) -> Concern:
        concern = await store.load(work, asked.concern_id)
        owner = self._shared.owner_of(asked.server_id)
        if concern is not None and asked.owner_at is not None and actor.user_id == owner:
            who = await self.who(work, concern)
            if actor.user_id not in who.concerned and not concern.sealed:
                return concern
        return await self._theirs.load(work, actor, asked.concern_id, "concern.agree")

    async def _agree(self, work: Work, concern: Concern, asked: SignOff, by: int) -> bool:
        if not await sign_off_store.end(work, asked.id, "agreed", by, work.now):
            return False
        await work.cancel_timer(_LATE, asked.id)
        await acts_store.note_act(work, concern, "signed_off", by, work.now)
        await self._effects[asked.kind](work, concern, asked, by)
        return True

    async def _decline(self, work: Work, concern: Concern, asked: SignOff, by: int) -> Answered:
        if not await sign_off_store.end(work, asked.id, "declined", by, work.now):
            return Answered(asked, concern, "over")
        await work.cancel_timer(_LATE, asked.id)
        await acts_store.note_act(work, concern, "declined", by, work.now)
        if asked.asked_by is not None and asked.asked_by != by:
            await self._write(work, concern, asked, asked.asked_by, "escalation.declined")
        return Answered(asked, concern, "declined")

    async def _unanswered(self, work: Work, timer: Timer) -> None:
        asked = await sign_off_store.load(work, timer.subject)
        concern = await store.load(work, asked.concern_id) if asked is not None else None
        if asked is None or concern is None or not asked.open or concern.state is State.CLOSED:
            return
        who, in_order = await self.who(work, concern), await self._in_order(work, concern)
        what, at = sign_off_rules.due(asked, who, in_order, work.now)
        if what == "name":
            await self._ask_by_name(work, concern, asked, in_order, who)
        elif what == "owner" and who.owner is not None:
            await sign_off_store.offer_owner(work, asked.id, work.now)
            await self._write(work, concern, asked, who.owner, "escalation.owner_asked", _OFFERED)
        elif what == "over":
            await sign_off_store.end(work, asked.id, "over", None, work.now)
            if asked.asked_by is not None:
                await self._write(work, concern, asked, asked.asked_by, "escalation.lapsed")
        elif what == "alone":
            await self._stands_alone(work, concern, asked)
        if at is not None:
            await work.set_timer(_LATE, asked.id, at, concern.server_id)

    async def _stands_alone(self, work: Work, concern: Concern, asked: SignOff) -> None:
        if not await sign_off_store.end(work, asked.id, "alone", None, work.now):
            return
        await work.cancel_timer(_LATE, asked.id)
        await acts_store.note_act(work, concern, "alone", asked.asked_by, work.now)
        await work.set_timer(_REVIEW, asked.id, work.now + REVIEW_AFTER, concern.server_id)
        await self._effects[asked.kind](work, concern, asked, None)

    async def _ask_by_name(
        self, work: Work, concern: Concern, asked: SignOff, in_order: tuple[int, ...], who: Who
    ) -> None:
        user_id = sign_off_rules.next_by_name(asked, in_order, who)
        if user_id is not None:
            await sign_off_store.name(work, asked, user_id)
            await self._write(work, concern, asked, user_id, f"escalation.{asked.kind}_asked", _NAMED)

    async def _in_order(self, reads: Reads, concern: Concern) -> tuple[int, ...]:
        """Return the deputies, then the leads: who asked is often the lead's right hand already."""
        leads = await leads_for(reads, self._servers, concern)
        deputies = await self._servers.team(reads, concern.server_id, "deputy")
        return tuple(sorted(leads, key=lambda user_id: (user_id not in deputies, user_id)))

    async def _named(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Whom no message reaches makes room for the next at once."""
        await self._on_at_once(work, intent, result, work.now)

    async def _offered(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """An owner whom no message reaches was never offered to answer."""
        await self._on_at_once(work, intent, result, None)

    async def _on_at_once(
        self, work: Work, intent: Leased, result: Delivered | Finish, again_at: datetime | None
    ) -> None:
        asked = await sign_off_store.load(work, str(intent.data["sign_off"]))
        if asked is None or not asked.open or not (isinstance(result, Finish) and result.state == "failed"):
            return
        if again_at is not None:
            await work.set_timer(_LATE, asked.id, again_at, asked.server_id)
            return
        concern = await store.load(work, asked.concern_id)
        if concern is not None and concern.state is not State.CLOSED:
            await self._stands_alone(work, concern, asked)

    async def _reviewers(self, reads: Reads, concern: Concern, asked: SignOff) -> frozenset[int]:
        """Return who looks at what was done alone: leads and deputies who did not do it, else the owner.

        Nobody, once it is forgotten whom it was about: it might be them.
        """
        if concern.sealed:
            return frozenset()
        who = await self.who(reads, concern)
        # About one of them too: to look at what others did is not to judge a colleague's case alone.
        leads = frozenset(await self._servers.team(reads, concern.server_id, "lead", "deputy"))
        left_out = {asked.asked_by, *who.concerned}
        owner = frozenset({who.owner} - {None}) if who.owner is not None else frozenset[int]()
        return (leads - left_out) or (owner - left_out)

    async def _review_due(self, work: Work, timer: Timer) -> None:
        asked = await sign_off_store.load(work, timer.subject)
        concern = await store.load(work, asked.concern_id) if asked is not None else None
        if asked is None or concern is None or asked.reviewed_by is not None:
            return
        await acts_store.note_act(work, concern, "review_asked", None, work.now)
        for user_id in sorted(await self._reviewers(work, concern, asked)):
            await self._write(work, concern, asked, user_id, "escalation.alone_review")

    @staticmethod
    async def _write(
        work: Work, concern: Concern, asked: SignOff, user_id: int, card: str, report: str | None = None
    ) -> None:
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:{card}:{asked.id}:{new_id()}",
                kind="dm",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"user": user_id, "card": card, "concern": concern.id, "sign_off": asked.id},
                report=report,
            )
        )

    async def _again(self, work: Work, concern: Concern) -> Concern:
        return await store.load(work, concern.id) or concern
