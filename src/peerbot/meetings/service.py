"""Meetings: what people do in them, and what every higher pillar asks about their rooms."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Late, NotFound
from peerbot.engine.retention import Keeper, Kept
from peerbot.engine.texts import moment, say
from peerbot.engine.zones import zone
from peerbot.meetings import doors, notices, retention_store, rules, store
from peerbot.meetings.around import Around
from peerbot.meetings.attendance import away_store
from peerbot.meetings.attendance import store as attendance_store
from peerbot.meetings.attendance.away import Away
from peerbot.meetings.attendance.missed import Missed
from peerbot.meetings.attendance.service import Attendance
from peerbot.meetings.categories import Categories
from peerbot.meetings.checks import MeetingChecks
from peerbot.meetings.closing import Closing
from peerbot.meetings.cover import Cover
from peerbot.meetings.doors import Doors
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.console import Consoles
from peerbot.meetings.facilitating.helping import Helpers
from peerbot.meetings.facilitating.holding import Holding
from peerbot.meetings.facilitating.service import Facilitating
from peerbot.meetings.group_life import GroupLife
from peerbot.meetings.holds import store as hold_store
from peerbot.meetings.holds.service import Holds
from peerbot.meetings.leavers import Leavers
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.opening import Opening
from peerbot.meetings.practice import Practice
from peerbot.meetings.quiet import quiet_from
from peerbot.meetings.refusals import Refusals
from peerbot.meetings.reminders import Reminders
from peerbot.meetings.rules import (
    AWAY_KEPT_AFTER,
    KEPT_AFTER,
    LIMITS_KEPT_AFTER,
    LIVE,
    Coming,
    Meeting,
    Room,
    State,
    TakenOver,
)
from peerbot.meetings.seats import Seats
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series import zone_store
from peerbot.meetings.series.calendar import Dates, calendar_file
from peerbot.meetings.series.forecast import Channels, Forecasts
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.series.recurrence import Pause
from peerbot.meetings.series.timetable import Timetable
from peerbot.meetings.tasters import Tasters
from peerbot.meetings.times.service import RoomTimes
from peerbot.servers.service import Servers
from peerbot.signup.rules import Group
from peerbot.signup.service import Signup

_LISTED: Final = {"apologies": "kept-apologies", "not_seen": "kept-not-seen"}


class Meetings(Keeper):
    """Use cases around meetings.

    `planner` holds how a series comes to be, `timetable` how it changes, `times` when its rooms come and go.
    """

    items: ClassVar = retention_store.ITEMS

    def __init__(
        self, desk: Desk, servers: Servers, signup: Signup, channels: Channels, around: Around | None = None
    ) -> None:
        """Work at `desk`, and let every meeting's evening run by its timers.

        `channels` counts those of a server; `around` knows what stands higher than meetings.
        """
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self.checks = MeetingChecks(desk, channels)
        self.planner = Planner(desk, servers, signup, Forecasts(channels))
        self._group_life = GroupLife(desk, signup, self.planner)
        self.timetable = Timetable(desk, servers, signup, self.planner, self._group_life)
        self.practice = Practice(desk, servers, signup, self.planner)
        self.times = RoomTimes(desk, servers, signup, self.planner)
        staff = StaffNotices(servers, signup)
        self.around = around = around or Around()
        self._cover = Cover(desk, servers, signup, self.planner, staff, around)
        self.holds = Holds(desk, servers, around)
        categories = Categories(servers, around.guild)
        self._opening = Opening(desk, self.planner, Closing(desk, staff, self.holds), staff, self._cover, categories)
        self._seats = Seats(desk)
        self.holding = Holding(signup)
        self.consoles = Consoles(desk, self.holding, signup)
        self.facilitating = Facilitating(desk, self.holding, staff, around)
        self.doors = Doors(desk, self.holding, signup, self._seats, staff)
        self.helpers = Helpers(desk, servers, signup, self.holding, self._seats, staff, around)
        self.attendance = Attendance(desk, self.holding, signup)
        self.missed = Missed(desk, signup, around)
        self.away = Away(desk, signup)
        Refusals(desk, staff)
        Tasters(desk, signup)
        Reminders(desk, signup, self.planner)
        Leavers(desk, signup, self.planner, staff)

    async def quiet_from(self) -> datetime:
        """Return the next instant from which on no meeting is under way for an hour, in any server."""
        return quiet_from(await store.busy(self._desk.reads, self._desk.now), self._desk.now)

    # What people do.

    async def next_for(self, actor: Actor) -> Sequence[Coming]:
        """Return the next meeting, or the one in progress, of each of the person's groups, earliest first."""
        reads = self._desk.reads
        require("meeting.next", await self._servers.parts(reads, actor))
        found: list[Coming] = []
        for group in await self._signup.groups_of(reads, actor.here, actor.user_id):
            meeting = await store.now_of_group(reads, group.id, self._desk.now)
            meeting = meeting or await store.next_of_group(reads, group.id, self._desk.now)
            if meeting is not None and _takes_place(group, meeting):
                found.append(await self._coming(group.name, meeting, actor))
        return _earliest_first(found)

    async def coming_for(self, actor: Actor) -> Sequence[Coming]:
        """Return the meetings of all the person's groups in the next eight weeks, earliest first."""
        reads = self._desk.reads
        require("meeting.coming", await self._servers.parts(reads, actor))
        found: list[Coming] = []
        for group in await self._signup.groups_of(reads, actor.here, actor.user_id):
            found.extend(
                [
                    await self._coming(group.name, meeting, actor)
                    for meeting in await store.coming_of_group(reads, group.id, self._desk.now)
                    if _takes_place(group, meeting)
                ]
            )
        return _earliest_first(found)

    async def asked_again(self, actor: Actor) -> bool:
        """Return whether the person is asked to agree again to what has changed in a group of theirs."""
        return bool(await self._signup.agreeing.asked(actor))

    async def _coming(self, group_name: str, meeting: Meeting, actor: Actor) -> Coming:
        room = await store.room(self._desk.reads, meeting.id)
        if room is None or room.channel_id is None:
            return Coming(group_name, meeting, None)
        if actor.user_id in await self.facilitators(self._desk.reads, meeting):
            return Coming(group_name, meeting, room.channel_id)
        why_not = await doors.why_not(self._desk.reads, meeting.id, actor.user_id, self._desk.now)
        return Coming(group_name, meeting, None if why_not in {"out", "door"} else room.channel_id, why_not)

    async def calendar_for(self, actor: Actor) -> bytes | None:
        """Return a calendar file of the series of the person's groups here; None if they have none."""
        reads = self._desk.reads
        require("meeting.calendar", await self._servers.parts(reads, actor))
        groups = await self._signup.groups_of(reads, actor.here, actor.user_id)
        series: list[Dates] = []
        for group in groups:
            series += await self._calendar_of(reads, group)
        return calendar_file(series, say("calendar-title"), self._desk.now) if series else None

    async def _calendar_of(self, reads: Reads, group: Group) -> Sequence[Dates]:
        """Return a group's series for a calendar, those that ended lately too, so that a new file ends them there."""
        found: list[Dates] = []
        for one in await series_store.of_group(reads, group.id):
            moved, paused = await series_store.exceptions(reads, one.id)
            stops = await self._group_life.stops(reads, group, one)
            found.append(Dates(one.id, one.rule, one.revision, moved, [*paused, *stops]))
        for one, ended_at in await series_store.ended_of_group(reads, group.id):
            if ended_at > self._desk.now - KEPT_AFTER:
                moved, paused = await series_store.exceptions(reads, one.id)
                begun = await store.begun_dates(reads, one.id)
                day = ended_at.astimezone(zone(one.rule.zone)).date()
                # What had begun when it ended took place.
                ends = Pause(max((day, *(on + timedelta(days=1) for on in begun if on not in moved))))
                found.append(Dates(one.id, one.rule, one.revision, moved, [*paused, ends]))
        return found

    async def how_many_new(self, meeting: Meeting) -> int:
        """Return how many come to try a meeting: for its facilitators. It names nobody."""
        return await self._signup.tasting.expected(self._desk.reads, meeting.group_id)

    async def how_many_away(self, meeting: Meeting) -> int:
        """Return how many said that they will not come to a meeting: for its facilitators."""
        return await self.away.count(self._desk.reads, meeting)

    async def facilitator_here(self, actor: Actor, meeting_id: str, *, reduced: bool = False) -> Meeting:
        """Take note that a facilitator is in the room; it opens at its time, or at once if that has come.

        Without full cover nothing more happens until they choose `reduced`, or call it off: `Meeting.facilitator_at`
        is then None, and `lacks` says what is missing.

        Raises:
            NotFound: for somebody who has nothing to do with this meeting.
            NotAllowed: for a member.
            Late: if it is over or was called off.
        """
        async with self._desk.transaction() as work:
            meeting = await self._pressed(work, actor, meeting_id, "meeting.open")
            await self._opening.facilitator_there(work, meeting, actor.user_id, reduced=reduced)
            return await self._meeting(work, meeting_id)

    async def lacks(self, meeting: Meeting) -> tuple[str, ...]:
        """Return what full cover of a meeting lacks, by names; nothing if all is well."""
        return await self._cover.lacks(self._desk.reads, meeting, self._desk.now)

    async def propose_call_off(self, actor: Actor, meeting_id: str) -> tuple[Meeting, int]:
        """Return a meeting that a facilitator may call off, and how many members are expected. Nothing is changed.

        Raises:
            NotFound: for somebody who has nothing to do with this meeting.
            NotAllowed: for a member.
            Late: if it has opened, is over or was called off.
        """
        async with self._desk.transaction(quiet=True) as work:
            meeting = await self._not_open(work, actor, meeting_id)
            members = await self._signup.members(work, meeting.group_id)
            return meeting, len(members) - len({*members} & await away_store.people(work, meeting.id))

    async def call_off(self, actor: Actor, meeting_id: str) -> Meeting:
        """Call a meeting off before it opens. Its members are told in the room, the coordinators in the staff channel.

        Raises:
            NotFound: for somebody who has nothing to do with this meeting.
            NotAllowed: for a member.
            Late: if it has opened, is over or was called off.
        """
        async with self._desk.transaction() as work:
            meeting = await self._not_open(work, actor, meeting_id)
            await self._opening.call_off(work, meeting)
            return meeting

    async def take_over(self, actor: Actor, meeting_id: str) -> TakenOver:
        """Make a facilitator of the server the facilitator of this one meeting, if nobody is there yet.

        Who then holds it alone chooses first whether it opens with reduced cover.

        Raises:
            NotAllowed: for somebody who facilitates no group of this server and backs none up, or whom the team keeps
                out of this one.
            NotFound: if there is no such meeting here, or others were not asked to take it over.
            Late: if it is over or was called off.
        """
        async with self._desk.transaction() as work:
            may = {*await self._servers.team(work, actor.here, "facilitator")}
            backed = await store.meeting(work, meeting_id)
            if backed is not None and backed.server_id == actor.here:
                may |= {*await self._signup.backups(work, backed.group_id)}
            require("meeting.take-over", {Part.FACILITATOR} if actor.user_id in may else set())
            meeting = await self._meeting(work, meeting_id)
            mine = actor.user_id in await self.facilitators(work, meeting)
            # Before it is asked, a room of another group is as closed to facilitators as to everybody.
            if meeting.server_id != actor.here or not (mine or await notices.asked_to_take_over(work, meeting)):
                raise NotFound
            if meeting.state not in LIVE:
                raise Late(text="meeting-over")
            room = await store.room(work, meeting.id)
            channel_id = room.channel_id if room is not None else None
            if not rules.nobody_there(meeting):
                return TakenOver(meeting, channel_id if mine else None)
            if not mine:
                await self.holding.let_help(work, meeting, actor.user_id)
            await store.add_stand_in(work, meeting, actor.user_id, work.now)
            await self._seats.let_in(work, meeting, actor.user_id)
            lacks = await self._opening.facilitator_there(work, meeting, actor.user_id)
            return TakenOver(meeting, channel_id, lacks)

    async def here(self, actor: Actor, meeting_id: str) -> bool:
        """Take note that somebody is in the room. Returns whether they come late, and missed the opening.

        Raises:
            NotFound: for somebody who has nothing to do with this meeting.
            Late: if it is over or was called off.
        """
        async with self._desk.transaction() as work:
            meeting = await self._pressed(work, actor, meeting_id, "meeting.here")
            await self.doors.not_too_late(work, meeting, actor.user_id)
            await store.add_present(work, meeting, actor.user_id, work.now)
            await away_store.remove(work, meeting.id, actor.user_id)
            return rules.late(meeting, work.now)

    # What higher pillars and the program ask.

    async def recompute_if_zone_data_changed(self) -> int:
        """At start: compute meetings to come again if the zone data is another. Returns how many moved."""
        return await self.planner.recompute_if_zone_data_changed()

    async def extend(self) -> None:
        """Each night: plan every series eight weeks ahead."""
        await self.planner.extend()

    async def rooms_standing(self, reads: Reads, server_id: int) -> Sequence[Room]:
        """Return the rooms of a server that are there."""
        return await store.rooms_standing(reads, server_id)

    async def room_of_channel(self, reads: Reads, channel_id: int) -> Room | None:
        """Return the room that a channel is; its state is `deleted` once it is gone."""
        return await store.room_of_channel(reads, channel_id)

    async def live_room_for(self, reads: Reads, server_id: int, user_id: int) -> Room | None:
        """Return the room of a meeting in progress in which somebody is a member or facilitator."""
        rooms = await store.open_rooms(reads, server_id)
        if not rooms:
            return None
        # Asked while somebody waits for help: the same few queries, however many rooms there are.
        groups = {group.id for group in await self._signup.groups_of(reads, server_id, user_id)}
        taken_over = await store.taken_over_by(reads, user_id)
        return next((room for room in rooms if room.group_id in groups or room.meeting_id in taken_over), None)

    async def facilitators(self, reads: Reads, meeting: Meeting | Room) -> tuple[int, ...]:
        """Return who facilitates this one meeting: those of its group, and who took it over."""
        meeting_id = meeting.id if isinstance(meeting, Meeting) else meeting.meeting_id
        own = await self._signup.facilitators(reads, meeting.group_id)
        return tuple(dict.fromkeys((*own, *await store.stand_ins(reads, meeting_id))))

    async def ends_at(self, reads: Reads, room: Room) -> datetime | None:
        """Return when the meeting of a room ends, as things stand now."""
        meeting = await store.meeting(reads, room.meeting_id)
        return meeting.ends_at if meeting is not None else None

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return what is kept about a person: when they were there, took over, will not come; their zone."""
        kept = {
            "kept-attendance": await store.attended(reads, user_id),
            "kept-stand-in": await store.stood_in(reads, user_id),
            "kept-hold": await hold_store.of_person(reads, user_id),
        }
        away = await away_store.of_person(reads, user_id)
        zones = await zone_store.kept(reads, user_id)
        limits = await facilitating_store.limits_of_person(reads, user_id)
        notes, no_notes = await attendance_store.notes_of_person(reads, user_id)
        return [
            *(
                Kept(item, seen.server_id, {"at": moment(seen.at)}, seen.at + KEPT_AFTER)
                for item, times in kept.items()
                for seen in times
            ),
            *(Kept("kept-zone", server_id, {"zone": name}) for server_id, name in zones),
            *(Kept("kept-away", seen.server_id, {"at": moment(seen.at)}, seen.at + AWAY_KEPT_AFTER) for seen in away),
            *(
                Kept(_LISTED[state], seen.server_id, {"at": moment(seen.at)}, seen.at + KEPT_AFTER)
                for state, seen in await attendance_store.listed(reads, user_id)
            ),
            *(Kept("kept-missed-note", seen.server_id, {"at": moment(seen.at)}) for seen in notes),
            *(Kept("kept-no-missed-note", server_id) for server_id in no_notes),
            *(Kept("kept-room-limit", m.server_id, {"at": moment(m.at)}, m.at + LIMITS_KEPT_AFTER) for m in limits),
        ]

    async def leaves(self, work: Work, server_id: int, user_id: int) -> None:
        """Put somebody out of the rooms of meetings that they took over; the other rooms follow the end of seats."""
        await zone_store.forget(work, server_id, user_id)
        await self._seats.leave_team(work, server_id, user_id)

    async def before_forgetting(self, work: Work) -> None:
        """Keep the numbers of who came to each group, before it is forgotten who they were."""
        await attendance_store.keep_totals(work, work.now - KEPT_AFTER)

    async def _pressed(self, work: Work, actor: Actor, meeting_id: str, action: str) -> Meeting:
        meeting = await self._meeting(work, meeting_id)
        parts = await self._signup.parts(work, actor, meeting.group_id)
        if actor.user_id in await store.stand_ins(work, meeting.id):
            parts.add(Part.FACILITATOR)
        if parts.isdisjoint({Part.MEMBER, Part.FACILITATOR}):
            raise NotFound
        require(action, parts)
        if meeting.state not in LIVE:
            raise Late(text="meeting-over")
        return meeting

    async def _not_open(self, work: Work, actor: Actor, meeting_id: str) -> Meeting:
        meeting = await self._pressed(work, actor, meeting_id, "meeting.call-off")
        if meeting.state is not State.LOBBY:
            raise Late(text="meeting-open-already")
        return meeting

    @staticmethod
    async def _meeting(work: Work, meeting_id: str) -> Meeting:
        meeting = await store.meeting(work, meeting_id)
        if meeting is None:
            raise NotFound
        return meeting


def _takes_place(group: Group, meeting: Meeting) -> bool:
    """Return whether a meeting's group will meet then: one that rests, or will have ended, does not."""
    if meeting.state in LIVE:
        return True
    return group.state == "open" and (group.ends_at is None or meeting.starts_at < group.ends_at)


def _earliest_first(found: Sequence[Coming]) -> Sequence[Coming]:
    return sorted(found, key=lambda coming: (coming.meeting.starts_at, coming.group_name))
