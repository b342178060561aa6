"""Each night: who of the people named in a server's rows has left it. Discord does not tell by itself who leaves."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.retention import Keeper
from peerbot.privacy import erasing_store, retention_store
from peerbot.privacy.erasing import Erasing

_CHECKED: Final = "privacy.members-checked"
_AT_ONCE: Final = 2
"""People in one intent: no more calls than the sender counts for it."""


class Leaving:
    """Looks for everybody of whom something is kept."""

    def __init__(self, desk: Desk, keepers: Sequence[Keeper], erasing: Erasing) -> None:
        """Find people in the rows of `keepers`; let `erasing` delete those who are gone."""
        self._desk = desk
        self._erasing = erasing
        # What protects others from somebody outlasts that they leave, so it is no reason to look for them.
        table = [*(item for keeper in keepers for item in keeper.items), *retention_store.ITEMS]
        items = [item for item in table if not item.protects]
        self._tables = sorted(
            {t for item in items for t, columns in item.columns.items() if "user_id" in columns.split()}
        )
        desk.handlers.on_report(_CHECKED, self._checked)

    async def look(self) -> None:
        """Mean to ask Discord about each person once, after everything else."""
        for server_id in await erasing_store.servers(self._desk.reads):
            async with self._desk.transaction() as work:
                people = await erasing_store.people(work, server_id, self._tables)
                for start in range(0, len(people), _AT_ONCE):
                    await work.enqueue(
                        Intent(
                            key=f"server:{server_id}:members:{work.now:%Y%m%d}:{start}",
                            kind="members.check",
                            lane=Lane.COSMETIC,
                            server_id=server_id,
                            data={"people": people[start : start + _AT_ONCE]},
                            report=_CHECKED,
                        )
                    )

    async def _checked(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        if isinstance(result, Delivered) and intent.server_id is not None:
            for user_id in result.people:
                await self._erasing.forget(work, intent.server_id, user_id, asked=False)
