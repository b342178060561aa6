"""A form that could not be taken: what was typed is shown, and *Try again* opens the form filled in.

The draft lives in our own private message and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from peerbot.engine.card import (
    Button,
    Card,
    ChoicePart,
    Filled,
    Form,
    FormPart,
    Option,
    PersonPart,
    TextPart,
    TickPart,
    Words,
)
from peerbot.engine.texts import person, say
from peerbot.engine.words import number

AGAIN: Final = "form.again"
_MOST_SHOWN: Final = 1000


def try_again(problem: str, form: Form, filled: Filled) -> Card:
    """Return the card that says what is wrong and keeps what was typed."""
    draft = [(part.label, _shown(part, filled.get(part.id, ()))) for part in form.parts if not isinstance(part, Words)]
    # Discord refuses a message that shows an empty or blank field.
    kept = tuple((label, value) for label, value in draft if value.strip())
    text = f"{problem}\n{say('draft-kept')}" if kept else problem
    return Card(text, ((Button(AGAIN, say("try-again"), (form.action, *form.args), "main"),),), draft=kept)


def _shown(part: FormPart, values: tuple[str, ...]) -> str:
    match part:
        case PersonPart():
            return " ".join(person(found) for found in map(number, values) if found)
        case ChoicePart() | TickPart():
            return "\n".join(option.label for option in part.options if option.value in values)[:_MOST_SHOWN]
        case _:
            return " ".join(values)[:_MOST_SHOWN]


def refill(form: Form, kept: Iterable[tuple[str, str]]) -> Form:
    """Return the form with the draft's values as its own."""
    values = dict(kept)
    return replace(form, parts=tuple(_refilled(part, values) for part in form.parts))


def _refilled(part: FormPart, kept: dict[str, str]) -> FormPart:
    if isinstance(part, Words):
        return part
    shown = kept.get(part.label, "")
    match part:
        case TextPart():
            return replace(part, value=shown[: part.most])
        case PersonPart():
            digits = "".join(c if c.isdecimal() else " " for c in shown).split()
            return replace(part, chosen=tuple(found for found in map(number, digits) if found))
        case ChoicePart() | TickPart():
            labels = set(shown.split("\n"))
            return replace(part, options=tuple(_chosen(option, labels) for option in part.options))


def _chosen(option: Option, labels: set[str]) -> Option:
    return replace(option, chosen=option.label in labels)
