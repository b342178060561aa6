"""Never limited: which concerns page nobody, so that the way to the team is not used against anybody.

A concern about oneself is never held back, and neither is an emergency. Every other one about others goes to the
lead's list from the fourth in a day, or from an alias that a lead has blocked. That one may be about somebody under
18 does not change this: a category is chosen by whoever writes, so it would be a way around the limit, and the lead,
who is the first to be asked about young people, is the one whose list it is on. Emergency stays the way past it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from peerbot.escalation.rules import Level

A_DAY: Final = timedelta(hours=24)
MOST_IN_A_DAY: Final = 3
"""Concerns about others by one person that page the team within 24 hours (domain.md §4.3)."""
TOLD_EVERY: Final = timedelta(hours=24)
"""How often the leads hear of what is on their list, at most."""


class Held(StrEnum):
    """Why a concern pages nobody."""

    NO = "no"
    OFTEN = "often"
    """Its raiser has raised more than three about others within a day."""
    BLOCKED = "blocked"
    """A lead has asked not to be paged for this raiser's concerns about others."""


def counted(earlier: Iterable[datetime], now: datetime) -> int:
    """Return how many of the earlier concerns about others were raised within 24 hours before `now`."""
    return sum(now - at < A_DAY for at in earlier)


def held(level: Level, earlier: Iterable[datetime], now: datetime, *, blocked: bool) -> Held:
    """Return whether a new concern about others pages nobody, and why."""
    if level is Level.EMERGENCY:
        return Held.NO
    if blocked:
        return Held.BLOCKED
    return Held.OFTEN if counted(earlier, now) >= MOST_IN_A_DAY else Held.NO


def next_note(told_at: datetime | None, now: datetime) -> datetime:
    """Return when the leads may hear of their list: now, or a day after they last did."""
    return now if told_at is None else max(now, told_at + TOLD_EVERY)
