"""The rules of looking for a group: what a list is narrowed down to, and which choices narrow it at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Literal

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody narrows the list down to; an empty text leaves it open. `language` is a `language_key`."""

    medium: str = ""
    language: str = ""
    kind: str = ""

    def fits(self, view: View) -> bool:
        """Return whether a group is one of those wanted."""
        return (
            self.medium in {"", view.group.medium}
            and (not self.language or self.language == language_key(view.group.language))
            and (view.places > 0 if self.kind == TAKES_NOW else self.kind in {"", view.group.kind})
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

    def among(self, views: Sequence[View]) -> "Wanted":
        """Return this without what no list offers: an old button must not hide every group."""
        media = {"text", "voice"}
        languages = {language_key(language) for language in {view.group.language for view in views}}
        kinds = {"open", "closed", "drop_in", TAKES_NOW}
        return Wanted(
            self.medium if self.medium in media else "",
            self.language if self.language in languages else "",
            self.kind if self.kind in kinds else "",
        )

    def __iter__(self) -> Iterator[str]:
        """Go through the three choices in the order in which a custom_id keeps them."""
        return iter((self.medium, self.language, self.kind))


def media(views: Sequence[View]) -> tuple[str, ...]:
    """Return the media to choose from; none while all groups have the same."""
    return _told_apart({view.group.medium for view in views})


def languages(views: Sequence[View]) -> tuple[str, ...]:
    """Return the languages to choose from, each as it was first written; none while all groups have the same."""
    written = dict.fromkeys(view.group.language for view in views)
    by_key = {language_key(language): language for language in reversed(written)}
    return _told_apart(set(by_key.values()))[:MOST_LANGUAGES]


def kinds(views: Sequence[View]) -> tuple[str, ...]:
    """Return the kinds to choose from, and *takes people now* where only some groups do."""
    takes = {view.places > 0 for view in views}
    now = (TAKES_NOW,) if len(takes) > 1 else ()
    return (*now, *_told_apart({view.group.kind for view in views}))


def _told_apart(values: set[str]) -> tuple[str, ...]:
    return tuple(sorted(values, key=str.casefold)) if len(values) > 1 else ()
