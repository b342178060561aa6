"""Escalation as the cogs and the app see it: its use cases together, what it keeps, and what it forgets."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final

from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.ports import Alerts, AllThere, Channels, NoAlerts, SharedServers
from peerbot.engine.retention import Keeper, Kept
from peerbot.escalation import crisis, retention_store, store
from peerbot.escalation.aftercare import next_day_store
from peerbot.escalation.aftercare.postvention import Postvention
from peerbot.escalation.aftercare.reviews import Reviews
from peerbot.escalation.aftercare.service import Aftercare
from peerbot.escalation.answer_times import AnswerTimes
from peerbot.escalation.checks import EscalationChecks
from peerbot.escalation.clock_back import ClockBack
from peerbot.escalation.drill import store as drill_store
from peerbot.escalation.drill.service import Drilling
from peerbot.escalation.gone import Gone
from peerbot.escalation.handling import acts_store, hand_over_store, note_store
from peerbot.escalation.handling.acknowledged import Acknowledged
from peerbot.escalation.handling.actions import Actions
from peerbot.escalation.handling.closing import Closings
from peerbot.escalation.handling.hand_overs import HandOvers
from peerbot.escalation.handling.left_open import LeftOpen
from peerbot.escalation.handling.levels import Levels
from peerbot.escalation.handling.service import Handling
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.limits.lead_list import LeadList
from peerbot.escalation.limits.service import Limits
from peerbot.escalation.paging import Paging
from peerbot.escalation.raising.news import News
from peerbot.escalation.raising.raiser_cards import Meanwhile
from peerbot.escalation.raising.rules import GIVEN_UP_AFTER
from peerbot.escalation.raising.service import NotPassedOn, Raising, truthfully
from peerbot.escalation.retention_store import RECORD_KEPT, ROTA_KEPT
from peerbot.escalation.rooms import look_in_store, side_store
from peerbot.escalation.rooms.kept_rooms import KeptRooms
from peerbot.escalation.rooms.look_ins import LookIns
from peerbot.escalation.rota import cover, duty_store
from peerbot.escalation.rota import kept as rota_kept
from peerbot.escalation.rota.cover import Cover, TeamCover
from peerbot.escalation.rota.notices import RotaNotices
from peerbot.escalation.rota.roster import Roster
from peerbot.escalation.rota.rostering import Rostering
from peerbot.escalation.rota.swapping import Swapping
from peerbot.escalation.rota.weekly_shifts import WeeklyShifts
from peerbot.escalation.rules import State
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.service import SignOffs
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.ways import store as ways_store
from peerbot.escalation.ways.opening import Opening
from peerbot.escalation.ways.proving import Proving
from peerbot.escalation.ways.sight import Sight, Ways
from peerbot.escalation.ways.team_watch import TeamWatch
from peerbot.meetings.around import Tie
from peerbot.meetings.service import Meetings
from peerbot.servers.service import Servers
from peerbot.signup.service import Signup

_LONGEST_FOR_A_FORM: Final = 1.0
"""Seconds: Discord opens no form later than three after it was asked for (rule P3)."""


class Escalation(Keeper):
    """`raising` is the raiser's side, `handling` the team's; pages and news follow by themselves.

    The rota: `rostering`, `weekly_shifts` and `swapping` are what teammates do, `roster` what happens by itself.
    """

    items: ClassVar = retention_store.ITEMS

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        signup: Signup,
        meetings: Meetings,
        shared: SharedServers,
        alerts: Alerts | None = None,
        channels: Channels | None = None,
    ) -> None:
        """Put the parts together."""
        alerts = alerts or NoAlerts()
        self._desk = desk
        self._servers = servers
        self._shared = shared
        staff = StaffChannel(desk, servers, shared, alerts)
        news = News(desk, servers, staff)
        sight = Sight(desk, servers)
        paging = Paging(desk, servers, signup, meetings, news, staff, Ways(alerts, sight))
        self._opening = Opening(desk, servers)
        self.proving = Proving(desk, servers, Ways(alerts, sight))
        channels = channels or AllThere()
        self.watch = TeamWatch(desk, servers, sight, staff, channels)
        self.checks = EscalationChecks(desk, servers, self.proving, alerts)
        leads = LeadList(desk, servers, shared)
        acknowledged = Acknowledged(desk, paging, news, leads, LeftOpen(desk, staff))
        self.limits = Limits(desk, servers, Theirs(servers, paging), leads)
        ClockBack(desk)
        self._rooms = KeptRooms(desk, servers, staff)
        self._cover = TeamCover(desk, servers, meetings)
        self.drilling = Drilling(desk, servers, paging, staff)
        self.raising = Raising(desk, servers, meetings, acknowledged, news, staff, self.limits)
        self.answer_times = AnswerTimes(desk, servers)
        theirs = Theirs(servers, paging)
        self.sign_offs = SignOffs(desk, servers, shared, theirs, staff)
        self.levels = Levels(desk, theirs, paging, acknowledged, news, self.sign_offs, staff)
        self.actions = Actions(desk, theirs, acknowledged, news, self.sign_offs, staff)
        self.hand_overs = HandOvers(desk, servers, theirs, paging, staff)
        self.look_ins = LookIns(desk, signup, meetings, theirs, self.sign_offs)
        self.postvention = Postvention(desk, servers)
        self.aftercare = Aftercare(desk, servers, theirs, staff)
        self.reviews = Reviews(desk, servers, self.aftercare, self.sign_offs)
        self.closings = Closings(desk, theirs, paging, news, self.sign_offs)
        self.closings.on_closed(self.hand_overs.closed)
        self.closings.on_closed(self.look_ins.closed)
        self.closings.on_closed(self.aftercare.closed)
        self.handling = Handling(desk, servers, paging, acknowledged, news, staff, self.hand_overs)
        self.roster = Roster(desk, servers, RotaNotices(desk, servers))
        self._gone = Gone(desk, servers, acknowledged, staff, news, self.look_ins, self.roster)
        self.rostering = Rostering(desk, servers, self.roster)
        self.weekly_shifts = WeeklyShifts(desk, servers, self.roster)
        self.swapping = Swapping(desk, servers, self.roster)

    async def teams_for(self, user_id: int) -> Sequence[tuple[int, str]]:
        """Return (id, name) of every server that is set up and has this person: whose team could help.

        Raises:
            NotPassedOn: if Discord or the database cannot say.
        """
        async with truthfully(crisis.ELSEWHERE):
            shared = dict(await self._shared.shared_with(user_id))
            return [(server.id, shared[server.id]) for server in await self._servers.among(list(shared))]

    async def whose_team(self, server_id: int | None, user_id: int) -> tuple[int | None, Cover | None]:
        """Return which server's team could help, and what is true of it, for the card that is shown already.

        In a direct message it is the one team there is; (None, None) leaves the card as it is, to choose among several.
        """
        if server_id is None:
            try:
                teams = await self.teams_for(user_id)
            except NotPassedOn:
                return None, Cover(known=False)
            if len(teams) != 1:
                return None, None if teams else Cover(set_up=False)
            server_id = teams[0][0]
        return server_id, await self._cover.for_person(server_id, user_id)

    async def cover_for_form(self, actor: Actor) -> Cover:
        """Return what is true of the team, for a form: that has to open within seconds, so it waits for one at most."""
        try:
            async with asyncio.timeout(_LONGEST_FOR_A_FORM):
                return await self._cover.for_person(actor.here, actor.user_id)
        except TimeoutError:
            return Cover(known=False)

    def meanwhile(self, server_id: int) -> Meanwhile:
        """Return whom a raiser can turn to outside a server's team: from memory, whatever fails."""
        return Meanwhile(self._servers.country(server_id), self._servers.outside(server_id), self._desk.now)

    async def cover_now(self, actor: Actor) -> Cover:
        """Return whether somebody is on duty in this server, and the next covered time."""
        require("oncall.now", await self._servers.parts(self._desk.reads, actor))
        return await self._cover.now(actor.here, actor.user_id)

    async def second_line(self, reads: Reads, server_id: int, at: datetime, without: Collection[int]) -> bool:
        """Return whether a lead or deputy other than the people `without` can be paged at an instant."""
        return await cover.second_line(reads, self._servers, server_id, at, self._desk.now, without)

    async def side_rooms(self, reads: Reads, server_id: int) -> Sequence[tuple[str, int]]:
        """Return (concern, channel) of every side room that is there."""
        return await side_store.side_rooms(reads, server_id)

    async def has_open_concern(self, reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether a concern is open that somebody raised, or that is about them."""
        return await store.has_open(reads, server_id, user_id)

    async def urgent_in_room(self, reads: Reads, channel_id: int) -> Tie | None:
        """Return what ties a room whose deletion is due; None if nothing urgent from it is open."""
        return await self._rooms.tie(reads, channel_id)

    async def leaves(self, work: Work, server_id: int, user_id: int) -> None:
        """Pass on what somebody had, and forget them in all that is closed: see `Gone`."""
        await self._gone.leaves(work, server_id, user_id)

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return what is kept of a person as raiser or teammate.

        What others raised about them is the lead's to tell: it would show that somebody did.
        """
        kept: list[Kept] = []
        for concern in await store.raised_by(reads, user_id):
            if concern.raiser_id != user_id:
                continue
            until = concern.closed_at + GIVEN_UP_AFTER if concern.closed_at else None
            item = "kept-concern-closed" if concern.state is State.CLOSED else "kept-concern-open"
            kept.append(Kept(item, concern.server_id, {"number": concern.number}, until))
        kept.extend(await rota_kept.about(reads, user_id))
        kept.extend(
            Kept("kept-acts", server_id, {"times": times}, last + RECORD_KEPT)
            for server_id, times, last in await acts_store.acts_of(reads, user_id)
        )
        kept.extend(
            Kept("kept-drill", server_id, {}, began + RECORD_KEPT)
            for server_id, began in await drill_store.started_by(reads, user_id)
        )
        kept.extend(
            Kept("kept-proof", server_id, {}, last + ROTA_KEPT)
            for server_id, last in await ways_store.last_proofs(reads, user_id)
        )
        kept.extend(
            Kept("kept-sign-offs", server_id, {"times": times}, last + RECORD_KEPT)
            for server_id, times, last in await sign_off_store.of_person(reads, user_id)
        )
        kept.extend(
            Kept("kept-notes", server_id, {"times": times}, None)
            for server_id, times in await note_store.of_person(reads, user_id)
        )
        kept.extend(
            Kept("kept-look-in", server_id, {}, last + RECORD_KEPT)
            for server_id, last in await look_in_store.of_person(reads, user_id)
        )
        kept.extend(
            Kept("kept-hand-over", server_id, {}, None) for server_id in await hand_over_store.of_person(reads, user_id)
        )
        kept.extend(
            Kept("kept-test-page", server_id, {}, last + ROTA_KEPT)
            for server_id, last in await ways_store.last_tests(reads, user_id)
        )
        kept.extend(
            Kept("kept-sight", server_id, {}, last + ROTA_KEPT)
            for server_id, last in await ways_store.last_looks(reads, user_id)
        )
        kept.extend(
            Kept("kept-silence", server_id, {}, None) for server_id, _ in await silence.of_person(reads, user_id)
        )
        kept.extend(
            Kept("kept-next-day", each.server_id, {}, each.due_at + GIVEN_UP_AFTER / 2)
            for each in await next_day_store.of_person(reads, user_id)
        )
        answered = await store.dm_answered(reads, user_id)
        if answered is not None:
            kept.append(Kept("kept-dm-answer", None, {}, answered + timedelta(days=1)))
        paged = await duty_store.last_paged(reads, user_id)
        if paged is not None:
            kept.append(Kept("kept-pages", None, {}, paged + RECORD_KEPT))
        return [*kept, *await self.limits.kept_about(reads, user_id)]
