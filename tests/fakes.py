"""Stand-ins for the two things a test cannot have: Discord and the time. Everything else is real."""

from datetime import UTC, datetime, timedelta

EVENING = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
"""Tuesday noon, a week with no clock change in Europe."""


class FakeClock:
    """A clock that moves when told."""

    def __init__(self, now: datetime = EVENING) -> None:
        """Show `now`."""
        self._now = now

    def now(self) -> datetime:
        """Return the instant shown."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Move on, or back."""
        self._now += by


class IdleSender:
    """A sender that sends nothing: for tests that look at what is meant to be sent."""

    async def pump(self, *, concerns_only: bool = False) -> int:
        """Start nothing."""
        return 0

    async def idle(self) -> None:
        """Be idle."""
