"""Trying one meeting: a seat for it, the question afterwards, and what follows from the answer or from none."""

from datetime import datetime

from peerbot.confidentiality.rules import Version
from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import moment
from peerbot.engine.timers import Timer
from peerbot.servers.rules import AgesAndContact
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.joining import Joining
from peerbot.signup.rules import Group, NextMeeting, View, can_be_tried
from peerbot.signup.seating import OFFER_REPORT, TASTER_ANSWER, TASTER_HELD, Seating, question
from peerbot.signup.tasting import rules as tasting_rules
from peerbot.signup.tasting import store as tasting_store
from peerbot.signup.tasting.rules import Outcome, Taster
from peerbot.signup.waitlist import store as waitlist_store


class Tasting:
    """Use cases of somebody who tries one meeting, and what *meetings* tells of it."""

    def __init__(
        self, desk: Desk, servers: Servers, confidentiality: Confidentiality, seating: Seating, joining: Joining
    ) -> None:
        """Work at `desk`, and act when nobody answers, or no meeting takes place."""
        self._desk = desk
        self._servers = servers
        self._confidentiality = confidentiality
        self._seating = seating
        self._joining = joining
        desk.handlers.on_timer(TASTER_ANSWER, self._unanswered)
        desk.handlers.on_timer(TASTER_HELD, self._not_held)

    # What people do.

    async def form(self, actor: Actor, group_id: str) -> tuple[Group, AgesAndContact]:
        """Return the group somebody is about to try, and for whom groups are here.

        Raises:
            NotSetUp: while groups are not open on the server.
            NotFound: if it is not there for this person.
            NotAllowed: if they facilitate it, or have tried three meetings in 30 days.
            Late: if it cannot be tried now.
        """
        group, ages = await self._joining.form(actor, group_id)
        await self._may_try(self._desk.reads, group, actor.user_id)
        return group, ages

    async def taste(
        self, actor: Actor, group_id: str, *, agreed: bool, may_remind: bool, shown: Version | None = None
    ) -> View:
        """Give somebody a seat for one meeting. Who has a seat or waits already stays as they are.

        Where a coordinator confirms each seat, one is held for them until then.

        `shown` is the version of the texts that the form showed; None where they were read in this very moment.

        Raises:
            Invalid: if the agreement was not accepted.
            Late: if the texts have changed since the form was opened, or no seat is free for it any more.
            NotSetUp: while groups are not open on the server.
            NotFound: if the group is not there for this person.
            NotAllowed: if they facilitate it, or have tried three meetings in 30 days.
        """
        if not agreed:
            raise Invalid(text="join-agree-first")
        async with self._desk.transaction() as work:
            group = await self._joining.admit(work, actor, group_id)
            if not await self._has_a_place(work, group, actor.user_id):
                await self._may_try(work, group, actor.user_id)
                await store.save_reminders(work, group.server_id, actor.user_id, allowed=may_remind)
                await self._confidentiality.accept(work, group.server_id, group.id, actor.user_id, shown)
                await self._seating.taste_or_ask(work, group, actor.user_id)
            return await self._seating.view(work, group, actor.user_id)

    async def keep(self, actor: Actor, taster_id: str) -> View:
        """*Yes, join*: the seat becomes a member's. Who has joined already hears the same.

        Raises:
            NotFound: if they never tried this.
            Late: if the seat was released.
        """
        async with self._desk.transaction() as work:
            taster, group = await self._own(work, actor, taster_id)
            if taster.ended_at is None:
                await self._seating.keep(work, taster)
            elif actor.user_id not in await store.members(work, group.id):
                raise Late(text="taster-over")
            return await self._seating.view(work, group, actor.user_id)

    async def release(self, actor: Actor, taster_id: str) -> View:
        """*No, thank you*: the seat goes to somebody else. Changes nothing once the question is answered.

        Raises:
            NotFound: if they never tried this.
        """
        async with self._desk.transaction() as work:
            taster, group = await self._own(work, actor, taster_id)
            if taster.ended_at is None:
                await self._seating.end_seat(work, group, actor.user_id, "declined")
            return await self._seating.view(work, group, actor.user_id)

    # What *meetings* asks and tells.

    async def expected(self, reads: Reads, group_id: str) -> int:
        """Return how many come to try the next meeting. It names nobody."""
        return sum(each.answer_by is None for each in await tasting_store.of_group(reads, group_id))

    async def took_place(self, work: Work, group_id: str, began_at: datetime) -> None:
        """A meeting is over that did take place: ask those who came to try it."""
        group = await store.group(work, group_id)
        for taster in await tasting_store.of_group(work, group_id):
            if group is not None and taster.answer_by is None and taster.since <= began_at:
                await self._ask(work, group, taster)

    async def follow(
        self, work: Work, group_id: str, in_progress: NextMeeting | None, following: NextMeeting | None
    ) -> None:
        """Let each seat for trying stand until the end of the meeting it is for, wherever that was moved to."""
        for taster in await tasting_store.of_group(work, group_id):
            began = in_progress is not None and taster.since <= in_progress.starts_at
            meeting = in_progress if began else following
            if taster.answer_by is None and meeting is not None:
                await tasting_store.mark_seat(work, group_id, taster.user_id, meeting.ends_at)

    # The steps.

    async def _may_try(self, reads: Reads, group: Group, user_id: int) -> None:
        queue = (await waitlist_store.queues(reads, group.server_id, {group.id}))[group.id]
        if not can_be_tried(group, queue, self._desk.now):
            raise Late(text="taster-not-now")
        taken = [
            each.since
            for each in await tasting_store.of_person(reads, group.server_id, user_id)
            if each.outcome != "not_held"
        ]
        again_at = tasting_rules.next_taster_at(taken, self._desk.now)
        if again_at is not None:
            raise NotAllowed(text="taster-three", at=moment(again_at, "D"))
        # Each that waits to be confirmed may be the next that counts, at any moment.
        asked = [self._desk.now] * await tasting_store.asked_for(reads, group.server_id, user_id)
        if tasting_rules.next_taster_at([*taken, *asked], self._desk.now) is not None:
            raise NotAllowed(text="taster-three-asked")

    @staticmethod
    async def _has_a_place(work: Work, group: Group, user_id: int) -> bool:
        waits = await waitlist_store.waited_for(work, group.server_id, user_id)
        return group.id in waits or user_id in await store.members(work, group.id)

    async def _ask(self, work: Work, group: Group, taster: Taster) -> None:
        by = tasting_rules.answer_by(work.now, group.meets_next(work.now))
        await tasting_store.ask(work, taster.id, by)
        await work.cancel_timer(TASTER_HELD, taster.id)
        await work.set_timer(TASTER_ANSWER, taster.id, by, taster.server_id)
        await self._write(work, taster, "signup.taster-asked", question(taster.id), by)

    async def _unanswered(self, work: Work, timer: Timer) -> None:
        taster = await tasting_store.taster(work, timer.subject)
        if taster is not None and taster.ended_at is None and taster.answer_by is not None:
            await self._end(work, taster, "unanswered")

    async def _not_held(self, work: Work, timer: Timer) -> None:
        taster = await tasting_store.taster(work, timer.subject)
        if taster is None or taster.ended_at is not None or taster.answer_by is not None:
            return
        until = await tasting_store.seat_until(work, taster.group_id, taster.user_id)
        # Nobody is taken out of a meeting in progress: it is the one they came for, and they are asked after it.
        later = tasting_rules.released_later(taster, until, work.now)
        if later is not None:
            await work.set_timer(TASTER_HELD, taster.id, later, taster.server_id)
            return
        await self._end(work, taster, "not_held")

    async def _end(self, work: Work, taster: Taster, outcome: Outcome) -> None:
        group = await store.group(work, taster.group_id)
        if group is None:
            return
        # Written first: with the seat may go the choice to be written to.
        until = work.now + tasting_rules.NEWS_LASTS
        await self._write(work, taster, "signup.taster-ended", f"taster:{taster.id}:ended", until)
        await self._seating.end_seat(work, group, taster.user_id, outcome)

    @staticmethod
    async def _write(work: Work, taster: Taster, card: str, key: str, not_after: datetime) -> None:
        if await store.reminders(work, taster.server_id, taster.user_id) != "on":
            return
        await work.enqueue(
            Intent(
                key=key,
                kind="dm",
                lane=Lane.REMINDER,
                server_id=taster.server_id,
                data={"user": taster.user_id, "card": card, "taster": taster.id},
                report=OFFER_REPORT,
                not_after=not_after,
            )
        )

    async def _own(self, work: Work, actor: Actor, taster_id: str) -> tuple[Taster, Group]:
        require("group.leave", await self._servers.parts(work, actor))
        taster = await tasting_store.taster(work, taster_id)
        if taster is None or taster.user_id != actor.user_id or actor.server_id not in {None, taster.server_id}:
            raise NotFound
        group = await store.group(work, taster.group_id)
        if group is None:
            raise NotFound
        return taster, group
