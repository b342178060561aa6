"""How many channels a server will have: a series is refused in time, so that no meeting stands without a room.

Discord takes 500 channels of a server, categories among them, and refuses the next (30013). Only what is not yet
planned is refused; a meeting that stands in the lists is made whatever the forecast says.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.database import Reads
from peerbot.engine.errors import Invalid
from peerbot.meetings import store
from peerbot.meetings.rules import State, Times
from peerbot.meetings.series.recurrence import Occurrence
from peerbot.meetings.times import store as times_store
from peerbot.signup.rules import Group

MOST_CHANNELS: Final = 500
"""Of a server (discord-api-docs, topics/opcodes-and-status-codes.mdx, 30013)."""
MOST_FORECAST: Final = MOST_CHANNELS * 90 // 100
"""What is kept free is for side rooms, more categories, and channels that people make themselves."""
_GOES_SOON: Final = timedelta(hours=1)
"""How long a room still counts whose deletion is late."""

Span = tuple[datetime, datetime]
"""From when a room is there until it is deleted, in UTC; at the second instant it is gone."""
Channels = Callable[[int], int]
"""A server → how many channels it has, as far as is known without asking; 0 if nothing is known."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Channels of a server that are not ours, and the largest number of our rooms at one time."""

    others: int
    rooms: int

    @property
    def together(self) -> int:
        """How many channels there will be at most."""
        return self.others + self.rooms

    @property
    def fits(self) -> bool:
        """Whether Discord's limit is far enough away."""
        return self.together <= MOST_FORECAST


def most_at_once(spans: Iterable[Span]) -> int:
    """Return how many of the spans there are at one time, at most. Who goes at an instant makes place for who comes."""
    steps = sorted(step for begins, ends in spans if begins < ends for step in ((begins, 1), (ends, -1)))
    there = most = 0
    for _, step in steps:
        there += step
        most = max(most, there)
    return most


def span(starts_at: datetime, ends_at: datetime, times: Times) -> Span:
    """Return how long the room of a meeting is there."""
    return starts_at - times.made_before, ends_at + times.deleted_after


class Forecasts:
    """The check that stands before every new or returning date."""

    def __init__(self, channels: Channels) -> None:
        """Ask `channels` how many there are now."""
        self._channels = channels

    async def check(
        self, reads: Reads, now: datetime, group: Group, wanted: Sequence[Occurrence], typed: str = ""
    ) -> Forecast:
        """Refuse dates that are not planned yet if the server would come near the limit of its channels.

        Raises:
            Invalid: with the figures, and `typed`, what the person wrote.
        """
        times = await times_store.of_group(reads, group.id)
        times = times.slowly() if group.slow else times
        spans = [span(one.starts_at, one.ends_at, times) for one in wanted]
        for meeting in await store.rooms_expected(reads, group.server_id):
            begins, ends = span(meeting.starts_at, meeting.ends_at, meeting.times)
            planned = meeting.state is State.PLANNED
            spans.append((begins, ends) if planned else (min(begins, now), max(ends, now + _GOES_SOON)))
        ours = await store.rooms_there(reads, group.server_id)
        found = Forecast(max(0, self._channels(group.server_id) - ours), most_at_once(spans))
        if not found.fits:
            raise Invalid(
                text="series-too-many-channels",
                others=found.others,
                rooms=found.rooms,
                together=found.together,
                most=MOST_FORECAST,
                all=MOST_CHANNELS,
                typed=typed,
            )
        return found
