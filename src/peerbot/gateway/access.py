"""Who may see and write in a channel: overwrites for each person, never roles (roles show on profiles)."""

from datetime import datetime
from typing import Any, Final

import discord

from peerbot.engine.places import May, Place

_HIDDEN: Final = "___hidden___"
"""The name under which Discord sends a channel the bot may not see (obfuscation, since 2026-11-16)."""

_LOOK: Final = discord.Permissions(view_channel=True, read_message_history=True)
_SPEAK: Final = discord.Permissions(view_channel=True, read_message_history=True, send_messages=True, connect=True)
_OURS: Final = discord.Permissions(
    view_channel=True,
    read_message_history=True,
    send_messages=True,
    manage_channels=True,
    manage_messages=True,
    connect=True,
    move_members=True,
)
_WRITING: Final = discord.Permissions(send_messages=True, connect=True)
# A thread would be a way to write in a room that is not open yet, or is locked. Discord lets a bot deny only what it
# may itself do, so these stand in the invite link.
_NEVER: Final = discord.Permissions(
    create_public_threads=True, create_private_threads=True, send_messages_in_threads=True
)
HIDES: Final = discord.Permissions(view_channel=True) | _WRITING | _NEVER
"""What is denied to everybody in a channel of ours, as it is made."""
_NOTHING: Final = discord.Permissions.none()
# Not CONNECT: who may only read a voice room's chat is still there to listen.
_READ_ONLY: Final = discord.Permissions(send_messages=True)
_MEMBER: Final = 1
_ROLE: Final = 0
_KINDS: Final[dict[str, Any]] = {"text": 0, "voice": 2, "category": 4}
"""Discord's numbers (discord-api-docs, channel.mdx, "Channel Types")."""
_CLASSES: Final[dict[int, Any]] = {0: discord.TextChannel, 2: discord.VoiceChannel, 4: discord.CategoryChannel}
_GONE_ALREADY: Final = frozenset({10003, 10009})
"""Unknown channel, unknown overwrite: nobody has access by what is not there."""
_NOT_IN_VOICE: Final = 40032


class NoAccess(ConnectionError):
    """Discord keeps a channel from us. That says nothing about the channel, so it is tried again."""


async def make(client: discord.Client, server_id: int, place: Place) -> int:
    """Make a channel with its overwrites in one call and return its id."""
    if client.user is None:
        raise NoAccess
    if place.kind == "category":
        return _known(client, await client.http.create_channel(server_id, _KINDS["category"], name=place.name))
    # Written out, because discord.py's own `create_text_channel` takes every id that is no cached role for a member's:
    # the overwrite that hides the channel from everyone would hide it from nobody.
    overwrites = [
        _overwrite(server_id, _ROLE, _NOTHING, HIDES),
        _overwrite(client.user.id, _MEMBER, _OURS, _NOTHING),
        *(
            _overwrite(user_id, _MEMBER, _granted(may), _denied(may))
            for user_id, may in place.people.items()
            if may is not May.NOTHING
        ),
    ]
    made = await client.http.create_channel(
        server_id, _KINDS[place.kind], name=place.name, parent_id=place.parent_id, permission_overwrites=overwrites
    )
    return _known(client, made)


def _known(client: discord.Client, channel: Any) -> int:  # noqa: ANN401 - a channel as Discord describes it
    """Let discord.py know a channel from now on, and return its id.

    Its own methods do the same. Discord tells of the channel some time later: until then it would pass for deleted.
    """
    guild = client.get_guild(int(channel["guild_id"]))
    if guild is not None and guild.get_channel(int(channel["id"])) is None:
        kind = _CLASSES[channel["type"]]
        guild._add_channel(kind(state=client._connection, guild=guild, data=channel))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as above
    return int(channel["id"])


def _granted(may: May) -> discord.Permissions:
    return _SPEAK if may is May.SPEAK else _LOOK


def _denied(may: May) -> discord.Permissions:
    return {May.WAIT: _WRITING, May.READ: _READ_ONLY}.get(may, _NOTHING)


def _overwrite(
    target_id: int, kind: int, allowed: discord.Permissions, denied: discord.Permissions
) -> dict[str, str | int]:
    return {"id": str(target_id), "type": kind, "allow": str(allowed.value), "deny": str(denied.value)}


async def find(client: discord.Client, server_id: int, place: Place, since: datetime | None) -> list[int]:
    """Return the ids of channels with this marker under this parent, the oldest first.

    Channels older than `since` are not ours, whatever they are called: a staff channel's name is no secret. None: its
    name is ours alone.
    """
    seen = await client.http.get_all_guild_channels(server_id)
    parent_id = place.parent_id if place.kind != "category" else None
    return sorted(
        _known(client, channel)
        for channel in seen
        if channel["name"] == place.name
        and channel["type"] == _KINDS[place.kind]
        and (int(channel.get("parent_id") or 0) or None) == parent_id
        and (since is None or discord.utils.snowflake_time(int(channel["id"])) >= since)
    )


async def allow(client: discord.Client, channel_id: int, user_id: int, may: May) -> None:
    """Set what one person may do in one channel. Taking away what is gone already is no failure."""
    if may is not May.NOTHING:
        allowed, denied = str(_granted(may).value), str(_denied(may).value)
        await client.http.edit_channel_permissions(channel_id, user_id, allowed, denied, _MEMBER)
        return
    try:
        await client.http.delete_channel_permissions(channel_id, user_id)
    except discord.NotFound as error:
        if error.code not in _GONE_ALREADY:
            raise


async def allow_everyone(client: discord.Client, channel_id: int, server_id: int, *, write: bool) -> None:
    """Let all who can see a channel write in it (voice: connect), or stop them: one call on @everyone."""
    allowed = _WRITING if write else discord.Permissions.none()
    denied = discord.Permissions(view_channel=True) | _NEVER | (discord.Permissions.none() if write else _WRITING)
    await client.http.edit_channel_permissions(channel_id, server_id, str(allowed.value), str(denied.value), _ROLE)


async def disconnect(client: discord.Client, server_id: int, channel_id: int, user_id: int | None = None) -> None:
    """Take a person, or everybody, off the voice of a channel: losing the permission does not do that by itself.

    Raises:
        NoAccess: while Discord has not told us who is connected, as after a start or in an outage. To be tried again.
    """
    guild = client.get_guild(server_id)
    if guild is None or guild.unavailable:
        raise NoAccess
    states = guild._voice_states  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - members are not cached, voice states are
    connected = [user for user, state in states.items() if state.channel is not None and state.channel.id == channel_id]
    for connected_id in connected if user_id is None else {user_id} & set(connected):
        try:
            await client.http.edit_member(server_id, connected_id, channel_id=None)
        except discord.HTTPException as error:
            if error.code != _NOT_IN_VOICE:
                raise


def hidden(name: str) -> bool:
    """Return whether a channel's name says that the bot has no access. That never means it was deleted."""
    return name == _HIDDEN
