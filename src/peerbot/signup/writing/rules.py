"""The rules of a wish to write: which groups come first, and how much of it is told to those who hold a meeting."""

from collections.abc import Sequence
from typing import Final, Literal, Protocol, TypeVar

FEWEST_MEMBERS: Final = 4
"""In a group of fewer a number would as good as name somebody. It is the least that a group has room for."""
FEWEST_OTHERS: Final = 2
"""So many members must be left who did not say so, or the number would tell who did."""


class _Meets(Protocol):
    @property
    def medium(self) -> str: ...


T = TypeVar("T", bound=_Meets)
HowMany = int | Literal["most"]
"""How many would rather write, as it may be told: 0 where nobody would, or nothing may be told."""


def writing_first(groups: Sequence[T]) -> list[T]:
    """Return the groups with those that meet in writing first, each part in its order. None is left out."""
    return sorted(groups, key=lambda group: group.medium != "text")


def told(writers: int, members: int) -> HowMany:
    """Return what may be told of `writers` among the `members` of a group, without saying who they are."""
    if members < FEWEST_MEMBERS:
        return 0
    return writers if members - writers >= FEWEST_OTHERS else "most"
