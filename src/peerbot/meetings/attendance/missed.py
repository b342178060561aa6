"""One kind note to somebody who was not seen twice in a row, in a group that keeps a list; never a second one.

Never after leaving, while a concern of theirs is open, or to somebody who asked for no messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.engine.facts import Fact
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import moment, say
from peerbot.engine.timers import Timer
from peerbot.meetings import store
from peerbot.meetings.around import Around
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.attendance.service import SETTLE
from peerbot.meetings.reminders import SENT
from peerbot.meetings.rules import Meeting
from peerbot.servers.help import help_button
from peerbot.signup.rules import Group
from peerbot.signup.service import Signup

CARD: Final = "meetings.missed-you"


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said to a note: the group, and when it meets next."""

    group: Group
    next_at: datetime | None


class Missed:
    """Use cases around the note."""

    def __init__(self, desk: Desk, signup: Signup, around: Around) -> None:
        """Act when a list is final, and forget what is kept of somebody who has left."""
        self._desk = desk
        self._signup = signup
        self._around = around
        desk.handlers.on_timer(SETTLE, self._settled)
        desk.handlers.on_fact("seat.ended", self._went)

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the note, rendered when it is sent: whether it still holds is asked again then."""
        return {CARD: self._note}

    async def answer(self, actor: Actor, group_id: str) -> Answered:
        """Return when the group meets next, to somebody who says *See you there*. Nothing is kept of it.

        Raises:
            NotFound: unless they have a seat.
        """
        return await self._answered(self._desk.reads, actor, group_id)

    async def want(self, actor: Actor, group_id: str, *, notes: bool) -> Answered:
        """Keep that somebody wants no such notes from this server, or wants them again.

        Raises:
            NotFound: unless they have a seat.
        """
        async with self._desk.transaction() as work:
            answered = await self._answered(work, actor, group_id)
            await self.choose(work, answered.group.server_id, actor.user_id, notes=notes)
            return answered

    @staticmethod
    async def choose(work: Work, server_id: int, user_id: int, *, notes: bool) -> None:
        """Keep whether somebody wants such notes in a server."""
        keep = attendance_store.want_notes if notes else attendance_store.want_no_notes
        await keep(work, server_id, user_id)

    @staticmethod
    async def wanted(reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether somebody would be sent such a note in a server."""
        return not await attendance_store.no_notes(reads, server_id, user_id)

    async def _answered(self, reads: Reads, actor: Actor, group_id: str) -> Answered:
        parts = await self._signup.parts(reads, actor, group_id)
        if Part.MEMBER not in parts:
            raise NotFound
        require("missed.answer", parts)
        following = await store.next_of_group(reads, group_id, self._desk.now)
        group = await self._signup.group_by_id(reads, group_id)
        return Answered(group, following.starts_at if following is not None else None)

    async def _settled(self, work: Work, timer: Timer) -> None:
        meeting = await store.meeting(work, timer.subject)
        if meeting is None:
            return
        for user_id in await attendance_store.missed_twice(work, meeting):
            if await self._may(work, meeting, user_id) and await attendance_store.add_note(
                work, meeting, user_id, work.now
            ):
                await work.enqueue(
                    Intent(
                        key=f"meeting:{meeting.id}:missed:{user_id}",
                        kind="dm",
                        lane=Lane.COSMETIC,
                        server_id=meeting.server_id,
                        data={"user": user_id, "card": CARD, "meeting": meeting.id},
                        report=SENT,
                    )
                )

    async def _may(self, reads: Reads, meeting: Meeting, user_id: int) -> bool:
        """Return whether somebody may be written to. What stands higher than this pillar is asked last."""
        try:
            group = await self._signup.group_by_id(reads, meeting.group_id)
        except NotFound:
            return False
        if group.kind == "drop_in" or group.state != "open":
            return False
        if user_id not in await self._signup.seated_by(reads, group.id, meeting.starts_at):
            return False
        if not await self._signup.may_remind(reads, group.server_id, user_id):
            return False
        if await attendance_store.no_notes(reads, group.server_id, user_id):
            return False
        return not await self._around.has_open_concern(reads, group.server_id, user_id)

    async def _note(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        meeting, user_id = await store.meeting(reads, str(data["meeting"])), int(data["user"])
        if meeting is None or not await attendance_store.noted(reads, meeting.group_id, user_id):
            return None
        if not await self._may(reads, meeting, user_id):
            return None
        following = await store.next_of_group(reads, meeting.group_id, now)
        text = say("meeting-missed", next="none" if following is None else moment(following.starts_at, "F"))
        args = (meeting.group_id,)
        come = Button("missed.come", say("meeting-missed-come"), args, "main")
        others = Button("missed.others", say("meeting-missed-others"))
        leave = Button("group.leave", say("group-leave"), args)
        stop = Button("missed.stop", say("meeting-missed-stop"), args)
        return Card(text, ((come, others, leave), (stop, help_button())))

    async def _went(self, work: Work, fact: Fact) -> None:
        server_id, user_id = int(fact.data["server"]), int(fact.data["user"])
        await attendance_store.drop_note(work, str(fact.data["group"]), user_id)
        if not await self._signup.groups_of(work, server_id, user_id):
            await attendance_store.want_notes(work, server_id, user_id)


# Private answers.


def come_card(answered: Answered) -> Card:
    """Return the answer to *See you there*."""
    at = answered.next_at
    return Card(say("meeting-missed-came", next="none" if at is None else moment(at, "F")), ((help_button(),),))


def others_card() -> Card:
    """Return the answer to *Other groups*: the list is on the server."""
    return Card(say("meeting-missed-look"), ((help_button(),),))


def stopped_card(answered: Answered, *, notes: bool) -> Card:
    """Return the answer to *Don't send these*, with the way back."""
    if notes:
        return Card(say("meeting-missed-again"), ((help_button(),),))
    undo = Button("missed.again", say("meeting-missed-undo"), (answered.group.id,))
    return Card(say("meeting-missed-stopped"), ((undo, help_button()),))
