"""What a change of a series touches: its dates, its people, and the telling of those who asked for messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.engine.errors import Invalid, NotFound
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.tokens import new_id
from peerbot.engine.wall_time import UnreadableDate, parse_date
from peerbot.engine.zones import zone
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.recurrence import Occurrence, Pause, Pauses
from peerbot.meetings.series.store import Series
from peerbot.servers.service import Servers
from peerbot.signup.rules import Group
from peerbot.signup.service import Signup

SENT: Final = "meetings.reminded"
ACT: Final = "series-changed"
"""The report of a direct message: who takes none is not written to again."""
_PAUSE_TOLD_FOR: Final = timedelta(days=7)
"""How late the news of a pause without an end may still arrive."""
News = Literal["skipped", "restored", "moved", "paused", "paused-until"]


@dataclass(frozen=True, slots=True)
class Timing:
    """A series with its group, its next dates, how many more are planned, and the pause it is in, if any."""

    series: Series
    group: Group
    dates: Sequence[Occurrence]
    pause: Pause | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a change touches: these dates, and so many people who have a seat in the group or facilitate it."""

    series: Series
    group: Group
    dates: Sequence[Occurrence]
    people: int


@dataclass(frozen=True, slots=True)
class Move:
    """What moving one date touches, and the instant (UTC) it goes to."""

    change: Change
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """What pausing touches, the pause itself, and the first date after it, if one is known."""

    change: Change
    pause: Pause
    following: Occurrence | None


class SeriesNews:
    """Who hears of a change, and the message to them."""

    def __init__(self, signup: Signup) -> None:
        """Ask `signup` who is in a group, and who wants messages."""
        self._signup = signup

    async def people(self, reads: Reads, group: Group) -> int:
        """Return how many have a seat in a group or facilitate it."""
        return len(await self._concerned(reads, group))

    async def tell(self, work: Work, change: Change, news: News, to: datetime | None = None) -> None:
        """Write to those who asked for messages. Who hears nothing finds it in `/meeting next`.

        `to` is the instant (UTC) that a date went to, or of the first date after a pause.
        """
        first, last = change.dates[0].starts_at, to or change.dates[-1].starts_at
        wanted_until = max(first, last) + (_PAUSE_TOLD_FOR if news == "paused" else timedelta())
        for user_id in sorted(await self._concerned(work, change.group)):
            if await self._signup.may_remind(work, change.series.server_id, user_id):
                await work.enqueue(
                    Intent(
                        key=f"series:{change.series.id}:{new_id()}:{user_id}",
                        kind="dm",
                        lane=Lane.REMINDER,
                        server_id=change.series.server_id,
                        data={
                            "user": user_id,
                            "card": "meetings.changed",
                            "news": news,
                            "group": change.group.id,
                            "first": int(first.timestamp()),
                            "last": int(last.timestamp()),
                            "count": len(change.dates),
                        },
                        report=SENT,
                        not_after=wanted_until,
                    )
                )

    async def _concerned(self, reads: Reads, group: Group) -> set[int]:
        return {*await self._signup.members(reads, group.id), *await self._signup.facilitators(reads, group.id)}


async def changeable(
    servers: Servers, signup: Signup, reads: Reads, actor: Actor, series_id: str
) -> tuple[Series, Group]:
    """Return a series that somebody may change, with its group.

    Raises:
        NotAllowed: unless the person is a coordinator or administrator.
        NotFound: if there is no such series here, or it has been ended.
    """
    require("series.change", await servers.parts(reads, actor))
    series = await series_store.load(reads, series_id)
    if series is None or series.server_id != actor.here:
        raise NotFound
    return series, await signup.group(reads, actor.here, series.group_id)


def current_pause(series: Series, pauses: Pauses, now: datetime) -> Pause | None:
    """Return the pause that has not ended by today in the series' zone. There is one at most."""
    today = now.astimezone(zone(series.rule.zone)).date()
    return next((one for one in pauses if one.last is None or one.last >= today), None)


def typed_date(text: str, today: date) -> date:
    """Return the date that somebody typed about a series.

    Raises:
        Invalid: if it cannot be read.
    """
    try:
        return parse_date(text, today)
    except UnreadableDate as error:
        raise Invalid(text="series-date-unknown") from error
