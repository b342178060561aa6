"""The routes: what each call of discord.py's does to the world, and what it is answered. One function a route."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bench.wire.interactions import Interactions
from bench.wire.world import (
    CATEGORY,
    DM,
    MANAGE_CHANNELS,
    MANAGE_MESSAGES,
    MANAGE_ROLES,
    MOVE,
    NO_ACCESS,
    NO_DM,
    NO_MEMBER,
    NO_PERMISSION,
    NO_SERVER,
    READ_HISTORY,
    SEND,
    TEXT,
    Json,
    Refusal,
    World,
)

_MOST_MESSAGES: Final = 100
_FIFTY_MESSAGES: Final = 50


@dataclass(slots=True)
class Call:
    """One request: the world it meets, the ids in its path, its query and its body."""

    world: World
    interactions: Interactions
    ids: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    base: str = ""
    """The address of this server, for answers that hold it."""

    def id(self, name: str) -> int:
        """Return an id of the path. What is no number is no such thing."""
        return int(self.ids[name]) if self.ids[name].isdecimal() else 0

    def server(self) -> Json:
        """Return the server of the path."""
        found = self.world.servers.get(self.id("guild_id"))
        if found is None:
            raise Refusal(*NO_SERVER)
        if int(self.world.bot["id"]) not in found["members"]:
            raise Refusal(*NO_ACCESS)
        return found

    def may(self, permission: int) -> None:
        """Check what the bot may do on the server of the path."""
        if not self.world.permissions(self.id("guild_id"), int(self.world.bot["id"])) & permission:
            raise Refusal(*NO_PERMISSION)


Answer = tuple[int, Any]
Handler = Callable[[Call], Answer]
ROUTES: Final[dict[tuple[str, str], Handler]] = {}
"""By method and path."""
NO_TOKEN: Final = ("/interactions/", "/webhooks/", "/gateway")
"""What is called without the bot's own token, or before it is looked at. Not counted by the limit over all routes."""


def _route(method: str, path: str) -> Callable[[Handler], Handler]:
    def add(handler: Handler) -> Handler:
        ROUTES[method, path] = handler
        return handler

    return add


# --- the bot itself ---


@_route("GET", "/users/@me")
def me(call: Call) -> Answer:
    """Who the token belongs to."""
    return 200, {**call.world.bot, "verified": True, "mfa_enabled": True, "flags": 0, "locale": "en-GB"}


@_route("GET", "/oauth2/applications/@me")
def application(call: Call) -> Answer:
    """What the bot is to Discord."""
    bot = call.world.bot
    named = {"id": bot["id"], "name": "peerbot", "description": "", "icon": None, "owner": bot, "summary": ""}
    flags = {"bot_public": True, "bot_require_code_grant": False, "flags": 0, "verify_key": "", "team": None}
    return 200, {**named, **flags, "rpc_origins": [], "tags": [], "bot": bot}


@_route("GET", "/gateway")
def gateway(call: Call) -> Answer:
    """Where events come from."""
    return 200, {"url": call.base.replace("http", "ws", 1) + "/gateway/ws"}


@_route("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Answer:
    """Where events come from, and how many sessions may still be begun today."""
    left = {"total": 1000, "remaining": call.interactions.identifies_left, "reset_after": 0, "max_concurrency": 1}
    return 200, {"url": call.base.replace("http", "ws", 1) + "/gateway/ws", "shards": 1, "session_start_limit": left}


@_route("GET", "/applications/{application_id}/commands")
def commands(call: Call) -> Answer:
    """Every command of the bot."""
    return 200, call.world.commands


@_route("PUT", "/applications/{application_id}/commands")
def put_commands(call: Call) -> Answer:
    """Put these commands in place of all there were; one of the same name keeps its id."""
    known = {(each["name"], each["type"]): each["id"] for each in call.world.commands}
    made: list[Json] = []
    for each in call.body:
        kind = each.get("type", 1)
        command_id = known.get((each["name"], kind)) or str(call.world.snowflake())
        fixed = {"application_id": call.world.bot["id"], "version": command_id, "type": kind, "description": ""}
        made.append({**fixed, **each, "id": command_id, "type": kind})
    call.world.commands = made
    return 200, made


@_route("GET", "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions")
def command_permissions(call: Call) -> Answer:
    """Nobody has changed anything in this server's Integrations."""
    call.server()
    raise Refusal(404, 10066, "Unknown application command permissions")


# --- servers ---


@_route("GET", "/guilds/{guild_id}/channels")
def channels(call: Call) -> Answer:
    """Every channel that the bot may see; the others are left out (obfuscation)."""
    call.server()
    all_of_them = call.world.channels_of(call.id("guild_id"))
    return 200, [channel for channel in all_of_them if call.world.as_bot_sees(channel) is channel]


@_route("POST", "/guilds/{guild_id}/channels")
def create_channel(call: Call) -> Answer:
    """Make a channel. A bot may only allow and deny what it may do itself."""
    call.server()
    call.may(MANAGE_CHANNELS)
    held = call.world.permissions(call.id("guild_id"), int(call.world.bot["id"]))
    overwrites: list[Json] = call.body.get("permission_overwrites") or []
    if any((int(each["allow"]) | int(each["deny"])) & ~held for each in overwrites):
        raise Refusal(*NO_PERMISSION)
    parent, kind = call.body.get("parent_id"), call.body.get("type", TEXT)
    if parent is not None and call.world.channels.get(int(parent), {}).get("type") != CATEGORY:
        raise Refusal(400, 50035, "Invalid Form Body")
    written = [{key: str(value) if key != "type" else int(value) for key, value in each.items()} for each in overwrites]
    made = call.world.add_channel(call.id("guild_id"), call.body["name"], kind, parent and int(parent), written)
    call.world.made.append(dict(made))
    return 201, made


@_route("GET", "/guilds/{guild_id}/members/{user_id}")
def member(call: Call) -> Answer:
    """Somebody on a server."""
    found = call.server()["members"].get(call.id("user_id"))
    if found is None:
        raise Refusal(*NO_MEMBER)
    return 200, found


@_route("PATCH", "/guilds/{guild_id}/members/{user_id}")
def edit_member(call: Call) -> Answer:
    """Put somebody out of voice: all that is asked of this route."""
    found = call.server()["members"].get(call.id("user_id"))
    if found is None:
        raise Refusal(*NO_MEMBER)
    call.may(MOVE)
    if call.id("user_id") not in call.server()["voice"]:
        raise Refusal(400, 40032, "Target user is not connected to voice.")
    call.world.join_voice(call.id("guild_id"), call.id("user_id"), None)
    return 200, found


@_route("GET", "/guilds/{guild_id}/auto-moderation/rules")
def automod_rules(call: Call) -> Answer:
    """The server's own rules about messages."""
    return 200, call.server()["automod"]


@_route("GET", "/guilds/{guild_id}/roles/member-counts")
def role_member_counts(call: Call) -> Answer:
    """How many people have each role, without their names."""
    server = call.server()
    call.may(MANAGE_ROLES)
    counts = Counter(role for each in server["members"].values() for role in each["roles"])
    return 200, {str(role): counts[str(role)] for role in server["roles"] if role != int(server["id"])}


# --- channels ---


@_route("POST", "/users/@me/channels")
def create_dm(call: Call) -> Answer:
    """Open the channel of direct messages with somebody."""
    return 200, call.world.dm(int(call.body["recipient_id"]))


@_route("GET", "/channels/{channel_id}")
def channel(call: Call) -> Answer:
    """A channel that the bot may see."""
    found = call.world.channel(call.id("channel_id"))
    call.world.bot_may(found)
    return 200, found


@_route("DELETE", "/channels/{channel_id}")
def delete_channel(call: Call) -> Answer:
    """Delete a channel."""
    call.world.bot_may(call.world.channel(call.id("channel_id")), MANAGE_CHANNELS)
    return 200, call.world.delete_channel(call.id("channel_id"))


@_route("PATCH", "/channels/{channel_id}")
def edit_channel(call: Call) -> Answer:
    """Change a channel's name or topic: what the limit within the limit is about."""
    found = call.world.channel(call.id("channel_id"))
    call.world.bot_may(found, MANAGE_CHANNELS)
    found |= {key: call.body[key] for key in ("name", "topic") if key in call.body}
    call.world.emit("CHANNEL_UPDATE", found)
    return 200, found


@_route("PUT", "/channels/{channel_id}/permissions/{target_id}")
def allow(call: Call) -> Answer:
    """Say what one person or role may do in a channel. A bot may only give and take what it may do itself."""
    found = call.world.channel(call.id("channel_id"))
    call.world.bot_may(found, MANAGE_CHANNELS)
    allowed, denied = int(call.body.get("allow") or 0), int(call.body.get("deny") or 0)
    held = call.world.permissions(int(found["guild_id"]), int(call.world.bot["id"]), found)
    if (allowed | denied) & ~(held | call.world.permissions(int(found["guild_id"]), int(call.world.bot["id"]))):
        raise Refusal(*NO_PERMISSION)
    others = [each for each in found["permission_overwrites"] if each["id"] != call.ids["target_id"]]
    own = {"id": call.ids["target_id"], "type": int(call.body["type"]), "allow": str(allowed), "deny": str(denied)}
    found["permission_overwrites"] = [*others, own]
    call.world.emit("CHANNEL_UPDATE", found)
    return 204, None


@_route("DELETE", "/channels/{channel_id}/permissions/{target_id}")
def forget(call: Call) -> Answer:
    """Take an overwrite away."""
    found = call.world.channel(call.id("channel_id"))
    call.world.bot_may(found, MANAGE_CHANNELS)
    left = [each for each in found["permission_overwrites"] if each["id"] != call.ids["target_id"]]
    if len(left) == len(found["permission_overwrites"]):
        raise Refusal(404, 10009, "Unknown Overwrite")
    found["permission_overwrites"] = left
    call.world.emit("CHANNEL_UPDATE", found)
    return 204, None


# --- messages ---


@_route("POST", "/channels/{channel_id}/messages")
def post(call: Call) -> Answer:
    """Write a message."""
    place = call.world.channel(call.id("channel_id"))
    if place["type"] == DM and int(place["recipients"][0]["id"]) in call.world.closed_to_bot:
        raise Refusal(*NO_DM)
    call.world.bot_may(place, SEND)
    if not (call.body.get("content") or call.body.get("embeds") or call.body.get("components")):
        raise Refusal(400, 50006, "Cannot send an empty message")
    return 200, call.world.post(place, call.world.bot, call.body)


@_route("GET", "/channels/{channel_id}/messages")
def history(call: Call) -> Answer:
    """Up to a hundred messages after or before an id, the newest first. What people wrote comes without its words."""
    call.world.bot_may(call.world.channel(call.id("channel_id")), READ_HISTORY)
    messages = sorted(call.world.messages[call.id("channel_id")])
    limit = min(int(call.query.get("limit", _FIFTY_MESSAGES)), _MOST_MESSAGES)
    if "after" in call.query:
        chosen = [each for each in messages if each > int(call.query["after"])][:limit]
    else:
        before = int(call.query.get("before", 1 << 63))
        chosen = [each for each in messages if each < before][-limit:]
    there = call.world.messages[call.id("channel_id")]
    return 200, [as_bot_reads(call.world, there[each]) for each in reversed(chosen)]


@_route("GET", "/channels/{channel_id}/messages/{message_id}")
def message(call: Call) -> Answer:
    """One message."""
    found = call.world.message(call.id("channel_id"), call.id("message_id"))
    call.world.bot_may(call.world.channel(call.id("channel_id")), READ_HISTORY)
    return 200, as_bot_reads(call.world, found)


@_route("PATCH", "/channels/{channel_id}/messages/{message_id}")
def edit(call: Call) -> Answer:
    """Change a message of the bot's own."""
    found = call.world.message(call.id("channel_id"), call.id("message_id"))
    if found["author"]["id"] != call.world.bot["id"]:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    return 200, call.world.edit(found, call.body)


@_route("DELETE", "/channels/{channel_id}/messages/{message_id}")
def delete_message(call: Call) -> Answer:
    """Take a message down."""
    found = call.world.message(call.id("channel_id"), call.id("message_id"))
    own = found["author"]["id"] == call.world.bot["id"]
    call.world.bot_may(call.world.channel(call.id("channel_id")), *([] if own else [MANAGE_MESSAGES]))
    call.world.delete_message(call.id("channel_id"), call.id("message_id"))
    return 204, None


def as_bot_reads(world: World, message: Json) -> Json:
    """Return a message as a bot without the privileged intent reads it: others' words are left out."""
    own = message["author"]["id"] == world.bot["id"]
    named = any(each["id"] == world.bot["id"] for each in message["mentions"])
    if own or named or world.channels[int(message["channel_id"])]["type"] == DM:
        return message
    return {**message, "content": "", "embeds": [], "components": [], "attachments": []}


# --- interactions ---


@_route("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
def callback(call: Call) -> Answer:
    """The first answer to what somebody pressed, typed or sent: within three seconds, and once."""
    return 200, call.interactions.answer(call.id("interaction_id"), call.ids["interaction_token"], call.body)


@_route("GET", "/webhooks/{application_id}/{interaction_token}/messages/@original")
def original(call: Call) -> Answer:
    """The first answer, for fifteen minutes."""
    return 200, call.interactions.original(call.ids["interaction_token"])


@_route("PATCH", "/webhooks/{application_id}/{interaction_token}/messages/@original")
def edit_original(call: Call) -> Answer:
    """Change the first answer, or give it after *thinking*; for fifteen minutes."""
    return 200, call.interactions.edit(call.ids["interaction_token"], call.body)


@_route("DELETE", "/webhooks/{application_id}/{interaction_token}/messages/@original")
def delete_original(call: Call) -> Answer:
    """Take the first answer away."""
    call.interactions.delete(call.ids["interaction_token"])
    return 204, None


@_route("POST", "/webhooks/{application_id}/{interaction_token}")
def follow_up(call: Call) -> Answer:
    """One more answer, for fifteen minutes."""
    return 200, call.interactions.follow_up(call.ids["interaction_token"], call.body)
