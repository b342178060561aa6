"""One way in for every button, menu and form, live or after a restart: by custom_id."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

import discord
from discord import app_commands
from discord.ext import commands

from peerbot.engine.actor import Actor
from peerbot.engine.card import Filled, Form
from peerbot.engine.errors import Invalid, OldButton
from peerbot.engine.texts import say
from peerbot.engine.words import number
from peerbot.gateway import answers, custom_ids, forms

_ROUTE: Final = "__peerbot_route__"
_FORM: Final = "__peerbot_form__"


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, a menu chosen from, or a form sent."""

    interaction: discord.Interaction
    actor: Actor
    args: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    filled: Filled = field(default_factory=Filled)

    def arg(self, number: int) -> str:
        """Return one argument of the custom_id.

        Raises:
            OldButton: if this button was made without it.
        """
        if number >= len(self.args):
            raise OldButton
        return self.args[number]

    def number(self, place: int) -> int:
        """Return one argument of the custom_id that is a number; 0 where there is none."""
        return number(self.args[place]) if place < len(self.args) else 0

    @property
    def choice(self) -> str:
        """What was chosen from a menu; an empty text if nothing was."""
        return next(iter(self.values), "")

    def value(self, part: str) -> str:
        """Return the one value of a form part, or an empty text."""
        return next(iter(self.filled.get(part, ())), "")


OnPress = Callable[[Press], Awaitable[None]]
MakeForm = Callable[[Press], Awaitable[Form]]


_PressMethod = Callable[[Any, Press], Awaitable[None]]
_FormMethod = Callable[[Any, Press], Awaitable[Form]]


def on_press(action: str) -> Callable[[_PressMethod], _PressMethod]:
    """Mark a method of a `Menu` as what happens when `action` is pressed or its form is sent."""

    def mark(method: _PressMethod) -> _PressMethod:
        setattr(method, _ROUTE, action)
        return method

    return mark


def form_for(action: str) -> Callable[[_FormMethod], _FormMethod]:
    """Mark a method of a `Menu` as what makes the form that is sent back as `action`: first, and for *Try again*."""

    def mark(method: _FormMethod) -> _FormMethod:
        setattr(method, _FORM, action)
        return method

    return mark


class Menu(commands.Cog):
    """A cog: what people can type, and with `on_press` what they can press. It holds no rule."""

    def routes(self) -> Iterator[tuple[str, OnPress]]:
        """Return (action, method) for every method marked with `on_press`."""
        yield from self._marked(_ROUTE)

    def message_menus(self) -> list[app_commands.ContextMenu]:
        """Return what this cog adds to the menu of a message; discord.py has no decorator for that in a cog."""
        return []

    def forms(self) -> Iterator[tuple[str, MakeForm]]:
        """Return (action, method) for every method marked with `form_for`."""
        yield from self._marked(_FORM)

    def _marked(self, mark: str) -> Iterator[tuple[str, Any]]:
        for name in dir(type(self)):
            action = getattr(getattr(type(self), name), mark, None)
            if action is not None:
                yield action, getattr(self, name)


class Router:
    """Which method answers which action."""

    def __init__(self) -> None:
        """Start with no routes."""
        self.routes: dict[str, OnPress] = {}
        self.forms: dict[str, MakeForm] = {}

    def add(self, menu: Menu) -> None:
        """Take over the routes of a cog.

        Raises:
            ValueError: if two methods claim one action.
        """
        for action, method in menu.routes():
            if action in self.routes:
                raise ValueError(action)
            self.routes[action] = method
        self.forms.update(menu.forms())

    async def press(self, interaction: discord.Interaction) -> None:
        """Answer a component or form interaction.

        Raises:
            OldButton: if nothing answers it any more.
            PeerbotError: whatever the use case raises.
        """
        press, method = self._read(interaction)
        try:
            _refuse_bots(interaction, press)
            await method(press)
        except Invalid as problem:
            action = _action(interaction)
            if interaction.type is not discord.InteractionType.modal_submit or action not in self.forms:
                raise
            form = await self.forms[action](press)
            await answers.show(interaction, forms.try_again(say(problem.text, **problem.values), form, press.filled))

    def _read(self, interaction: discord.Interaction) -> tuple[Press, OnPress]:
        data = cast("dict[str, Any]", interaction.data or {})
        custom_id = custom_ids.parse(str(data.get("custom_id", "")))
        if custom_id is None:
            raise OldButton
        press = Press(
            interaction,
            actor_of(interaction),
            custom_id.args,
            tuple(str(value) for value in data.get("values") or ()),
            filled_in(data),
        )
        if custom_id.action == forms.AGAIN:
            return press, self._again
        method = self.routes.get(custom_id.action)
        if method is None:
            raise OldButton
        return press, method

    async def _again(self, press: Press) -> None:
        """Open a form again with what was typed before, read from our own message."""
        make = self.forms.get(press.arg(0))
        if make is None:
            raise OldButton
        form = await make(replace(press, args=press.args[1:]))
        pressed = press.interaction.message
        kept = [(f.name or "", f.value or "") for embed in pressed.embeds for f in embed.fields] if pressed else []
        await answers.ask(press.interaction, forms.refill(form, kept))


def _refuse_bots(interaction: discord.Interaction, press: Press) -> None:
    """Refuse a form in which a bot was chosen: Discord's own list of people offers them too.

    Raises:
        Invalid: if one was.
    """
    data = cast("dict[str, Any]", interaction.data or {})
    resolved: dict[str, Any] = data.get("resolved") or {}
    people: dict[str, dict[str, Any]] = resolved.get("users") or {}
    bots = {user_id for user_id, user in people.items() if user.get("bot")}
    if not bots.isdisjoint(value for values in press.filled.values() for value in values):
        raise Invalid(text="form-chose-bot")


def _action(interaction: discord.Interaction) -> str:
    custom_id = custom_ids.parse(str(cast("dict[str, Any]", interaction.data or {}).get("custom_id", "")))
    return custom_id.action if custom_id else ""


def actor_of(interaction: discord.Interaction) -> Actor:
    """Return who is asking, from what Discord sent with this very interaction."""
    permissions = interaction.permissions
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else ()
    return Actor(
        user_id=interaction.user.id,
        server_id=interaction.guild_id,
        manages_server=interaction.guild_id is not None and (permissions.manage_guild or permissions.administrator),
        moderates_members=interaction.guild_id is not None
        and (permissions.moderate_members or permissions.administrator),
        owns_server=interaction.guild is not None and interaction.guild.owner_id == interaction.user.id,
        role_ids=frozenset(role.id for role in roles),
    )


def filled_in(data: dict[str, Any]) -> Filled:
    """Return part id → values of a submitted form; an empty mapping for anything else."""
    filled: Filled = {}
    for row in data.get("components") or ():
        part: dict[str, Any] = row.get("component") or {}
        if "custom_id" not in part:
            continue
        values = part["values"] if "values" in part else [part.get("value")]
        filled[part["custom_id"]] = tuple(str(value) for value in values or () if value is not None)
    return filled
