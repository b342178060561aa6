"""Side rooms: a private channel of the raiser and a few of the team, where direct messages are closed."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Final, Protocol

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id, new_room_name
from peerbot.escalation import store
from peerbot.escalation.answering import leads_for
from peerbot.escalation.rules import State
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers

_ROOM_MADE: Final = "escalation.room_made"
_ROOM_DELETED: Final = "escalation.room_deleted"
SIDE_ROOM_KEPT: Final = timedelta(hours=24)
"""A side room is locked at closing and deleted this much later."""
LATEST: Final = timedelta(hours=1)
"""A deletion that takes longer is told; where somebody gave the room another name, it is tried again as often."""
MOST_OF_THE_TEAM: Final = 3
"""People of the team at first: more, and the person feels surrounded (domain.md §4.4)."""


class WhenMade(Protocol):
    """Who hears that a side room is there, or cannot be made."""

    def __call__(self, work: Work, concern: Concern, *, made: bool) -> Awaitable[None]:
        """Say how things stand, there or elsewhere."""
        ...


class SideRooms:
    """Use cases around side rooms. Who is inside is kept with the concern, so that closing locks them all."""

    def __init__(self, desk: Desk, servers: Servers, when_made: WhenMade) -> None:
        """Take people from `servers`' team; tell `when_made` what became of a room."""
        self._desk = desk
        self._servers = servers
        self._when_made = when_made
        desk.handlers.on_report(_ROOM_MADE, self._made)
        desk.handlers.on_report(_ROOM_DELETED, self._deleted)
        desk.handlers.on_refusal("channel.person", self._access_refused)
        desk.handlers.on_timer("concern.side_delete", self._delete_due)
        desk.handlers.on_timer("concern.side_stays", self._stays)

    async def open(self, work: Work, concern: Concern, *, in_category: bool = True) -> None:
        """Mean to make the side room: who has it, else the leads; never the person it is about."""
        leads = sorted(await leads_for(work, self._servers, concern))
        wanted = (*((concern.taken_by,) if concern.taken_by in leads or not concern.hides_name else ()), *leads)
        kept = dict.fromkeys(i for i in wanted if i not in {None, concern.raiser_id, concern.about_other})
        await self._keep(work, concern, tuple(i for i in kept if i is not None)[:MOST_OF_THE_TEAM])
        name = new_room_name()
        await store.change(work, concern.id, side_name=name)
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:side_room:{name}",
                kind="place.make",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"place": "escalation.side_room", "concern": concern.id, "in_category": in_category},
                report=_ROOM_MADE,
            )
        )

    async def let_in(self, work: Work, concern: Concern, user_id: int) -> None:
        """Let somebody of the team into the side room, if there is one.

        Where the raiser does not show their name to moderators, only leads and deputies come in.
        """
        if concern.side_name is None or user_id in concern.side_people:
            return
        leads = await self._servers.team(work, concern.server_id, "lead", "deputy")
        if concern.hides_name and user_id not in leads:
            return
        goes = concern.side_people[0] if len(concern.side_people) >= MOST_OF_THE_TEAM else None
        people = tuple(i for i in (*concern.side_people, user_id) if i != goes)
        await self._keep(work, concern, people)
        if concern.side_channel_id is not None and not concern.side_over:
            # Before they can read it, or the first message would be true no more.
            await self._post(work, concern, "escalation.side_people", new_id())
        if goes is not None:
            await self._access(work, concern, goes, leaves=True)
        await self._access(work, concern, user_id)

    async def leave(self, work: Work, concern: Concern, user_id: int) -> None:
        """Let somebody out who pressed in the room itself, so is inside."""
        if user_id == concern.raiser_id:
            await store.change(work, concern.id, side_over=1, way="unproven")
        else:
            await self._keep(work, concern, tuple(i for i in concern.side_people if i != user_id))
        await self._access(work, concern, user_id, leaves=True)
        if user_id == concern.raiser_id and concern.state is not State.CLOSED:
            # Or those who stay would wait for an answer.
            await self._post(work, concern, "escalation.side_left", new_id())

    async def end(self, work: Work, concern: Concern) -> None:
        """Closing: everybody inside may read and no longer write; a day later the room goes."""
        if concern.side_channel_id is None:
            return
        raiser = (concern.raiser_id,) if concern.raiser_id is not None and not concern.side_over else ()
        for user_id in (*raiser, *concern.side_people):
            await self._access(work, concern, user_id)
        goes_at = work.now + SIDE_ROOM_KEPT
        await work.set_timer("concern.side_delete", concern.id, goes_at, concern.server_id)
        await work.set_timer("concern.side_stays", concern.id, goes_at + LATEST, concern.server_id)

    async def in_channel(self, work: Work, concern_id: str, channel_id: int | None) -> Concern:
        """Return the concern whose side room a channel is.

        Raises:
            NotFound: if it is not.
        """
        concern = await store.load(work, concern_id)
        if concern is None or concern.side_channel_id is None or concern.side_channel_id != channel_id:
            raise NotFound(text="concern-not-yours")
        return concern

    @staticmethod
    async def _keep(work: Work, concern: Concern, people: tuple[int, ...]) -> None:
        await store.save_side_people(work, concern.id, people)

    async def _access(self, work: Work, concern: Concern, user_id: int, *, leaves: bool = False) -> None:
        """Bring one person's access in line with the concern as it is when the change is made."""
        if concern.side_channel_id is None:
            return
        # The raiser's id goes with the last news; the key of an intent, and its stream, stay for days.
        who = "raiser" if user_id == concern.raiser_id else new_id() if concern.raiser_id is None else str(user_id)
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:access:{new_id()}",
                kind="channel.person",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={
                    "channel": concern.side_channel_id,
                    "user": user_id,
                    "access": "escalation.side_room",
                    "concern": concern.id,
                    "leaves": leaves,
                },
                stream=f"side:{concern.side_channel_id}:{who}",
            )
        )

    async def _made(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        concern = await store.load(work, str(intent.data["concern"]))
        if concern is None:
            return
        if isinstance(result, Delivered) and result.channel_id is not None:
            await store.change(work, concern.id, side_channel_id=result.channel_id, side_made_at=work.now)
            concern = await store.load(work, concern.id) or concern
            await self._furnish(work, concern)
            return
        await store.change(work, concern.id, side_name=None)
        if isinstance(result, Finish) and result.state == "failed" and concern.raiser_id is not None:
            if intent.data["in_category"]:
                # The category may be gone, or full.
                await self.open(work, concern, in_category=False)
                return
            concern = await store.load(work, concern.id) or concern
            await self._when_made(work, concern, made=False)

    async def _furnish(self, work: Work, concern: Concern) -> None:
        if concern.taken_by in concern.side_people:
            # Who took it while the room was being made may have come too late to be part of its making.
            await self._access(work, concern, concern.taken_by)
        await self._post(work, concern, "escalation.side_first", str(concern.side_name))
        await self._when_made(work, concern, made=True)
        if concern.state is State.CLOSED:
            await self.end(work, concern)

    @staticmethod
    async def _post(work: Work, concern: Concern, card: str, once: str) -> None:
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:{card}:{once}",
                kind="post",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"channel": concern.side_channel_id, "card": card, "concern": concern.id},
                stream=f"side:{concern.side_channel_id}",
            )
        )

    async def _delete_due(self, work: Work, timer: Timer) -> None:
        concern = await store.load(work, timer.subject)
        if concern is None or concern.side_channel_id is None:
            return
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:side_delete:{timer.due_at:%Y%m%d%H%M%S}",
                kind="channel.delete",
                lane=Lane.CLOSING,
                server_id=concern.server_id,
                data={"channel": concern.side_channel_id, "name": concern.side_name, "concern": concern.id},
                report=_ROOM_DELETED,
            )
        )

    async def _deleted(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        concern_id = str(intent.data["concern"])
        if isinstance(result, Delivered):
            await store.change(work, concern_id, side_channel_id=None, side_deleted_at=work.now)
        else:
            # Somebody gave it another name, so it is not ours to delete. It is, or it is gone, once they mended that.
            await work.set_timer("concern.side_delete", concern_id, work.now + LATEST, intent.server_id)

    async def _stays(self, work: Work, timer: Timer) -> None:
        concern = await store.load(work, timer.subject)
        if concern is not None and concern.side_channel_id is not None:
            await self._tell(work, concern, "escalation.side_stays")

    async def _access_refused(self, work: Work, intent: Leased, code: int) -> None:
        _ = code
        concern = await store.load(work, str(intent.data.get("concern")))
        if concern is not None and concern.side_channel_id == int(intent.data["channel"]):
            await self._tell(work, concern, "escalation.side_access")

    async def _tell(self, work: Work, concern: Concern, card: str) -> None:
        """Tell the leads, once, what Discord keeps the bot from; of what is about one of them, the team inside."""
        people = await leads_for(work, self._servers, concern) or frozenset(concern.side_people)
        for user_id in sorted(people):
            await work.enqueue(
                Intent(
                    key=f"concern:{concern.id}:{card}:{user_id}",
                    kind="dm",
                    lane=Lane.CLOSING,
                    server_id=concern.server_id,
                    data={"user": user_id, "card": card, "concern": concern.id},
                )
            )
