"""Whether people of the team see the commands they need: asked of Discord, which lets servers change that.

A command has the permission it needs by default; Server Settings, Integrations, outranks it, for people, for roles and
for everybody, command by command and for all of them (discord-api-docs, interactions/application-commands.mdx,
"Permissions"). Buttons work for whoever can see them, commands or not.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

_LONGEST: Final = 15.0
"""Seconds: an answer waits for it, and Discord was told that it may take longer than three."""
_ROLE, _USER = 1, 2


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a server has set of one command, or of all: by role (the server's own id is everybody) and by person."""

    roles: Mapping[int, bool]
    people: Mapping[int, bool]

    def of(self, member: discord.Member) -> bool | None:
        """Return what is set for somebody: themselves first, then their roles (one that may is enough), then all."""
        if member.id in self.people:
            return self.people[member.id]
        set_for = [self.roles[role.id] for role in member.roles if role.id in self.roles and not role.is_default()]
        return any(set_for) if set_for else self.roles.get(member.guild.id)


NOTHING_SET: Final = Overrides({}, {})


def may_use(member: discord.Member, needs: discord.Permissions | None, own: Overrides, all_of_it: Overrides) -> bool:
    """Return whether somebody sees a command that needs these permissions by default (None: none).

    What is set of the command itself outranks what is set of all; only the first can give more than the default.
    """
    if member.guild_permissions.administrator:
        return True
    of_command = own.of(member)
    if of_command is not None:
        return of_command
    return all_of_it.of(member) is not False and (needs is None or member.guild_permissions >= needs)


class CommandsOnDiscord:
    """The port `CommandsSeen` by Discord's routes of members and of command permissions."""

    def __init__(self, client: Callable[[], commands.Bot], longest: float = _LONGEST) -> None:
        """Ask through the client that `client` returns, for `longest` seconds; it is made after the services."""
        self._client = client
        self._longest = longest

    async def unseen(
        self, server_id: int, wanted: Mapping[int, Collection[str]]
    ) -> Mapping[int, tuple[str, ...]] | None:
        """Return which of the commands that they need people do not see; None if Discord does not say in time."""
        client = self._client()
        guild = client.get_guild(server_id)
        if guild is None or guild.unavailable:
            return None
        try:
            async with asyncio.timeout(self._longest):
                return await _unseen(client, guild, wanted)
        except (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
            return None


async def _unseen(
    client: commands.Bot, guild: discord.Guild, wanted: Mapping[int, Collection[str]]
) -> Mapping[int, tuple[str, ...]]:
    names = {name for needed in wanted.values() for name in needed}
    there = {each.name: each for each in await client.tree.fetch_commands() if each.name in names}
    members = await asyncio.gather(*(_member(guild, user_id) for user_id in wanted))
    ids = [client.application_id or 0, *(each.id for each in there.values())]
    everything, *own = await asyncio.gather(*(_overrides(client, guild, command_id) for command_id in ids))
    set_of = dict(zip(there, own, strict=True))
    return {
        member.id: found
        for member in members
        if member is not None and (found := _hidden(member, wanted[member.id], there, set_of, everything))
    }


def _hidden(
    member: discord.Member,
    needed: Collection[str],
    there: Mapping[str, app_commands.AppCommand],
    set_of: Mapping[str, Overrides],
    everything: Overrides,
) -> tuple[str, ...]:
    return tuple(
        name
        for name in needed
        if name in there and not may_use(member, there[name].default_member_permissions, set_of[name], everything)
    )


async def _member(guild: discord.Guild, user_id: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(user_id)
    except discord.NotFound:
        return None


async def _overrides(client: commands.Bot, guild: discord.Guild, command_id: int) -> Overrides:
    try:
        answer = await client.http.get_application_command_permissions(client.application_id or 0, guild.id, command_id)
    except discord.NotFound:  # Discord's word for: nothing is set.
        return NOTHING_SET
    return read(answer["permissions"])


def read(entries: Sequence[Any]) -> Overrides:
    """Return what Discord sent, as people and roles."""

    def of(kind: int) -> Mapping[int, bool]:
        return {int(each["id"]): bool(each["permission"]) for each in entries if int(each["type"]) == kind}

    return Overrides(of(_ROLE), of(_USER))
