"""The pace that keeps us under Discord's limit of 50 requests a second (discord-api-docs, topics/rate-limits.mdx).

A window and no bucket: a full bucket that is filled again while it is emptied lets nearly twice as many through in one
second. It is kept twice: before work is begun, so that it waits where a concern can overtake it; and at the door, when
a request is sent, because discord.py holds some back until their own route has room, and then lets them go at once.
A share of each second is kept for concerns and for answers to people. They go first, but no more than 50 of them:
beyond that Discord refuses, and what it refuses comes later than what waits.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Final

PER_SECOND: Final = 50.0
KEPT_FOR_CONCERNS: Final = 10.0
_A_SECOND_THERE: Final = 1.1
"""Seconds at the door: on their way requests close up, or fall apart."""
_yields: ContextVar[bool] = ContextVar("yields", default=False)


def leave_room() -> None:
    """Let every request of this task leave the share of concerns alone."""
    _yields.set(True)


class Pace:
    """How many requests may go out now."""

    def __init__(
        self,
        per_second: float = PER_SECOND,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Start with nothing sent. `seconds` is a monotonic clock, by which `sleep` waits."""
        self._all = int(per_second)
        self._most = int(per_second - KEPT_FOR_CONCERNS)
        self._seconds = seconds
        self._sleep = sleep
        self._taken: deque[tuple[float, int]] = deque()
        """When how many were begun, of the last second."""
        self._sent: deque[float] = deque()
        """When one went out of the door, of the last second."""

    async def enter(self) -> None:
        """Wait at the door until one more request may go out, and count it."""
        most = self._most if _yields.get() else self._all
        while (wait := self._until_fewer_than(most)) > 0:
            await self._sleep(wait)
        self._sent.append(self._seconds())

    def _until_fewer_than(self, most: int) -> float:
        now = self._seconds()
        while self._sent and self._sent[0] <= now - _A_SECOND_THERE:
            self._sent.popleft()
        return 0.0 if len(self._sent) < most else self._sent[-most] + _A_SECOND_THERE - now

    def _in_the_last_second(self) -> int:
        while self._taken and self._taken[0][0] <= self._seconds() - 1:
            self._taken.popleft()
        return sum(requests for _, requests in self._taken)

    def free(self) -> int:
        """Return how many ordinary requests may go out now, leaving the share of concerns alone."""
        return max(0, self._most - self._in_the_last_second())

    def take(self, requests: int) -> None:
        """Count requests that are begun now; concerns may take more than there is, and then wait at the door."""
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
