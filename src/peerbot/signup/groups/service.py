"""What a coordinator sees and changes of a group, and who is in it for those who hold it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, allowed, require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.texts import say
from peerbot.engine.wall_time import UnreadableDate, parse_date
from peerbot.engine.words import clean
from peerbot.engine.zones import zone
from peerbot.servers.service import Servers
from peerbot.signup import rules, store
from peerbot.signup.groups import rules as group_rules
from peerbot.signup.groups import store as group_store
from peerbot.signup.groups.rules import Change, People, Switch, Terms
from peerbot.signup.groups.store import Seated
from peerbot.signup.rules import Group
from peerbot.signup.seating import Seating
from peerbot.signup.waitlist import store as waitlist_store

ACT: Final = "group-changed"
CHANGED: Final = "group.changed"
"""Fact: whether, or until when, a group meets may have changed."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a group, as typed."""

    name: str
    about: str
    language: str
    medium: str


@dataclass(frozen=True, slots=True)
class TypedTerms:
    """How people come into a group, as typed."""

    kind: str
    places: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Managed:
    """Everything a coordinator sees of a group. It names nobody but facilitators.

    Attributes:
        zone: The server's zone, in which the days of a cycle are meant.
        free: How many seats nobody has.
        backups: How many may be asked to take a meeting over.
    """

    group: Group
    zone: str
    people: People
    free: int
    facilitators: tuple[int, ...]
    backups: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is in a group: for its facilitators and for coordinators. `waiting` is a number: a queue names nobody."""

    group: Group
    seated: Sequence[Seated]
    waiting: int
    facilitators: tuple[int, ...]


class Groups:
    """Use cases of a coordinator who changes a group."""

    def __init__(self, desk: Desk, servers: Servers, seating: Seating) -> None:
        """Work at `desk`; `seating` makes and offers the seats that a change frees."""
        self._desk = desk
        self._servers = servers
        self._seating = seating

    async def show(self, actor: Actor, group_id: str) -> Managed:
        """Return a group as a coordinator sees it; one that has ended too, until it is deleted.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
        """
        group = await self.load(self._desk.reads, actor, group_id)
        return await self.managed(self._desk.reads, group)

    async def change_words(self, actor: Actor, group_id: str, wanted: Wording) -> tuple[Managed, Group]:
        """Keep other words. Returns the group, and how it was before.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: if something cannot be used, or another group here has that name.
        """
        async with self._desk.transaction() as work:
            before = await self.living(work, actor, group_id)
            after = read_words(before, wanted)
            await refuse_taken_name(work, after)
            await group_store.save(work, after)
            if after != before:
                await self._servers.acted(work, actor, ACT)
            return await self.managed(work, after), before

    async def ask_terms(self, actor: Actor, group_id: str, typed: TypedTerms) -> Change:
        """Read how people shall come into a group. Where nobody is touched it is done at once, else shown first.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: if something cannot be used; it says which and how to write it.
        """
        async with self._desk.transaction() as work:
            group = await self.living(work, actor, group_id)
            zone_name = (await self._servers.load(work, group.server_id)).zone
            terms = _read_terms(typed, work.now.astimezone(zone(zone_name)).date())
            after = group_rules.with_terms(group, terms, zone_name)
            return await self._change(work, actor, group, after, sure=False)

    async def change_terms(self, actor: Actor, group_id: str, terms: Terms) -> Change:
        """Change how people come into a group. Nobody loses a seat, and no offer is broken.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: if such terms cannot be.
        """
        async with self._desk.transaction() as work:
            group = await self.living(work, actor, group_id)
            zone_name = (await self._servers.load(work, group.server_id)).zone
            _refuse(terms, work.now.astimezone(zone(zone_name)).date())
            return await self._change(work, actor, group, group_rules.with_terms(group, terms, zone_name), sure=True)

    async def switch(self, actor: Actor, group_id: str, switch: Switch, *, on: bool, sure: bool) -> Change:
        """Switch something on or off. Who may find a group touches its people, so that is asked first unless `sure`.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
        """
        async with self._desk.transaction() as work:
            group = await self.living(work, actor, group_id)
            after = group_rules.with_switch(group, switch, on=on)
            return await self._change(work, actor, group, after, sure=sure or switch != "private")

    async def roster(self, actor: Actor, group_id: str) -> Roster:
        """Return who is in a group.

        Raises:
            NotFound: unless the person facilitates this group or is a coordinator or administrator here.
        """
        reads = self._desk.reads
        group = await store.group(reads, group_id)
        if group is None or group.server_id != actor.server_id:
            raise NotFound
        facilitators = await store.facilitators(reads, group.id)
        parts = await self._servers.parts(reads, actor)
        if actor.user_id in facilitators:
            parts.add(Part.FACILITATOR)
        if not allowed("group.roster", parts):
            raise NotFound
        waiting = len(await group_store.waiting(reads, group.id))
        return Roster(group, await group_store.seated(reads, group.id), waiting, facilitators)

    # For the other use cases of coordinators.

    async def load(self, reads: Reads, actor: Actor, group_id: str) -> Group:
        """Return a group that the person may change; one that has ended too.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
        """
        require("group.change", await self._servers.parts(reads, actor))
        group = await store.group(reads, group_id)
        if group is None or group.server_id != actor.here:
            raise NotFound
        return group

    async def living(self, reads: Reads, actor: Actor, group_id: str) -> Group:
        """Return a group that the person may change and that has not ended.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
        """
        group = await self.load(reads, actor, group_id)
        if group.state == "archived":
            raise NotFound(text="staff-group-has-ended")
        return group

    async def managed(self, reads: Reads, group: Group) -> Managed:
        """Return a group with the numbers a coordinator sees."""
        server = await self._servers.load(reads, group.server_id)
        queue = (await waitlist_store.queues(reads, group.server_id, {group.id}))[group.id]
        return Managed(
            group,
            server.zone,
            await people(reads, group),
            len(queue.free),
            await store.facilitators(reads, group.id),
            len(await group_store.backups(reads, group.id)),
        )

    async def _change(self, work: Work, actor: Actor, before: Group, after: Group, *, sure: bool) -> Change:
        touched = await people(work, before)
        zone_name = (await self._servers.load(work, before.server_id)).zone
        done = sure or touched.total == 0 or before == after
        if done and before != after:
            await group_store.save(work, after)
            await self._seating.settle(work, after)
            await self._servers.acted(work, actor, ACT)
        return Change(before, after, touched, zone_name, done)


async def people(reads: Reads, group: Group) -> People:
    """Return how many have a seat in a group, and how many wait for one."""
    return People(len(await store.members(reads, group.id)), len(await group_store.waiting(reads, group.id)))


def read_words(group: Group, wanted: Wording) -> Group:
    """Return the group with the words that were typed, made safe to keep.

    Raises:
        Invalid: if something cannot be used; it names the field.
    """
    if wanted.medium not in {"text", "voice"}:
        raise Invalid
    return replace(
        group,
        name=clean(wanted.name, field=say("staff-group-name"), most=rules.MOST_IN_NAME, least=2),
        about=clean(wanted.about, field=say("staff-group-about"), most=rules.MOST_IN_ABOUT, least=2),
        language=clean(wanted.language, field=say("staff-group-language"), most=rules.MOST_IN_LANGUAGE, least=2),
        medium=wanted.medium,
    )


async def refuse_taken_name(reads: Reads, group: Group) -> None:
    """Do nothing if no other group of the server has this name.

    Raises:
        Invalid: if one has.
    """
    for other in await store.groups(reads, group.server_id):
        if other.id != group.id and other.name.casefold() == group.name.casefold():
            raise Invalid(text="staff-group-name-taken")


def read_day(text: str, today: date) -> date:
    """Return the day that was typed; without a year the next such one.

    Raises:
        Invalid: if it cannot be read, or could be two days.
    """
    try:
        return parse_date(text, today)
    except UnreadableDate as error:
        raise Invalid(text="staff-group-day-unknown") from error


def _read_terms(typed: TypedTerms, today: date) -> Terms:
    kind = rules.kind_of(typed.kind)
    if kind is None:
        raise Invalid
    places = int(typed.places) if typed.places.isascii() and typed.places.isdecimal() else 0
    first = read_day(typed.first, today) if typed.first.strip() and kind == "closed" else None
    last = read_day(typed.last, first or today) if typed.last.strip() and kind == "closed" else None
    terms = Terms(kind, places, first, last)
    _refuse(terms, today)
    return terms


def _refuse(terms: Terms, today: date) -> None:
    wrong = group_rules.terms_wrong(terms, today)
    if wrong:
        places = rules.places_of(terms.kind)
        raise Invalid(text=wrong, fewest=places.start, most=places.stop - 1)
