"""How often a bot may begin a session: 1,000 times a day, or Discord resets its token (events/gateway.mdx, "Identify").

A process that crashes and is started again, or a session that Discord ends each time, could use these up within hours.
So each is written down before it is made, and after several in an hour the next one waits.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from peerbot.engine.clock import Clock
from peerbot.ops.sentences import say

_AN_HOUR: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)
AT_ONCE: Final = 5
"""So many an hour are nobody's fault: updates, outages."""
SLOWEST: Final = timedelta(minutes=5)
"""Some 300 a day, and nobody waits longer for a bot that could be there."""
FEW_LEFT: Final = 100
"""From here on what Discord still allows is spread over the time until it allows more."""
_TOLD_FROM: Final = timedelta(minutes=1)
_NOTE: Final = "identifies"
_log = structlog.get_logger(__name__)

Recall = Callable[[str], Awaitable[str | None]]
Remember = Callable[[str, str], Awaitable[None]]
Left = tuple[int, timedelta]
"""How many more Discord allows, and after what time it allows all of them again."""
Ask = Callable[[], Awaitable[Left | None]]
Tell = Callable[[str], Awaitable[object]]


class TooSoon(Exception):
    """A session would begin before it may. It has not."""


def own_pause(made: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long the next one waits after those that were `made`: not at all, then from a minute to five."""
    # What lies ahead was made before the clock was set back.
    recent = [min(at, now) for at in made if now - at < _AN_HOUR]
    over = len(recent) - AT_ONCE
    if over < 0:
        return timedelta()
    pause = min(timedelta(minutes=2 ** min(over, 9)), SLOWEST)
    return max(timedelta(), max(recent) + pause - now)


def discords_pause(left: Left, made: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long the next one waits so that what Discord still allows lasts until it allows more."""
    number, resets_in = left
    if number == 0:
        return resets_in
    if number > FEW_LEFT or not made:
        return timedelta()
    return max(timedelta(), min(max(made), now) + resets_in / (number + 1) - now)


class Identifies:
    """The one gate before each session. What it knows is in the database: a new process knows what the last one did."""

    def __init__(
        self,
        recall: Recall,
        remember: Remember,
        clock: Clock,
        ask: Ask,
        tell: Tell,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Keep the times by `recall` and `remember`; `ask` Discord what is left; `tell` the operator of a long wait."""
        self._recall = recall
        self._remember = remember
        self._clock = clock
        self._ask = ask
        self._tell = tell
        self.sleep = sleep
        """Waits for some seconds of `clock`."""
        self._waited = False
        self._told = False

    async def made(self) -> list[datetime]:
        """Return when sessions were begun within the last day, as far as that is written down, the oldest first."""
        written = json.loads(await self._recall(_NOTE) or "[]")
        now = self._clock.now()
        times = (datetime.fromtimestamp(seconds, UTC) for seconds in written)
        return sorted(min(at, now) for at in times if now - at < _A_DAY)

    async def turn(self) -> None:
        """Wait until a session may begin."""
        made, now, left = await self.made(), self._clock.now(), await self._ask()
        pause = own_pause(made, now)
        if left is not None:
            pause = max(pause, discords_pause(left, made, now))
        if pause:
            recent = sum(now - at < _AN_HOUR for at in made)
            await self._say(pause, recent)
            await self.sleep(pause.total_seconds())
        self._waited = True

    async def begins(self) -> None:
        """Write down that a session begins now.

        Raises:
            TooSoon: it may not, and nobody has waited for it: `turn` comes first.
        """
        made, now = await self.made(), self._clock.now()
        if not self._waited and own_pause(made, now):
            raise TooSoon
        self._waited = False
        await self._remember(_NOTE, json.dumps([int(at.timestamp()) for at in (*made, now)]))

    async def _say(self, pause: timedelta, recent: int) -> None:
        _log.warning(
            "too many starts: waiting before the next connection to Discord",
            seconds=round(pause.total_seconds()),
            count=recent,
        )
        if pause >= _TOLD_FROM and not self._told:
            self._told = True
            minutes = -(-int(pause.total_seconds()) // 60)
            await self._tell(say("operator-alert-starts", starts=str(recent), minutes=str(minutes)))
