"""What is kept of a person in the rota, as /my-data shows it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.clock import from_row_or_none
from peerbot.engine.database import Reads
from peerbot.engine.retention import Kept
from peerbot.escalation.rota import kept_store

_KEPT: Final = timedelta(days=90)
"""product.md §5: the rota is kept for 90 days past."""


async def about(reads: Reads, user_id: int) -> Sequence[Kept]:
    """Return each kind of thing that is kept of a person, server by server."""
    found = [
        Kept("kept-shift", server_id, {"times": times}, last + _KEPT)
        for server_id, times, last in await kept_store.shifts_of(reads, user_id)
    ]
    found += [
        Kept("kept-rota-weekly", server_id, {"times": times})
        for server_id, times in sorted(Counter(await kept_store.turns_of(reads, user_id)).items())
    ]
    found += [
        Kept("kept-rota-dates", server_id, {"times": times}, last + _KEPT)
        for server_id, times, last in await kept_store.dates_of(reads, user_id)
    ]
    found += [
        Kept("kept-rota-off", server_id, {}, _until(ends_at))
        for server_id, ends_at in await kept_store.offs_of(reads, user_id)
    ]
    found += [Kept("kept-rota-night", server_id) for server_id in await kept_store.nights_of(reads, user_id)]
    return found


def _until(ends_at: int | None) -> datetime | None:
    ends = from_row_or_none(ends_at)
    return ends + _KEPT if ends is not None else None
