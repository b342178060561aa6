"""A group rests, goes on, ends: announced ahead, told to its people in neutral words, taken back where it can be."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.engine.words import shown
from peerbot.engine.zones import zone
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.groups import rules as group_rules
from peerbot.signup.groups import store as group_store
from peerbot.signup.groups.rules import FARTHEST, NOTICE, People
from peerbot.signup.groups.service import ACT, CHANGED, Groups, people, read_day
from peerbot.signup.invites import store as invite_store
from peerbot.signup.rules import KEPT_AFTER, Group
from peerbot.signup.seating import OFFER_REPORT, Seating

ENDS: Final = "group.ends"
"""Timer; its subject is the group."""
FORGOTTEN: Final = "group.forgotten"
"""Fact: a group and its records are deleted."""
_NEWS_LASTS: Final = timedelta(days=7)

News = Literal["paused", "resumed", "ending", "staying"]
_TAKES_BACK: Final[dict[News, News]] = {"resumed": "paused", "staying": "ending"}


@dataclass(frozen=True, slots=True)
class Touched:
    """A group, and how many people what is asked touches."""

    group: Group
    people: People


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a group: its last day in the server's zone, when it ends, and when its records are deleted (UTC).

    `announced_at` is when it ends by an earlier announcement, which this one would replace (None: there is none).
    """

    group: Group
    people: People
    last_day: date
    ends_at: datetime
    deleted_at: datetime
    announced_at: datetime | None


class Life:
    """Use cases of a coordinator who lets a group rest, go on or end."""

    def __init__(self, desk: Desk, servers: Servers, seating: Seating, groups: Groups) -> None:
        """Work at `desk`, and end groups when their time has come."""
        self._desk = desk
        self._servers = servers
        self._seating = seating
        self._groups = groups
        desk.handlers.on_timer(ENDS, self._ended)

    async def propose_pause(self, actor: Actor, group_id: str) -> Touched:
        """Return how many people pausing a group would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: if it is paused already.
        """
        group = await self._groups.living(self._desk.reads, actor, group_id)
        if group.state == "paused":
            raise Invalid(text="staff-group-paused-already", group=shown(group.name))
        return Touched(group, await people(self._desk.reads, group))

    async def pause(self, actor: Actor, group_id: str) -> Touched:
        """Let a group rest: no meetings, no new people, no new offers. Seats and places in the queue stay.

        An offer that stands keeps its word. A meeting whose room is there already takes place.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
        """
        return await self._turn(actor, group_id, "paused")

    async def resume(self, actor: Actor, group_id: str) -> Touched:
        """Let a group go on, and offer what is free at once.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: if it is not paused. So nothing that was not done can be undone by the way back.
        """
        return await self._turn(actor, group_id, "open")

    async def propose_end(self, actor: Actor, group_id: str, typed_day: str) -> Ending:
        """Return what ending a group after a last day, four weeks ahead if none is typed, touches. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: for a day that cannot be read, is over or is far away.
        """
        reads = self._desk.reads
        group = await self._groups.living(reads, actor, group_id)
        today = await self._today(reads, group)
        day = read_day(typed_day, today) if typed_day.strip() else today + NOTICE
        return await self._ending(reads, group, day, today)

    async def end(self, actor: Actor, group_id: str, last_day: date) -> Ending:
        """Announce that a group ends after a last day in the server's zone. Nobody joins it any more.

        Those who asked for messages are told now; all find it in `/group mine`. `stay` takes it back.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: for a day that is over or far away.
        """
        async with self._desk.transaction() as work:
            group = await self._groups.living(work, actor, group_id)
            ending = await self._ending(work, group, last_day, await self._today(work, group))
            if ending.ends_at != group.ends_at:
                await group_store.save(work, ending.group)
                await work.set_timer(ENDS, group.id, ending.ends_at, group.server_id)
                await work.record(CHANGED, server=group.server_id, group=group.id)
                await self._tell(work, ending.group, "ending", ending.ends_at)
                await self._servers.acted(work, actor, ACT)
            return ending

    async def stay(self, actor: Actor, group_id: str) -> Touched:
        """Take the announced end of a group back. One that has none stays as it is, and nobody is written to.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
        """
        async with self._desk.transaction() as work:
            group = await self._groups.living(work, actor, group_id)
            touched = await people(work, group)
            if group.ends_at is not None:
                group = replace(group, ends_at=None)
                await group_store.save(work, group)
                await work.cancel_timer(ENDS, group.id)
                await work.record(CHANGED, server=group.server_id, group=group.id)
                await self._seating.settle(work, group)
                await self._tell(work, group, "staying", work.now + _NEWS_LASTS)
                await self._servers.acted(work, actor, ACT)
            return Touched(group, touched)

    async def forget_due(self, work: Work) -> int:
        """Delete the groups that ended 30 days ago, with all their records. Returns how many."""
        due = await group_store.archived_before(work, work.now - KEPT_AFTER)
        for group_id, server_id in due:
            await group_store.delete(work, group_id)
            await work.record(FORGOTTEN, server=server_id, group=group_id)
        return len(due)

    async def _turn(self, actor: Actor, group_id: str, state: Literal["open", "paused"]) -> Touched:
        async with self._desk.transaction() as work:
            group = await self._groups.living(work, actor, group_id)
            touched = await people(work, group)
            if state == group.state == "open":
                raise Invalid(text="staff-group-not-paused", group=shown(group.name))
            if group.state != state:
                group = replace(group, state=state)
                await group_store.save(work, group)
                await work.record(CHANGED, server=group.server_id, group=group.id)
                await self._seating.settle(work, group)
                await self._tell(work, group, "paused" if state == "paused" else "resumed", work.now + _NEWS_LASTS)
                await self._servers.acted(work, actor, ACT)
            return Touched(group, touched)

    async def _ending(self, reads: Reads, group: Group, last_day: date, today: date) -> Ending:
        if not today <= last_day <= today + FARTHEST:
            raise Invalid(text="staff-group-end-when", days=FARTHEST.days)
        zone_name = (await self._servers.load(reads, group.server_id)).zone
        ends_at = group_rules.ends_after(last_day, zone_name)
        ending = replace(group, ends_at=ends_at)
        return Ending(ending, await people(reads, group), last_day, ends_at, ends_at + KEPT_AFTER, group.ends_at)

    async def _today(self, reads: Reads, group: Group) -> date:
        server = await self._servers.load(reads, group.server_id)
        return self._desk.now.astimezone(zone(server.zone)).date()

    async def _ended(self, work: Work, timer: Timer) -> None:
        group = await store.group(work, timer.subject)
        if group is None or group.state == "archived" or group.ends_at is None or group.ends_at > work.now:
            return
        group = replace(group, state="archived", archived_at=work.now)
        await group_store.save(work, group)
        for user_id in await group_store.waiting(work, group.id):
            await self._seating.end_wait(work, group, user_id)
        for user_id in await store.members(work, group.id):
            await self._seating.end_seat(work, group, user_id)
        for user_id in await store.facilitators(work, group.id):
            await group_store.remove_facilitator(work, group.id, user_id)
            await store.forget_idle_choice(work, group.server_id, user_id)
            await work.record("facilitator.ended", server=group.server_id, group=group.id, user=user_id)
        await group_store.empty(work, group.id)
        await invite_store.delete_of_group(work, group)
        await work.record(CHANGED, server=group.server_id, group=group.id)

    async def _tell(self, work: Work, group: Group, news: News, not_after: datetime) -> None:
        """Write to those who asked for messages. Who never heard of what is taken back hears nothing of that either."""
        concerned = {
            *await store.members(work, group.id),
            *await group_store.waiting(work, group.id),
            *await store.facilitators(work, group.id),
        }
        for user_id in sorted(concerned):
            key, taken_back = f"group:{group.id}:{user_id}", _TAKES_BACK.get(news)
            if taken_back is not None and await work.means_to(f"{key}:{taken_back}:"):
                await work.withdraw(f"{key}:{taken_back}:%")
                if not await work.means_to(f"{key}:{taken_back}:"):
                    continue  # Nothing was sent yet, and nothing is being sent.
            if await store.reminders(work, group.server_id, user_id) == "on":
                await work.enqueue(
                    Intent(
                        key=f"{key}:{news}:{new_id()}",
                        kind="dm",
                        lane=Lane.REMINDER,
                        server_id=group.server_id,
                        data={"user": user_id, "card": "signup.group-news", "group": group.id, "news": news},
                        report=OFFER_REPORT,
                        not_after=not_after,
                    )
                )
