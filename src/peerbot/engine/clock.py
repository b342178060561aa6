"""The port for time, and the one way in which instants are written to the database."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the bot learns the time. Tests and the demo bring their own."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The host's clock."""

    def now(self) -> datetime:
        """Return the host's time in UTC."""
        return datetime.now(UTC)


def aware(moment: datetime) -> datetime:
    """Return `moment` in UTC.

    Raises:
        ValueError: for a naive datetime, which could mean any instant.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        message = f"a naive datetime names no instant: {moment!r}"
        raise ValueError(message)
    return moment.astimezone(UTC)


def to_row(moment: datetime) -> int:
    """Return the whole seconds since 1970 that a column holds."""
    return int(aware(moment).timestamp())


def from_row(seconds: int) -> datetime:
    """Return the instant, in UTC, that a column holds."""
    return datetime.fromtimestamp(seconds, UTC)


def from_row_or_none(seconds: int | None) -> datetime | None:
    """Return the instant a nullable column holds."""
    return None if seconds is None else from_row(seconds)
