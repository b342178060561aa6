"""Calls an address of the operator's choice each minute, so that somebody notices when the calls stop."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import aiohttp
import structlog

LONGEST_CALL: Final = 10.0
"""Seconds."""
_LEAST_FAILURE: Final = 300
_log = structlog.get_logger(__name__)


class Watchdog:
    """Vouches for full cycles, and for nothing else."""

    def __init__(self, url: str, last_cycle: Callable[[], datetime | None]) -> None:
        """Call `url` for each minute in which `last_cycle` has moved."""
        self._url = url
        self._last_cycle = last_cycle
        self._vouched: datetime | None = None

    async def call(self) -> bool:
        """Call if a full cycle ended since the last one taken; return whether the call was taken. Never raises."""
        cycle = self._last_cycle()
        if cycle is None or cycle == self._vouched:
            return False
        try:
            limit = aiohttp.ClientTimeout(total=LONGEST_CALL)
            async with (
                aiohttp.ClientSession(timeout=limit) as http,
                http.get(self._url, allow_redirects=False) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("watchdog not called", error=type(error).__name__)
            return False
        if status >= _LEAST_FAILURE:
            _log.warning("watchdog refused the call", code=status)
            return False
        self._vouched = cycle
        return True
