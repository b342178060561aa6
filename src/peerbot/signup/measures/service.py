"""Pausing somebody's access to a group, ending their membership, and the way back."""

from datetime import timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.confirming import store as confirm_store
from peerbot.signup.measures import standing_store
from peerbot.signup.measures import store as measure_store
from peerbot.signup.measures.rules import LONGEST_PAUSE, Kind, Measure
from peerbot.signup.rules import Group
from peerbot.signup.seating import Seating
from peerbot.signup.staff import SecondPerson
from peerbot.signup.waitlist import store as waitlist_store

_LAPSES: Final = "measure.lapses"
_ENDS: Final = "measure.ends"
"""Timers; their subject is the measure."""
PAUSED: Final = "access.paused"
RESTORED: Final = "access.restored"
ENDED: Final = "access.ended"
"""Facts: a person's access to the rooms of a group has gone, is back, or has gone with their membership."""


class Measures:
    """Use cases of the two people who decide, and what comes of it by itself."""

    def __init__(self, desk: Desk, servers: Servers, seating: Seating) -> None:
        """Work at `desk`; `seating` takes seats back."""
        self._desk = desk
        self._servers = servers
        self._seating = seating
        self._second = SecondPerson(servers)
        desk.handlers.on_timer(_LAPSES, self._lapsed)
        desk.handlers.on_timer(_ENDS, self._over)

    async def propose(self, actor: Actor, group_id: str, user_id: int, kind: Kind, days: int = 0) -> Measure:
        """Propose a pause of so many days, or the end of a membership. Doing it twice changes nothing.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
            Invalid: about oneself; for somebody who is not in the group; for a pause without a sensible number of days;
                and where something else is proposed or stands already.
        """
        async with self._desk.transaction() as work:
            require(f"member.{kind}", await self._servers.parts(work, actor))
            group = await self._group(work, actor, group_id)
            found = await measure_store.of_person_in(work, group.id, user_id)
            if found is not None and found.proposed and found.kind == kind:
                return found
            await self._refuse_nonsense(work, actor, group, user_id, kind, days)
            if found is not None:
                raise Invalid(text="staff-member-there")
            until = work.now + timedelta(days=days) if kind == "pause" else None
            measure = Measure(new_id(), group, user_id, kind, actor.user_id, work.now, None, until, None)
            await measure_store.add(work, measure)
            await work.set_timer(_LAPSES, measure.id, measure.lapses_at, group.server_id)
            await self._second.ask(work, measure)
            await self._servers.acted(work, actor, f"{kind}-proposed")
            return measure

    async def open(self, actor: Actor, measure_id: str) -> Measure:
        """Return what waits for a second person, to one who may be it, and to who proposed it.

        Raises:
            NotAllowed: unless the person may confirm pauses or ends.
            NotFound: if there is no such measure here, or it is about this person.
            Late: if it waits no more.
        """
        measure = await self._decided_by(self._desk.reads, actor, measure_id, "member.decide")
        await self._require_second(self._desk.reads, actor, measure)
        if not measure.proposed:
            raise Late(text="staff-member-over")
        return measure

    async def confirm(self, actor: Actor, measure_id: str) -> Measure:
        """Let it stand: access ends at once, in a meeting too. Doing it twice changes nothing.

        Raises:
            NotAllowed: unless the person may confirm such a thing.
            NotFound: if there is no such measure here, or it is about this person.
            Invalid: for the person who proposed it.
            Late: if it lapsed or was taken back.
        """
        async with self._desk.transaction() as work:
            measure = await self._decided_by(work, actor, measure_id, "member.decide")
            require(f"member.{measure.kind}-confirm", await self._servers.parts(work, actor))
            if measure.stands:
                return measure
            if measure.proposed_by == actor.user_id:
                raise Invalid(text="staff-member-second")
            if work.now >= measure.too_late or not await measure_store.confirm(
                work, measure.id, actor.user_id, work.now
            ):
                raise Late(text="staff-member-over")
            await work.cancel_timer(_LAPSES, measure.id)
            await self._begin(work, measure)
            await self._servers.acted(work, actor, f"{measure.kind}-confirmed")
            return await self._loaded(work, measure.id)

    async def decline(self, actor: Actor, measure_id: str) -> Measure:
        """Let a proposal be none: by who would be the second person, or by who made it.

        Raises:
            NotAllowed: unless the person may confirm pauses or ends.
            NotFound: if there is no such measure here, or it is about this person.
            Late: if it stands already.
        """
        async with self._desk.transaction() as work:
            measure = await self._decided_by(work, actor, measure_id, "member.decide")
            await self._require_second(work, actor, measure)
            if measure.stands:
                raise Late(text="staff-member-over")
            if await measure_store.end(work, measure.id, work.now):
                await work.cancel_timer(_LAPSES, measure.id)
                await self._servers.acted(work, actor, f"{measure.kind}-declined")
            return measure

    async def find(self, actor: Actor, group_id: str, user_id: int) -> Measure:
        """Return what is proposed or stands about somebody in a group: shown before it is taken back.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or nothing about that person.
        """
        reads = self._desk.reads
        require("member.restore", await self._servers.parts(reads, actor))
        group = await self._group(reads, actor, group_id)
        measure = await measure_store.of_person_in(reads, group.id, user_id)
        if measure is None:
            gone = await standing_store.number(reads, group.server_id, user_id)
            measure = await measure_store.of_person_in(reads, group.id, gone)
        if measure is None or measure.user_id == actor.user_id:
            raise NotFound(text="staff-member-none")
        return measure

    async def restore(self, actor: Actor, measure_id: str) -> Measure:
        """Take back what is proposed or stands. Doing it twice changes nothing.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such measure here, or it is about this person.
        """
        async with self._desk.transaction() as work:
            measure = await self._decided_by(work, actor, measure_id, "member.restore")
            if measure.over_at is None:
                await self._end(work, measure)
                await self._servers.acted(work, actor, "access-restored")
            return measure

    async def refuse_ended(self, reads: Reads, group: Group, user_id: int) -> None:
        """Do nothing if somebody's membership of a group was not ended.

        Raises:
            NotAllowed: if it was. Said to them alone, with whom they can ask.
        """
        if await self._ended(reads, group, user_id):
            raise NotAllowed(text="join-ended", lead=await self._servers.appeal(reads, group.server_id))

    @staticmethod
    async def _ended(reads: Reads, group: Group, user_id: int) -> bool:
        number = await standing_store.number(reads, group.server_id, user_id)
        return any([await measure_store.ended(reads, group.id, each) for each in (user_id, number)])

    async def may_hold(self, reads: Reads, group_id: str, user_id: int) -> bool:
        """Return whether somebody from outside may hold a meeting of a group.

        Not whose access to it is paused or whose membership was ended, and not who is kept apart from somebody in it:
        the room would be theirs. Whoever is refused so hears no reason.
        """
        group = await store.group(reads, group_id)
        if group is None or user_id in await measure_store.paused_in(reads, group_id):
            return False
        if await self._ended(reads, group, user_id):
            return False
        pairs = [pair for pair in await confirm_store.pairs(reads, group.server_id) if user_id in pair]
        others = [one if other == user_id else other for one, other in pairs]
        there = [await confirm_store.has_to_do_with(reads, group.server_id, other) for other in others]
        return not any(group_id in groups for groups in there)

    async def gone(self, work: Work, server_id: int, user_id: int) -> None:
        """Let go of what is only proposed about somebody who leaves a server, or was banned from it.

        What two people decided holds on, under a number in their place: a ban that is lifted, or coming back, gives
        nobody access back.
        """
        for measure in await measure_store.of_person(work, user_id, server_id):
            if measure.proposed and await measure_store.end(work, measure.id, work.now):
                await work.cancel_timer("measure.%", measure.id)
        await standing_store.keep(work, server_id, user_id)

    async def found_again(self, work: Work, server_id: int, user_id: int) -> None:
        """Somebody joins: what was decided about them before they were gone is theirs again."""
        await standing_store.found_again(work, server_id, user_id)

    async def _begin(self, work: Work, measure: Measure) -> None:
        group = measure.group
        allows = await store.reminders(work, group.server_id, measure.user_id) == "on"
        if measure.until is not None:
            await work.set_timer(_ENDS, measure.id, measure.until, group.server_id)
            await work.record(PAUSED, server=group.server_id, group=group.id, user=measure.user_id)
        else:
            await self._seating.end_seat(work, group, measure.user_id)
            await self._seating.end_wait(work, group, measure.user_id)
            await work.record(ENDED, server=group.server_id, group=group.id, user=measure.user_id)
        if allows:
            await self._tell(work, measure, "begun")

    async def _end(self, work: Work, measure: Measure) -> None:
        group = measure.group
        if not await measure_store.end(work, measure.id, work.now):
            return
        await work.cancel_timer("measure.%", measure.id)
        if not measure.stands:
            return
        if measure.user_id < 0:  # Nobody is there to be let in, or told.
            return
        if measure.kind == "pause":
            await work.record(RESTORED, server=group.server_id, group=group.id, user=measure.user_id)
        if await store.reminders(work, group.server_id, measure.user_id) == "on":
            await self._tell(work, measure, "over")

    @staticmethod
    async def _tell(work: Work, measure: Measure, news: str) -> None:
        await work.enqueue(
            Intent(
                key=f"measure:{measure.id}:{news}",
                kind="dm",
                lane=Lane.REMINDER,
                server_id=measure.group.server_id,
                data={"user": measure.user_id, "card": "signup.measure", "measure": measure.id, "news": news},
                report="signup.offer",
            )
        )

    async def _lapsed(self, work: Work, timer: Timer) -> None:
        measure = await measure_store.load(work, timer.subject)
        if measure is not None and measure.proposed:
            await measure_store.end(work, measure.id, work.now)

    async def _over(self, work: Work, timer: Timer) -> None:
        measure = await measure_store.load(work, timer.subject)
        if measure is not None and measure.stands:
            await self._end(work, measure)

    async def _group(self, reads: Reads, actor: Actor, group_id: str) -> Group:
        group = await store.group(reads, group_id)
        if group is None or group.server_id != actor.here or group.state == "archived":
            raise NotFound
        return group

    async def _decided_by(self, reads: Reads, actor: Actor, measure_id: str, action: str) -> Measure:
        require(action, await self._servers.parts(reads, actor))
        measure = await measure_store.load(reads, measure_id)
        if measure is None or measure.group.server_id != actor.here or measure.user_id == actor.user_id:
            raise NotFound
        return measure

    async def _require_second(self, reads: Reads, actor: Actor, measure: Measure) -> None:
        """Do nothing for who proposed it and who may be the second person."""
        if measure.proposed_by != actor.user_id:
            require(f"member.{measure.kind}-confirm", await self._servers.parts(reads, actor))

    @staticmethod
    async def _loaded(work: Work, measure_id: str) -> Measure:
        measure = await measure_store.load(work, measure_id)
        if measure is None:
            raise NotFound
        return measure

    async def _refuse_nonsense(
        self, work: Work, actor: Actor, group: Group, user_id: int, kind: Kind, days: int
    ) -> None:
        if user_id == actor.user_id:
            raise Invalid(text="staff-member-oneself")
        seated = user_id in await store.members(work, group.id)
        waits = group.id in await waitlist_store.waited_for(work, group.server_id, user_id)
        if not seated and not (kind == "end" and waits):
            raise Invalid(text="staff-member-not-there")
        if kind == "pause" and not 1 <= days <= LONGEST_PAUSE:
            raise Invalid(text="staff-member-days", most=LONGEST_PAUSE)
