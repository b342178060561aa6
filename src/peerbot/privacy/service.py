"""My data, and the housekeeping that ends it. Every pillar tells what it keeps and forgets what is due."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Protocol

import structlog

from peerbot.engine import outbox
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.retention import Kept

INTENTS_KEPT: Final = timedelta(days=14)
"""An ended intent keeps its key alone, so that nothing is done twice. By then its subject is over."""
_log = structlog.get_logger(__name__)


class Keeper(Protocol):
    """A pillar that keeps something."""

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return what is kept about a person."""
        ...

    async def forget_due(self, work: Work) -> int:
        """Delete what has been kept long enough and return how many rows that were."""
        ...


class Privacy:
    """Use cases around what is kept."""

    def __init__(self, desk: Desk, keepers: Sequence[Keeper]) -> None:
        """Ask `keepers`, in the order of the specification's table."""
        self._desk = desk
        self._keepers = keepers

    async def show(self, user_id: int) -> Sequence[Kept]:
        """Return what is kept about the person asking, in all servers."""
        found: list[Kept] = []
        for keeper in self._keepers:
            found.extend(await keeper.kept_about(self._desk.reads, user_id))
        return found

    async def housekeeping(self) -> int:
        """Forget what is due, each pillar in its own transaction; return how many rows went."""
        forgotten = 0
        for keeper in self._keepers:
            async with self._desk.transaction() as work:
                forgotten += await keeper.forget_due(work)
        async with self._desk.transaction() as work:
            forgotten += await outbox.forget(work, work.now - INTENTS_KEPT)
        _log.info("housekeeping", count=forgotten)
        return forgotten
