"""What can be done with a server: set it up, change its team, ask what somebody is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part, require
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotSetUp
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.ports import AllThere, Channels
from peerbot.engine.retention import YEAR, Keeper, Kept
from peerbot.engine.texts import person, say
from peerbot.engine.tokens import new_id
from peerbot.engine.zones import UnknownZone, find_zone
from peerbot.servers import acts_store, retention_store, rules, store, telling
from peerbot.servers.rules import AgesAndContact, Server, State

STAFF_CHANGED: Final = "staff.changed"
"""Fact: the team or its channels are others now, of the server `server`."""
SETTINGS_CHANGED: Final = "server.changed"
"""Fact: a setting of the server `server` is another now."""
_MADE: Final = "servers.made"
"""product.md §5: staff actions are kept for 12 months."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The five answers of /setup. `staff_channels` is `make`, or `choose` for channels picked next."""

    country: str
    lead: int
    second: int
    staff_channels: str
    zone: str


class Servers(Keeper):
    """Use cases around servers. Every higher pillar asks here who somebody is."""

    items: ClassVar = retention_store.ITEMS
    _save: ClassVar[Mapping[str, Any]] = {
        "category": store.save_category,
        "moderators": store.save_moderators_channel,
        "facilitators": store.save_facilitators_channel,
    }

    def __init__(self, desk: Desk, channels: Channels | None = None) -> None:
        """Work at `desk` and listen for channels that were made; `channels` knows which of them are gone."""
        self._desk = desk
        self._channels = channels or AllThere()
        self._countries: dict[int, str] = {}
        self._outside: dict[int, str] = {}
        desk.handlers.on_report(_MADE, self._made)
        desk.handlers.on_report(telling.TOLD, telling.told)

    async def remember_countries(self) -> None:
        """Read every server's country and contact outside the team, so that neither needs the database later.

        Until then, and where it fails, the crisis card is the general one.
        """
        servers = await store.every(self._desk.reads)
        self._countries = {server.id: server.country for server in servers}
        self._outside = {server.id: server.outside for server in servers}

    def forget_answers(self, server_id: int) -> None:
        """Forget a server's country and contact in memory: it is being deleted. Its card is the general one then."""
        self._countries.pop(server_id, None)
        self._outside.pop(server_id, None)

    def country(self, server_id: int | None) -> str:
        """Return the country of a server's crisis card from memory; `*` where none is known."""
        return self._countries.get(server_id or 0, rules.NO_COUNTRY)

    def outside(self, server_id: int) -> str:
        """Return a server's contact outside the team, from memory; empty where none is known."""
        return self._outside.get(server_id, "")

    async def load(self, reads: Reads, server_id: int) -> Server:
        """Return a server.

        Raises:
            NotSetUp: if nobody has set it up.
        """
        server = await store.load(reads, server_id)
        if server is None:
            raise NotSetUp
        return server

    async def find(self, reads: Reads, server_id: int) -> Server | None:
        """Return a server, or None before it is set up."""
        return await store.load(reads, server_id)

    async def all(self, reads: Reads) -> Sequence[Server]:
        """Return every server that is set up."""
        return await store.every(reads)

    async def among(self, server_ids: Sequence[int]) -> Sequence[Server]:
        """Return those of the given servers that are set up."""
        return await store.servers_of(self._desk.reads, server_ids)

    async def parts(self, reads: Reads, actor: Actor) -> set[Part]:
        """Return what the person is in this server now."""
        found = {Part.EVERYBODY}
        if actor.server_id is None:
            return found
        if actor.manages_server:
            found.add(Part.ADMINISTRATOR)
        if actor.owns_server:
            found.add(Part.OWNER)
        for part in await store.parts(reads, actor.server_id, actor.user_id):
            if part != "facilitator":  # a facilitator is one of a group, which signup knows
                found.add(Part(part))
        return found

    async def team(self, reads: Reads, server_id: int, *parts: str) -> tuple[int, ...]:
        """Return everybody with one of these parts."""
        return rules.people(await store.team(reads, server_id), *parts)

    async def on_any_team(self, reads: Reads, user_id: int) -> bool:
        """Return whether a person has a part in the team of any server."""
        return bool(await store.parts_everywhere(reads, user_id))

    async def open_for_groups(self, reads: Reads, server_id: int) -> bool:
        """Return whether the smallest team is there and was once reached. Else only cards and *Help now* work."""
        server = await store.load(reads, server_id)
        return server is not None and server.opened and not rules.lacking(await store.team(reads, server_id), server)

    async def reached(self, work: Work, server_id: int, people: Collection[int]) -> None:
        """These people are known to be reached: with the smallest team among them groups open to members, for good."""
        server = await store.load(work, server_id)
        if server is None or server.opened:
            return
        team = await store.team(work, server_id)
        if rules.lacking((mate for mate in team if mate.user_id in people), server):
            return
        await store.open_to_members(work, server_id, work.now)
        told = rules.people(team, "lead", "coordinator")
        await telling.tell(work, server_id, key=f"opened:{server_id}", people=told, data={"card": "servers.opened"})

    async def ages(self, reads: Reads, server_id: int) -> AgesAndContact:
        """Return for whom groups are there, and whom younger people can turn to."""
        server = await self.load(reads, server_id)
        return AgesAndContact(server.ages, server.contact if server.ages.for_younger else "")

    async def appeal(self, reads: Reads, server_id: int) -> str:
        """Return whom somebody can ask to look at a decision again: mentions of leads, three at most."""
        return ", ".join(person(user_id) for user_id in (await self.team(reads, server_id, "lead"))[:3])

    async def state(self, actor: Actor) -> State:
        """Return what the server was set up with, for /setup.

        Raises:
            NotAllowed: unless the person manages the server.
        """
        require("server.setup", await self.parts(self._desk.reads, actor))
        team = await store.team(self._desk.reads, actor.here)
        return State(await store.load(self._desk.reads, actor.here), team)

    async def set_up(self, actor: Actor, answers: Answers) -> Server:
        """Keep the five answers and have the channels made that are wanted and not there yet.

        Raises:
            NotAllowed: unless the person manages the server.
            Invalid: if the zone is not known, lead and second person are the same, or one of them is silenced.
        """
        try:
            zone = find_zone(answers.zone)
        except UnknownZone as error:
            raise Invalid(text="setup-unknown-zone") from error
        if answers.lead == answers.second:
            raise Invalid(text="setup-two-people")
        async with self._desk.transaction() as work:
            require("server.setup", await self.parts(work, actor))
            make = answers.staff_channels == "make"
            await store.save(work, actor.here, answers.country, zone, work.now, make=make)
            await self._replace(work, actor.here, "lead", answers.lead)
            await self._replace(work, actor.here, "deputy", answers.second)
            server = await self._make_places(work, actor.here)
            await self.acted(work, actor, "server-set-up")
        await self.remember_countries()
        return server

    async def use_staff_channel(self, actor: Actor, which: str, channel_id: int) -> None:
        """Use a channel the server already has as `moderators` or `facilitators` channel.

        Raises:
            NotAllowed: unless the person manages the server.
            NotSetUp: before the five answers.
        """
        async with self._desk.transaction() as work:
            require("server.setup", await self.parts(work, actor))
            await self.load(work, actor.here)
            await self._save_channel(work, actor.here, which, channel_id)
            await self.acted(work, actor, "channels-chosen")

    async def add_to_team(self, actor: Actor, user_id: int, part: str, *, is_bot: bool = False) -> bool:
        """Give somebody a part. Returns False if they had it.

        Raises:
            Invalid: for a bot: nobody would answer a page; for a silenced account; and for no part at all.
            NotAllowed: unless the person manages the server or is its lead.
            NotSetUp: before /setup.
        """
        if is_bot:
            raise Invalid(text="team-is-bot")
        async with self._desk.transaction() as work:
            require("team.change", await self.parts(work, actor))
            if part not in rules.PARTS:
                raise Invalid
            await self.load(work, actor.here)
            added = await self.give_part(work, actor.here, user_id, part)
            if added:
                await self.acted(work, actor, "team-changed")
            return added

    async def give_part(self, work: Work, server_id: int, user_id: int, part: str) -> bool:
        """Give somebody a part, and access to the staff channels that go with it.

        Raises:
            Invalid: for a silenced account: what is counted on would not reach them.
        """
        if await silence.among(work, server_id, {user_id}):
            raise Invalid(text="team-is-silenced")
        added = await store.add(work, server_id, user_id, part, work.now)
        if added:
            await self._let_in(work, server_id, user_id)
        return added

    async def take_part(self, work: Work, server_id: int, user_id: int, part: str) -> None:
        """Take a part from somebody, and the access to the staff channels that went with it."""
        await self._remove(work, server_id, user_id, part)
        await self._let_in(work, server_id, user_id)

    async def make_channels(self, actor: Actor) -> None:
        """Have the staff channels made that are not there yet.

        Raises:
            NotAllowed: unless the person manages the server.
            NotSetUp: before the five answers.
        """
        async with self._desk.transaction() as work:
            require("server.setup", await self.parts(work, actor))
            server = await self.load(work, actor.here)
            await store.change(work, replace(server, make_staff_channels=True))
            await self._make_places(work, actor.here)
            await self.acted(work, actor, "channels-made")

    async def save(self, work: Work, server: Server) -> None:
        """Keep what a server now is, its channels left out."""
        await store.change(work, server)

    async def acted(self, work: Work, actor: Actor, act: str) -> None:
        """Keep that somebody on the staff did something: the act (`act-…` names it) and who, never a word."""
        await acts_store.add(work, actor.here, act, actor.user_id, work.now)

    async def leaves(self, work: Work, server_id: int, user_id: int) -> None:
        """Take every part from somebody who leaves: they are paged and counted on no more."""
        parts = await store.parts(work, server_id, user_id)
        for part in sorted(parts):
            await self._remove(work, server_id, user_id, part)
        if parts:
            await self._let_in(work, server_id, user_id)

    async def only_lead(self, reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether somebody is the one lead a server has."""
        return rules.last_of(await store.team(reads, server_id), user_id, "lead")

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return which parts a person has in which team."""
        return [
            *(
                Kept("kept-team", server_id, {"part": say(f"part-{part}")})
                for server_id, part in await store.parts_everywhere(reads, user_id)
            ),
            *(
                Kept(
                    "kept-staff-acts",
                    each.server_id,
                    {"act": say(f"act-{each.act}"), "times": each.times},
                    each.last_at + YEAR,
                )
                for each in await acts_store.of_person(reads, user_id)
            ),
        ]

    async def next_concern(self, work: Work, server_id: int) -> int:
        """Return the next number for a concern."""
        return await store.next_concern(work, server_id)

    async def _replace(self, work: Work, server_id: int, part: str, user_id: int) -> None:
        for other in await self.team(work, server_id, part):
            if other != user_id:
                await self.take_part(work, server_id, other, part)
        await self.give_part(work, server_id, user_id, part)

    @staticmethod
    async def _remove(work: Work, server_id: int, user_id: int, part: str) -> None:
        await store.remove(work, server_id, user_id, part)
        if part == "facilitator":  # They may hold a meeting just now that they took over.
            await work.record("part.ended", server=server_id, user=user_id)
        elif part != "coordinator":  # They may be on the rota.
            await work.record("duty.ended", server=server_id, user=user_id)

    async def _let_in(self, work: Work, server_id: int, user_id: int) -> None:
        """Bring one person's access to the staff channels in line with their parts, now and in the channels to come."""
        server = await self.load(work, server_id)
        for which, channel_id in rules.staff_channels(server).items():
            if channel_id is not None:
                await work.enqueue(
                    Intent(
                        key=f"staff:{which}:{channel_id}:{user_id}:{new_id()}",
                        kind="channel.person",
                        lane=Lane.OPENING,
                        server_id=server_id,
                        data={"channel": channel_id, "user": user_id, "access": "servers.staff", "which": which},
                        stream=f"channel:{channel_id}:{user_id}",
                    )
                )
        await self._staff_changed(work, server_id)

    @staticmethod
    async def _staff_changed(work: Work, server_id: int) -> None:
        """Let *escalation* look who of the team can see the channels they are paged in."""
        await work.record(STAFF_CHANGED, server=server_id)

    async def _make_places(self, work: Work, server_id: int) -> Server:
        """Mean to make what is not there yet, or was deleted, unless that is under way."""
        await self._forget_gone(work, await self.load(work, server_id))
        server = await self.load(work, server_id)
        for which in rules.places_to_make(server):
            key = f"server:{server_id}:{which}"
            if not await work.means_to(key):
                await work.enqueue(
                    Intent(
                        key=f"{key}:{new_id()}",
                        kind="place.make",
                        lane=Lane.OPENING,
                        server_id=server_id,
                        data={"place": f"servers.{which}", "server": server_id, "which": which},
                        report=_MADE,
                    )
                )
        return server

    async def _forget_gone(self, work: Work, server: Server) -> None:
        places = {"category": server.category_id, **rules.staff_channels(server)}
        for which, channel_id in places.items():
            if channel_id is not None and self._channels.state_of(server.id, channel_id) == "gone":
                await self._save[which](work, server.id, None)

    async def _made(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        server_id = intent.server_id
        if server_id is None or not isinstance(result, Delivered) or result.channel_id is None:
            return
        await self._save_channel(work, server_id, str(intent.data["which"]), result.channel_id)
        await self._make_places(work, server_id)

    async def _save_channel(self, work: Work, server_id: int, which: str, channel_id: int) -> None:
        await self._save[which](work, server_id, channel_id)
        await self._staff_changed(work, server_id)
