"""Those who use Discord: they type commands, press buttons, choose, fill forms and write, as their clients would."""

import asyncio
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Self

from bench.wire.interactions import Asked
from bench.wire.server import Wire
from bench.wire.world import EVERYTHING, SEND, TEXT, VIEW, Json, Refusal

_COMMAND, _COMPONENT, _TYPING, _FORM = 2, 3, 4, 5
_GROUP, _SUBCOMMAND, _USER_OPTION, _CHANNEL_OPTION, _ROLE_OPTION = 2, 1, 6, 7, 8
_BUTTON, _TEXT_INPUT = 2, 4
_MENU_TYPES: Final = {3, 5, 6, 7, 8}
_LABEL, _RADIOS, _BOXES, _BOX = 18, 21, 22, 23
Option = str | int | float
Filled = str | int | bool | Sequence[str | int] | None
PATIENCE: Final = 60.0
"""Seconds of real time until somebody stops waiting for an answer."""


class NothingThere(LookupError):
    """This person sees no such button, menu or command."""


class Person:
    """One person, on one server or in their direct messages with the bot."""

    _tokens = itertools.count(1)

    def __init__(self, wire: Wire, user_id: int, server_id: int | None = None) -> None:
        """Act as this person in this server; None: in direct messages."""
        self.wire = wire
        self.id = user_id
        self.server_id = server_id

    @classmethod
    def new(cls, wire: Wire, name: str, server_id: int, *role_ids: int) -> Self:
        """Bring somebody new into a server."""
        user_id = wire.world.add_person(name)
        wire.world.add_member(server_id, user_id, *role_ids)
        return cls(wire, user_id, server_id)

    @property
    def mention(self) -> str:
        """How they are called by name."""
        return f"<@{self.id}>"

    def alone(self) -> Self:
        """Return the same person in their direct messages."""
        return type(self)(self.wire, self.id)

    # --- what they see ---

    def sees(self, name: str) -> Json:
        """Return a channel they can see, by name.

        Raises:
            NothingThere: if they see none.
        """
        for channel in self.channels():
            if channel["name"] == name:
                return channel
        raise NothingThere(name)

    def channels(self) -> list[Json]:
        """Return the channels of their server that they can see, the oldest first."""
        world = self.wire.world
        server_id = self.server_id or 0
        return [each for each in world.channels_of(server_id) if world.permissions(server_id, self.id, each) & VIEW]

    def dms(self) -> list[Json]:
        """Return what stands in their direct messages, the oldest first."""
        return self.reads(self.wire.world.dm(self.id))

    def reads(self, channel: Json) -> list[Json]:
        """Return the messages of a channel, the oldest first."""
        there = self.wire.world.messages[int(channel["id"])]
        return [there[each] for each in sorted(there)]

    # --- what they do ---

    async def types(self, command: str, channel: Json | None = None, /, **options: Option) -> Asked:
        """Type a slash command and wait for the answer. People, channels and roles are given by id."""
        return await self._answered(self.typed(command, channel, **options))

    def typed(self, command: str, channel: Json | None = None, /, **options: Option) -> Asked:
        """Type a slash command; who wants the answer waits for its `done`."""
        root, *path = command.split()
        known = next((each for each in self.wire.world.commands if each["name"] == root and each["type"] == 1), None)
        if known is None:
            raise NothingThere(command)
        place: Json = known
        resolved: Json = {}
        for name in path:
            place = next(each for each in place["options"] if each["name"] == name)
        given = [self._option(place, name, value, resolved) for name, value in options.items()]
        for name in reversed(path):
            kind = _GROUP if len(path) > 1 and name == path[0] else _SUBCOMMAND
            given = [{"name": name, "type": kind, "options": given}]
        data: Json = {"id": known["id"], "name": root, "type": 1, "options": given}
        return self._do(_COMMAND, data | ({"resolved": resolved} if resolved else {}), channel)

    def _option(self, command: Json, name: str, value: Option, resolved: Json) -> Json:
        kind = next(each["type"] for each in command["options"] if each["name"] == name)
        world = self.wire.world
        if kind == _USER_OPTION:
            resolved.setdefault("users", {})[str(value)] = world.people[int(value)]
            member = world.servers[self.server_id or 0]["members"].get(int(value))
            if member is not None:
                held = str(world.permissions(self.server_id or 0, int(value)))
                shown = {key: each for key, each in member.items() if key != "user"} | {"permissions": held}
                resolved.setdefault("members", {})[str(value)] = shown
        elif kind == _CHANNEL_OPTION:
            found = world.channels[int(value)]
            held = str(world.permissions(self.server_id or 0, self.id, found))
            resolved.setdefault("channels", {})[str(value)] = {**found, "permissions": held}
        elif kind == _ROLE_OPTION:
            resolved.setdefault("roles", {})[str(value)] = world.servers[self.server_id or 0]["roles"][int(value)]
        return {"name": name, "type": kind, "value": str(value) if kind in {6, 7, 8} else value}

    async def looks_up(self, command: str, option: str, written: str, /, **options: Option) -> list[Json]:
        """Type the beginning of an option and return what is offered."""
        asked = self.typed_so_far(command, option, written, **options)
        return (await self._answered(asked)).choices

    def typed_so_far(self, command: str, option: str, written: str, /, **options: Option) -> Asked:
        """Type the beginning of an option."""
        root, *path = command.split()
        known = next(each for each in self.wire.world.commands if each["name"] == root and each["type"] == 1)
        place = known
        for name in path:
            place = next(each for each in place["options"] if each["name"] == name)
        given = [self._option(place, name, value, {}) for name, value in options.items()]
        given.append({**self._option(place, option, written, {}), "focused": True})
        for name in reversed(path):
            kind = _GROUP if len(path) > 1 and name == path[0] else _SUBCOMMAND
            given = [{"name": name, "type": kind, "options": given}]
        return self._do(_TYPING, {"id": known["id"], "name": root, "type": 1, "options": given}, None)

    async def presses(self, message: Json, label: str) -> Asked:
        """Press the button of that label under a message."""
        button = next((each for each in parts(message) if each["type"] == _BUTTON and each.get("label") == label), None)
        if button is None:
            raise NothingThere(label)
        return await self._answered(self.pressed(message, button["custom_id"]))

    def pressed(self, message: Json, custom_id: str) -> Asked:
        """Press a button; who wants the answer waits for its `done`."""
        data = {"custom_id": custom_id, "component_type": _BUTTON}
        return self._do(_COMPONENT, data, None, message)

    async def chooses(self, message: Json, value: str) -> Asked:
        """Choose from the menu under a message that offers this value."""
        for part in parts(message):
            if any(each["value"] == value for each in part.get("options", ())):
                data = {"custom_id": part["custom_id"], "component_type": part["type"], "values": [value]}
                return await self._answered(self._do(_COMPONENT, data, None, message))
        raise NothingThere(value)

    async def fills(self, shown: Asked, /, **values: Filled) -> Asked:
        """Fill the form that was shown, by the ids of its fields, and send it."""
        return await self._answered(self.sent(shown, **values))

    def sent(self, shown: Asked, /, **values: Filled) -> Asked:
        """Send a form; who wants the answer waits for its `done`."""
        form: Json = shown.form or {}
        resolved: Json = {}
        rows = [self._filled(row, values, resolved) for row in form["components"]]
        data: Json = {"custom_id": form["custom_id"], "components": rows}
        place = self.wire.world.channels.get(int(shown.payload["channel"]["id"]))
        return self._do(_FORM, data | ({"resolved": resolved} if resolved else {}), place, shown.source)

    def _filled(self, row: Json, values: Mapping[str, Filled], resolved: Json) -> Json:
        if row["type"] == _LABEL:
            return {
                "type": _LABEL,
                "id": row.get("id", 0),
                "component": self._answer(row["component"], values, resolved),
            }
        return {
            "type": row["type"],
            "id": row.get("id", 0),
            "components": [self._answer(each, values, resolved) for each in row.get("components", ())],
        }

    def _answer(self, field: Json, values: Mapping[str, Filled], resolved: Json) -> Json:
        value = values.get(field["custom_id"])
        told: Json = {"type": field["type"], "id": field.get("id", 0), "custom_id": field["custom_id"]}
        if field["type"] in {_TEXT_INPUT, _RADIOS, _BOX}:
            standing = field.get("value") if field["type"] == _TEXT_INPUT else None
            return told | {
                "value": value if value is not None else standing or ("" if field["type"] == _TEXT_INPUT else None)
            }
        chosen = [value] if isinstance(value, str | int) else list(value or ())
        if value is None:
            chosen = [each["value"] for each in field.get("options", ()) if each.get("default")]
        if field["type"] == 5:  # noqa: PLR2004 - a menu of people
            for each in chosen:
                self._option({"options": [{"name": "x", "type": _USER_OPTION}]}, "x", each, resolved)
        return told | {"values": [str(each) for each in chosen]}

    def writes_to_bot(self, text: str) -> Json:
        """Write the bot a direct message."""
        world = self.wire.world
        return world.post(world.dm(self.id), world.people[self.id], {"content": text})

    def writes(self, channel: Json, text: str) -> Json:
        """Write into a channel.

        Raises:
            Refusal: if they may not.
        """
        world = self.wire.world
        if not world.permissions(self.server_id or 0, self.id, channel) & SEND:
            raise Refusal(403, 50013, "Missing Permissions")
        return world.post(channel, world.people[self.id], {"content": text})

    # --- how it is told ---

    def _do(self, kind: int, data: Json, channel: Json | None, message: Json | None = None) -> Asked:
        world = self.wire.world
        if channel is None and message is not None:
            channel = world.channels.get(int(message["channel_id"]))
        place = channel or self._somewhere()
        payload: Json = {
            "id": str(world.snowflake()),
            "application_id": world.bot["id"],
            "type": kind,
            "data": data,
            "token": f"token-{next(self._tokens)}",
            "version": 1,
            "channel": place,
            "channel_id": place["id"],
            "locale": "en-GB",
            "app_permissions": str(EVERYTHING),
            "entitlements": [],
            "attachment_size_limit": 10 << 20,
        }
        if message is not None:
            payload["message"] = message
        if "guild_id" in place:
            server_id = int(place["guild_id"])
            member: Json = world.servers[server_id]["members"].get(self.id) or world.gone(self.id)
            payload |= {
                "guild_id": str(server_id),
                "guild": {"id": str(server_id), "locale": "en-GB", "features": []},
                "guild_locale": "en-GB",
                "context": 0,
                "member": {**member, "permissions": str(world.permissions(server_id, self.id, place))},
                "app_permissions": str(world.permissions(server_id, int(world.bot["id"]), place)),
                "authorizing_integration_owners": {"0": str(server_id)},
            }
        else:
            payload |= {"user": world.people[self.id], "context": 1, "authorizing_integration_owners": {"0": "0"}}
        return self.wire.interactions.ask(payload, message)

    def _somewhere(self) -> Json:
        """Where this person is when it does not matter: the first channel they see, or their direct messages."""
        if self.server_id is None:
            return self.wire.world.dm(self.id)
        return next(each for each in self.channels() if each["type"] == TEXT)

    @staticmethod
    async def _answered(asked: Asked) -> Asked:
        async with asyncio.timeout(PATIENCE):
            await asked.done.wait()
        return asked


def parts(message: Json) -> Iterator[Json]:
    """Return every button and menu under a message."""
    for row in message.get("components", ()):
        yield from row.get("components", ())


def labels(message: Json) -> list[str]:
    """Return what the buttons under a message say."""
    return [each["label"] for each in parts(message) if each["type"] == _BUTTON and each.get("label")]


def values(message: Json) -> Iterable[str]:
    """Return what the menus under a message offer."""
    return (option["value"] for each in parts(message) for option in each.get("options", ()))
