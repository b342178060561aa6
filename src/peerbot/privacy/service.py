"""My data, and the housekeeping that ends it. Every pillar tells what it keeps; one table runs them all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import structlog

from peerbot.engine import named_store
from peerbot.engine.actor import Actor
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk
from peerbot.engine.errors import Invalid
from peerbot.engine.retention import Item, Keeper, Kept, forget, forget_due
from peerbot.privacy import erasing_store, export, marks_store, retention_store, rules
from peerbot.privacy.erasing import Erasing
from peerbot.privacy.leaving import Leaving
from peerbot.privacy.rules import Deletion, Mark
from peerbot.servers.service import Servers

_log = structlog.get_logger(__name__)


def items_of(keepers: Iterable[Keeper | type[Keeper]]) -> list[Item]:
    """Return the retention table, whole: each pillar's items, then those that belong to none."""
    return [item for keeper in keepers for item in keeper.items] + list(retention_store.ITEMS)


class Privacy:
    """Use cases around what is kept."""

    def __init__(self, desk: Desk, servers: Servers, keepers: Sequence[Keeper]) -> None:
        """Ask `keepers`, in the order of the specification's table; `servers` is the lowest of them."""
        self._desk = desk
        self._servers = servers
        self._keepers = keepers
        self.erasing = Erasing(desk, keepers, servers.forget_answers)
        self.leaving = Leaving(desk, keepers, self.erasing)

    @property
    def table(self) -> list[Item]:
        """The retention table, whole."""
        return items_of(self._keepers)

    async def show(self, user_id: int) -> Sequence[Kept]:
        """Return what is kept about the person asking, in all servers."""
        return await self._kept(self._desk.reads, user_id)

    async def export(self, user_id: int) -> bytes:
        """Return the same as a file: JSON in UTF-8."""
        return export.as_json(await self.show(user_id), self.table, self._desk.now)

    async def _kept(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        found: list[Kept] = []
        for keeper in self._keepers:
            found.extend(await keeper.kept_about(reads, user_id))
        found += [
            Kept("kept-named", each.server_id, {"count": each.messages}, each.last + retention_store.NAMED_KEPT)
            for each in await named_store.of_person(reads, user_id)
        ]
        return found

    async def propose_deletion(self, actor: Actor) -> Deletion:
        """Return what there is to delete of the person asking, here and elsewhere. Nothing is changed."""
        return rules.deletion(await self.show(actor.user_id), actor.server_id)

    async def delete(self, actor: Actor, *, everywhere: bool) -> Deletion:
        """Delete the person asking: in the server where they are or, with `everywhere`, in all; return what went.

        Access to rooms ends at once. An open concern stays, and what protects others: see `Erasing`. Doing it twice
        changes nothing.

        Raises:
            Invalid: for the one lead of a server, who says first who is the next. Nothing is changed then.
            NeedsServer: in a direct message, unless `everywhere`.
        """
        async with self._desk.transaction() as work:
            servers = await erasing_store.servers(work) if everywhere else (actor.here,)
            for server_id in servers:
                if await self._servers.only_lead(work, server_id, actor.user_id):
                    raise Invalid(text="my-data-last-lead")
            kept = await self._kept(work, actor.user_id)
            for server_id in servers:
                await self.erasing.forget(work, server_id, actor.user_id, asked=True)
        touched = [each for each in kept if everywhere or each.server_id in {actor.server_id, None}]
        return rules.deletion(touched, actor.server_id)

    async def housekeeping(self) -> int:
        """Forget what is due, and keep a receipt; return how many rows went.

        Each pillar in one transaction: the numbers it keeps of people are those of the people who go, once.
        """
        gone: Counter[str] = Counter()
        for keeper in self._keepers:
            async with self._desk.transaction() as work:
                gone.update(await forget_due(work, keeper))
        async with self._desk.transaction() as work:
            for intent in await named_store.to_take_down(work, work.now - retention_store.NAMED_KEPT):
                await work.enqueue(intent)
            gone.update(await forget(work, retention_store.ITEMS))
            await retention_store.receipt(work, +gone, work.now)
        forgotten = sum(gone.values())
        _log.info("housekeeping", count=forgotten)
        return forgotten


def deleted_since(file: Path, key: bytes, newer: Sequence[tuple[Path, bytes]]) -> Sequence[Mark]:
    """Return who was deleted since the backup `file` was made, as marks, as far as other files (with keys) say."""
    found = [mark for other, other_key in newer for mark in marks_store.read(other, other_key)]
    return rules.to_replay(marks_store.read(file, key), found, marks_store.latest(file, key))
