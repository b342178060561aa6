"""Who leaves the team has no concern any more, and reads no side room: what is promised must stay true."""

from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.escalation import rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.raising.news import News
from peerbot.escalation.rooms.look_ins import LookIns
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.rules import State
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers


class Gone:
    """What follows for concerns when somebody is no longer of the team: taken out of it, or banned."""

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        acknowledged: Acknowledged,
        staff: StaffChannel,
        news: News,
        look_ins: LookIns,
    ) -> None:
        """Pass on through `acknowledged`, or tell `staff`; let people out of the rooms of `news`, and of `look_ins`."""
        self._servers = servers
        self._acknowledged = acknowledged
        self._staff = staff
        self._news = news
        self._look_ins = look_ins
        for fact in ("duty.ended", "part.ended", "facilitator.ended"):
            desk.handlers.on_fact(fact, self._left)

    async def _left(self, work: Work, fact: Fact) -> None:
        server_id, user_id = int(fact.data["server"]), int(fact.data["user"])
        if user_id in await self._servers.team(work, server_id, *ON_CALL):
            return
        # Nobody's second yes counts for somebody who may not ask any more, least of all to read a room.
        await sign_off_store.drop_of(work, server_id, user_id, work.now)
        await self._look_ins.gone(work, server_id, user_id)
        for concern in await store.with_them(work, server_id, user_id):
            if await self._holds_its_meeting(work, concern, user_id):
                continue
            if user_id in concern.side_people:
                await self._news.rooms.leave(work, concern, user_id)
            if concern.taken_by == user_id and concern.state not in {State.CLOSED, *rules.WAITING}:
                await self._had_it(work, concern)

    async def _had_it(self, work: Work, concern: Concern) -> None:
        """Others are asked; about what nobody needs any more they hear, without a page, that it is to be closed."""
        if concern.withdrawn_at is None:
            await self._acknowledged.gone(work, concern)
            return
        await store.change(work, concern.id, state=State.OPEN.value, taken_by=None)
        await acts_store.note_act(work, concern, "passed_on", None, work.now)
        await self._staff.post(work, concern, "escalation.withdrawn")
        await self._acknowledged.left_open.watch(work, concern)

    async def _holds_its_meeting(self, work: Work, concern: Concern, user_id: int) -> bool:
        """Return whether somebody was asked as facilitator of the meeting it came from, and holds that still."""
        facilitators = await self._acknowledged.paging.facilitators(work, concern)
        return user_id in facilitators and await duty_store.was_paged(work, concern.id, user_id)
