"""The rules of trying one meeting: how often, how long the seat is kept, and by when the question is answered.

A taster's seat is for one meeting that takes place. If that meeting is moved, the seat moves with it. If it is called
off or skipped, the seat holds for the next one, for 35 days after the first one would have ended: a group that meets
once a month then has its next meeting, and the seat is not kept from others for longer. If there was still none, the
seat is released, its holder hears so, and it counts for nothing. A meeting that had begun before the seat was taken
is not the one: they may look in, and are asked after the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from peerbot.engine.clock import aware

MOST_TASTERS: Final = 3
COUNTED_FOR: Final = timedelta(days=30)
"""product.md §1: at most three tasters in 30 days."""
HELD_ON_FOR: Final = timedelta(days=35)
"""How long a seat is kept after the end of a meeting that did not take place: two first Tuesdays are 35 days apart."""
ANSWERED_WITHIN: Final = timedelta(hours=48)
ANSWERED_BEFORE_MEETING: Final = timedelta(hours=2)
SHORTEST_QUESTION: Final = timedelta(minutes=30)
"""Nobody has less than this to answer, even if the next meeting is very near."""
LONGEST_MEETING: Final = timedelta(hours=6)
"""No meeting with its room open afterwards lasts longer (a meeting lasts three hours at most)."""
NEWS_LASTS: Final = timedelta(days=7)
"""How long `/group mine` says that a seat was released."""


Outcome = Literal["joined", "declined", "unanswered", "not_held", "left"]
"""How trying a meeting ended: what they answered, or that they did not; no meeting took place; they left before."""


@dataclass(frozen=True, slots=True)
class Taster:
    """Somebody tries one meeting, or did.

    Attributes:
        held_until: How long the seat is kept at most if no meeting takes place.
        answer_by: Until when the question whether it was right for them can be answered; None before it is asked.
    """

    id: str
    group_id: str
    server_id: int
    user_id: int
    since: datetime
    held_until: datetime
    answer_by: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None


def next_taster_at(taken: Sequence[datetime], now: datetime) -> datetime | None:
    """Return when somebody may try another meeting, given when they took their tasters; None if they may now.

    Raises:
        ValueError: for a naive datetime.
    """
    counted = sorted(at for at in taken if aware(at) + COUNTED_FOR > aware(now))
    return None if len(counted) < MOST_TASTERS else counted[-MOST_TASTERS] + COUNTED_FOR


def answer_by(now: datetime, next_meeting_at: datetime | None) -> datetime:
    """Return until when the question can be answered that is asked now: 48 h, or 2 h before the next meeting.

    Raises:
        ValueError: for a naive datetime.
    """
    by = aware(now) + ANSWERED_WITHIN
    if next_meeting_at is not None:
        by = min(by, aware(next_meeting_at) - ANSWERED_BEFORE_MEETING)
    return max(by, now + SHORTEST_QUESTION)


def released_later(taster: Taster, meeting_ends_at: datetime | None, now: datetime) -> datetime | None:
    """Return when a seat is released whose time is up while its meeting may be in progress; None if that is now.

    Put off once, until the meeting is over and would have been told of.
    """
    if meeting_ends_at is None or now >= taster.held_until + LONGEST_MEETING:
        return None
    in_progress = meeting_ends_at - LONGEST_MEETING <= now < meeting_ends_at + LONGEST_MEETING
    return meeting_ends_at + LONGEST_MEETING if in_progress else None
