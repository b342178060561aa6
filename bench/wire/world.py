"""What exists: servers, people, channels, messages, each kept in the very shape in which Discord sends it."""

import itertools
import pickle
import re
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final, Self

Json = dict[str, Any]

EPOCH_MS: Final = 1420070400000
TEXT, DM, VOICE, CATEGORY = 0, 1, 2, 4
MOST_CHANNELS: Final = 500
MOST_IN_CATEGORY: Final = 50
NONCE_LASTS: Final = 120.0
"""Seconds. Discord says "the past few minutes"; the shortest that fits its words is the hardest."""

ADMINISTRATOR, MANAGE_CHANNELS, VIEW, SEND = 1 << 3, 1 << 4, 1 << 10, 1 << 11
MANAGE_MESSAGES, CONNECT, MOVE, MANAGE_ROLES = 1 << 13, 1 << 20, 1 << 24, 1 << 28
READ_HISTORY: Final = 1 << 16
EVERYTHING: Final = (1 << 53) - 1
OBFUSCATED: Final = 1 << 17
_MENTION: Final = re.compile(r"<@!?(\d+)>")


class Refusal(Exception):
    """Discord says no: an HTTP status, and its own code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


NO_CHANNEL: Final = (404, 10003, "Unknown Channel")
NO_SERVER: Final = (404, 10004, "Unknown Guild")
NO_MEMBER: Final = (404, 10007, "Unknown Member")
NO_MESSAGE: Final = (404, 10008, "Unknown Message")
NO_WEBHOOK: Final = (404, 10015, "Unknown Webhook")
NO_ACCESS: Final = (403, 50001, "Missing Access")
NO_DM: Final = (403, 50007, "Cannot send messages to this user")
NO_PERMISSION: Final = (403, 50013, "Missing Permissions")


class World:
    """Everything on this Discord. Every change tells `emit`, as a gateway event."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start with nobody but the bot. `clock` gives seconds since 1970: a test may move it."""
        self.clock = clock
        self.emit: Callable[[str, Json], None] = lambda _event, _data: None
        self._numbers = itertools.count(1)
        self.bot = self._user("peerbot", bot=True)
        self.people: dict[int, Json] = {int(self.bot["id"]): self.bot}
        self.servers: dict[int, Json] = {}
        self.channels: dict[int, Json] = {}
        self.messages: dict[int, dict[int, Json]] = {}
        self.closed_to_bot: set[int] = set()
        """People who take no direct message from the bot."""
        self.commands: list[Json] = []
        self.made: list[Json] = []
        """Every message and channel the bot ever made, as it was then: what is gone since is still here."""
        self._nonces: dict[str, tuple[float, Json]] = {}

    def freeze(self) -> bytes:
        """Return all that exists, so that many can begin from here."""
        kept = {name: value for name, value in vars(self).items() if name not in {"clock", "emit"}}
        return pickle.dumps(kept)

    @classmethod
    def thaw(cls, frozen: bytes, clock: Callable[[], float]) -> Self:
        """Return a world of its own that begins as the frozen one was."""
        world = cls(clock)
        vars(world).update(pickle.loads(frozen))  # noqa: S301 - written by this program, in this process or its parent
        return world

    # --- making it ---

    def snowflake(self) -> int:
        """Return a new id, which says when it was made."""
        return (int(self.clock() * 1000) - EPOCH_MS) << 22 | next(self._numbers) & 0x3FFFFF

    def stamp(self) -> str:
        """Return this instant as Discord writes it."""
        return datetime.fromtimestamp(self.clock(), UTC).isoformat()

    def _user(self, name: str, *, bot: bool = False) -> Json:
        shown = {"username": name.lower(), "global_name": name, "discriminator": "0", "avatar": None}
        return {"id": str(self.snowflake()), **shown, "bot": bot}

    def add_person(self, name: str) -> int:
        """Return the id of somebody new, who is on no server yet."""
        user = self._user(name)
        self.people[int(user["id"])] = user
        return int(user["id"])

    def add_server(self, name: str, permissions: int, owner_id: int | None = None) -> int:
        """Return the id of a new server on which the bot has these permissions, by a role of its own."""
        server_id = self.snowflake()
        everyone = self._role(server_id, "@everyone", VIEW | SEND | READ_HISTORY | CONNECT)
        own = self._role(self.snowflake(), "peerbot", permissions)
        owner_id = owner_id or self.add_person(f"owner of {name}")
        self.servers[server_id] = {
            "id": str(server_id),
            "name": name,
            "owner_id": str(owner_id),
            "roles": {int(everyone["id"]): everyone, int(own["id"]): own},
            "members": {},
            "channels": set(),
            "voice": {},
            "automod": [],
        }
        self.add_member(server_id, owner_id)
        self.add_member(server_id, int(self.bot["id"]), int(own["id"]))
        return server_id

    @staticmethod
    def _role(role_id: int, name: str, permissions: int) -> Json:
        fixed = {"color": 0, "hoist": False, "position": 1, "managed": False, "mentionable": False, "flags": 0}
        return {"id": str(role_id), "name": name, "permissions": str(permissions), **fixed}

    def add_role(self, server_id: int, name: str, permissions: int) -> int:
        """Return the id of a new role."""
        role = self._role(self.snowflake(), name, permissions)
        self.servers[server_id]["roles"][int(role["id"])] = role
        self.emit("GUILD_ROLE_CREATE", {"guild_id": str(server_id), "role": role})
        return int(role["id"])

    def add_member(self, server_id: int, user_id: int, *role_ids: int) -> None:
        """Let a person be on a server, with these roles."""
        roles = [str(role_id) for role_id in role_ids]
        self.servers[server_id]["members"][user_id] = {**self.gone(user_id), "roles": roles}

    def gone(self, user_id: int) -> Json:
        """Return somebody as a member without a role: also one who pressed and was put out at that moment."""
        fixed: Json = {"nick": None, "deaf": False, "mute": False, "flags": 0, "avatar": None}
        return {"user": self.people[user_id], "roles": [], "joined_at": self.stamp(), **fixed}

    def remove_member(self, server_id: int, user_id: int) -> None:
        """Let a person leave. Without a privileged intent Discord tells no bot, except of their voice."""
        self.join_voice(server_id, user_id, None)
        self.servers[server_id]["members"].pop(user_id, None)

    def ban(self, server_id: int, user_id: int) -> None:
        """Put a person out of a server for good."""
        self.remove_member(server_id, user_id)
        self.emit("GUILD_BAN_ADD", {"guild_id": str(server_id), "user": self.people[user_id]})

    def join_voice(self, server_id: int, user_id: int, channel_id: int | None) -> None:
        """Connect a person to the voice of a channel, or to none."""
        voice = self.servers[server_id]["voice"]
        if channel_id is None and user_id not in voice:
            return
        state = self.voice_state(server_id, user_id, channel_id)
        if channel_id is None:
            del voice[user_id]
        else:
            voice[user_id] = channel_id
        self.emit("VOICE_STATE_UPDATE", {**state, "member": self.servers[server_id]["members"].get(user_id)})

    @staticmethod
    def voice_state(server_id: int, user_id: int, channel_id: int | None) -> Json:
        """Return a voice state as Discord sends it."""
        flags = dict.fromkeys(("deaf", "mute", "self_deaf", "self_mute", "self_video", "suppress"), False)
        place = str(channel_id) if channel_id is not None else None
        ids = {"guild_id": str(server_id), "user_id": str(user_id), "channel_id": place}
        return {**ids, "session_id": str(user_id), "request_to_speak_timestamp": None, **flags}

    # --- who may what ---

    def permissions(self, server_id: int, user_id: int, channel: Json | None = None) -> int:
        """Return what a person may do on a server, or in one of its channels (topics/permissions.mdx)."""
        server = self.servers[server_id]
        member = server["members"].get(user_id)
        if member is None:
            return 0
        if user_id == int(server["owner_id"]):
            return EVERYTHING
        roles = [server_id, *map(int, member["roles"])]
        base = 0
        for role_id in roles:
            base |= int(server["roles"][role_id]["permissions"])
        if base & ADMINISTRATOR:
            return EVERYTHING
        if channel is None:
            return base
        overwrites = {
            int(each["id"]): (int(each["allow"]), int(each["deny"])) for each in channel["permission_overwrites"]
        }
        for group in ([server_id], roles[1:], [user_id]):
            allow = deny = 0
            for each in group:
                allow, deny = allow | overwrites.get(each, (0, 0))[0], deny | overwrites.get(each, (0, 0))[1]
            base = base & ~deny | allow
        # Who may not see a channel may do nothing in it, and who may not connect to a voice room does not manage it.
        return base if base & VIEW else 0

    def readers(self, channel_id: int) -> Iterator[int]:
        """Return everybody who can see a channel now."""
        channel = self.channels[channel_id]
        if channel["type"] == DM:
            yield int(channel["recipients"][0]["id"])
            return
        server_id = int(channel["guild_id"])
        for user_id in self.servers[server_id]["members"]:
            if self.permissions(server_id, user_id, channel) & VIEW:
                yield user_id

    def bot_may(self, channel: Json, *needed: int) -> None:
        """Check that the bot may do something in a channel.

        Raises:
            Refusal: 50001 where it cannot see the channel, 50013 where one of the `needed` permissions is missing.
        """
        if channel["type"] == DM:
            return
        held = self.permissions(int(channel["guild_id"]), int(self.bot["id"]), channel)
        if not held & VIEW:
            raise Refusal(*NO_ACCESS)
        if any(not held & bit for bit in needed):
            raise Refusal(*NO_PERMISSION)

    def as_bot_sees(self, channel: Json) -> Json:
        """Return a channel as the gateway sends it: obfuscated where the bot may not see it (since 2026-11-16)."""
        try:
            self.bot_may(channel)
        except Refusal:
            hidden = {"id": channel["guild_id"], "type": 0, "allow": "0", "deny": str(VIEW)}
            kept = {key: channel[key] for key in ("id", "type", "guild_id", "position", "parent_id")}
            return {**kept, "name": "___hidden___", "flags": OBFUSCATED, "permission_overwrites": [hidden]}
        return channel

    # --- channels ---

    def channel(self, channel_id: int) -> Json:
        """Return a channel.

        Raises:
            Refusal: if there is none.
        """
        found = self.channels.get(channel_id)
        if found is None:
            raise Refusal(*NO_CHANNEL)
        return found

    def channels_of(self, server_id: int) -> Iterable[Json]:
        """Return a server's channels, the oldest first."""
        return (self.channels[each] for each in sorted(self.servers[server_id]["channels"]))

    def add_channel(
        self, server_id: int, name: str, kind: int = TEXT, parent_id: int | None = None, overwrites: Iterable[Json] = ()
    ) -> Json:
        """Make a channel and return it.

        Raises:
            Refusal: 30013 for the 501st of a server, 50035 for the 51st of a category.
        """
        siblings = self.servers[server_id]["channels"]
        if len(siblings) >= MOST_CHANNELS:
            raise Refusal(400, 30013, "Maximum number of guild channels reached (500)")
        parent = str(parent_id) if parent_id is not None else None
        if parent and sum(self.channels[each]["parent_id"] == parent for each in siblings) >= MOST_IN_CATEGORY:
            raise Refusal(400, 50035, "Invalid Form Body")
        channel_id = self.snowflake()
        channel: Json = {
            "id": str(channel_id),
            "type": kind,
            "guild_id": str(server_id),
            "name": name,
            "parent_id": parent,
            "position": len(siblings),
            "permission_overwrites": list(overwrites),
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "last_message_id": None,
            "flags": 0,
        }
        if kind == VOICE:
            channel |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
        self.channels[channel_id] = channel
        siblings.add(channel_id)
        self.messages[channel_id] = {}
        self.emit("CHANNEL_CREATE", channel)
        return channel

    def delete_channel(self, channel_id: int) -> Json:
        """Delete a channel and return what it was; whoever is in its voice is out."""
        channel = self.channel(channel_id)
        server_id = int(channel["guild_id"])
        for user_id, connected in list(self.servers[server_id]["voice"].items()):
            if connected == channel_id:
                self.join_voice(server_id, user_id, None)
        del self.channels[channel_id], self.messages[channel_id]
        self.servers[server_id]["channels"].discard(channel_id)
        self.emit("CHANNEL_DELETE", channel)
        return channel

    def dm(self, user_id: int) -> Json:
        """Return the channel of direct messages between the bot and a person, made if there is none.

        Raises:
            Refusal: if there is no such person.
        """
        person = self.people.get(user_id)
        if person is None:
            raise Refusal(400, 50033, "Invalid Recipient(s)")
        channel_id = user_id + 1  # Found again without a table of its own: ids of people are never that close.
        fresh: Json = {"id": str(channel_id), "type": DM, "recipients": [person], "last_message_id": None, "flags": 0}
        self.messages.setdefault(channel_id, {})
        return self.channels.setdefault(channel_id, fresh)

    # --- messages ---

    def post(self, channel: Json, author: Json, body: Json) -> Json:
        """Write a message and return it; the same one again for the same nonce (resources/message.mdx).

        Raises:
            Refusal: 10008 if what has this nonce was deleted since.
        """
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce"):
            made_at, before = self._nonces.get(str(nonce), (-NONCE_LASTS, {}))
            if self.clock() - made_at < NONCE_LASTS:
                if int(before["id"]) not in self.messages[int(before["channel_id"])]:
                    raise Refusal(*NO_MESSAGE)
                return before
        message = self.write(channel, author, body)
        self.messages[int(channel["id"])][int(message["id"])] = message
        channel["last_message_id"] = message["id"]
        if nonce is not None:
            self._nonces[str(nonce)] = (self.clock(), message)
        if author is self.bot:
            self.made.append(dict(message))
        self.emit("MESSAGE_CREATE", {**message, **self._where(channel)})
        return message

    def write(self, channel: Json, author: Json, body: Json) -> Json:
        """Return a message that stands nowhere yet: what a private answer is."""
        content = str(body.get("content") or "")
        allowed = body.get("allowed_mentions")
        named = {int(each) for each in _MENTION.findall(content)} & self.people.keys()
        pinged = (
            named
            if allowed is None or "users" in allowed.get("parse", ())
            else named & set(map(int, allowed.get("users", ())))
        )
        fixed: Json = {"tts": False, "mention_everyone": False, "mention_roles": [], "pinned": False, "type": 0}
        return {
            "id": str(self.snowflake()),
            "channel_id": channel["id"],
            "author": author,
            "content": content,
            "timestamp": self.stamp(),
            "edited_timestamp": None,
            "mentions": [self.people[each] for each in sorted(pinged)],
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "attachments": [],
            "flags": body.get("flags", 0),
            "nonce": body.get("nonce"),
            **fixed,
        }

    def edit(self, message: Json, body: Json) -> Json:
        """Change a message and return it."""
        changed = {key: body[key] for key in ("content", "embeds", "components", "flags") if key in body}
        message |= {key: value or ([] if key in {"embeds", "components"} else value) for key, value in changed.items()}
        message["content"] = message["content"] or ""
        message["edited_timestamp"] = self.stamp()
        return message

    def message(self, channel_id: int, message_id: int) -> Json:
        """Return a message.

        Raises:
            Refusal: if there is none.
        """
        self.channel(channel_id)
        found = self.messages[channel_id].get(message_id)
        if found is None:
            raise Refusal(*NO_MESSAGE)
        return found

    def delete_message(self, channel_id: int, message_id: int) -> None:
        """Take a message down."""
        self.message(channel_id, message_id)
        del self.messages[channel_id][message_id]
        ids = {"id": str(message_id), "channel_id": str(channel_id)}
        self.emit("MESSAGE_DELETE", {**ids, **self._where(self.channels[channel_id])})

    @staticmethod
    def _where(channel: Json) -> Json:
        return {"guild_id": channel["guild_id"]} if "guild_id" in channel else {}
