"""The host's clock was set back: what was to happen soon still happens soon.

Due times are instants of the host's clock. Set that back by an hour, and a page that was to be sent again in two
seconds would wait for an hour and two seconds. What counts from something that happened moves back with the clock;
what stands in a calendar stays where it is. A clock set forward looks like a bot that was down: what is overdue is due.
"""

from datetime import datetime, timedelta
from typing import Final

from peerbot.engine import facts, outbox
from peerbot.engine.database import Reads

SET_BACK: Final = "clock.set_back"
"""A fact: by how many `seconds`. Whoever counts from something that happened counts anew."""
NO_MATTER: Final = timedelta(seconds=2)
"""Clocks are put right by less than this all the time."""


async def move_back(work: Reads, by: timedelta, now: datetime) -> None:
    """Move back what is meant to go out, and tell the pillars.

    Nothing has happened after `now`, say the rows then: whatever ends the process meanwhile, this is done once.
    """
    await outbox.move_back(work, by, now)
    await facts.move_back(work, now)
    await facts.record(work, SET_BACK, {"seconds": int(by.total_seconds())}, now)
