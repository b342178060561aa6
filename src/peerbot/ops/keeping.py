"""Seeing to it that there is a good backup of last night; and that the operator hears of it when there is none."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from peerbot.engine.clock import Clock
from peerbot.engine.database import DatabaseFault
from peerbot.ops.backup import Backups
from peerbot.ops.sentences import say

_TOLD_EVERY: Final = timedelta(days=1)
_log = structlog.get_logger(__name__)

TellOperator = Callable[[str], Awaitable[int]]
"""Alert the operator outside Discord with a sentence; return by how many ways it went."""


class Keeping:
    """Makes backups when they are due. It knows only what lies in their folder, and when it last told of a failure."""

    def __init__(self, backups: Backups, key: bytes) -> None:
        """Keep `backups` of a database that this key opens."""
        self.backups = backups
        self._key = key
        self._told_at: datetime | None = None

    async def hourly(self, clock: Clock, tell: TellOperator) -> bool:
        """Make a backup if one is due; return whether there is nothing to be done about it. Never raises.

        One that could not be made is tried again the next hour, and told to the operator once a day.
        """
        if not await asyncio.to_thread(self.backups.due, clock.now()):
            return True
        try:
            made, rows = await asyncio.to_thread(self.backups.make, self._key, clock.now())
        except (DatabaseFault, OSError) as error:
            _log.error("no backup could be made", error=type(error).__name__)
            await self._tell(clock.now(), tell)
            return False
        self._told_at = None
        _log.info("backup made", count=sum(rows.values()), bytes=made.file.stat().st_size)
        return True

    async def _tell(self, now: datetime, tell: TellOperator) -> None:
        if self._told_at is not None and now - self._told_at < _TOLD_EVERY:
            return
        if await tell(say("operator-alert-backup")):
            self._told_at = now
