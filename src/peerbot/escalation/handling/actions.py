"""What was done, from a fixed list, and notes in a few words. Each shows that somebody is at it."""

from dataclasses import dataclass
from typing import Final, Literal

from peerbot.engine.actor import Actor
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid
from peerbot.engine.words import clean
from peerbot.escalation import store
from peerbot.escalation.handling import acts_store, note_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.raising.news import News
from peerbot.escalation.sign_offs.rules import Kind, SignOff
from peerbot.escalation.sign_offs.service import SignOffs
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern

ACTIONS: Final = ("side_room", "spoke_with", "signposted", "handed_over", "shared_outside", "no_further_action")
"""The fixed list (product specification, §4)."""
SHARED_AT_ONCE: Final = "shared_at_once"
"""Shared outside the team without a second person, because seconds counted: reviewed within a day."""
OUTCOMES: Final = ("spoke_with", "signposted", "handed_over", "no_further_action")
"""How a concern may end for which nothing was written down: sharing outside has a question of its own."""
LOOKS_AFTER: Final = frozenset({"spoke_with", "signposted"})
"""By these who has it is with the person, whether they pressed *I'm with them* or not."""
MOST_NOTE: Final = 200


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of it: written down, a second person is asked, or there can be no side room."""

    concern: Concern
    what: str
    came: Literal["done", "asked", "no_room"]


class Actions:
    """Use cases of who handles a concern."""

    def __init__(
        self,
        desk: Desk,
        theirs: Theirs,
        acknowledged: Acknowledged,
        news: News,
        sign_offs: SignOffs,
        staff: StaffChannel,
    ) -> None:
        """Tell `acknowledged` that somebody is at it; open side rooms through `news`."""
        self._desk = desk
        self._theirs = theirs
        self._acknowledged = acknowledged
        self._news = news
        self._sign_offs = sign_offs
        self._staff = staff
        sign_offs.on_agreed(Kind.SHARE, self._shared)

    async def act(self, actor: Actor, concern_id: str, what: str) -> Acted:
        """Write down what was done. Sharing outside the team asks for a second person, unless it was at once.

        Raises:
            NotFound: unless the person handles it.
            Late: if it is closed.
            Invalid: for something that is not on the list.
        """
        if what not in {*ACTIONS, SHARED_AT_ONCE}:
            raise Invalid
        async with self._desk.transaction() as work:
            concern = await self._theirs.still_open(work, actor, concern_id, "concern.act")
            looks_after = what in LOOKS_AFTER and concern.taken_by == actor.user_id
            await self._acknowledged.acted(work, concern, looks_after=looks_after)
            if what == "shared_outside":
                if not await self._sign_offs.second(work, concern, Kind.SHARE, actor.user_id):
                    await self._sign_offs.ask(work, concern, Kind.SHARE, actor.user_id)
                    return Acted(concern, what, "asked")
            elif what == SHARED_AT_ONCE:
                await acts_store.note_act(work, concern, "shared_outside", actor.user_id, work.now)
                await self._sign_offs.alone(work, concern, Kind.SHARE, actor.user_id)
            elif what == "side_room" and not await self._side_room(work, concern, actor.user_id):
                return Acted(concern, what, "no_room")
            elif await acts_store.last(work, concern.id) != (what, actor.user_id):  # a double click is one act
                await acts_store.note_act(work, concern, what, actor.user_id, work.now)
            return Acted(await store.load(work, concern.id) or concern, what, "done")

    async def note(self, actor: Actor, concern_id: str, text: str) -> Concern:
        """Keep a note with the concern, until its free text is wiped.

        Raises:
            NotFound, Late: as for `act`.
            Invalid: for an empty note, or one that is too long.
        """
        note = clean(text, field="…", most=MOST_NOTE)
        async with self._desk.transaction() as work:
            concern = await self._theirs.still_open(work, actor, concern_id, "concern.act")
            await note_store.add(work, concern, actor.user_id, note, work.now)
            await acts_store.note_act(work, concern, "noted", actor.user_id, work.now)
            await self._acknowledged.acted(work, concern)
            return concern

    async def _side_room(self, work: Work, concern: Concern, by: int) -> bool:
        """Mean to make the side room, where direct messages work too. False: they have left one, or are unknown."""
        if concern.raiser_id is None or concern.side_over:
            return False
        await acts_store.note_act(work, concern, "side_room", by, work.now)
        if concern.side_name is None:
            await self._news.rooms.open(work, concern)
        else:
            await self._news.rooms.let_in(work, concern, by)
        return True

    async def _shared(self, work: Work, concern: Concern, asked: SignOff, by: int | None) -> None:
        """Two have agreed, or nobody has answered: who asked shares it, and is told."""
        _ = by
        await acts_store.note_act(work, concern, "shared_outside", asked.asked_by, work.now)
        await self._staff.post(work, concern, "escalation.share_agreed")
