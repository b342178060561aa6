"""The client: exactly the intents the specification names, no member cache, no kept messages, one way in."""

import asyncio
import hashlib
import json
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, cast

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands
from discord.gateway import KeepAliveHandler

from peerbot.gateway import failures, http
from peerbot.gateway.identifies import Identifies, Left, Recall, Remember, TooSoon
from peerbot.gateway.once import Once
from peerbot.gateway.pacing import Pace
from peerbot.gateway.router import Menu, Router
from peerbot.gateway.tally import Tally

# The bot never joins a voice room, so it needs neither library that discord.py would warn about at each start.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False

_LONGEST_RATE_LIMIT: Final = 30.0
"""Seconds; a longer 429 comes back to the outbox instead of holding a worker (rule P31)."""
_LONGEST_ASKED: Final = 10.0
"""Seconds."""

_log = structlog.get_logger(__name__)

OnDirectMessage = Callable[[discord.User | discord.Member], Awaitable[None]]
OnBan = Callable[[int, int], Awaitable[None]]
Notes = tuple[Recall, Remember]
OnVoice = Callable[[int, int, int], Awaitable[None]]
"""Server, channel, person."""


def intents() -> discord.Intents:
    """Return the intents of rule 2: messages' arrival, bans, voice rooms, AutoMod's own settings. None privileged."""
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        dm_messages=True,
        moderation=True,
        voice_states=True,
        auto_moderation_configuration=True,
    )


class _Tree(app_commands.CommandTree["PeerBot"]):
    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        return self.client.once.first(interaction.id)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        await self.client.failed(interaction, error)


class PeerBot(commands.Bot):
    """discord.py's bot with our router in front and nothing remembered."""

    def __init__(
        self,
        menus: list[Menu],
        *,
        on_direct_message: OnDirectMessage,
        on_ban: OnBan,
        on_voice: OnVoice,
        on_gone: failures.OnGone,
        notes: Notes,
        pace: Pace | None = None,
    ) -> None:
        """Offer `menus`; hand the few events we listen to, to the use cases given. Each request goes out at `pace`."""
        self.tally = Tally()
        super().__init__(
            command_prefix=(),  # None: with any other value discord.py warns that it cannot read messages.
            help_command=None,
            intents=intents(),
            tree_cls=_Tree,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT,
            http_trace=http.trace(pace or Pace(), self.tally),
        )
        self.router = Router()
        self.once = Once()
        self._menus = menus
        self._on_direct_message = on_direct_message
        self._on_ban = on_ban
        self._on_voice = on_voice
        self._on_gone = on_gone
        self._recall, self._remember = notes
        self.identifies: Identifies | None = None
        """The gate before each session; composition sets it."""
        self.commands_told = False
        """Whether Discord has the commands of this very program."""

    async def setup_hook(self) -> None:
        """Add the menus and tell Discord of the commands if they changed."""
        for menu in self._menus:
            await self.add_cog(menu)
            self.router.add(menu)
            for entry in menu.message_menus():
                self.tree.add_command(entry)
        await self._sync()

    async def _sync(self) -> None:
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        fingerprint = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        name = f"commands.{self.application_id}"
        if await self._recall(name) == fingerprint:
            self.commands_told = True
            return
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            # The commands Discord knows still work, and so do buttons, rooms and pages: those do not wait for this.
            _log.error("commands were not synced; the next start tries again", status=error.status, code=error.code)
            return
        self.commands_told = True
        await self._remember(name, fingerprint)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected until closed. Before a session begins it is waited until one may."""
        while True:
            if self.identifies is not None:
                await self.identifies.turn()
            try:
                await super().connect(reconnect=reconnect)
            except TooSoon:
                # Discord ends our sessions as soon as they begin.
                await self._hang_up()
                self.dispatch("disconnect")
                continue
            return

    async def _hang_up(self) -> None:
        """Close the line on which no session was begun: discord.py has let go of it, and only its heart knows it."""
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler) and thread.ws.loop is self.loop:
                await thread.ws.close()

    async def close(self) -> None:
        """Close the line. discord.py's wait for servers ends first: it would tell a closed client of them."""
        # There is no other way to it: discord.py keeps it to itself.
        waiting = cast("asyncio.Task[object] | None", getattr(self._connection, "_ready_task", None))
        if waiting is not None:
            waiting.cancel()
            await asyncio.wait({waiting})
        await super().close()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Let a session begin, or not: discord.py itself would begin one after the other, five seconds apart."""
        await super().before_identify_hook(shard_id, initial=initial)
        if self.identifies is not None:
            await self.identifies.begins()

    async def sessions_left(self) -> Left | None:
        """Ask Discord how many more sessions it allows, and when it allows all again; None without an answer."""
        try:
            async with asyncio.timeout(_LONGEST_ASKED):
                _, _, limit = await self.http.get_bot_gateway()
        except (discord.GatewayNotFound, aiohttp.ClientError, TimeoutError, OSError):
            return None  # Whatever is wrong there, connecting will tell.
        return limit["remaining"], timedelta(milliseconds=limit["reset_after"])

    async def failed(self, interaction: discord.Interaction, error: BaseException) -> None:
        """Answer for whatever went wrong at an entry."""
        await failures.answer(interaction, error, self._on_gone, self.router.routes)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Route buttons, menus and forms; commands go through discord.py's tree."""
        if interaction.type not in {discord.InteractionType.component, discord.InteractionType.modal_submit}:
            return
        if not self.once.first(interaction.id):
            return
        try:
            await self.router.press(interaction)
        except Exception as error:  # noqa: BLE001 - every entry answers, whatever went wrong
            await self.failed(interaction, error)

    async def on_message(self, message: discord.Message, /) -> None:
        """Answer a direct message, unread. Its content is not looked at; in servers nothing is."""
        if message.guild is None and not message.author.bot:
            await self._on_direct_message(message.author)

    async def on_member_ban(self, guild: discord.Guild, user: discord.User | discord.Member) -> None:
        """A ban ends memberships, offers and access at once."""
        await self._on_ban(guild.id, user.id)

    async def on_voice_state_update(
        self, member: discord.Member, before: discord.VoiceState, after: discord.VoiceState
    ) -> None:
        """Somebody joined the voice of a channel. What they do there is not looked at."""
        if after.channel is not None and after.channel != before.channel:
            await self._on_voice(member.guild.id, after.channel.id, member.id)

    async def on_ready(self) -> None:
        """Hand over who was in voice when the bot started: nobody is missed who came while it was down."""
        for guild in self.guilds:
            states = guild._voice_states  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - members are not cached, voice states are
            for user_id, state in tuple(states.items()):
                if state.channel is not None:
                    await self._on_voice(guild.id, state.channel.id, user_id)
