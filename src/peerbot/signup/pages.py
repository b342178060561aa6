"""A list that is too long for one message, in pages."""

from collections.abc import Sequence
from typing import Final, TypeVar

ON_A_PAGE: Final = 4
"""Groups in one message: what fits with the longest names, and what a phone shows without much scrolling."""
T = TypeVar("T")


def page_of(entries: Sequence[T], page: int, most: int = ON_A_PAGE) -> tuple[Sequence[T], int, int]:
    """Return the entries of a page, its number from 0, and how many pages there are. A page too far is the last."""
    pages = max(1, -(-len(entries) // most))
    page = min(max(page, 0), pages - 1)
    return entries[page * most : (page + 1) * most], page, pages
