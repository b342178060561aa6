"""Cards and forms as a reader of the guide sees them: names for mentions, hours for times, labels for buttons."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from peerbot.engine.card import Card, ChoicePart, Form, Menu, Option, PersonPart, TextPart, TickPart, Words

_MOMENT: Final = re.compile(r"<t:(\d+):(\w)>")
_PERSON: Final = re.compile(r"<@(\d+)>")
_CHANNEL: Final = re.compile(r"<#(\d+)>")
_ROOM: Final = re.compile(r"room-[0-9a-f]{6}")
_APART: Final = re.compile(r"(?<=oncern )\d{6}")
"""The number of a concern about another person: drawn at random, so shown as one example."""
_STYLES: Final = {"t": "%H:%M", "f": "%-d %B, %H:%M", "F": "%A %-d %B, %H:%M", "d": "%-d %B", "D": "%-d %B"}


class Showing:
    """Draws for one telling. `said` is every text that was drawn, as it was sent."""

    def __init__(self, people: Mapping[int, str]) -> None:
        """Name `people` by their ids."""
        self._people = people
        self.said: list[str] = []

    def card(self, card: Card, now: datetime, rooms: Mapping[int, str]) -> str:
        """Return a message with its buttons and menus. `rooms` are the names of channels by their ids."""
        lines = [self.plain(line, now, rooms) for line in card.text.splitlines()]
        self.said.append(card.text)
        for row in card.rows:
            if isinstance(row, Menu):
                lines += ["", self._menu(row)]
            else:
                self.said += [button.label for button in row]
                lines += ["", " ".join(f"[{button.label}]" for button in row)]
        return _quoted(lines)

    def form(self, form: Form) -> str:
        """Return a form with every part of it."""
        self.said.append(form.title)
        lines = [f"**{form.title}**"]
        for part in form.parts:
            lines.append("")
            match part:
                case Words(text):
                    self.said.append(text)
                    lines += text.splitlines()
                case ChoicePart(_, label, options) | TickPart(_, label, options):
                    lines += [self._label(label, part.hint), *(f"- {self._option(option)}" for option in options)]
                case TextPart(_, label):
                    value = f" `{part.value}`" if part.value else ""
                    lines.append(f"{self._label(label, part.hint)}{value}")
                case PersonPart(_, label):
                    lines.append(self._label(label, part.hint))
        return _quoted(lines)

    def plain(self, text: str, now: datetime, rooms: Mapping[int, str]) -> str:
        """Return a text with names for mentions and hours for times."""
        text = _MOMENT.sub(lambda found: _time(int(found[1]), found[2], now), text)
        text = _PERSON.sub(lambda found: f"@{self._people.get(int(found[1]), 'somebody')}", text)
        text = _CHANNEL.sub(lambda found: f"#{rooms.get(int(found[1]), 'room-7f3a9c')}", text)
        return _APART.sub("402718", _ROOM.sub("room-7f3a9c", text))

    def _menu(self, menu: Menu) -> str:
        self.said.append(menu.label)
        return f"[{menu.label} ▾] {' · '.join(self._option(option) for option in menu.options)}"

    def _option(self, option: Option) -> str:
        self.said += [option.label, option.hint]
        return f"{option.label} ({option.hint})" if option.hint else option.label

    def _label(self, label: str, hint: str) -> str:
        self.said += [label, hint]
        return f"*{label}* ({hint})" if hint else f"*{label}*"


def _time(seconds: int, style: str, now: datetime) -> str:
    at = datetime.fromtimestamp(seconds, UTC)
    if style in _STYLES:
        return at.strftime(_STYLES[style])
    minutes = round((now - at).total_seconds() / 60)
    return "just now" if minutes == 0 else f"{minutes} minutes ago"


def _quoted(lines: list[str]) -> str:
    # Two spaces keep a line's end in Markdown.
    return "\n".join(f"> {line}  " if line else ">" for line in lines)
