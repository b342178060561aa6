"""What becomes of a group's series when the group changes or ends, and when its records go."""

from typing import Final

from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import NotFound
from peerbot.engine.facts import Fact
from peerbot.meetings import series_store, times_store
from peerbot.meetings.planner import Planner
from peerbot.signup.service import Signup

CHANGED: Final = "group.changed"
FORGOTTEN: Final = "group.forgotten"


class GroupEnds:
    """Follows what *signup* tells of groups. A room that is there stays until it is deleted as promised."""

    def __init__(self, desk: Desk, signup: Signup, planner: Planner) -> None:
        """Act on the facts."""
        self._signup = signup
        self._planner = planner
        desk.handlers.on_fact(CHANGED, self._changed)
        desk.handlers.on_fact(FORGOTTEN, self._forgotten)

    async def _changed(self, work: Work, fact: Fact) -> None:
        try:
            group = await self._signup.group_by_id(work, str(fact.data["group"]))
        except NotFound:
            return
        await series_store.group_changed(work, group.id)
        if group.state == "archived":
            for series in await series_store.of_group(work, group.id):
                await series_store.end(work, series.id, work.now)
                await self._planner.drop(work, series)

    @staticmethod
    async def _forgotten(work: Work, fact: Fact) -> None:
        group_id = str(fact.data["group"])
        await series_store.forget_group(work, group_id)
        await times_store.forget(work, group_id)
