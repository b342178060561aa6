"""How long each line has to answer, and when the raiser is told that nobody has: the one place that says so.

The table of levels of the product specification (§4), one line a time, each with the bounds a server may set it in.
Who is asked at each of these times is in `rules`; the words for each are `staff-answers-line-…` in the texts; the
table in `tests/escalation/test_policy.py` holds the specification beside it; `make docs` prints it for the team.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from peerbot.engine.bounded import MINUTE, BoundedTimes, Bounds

_HOUR: Final = timedelta(hours=1)


BOUNDS: Final[Mapping[str, Bounds]] = {
    "check_in_meeting": Bounds(10 * MINUTE, 5 * MINUTE, 20 * MINUTE),
    "check_in_first": Bounds(12 * _HOUR, 1 * _HOUR, 15 * _HOUR, _HOUR),
    "check_in_told": Bounds(36 * _HOUR, 4 * _HOUR, 36 * _HOUR, _HOUR),
    "check_in_acted": Bounds(12 * _HOUR, 1 * _HOUR, 12 * _HOUR, _HOUR),
    "urgent_leads": Bounds(5 * MINUTE, 2 * MINUTE, 10 * MINUTE),
    "urgent_everybody": Bounds(15 * MINUTE, 5 * MINUTE, 20 * MINUTE),
    "urgent_told": Bounds(30 * MINUTE, 10 * MINUTE, 45 * MINUTE),
    "urgent_acted": Bounds(30 * MINUTE, 10 * MINUTE, 45 * MINUTE),
    "emergency_again": Bounds(2 * MINUTE, 1 * MINUTE, 2 * MINUTE),
    "emergency_told": Bounds(10 * MINUTE, 5 * MINUTE, 10 * MINUTE),
    "emergency_acted": Bounds(10 * MINUTE, 5 * MINUTE, 10 * MINUTE),
}
"""Each of the times with its bounds.

Emergency only becomes faster. A check-in is never told later than 36 hours, and its first line has 15 at most: a night
and the hours around it, with time left for the leads. Urgent stays within minutes, as the form says: a small team may
take twice as long before its leads are asked, not longer, and two minutes are the least, or nobody could find their
telephone before the next line is asked. Who has a concern may be asked again sooner, and in urgent somewhat later, for
a team that talks at length.
"""

EMERGENCY_ROUNDS: Final = 5
"""How often everybody is asked again in an emergency before it is unanswered."""
LEAD_AFTER: Final = 2
"""The lead hears of a check-in after so many times what the first line had."""
LEAST_BETWEEN: Final = 2 * MINUTE
"""In urgent each line has at least so long before the next is asked."""


@dataclass(frozen=True, slots=True)
class Policy(BoundedTimes):
    """A server's answer times, each counted from when help at that level was asked for.

    Attributes:
        check_in_meeting: In a meeting its facilitators have so long, then those on duty; after twice that, the leads.
        check_in_first: Otherwise those on duty have so long and are asked again; after twice that, the leads are.
        check_in_told: Then, so long after it was asked for, the raiser is told that nobody has answered.
        check_in_acted: Who has it and does nothing for so long is asked again.
        urgent_leads: Leads and deputies are asked after so long.
        urgent_everybody: Everybody is.
        urgent_told: As for a check-in.
        urgent_acted: As for a check-in.
        emergency_again: Everybody is asked at once, and again each time so long has passed, five times.
        emergency_told: As for a check-in.
        emergency_acted: As for a check-in.
    """

    bounds: ClassVar = BOUNDS

    check_in_meeting: timedelta = BOUNDS["check_in_meeting"].usual
    check_in_first: timedelta = BOUNDS["check_in_first"].usual
    check_in_told: timedelta = BOUNDS["check_in_told"].usual
    check_in_acted: timedelta = BOUNDS["check_in_acted"].usual
    urgent_leads: timedelta = BOUNDS["urgent_leads"].usual
    urgent_everybody: timedelta = BOUNDS["urgent_everybody"].usual
    urgent_told: timedelta = BOUNDS["urgent_told"].usual
    urgent_acted: timedelta = BOUNDS["urgent_acted"].usual
    emergency_again: timedelta = BOUNDS["emergency_again"].usual
    emergency_told: timedelta = BOUNDS["emergency_told"].usual
    emergency_acted: timedelta = BOUNDS["emergency_acted"].usual

    @property
    def earliest(self) -> Mapping[str, timedelta]:
        """When each time may come at the earliest, so that the people asked before it have had theirs."""
        return {
            "check_in_told": LEAD_AFTER * self.check_in_first + self.check_in_first / 3,
            "urgent_everybody": self.urgent_leads + LEAST_BETWEEN,
            "urgent_told": self.urgent_everybody + LEAST_BETWEEN,
            "emergency_told": EMERGENCY_ROUNDS * self.emergency_again,
        }

    @property
    def too_soon(self) -> tuple[str, ...]:
        """The names of those that come too early."""
        return tuple(name for name, least in self.earliest.items() if self[name] < least)


USUAL: Final = Policy()
"""The answer times of a server that has set none."""
