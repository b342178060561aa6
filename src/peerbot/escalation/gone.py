"""Who leaves the team has no concern any more, and reads no side room: what is promised must stay true."""

from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.escalation import gone_store, rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.paging import HANDED_ENDS
from peerbot.escalation.raising.news import News
from peerbot.escalation.rooms.look_ins import LookIns
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rota import kept as rota_kept
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.rota.roster import Roster
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
        roster: Roster,
    ) -> None:
        """Pass on through `acknowledged`, or tell `staff`; let people out of the rooms of `news`, and of `look_ins`.

        Take them out of the rota with `roster`.
        """
        self._roster = roster
        self._servers = servers
        self._acknowledged = acknowledged
        self._staff = staff
        self._news = news
        self._look_ins = look_ins
        for fact in ("duty.ended", "part.ended", "facilitator.ended"):
            desk.handlers.on_fact(fact, self._left)

    async def _left(self, work: Work, fact: Fact) -> None:
        await self._left_team(work, int(fact.data["server"]), int(fact.data["user"]))

    async def leaves(self, work: Work, server_id: int, user_id: int) -> None:
        """Let go of somebody altogether: of what they had, of their times in the rota, of what is closed already.

        A concern that is open stays whole, whoever they are to it: somebody is to be looked after.
        """
        await self._left_team(work, server_id, user_id)
        if any(kept.server_id == server_id for kept in await rota_kept.about(work, user_id)):
            await self._roster.leave(work, server_id, user_id)
        for concern_id in await gone_store.offered_to(work, server_id, user_id):
            # The giver hears at once that it stays with them.
            await work.set_timer(HANDED_ENDS, concern_id, work.now, server_id)
        for concern_id in await gone_store.closed_of(work, server_id, user_id):
            concern = await store.load(work, concern_id)
            if concern is not None and concern.raiser_id == user_id:
                await self._news.forget(work, concern)
            if concern is not None and concern.about_other == user_id:
                await store.change(work, concern.id, subject_id=None, sealed=1)

    async def _left_team(self, work: Work, server_id: int, user_id: int) -> None:
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
