"""Coming and going: joining, leaving, and what a ban ends."""

from datetime import datetime

from peerbot.confidentiality.rules import Version
from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, NotSetUp
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.tokens import new_id
from peerbot.servers.rules import AgesAndContact
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.groups import rules as group_rules
from peerbot.signup.groups import store as group_store
from peerbot.signup.invites.service import Invites
from peerbot.signup.measures.service import Measures
from peerbot.signup.rules import Group, View
from peerbot.signup.seating import OFFER_REPORT, Seating
from peerbot.signup.tasting import store as tasting_store
from peerbot.signup.waitlist import store as waitlist_store


class Joining:
    """Use cases of a person who wants a seat, or no longer wants it."""

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        confidentiality: Confidentiality,
        seating: Seating,
        measures: Measures,
        invites: Invites,
    ) -> None:
        """Work at `desk`; `measures` knows whose membership was ended, `invites` which codes lead where."""
        self._measures = measures
        self._desk = desk
        self._servers = servers
        self._confidentiality = confidentiality
        self._seating = seating
        self._invites = invites

    async def form_by_code(self, actor: Actor, typed: str) -> tuple[Group, AgesAndContact, str]:
        """Return the group that a code leads to, for whom groups are here, and the code as it is written.

        Raises:
            NotSetUp: while groups are not open on the server.
            NotFound: for a code that leads nowhere, whatever the reason.
            NotAllowed: if they facilitate the group.
        """
        group, code = await self._invites.enter(actor, typed)
        return *await self.form(actor, group.id, code), code

    async def form(self, actor: Actor, group_id: str, code: str = "") -> tuple[Group, AgesAndContact]:
        """Return the group somebody is about to join, perhaps by a code, and for whom groups are here.

        Raises:
            NotSetUp: while groups are not open on the server.
            NotFound: if it is not there for this person.
            NotAllowed: if they facilitate it, or their membership was ended.
            Invalid: if neither a group nor a code was given.
        """
        if not group_id:
            raise Invalid(text="join-which")
        if code:
            await self._invites.enter(actor, code)  # Counted here too: a form is as good a place to guess as any.
        reads = self._desk.reads
        group = await self.joinable(reads, actor, group_id, code)
        return group, await self._servers.ages(reads, group.server_id)

    async def join(
        self,
        actor: Actor,
        group_id: str,
        *,
        agreed: bool,
        may_remind: bool,
        shown: Version | None = None,
        code: str = "",
    ) -> View:
        """Keep that the agreement was accepted; give a seat, or a place in the queue. Decided again from the database.

        `shown` is the version of the texts that the form showed; None where they were read in this very moment. `code`
        is the one by which the form was opened, if any.

        Raises:
            Invalid: if the agreement was not accepted.
            Late: if the texts have changed since the form was opened.
            NotSetUp: while groups are not open on the server.
            NotFound: if the group is not there for this person.
            NotAllowed: if they facilitate it, or their membership was ended.
        """
        if not agreed:
            raise Invalid(text="join-agree-first")
        if code:
            await self._invites.enter(actor, code)
        async with self._desk.transaction() as work:
            group = await self.admit(work, actor, group_id, code)
            if code and (await self._seating.view(work, group, actor.user_id)).mine.where == "outside":
                await self._invites.use(work, group, code)
            await store.save_reminders(work, group.server_id, actor.user_id, allowed=may_remind)
            await self._confidentiality.accept(work, group.server_id, group.id, actor.user_id, shown)
            taster = await tasting_store.current(work, group.id, actor.user_id)
            if taster is not None:  # Who tries it and joins need not be asked any more.
                await self._seating.keep(work, taster)
            await waitlist_store.want_for_good(work, group.server_id, group.id, actor.user_id)
            await self._seating.sit_or_wait(work, group, actor.user_id)
            return await self._seating.view(work, group, actor.user_id)

    async def take(self, actor: Actor, group_id: str) -> View:
        """Give somebody who waits, and has accepted the agreement, a seat that is open to all; else nothing changes.

        Raises:
            NotFound: if they never waited for it, or do no longer and it is not there for them.
        """
        async with self._desk.transaction() as work:
            group = await self._known(work, actor, group_id)
            if not await waitlist_store.had_waited(work, group.id, actor.user_id):
                raise NotFound
            if group.id in await waitlist_store.waited_for(work, group.server_id, actor.user_id):
                await self._seating.sit_or_wait(work, group, actor.user_id)
            return await self._seating.view_if_there(work, group, actor.user_id)

    async def leave(self, actor: Actor, group_id: str) -> View:
        """End somebody's seat. Who has left already hears the same.

        Raises:
            NotFound: if they never had one.
        """
        async with self._desk.transaction() as work:
            group = await self._known(work, actor, group_id)
            if not await store.had_seat(work, group.id, actor.user_id):
                raise NotFound
            await self._seating.end_seat(work, group, actor.user_id)
            return await self._seating.view(work, group, actor.user_id)

    async def leave_list(self, actor: Actor, group_id: str) -> View:
        """End somebody's place in the queue, never a seat. Who has left it already hears the same.

        Raises:
            NotFound: if they never had one.
        """
        async with self._desk.transaction() as work:
            group = await self._known(work, actor, group_id)
            if not await waitlist_store.had_waited(work, group.id, actor.user_id):
                raise NotFound
            await self._seating.end_wait(work, group, actor.user_id)
            return await self._seating.view(work, group, actor.user_id)

    async def leave_any(self, actor: Actor, group_id: str) -> tuple[View, bool]:
        """End somebody's seat or place in the queue, whichever they have. Returns also whether it was a seat.

        Raises:
            NotFound: if they never had either.
            NotAllowed: if they have neither because the team ended it.
        """
        async with self._desk.transaction() as work:
            group = await self._known(work, actor, group_id)
            seated = await store.had_seat(work, group.id, actor.user_id)
            if not seated and not await waitlist_store.had_waited(work, group.id, actor.user_id):
                raise NotFound
            ended = await self._seating.end_seat(work, group, actor.user_id)
            waited = not ended and await self._seating.end_wait(work, group, actor.user_id)
            if not ended and not waited:
                await self._measures.refuse_ended(work, group, actor.user_id)
            return await self._seating.view(work, group, actor.user_id), seated and not waited

    async def admit(self, work: Work, actor: Actor, group_id: str, code: str = "") -> Group:
        """Return a group that somebody is now about to join or try. A pause from before they were gone holds again.

        Raises:
            NotSetUp, NotFound, NotAllowed: as for `joinable`.
        """
        group = await self.joinable(work, actor, group_id, code)
        await self._measures.found_again(work, group.server_id, actor.user_id)
        return group

    async def joinable(self, reads: Reads, actor: Actor, group_id: str, code: str = "") -> Group:
        """Return a group that somebody may join or try, perhaps by a code.

        Raises:
            NotSetUp: while groups are not open on the server.
            NotFound: if it is not there for this person.
            NotAllowed: if they facilitate it, or their membership was ended.
        """
        require("group.join", await self._servers.parts(reads, actor))
        # Asked first and of the server alone, so that the answer says nothing about any group.
        if not await self._servers.open_for_groups(reads, actor.here):
            raise NotSetUp
        group = await store.group(reads, group_id)
        if group is None or group.server_id != actor.here:
            raise NotFound
        if not (await self._invites.opens(reads, group, code) if code else group.listed(self._desk.now)):
            raise NotFound
        if actor.user_id in await store.facilitators(reads, group.id):
            raise NotAllowed(text="join-facilitates")
        await self._measures.refuse_ended(reads, group, actor.user_id)
        return group

    async def gone(self, work: Work, server_id: int, user_id: int) -> None:
        """End everything of somebody in a server: they have left it, were banned, or asked to be deleted."""
        for group_id in await store.end_facilitating(work, server_id, user_id):
            await work.record("facilitator.ended", server=server_id, group=group_id, user=user_id)
        await group_store.end_backing_up(work, server_id, user_id)
        for group in await self._groups_of(work, server_id, user_id):
            await self._seating.end_seat(work, group, user_id)
            await self._seating.end_wait(work, group, user_id)
        await store.forget_idle_choice(work, server_id, user_id)

    async def came_anew(self, work: Work, group_id: str, user_id: int, joined_at: datetime) -> bool:
        """End the seat of somebody who left the server after they took it, and is there again: leaving ended it.

        Discord told nobody, or told it while the bot was down: a ban that was lifted meanwhile, for one. What
        they took since they came back is theirs. They are told, if they allow messages. Returns whether it ended.
        """
        group, since = await store.group(work, group_id), await store.seated_since(work, group_id, user_id)
        if group is None or since is None or not group_rules.came_anew(since, joined_at):
            return False
        allows = await store.reminders(work, group.server_id, user_id) == "on"
        ended = await self._seating.end_seat(work, group, user_id)
        if ended and allows:
            await work.enqueue(
                Intent(
                    key=f"seat:{group.id}:{user_id}:anew:{new_id()}",
                    kind="dm",
                    lane=Lane.REMINDER,
                    server_id=group.server_id,
                    data={"user": user_id, "card": "signup.seat-over", "group": group.id, "why": "anew"},
                    report=OFFER_REPORT,
                )
            )
        return ended

    async def _groups_of(self, work: Work, server_id: int, user_id: int) -> list[Group]:
        seated = await store.seated_in(work, server_id, user_id)
        waits = await waitlist_store.waited_for(work, server_id, user_id)
        found = [await store.group(work, group_id) for group_id in sorted(seated | waits)]
        return [group for group in found if group is not None]

    async def _known(self, reads: Reads, actor: Actor, group_id: str) -> Group:
        """Return a group pressed in its own server or, where no server is, in a direct message."""
        require("group.leave", await self._servers.parts(reads, actor))
        group = await store.group(reads, group_id)
        if group is None or actor.server_id not in {None, group.server_id}:
            raise NotFound
        return group
