"""What a year costs: rooms, calls to Discord, messages and time, for twenty groups driven by the tick alone.

Run it from the root of the project: `.venv/bin/python -m bench.year`, or with a number of weeks after it.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import structlog

from tests.meetings.year import WEEK, end_of_year, open_year, plan_incidents

BEGINS = datetime(2027, 1, 3, 12, tzinfo=UTC)
WHOLE = 52
"""Weeks that hold every planned incident."""
SILENT = 50
"""Above every level that is logged."""


async def main(weeks: int) -> None:
    """Let the weeks pass and print what they took."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with open_year(Path(folder), BEGINS) as year:
            until = BEGINS + weeks * WEEK
            if weeks >= WHOLE:
                await plan_incidents(year)
            year.nightly(until)
            await year.live(until)
            await end_of_year(year, until)
            evenings = list(year.evenings.values())
            paths = Counter(len(evening.calls) for evening in evenings)
            made = sorted(when for evening in evenings for when in evening.made)
            print(f"weeks: {weeks}, groups: {len(year.circles)}, rooms: {len(evenings)}")
            print(f"rooms made, opened or deleted more than a tick from their time: {len(year.late_or_early())}")
            print(
                f"calls for a room (and one more, to look before it is deleted) -> rooms: {dict(sorted(paths.items()))}"
            )
            print(f"apart from that: {dict(year.messages)}, people looked for: {year.paper.looked_up}")
            print(f"most rooms made in one hour: {max(Counter(at.replace(minute=0) for at in made).values())}")
            print(f"seconds: {time.monotonic() - began:.0f}")


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(SILENT))
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE))
