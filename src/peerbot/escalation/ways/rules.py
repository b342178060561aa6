"""How long a proof lasts, and when somebody is tested again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

PROOF_LASTS: Final = timedelta(days=30)
"""A way that nothing has proved for longer is called unproven (product specification, §4)."""
SIGHT_LASTS: Final = timedelta(days=3)
"""Whether somebody sees the channel is asked each day; a Discord that has not said so for longer says nothing."""
TESTED_AGAIN_AFTER: Final = timedelta(days=25)
"""Whoever has proved nothing for so long is tested before their next shift."""
TESTED_AHEAD: Final = timedelta(days=2)
LOOKS_AHEAD: Final = timedelta(days=4)
"""Shifts are looked at each day, so a day more than the test needs would do."""
CODE_LASTS: Final = timedelta(days=1)


def fresh(at: datetime | None, now: datetime) -> datetime | None:
    """Return when a way was proved if that still counts at `now`, else None."""
    return at if at is not None and now - at <= PROOF_LASTS else None


def is_due(proofs: Iterable[datetime], now: datetime) -> bool:
    """Return whether somebody with these proofs is to be tested: the newest is old, or there is none."""
    newest = max(proofs, default=None)
    return newest is None or now - newest > TESTED_AGAIN_AFTER
