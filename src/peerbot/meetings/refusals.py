"""What Discord refuses in a room that is there: who can mend it is told, or who can say it in the bot's place."""

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Leased
from peerbot.meetings import store
from peerbot.meetings.notices import UNSAID, StaffNotices


class Refusals:
    """Hears of messages, and of changes of who may see a room and write in it, that Discord refuses."""

    def __init__(self, desk: Desk, staff: StaffNotices) -> None:
        """Tell staff through `staff`."""
        self._staff = staff
        desk.handlers.on_report(UNSAID, self._unsaid)
        desk.handlers.on_refusal("channel.everyone", self._everyone)
        desk.handlers.on_refusal("channel.person", self._person)

    async def _unsaid(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is not None and isinstance(result, Finish) and result.state == "failed":
            await self._staff.unsaid(work, meeting, result.reason)

    async def _everyone(self, work: Work, intent: Leased, code: int) -> None:
        _ = code
        await self._access(work, intent, "open" if intent.data["write"] else "lock")

    async def _person(self, work: Work, intent: Leased, code: int) -> None:
        _ = code
        if intent.data["access"] == "meetings.access":
            await self._access(work, intent, "people")

    async def _access(self, work: Work, intent: Leased, change: str) -> None:
        room = await store.room_of_channel(work, int(intent.data["channel"]))
        meeting = await store.meeting(work, room.meeting_id) if room is not None else None
        if meeting is not None:
            await self._staff.shut(work, meeting, change)
