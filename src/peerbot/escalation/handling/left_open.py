"""What is left open is asked about each day, quietly: by whoever has it, or by all, if nobody needs it any more."""

from datetime import timedelta
from typing import Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.escalation import store
from peerbot.escalation.rules import State
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern

ASKED_EVERY: Final = timedelta(days=1)
_DUE: Final = "concern.left_open"
_ASKED: Final = "escalation.left_open_asked"


class LeftOpen:
    """Watches what somebody looks after, and what its raiser took back, until a human closes it."""

    def __init__(self, desk: Desk, staff: StaffChannel) -> None:
        """Tell the team through `staff`."""
        self._staff = staff
        desk.handlers.on_timer(_DUE, self._due)
        desk.handlers.on_report(_ASKED, self._asked)

    async def watch(self, work: Work, concern: Concern) -> None:
        """Something has just been done, or is to be: ask a day from now."""
        await work.set_timer(_DUE, concern.id, work.now + ASKED_EVERY, concern.server_id)

    async def _due(self, work: Work, timer: Timer) -> None:
        concern = await store.load(work, timer.subject)
        if concern is None or concern.state is State.CLOSED:
            return
        if concern.withdrawn_at is not None:
            await self._staff.post(work, concern, "escalation.withdrawn")
        elif concern.state is State.IN_HAND:
            await self._ask(work, concern)
        else:
            return  # Whoever took it is asked much sooner, and what nobody has pages on.
        await self.watch(work, concern)

    @staticmethod
    async def _ask(work: Work, concern: Concern) -> None:
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:left_open:{new_id()}",
                kind="dm",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={"user": concern.taken_by, "card": "escalation.left_open", "concern": concern.id},
                report=_ASKED,
            )
        )

    async def _asked(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Whom no message reaches is asked where the team reads it."""
        concern = await store.load(work, str(intent.data["concern"]))
        if concern is not None and isinstance(result, Finish) and result.state == "failed":
            await self._staff.post(work, concern, "escalation.left_open")
