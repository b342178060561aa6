"""The rules of a pause and of an end of somebody's membership: two different people, a date, a way back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from peerbot.signup.rules import Group

Kind = Literal["pause", "end"]
KINDS: Final[tuple[Kind, ...]] = ("pause", "end")

LAPSES_AFTER: Final = timedelta(hours=24)
"""A proposal that no second person confirmed is none any more."""
LONGEST_PAUSE: Final = 90
"""Days. What is to last longer is decided again, by two people again."""
NAMES_KEPT: Final = timedelta(days=365)
"""product.md §5: who decided is kept for 12 months, as everything that staff did."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A pause of a person's access to a group, or the end of their membership.

    Attributes:
        proposed_by: None once that has been kept long enough.
        confirmed_at: When a second person confirmed it; None while it is only proposed.
        until: When a pause ends by itself.
        over_at: Since when it holds no more.
    """

    id: str
    group: Group
    user_id: int
    kind: Kind
    proposed_by: int | None
    proposed_at: datetime
    confirmed_at: datetime | None
    until: datetime | None
    over_at: datetime | None

    @property
    def proposed(self) -> bool:
        """Whether it waits for a second person."""
        return self.confirmed_at is None and self.over_at is None

    @property
    def stands(self) -> bool:
        """Whether it was confirmed and holds."""
        return self.confirmed_at is not None and self.over_at is None

    @property
    def lapses_at(self) -> datetime:
        """When it is none any more, if nobody confirms it."""
        return self.proposed_at + LAPSES_AFTER

    @property
    def too_late(self) -> datetime:
        """From which instant on it cannot be confirmed: it has lapsed, or the pause would be over."""
        return min(self.lapses_at, self.until or self.lapses_at)
