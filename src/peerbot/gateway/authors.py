"""Who wrote a message: whether it was the bot. All else of it is dropped unread."""

import asyncio
from collections.abc import Callable
from typing import Final

import aiohttp
import discord

_LONGEST: Final = 1.5
"""Seconds: somebody waits for our answer, and so does Discord."""


class AuthorsOnDiscord:
    """Whether messages are the bot's own, by Discord's route for one message."""

    def __init__(self, client: Callable[[], discord.Client]) -> None:
        """Ask through the client that `client` returns; it is made after the services that need this."""
        self._client = client

    async def is_ours(self, channel_id: int, message_id: int) -> bool:
        """Return whether the bot wrote a message; False if it is gone, or cannot be found out in time."""
        client = self._client()
        try:
            async with asyncio.timeout(_LONGEST):
                found = await client.http.get_message(channel_id, message_id)
        except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
            return False
        return client.user is not None and int(found["author"]["id"]) == client.user.id
