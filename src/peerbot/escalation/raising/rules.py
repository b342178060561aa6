"""What can be raised, and the rules of what a raiser hears."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from peerbot.escalation.rules import Level

GIVEN_UP_AFTER: Final = timedelta(hours=48)
"""When the last news is given up and raiser, token and free text go (retention table, §5)."""
CATEGORIES: Final = ("wellbeing", "safeguarding_adult", "under_18", "threat", "conduct", "confidentiality", "other")
"""Coarse on purpose: no word beside a person's id says what they live with (domain.md §4.8)."""
MOST_NOTE: Final = 200
"""Characters of the form's text."""


@dataclass(frozen=True, slots=True)
class About:
    """What the form of /concern says."""

    level: Level
    category: str
    subject_id: int | None
    note: str
    hides_name: bool


@dataclass(frozen=True, slots=True)
class Pressed:
    """Where somebody asked: the private answer's token, and the channel."""

    token: str
    channel_id: int | None = None
