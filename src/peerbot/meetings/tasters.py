"""What a meeting means for people who came to try it."""

from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.meetings import store
from peerbot.signup.service import Signup


class Tasters:
    """Tells *signup* that a meeting took place, so that those who tried it are asked."""

    def __init__(self, desk: Desk, signup: Signup) -> None:
        """Listen for meetings that are over."""
        self._signup = signup
        desk.handlers.on_fact("meeting.locked", self._over)

    async def _over(self, work: Work, fact: Fact) -> None:
        meeting = await store.meeting(work, str(fact.data["meeting"]))
        if meeting is not None:
            await self._signup.tasting.took_place(work, meeting.group_id, meeting.starts_at)
