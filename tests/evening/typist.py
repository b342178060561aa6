"""A modified client: it sends any text in any option of a command and any field of a form, and reads the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import discord
import simcord
from discord import app_commands
from simcord import actors, interactions
from simcord.enums import InteractionType

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.gateway.custom_ids import CustomId
from peerbot.gateway.forms import AGAIN
from tests.escalation.everything_there import Everything

Modal = dict[str, Any]
TEXT: Final = 4
"""The type of what one types in (discord-api-docs, components/reference.mdx)."""
FITS: Final = {"about": "People who read", "language": "English", "places": "5", "zone": "London", "days": "7"}
"""What fits a field that is empty, beside the one that is tried."""
WHOSE: Final[Mapping[str, str]] = {
    "manage": "colin", "escalation": "dana", "oncall": "dana", "facilitate": "fay", "group": "ana", "meeting": "ana",
    "agreement": "ana", "my-data": "ana",
}  # fmt: skip
"""Command → somebody who may use it, so that what they type is looked at."""


@dataclass(frozen=True, slots=True)
class Field:
    """One place for text: an option of a command, or a part of a form. `form` is None for a command."""

    entry: str
    name: str
    form: Modal | None = None
    by: str = ""

    def __str__(self) -> str:
        return f"{self.entry}: {self.name}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the texts of messages only the person sees, whether a form was opened, and offered choices."""

    texts: tuple[str, ...]
    form: bool
    choices: tuple[str, ...] | None = None

    @property
    def given(self) -> bool:
        return any(text.strip() for text in self.texts) or self.form or self.choices is not None


class Typist:
    """Types and sends, in a server where everything is there."""

    def __init__(self, there: Everything) -> None:
        self.there = there
        self.world: World = there.world
        self.ids: Mapping[str, str] = {}
        self._count = count(1)

    async def look(self) -> None:
        """Find the ids of what is there: forms and options beside the one that is tried need them."""
        found = await self.there.ids()
        circle = await self.world.app.desk.reads.one("SELECT group_id FROM series LIMIT 1")
        assert circle is not None
        self.ids = {**{table: ids[0] for table, ids in found.items() if ids}, "peer_group": str(circle["group_id"])}

    # Commands.

    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        tree = self.world.app.bot.tree
        found = [one for one in tree.walk_commands() if isinstance(one, app_commands.Command)]
        return sorted(found, key=lambda one: one.qualified_name)

    def options(self) -> list[Field]:
        """Return every option into which people type text."""
        return [
            Field(command.qualified_name, option.display_name, by=WHOSE[command.qualified_name.split()[0]])
            for command in self.commands()
            for option in command.parameters
            if option.type is discord.AppCommandOptionType.string and not option.choices
        ]

    def completed(self) -> list[Field]:
        """Return every option that offers choices while somebody types."""
        return [
            Field(command.qualified_name, option.display_name, by=WHOSE[command.qualified_name.split()[0]])
            for command in self.commands()
            for option in command.parameters
            if option.autocomplete
        ]

    def _usual(self, command: str, name: str, kind: discord.AppCommandOptionType) -> object:
        """Return something that fits an option beside the one that is tried; None to leave it out."""
        if name == "group":
            return self.ids["peer_group"]
        if name in {"series", "meeting"}:
            return self.ids[name]
        if command in {"oncall test", "oncall off"}:
            return None  # For oneself.
        if kind is discord.AppCommandOptionType.user:
            return self.world.person("mo" if command.startswith("oncall") else "cho").actor
        usual: dict[str, object] = {
            "time": "19:00",
            "date": "8 December",
            "to": "9 December",
            "mine": "x",
            "theirs": "x",
            "number": 1,
            "hours": 2,
            "days": 7,
            "minutes": 15,
            "message": "1",
            "text": "x",
            "part": "moderator",
            "level": "urgent",
        }
        return usual.get(name)

    async def command(self, field: Field, text: str | None, *, focused: bool = False) -> Answer:
        """Type a command with `text` in one option, or with `focused` ask what is offered for it meanwhile.

        Without a text, type what fits in each option there is.
        """
        person, backend = self.world.person(field.by), self.world.env.backend
        root = next(one for one in backend.commands[None].values() if one["name"] == field.entry.split()[0])
        leaf, nesting = interactions.walk_to_subcommand(root, field.entry.split()[1:])
        kinds = {option["name"]: discord.AppCommandOptionType(option["type"]) for option in leaf.get("options", ())}
        usual = {
            name: self._usual(field.entry, name, kind)
            for name, kind in kinds.items()
            if name != field.name and self._usual(field.entry, name, kind) is not None
        }
        options, resolved = interactions.build_options(
            person.actor, field.entry, leaf, usual, partial=True, channel_id=self.world.lounge.id
        )
        if text is not None:
            options.append({"name": field.name, "type": 3, "value": text} | ({"focused": True} if focused else {}))
        data: dict[str, Any] = {"id": root["id"], "name": root["name"], "type": 1}
        data["options"] = interactions.nest_options(root, nesting, options)
        data |= {"resolved": resolved} if resolved else {}
        kind = InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE if focused else InteractionType.APPLICATION_COMMAND
        return await self._send(person, kind, data)

    # Forms.

    def forms(self) -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
        """Return form → who sends it, and what it is about; several if its fields differ by that."""
        group, weekly, meeting = (self.ids[name] for name in ("peer_group", "rota_weekly", "meeting"))
        server = ("country", "zone", "ages", "contact", "outside")
        return {
            "answers.times": [("dana", (level,)) for level in ("check_in", "urgent", "emergency")],
            "concern.send": [("olu", ())],
            "facilitate.limit": [("fay", (meeting,))],
            "facilitate.listed": [("fay", (meeting,))],
            "group.agree": [("olu", (group,))],
            "invite.make": [("colin", (group,))],
            "manage.end-ask": [("colin", (group,))],
            "manage.group": [("colin", ())],
            "manage.terms-ask": [("colin", (group,))],
            "manage.words-set": [("colin", (group,))],
            "room.times": [("colin", (group, half)) for half in ("evening", "around")],
            "rota.add": [("dana", ())],
            "rota.change": [("dana", (weekly,))],
            "server.save": [("colin", (field,)) for field in server],
            "setup.person-add": [("amira", ())],
            "setup.save": [("amira", ())],
            "taster.agree": [("olu", (group,))],
            "texts.write": [("colin", (group,)), ("colin", ("server",))],
            "ways.code": [("mo", ())],
        }

    async def parts(self) -> list[tuple[Field, bool]]:
        """Return every field of every form, and whether it is one to type in."""
        found: list[tuple[Field, bool]] = []
        for action, uses in self.forms().items():
            for key, args in uses:
                form = await self._form(key, action, args)
                for part in _parts(form):
                    component = part["component"]
                    found.append((Field(action, component["custom_id"], form, key), component["type"] == TEXT))
        return found

    async def _form(self, key: str, action: str, args: tuple[str, ...]) -> Modal:
        """Return a form as somebody is shown it."""
        backend, person = self.world.env.backend, self.world.person(key)
        carrier = backend.create_message(self.world.lounge.id, backend.bot_user.id, "forged", components=[])
        data: dict[str, Any] = {"custom_id": str(CustomId(AGAIN, (action, *args))), "component_type": 2}
        shown = await actors._component_interaction(person.actor, carrier, data)
        assert shown.modal is not None, (key, action, shown.response)
        return shown.modal

    async def form(self, field: Field, text: str) -> Answer:
        """Send a form with `text` in one of its fields, and in the others what stands there already, or fits."""
        assert field.form is not None
        filled: list[dict[str, Any]] = []
        for number, part in enumerate(_parts(field.form)):
            kind, name = part["component"]["type"], part["component"]["custom_id"]
            value = text if name == field.name else _fitting(part["component"])
            if kind == TEXT and not value and name != field.name:
                value = f"Quiet ones {next(self._count)}" if name == "name" else FITS.get(name, "")
            typed: dict[str, Any] = {"value": value} if kind == TEXT else {"values": [value] if value else []}
            filled.append({"type": 18, "id": number, "component": {"type": kind, "custom_id": name, **typed}})
        data = {"custom_id": field.form["custom_id"], "components": filled}
        return await self._send(self.world.person(field.by), InteractionType.MODAL_SUBMIT, data)

    async def _send(self, person: Person, kind: int, data: dict[str, Any]) -> Answer:
        result = await actors._dispatch_actor_interaction(person.actor, kind, self.world.lounge, data)
        shown = [each for each in (result.response, *result.followups) if each is not None]
        choices = result.autocomplete_choices
        offered = None if choices is None else tuple(str(each["name"]) for each in choices)
        return Answer(tuple(_words(each) for each in shown), result.modal is not None, offered)


def _parts(form: Modal) -> list[Modal]:
    return [part for part in form["components"] if "component" in part]


def _fitting(component: Modal) -> str:
    options: list[Modal] = component.get("options") or []
    if options:
        return str(next((option for option in options if option.get("default")), options[0])["value"])
    return str(component.get("value") or "")


def _words(shown: simcord.ResponseMessage) -> str:
    return shown.content or " ".join(str(embed.to_dict()) for embed in shown.embeds)


def labels(form: Modal | None, name: str) -> list[str]:
    """Return what a form calls one of its fields."""
    return [part["label"] for part in _parts(form or {"components": []}) if part["component"]["custom_id"] == name]
