"""What a practice of the whole chain has shown: a step is reached only when a human pressed on a page of that step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from peerbot.escalation.rules import Level

PRACTISED: Final = Level.URGENT
"""The level whose ladder has every line, one after the other."""
PROOF_LASTS: Final = timedelta(days=30)
"""A way that has not been proven for longer is called unproven (product specification, §4)."""


@dataclass(frozen=True, slots=True)
class PagePractised:
    """One page of a practice: who was asked by which way, and what came of it. Instants are UTC."""

    turn: int
    way: str
    people: tuple[int, ...]
    state: str
    unseen: frozenset[int]
    made_at: datetime
    pressed_by: int | None
    pressed_at: datetime | None

    @property
    def outcome(self) -> str:
        """`answered`, `unseen` (nobody it names can see the channel), `failed`, `waiting`, or `unanswered`."""
        if self.pressed_at is not None:
            return "answered"
        if self.state == "arrived":
            return "unseen" if self.unseen >= set(self.people) else "unanswered"
        return "waiting" if self.state == "waiting" else "failed"

    @property
    def answered_after(self) -> timedelta | None:
        """How long the first press took; None without one."""
        return self.pressed_at - self.made_at if self.pressed_at is not None else None


@dataclass(frozen=True, slots=True)
class StepPractised:
    """The pages that went out together."""

    pages: tuple[PagePractised, ...]

    @property
    def at(self) -> datetime:
        """When they went out."""
        return self.pages[0].made_at

    @property
    def reached(self) -> bool:
        """Whether a human pressed the button on one of these very pages."""
        return any(page.pressed_at is not None for page in self.pages)


def steps(pages: Iterable[PagePractised]) -> Sequence[StepPractised]:
    """Return the pages by the steps in which they went out."""
    ordered = sorted(pages, key=lambda page: (page.turn, page.way, page.people))
    return [StepPractised(tuple(group)) for _, group in groupby(ordered, key=lambda page: page.turn)]


def unproven(
    found: Iterable[StepPractised], proven: Mapping[int, Mapping[str, datetime]], now: datetime
) -> Sequence[tuple[int, tuple[str, ...]]]:
    """Return (person, ways) for everybody asked: the ways by which no page of ours reached them in the last 30 days."""
    tried: dict[int, set[str]] = {}
    for step in found:
        for page in step.pages:
            for user_id in page.people:
                tried.setdefault(user_id, set()).add(page.way)
    lacking = {
        user_id: tuple(sorted(way for way in ways if not _fresh(proven.get(user_id, {}).get(way), now)))
        for user_id, ways in tried.items()
    }
    return [(user_id, ways) for user_id, ways in sorted(lacking.items()) if ways]


def _fresh(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at <= PROOF_LASTS
