"""Groups: making them, finding them, and what every higher pillar asks about who is in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Literal

from peerbot.confidentiality.seeing import NobodySees, Seeing
from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.facts import Fact
from peerbot.engine.outbox import Leased
from peerbot.engine.retention import Keeper, Kept
from peerbot.engine.tokens import new_id
from peerbot.servers.service import Servers
from peerbot.signup import retention, retention_store, rules, store
from peerbot.signup.agreeing.clauses import Clauses
from peerbot.signup.agreeing.service import Agreeing
from peerbot.signup.checks import SignupChecks
from peerbot.signup.confirming import store as confirm_store
from peerbot.signup.confirming.keep_apart import KeepApart
from peerbot.signup.confirming.service import Confirming, apart_in
from peerbot.signup.finding.panels import Panels
from peerbot.signup.finding.service import Finding
from peerbot.signup.groups import store as group_store
from peerbot.signup.groups.facilitating import Addition, Facilitating
from peerbot.signup.groups.life import FORGOTTEN, Life
from peerbot.signup.groups.practice import PracticeGroups
from peerbot.signup.groups.service import Groups, Wording, read_words, refuse_taken_name
from peerbot.signup.invites.service import Invites
from peerbot.signup.joining import Joining
from peerbot.signup.measures import store as measure_store
from peerbot.signup.measures.service import Measures
from peerbot.signup.rules import NEWS_SHOWN, Group, Mine, NextMeeting, View, during_pause, most_pressing_first, view
from peerbot.signup.seating import Seating
from peerbot.signup.tasting import store as tasting_store
from peerbot.signup.tasting.rules import NEWS_LASTS
from peerbot.signup.tasting.service import Tasting
from peerbot.signup.waitlist import store as waitlist_store
from peerbot.signup.waitlist.service import Waitlist
from peerbot.signup.writing.service import Writing

_MOST_CHOICES: Final = 25
"""Discord shows no more in an autocomplete list."""

Purpose = Literal["mine", "leave", "join", "manage", "review"]
"""Whose groups a command offers: those one is in or facilitates, can leave, can find and join, may manage; `review`
those one may manage with those that have ended."""


@dataclass(frozen=True, slots=True)
class NewGroup:
    """What the form for a group was filled in with."""

    name: str
    about: str
    medium: str
    places: str
    language: str


class Signup(Keeper):
    """Use cases around groups.

    `finding` holds those of somebody who looks for a group, `joining` and `waitlist` those of seats and offers,
    `agreeing` and `clauses` those of what people agree to, `groups`, `life`, `invites` and `facilitating` those of a
    coordinator who changes a group, `measures` those of two people who pause somebody's access or end a membership,
    `confirming` and `keep_apart` those of a coordinator who confirms each seat.
    """

    items: ClassVar = retention_store.ITEMS

    def __init__(
        self, desk: Desk, servers: Servers, confidentiality: Confidentiality, seeing: Seeing | None = None
    ) -> None:
        """Work at `desk`; `seeing` says who else can read a room."""
        self._desk = desk
        self._servers = servers
        self.seeing = seeing or Seeing(NobodySees())
        self.checks = SignupChecks(desk)
        self._seating = Seating(servers, confidentiality)
        self.measures = Measures(desk, servers, self._seating)
        self.confirming = Confirming(desk, servers, self._seating)
        self.keep_apart = KeepApart(desk, servers, self.confirming)
        self.groups = Groups(desk, servers, self._seating)
        self.practice = PracticeGroups(servers, self._seating)
        self.invites = Invites(desk, servers, self.groups)
        self.facilitating = Facilitating(desk, servers, self.groups)
        self.joining = Joining(desk, servers, confidentiality, self._seating, self.measures, self.invites)
        self.waitlist = Waitlist(desk, self._seating)
        self.agreeing = Agreeing(desk, servers, confidentiality)
        self.clauses = Clauses(desk, servers, confidentiality)
        self.tasting = Tasting(desk, servers, confidentiality, self._seating, self.joining)
        self.panels = Panels(desk, servers)
        self.writing = Writing()
        self.finding = Finding(desk, servers, self.writing, self._views)
        self.life = Life(desk, servers, self._seating, self.groups)
        self._confidentiality = confidentiality
        desk.handlers.on_fact(FORGOTTEN, self._forgotten)

    # Making groups.

    async def may_create(self, actor: Actor) -> None:
        """Do nothing if the person may make a group here: asked before the form opens, and again when it is sent.

        Raises:
            NotAllowed: unless they are a coordinator or administrator.
            NotSetUp: before /setup.
        """
        require("group.create", await self._servers.parts(self._desk.reads, actor))
        await self._servers.load(self._desk.reads, actor.here)

    async def create(self, actor: Actor, wanted: NewGroup) -> Group:
        """Make an open group. Nothing public comes of it.

        Raises:
            NotAllowed: unless they are a coordinator or administrator.
            NotSetUp: before /setup.
            Invalid: if something in the form cannot be used, or another group here has that name.
        """
        async with self._desk.transaction() as work:
            require("group.create", await self._servers.parts(work, actor))
            await self._servers.load(work, actor.here)
            group = _checked(actor.here, wanted)
            await refuse_taken_name(work, group)
            await store.add_group(work, group, work.now)
            await work.record("group.created", server=group.server_id, group=group.id)
            await self._servers.acted(work, actor, "group-created")
            return group

    async def add_facilitator(
        self, actor: Actor, group_id: str, user_id: int, *, is_bot: bool, sure: bool = False
    ) -> Addition:
        """Let somebody facilitate a group.

        A facilitator holds no seat: one they had, or a place in the queue, is given back. If somebody there is to be
        kept apart from them it is asked about first, unless `sure`.

        Raises:
            NotAllowed: unless the actor is a coordinator or administrator.
            NotSetUp: before /setup.
            NotFound: if there is no such group here.
            Invalid: for a bot, or a silenced account.
        """
        async with self._desk.transaction() as work:
            require("facilitator.add", await self._servers.parts(work, actor))
            await self._servers.load(work, actor.here)
            group = await self.group(work, actor.here, group_id)
            if is_bot:
                raise Invalid(text="staff-facilitator-is-bot")
            if not sure and user_id not in await store.facilitators(work, group.id):
                apart = await apart_in(work, group, user_id, await confirm_store.pairs(work, group.server_id))
                if apart:
                    return Addition(group, user_id, apart=apart)
            await self._servers.give_part(work, group.server_id, user_id, "facilitator")
            if not await store.add_facilitator(work, group, user_id, work.now):
                return Addition(group, user_id)
            await self._seating.end_seat(work, group, user_id)
            await self._seating.end_wait(work, group, user_id)
            await group_store.remove_backup(work, group.id, user_id)
            await work.record("facilitator.added", server=group.server_id, group=group.id, user=user_id)
            await self._servers.acted(work, actor, "facilitators-changed")
            return Addition(group, user_id, added=True)

    # Looking.

    async def show(self, actor: Actor, group_id: str) -> View:
        """Return one group as the person stands to it.

        Raises:
            NotFound: if it is not there for them.
        """
        for seen in await self._views(actor.here, actor.user_id, {group_id}):
            if seen.there(self._desk.now):
                return seen
        raise NotFound

    async def mine(self, actor: Actor) -> Mine:
        """Return everything the person has to do with on this server."""
        require("group.mine", await self._servers.parts(self._desk.reads, actor))
        reads, since = self._desk.reads, self._desk.now - NEWS_SHOWN
        own = await store.seated_in(reads, actor.here, actor.user_id)
        own |= await store.facilitated_by(reads, actor.here, actor.user_id)
        own |= await waitlist_store.waited_for(reads, actor.here, actor.user_id)
        views = [seen for seen in await self._views(actor.here, actor.user_id, own) if seen.mine.where != "outside"]
        ended = await measure_store.ended_since(reads, actor.here, actor.user_id, since)
        return Mine(
            most_pressing_first(views),
            await store.reminders(reads, actor.here, actor.user_id),
            tuple(await confirm_store.declined(reads, actor.here, actor.user_id, since)),
            tuple(ended),
            await self._servers.appeal(reads, actor.here) if ended else "",
            tuple(await tasting_store.released(reads, actor.here, actor.user_id, self._desk.now - NEWS_LASTS)),
        )

    async def allow_reminders(self, actor: Actor, *, allowed: bool) -> Mine:
        """Keep whether the bot may write to the person; nothing, for somebody who has to do with no group here."""
        async with self._desk.transaction() as work:
            await self.choose_reminders(work, actor.here, actor.user_id, allowed=allowed)
        return await self.mine(actor)

    async def choose_reminders(self, work: Work, server_id: int, user_id: int, *, allowed: bool) -> None:
        """Keep whether the bot may write to somebody; nothing, for who has to do with no group there."""
        await store.save_reminders(work, server_id, user_id, allowed=allowed)
        await store.forget_idle_choice(work, server_id, user_id)

    async def writes_to(self, actor: Actor) -> bool:
        """Return whether the person lets the bot write to them here: how a form for joining is filled in."""
        return await self.may_remind(self._desk.reads, actor.here, actor.user_id)

    async def choices_for(self, actor: Actor, typed: str, purpose: Purpose) -> Sequence[tuple[str, str]]:
        """Return what `choices` does, for a cog."""
        if purpose == "join":
            free, known = await self.finding.to_join(actor), typed.casefold()
            return [(group.name, group.id) for group in free if known in group.name.casefold()][:_MOST_CHOICES]
        return await self.choices(self._desk.reads, actor, typed, purpose)

    # What higher pillars ask.

    async def group(self, reads: Reads, server_id: int, group_id: str) -> Group:
        """Return a group of this server that has not ended.

        Raises:
            NotFound: if there is none, in this server or at all.
        """
        found = await store.group(reads, group_id)
        if found is None or found.server_id != server_id or found.state == "archived":
            raise NotFound
        return found

    async def group_by_id(self, reads: Reads, group_id: str) -> Group:
        """Return a group of any server, one that has ended too.

        Raises:
            NotFound: if there is none.
        """
        found = await store.group(reads, group_id)
        if found is None:
            raise NotFound
        return found

    async def members(self, reads: Reads, group_id: str) -> tuple[int, ...]:
        """Return who has a seat and may come: not those whose access is paused."""
        paused = await measure_store.paused_in(reads, group_id)
        return tuple(user_id for user_id in await store.members(reads, group_id) if user_id not in paused)

    async def seated_by(self, reads: Reads, group_id: str, at: datetime) -> tuple[int, ...]:
        """Return who has had a seat since an instant or before, and may come: not who tries one meeting."""
        seated = await store.seated_by(reads, group_id, at)
        return tuple(user_id for user_id in await self.members(reads, group_id) if user_id in seated)

    async def facilitators(self, reads: Reads, group_id: str) -> tuple[int, ...]:
        """Return who facilitates."""
        return await store.facilitators(reads, group_id)

    async def backups(self, reads: Reads, group_id: str) -> tuple[int, ...]:
        """Return who may be asked to take a meeting over when no facilitator is there, longest first.

        Who is no longer in the team of facilitators is not asked.
        """
        group = await self.group_by_id(reads, group_id)
        team = await self._servers.team(reads, group.server_id, "facilitator")
        return tuple(each for each in await group_store.backups(reads, group_id) if each in team)

    async def holds(self, reads: Reads, server_id: int, user_id: int, part: str) -> int:
        """Return for how many groups somebody is needed in their part of the team: those a facilitator holds."""
        return len(await store.facilitated_by(reads, server_id, user_id)) if part == "facilitator" else 0

    async def parts(self, reads: Reads, actor: Actor, group_id: str) -> set[Part]:
        """Return what the person is in this group and its server now. Elsewhere they are nobody to it."""
        found = await store.group(reads, group_id)
        if found is None or actor.server_id not in {None, found.server_id}:
            return {Part.EVERYBODY}
        parts = await self._servers.parts(reads, actor)
        if actor.user_id in await self.members(reads, group_id):
            parts.add(Part.MEMBER)
        if actor.user_id in await store.facilitators(reads, group_id):
            parts.add(Part.FACILITATOR)
        return parts

    async def groups_of(self, reads: Reads, server_id: int, user_id: int) -> tuple[Group, ...]:
        """Return the groups in which somebody has a seat and may come, or which they facilitate."""
        seated = await store.seated_in(reads, server_id, user_id)
        seated -= frozenset(await measure_store.pauses_of(reads, server_id, user_id))
        ids = seated | await store.facilitated_by(reads, server_id, user_id)
        return tuple(await store.groups(reads, server_id, ids))

    async def may_remind(self, reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether somebody wants messages from the bot, and Discord lets it send them."""
        return await store.reminders(reads, server_id, user_id) == "on"

    async def closed(self, reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether Discord refused a message to somebody, who has not said since that it may be tried again."""
        return await store.reminders(reads, server_id, user_id) == "closed"

    async def choices(self, reads: Reads, actor: Actor, typed: str, purpose: Purpose) -> list[tuple[str, str]]:
        """Return (name, id) of at most 25 groups whose name contains `typed`, for an autocomplete list."""
        wanted = [group for group in await store.groups(reads, actor.here) if typed.casefold() in group.name.casefold()]
        if purpose == "review":
            ended = await group_store.archived(reads, actor.here)
            wanted += [group for group in ended if typed.casefold() in group.name.casefold()]
        if purpose in {"manage", "review"}:
            if not allowed("group.create", await self._servers.parts(reads, actor)):
                return []
        else:
            ids = await store.seated_in(reads, actor.here, actor.user_id)
            ids |= await waitlist_store.waited_for(reads, actor.here, actor.user_id)
            if purpose == "mine":
                ids |= await store.facilitated_by(reads, actor.here, actor.user_id)
            wanted = [group for group in wanted if group.id in ids]
        return [(group.name, group.id) for group in wanted[:_MOST_CHOICES]]

    async def next_meeting_is(
        self, work: Work, group_id: str, following: NextMeeting | None, in_progress: NextMeeting | None = None
    ) -> None:
        """Keep when a group meets next, and make the offers that its being near had held back.

        `in_progress` is the meeting whose time it is, unless it was called off.
        """
        group = await self.group_by_id(work, group_id)
        await store.save_next_meeting(work, group_id, following)
        await self.tasting.follow(work, group_id, in_progress, following)
        at = following.starts_at if following is not None else None
        await self._seating.settle(work, replace(group, next_meeting_at=at))

    async def message_ended(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Keep that Discord refused a direct message for good, so that none is tried until the person says yes again.

        Every report of such a message leads here; `/group mine` says so, and nothing is said in public instead.
        """
        await self.waitlist.message_ended(work, intent, result)

    async def leaves(self, work: Work, server_id: int, user_id: int) -> None:
        """End every seat, place in a queue, offer and facilitation of somebody in a server, and what is proposed."""
        await self.joining.gone(work, server_id, user_id)
        await self.measures.gone(work, server_id, user_id)

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return what is kept about a person."""
        return await retention.kept_about(reads, user_id)

    async def _forgotten(self, work: Work, fact: Fact) -> None:
        await self._confidentiality.group_gone(work, int(fact.data["server"]), str(fact.data["group"]))

    async def before_forgetting(self, work: Work) -> None:
        """End what has lasted long enough, before what has ended goes: places in queues, and groups of old."""
        await retention.before_forgetting(work, self._seating)
        await self.life.forget_due(work)

    async def _views(self, server_id: int, user_id: int, only: Collection[str]) -> Sequence[View]:
        reads, now = self._desk.reads, self._desk.now
        queues = await waitlist_store.queues(reads, server_id, only)
        seated = await store.seated_in(reads, server_id, user_id)
        facilitated = await store.facilitated_by(reads, server_id, user_id)
        pauses = await measure_store.pauses_of(reads, server_id, user_id)
        appeal = await self._servers.appeal(reads, server_id) if pauses else ""
        tried = await tasting_store.of_person(reads, server_id, user_id)
        tasters = {each.group_id: each for each in tried if each.ended_at is None}
        seen = [
            view(
                group,
                queues[group.id],
                user_id,
                now,
                seated=group.id in seated,
                facilitates=group.id in facilitated,
                taster=tasters.get(group.id),
            )
            for group in await store.groups(reads, server_id, only)
        ]
        return [during_pause(each, pauses.get(each.group.id), appeal) for each in seen]


def _checked(server_id: int, wanted: NewGroup) -> Group:
    places = int(wanted.places) if wanted.places.isascii() and wanted.places.isdecimal() else 0
    if places not in rules.places_of("open"):
        raise Invalid
    group = Group(new_id(), server_id, "", "", "text", places, "", "open", None)
    return read_words(group, Wording(wanted.name, wanted.about, wanted.language, wanted.medium))
