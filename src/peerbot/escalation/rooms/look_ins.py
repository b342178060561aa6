"""Looking in: one of the team reads a room until a set time. Two agree, and the room is told before they are let in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.engine.words import number
from peerbot.escalation import store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.rooms import look_in_store
from peerbot.escalation.rooms.look_in_store import LookIn
from peerbot.escalation.sign_offs.rules import Kind, SignOff
from peerbot.escalation.sign_offs.service import SignOffs
from peerbot.escalation.store import Concern
from peerbot.meetings.rules import LIVE
from peerbot.meetings.service import Meetings
from peerbot.signup.service import Signup

MINUTES: Final = (15, 30, 60)
"""How long somebody may look in, in minutes; never beyond the meeting's end."""
_LOOKED_AT: Final = timedelta(minutes=1)
"""How often it is asked whether the meeting has ended: a facilitator may close it early."""
_TOLD: Final = "escalation.look_told"
_ENDS: Final = "concern.look_in"
"""Timer; its subject is the row."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What came of asking: a second person is asked, it was agreed to, or it is over."""

    concern: Concern
    came: Literal["asked", "agreed", "over"]


class LookIns:
    """Use cases of looking in."""

    def __init__(self, desk: Desk, signup: Signup, meetings: Meetings, theirs: Theirs, sign_offs: SignOffs) -> None:
        """Ask `meetings` for the room and its end, and `signup` who is in it anyway."""
        self._desk = desk
        self._signup = signup
        self._meetings = meetings
        self._theirs = theirs
        self._sign_offs = sign_offs
        sign_offs.on_agreed(Kind.LOOK_IN, self._agreed)
        desk.handlers.on_report(_TOLD, self._room_told)
        desk.handlers.on_timer(_ENDS, self._over)

    async def ask(self, actor: Actor, concern_id: str, minutes: int) -> Looking:
        """Ask for a second person who agrees that one reads the room the concern was raised in.

        Raises:
            NotFound: unless the person handles it.
            Late: if it is closed.
            Invalid: if there is no meeting in its room now; for somebody who is in that group or holds the meeting, and
                so has their own access; and for another number of minutes.
        """
        if minutes not in MINUTES:
            raise Invalid
        async with self._desk.transaction() as work:
            concern = await self._theirs.still_open(work, actor, concern_id, "concern.look-in")
            if await self._room(work, concern) is None:
                raise Invalid(text="staff-look-no-room", number=concern.number)
            if await self._inside(work, concern, actor.user_id):
                raise Invalid(text="staff-look-inside")
            await self._sign_offs.ask(work, concern, Kind.LOOK_IN, actor.user_id, str(minutes))
            return Looking(concern, "asked")

    async def stop(self, actor: Actor, look_id: str) -> Looking:
        """*Stop looking*: whoever looks in leaves before the time is over. Doing it twice changes nothing.

        Raises:
            NotFound: unless it was this person who looked in.
        """
        async with self._desk.transaction() as work:
            look = await look_in_store.load(work, look_id)
            concern = await store.load(work, look.concern_id) if look is not None else None
            if look is None or concern is None or look.user_id != actor.user_id:
                raise NotFound(text="staff-look-over")
            await self._end(work, look)
            return Looking(concern, "over")

    async def closed(self, work: Work, concern: Concern) -> None:
        """A concern is closed: nobody looks in for it any more."""
        for look in await look_in_store.of_concern(work, concern.id):
            await self._end(work, look)

    async def gone(self, work: Work, server_id: int, user_id: int) -> None:
        """Somebody is of the team no more: they look into no room any more."""
        for look in await look_in_store.of_teammate(work, server_id, user_id):
            await self._end(work, look)

    async def _room(self, reads: Reads, concern: Concern) -> tuple[int, datetime] | None:
        """Return the channel of the meeting going on in the room it was raised in, and when that meeting ends."""
        if concern.room_channel_id is None:
            return None
        room = await self._meetings.room_of_channel(reads, concern.room_channel_id)
        if room is None or room.state not in LIVE:
            return None
        ends_at = await self._meetings.ends_at(reads, room)
        return (concern.room_channel_id, ends_at) if ends_at is not None and ends_at > self._desk.now else None

    async def _inside(self, reads: Reads, concern: Concern, user_id: int) -> bool:
        """Return whether somebody has access to that room anyway: it is theirs, and not taken away afterwards."""
        if concern.group_id is None:
            return False
        members = await self._signup.members(reads, concern.group_id)
        room = await self._meetings.room_of_channel(reads, concern.room_channel_id or 0)
        hold = await self._meetings.facilitators(reads, room) if room is not None else ()
        return user_id in (*members, *hold)

    async def _agreed(self, work: Work, concern: Concern, asked: SignOff, by: int | None) -> None:
        room, user_id = await self._room(work, concern), asked.asked_by
        if by is None or user_id is None:
            return
        if room is None or await self._inside(work, concern, user_id):
            await self._tell(work, concern, user_id, "")
            return
        channel_id, ends_at = room
        until = min(work.now + timedelta(minutes=number(asked.detail)), ends_at)
        look = LookIn(new_id(), concern.server_id, concern.id, channel_id, user_id, until)
        await look_in_store.add(work, look)
        await work.set_timer(_ENDS, look.id, min(until, work.now + _LOOKED_AT), concern.server_id)
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:look:{look.id}:told",
                kind="post",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"channel": channel_id, "card": "escalation.look_told", "look": look.id},
                report=_TOLD,
                stream=f"look:{look.id}",
                not_after=until,
            )
        )

    async def _room_told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """The room knows, so access is given; or it could not be told, so nobody is let in."""
        look = await look_in_store.load(work, str(intent.data["look"]))
        concern = await store.load(work, look.concern_id) if look is not None else None
        if look is None or concern is None:
            return
        if not isinstance(result, Delivered) or work.now >= look.until:
            await look_in_store.end(work, look.id, work.now)
            await self._tell(work, concern, look.user_id, "")
            return
        if await look_in_store.told(work, look.id):
            await acts_store.note_act(work, concern, "looked_in", look.user_id, work.now)
            await self._access(work, look, "escalation.look_in")
            await self._tell(work, concern, look.user_id, look.id)

    async def _over(self, work: Work, timer: Timer) -> None:
        look = await look_in_store.load(work, timer.subject)
        if look is None:
            return
        room = await self._meetings.room_of_channel(work, look.channel_id)
        ends_at = await self._meetings.ends_at(work, room) if room is not None and room.state in LIVE else None
        if ends_at is None or work.now >= min(look.until, ends_at):
            await self._end(work, look)
        else:
            at = min(look.until, ends_at, work.now + _LOOKED_AT)
            await work.set_timer(_ENDS, look.id, at, look.server_id)

    async def _end(self, work: Work, look: LookIn) -> None:
        if not await look_in_store.end(work, look.id, work.now):
            return
        await work.cancel_timer(_ENDS, look.id)
        if not look.told:
            return
        concern = await store.load(work, look.concern_id)
        if concern is not None:
            await acts_store.note_act(work, concern, "look_ended", look.user_id, work.now)
        # What the meeting itself says of them: somebody may have joined the group meanwhile.
        await self._access(work, look, "meetings.access")
        await work.enqueue(
            Intent(
                key=f"concern:{look.concern_id}:look:{look.id}:over",
                kind="post",
                lane=Lane.CLOSING,
                server_id=look.server_id,
                data={"channel": look.channel_id, "card": "escalation.look_over"},
                not_after=work.now + timedelta(minutes=5),
            )
        )

    @staticmethod
    async def _access(work: Work, look: LookIn, access: str) -> None:
        await work.enqueue(
            Intent(
                key=f"concern:{look.concern_id}:look:{look.id}:{access}",
                kind="channel.person",
                lane=Lane.CONCERN,
                server_id=look.server_id,
                data={"channel": look.channel_id, "user": look.user_id, "access": access},
                stream=f"channel:{look.channel_id}:{look.user_id}",
            )
        )

    @staticmethod
    async def _tell(work: Work, concern: Concern, user_id: int, look_id: str) -> None:
        """Tell who asked that they can see the room now; or, without `look_id`, that they cannot."""
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:looking:{new_id()}",
                kind="dm",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"user": user_id, "card": "escalation.looking", "concern": concern.id, "look": look_id},
            )
        )
