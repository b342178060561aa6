"""Cards and forms drawn with discord.py.

Views and modals are stopped before they are sent: discord.py then keeps nothing of them in memory and never
dispatches to them, so the router alone answers, live or after a restart.
"""

import re
from io import BytesIO
from typing import Any, Final

import discord
from discord import ui

from peerbot.engine import card as plain
from peerbot.engine.actor import FORGOTTEN
from peerbot.engine.card import Card, Form
from peerbot.engine.texts import person
from peerbot.gateway.custom_ids import CustomId

_MENTION: Final = re.compile(r"<@(\d{1,20})>")
_LOOKS: Final = {
    "main": discord.ButtonStyle.primary,
    "plain": discord.ButtonStyle.secondary,
    "danger": discord.ButtonStyle.danger,
}
# Discord's limits, in characters and items (discord-api-docs, components/reference.mdx, resources/message.mdx).
_IN_LABEL_OF_BUTTON: Final = 80
_IN_OPTION: Final = 100
_IN_MENU: Final = 150
_IN_TITLE: Final = 45
_IN_LABEL_OF_PART: Final = 45
_IN_HINT: Final = 100
_IN_WORDS: Final = 4000
_OPTIONS_OF_MENU: Final = 25
_OPTIONS_OF_BOXES: Final = 10
_PARTS_OF_FORM: Final = 5
_MENTIONED: Final = 100
_BUTTONS_OF_ROW: Final = 3  # Ours: on a phone a fourth one breaks the row.


def _fits(what: str, size: int, most: int, least: int = 1) -> None:
    if not least <= size <= most:
        problem = f"{what} of {size}, not {least} to {most}"
        raise ValueError(problem)


def message(card: Card, nonce: str = "", *, alone: bool = False) -> dict[str, Any]:
    """Return the arguments for a `send` or an `edit` that shows `card`.

    `alone`: only one person ever sees it, so that nobody else hears of a mention. Then everybody it mentions is listed:
    Discord sends names along only for those, and a telephone would show a number, or *@invalid-user*, for the others.

    Raises:
        ValueError: if the card breaks one of Discord's limits: a defect, caught by tests of every card.
    """
    _fits("a card", len(card.text), plain.MOST_TEXT)
    heard = dict.fromkeys((*card.pings, *(named(card.text) if alone else ())))
    return {
        "content": card.text,
        "view": _view(card, nonce),
        "embeds": [_draft(card)] if card.draft else [],
        "allowed_mentions": discord.AllowedMentions(
            everyone=False,
            roles=False,
            replied_user=False,
            users=[discord.Object(person) for person in list(heard)[:_MENTIONED]],
        ),
    }


def named(text: str) -> tuple[int, ...]:
    """Return whom a message names, in their order."""
    return tuple(dict.fromkeys(int(found) for found in _MENTION.findall(text)))


def without(text: str, user_id: int) -> str:
    """Return the words of a message of ours with nobody's name in somebody's place."""
    return text.replace(person(user_id), person(FORGOTTEN))


def files(card: Card) -> dict[str, Any]:
    """Return the further arguments for a `send` that brings the card's file with it."""
    if card.attachment is None:
        return {}
    return {"files": [discord.File(BytesIO(card.attachment.content), card.attachment.name)]}


def _draft(card: Card) -> discord.Embed:
    embed = discord.Embed()
    for label, value in card.draft:
        embed.add_field(name=label, value=value, inline=False)
    return embed


def _view(card: Card, nonce: str) -> ui.View:
    view = ui.View(timeout=None)
    for number, row in enumerate(card.rows):
        for item in (_menu(row, nonce),) if isinstance(row, plain.Menu) else _buttons(row, nonce):
            item.row = number
            view.add_item(item)
    view.stop()
    return view


def _buttons(row: tuple[plain.Button, ...], nonce: str) -> list[ui.Item[ui.View]]:
    _fits("a row of buttons", len(row), _BUTTONS_OF_ROW)
    for button in row:
        _fits("the label of a button", len(button.label), _IN_LABEL_OF_BUTTON)
    return [
        ui.Button(
            style=_LOOKS[button.look],
            label=button.label,
            custom_id=str(CustomId(button.action, button.args, nonce)),
        )
        for button in row
    ]


def _menu(menu: plain.Menu, nonce: str) -> ui.Item[ui.View]:
    custom_id = str(CustomId(menu.action, menu.args, nonce))
    _fits("the label of a menu", len(menu.label), _IN_MENU)
    if menu.kind == "channel":
        return ui.ChannelSelect(
            custom_id=custom_id, placeholder=menu.label, channel_types=[discord.ChannelType.text], min_values=1
        )
    return ui.Select(custom_id=custom_id, placeholder=menu.label, options=_options(menu.options, _OPTIONS_OF_MENU))


def _options(options: tuple[plain.Option, ...], most: int) -> list[discord.SelectOption]:
    _options_fit(options, most)
    return [
        discord.SelectOption(
            label=option.label, value=option.value, description=option.hint or None, default=option.chosen
        )
        for option in options
    ]


def _options_fit(options: tuple[plain.Option, ...], most: int, least: int = 1) -> None:
    _fits("a list of options", len(options), most, least)
    for option in options:
        _fits("the label of an option", len(option.label), _IN_OPTION)
        _fits("the value of an option", len(option.value), _IN_OPTION)
        _fits("the hint of an option", len(option.hint), _IN_OPTION, 0)


def modal(form: Form) -> ui.Modal:
    """Return the form as a modal.

    Raises:
        ValueError: if the form breaks one of Discord's limits: a defect, caught by tests of every form.
    """
    _fits("the title of a form", len(form.title), _IN_TITLE)
    _fits("a form", len(form.parts), _PARTS_OF_FORM)
    drawn = ui.Modal(title=form.title, custom_id=str(CustomId(form.action, form.args)), timeout=None)
    for part in form.parts:
        drawn.add_item(_part(part))
    drawn.stop()
    return drawn


def _part(part: plain.FormPart) -> ui.Item[ui.Modal]:
    if isinstance(part, plain.Words):
        _fits("the words of a form", len(part.text), _IN_WORDS)
        words: ui.TextDisplay[Any] = ui.TextDisplay(part.text)
        return words
    _fits("the label of a part", len(part.label), _IN_LABEL_OF_PART)
    _fits("the hint of a part", len(part.hint), _IN_HINT, 0)
    return ui.Label(text=part.label, description=part.hint or None, component=_input(part))


def _input(part: plain.TextPart | plain.ChoicePart | plain.TickPart | plain.PersonPart) -> ui.Item[Any]:
    match part:
        case plain.TextPart():
            return ui.TextInput(
                custom_id=part.id,
                default=part.value or None,
                required=part.required,
                max_length=part.most,
                style=discord.TextStyle.paragraph if part.long else discord.TextStyle.short,
            )
        case plain.ChoicePart(menu=True):
            return ui.Select(
                custom_id=part.id,
                options=_options(part.options, _OPTIONS_OF_MENU),
                required=part.required,
                min_values=1 if part.required else 0,
            )
        case plain.ChoicePart():
            _options_fit(part.options, _OPTIONS_OF_BOXES, 2)
            return ui.RadioGroup(
                custom_id=part.id,
                required=part.required,
                options=[
                    discord.RadioGroupOption(
                        label=option.label, value=option.value, description=option.hint or None, default=option.chosen
                    )
                    for option in part.options
                ],
            )
        case plain.TickPart():
            _options_fit(part.options, _OPTIONS_OF_BOXES)
            return ui.CheckboxGroup(
                custom_id=part.id,
                required=part.required,
                min_values=1 if part.required else 0,
                max_values=len(part.options),
                options=[
                    discord.CheckboxGroupOption(
                        label=option.label, value=option.value, description=option.hint or None, default=option.chosen
                    )
                    for option in part.options
                ],
            )
        case plain.PersonPart():
            return ui.UserSelect(
                custom_id=part.id,
                required=part.required,
                min_values=1 if part.required else 0,
                max_values=part.most,
                default_values=[discord.SelectDefaultValue.from_user(discord.Object(i)) for i in part.chosen],
            )
