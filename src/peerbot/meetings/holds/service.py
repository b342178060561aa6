"""A room that an urgent concern is tied to: it goes on time, unless two people of the team agree to keep it a while."""

from dataclasses import dataclass
from typing import Final, Literal

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.meetings import notices, store
from peerbot.meetings.around import Around, Tie
from peerbot.meetings.holds import rules as hold_rules
from peerbot.meetings.holds import store as hold_store
from peerbot.meetings.holds.rules import Hold
from peerbot.meetings.rules import Meeting, Room
from peerbot.servers.service import Servers

ASKED: Final = "meetings.hold-asked"
DELETE: Final = "meeting.delete"
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Agreed:
    """What came of agreeing to keep a room: one more has to agree, it is kept, or there is nothing to agree to."""

    what: Literal["first", "kept", "over"]
    room: str = ""
    hold: Hold | None = None


class Holds:
    """Lets a deletion wait. Whoever is asked is a lead or deputy, or a moderator who has to do with the concern."""

    def __init__(self, desk: Desk, servers: Servers, around: Around) -> None:
        """Ask `around` what a room is tied to."""
        self._desk = desk
        self._servers = servers
        self._around = around
        desk.handlers.on_report(ASKED, self._asked)

    async def waits(self, work: Work, meeting: Meeting, room: Room) -> bool:
        """Return whether a deletion that is due waits. The first time, two people are asked."""
        if room.channel_id is None:
            return False
        tie = await self._around.urgent_in_room(work, room.channel_id)
        hold = await hold_store.load(work, meeting.id)
        match hold_rules.holding_on(hold, tied=tie is not None, now=work.now):
            case "ask":
                hold = Hold(work.now, hold_rules.asked_until(meeting, work.now))
                await hold_store.ask(work, meeting, hold)
                if tie is not None and hold.until > work.now:
                    await self._ask(work, meeting, room, tie)
            case "wait":
                pass
            case "unanswered":
                channel_id = room.channel_id
                await work.record("room.let-go", server=meeting.server_id, meeting=meeting.id, channel=channel_id)
                return False
            case "go":
                return False
        until = hold.until if hold is not None else work.now
        look_at = min(until, work.now + hold_rules.HOLD_LOOKED_AT)
        await work.set_timer(DELETE, meeting.id, look_at, meeting.server_id)
        return True

    async def keep(self, actor: Actor, meeting_id: str) -> Agreed:
        """Agree that a room is kept. The second person to agree decides it.

        Raises:
            NotFound: for somebody who is not of the team, as for a meeting that does not exist.
        """
        async with self._desk.transaction() as work:
            meeting, room = await store.meeting(work, meeting_id), await store.room(work, meeting_id)
            if meeting is None or room is None or actor.server_id not in {None, meeting.server_id}:
                raise NotFound
            parts = await self._servers.parts(work, Actor(actor.user_id, meeting.server_id))
            if not allowed("room.hold", parts):
                raise NotFound
            hold = await hold_store.load(work, meeting.id)
            tie = await self._around.urgent_in_room(work, room.channel_id or 0)
            # Who is not asked hears the same as when nobody is: the concern may be about them.
            if hold is None or tie is None or actor.user_id not in tie.people or room.deletion_asked_at is not None:
                return Agreed("over")
            if not hold.kept:
                await hold_store.agree(work, meeting, actor.user_id, work.now)
                hold = await self._decide(work, meeting, room, hold)
            return Agreed("kept" if hold.kept else "first", room.name, hold)

    async def _decide(self, work: Work, meeting: Meeting, room: Room, hold: Hold) -> Hold:
        agreed = await hold_store.agreed(work, meeting.id)
        if len(agreed) < _TWO:
            return hold
        until = hold_rules.kept_until(meeting)
        await hold_store.keep(work, meeting.id, until)
        await work.enqueue(notices.in_room(meeting, room, "held", Lane.CLOSING, not_after=until, in_order=True))
        await work.record(
            "room.held", server=meeting.server_id, meeting=meeting.id, channel=room.channel_id, people=agreed[:_TWO]
        )
        return Hold(hold.asked_at, until, kept=True)

    async def _ask(self, work: Work, meeting: Meeting, room: Room, tie: Tie) -> None:
        asking = notices.in_room(meeting, room, "hold-asking", Lane.CLOSING, in_order=True)
        await work.enqueue(asking)
        server = await self._servers.load(work, meeting.server_id)
        key, data = f"meeting:{meeting.id}:hold", {"card": "meetings.hold-ask", "meeting": meeting.id}
        if server.moderators_channel_id is None or tie.discreet:
            await self._ask_each(work, meeting, tie)
            return
        channel = {**data, "channel": server.moderators_channel_id, "people": tie.people}
        await work.enqueue(Intent(key, "post", Lane.CLOSING, meeting.server_id, channel, report=ASKED))

    async def _ask_each(self, work: Work, meeting: Meeting, tie: Tie) -> None:
        for person in tie.people:
            direct = {"card": "meetings.hold-ask", "meeting": meeting.id, "user": person, "people": ()}
            key = f"meeting:{meeting.id}:hold:{person}"
            await work.enqueue(Intent(key, "dm", Lane.CLOSING, meeting.server_id, direct))

    async def _asked(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        meeting, room = await store.meeting(work, str(intent.data["meeting"])), None
        if meeting is None or not isinstance(result, Finish) or result.state != "failed":
            return
        room = await store.room(work, meeting.id)
        tie = await self._around.urgent_in_room(work, room.channel_id or 0) if room is not None else None
        if tie is not None:
            await self._ask_each(work, meeting, tie)
