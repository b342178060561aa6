"""Times that people set themselves, each within its bounds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final, Self

from peerbot.engine.errors import Invalid

MINUTE: Final = timedelta(minutes=1)
_MOST_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long one of the times can be. `unit` is what people set it in."""

    usual: timedelta
    least: timedelta
    most: timedelta
    unit: timedelta = MINUTE


class BoundedTimes:
    """What times with bounds have in common: a frozen dataclass of lengths, each named as in `bounds`."""

    __slots__ = ()
    bounds: ClassVar[Mapping[str, Bounds]]

    def __getitem__(self, name: str) -> timedelta:
        """Return one of the times by its name.

        Raises:
            KeyError: for a name that is none.
        """
        if name not in self.bounds:
            raise KeyError(name)
        return getattr(self, name)

    @property
    def out_of_bounds(self) -> tuple[str, ...]:
        """The names of those that are shorter or longer than may be."""
        return tuple(name for name, each in self.bounds.items() if not each.least <= self[name] <= each.most)

    def to_text(self) -> str:
        """Return the times as a column holds them: name → minutes, as JSON."""
        return json.dumps({name: self[name] // MINUTE for name in self.bounds})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the times a column holds; those it does not name are as usual."""
        kept: dict[str, int] = json.loads(text)
        return cls(**{name: kept[name] * MINUTE for name in cls.bounds if name in kept})


def typed_numbers(typed: Mapping[str, str], otherwise: str) -> dict[str, int]:
    """Return whole numbers as somebody typed them.

    Raises:
        Invalid: with the text `otherwise`, for what is no number or a far too long one.
    """
    numbers = {name: text.strip() for name, text in typed.items()}
    if any(not each.isascii() or not each.isdecimal() or len(each) > _MOST_DIGITS for each in numbers.values()):
        raise Invalid(text=otherwise)
    return {name: int(digits) for name, digits in numbers.items()}
