"""My data, and the housekeeping that ends it. Every pillar tells what it keeps; one table runs them all."""

from collections import Counter
from collections.abc import Sequence

import structlog

from peerbot.engine.desk import Desk
from peerbot.engine.retention import Item, Keeper, Kept, forget, forget_due
from peerbot.privacy import retention_store
from peerbot.privacy.checks import PrivacyChecks

_log = structlog.get_logger(__name__)


class Privacy:
    """Use cases around what is kept."""

    def __init__(self, desk: Desk, keepers: Sequence[Keeper]) -> None:
        """Ask `keepers`, in the order of the specification's table."""
        self._desk = desk
        self._keepers = keepers
        self.checks = PrivacyChecks(desk)

    @property
    def table(self) -> list[Item]:
        """The retention table, whole."""
        return [item for keeper in self._keepers for item in keeper.items] + list(retention_store.ITEMS)

    async def show(self, user_id: int) -> Sequence[Kept]:
        """Return what is kept about the person asking, in all servers."""
        found: list[Kept] = []
        for keeper in self._keepers:
            found.extend(await keeper.kept_about(self._desk.reads, user_id))
        return found

    async def housekeeping(self) -> int:
        """Forget what is due, and keep a receipt; return how many rows went.

        Each pillar in one transaction: the numbers it keeps of people are those of the people who go, once.
        """
        gone: Counter[str] = Counter()
        for keeper in self._keepers:
            async with self._desk.transaction() as work:
                gone.update(await forget_due(work, keeper))
        async with self._desk.transaction() as work:
            gone.update(await forget(work, retention_store.ITEMS))
            await retention_store.receipt(work, +gone, work.now)
        forgotten = sum(gone.values())
        _log.info("housekeeping", count=forgotten)
        return forgotten
