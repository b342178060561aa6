"""The practice world: the real bot on SimCord, with a real encrypted database and a clock that can be moved.

The demo page, the tour and the tests all use it, so what they show is what the program does.
"""

import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import discord
import simcord
from discord import app_commands
from simcord.backend.access import can_access_message

from peerbot.app import App
from peerbot.demo import routes
from peerbot.demo.crash import Guillotine, Killed
from peerbot.demo.driver import Person, Place, visible_places
from peerbot.engine.errors import PeerbotError
from peerbot.gateway.bot import PeerBot
from peerbot.gateway.pacing import Pace
from peerbot.servers import rules

KEY: Final = bytes(range(32))
"""The practice key: nothing real is ever kept in this world."""
BEGINNING: Final = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
"""A Tuesday at noon, in a week in which no clock changes."""


class SimClock:
    """The world's clock as the bot sees it."""

    def __init__(self) -> None:
        """Show the beginning until the world is there."""
        self._env: simcord.Env | None = None

    def follow(self, env: simcord.Env) -> None:
        """Show the time of `env`."""
        self._env = env

    def now(self) -> datetime:
        """Return the simulated instant."""
        return self._env.now() if self._env is not None else BEGINNING


class World:
    """A server with its people, and the bot. Make one with `open_world`."""

    zone = "Europe/London"

    def __init__(
        self,
        env: simcord.Env,
        app: App,
        clock: SimClock,
        folder: Path,
        guillotine: Guillotine,
        sabotage: Callable[[App], None] | None,
    ) -> None:
        """Keep the parts; used by `open_world`."""
        self.env = env
        self.app = app
        self.clock = clock
        self.guillotine = guillotine
        self._sabotage = sabotage
        self._folder = folder
        self._generation = 0
        self.crashes = 0
        """How often the bot has been killed and started again."""
        self._people: dict[str, Person] = {}
        env.backend.edit_bot_profile("peerbot")
        self.guild = env.create_guild("Harbour Street Community")
        self.lounge = self.guild.create_text_channel("lounge")
        role = next(role for role in self.guild.roles.values() if role.name == env.backend.bot_user.name)
        # Exactly what the README's invite link grants, so that a missing permission shows here first.
        env.backend.guilds[self.guild.id].roles[role.id].permissions = rules.INVITED_WITH
        guillotine.on_kill = self._keep_remains

    @property
    def people(self) -> Sequence[Person]:
        """Everybody, in the order they came."""
        return list(self._people.values())

    @property
    def now(self) -> datetime:
        """The simulated instant."""
        return self.env.now()

    def add(
        self,
        key: str,
        name: str,
        part: str,
        hints: tuple[str, ...] = (),
        permissions: discord.Permissions | None = None,
    ) -> Person:
        """Bring somebody into the server. `permissions` come as a role of their own."""
        user = self.env.create_user(key, global_name=name)
        roles = [self.guild.create_role(part, permissions=permissions)] if permissions is not None else []
        person = Person(key, name, part, self.guild.add_member(user, roles=roles), hints)
        self._people[key] = person
        return person

    def person(self, key: str) -> Person:
        """Return somebody by key."""
        return self._people[key]

    def places(self, person: Person) -> list[Place]:
        """Return what `person` can read now: the server's lounge first, then rooms, then direct messages."""
        return visible_places(self.env, person)

    def place(self, person: Person, label: str) -> Place | None:
        """Return a channel this person can see by its name."""
        return next((place for place in self.places(person) if place.label == label), None)

    def reads(self, person: Person, place: Place | simcord.ChannelHandle) -> list[discord.Message]:
        """Return what `person` can read in a channel now, oldest first, private answers to them included."""
        channel = place.handle if isinstance(place, Place) else place
        backend = self.env.backend
        return [
            simcord.ResponseMessage(self.env, message).message
            for message in backend.messages.get(channel.id, {}).values()
            if can_access_message(self.env, channel.id, message, self._viewer(person, channel), history=True)
        ]

    @staticmethod
    def _viewer(person: Person, channel: simcord.ChannelHandle) -> simcord.MemberActor | simcord.UserHandle:
        return person.actor if channel.guild is not None else person.actor.user

    def dms(self, person: Person) -> list[discord.Message]:
        """Return the direct messages between `person` and the bot."""
        return self.reads(person, person.actor.user.dm_channel)

    def rooms(self, person: Person) -> list[Place]:
        """Return the rooms this person can see."""
        return [place for place in self.places(person) if place.label.startswith("room-")]

    async def tick(self) -> None:
        """Let the bot do everything that is due now."""
        await self.app.tick.settle()
        if self.guillotine.dead:
            # The call at which it died may have ended where nobody waited for it. No time passes for the dead.
            raise Killed

    async def next_due(self) -> datetime | None:
        """Return when the bot next has something to do."""
        return await self.app.tick.next_due()

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass as it does: stopping at each instant at which something is due."""
        end = self.now + by
        await self.tick()
        while self.now < end:
            due = await self.next_due()
            # The database keeps whole seconds, so what is due now may be due a moment ago.
            step = min(end, max(due, self.now + timedelta(seconds=1))) if due is not None else end
            await self.env.advance_time((step - self.now).total_seconds())
            await self.tick()

    async def until(self, at: datetime) -> None:
        """Let time pass until `at`."""
        await self.pass_time(max(at - self.now, timedelta()))

    def close_dms(self, person: Person) -> None:
        """Let this person take no direct messages from the bot."""
        channel_id = person.actor.user.dm_channel.id
        self.env.inject_error(
            "POST", f"/channels/{channel_id}/messages", status=403, code=50007, message="closed", times=None
        )

    async def restart(self, meanwhile: Callable[[Path], Awaitable[None]] | None = None) -> None:
        """Stop the bot in good order and start it again; `meanwhile` is done to the file of its database between."""
        await self.app.close()
        if meanwhile is not None:
            await meanwhile(self._file)
        await self._start(self._file)

    @property
    def file(self) -> Path:
        """The file of its database."""
        return self._file

    @property
    def _file(self) -> Path:
        return self._folder / f"peerbot-{self._generation}.sqlite"

    def _keep_remains(self) -> None:
        """At the moment of a crash: copy the database and its log as they lie there."""
        before = self._file
        self._generation += 1
        for suffix in ("", "-wal"):
            remains = before.with_name(before.name + suffix)
            if remains.exists():
                shutil.copyfile(remains, self._file.with_name(self._file.name + suffix))

    async def rise(self) -> None:
        """After a crash: start a new process on what is left."""
        await self.env.settle()
        await self.app.close()
        self.guillotine.revive()
        self.crashes += 1
        await self._start(self._file)

    async def _start(self, path: Path) -> None:
        self.app = await App.open(path, KEY, self.clock, pace=_no_limit())
        if self._sabotage is not None:
            self._sabotage(self.app)
        await self.env.restart_bot(self.app.bot)
        _take_refusals_for_no_faults(self.app.bot)


def _no_limit() -> Pace:
    """Return the pace of a Discord that takes every request at once, as SimCord does: nobody waits for nothing."""
    return Pace(per_second=1e9)


def _take_refusals_for_no_faults(bot: PeerBot) -> None:
    """Let a command that refuses kindly refuse: SimCord keeps whatever a command raises as a fault of the bot."""
    tree, keeping = bot.tree, bot.tree.on_error

    async def on_error(interaction: discord.Interaction[PeerBot], error: app_commands.AppCommandError) -> None:
        told = isinstance(error, app_commands.CommandInvokeError) and isinstance(error.original, PeerbotError)
        await (bot.failed(interaction, error) if told else keeping(interaction, error))

    tree.on_error = on_error


@asynccontextmanager
async def open_world(
    folder: Path, at: datetime | None = BEGINNING, sabotage: Callable[[App], None] | None = None
) -> AsyncGenerator[World]:
    """Open an empty server at the instant `at` (None: the world's own beginning) with the bot in it.

    `sabotage` is done to every bot before it starts: how the tour shows that it would notice.
    Faults of the bot are the caller's to look at: `world.env.errors`. What a person was told is none.
    """
    routes.serve()
    clock = SimClock()
    guillotine = Guillotine()
    app = await App.open(folder / "peerbot-0.sqlite", KEY, clock, pace=_no_limit())
    if sabotage is not None:
        sabotage(app)
    # Not `simcord.run`: it binds itself to the context it was entered in, and a test's fixture ends in another.
    env = simcord.Env(app.bot, check_errors=False)
    world: World | None = None
    try:
        with guillotine.watching():
            await env.start()
            try:
                clock.follow(env)
                _take_refusals_for_no_faults(app.bot)
                if at is not None:
                    await env.advance_time(max(0.0, (at - env.now()).total_seconds()))
                world = World(env, app, clock, folder, guillotine, sabotage)
                await env.settle()
                yield world
            finally:
                await env.shutdown()
    finally:
        await (world.app if world is not None else app).close()
