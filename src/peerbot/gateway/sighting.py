"""Who can read a channel, as far as Discord has told the bot: roles, what is set in channels, and on asking numbers.

The bot may not list members, and never asks to. How many people have a role Discord says as a number, without names.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

import aiohttp
import discord

from peerbot.confidentiality.seeing import Rules
from peerbot.confidentiality.visibility import Overwrite, Role, Sight
from peerbot.gateway import access

_LONGEST: Final = 5.0
"""Seconds."""


class SightingOnDiscord:
    """The port `Sighting` by what discord.py keeps of each server, and two routes that are asked each hour."""

    def __init__(self, client: Callable[[], discord.Client]) -> None:
        """Look into the client that `client` returns; it is made after the services that need this."""
        self._client = client
        # Numbers and names for what is said from memory; lost with the process, and asked for again at its start.
        self._people: dict[int, Mapping[int, int]] = {}
        self._rules: dict[int, Rules] = {}

    def of_channel(self, server_id: int, channel_id: int) -> Sight | None:
        """Return what decides who reads a channel."""
        guild = self._guild(server_id)
        channel = guild.get_channel(channel_id) if guild is not None else None
        if guild is None or channel is None or access.hidden(channel.name):
            return None
        # discord.py keeps them so; its own `overwrites` leaves out whom it does not know, and it knows no members.
        kept = channel._overwrites  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as said
        return self._sight(guild, tuple(Overwrite(each.id, each.is_role(), each.allow, each.deny) for each in kept))

    def of_new_room(self, server_id: int) -> Sight | None:
        """Return what decides who reads a room that is made now."""
        guild = self._guild(server_id)
        return None if guild is None else self._sight(guild, (Overwrite(guild.id, True, 0, access.HIDES.value),))  # noqa: FBT003 - it is a role

    def our_id(self) -> int | None:
        """Return the bot's own id."""
        ours = self._client().user
        return ours.id if ours is not None else None

    def name_of(self, server_id: int, bot_id: int) -> str:
        """Return what a bot's own role is called, which Discord names after it."""
        guild = self._guild(server_id)
        named = {} if guild is None else {self._bot_of(role): role.name for role in guild.roles}
        return named.get(bot_id, str(bot_id))

    def rules(self, server_id: int) -> Rules:
        """Return the rules as they were when they were last asked for."""
        return self._rules.get(server_id, Rules({}, known=False))

    async def ask(self, server_id: int) -> None:
        """Ask how many people each role has, and which rules copy words out. What Discord does not say is not known."""
        guild = self._guild(server_id)
        if guild is None:
            return
        self._people[server_id] = await _counts(guild)
        self._rules[server_id] = await _rules(guild)

    def _guild(self, server_id: int) -> discord.Guild | None:
        guild = self._client().get_guild(server_id)
        return None if guild is None or guild.unavailable else guild

    def _bot_of(self, role: discord.Role) -> int | None:
        """Return whose own role it is, if a bot's. Ours is known by its name too: not every stand-in sends its tags."""
        if role.tags is not None:
            return role.tags.bot_id
        ours = self._client().user
        return ours.id if ours is not None and role.managed and role.name == ours.name else None

    def _sight(self, guild: discord.Guild, overwrites: tuple[Overwrite, ...]) -> Sight:
        people = self._people.get(guild.id, {})
        roles = tuple(
            Role(
                role.id,
                role.name,
                role.permissions.value,
                people.get(role.id, 0) if people else None,
                self._bot_of(role),
            )
            for role in guild.roles
            if not role.is_default()
        )
        return Sight(guild.id, guild.owner_id, guild.default_role.permissions.value, roles, overwrites)


async def _counts(guild: discord.Guild) -> Mapping[int, int]:
    try:
        async with asyncio.timeout(_LONGEST):
            found = await guild.role_member_counts()
    except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
        return {}
    return {role.id: number for role, number in found.items()}


async def _rules(guild: discord.Guild) -> Rules:
    """Return the rules that are on and send what they catch to a channel. Discord shows them to Manage Server alone."""
    try:
        async with asyncio.timeout(_LONGEST):
            found: Any = await guild.fetch_automod_rules()
    except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
        return Rules({}, known=False)
    sends = discord.AutoModRuleActionType.send_alert_message
    return Rules(
        {rule.id: rule.name for rule in found if rule.enabled and any(each.type is sends for each in rule.actions)},
        known=True,
    )
