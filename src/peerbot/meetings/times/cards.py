"""What coordinators see of the times of a group's rooms."""

from typing import Final

from peerbot.engine.card import Button, Card, Form, TextPart
from peerbot.engine.texts import say
from peerbot.engine.words import shown
from peerbot.meetings.times.rules import SLOW, Times
from peerbot.meetings.times.service import HALVES, TimesChange, in_units, limits
from peerbot.signup.rules import Group

_MOST_DIGITS: Final = 4


def times_card(group: Group, times: Times) -> Card:
    """Return a group's times with their bounds, and a button for each form that changes them."""
    lines = [say("staff-times", group=shown(group.name))]
    for half, names in HALVES.items():
        lines.append(say(f"staff-times-half-{half}"))
        lines += [f"- {_line(name, times)} {say('staff-times-from-to', **limits(name))}" for name in names]
    if group.slow:
        doubled = ", ".join(say(f"staff-times-name-{name.replace('_', '-')}") for name in SLOW)
        lines.append(say("staff-times-slow", doubled=doubled))
    buttons = tuple(Button("room.change", say(f"staff-times-change-{half}"), (group.id, half)) for half in HALVES)
    return Card("\n".join(lines), (buttons,))


def times_form(group: Group, half: str, times: Times) -> Form:
    """Return the form for one half of the times, filled in with what holds now."""
    parts = tuple(
        TextPart(
            name,
            say(f"staff-times-name-{name.replace('_', '-')}"),
            say(f"staff-times-hint-{name.replace('_', '-')}", **limits(name)),
            value=str(in_units(times, name)),
            most=_MOST_DIGITS,
        )
        for name in HALVES[half]
    )
    return Form("room.times", say(f"staff-times-change-{half}"), parts, (group.id, half))


def check_card(change: TimesChange) -> Card:
    """Return what a change would touch, and the button that does it."""
    if change.was == change.now:
        return Card(say("staff-times-same"))
    confirm = Button("room.set", say("staff-times-confirm"), _args(change, change.now), "main")
    return Card(_told("staff-times-check", change), ((confirm,),))


def set_card(change: TimesChange) -> Card:
    """Return the answer to times that were set, with the way back."""
    if change.was == change.now:
        return Card(say("staff-times-same"))
    undo = Button("room.set", say("series-undo"), _args(change, change.was))
    return Card(_told("staff-times-set", change), ((undo,),))


def _args(change: TimesChange, times: Times) -> tuple[str, ...]:
    return change.group.id, change.half, *(str(in_units(times, name)) for name in HALVES[change.half])


def _told(text: str, change: TimesChange) -> str:
    head = say(text, group=shown(change.group.name), people=change.people)
    changed = [name for name in HALVES[change.half] if change.was[name] != change.now[name]]
    return "\n".join((head, *(f"- {_line(name, change.now)}" for name in changed)))


def _line(name: str, times: Times) -> str:
    return say(f"staff-times-line-{name.replace('_', '-')}", count=in_units(times, name))
