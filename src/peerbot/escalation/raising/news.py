"""What the raiser hears, and where: by direct message, or at once in a side room where direct messages are closed.

Each news is rendered when it goes out, from the concern as it then is, so an overtaken one is never said. A way that
fails is followed by the next at once; when none is left, the private answer and the team say so.
"""

from datetime import timedelta
from typing import Final

from peerbot.engine import silence
from peerbot.engine.delivery import UNKNOWN_CHANNEL, Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.escalation import store
from peerbot.escalation.handling import acts_store, note_store
from peerbot.escalation.raising.rules import GIVEN_UP_AFTER
from peerbot.escalation.rooms.side_rooms import SideRooms
from peerbot.escalation.rules import State
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers

_TOLD: Final = "escalation.told"
_ANSWER_SETTLES: Final = timedelta(seconds=2)
"""The private answer is being shown when the first news follows: it is edited only after that."""
TOKEN_LASTS: Final = timedelta(minutes=15)
"""How long Discord lets a private answer be changed."""


class News:
    """Use cases around telling the raiser."""

    def __init__(self, desk: Desk, servers: Servers, staff: StaffChannel) -> None:
        """Listen for what became of the news; tell the team through `staff` if none arrives."""
        self._staff = staff
        self.rooms = SideRooms(desk, servers, self._room_made)
        desk.handlers.on_report(_TOLD, self._told)
        desk.handlers.on_timer("concern.wipe", self._wipe_due)
        desk.handlers.on_timer("concern.token", self._token_over)

    async def tell(self, work: Work, concern: Concern, what: str) -> None:
        """Tell the raiser the news `what`: in the side room if there is one, else by direct message."""
        if concern.raiser_id is None or await self.silenced(work, concern):
            return
        if what != "receipt":  # the private answer that is shown now says that already
            await self.refresh_answer(work, concern, what)
        if concern.side_channel_id is not None and not concern.side_over:
            await self._in_the_room(work, concern, what, tried=())
        else:
            await self._by_message(work, concern, what, tried=())

    @staticmethod
    async def silenced(work: Work, concern: Concern) -> bool:
        """Return whether nothing goes out about the raiser, and they have not asked for anybody since."""
        at = await silence.since(work, concern.server_id, concern.raiser_id or 0)
        return at is not None and await acts_store.last_at(work, concern.id, ("raised", "joined")) < at

    async def end(self, work: Work, concern: Concern) -> None:
        """Closing: the last news, the side room locked and deleted a day later, and an end to what is kept."""
        await self.tell(work, concern, "closed")
        await work.set_timer("concern.wipe", concern.id, work.now + GIVEN_UP_AFTER, concern.server_id)
        await self.rooms.end(work, concern)

    async def refresh_answer(self, work: Work, concern: Concern, what: str) -> None:
        """Bring the private answer up to date, while its fifteen minutes last."""
        if concern.token is None:
            return
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:answer:{what}:{new_id()}",
                kind="answer",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"token": concern.token, "card": "escalation.answer", "concern": concern.id},
                stream=f"answer:{concern.id}",
                due_at=work.now + _ANSWER_SETTLES,
                not_after=work.now + TOKEN_LASTS - timedelta(minutes=1),
            )
        )

    async def _by_message(self, work: Work, concern: Concern, what: str, tried: tuple[str, ...]) -> None:
        data = {"user": concern.raiser_id, "card": "escalation.news", "concern": concern.id, "what": what}
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:news:{what}:{new_id()}",
                kind="dm",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={**data, "tried": tried},
                report=_TOLD,
                stream=f"news:{concern.id}",
                not_after=work.now + GIVEN_UP_AFTER,
            )
        )

    async def _in_the_room(self, work: Work, concern: Concern, what: str, tried: tuple[str, ...]) -> None:
        data = {"channel": concern.side_channel_id, "card": "escalation.news", "concern": concern.id, "what": what}
        # Closed while the room was being made, it would be said by the room and by the closing: in one room, once.
        once = str(concern.side_channel_id) if what == "closed" else new_id()
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:room:{what}:{once}",
                kind="post",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={**data, "tried": tried, "reader": concern.raiser_id},
                report=_TOLD,
                stream=f"side:{concern.side_channel_id}",
                not_after=work.now + GIVEN_UP_AFTER,
            )
        )

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        concern = await store.load(work, str(intent.data["concern"]))
        if concern is None or concern.raiser_id is None:
            return
        what, way = str(intent.data["what"]), "room" if "channel" in intent.data else "dm"
        if isinstance(result, Finish) and result.state == "failed":
            if way == "room" and result.reason == str(UNKNOWN_CHANNEL):
                # Somebody has deleted it: it can be made anew.
                await store.change(work, concern.id, side_name=None, side_channel_id=None)
                concern = await self._again(work, concern)
            await self._next_way(work, concern, what, (*intent.data["tried"], way))
            return
        if isinstance(result, Delivered) and concern.way != way:
            await store.change(work, concern.id, way=way)
            await self.refresh_answer(work, await self._again(work, concern), "way")
        if what == "closed":
            await self._wipe(work, concern.id)

    async def _next_way(self, work: Work, concern: Concern, what: str, tried: tuple[str, ...]) -> None:
        """A way has failed: take the other, or say that there is none."""
        if concern.way == tried[-1]:
            # What was proved is so no longer; should the room fail too, nothing reaches them.
            await store.change(work, concern.id, way="unproven")
            concern = await self._again(work, concern)
        if "dm" not in tried:
            await self._by_message(work, concern, what, tried)
        elif concern.side_channel_id is not None and not concern.side_over and "room" not in tried:
            await self._in_the_room(work, concern, what, tried)
        elif concern.side_name is None and self._staff.is_about_owner(concern):
            # The owner sees every channel: a side room would tell them who raised it.
            await self._no_way(work, concern)
        elif concern.side_name is None:
            await self.rooms.open(work, concern)
        elif concern.side_channel_id is not None:
            await self._no_way(work, concern)
        # Else the room is being made, and says how things stand as soon as it is there.

    async def _room_made(self, work: Work, concern: Concern, *, made: bool) -> None:
        """The side room is there and says how things stand, or it cannot be made."""
        if made:
            what = "closed" if concern.state is State.CLOSED else "now"
            await self._in_the_room(work, concern, what, tried=("dm",))
        elif concern.way == "dm" and concern.state is not State.CLOSED:
            # The team wanted the room to talk; the news still has its way.
            await self._staff.post(work, concern, "escalation.no_side_room")
        else:
            await self._no_way(work, concern)

    async def _no_way(self, work: Work, concern: Concern) -> None:
        """Nothing reaches the raiser: what can still be changed says so, and the team hears it."""
        if concern.state is State.CLOSED:
            await self._wipe(work, concern.id)
        elif concern.way != "none":
            await store.change(work, concern.id, way="none")
            await acts_store.note_act(work, concern, "unreachable", None, work.now)
            concern = await self._again(work, concern)
            await self.refresh_answer(work, concern, "way")
            await self._staff.post(work, concern, "escalation.unreachable")

    async def _again(self, work: Work, concern: Concern) -> Concern:
        return await store.load(work, concern.id) or concern

    async def _wipe_due(self, work: Work, timer: Timer) -> None:
        await self._wipe(work, timer.subject)

    async def _wipe(self, work: Work, concern_id: str) -> None:
        """Forget who raised it, what they wrote, and how to answer them."""
        concern = await store.load(work, concern_id)
        if concern is not None and concern.state is State.CLOSED:
            subject = None if concern.about_self else concern.subject_id
            await store.change(work, concern_id, raiser_id=None, note=None, token=None, subject_id=subject)
            await note_store.wipe(work, concern_id)
            await work.cancel_timer("concern.wipe", concern_id)
            await work.cancel_timer("concern.token", concern_id)

    async def forget(self, work: Work, concern: Concern) -> None:
        """The raiser of a closed concern asked to be deleted, or has left: they hear no more, and are let out of it."""
        for what in ("news", "room", "answer"):
            await work.withdraw(f"concern:{concern.id}:{what}:%")
        if concern.raiser_id is not None and concern.side_channel_id is not None and not concern.side_over:
            await self.rooms.leave(work, concern, concern.raiser_id)
        await self._wipe(work, concern.id)

    async def _token_over(self, work: Work, timer: Timer) -> None:
        await store.change(work, timer.subject, token=None)
