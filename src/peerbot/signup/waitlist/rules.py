"""How long an offer of a seat stands that is made now, and when none can be made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.clock import aware
from peerbot.signup.rules import Group

OFFER_LASTS: Final = timedelta(hours=24)
"""How long an offer stands when no meeting is near."""
OFFER_ENDS_BEFORE_MEETING: Final = timedelta(hours=2)
"""An offer is never open later than this before the next meeting."""
SHORTEST_OFFER: Final = timedelta(minutes=30)
"""Less would be no real question: then the seat waits until the meeting has begun."""


@dataclass(frozen=True, slots=True)
class OpenUntil:
    """An offer may be made now. It ends at `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """The next meeting is too near for an offer. Look again at `until`, when it has begun."""

    until: datetime


def offer_window(now: datetime, next_meeting_at: datetime | None) -> OpenUntil | Wait:
    """Return how long an offer made now stands: 24 h, but never later than 2 h before the next meeting.

    If that leaves less than half an hour, no offer is made before the meeting has begun. A meeting in the past does
    not count. An offer once made keeps its end even if a meeting is then planned earlier: its end was promised.

    Raises:
        ValueError: for a naive datetime.
    """
    now = aware(now)
    if next_meeting_at is None or aware(next_meeting_at) <= now:
        return OpenUntil(now + OFFER_LASTS)
    end = min(now + OFFER_LASTS, aware(next_meeting_at) - OFFER_ENDS_BEFORE_MEETING)
    return OpenUntil(end) if end - now >= SHORTEST_OFFER else Wait(aware(next_meeting_at))


def offer_for(group: Group, now: datetime) -> OpenUntil | Wait | None:
    """Return how long an offer of a seat in a group stands that is made now; None while the group makes none.

    In a closed group an offer ends when the cycle begins at the latest. An offer made before a group is paused, or its
    end announced, keeps its word: its end was promised, and a seat in a group that rests harms nobody.

    Raises:
        ValueError: for a naive datetime.
    """
    if not group.takes_people(now):
        return None
    window = offer_window(now, group.next_meeting_at)
    if group.kind != "closed" or group.cycle_from is None or isinstance(window, Wait):
        return window
    end = min(window.at, group.cycle_from)
    return OpenUntil(end) if end - now >= SHORTEST_OFFER else None
