"""Whether somebody can see a channel: asked of Discord freshly, because roles and overwrites change without us."""

import asyncio
from collections.abc import Collection
from typing import Final

import aiohttp
import discord

from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Leased
from peerbot.gateway import access

_LONGEST: Final = 5.0
"""Seconds: then it is not known."""
_LONGEST_HIDING: Final = 2.0
"""Seconds: a message waits for it, and pages are messages."""
_GONE: Final = frozenset({10003, 10007, 10013})
"""Unknown channel, member, user."""
_NO_ACCESS: Final = 50001
_NEEDED: Final = discord.Permissions(view_channel=True, read_message_history=True)


class CheckSight:
    """`sight.check`: find out whether a person can see a channel. Data: `channel`, `person`.

    Only Discord's plain word counts: who cannot be looked for in time neither sees it nor does not.
    """

    safe = True
    calls = 2

    def __init__(self, client: discord.Client) -> None:
        """Ask as `client`."""
        self._client = client

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Two calls; the person is among those who are there, those who are not, or neither."""
        return await self._look(intent)

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Looking is all it does, so it is simply done again."""
        return await self._look(intent)

    async def _look(self, intent: Leased) -> Delivered:
        user_id = int(intent.data["person"])
        seen = await sees(self._client, intent.server_id or 0, int(intent.data["channel"]), user_id)
        return Delivered(
            people=(user_id,) if seen is False else (),
            there=(user_id,) if seen else (),
        )


async def sees_everything(client: discord.Client, server_id: int, user_id: int) -> bool:
    """Return whether a person is the owner or an administrator of a server, asked freshly.

    Raises:
        discord.HTTPException, aiohttp.ClientError, OSError: if Discord does not say.
    """
    guild = client.get_guild(server_id)
    if guild is None or guild.unavailable:
        raise access.NoAccess
    try:
        member = await guild.fetch_member(user_id)
    except discord.NotFound:
        return False
    return member.guild_permissions.administrator


async def would_show(client: discord.Client, server_id: int, channel_id: int, people: Collection[int]) -> bool:
    """Return whether a message in a channel would show itself to one of some people.

    Only Discord's plain yes counts: what it does not say in time holds no message up.
    """
    seen = (sees(client, server_id, channel_id, user_id, _LONGEST_HIDING) for user_id in people)
    return any(each is True for each in await asyncio.gather(*seen))


async def sees(
    client: discord.Client, server_id: int, channel_id: int, user_id: int, longest: float = _LONGEST
) -> bool | None:
    """Return whether a person can see a channel and read what was written; None if Discord does not say.

    Owner and administrators see everything. A channel that is gone, or that the bot itself is kept from, nobody sees:
    no page can be read there.
    """
    guild = client.get_guild(server_id)
    if guild is None or guild.unavailable:
        return None
    try:
        async with asyncio.timeout(longest):
            channel = await client.fetch_channel(channel_id)
            member = await guild.fetch_member(user_id)
    except discord.HTTPException as error:
        # A fault of Discord's own has no code of theirs.
        return False if error.code in {*_GONE, _NO_ACCESS} else None
    except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
        return None
    if not isinstance(channel, discord.abc.GuildChannel) or access.hidden(channel.name):
        return False
    return channel.permissions_for(member) >= _NEEDED
