"""What `/metrics` shows, as plain values: numbers of the whole bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Outcome = Literal["done", "refused", "limited", "failed", "unanswered"]
"""2xx and 3xx; 4xx; 429; 5xx; none."""
OUTCOMES: Final[tuple[Outcome, ...]] = ("done", "refused", "limited", "failed", "unanswered")
Scope = Literal["user", "global", "shared"]
"""Whose limit it was: the bot's own for a route, its fifty a second, or one that it shares with everybody there."""
SCOPES: Final[tuple[Scope, ...]] = ("user", "global", "shared")
PAGE_BUCKETS: Final = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of one kind is due and not done, and for how many seconds the oldest has waited."""

    number: int = 0
    oldest: float = 0.0


@dataclass(frozen=True, slots=True)
class Requests:
    """What became of requests to Discord, and how many count towards its ban of an address (`invalid`)."""

    outcomes: Mapping[Outcome, int] = field(default_factory=dict[Outcome, int])
    limited: Mapping[Scope, int] = field(default_factory=dict[Scope, int])
    invalid: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """How long pages took to arrive, and how many did not.

    Attributes:
        within: How many arrived within the seconds of each of `PAGE_BUCKETS`.
        arrived: How many in all.
        seconds: Their sum.
        failed: How many reached nobody by the way they went.
    """

    within: tuple[int, ...] = (0,) * len(PAGE_BUCKETS)
    arrived: int = 0
    seconds: float = 0.0
    failed: int = 0

    def one_more(self, seconds: float) -> "Pages":
        """Return this with a page that took so long."""
        within = tuple(number + (seconds <= most) for number, most in zip(self.within, PAGE_BUCKETS, strict=True))
        return replace(self, within=within, arrived=self.arrived + 1, seconds=self.seconds + seconds)

    def failing(self, number: int) -> "Pages":
        """Return this with so many more that failed."""
        return replace(self, failed=self.failed + number)


@dataclass(frozen=True, slots=True)
class Figures:
    """How the bot is at one moment.

    Attributes:
        cycle_age: Seconds since the last full cycle ended; infinite before the first.
        connected: Whether there is a connection to Discord's gateway.
        sessions: How often one was begun, by this process.
        resumes: How often one was taken up again.
        losses: How often the connection was lost.
        waiting: What waits, by lane, and `timers`, `deletions`, `concerns`; None if the database did not say in time.
        backup_age: Seconds since the newest good backup; None without one.
        requests: What became of this process's requests.
        pages: What became of its pages.
    """

    cycle_age: float = float("inf")
    connected: bool = False
    sessions: int = 0
    resumes: int = 0
    losses: int = 0
    waiting: Mapping[str, Waiting] | None = None
    backup_age: float | None = None
    requests: Requests = field(default_factory=Requests)
    pages: Pages = field(default_factory=Pages)
