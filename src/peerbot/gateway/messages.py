"""Messages that stand in a channel: taken down, or a name taken out of one of ours."""

from typing import Final

import discord

from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Leased
from peerbot.gateway import draw

_GONE: Final = frozenset({10003, 10008})
"""Discord's codes for a channel, and for a message, that is not there any more."""


class DeleteMessage:
    """`message.delete`: take a message down, unread. Data: `channel`, `message`. Gone already is done."""

    safe = True
    calls = 1

    def __init__(self, client: discord.Client) -> None:
        """Delete as `client`."""
        self._client = client

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """One call, which brings nothing of the message back."""
        try:
            await self._client.http.delete_message(int(intent.data["channel"]), int(intent.data["message"]))
        except discord.NotFound as error:
            if error.code not in _GONE:
                raise
        return Delivered()

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Nothing to look for: deleting it again does no harm."""
        _ = intent
        return Absent()


class Unname:
    """`message.unname`: take somebody's name out of a message of ours. Data: `channel`, `message`, `user`."""

    safe = True
    calls = 2

    def __init__(self, client: discord.Client) -> None:
        """Change messages as `client`."""
        self._client = client

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Read our own message, never another, and put words in the place of the name; its buttons stay."""
        channel = self._client.get_partial_messageable(int(intent.data["channel"]), guild_id=intent.server_id)
        try:
            message = await channel.fetch_message(int(intent.data["message"]))
            if self._client.user is None or message.author.id != self._client.user.id:
                return NotWanted()
            text = draw.without(message.content, int(intent.data["user"]))
            if text != message.content:
                await message.edit(content=text, allowed_mentions=discord.AllowedMentions.none())
        except discord.NotFound as error:
            if error.code not in _GONE:
                raise
        return Delivered()

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Nothing to look for: doing it again does no harm."""
        _ = intent
        return Absent()
