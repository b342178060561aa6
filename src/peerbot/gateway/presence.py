"""In which servers the bot is, as Discord tells by itself: what is kept of the others comes to its end."""

from collections.abc import Sequence
from typing import Protocol

import discord
from discord.ext import commands


class Kept(Protocol):
    """What is done with what is kept of a server."""

    async def servers_now(self, present: Sequence[int]) -> None:
        """Take note of every server that has the bot."""
        ...

    async def server_gone(self, server_id: int) -> None:
        """Take note that a server has removed the bot."""
        ...

    async def server_back(self, server_id: int) -> None:
        """Take note that a server has the bot, again or for the first time."""
        ...


class Presence:
    """Listens for servers that add the bot or remove it. One that Discord cannot reach for a while is neither."""

    def __init__(self, client: commands.Bot, kept: Kept) -> None:
        """Tell `kept` what `client` hears."""
        self._client = client
        self._kept = kept

    def listen(self) -> None:
        """Begin to listen."""
        self._client.add_listener(self._ready, "on_ready")
        self._client.add_listener(self._removed, "on_guild_remove")
        # Discord may say of a server that was joined just now either that it is new or that it is there again.
        self._client.add_listener(self._joined, "on_guild_join")
        self._client.add_listener(self._joined, "on_guild_available")

    async def _ready(self) -> None:
        """Everything is known now that happened while the bot was down."""
        await self._kept.servers_now([guild.id for guild in self._client.guilds])

    async def _removed(self, guild: discord.Guild) -> None:
        await self._kept.server_gone(guild.id)

    async def _joined(self, guild: discord.Guild) -> None:
        await self._kept.server_back(guild.id)
