"""When an update disturbs nobody: the next time without a meeting, in any server that this bot serves. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

LONG_ENOUGH: Final = timedelta(hours=1)
"""An update takes half a minute; the rest is for whoever does it."""


def quiet_from(busy: Iterable[tuple[datetime, datetime]], now: datetime, long: timedelta = LONG_ENOUGH) -> datetime:
    """Return from when on, `now` or later, nothing of `busy` (from, until; in UTC) is under way for so long."""
    begins = now
    for since, until in sorted(busy):
        if since - begins >= long:
            break
        begins = max(begins, until)
    return begins
