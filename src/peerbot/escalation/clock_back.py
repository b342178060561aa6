"""The host's clock was set back: nobody waits the longer for an answer."""

from datetime import timedelta
from typing import Final

from peerbot.engine import timers
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.set_back import SET_BACK
from peerbot.escalation import store
from peerbot.escalation.limits import store as limit_store
from peerbot.escalation.sign_offs import store as sign_off_store

_BY_THE_CALENDAR: Final = ("concern.shift", "concern.next_day", "concern.look_in")


class ClockBack:
    """Moves the deadlines of concerns back with the clock."""

    def __init__(self, desk: Desk) -> None:
        """Listen for it."""
        desk.handlers.on_fact(SET_BACK, self._set_back)

    @staticmethod
    async def _set_back(work: Work, fact: Fact) -> None:
        by = timedelta(seconds=int(fact.data["seconds"]))
        for kinds in ("concern.%", "lead-list.%"):
            await timers.earlier(work, kinds, _BY_THE_CALENDAR, by)
        await store.move_back(work, by, work.now)
        await sign_off_store.move_back(work, by)
        await limit_store.move_back(work, by)
