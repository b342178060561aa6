"""The pace that keeps us under Discord's limit of 50 requests a second (discord-api-docs, topics/rate-limits.mdx).

A window and no bucket: a full bucket that is filled again while it is emptied lets nearly twice as many through in one
second. Concerns never wait: a share of each second is kept for them, and they may overdraw it.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

PER_SECOND: Final = 50.0
KEPT_FOR_CONCERNS: Final = 10.0


class Pace:
    """How many requests may go out now."""

    def __init__(self, per_second: float = PER_SECOND, seconds: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing sent. `seconds` is a monotonic clock."""
        self._most = int(per_second - KEPT_FOR_CONCERNS)
        self._seconds = seconds
        self._taken: deque[tuple[float, int]] = deque()
        """When how many went out, of the last second."""

    def _in_the_last_second(self) -> int:
        while self._taken and self._taken[0][0] <= self._seconds() - 1:
            self._taken.popleft()
        return sum(requests for _, requests in self._taken)

    def free(self) -> int:
        """Return how many ordinary requests may go out now, leaving the share of concerns alone."""
        return max(0, self._most - self._in_the_last_second())

    def take(self, requests: int) -> None:
        """Count requests that go out now; concerns may take more than there is."""
        if requests:
            self._taken.append((self._seconds(), requests))

    def wait(self, requests: int = 1) -> float:
        """Return the seconds until so many more ordinary requests may go out."""
        wait, too_many = 0.0, self._in_the_last_second() + requests - self._most
        for at, taken in self._taken:
            if too_many > 0:
                wait = at + 1 - self._seconds()
                too_many -= taken
        return max(0.0, wait)
