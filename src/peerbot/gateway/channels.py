"""How many channels a server has: what Discord told of them when the bot connected and since."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import discord


class ChannelsOnDiscord:
    """The number of channels, categories among them, as they count for Discord's limit; threads do not."""

    def __init__(self, client: Callable[[], discord.Client]) -> None:
        """Ask the client that `client` returns; it is made after the services that need this."""
        self._client = client

    def count(self, server_id: int) -> int:
        """Return how many channels a server has; 0 while Discord has not said."""
        guild = self._client().get_guild(server_id)
        return len(guild.channels) if guild is not None else 0


def on_deleted(
    tell: Callable[[int, int], Awaitable[None]],
) -> Callable[[discord.abc.GuildChannel], Coroutine[Any, Any, None]]:
    """Return what listens to channels being deleted, whoever does it, and hands on server and channel."""

    async def deleted(channel: discord.abc.GuildChannel) -> None:
        await tell(channel.guild.id, channel.id)

    return deleted
