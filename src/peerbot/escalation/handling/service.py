"""What the team does with a concern: take it, open it, look after the person, close it."""

from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk, Work
from peerbot.escalation import store
from peerbot.escalation.handling import acts_store, note_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.handling.actions import ACTIONS
from peerbot.escalation.handling.hand_overs import HandOvers
from peerbot.escalation.handling.note_store import Note
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.limits import lead_list
from peerbot.escalation.paging import Paging
from peerbot.escalation.raising.news import News
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rules import State
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import SignOff
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.escalation.ways.opening import proved
from peerbot.servers.service import Servers

_MOST_NOTES: Final = 3
"""Notes shown, the newest."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Who has a concern now. `mine`: the person who pressed."""

    concern: Concern
    by: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What an authorised person sees of a concern."""

    concern: Concern
    raiser: int | None
    """None where the raiser does not show their name, or it has been wiped."""
    closed_to_them: bool = False
    """Whether it is closed, so that only leads and deputies see the rest."""
    room: str | None = None
    """What was decided of the room it was raised in: `room_kept` or `room_gone`."""
    done: tuple[str, ...] = ()
    """What was done, from the fixed list."""
    notes: tuple[Note, ...] = ()
    asked: tuple[SignOff, ...] = ()
    """What waits for a second person."""
    in_danger: bool = False
    """Whether who raised it about another, or about nobody named, is in danger themselves."""


class Handling:
    """Use cases of the team."""

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        paging: Paging,
        acknowledged: Acknowledged,
        news: News,
        staff: StaffChannel,
        hand_overs: HandOvers,
    ) -> None:
        """Stop the pages of `paging`; tell the raiser through `news` and the team through `staff`."""
        self._desk = desk
        self._servers = servers
        self._paging = paging
        self._acknowledged = acknowledged
        self._news = news
        self._staff = staff
        self._theirs = Theirs(servers, paging)
        self._hand_overs = hand_overs

    async def take(self, actor: Actor, concern_id: str, page_id: str | None = None) -> Taken:
        """*I've got it*: stops the pages. Of two people pressing at once, one has it and both are told who.

        `page_id` is the page the button was on: pressing it proves that this way reaches this person.

        Raises:
            NotFound: unless the person was asked or belongs to the team, and has nothing to do with the concern.
        """
        async with self._desk.transaction() as work:
            concern = await self._theirs.load(work, actor, concern_id, "concern.take")
            await self._proves(work, concern, actor, page_id)
            if await self._takes(work, concern, actor.user_id):
                concern = await self._taken(work, concern, actor.user_id)
            return Taken(concern, concern.taken_by or actor.user_id, mine=concern.taken_by == actor.user_id)

    async def _takes(self, work: Work, concern: Concern, user_id: int) -> bool:
        """Let one person have what nobody has, or what they were asked to take over."""
        if await store.take(work, concern.id, user_id, work.now):
            return True
        return await self._hand_overs.take(work, concern, user_id)

    async def _taken(self, work: Work, concern: Concern, user_id: int) -> Concern:
        concern = await self._again(work, concern)
        await acts_store.note_act(work, concern, "taken", user_id, work.now)
        await self._paging.stop(work, concern)
        await self._acknowledged.begin(work, concern)
        await self._news.rooms.let_in(work, concern, user_id)
        await self._news.tell(work, concern, "seen")
        await self._staff.post(work, concern, "escalation.taken")
        return concern

    async def open(self, actor: Actor, concern_id: str, page_id: str | None = None) -> Opened:
        """Show the rest to one authorised person, and write that down. Once it is closed, only leads see it.

        Raises:
            NotFound: as for `take`.
        """
        async with self._desk.transaction() as work:
            concern = await self._theirs.load(work, actor, concern_id, "concern.open")
            await self._proves(work, concern, actor, page_id)
            await acts_store.note_act(work, concern, "opened", actor.user_id, work.now)
            leads = await self._servers.team(work, concern.server_id, "lead", "deputy")
            if concern.state is State.CLOSED and actor.user_id not in leads:
                return Opened(concern, None, closed_to_them=True)
            shows = not concern.hides_name or actor.user_id in leads
            room = await acts_store.room_act(work, concern.id)
            done = [act for act in await acts_store.done(work, concern.id) if act in ACTIONS]
            notes = await note_store.newest(work, concern.id, _MOST_NOTES)
            asked = [each for each in await sign_off_store.of_concern(work, concern.id) if each.open]
            return Opened(
                concern,
                concern.raiser_id if shows else None,
                room=room,
                done=tuple(done),
                notes=tuple(notes),
                asked=tuple(asked),
                in_danger=await acts_store.any_of(work, concern.id, ("in_danger",)),
            )

    async def open_number(self, actor: Actor, number: int) -> Opened:
        """Show a concern by its number.

        Raises:
            NotFound: as for `take`.
        """
        return await self.open(actor, await self.find(actor, number))

    async def find(self, actor: Actor, number: int) -> str:
        """Return the id of a server's concern; an empty text, which is nobody's, where there is none.

        Whoever uses it asks anew whether it is this person's to handle.
        """
        concern = await store.by_number(self._desk.reads, actor.here, number)
        return concern.id if concern else ""

    async def listed(self, actor: Actor) -> list[Concern]:
        """Return the concerns of this server that are not closed and that the person may see.

        Raises:
            NotAllowed: unless the person belongs to the team.
        """
        parts = await self._servers.parts(self._desk.reads, actor)
        require("oncall.cover", parts)
        concerns = await store.not_closed(self._desk.reads, actor.here)
        listed = await lead_list.waiting_for(self._desk.reads, self._servers, actor.here, actor.user_id)
        held = {concern.id for concern in listed}
        return [
            concern
            for concern in concerns
            if actor.user_id not in {concern.raiser_id, concern.about_other}
            and (concern.id in held or not concern.on_lead_list)
        ]

    async def look_after(self, actor: Actor, concern_id: str, page_id: str | None = None) -> Taken:
        """*I'm with them*: the raiser hears that they are being looked after. Who says so has it from then on.

        Raises:
            NotFound: as for `take`.
        """
        async with self._desk.transaction() as work:
            concern = await self._theirs.load(work, actor, concern_id, "concern.take")
            await self._proves(work, concern, actor, page_id)
            if await self._takes(work, concern, actor.user_id):
                concern = await self._taken(work, concern, actor.user_id)
            if concern.state is State.TAKEN or (concern.state is State.IN_HAND and concern.asked_again):
                concern = await self._in_hand(work, concern, actor.user_id)
            return Taken(concern, concern.taken_by or actor.user_id, mine=concern.taken_by == actor.user_id)

    async def _in_hand(self, work: Work, concern: Concern, user_id: int) -> Concern:
        had_it = concern.taken_by
        concern = await self._acknowledged.in_hand(work, concern, user_id)
        if had_it != user_id:
            await self._news.rooms.let_in(work, concern, user_id)
            await self._staff.post(work, concern, "escalation.taken")
        return concern

    @staticmethod
    async def _proves(work: Work, concern: Concern, actor: Actor, page_id: str | None) -> None:
        way = await duty_store.press_page(work, concern.id, page_id, actor.user_id, work.now) if page_id else None
        if way is not None:
            await proved(work, concern.server_id, actor.user_id, way)

    async def _again(self, work: Work, concern: Concern) -> Concern:
        return await store.load(work, concern.id) or concern
