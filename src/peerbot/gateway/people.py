"""In which servers a person is, asked of Discord when needed; and what Discord has said of a server by itself."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import aiohttp
import discord

from peerbot.engine.ports import MOST_IN_CATEGORY
from peerbot.gateway import access
from peerbot.servers import rules

_LONGEST: Final = 1.5
"""Seconds: somebody in trouble waits for this answer, and Discord for ours."""
_LONGEST_CHECK: Final = 5.0
"""Seconds: before a room is made there is time, but a call may not last."""
_GONE: Final = frozenset({10007, 10013})
"""Unknown member, unknown user."""


class PeopleOnDiscord:
    """The port `SharedServers` by Discord's member route."""

    def __init__(self, client: Callable[[], discord.Client]) -> None:
        """Ask through the client that `client` returns; it is made after the services that need this."""
        self._client = client

    async def shared_with(self, user_id: int) -> Sequence[tuple[int, str]]:
        """Return (id, name) of every server that has both this person and the bot."""
        guilds = [guild for guild in self._client().guilds if not guild.unavailable]
        there = await asyncio.gather(*(_has(guild, user_id) for guild in guilds))
        return [(guild.id, guild.name) for guild, has in zip(guilds, there, strict=True) if has]

    def owner_of(self, server_id: int) -> int | None:
        """Return who owns a server, as Discord says with the server itself."""
        guild = self._client().get_guild(server_id)
        return guild.owner_id if guild is not None else None


class GuildOnDiscord:
    """The port `GuildView` by what discord.py keeps of each server."""

    def __init__(self, client: Callable[[], discord.Client]) -> None:
        """Look into the client that `client` returns; it is made after the services that need this."""
        self._client = client

    def missing_permissions(self, server_id: int, channel_id: int | None) -> tuple[str, ...]:
        """Return what the bot may not do in a channel, or in the server, as far as Discord has said."""
        guild = self._client().get_guild(server_id)
        if guild is None or guild.unavailable or guild.me is None:  # pyright: ignore[reportUnnecessaryComparison] - None until Discord has sent it
            return ()
        if channel_id is None:
            return rules.missing_permissions(guild.me.guild_permissions.value)
        found = guild.get_channel(channel_id)
        if found is None:
            return ()
        if access.hidden(found.name):
            return ("view-channel",)
        return rules.missing_permissions(found.permissions_for(guild.me).value)

    def state_of(self, server_id: int, channel_id: int) -> str:
        """Return whether a channel is there and takes our messages, as far as Discord has said."""
        guild = self._client().get_guild(server_id)
        if guild is None or guild.unavailable or guild.me is None:  # pyright: ignore[reportUnnecessaryComparison] - as above
            return "there"
        found = guild.get_channel(channel_id)
        if found is None:
            return "gone"
        if access.hidden(found.name):
            return "hidden"
        needed = discord.Permissions(view_channel=True, send_messages=True)
        return "there" if found.permissions_for(guild.me) >= needed else "mute"

    def places_left(self, server_id: int, category_id: int) -> int:
        """Return how many more channels a category takes, as far as Discord has said."""
        guild = self._client().get_guild(server_id)
        if guild is None or guild.unavailable:
            return MOST_IN_CATEGORY
        category = guild.get_channel(category_id)
        if category is None:
            return 0
        return MOST_IN_CATEGORY - sum(channel.category_id == category_id for channel in guild.channels)


async def still_there(client: discord.Client, server_id: int, user_id: int) -> bool:
    """Return whether a person is on a server. Only Discord's plain no counts as one."""
    return (await there_since(client, server_id, user_id))[0]


async def there_since(client: discord.Client, server_id: int, user_id: int) -> tuple[bool, datetime | None]:
    """Return what `still_there` does, and when they joined the server last (UTC), if Discord says so."""
    try:
        async with asyncio.timeout(_LONGEST_CHECK):
            member = await client.http.get_member(server_id, user_id)
    except discord.NotFound as error:
        return error.code not in _GONE, None
    except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
        return True, None
    return True, discord.utils.parse_time(member.get("joined_at"))


async def _has(guild: discord.Guild, user_id: int) -> bool:
    """Return whether a person is in a server. If that cannot be found out in time they are offered its team too."""
    try:
        async with asyncio.timeout(_LONGEST):
            await guild.fetch_member(user_id)
    except discord.NotFound:
        return False
    except (discord.HTTPException, TimeoutError, OSError):
        return True
    return True
