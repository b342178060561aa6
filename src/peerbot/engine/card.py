"""What a message and a form look like, before Discord: plain values that `cards` make and the gateway draws."""

from dataclasses import dataclass, field
from typing import Final, Literal

MOST_TEXT: Final = 2000
"""Characters in a message (discord-api-docs, message.mdx, "content")."""

Look = Literal["main", "plain", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `action` and `args` become its custom_id, so it works after any restart."""

    action: str
    label: str
    args: tuple[str, ...] = ()
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu to choose from, one row of its own. `kind` is `text`, or `channel` for Discord's own channel list."""

    action: str
    label: str
    options: tuple[Option, ...] = ()
    args: tuple[str, ...] = ()
    kind: Literal["text", "channel"] = "text"


Line = tuple[Button, ...] | Menu


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a private answer."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Card:
    """A message: text first, then rows of at most three buttons. `pings` are the only people it may mention."""

    text: str
    rows: tuple[Line, ...] = ()
    pings: tuple[int, ...] = ()
    draft: tuple[tuple[str, str], ...] = field(default=())
    """(label, value) pairs of a form that could not be taken, shown so that nothing typed is lost."""
    attachment: Attachment | None = None
    """Goes with an answer given to somebody in private, by `answers.show`; posts have none."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in a form."""

    text: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """A line, or with `long` a box, to type in."""

    id: str
    label: str
    hint: str = ""
    value: str = ""
    required: bool = True
    most: int = 100
    long: bool = False


@dataclass(frozen=True, slots=True)
class ChoicePart:
    """Radio buttons (2 to 10 options), or with `menu` a menu (up to 25)."""

    id: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""
    required: bool = True
    menu: bool = False


@dataclass(frozen=True, slots=True)
class TickPart:
    """Boxes to tick. A required tick is a group with a minimum of one: Discord's lone checkbox cannot be required."""

    id: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class PersonPart:
    """Discord's own list of the server's people."""

    id: str
    label: str
    hint: str = ""
    chosen: tuple[int, ...] = ()
    required: bool = True
    most: int = 1


FormPart = Words | TextPart | ChoicePart | TickPart | PersonPart


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one to five parts. `action` and `args` become its custom_id."""

    action: str
    title: str
    parts: tuple[FormPart, ...]
    args: tuple[str, ...] = ()


Filled = dict[str, tuple[str, ...]]
"""What came back: part id → values. A line gives one value, ticks and menus any number, people their ids."""
