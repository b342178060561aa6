"""Discord's limits (topics/rate-limits.mdx): fifty requests a second over all, a bucket for each route and place.

Discord names no figures for its buckets and says not to build on any. These are the ones commonly seen; what matters is
that they are answered as Discord answers them, in headers and in 429s.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many requests in so many seconds, counted from the first of them."""

    most: int
    seconds: float


COMMON: Final = Bucket(50, 1.0)
TABLE: Final = {
    ("POST", "/channels/{channel_id}/messages"): Bucket(5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): Bucket(5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): Bucket(5, 5.0),
    ("POST", "/guilds/{guild_id}/channels"): Bucket(10, 10.0),
    ("PUT", "/channels/{channel_id}/permissions/{target_id}"): Bucket(10, 10.0),
    ("DELETE", "/channels/{channel_id}/permissions/{target_id}"): Bucket(10, 10.0),
    ("GET", "/guilds/{guild_id}/members/{user_id}"): Bucket(5, 1.0),
    ("POST", "/users/@me/channels"): Bucket(10, 10.0),
}
RENAMES: Final = Bucket(2, 600.0)
"""The limit within the limit of PATCH /channels/…: names and topics, twice in ten minutes."""
INVALID_IN_TEN_MINUTES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limits say of one request."""

    headers: dict[str, str]
    retry_after: float | None = None
    """Seconds, for a 429; None where it may pass."""
    scope: str = "user"
    overall: bool = False


@dataclass(slots=True)
class _Window:
    began: float
    used: int = 0


class Limits:
    """Counts, and says no. `per_second` None: Discord takes everything."""

    def __init__(
        self,
        per_second: int | None = 50,
        seconds: Callable[[], float] = time.monotonic,
        table: dict[tuple[str, str], Bucket] = TABLE,
    ) -> None:
        """Start with nothing counted. `seconds` is a clock that only goes on."""
        self.per_second = per_second
        self._seconds = seconds
        self._table = table
        self._windows: dict[tuple[str, ...], _Window] = {}
        self._last_second: deque[float] = deque()
        self.refused: dict[str, int] = {}
        """How many 429s by scope: `global`, `user`, `shared`."""
        self.invalid = 0
        """Requests that count towards the ban by address: 401, 403, 429 that are not `shared`."""
        self.most_in_a_second = 0

    def spend(self, method: str, path: str, place: str, *, renames: bool = False, exempt: bool = False) -> Verdict:
        """Count one request of a route in a place (a channel, a server, a token)."""
        if self.per_second is None:
            return Verdict({})
        now = self._seconds()
        if not exempt and (wait := self._overall(now)):
            return self._refuse(Verdict(_retry(wait) | {"X-RateLimit-Global": "true"}, wait, "global", overall=True))
        bucket = self._table.get((method, path), COMMON)
        left, wait = self._take((method, path, place), bucket, now)
        name = blake2b(f"{method} {path}".encode(), digest_size=8).hexdigest()
        headers = {
            "X-RateLimit-Limit": str(bucket.most),
            "X-RateLimit-Remaining": str(max(0, left)),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": name,
        }
        if left < 0:
            return self._refuse(Verdict(headers | _retry(wait), wait))
        if renames:
            left, wait = self._take(("renames", place), RENAMES, now)
            if left < 0:
                return self._refuse(Verdict(headers | _retry(wait), wait))
        return Verdict(headers)

    def _overall(self, now: float) -> float:
        while self._last_second and self._last_second[0] <= now - 1:
            self._last_second.popleft()
        if len(self._last_second) >= (self.per_second or 0):
            return self._last_second[0] + 1 - now
        self._last_second.append(now)
        self.most_in_a_second = max(self.most_in_a_second, len(self._last_second))
        return 0.0

    def _take(self, key: tuple[str, ...], bucket: Bucket, now: float) -> tuple[int, float]:
        window = self._windows.get(key)
        if window is None or now - window.began >= bucket.seconds:
            window = self._windows[key] = _Window(now)
        if window.used < bucket.most:
            window.used += 1
            return bucket.most - window.used, window.began + bucket.seconds - now
        return -1, window.began + bucket.seconds - now

    def _refuse(self, verdict: Verdict) -> Verdict:
        self.refused[verdict.scope] = self.refused.get(verdict.scope, 0) + 1
        return verdict


def _retry(seconds: float) -> dict[str, str]:
    # `Via` tells discord.py that Discord itself says no, and not the ban by address, which cannot be waited out.
    return {"Retry-After": f"{seconds:.3f}", "Via": "1.1 wire"}
