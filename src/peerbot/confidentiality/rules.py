"""The rules of what people agree to: which edition of each text holds, whether an acceptance covers it, what changed.

Four texts make up what somebody agrees to: the built-in agreement and limits, what the server adds to the limits, and
what the group adds to the agreement. Added lines always stand after the built-in text, which stays whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from peerbot.engine.words import number

MOST_CLAUSES: Final = 4
MOST_IN_CLAUSE: Final = 100
MOST_SHOWN: Final = 440
"""Lines added to a text, characters in a line, and in all of them as they are shown.

Discord shows 4,000 characters in a form at most. The form for joining holds all four texts.
"""

KEPT_AFTER_LEAVING: Final = timedelta(days=365)
"""Proof of consent: while the membership lasts, and 12 months."""
PROPOSAL_LASTS: Final = timedelta(days=1)
OLD_EDITION_KEPT: Final = timedelta(days=30)
"""How long an edition that nobody accepted is kept once another holds, so that the change can be taken back."""


class Text(StrEnum):
    """Which text."""

    AGREEMENT = "agreement"
    LIMITS = "limits"
    SERVER = "server"
    """What the server adds to the limits."""
    GROUP = "group"
    """What the group adds to the agreement."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one text. Nothing added is number 0."""

    number: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """The number of each text: what exactly somebody was shown."""

    agreement: int
    limits: int
    server: int = 0
    group: int = 0

    def __str__(self) -> str:
        """Write it as a button or form carries it."""
        return f"{self.agreement}.{self.limits}.{self.server}.{self.group}"


def version_of(written: str) -> Version:
    """Return the version a button or form carries; one that never was, for anything else."""
    numbers = [number(each) for each in written.split(".")]
    return Version(*numbers) if len(numbers) == len(Text) else Version(0, 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody agrees to for one group: an edition of each text."""

    editions: Mapping[Text, Edition]

    @property
    def version(self) -> Version:
        """The numbers."""
        return Version(*(self.editions[text].number for text in Text))

    def lines(self, text: Text) -> tuple[str, ...]:
        """Return the lines of one text."""
        return self.editions[text].lines

    def but(self, text: Text, edition: Edition) -> "Terms":
        """Return the same with another edition of one text."""
        return Terms({**self.editions, text: edition})


@dataclass(frozen=True, slots=True)
class Wording:
    """An edition as it is kept. A proposal has number 0 and no `since`; it may follow the number `follows` alone."""

    id: str
    server_id: int
    text: Text
    group_id: str
    edition: Edition
    since: datetime | None
    follows: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What somebody accepted for one group. `person_hash` stands for `user_id` from the moment they left."""

    server_id: int
    group_id: str
    user_id: int | None
    person_hash: str | None
    version: Version
    accepted_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every edition kept for a server, and the built-in texts of this release."""

    built_in: Mapping[Text, Edition]
    wordings: Sequence[Wording]

    def terms(self, group_id: str, at: datetime | None = None) -> Terms:
        """Return what held for a group at an instant; without one, what holds now."""
        added = {Text.SERVER: self.newest(Text.SERVER, "", at), Text.GROUP: self.newest(Text.GROUP, group_id, at)}
        return Terms({**self.built_in, **{text: each.edition if each else Edition() for text, each in added.items()}})

    def newest(self, text: Text, group_id: str, at: datetime | None = None) -> Wording | None:
        """Return the edition of an added text that holds, or at an instant held; None if nothing was ever added."""
        found = [w for w in self._of(text, group_id) if w.since is not None and (at is None or w.since <= at)]
        return max(found, key=lambda w: w.edition.number, default=None)

    def accepted(self, acceptance: Acceptance) -> Terms:
        """Return the texts, word for word, that an acceptance stands for."""
        version = acceptance.version
        return Terms(
            {
                Text.AGREEMENT: self.edition(Text.AGREEMENT, "", version.agreement),
                Text.LIMITS: self.edition(Text.LIMITS, "", version.limits),
                Text.SERVER: self.edition(Text.SERVER, "", version.server),
                Text.GROUP: self.edition(Text.GROUP, acceptance.group_id, version.group),
            }
        )

    def edition(self, text: Text, group_id: str, number: int) -> Edition:
        """Return one edition; without lines where it is not kept."""
        found = (w.edition for w in self._of(text, group_id) if w.edition.number == number)
        return next(found, Edition(number))

    def _of(self, text: Text, group_id: str) -> Sequence[Wording]:
        return [w for w in self.wordings if w.text is text and w.group_id == group_id]


def covers(accepted: Terms, wanted: Terms) -> bool:
    """Return whether who accepted the one has agreed to the other: each text the same word for word, or a later one."""
    pairs = ((accepted.editions[text], wanted.editions[text]) for text in Text)
    return all(mine.number >= theirs.number or mine.lines == theirs.lines for mine, theirs in pairs)


def last_of_each(acceptances: Sequence[Acceptance]) -> Mapping[tuple[str, int], Acceptance]:
    """Return (group, person) → the acceptance that counts: the last one. They are given from the first to the last."""
    return {(each.group_id, each.user_id): each for each in acceptances if each.user_id is not None}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of an added text does to people: (group, person) of each.

    Attributes:
        asked: Who had agreed to what held before, and has not to what would hold.
        settled: Who had not, and has now: the words they had agreed to hold again.
    """

    asked: frozenset[tuple[str, int]]
    settled: frozenset[tuple[str, int]]

    @property
    def people(self) -> int:
        """How many people are asked again, in however many groups."""
        return len({person for _, person in self.asked})


def effect(shelf: Shelf, acceptances: Sequence[Acceptance], text: Text, group_id: str, new: Edition) -> Effect:
    """Return what putting the edition `new` of an added text in force does to everybody who accepted something."""
    asked: set[tuple[str, int]] = set()
    settled: set[tuple[str, int]] = set()
    for key, acceptance in last_of_each(acceptances).items():
        if text is Text.GROUP and key[0] != group_id:
            continue
        accepted, present = shelf.accepted(acceptance), shelf.terms(key[0])
        before, after = covers(accepted, present), covers(accepted, present.but(text, new))
        if before and not after:
            asked.add(key)
        if after and not before:
            settled.add(key)
    return Effect(frozenset(asked), frozenset(settled))


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new in one text, and what no longer holds."""

    text: Text
    added: tuple[str, ...]
    gone: tuple[str, ...]


def differences(accepted: Terms | None, present: Terms) -> Sequence[Difference]:
    """Return what changed since somebody accepted; for who accepted nothing, every line is new."""
    if accepted is not None and covers(accepted, present):
        return []
    found: list[Difference] = []
    for text in Text:
        old, new = accepted.lines(text) if accepted else (), present.lines(text)
        added, gone = tuple(x for x in new if x not in old), tuple(x for x in old if x not in new)
        if old != new:
            found.append(Difference(text, added, gone))
    return found
