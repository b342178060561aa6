"""What `/metrics` shows, as plain values: numbers of the whole bot."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of one kind is due and not done, and for how many seconds the oldest has waited."""

    number: int = 0
    oldest: float = 0.0


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
    """

    cycle_age: float = float("inf")
    connected: bool = False
    sessions: int = 0
    resumes: int = 0
    losses: int = 0
    waiting: Mapping[str, Waiting] | None = None
    backup_age: float | None = None
