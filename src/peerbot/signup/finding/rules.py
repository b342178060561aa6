"""The rules of looking for a group: what a list is narrowed down to, and which choices narrow it at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from peerbot.signup.pages import page_of
from peerbot.signup.rules import View

Facet = Literal["medium", "language", "kind"]
FACETS: Final[tuple[Facet, ...]] = ("medium", "language", "kind")
TAKES_NOW: Final = "now"
"""Stands beside the kinds: groups with a seat that can be taken at once."""
MOST_LANGUAGES: Final = 24
"""Discord shows 25 options in a menu; one is *every language*."""


def language_key(language: str) -> str:
    """Return what stands for a language in a custom_id: eight letters and digits, whatever was typed."""
    return sha256(language.casefold().encode()).hexdigest()[:8]


class Glimpse(NamedTuple):
    """A group of a long list, as far as a list needs it; a page shows a few of them whole, as a `View`.

    Attributes:
        takes_now: Whether a seat could be taken at once.
        mine: Whether the person has to do with it.
    """

    id: str
    name: str
    medium: str
    language: str
    kind: str
    takes_now: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody narrows the list down to; an empty text leaves it open. `language` is a `language_key`."""

    medium: str = ""
    language: str = ""
    kind: str = ""

    def fits(self, group: Glimpse) -> bool:
        """Return whether a group is one of those wanted."""
        return (
            self.medium in {"", group.medium}
            and (not self.language or self.language == language_key(group.language))
            and (group.takes_now if self.kind == TAKES_NOW else self.kind in {"", group.kind})
        )

    def choosing(self, facet: str, value: str) -> "Wanted":
        """Return this with one choice made another; unchanged for a facet that is none."""
        match facet:
            case "medium":
                return replace(self, medium=value)
            case "language":
                return replace(self, language=value)
            case "kind":
                return replace(self, kind=value)
            case _:
                return self

    def among(self, groups: Sequence[Glimpse]) -> "Wanted":
        """Return this without what no list offers: an old button must not hide every group."""
        media = {"text", "voice"}
        languages = {language_key(language) for language in {group.language for group in groups}}
        kinds = {"open", "closed", "drop_in", TAKES_NOW}
        return Wanted(
            self.medium if self.medium in media else "",
            self.language if self.language in languages else "",
            self.kind if self.kind in kinds else "",
        )

    def __iter__(self) -> Iterator[str]:
        """Go through the three choices in the order in which a custom_id keeps them."""
        return iter((self.medium, self.language, self.kind))


Looking = tuple[int, Wanted]
"""A page, from 0, of the groups that are wanted."""
EVERYTHING: Final[Looking] = (0, Wanted())


@dataclass(frozen=True, slots=True)
class Search:
    """What a list comes to for somebody who looks at one page of it.

    Attributes:
        ids: The groups of the page, in their order.
        page: Its number, from 0, of so many `pages`.
        fitting: How many groups are wanted, `of` all that are there.
        media, languages, kinds: What there is to choose from; none where it would make no difference.
    """

    wanted: Wanted
    ids: tuple[str, ...]
    page: int
    pages: int
    fitting: int
    of: int
    media: tuple[str, ...]
    languages: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, with its groups as the person may see them."""

    search: Search
    views: tuple[View, ...]


def search(groups: Sequence[Glimpse], at: Looking = EVERYTHING) -> Search:
    """Return what a list of groups comes to at a page of what is wanted."""
    wanted = at[1].among(groups)
    fitting = [group for group in groups if wanted.fits(group)]
    here, page, pages = page_of(fitting, at[0])
    ids = tuple(group.id for group in here)
    choices = _media(groups), _languages(groups), _kinds(groups)
    return Search(wanted, ids, page, pages, len(fitting), len(groups), *choices)


def _media(groups: Sequence[Glimpse]) -> tuple[str, ...]:
    return _told_apart({group.medium for group in groups})


def _languages(groups: Sequence[Glimpse]) -> tuple[str, ...]:
    """Return each language as it was first written."""
    written = dict.fromkeys(group.language for group in groups)
    by_key = {language_key(language): language for language in reversed(written)}
    return _told_apart(set(by_key.values()))[:MOST_LANGUAGES]


def _kinds(groups: Sequence[Glimpse]) -> tuple[str, ...]:
    """Return the kinds, and *takes people now* where only some groups do."""
    takes = {group.takes_now for group in groups}
    now = (TAKES_NOW,) if len(takes) > 1 else ()
    return (*now, *_told_apart({group.kind for group in groups}))


def _told_apart(values: set[str]) -> tuple[str, ...]:
    """Return what there is to choose from; nothing while all groups have the same."""
    return tuple(sorted(values, key=str.casefold)) if len(values) > 1 else ()
