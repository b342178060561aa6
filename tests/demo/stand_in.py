"""A small bot and a small world with every kind of thing that the demo page has to carry: see `StandInWorld`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import discord
import simcord
from discord import app_commands
from discord.ext import commands

from peerbot.demo.driver import Person, Place, to_present, visible_places

ROOM_AFTER = timedelta(minutes=10)
_INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, voice_states=True)


class BookForm(discord.ui.Modal, title="Book a room"):
    """Asks for a purpose, which the stand-in repeats in the channel."""

    purpose: discord.ui.TextInput["BookForm"] = discord.ui.TextInput(label="What for?", custom_id="purpose")

    def __init__(self, world: "StandInWorld") -> None:
        """Answer with a button that plans a room in `world`."""
        super().__init__()
        self._world = world

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Post the booking."""
        await interaction.response.send_message(f"Booked for {self.purpose.value}.", view=PlanView(self._world))


class ConcernForm(discord.ui.Modal, title="Raise a concern"):
    """Asks for a line about a message's author."""

    line: discord.ui.TextInput["ConcernForm"] = discord.ui.TextInput(label="In a line", custom_id="line")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Answer the raiser alone."""
        await interaction.response.send_message("Your concern is with the team.", ephemeral=True)


class PlanView(discord.ui.View):
    """One button: *Plan it*."""

    def __init__(self, world: "StandInWorld") -> None:
        """Plan rooms in `world`."""
        super().__init__(timeout=None)
        self._world = world

    @discord.ui.button(label="Plan it", custom_id="plan")
    async def plan(self, interaction: discord.Interaction, _: discord.ui.Button["PlanView"]) -> None:
        """Plan a room for whoever pressed."""
        self._world.plan(interaction.user.id)
        await interaction.response.send_message("Your room opens in ten minutes.", ephemeral=True)


class StandInBot(commands.Bot):
    """`/book` opens a form, its answer has a button; a message menu opens another; `/fail` fails."""

    def __init__(self, world: "StandInWorld") -> None:
        """Serve `world`."""
        super().__init__("!", intents=_INTENTS)
        self._world = world
        self.pause = asyncio.Event()
        self.pause.set()

    async def on_message(self, _: discord.Message) -> None:
        """Take as long over a message as a test wants: meanwhile SimCord waits."""
        await self.pause.wait()

    async def setup_hook(self) -> None:
        """Tell Discord the commands."""
        self.tree.add_command(app_commands.Command(name="book", description="Book a room", callback=self._book))
        self.tree.add_command(app_commands.Command(name="fail", description="Fail", callback=self._fail))
        self.tree.add_command(app_commands.ContextMenu(name="Raise a concern", callback=self._concern))
        await self.tree.sync()

    async def _book(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(BookForm(self._world))

    async def _fail(self, interaction: discord.Interaction) -> None:
        raise RuntimeError(interaction.id)

    async def _concern(self, interaction: discord.Interaction, _: discord.Message) -> None:
        await interaction.response.send_modal(ConcernForm())


class StandInWorld:
    """Two members, a moderator with a channel of her own, voice rooms, and rooms that open when they are due."""

    zone = "Europe/London"

    def __init__(self) -> None:
        """Make the bot; `opened` fills the world."""
        self.bot = StandInBot(self)
        self.env = simcord.Env(self.bot, check_errors=False, settle_timeout=20)
        self.people: list[Person] = []
        self.ticks: list[datetime] = []
        self.ticked = asyncio.Event()
        self.fail_next_tick = False
        self._planned: list[tuple[datetime, int]] = []

    def fill(self) -> None:
        """Make the server and its people."""
        guild = self.env.create_guild("Practice server")
        self.welcome = guild.create_text_channel("welcome")
        hidden = discord.PermissionOverwrite(view_channel=False)
        self.staff = guild.create_text_channel("moderators", overwrites={guild.default_role: hidden})
        guild.create_voice_channel("quiet-voice")
        guild.create_voice_channel("other-voice")
        moderators = guild.create_role("moderator", permissions=discord.Permissions(administrator=True))
        hints = ("Type /book and send the form.", "Press Plan it, then move time on by 15 minutes.")
        for name, part in {"Ada": "member", "Ben": "member", "Mo": "moderator"}.items():
            roles = [moderators] if part == "moderator" else []
            actor = guild.add_member(self.env.create_user(name), roles=roles)
            self.people.append(Person(name.lower(), name, part, actor, hints))

    def plan(self, user: int) -> None:
        """Open a room for `user` in ten minutes."""
        self._planned.append((self.env.now() + ROOM_AFTER, user))

    def places(self, person: Person) -> list[Place]:
        """Return what Discord's permissions let `person` read."""
        return visible_places(self.env, person)

    async def next_due(self) -> datetime | None:
        """Return when the next room opens."""
        return min((due for due, _ in self._planned), default=None)

    async def tick(self) -> None:
        """Open the rooms that are due and tell the person."""
        self.ticks.append(self.env.now())
        self.ticked.set()
        if self.fail_next_tick:
            self.fail_next_tick = False
            raise RuntimeError
        for due, user in [one for one in self._planned if one[0] <= self.env.now()]:
            self._planned.remove((due, user))
            guild = self.bot.guilds[0]
            member = await guild.fetch_member(user)
            access: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
                guild.default_role: discord.PermissionOverwrite(view_channel=False),
                guild.me: discord.PermissionOverwrite(view_channel=True),
                member: discord.PermissionOverwrite(view_channel=True),
            }
            room = await guild.create_text_channel(f"room-{len(guild.channels)}", overwrites=access)
            await room.send("The room is open.")
            await member.send("Your room is open.")


@asynccontextmanager
async def opened() -> AsyncGenerator[StandInWorld]:
    """Give a stand-in world whose clock shows the present."""
    world = StandInWorld()
    await world.env.start()
    try:
        await to_present(world.env)
        world.fill()
        yield world
    finally:
        await world.env.shutdown()
