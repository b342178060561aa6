"""A year of twenty groups, driven by the tick alone, and what must be true of it afterwards."""

import heapq
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

from peerbot.engine.actor import Actor
from peerbot.engine.database import Database
from peerbot.engine.zones import zone
from peerbot.meetings import store
from peerbot.meetings.rules import Meeting
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.recurrence import LAST, Occurrence, Rule, nth_weekday, occurrences
from peerbot.privacy.service import Privacy
from peerbot.servers.service import Answers
from peerbot.signup.rules import Group
from peerbot.signup.service import NewGroup
from tests.fakes import FakeClock
from tests.meetings.scene import COORDINATOR, LEAD, OLA, SECOND, SERVER, STAFF, Scene, Sent
from tests.opening import open_groups

ADMIN, COLIN = Actor(1, SERVER, manages_server=True), Actor(COORDINATOR, SERVER)
DAY, WEEK, MINUTE, SECOND_OF_TIME = timedelta(days=1), timedelta(weeks=1), timedelta(minutes=1), timedelta(seconds=1)
Act = Callable[[], Awaitable[object]]
Span = tuple[datetime, datetime]

KINDS = (
    *(("weekly", 1, 0),) * 8,
    *(("weekly", 2, 0),) * 3,
    *(("weekly", 3, 0), ("weekly", 4, 0), ("weekly", 12, 0)),
    *(("monthly", 1, nth) for nth in (1, 2, 3, 4, LAST)),
    ("daily", 1, 0),
)
"""How each of the twenty groups repeats, how many weeks apart, and on which of a month's weekdays."""
PLACES = (
    *(("Europe/London", time(19)), ("Europe/Berlin", time(2, 30)), ("America/New_York", time(20, 30))),
    *(("Australia/Sydney", time(18)), ("Asia/Kolkata", time(21)), ("America/St_Johns", time(1, 30))),
    *(("Pacific/Auckland", time(9)), ("Australia/Lord_Howe", time(2))),
    *(("Africa/Casablanca", time(3)), ("America/Santiago", time(0)), ("Europe/Dublin", time(23, 30))),
)
"""Where, and at what time: on Sundays, some of them the night on which the clocks change."""


@dataclass(slots=True)
class Evening:
    """What happened to one meeting, as Discord saw it."""

    meeting: Meeting
    channel: int
    made: list[datetime] = field(default_factory=list)
    pressed: datetime | None = None
    opened: list[datetime] = field(default_factory=list)
    deleted: list[datetime] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Circle:
    """A group with its rule and its people."""

    group: Group
    rule: Rule
    series: str
    facilitator: int


def rule_of(number: int, begins: date) -> Rule:
    """Return the rule of one of the twenty groups, from the first fitting Sunday after a day on."""
    repeat, weeks, nth = KINDS[number]
    name, at = PLACES[number % len(PLACES)]
    on = begins + timedelta(days=(6 - begins.weekday()) % 7 or 7)
    if nth:
        month = begins.year * 12 + begins.month - 1
        on = next(day for day in (nth_weekday(month + each, 6, nth) for each in range(3)) if day > begins)
    return Rule(
        weekday=6,
        at=at,
        zone=name,
        repeat="monthly" if nth else "daily" if repeat == "daily" else "weekly",
        every_weeks=weeks,
        nth=nth,
        first_on=on,
        minutes=(60, 90, 120)[number % 3],
        count=40 if repeat == "daily" else None,
    )


class Year(Scene):
    """Twenty groups on one server; facilitators press by a plan; nights bring the housekeeping."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        super().__init__(database, clock)
        self.began = clock.now()
        self.circles: dict[int, Circle] = {}
        self.evenings: dict[str, Evening] = {}
        self.down: list[Span] = []
        """When the bot was down."""
        self.resting: dict[int, Span] = {}
        """Which group rested, or had ended, from when to when."""
        self.nobody: set[tuple[int, date]] = set()
        """Meetings (group, date) to which no facilitator of the group comes, so that another takes over."""
        self.messages: Counter[str] = Counter()
        self._privacy = Privacy(self.desk, self.servers, (self.servers, self.signup, self.meetings))
        self._plan: list[tuple[datetime, int, Act]] = []
        self._number = count()
        self._read = 0

    async def found(self, begins: date, numbers: Sequence[int]) -> None:
        """Set the server up with those of the twenty groups."""
        await self.servers.set_up(ADMIN, Answers("GB", LEAD, SECOND, "choose", "Europe/London"))
        await self.servers.use_staff_channel(ADMIN, "facilitators", STAFF)
        await self.servers.add_to_team(ADMIN, COORDINATOR, "coordinator")
        await self.servers.add_to_team(ADMIN, OLA, "facilitator")
        await open_groups(self.desk, SERVER)
        for number in numbers:
            wanted = NewGroup(f"Group {number}", "People who meet", "text", "8", "English")
            group = await self.signup.create(COLIN, wanted)
            facilitator, people = 1_000 + number, 3_000 + 10 * number
            for person in (facilitator, facilitator + 500):
                await self.signup.add_facilitator(COLIN, group.id, person, is_bot=False)
            for member in range(3):
                actor = Actor(people + member, SERVER)
                await self.signup.joining.join(actor, group.id, agreed=True, may_remind=member == 0)
            rule = rule_of(number, begins)
            await self.meetings.planner.add(COLIN, group.id, rule)
            (series,) = await series_store.of_group(self.desk.reads, group.id)
            self.circles[number] = Circle(group, rule, series.id, facilitator)
        await self.tick.settle()
        self._read = len(self.paper.sent)

    def at(self, when: datetime, act: Act) -> None:
        """Let something be done at an instant; while the bot is down, when it is up again."""
        heapq.heappush(self._plan, (when, next(self._number), act))

    def nightly(self, until: datetime) -> None:
        """Let each night's work be done until an instant, as the bot does at three in the morning."""
        night = self.clock.now().replace(hour=3, minute=0)
        while (night := night + DAY) < until:
            self.at(night, self._night)

    async def _night(self) -> None:
        await self._privacy.housekeeping()
        await self.meetings.extend()

    async def live(self, until: datetime) -> None:
        """Let time pass as it does while the bot runs: stopping where something is due or is done."""
        while self.clock.now() < until:
            now = self.clock.now()
            asleep = next((ends for begins, ends in self.down if begins <= now < ends), None)
            stops = [until, self._plan[0][0] if self._plan else until, await self.tick.next_due() or until]
            stops += [begins for begins, _ in self.down if begins > now]
            step = asleep if asleep is not None else max(min(stops), now + SECOND_OF_TIME)
            self.clock.move(step - now)
            if any(begins <= step < ends for begins, ends in self.down):
                continue
            while self._plan and self._plan[0][0] <= step:
                await heapq.heappop(self._plan)[2]()
            await self.tick.settle()
            await self._note()

    async def _note(self) -> None:
        for sent in self.paper.sent[self._read :]:
            if sent.kind == "dm":
                self.messages["direct message"] += 1
            elif sent.data.get("channel") == STAFF:
                self.messages["to the staff channel"] += 1
            elif sent.place is not None and sent.place.kind == "category":
                self.messages["categories made"] += 1
            elif sent.place is not None:
                await self._made(sent, self.paper.made[sent.place.name])
            else:
                self._in_room(sent)
        self._read = len(self.paper.sent)

    async def _made(self, sent: Sent, channel: int) -> None:
        meeting = await store.meeting(self.desk.reads, str(sent.data["meeting"]))
        assert meeting is not None
        evening = self.evenings.setdefault(meeting.id, Evening(meeting, channel))
        evening.made.append(sent.at)
        evening.calls.append("make the room")
        number = self.number_of(meeting)
        if (number, meeting.on) in self.nobody:
            self.at(meeting.starts_at + 5 * MINUTE, lambda: self._take_over(evening))
        else:
            # Some come early, some to the minute, some late.
            wait = (meeting.on.toordinal() * 7 + number * 5) % 17
            self.at(sent.at + wait * MINUTE, lambda: self._press(evening, self.circles[number].facilitator))

    def _in_room(self, sent: Sent) -> None:
        evening = next((one for one in reversed(self.evenings.values()) if one.channel == sent.data["channel"]), None)
        assert evening is not None, sent
        what = sent.what or sent.kind
        if sent.kind == "channel.everyone":
            what = "let all write" if sent.data["write"] else "let nobody write"
            if sent.data["write"]:
                evening.opened.append(sent.at)
        if sent.kind == "channel.delete":
            evening.deleted.append(sent.at)
            # Its place in the category is free again.
            there = self.paper.made_places
            there[:] = [place for place in there if place.name != sent.data["name"]]
            what = "delete the room"
        evening.calls.append(what)

    def number_of(self, meeting: Meeting) -> int:
        return next(number for number, circle in self.circles.items() if circle.group.id == meeting.group_id)

    async def _press(self, evening: Evening, user: int) -> None:
        evening.pressed = self.clock.now()
        for person in (user, user + 500):
            await self.meetings.facilitator_here(Actor(person, SERVER), evening.meeting.id)

    async def _take_over(self, evening: Evening) -> None:
        self.messages["taken over"] += 1
        evening.pressed = self.clock.now()
        await self.meetings.take_over(Actor(OLA, SERVER), evening.meeting.id)
        await self.meetings.facilitator_here(Actor(OLA, SERVER), evening.meeting.id, reduced=True)

    # What must have been.

    def awake(self, at: datetime) -> datetime:
        """Return the first instant from `at` on at which the bot was up."""
        return next((ends for begins, ends in self.down if begins <= at < ends), at)

    async def expected(self, number: int, until: datetime) -> Sequence[Occurrence]:
        """Return the meetings of a group that must have had a room, from its rule alone."""
        circle = self.circles[number]
        moved, paused = await series_store.exceptions(self.desk.reads, circle.series)
        rests = self.resting.get(number)
        return [
            one
            for one in occurrences(circle.rule, self.began, until, moved, paused)
            if rests is None or not rests[0] <= one.starts_at < rests[1]
            if self.awake(one.starts_at - 15 * MINUTE) < one.ends_at
        ]

    def late_or_early(self) -> Sequence[str]:
        """Return each room that was made, opened or deleted more than one tick from its time."""
        wrong: list[str] = []
        for evening in self.evenings.values():
            meeting = evening.meeting
            assert evening.pressed is not None, meeting.on
            due = {
                "made": (evening.made, meeting.starts_at - 15 * MINUTE),
                "opened": (evening.opened, max(meeting.starts_at, evening.pressed)),
                "deleted": (evening.deleted, meeting.ends_at + DAY),
            }
            for what, (found, at) in due.items():
                wanted = self.awake(at)
                if len(found) != 1 or not wanted <= found[0] <= wanted + SECOND_OF_TIME:
                    wrong.append(f"{self.number_of(meeting)} {meeting.on}: {what} at {found}, not {wanted}")
        return wrong


@asynccontextmanager
async def open_year(
    folder: Path, begins: datetime, numbers: Sequence[int] = tuple(range(len(KINDS)))
) -> AsyncGenerator[Year]:
    """Open a year that begins at an instant, with those of the twenty groups."""
    database = await Database.open(folder / "peerbot.sqlite", bytes(32))
    try:
        year = Year(database, FakeClock(begins))
        await year.found(begins.date(), numbers)
        yield year
    finally:
        await database.close()


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), UTC)


async def plan_incidents(year: Year) -> None:
    """Plan what goes otherwise in this year: each a thing that coordinators do, and two outages."""
    timetable, whole = year.meetings.timetable, year.meetings.timetable.whole
    first = {number: circle.rule.first_on for number, circle in year.circles.items()}
    series = {number: circle.series for number, circle in year.circles.items()}

    def on(week: int) -> datetime:
        return noon(year.began.date() + week * WEEK + 2 * DAY)

    def sunday(number: int, week: int) -> date:
        return first[number] + week * WEEK

    year.at(on(5), lambda: timetable.skip(COLIN, series[0], sunday(0, 6), sunday(0, 8)))
    year.at(on(6), lambda: timetable.unskip(COLIN, series[0], sunday(0, 7), sunday(0, 7)))
    moved_to = datetime.combine(sunday(1, 7) + 2 * DAY, time(19), zone("Europe/Berlin")).astimezone(UTC)
    year.at(on(5), lambda: timetable.move(COLIN, series[1], sunday(1, 7), moved_to))
    year.at(on(8), lambda: whole.pause(COLIN, series[3], None))
    year.at(on(13), lambda: whole.go_on(COLIN, series[3]))
    year.at(on(16), lambda: whole.pause(COLIN, series[4], (on(20)).date()))
    rest = (on(22), on(25))
    year.resting[7] = rest
    year.at(rest[0], lambda: year.signup.life.pause(COLIN, year.circles[7].group.id))
    year.at(rest[1], lambda: year.signup.life.resume(COLIN, year.circles[7].group.id))
    over = on(30)
    year.at(over - 4 * WEEK, lambda: year.signup.life.end(COLIN, year.circles[5].group.id, over.date()))
    year.resting[5] = (over, over + 99 * WEEK)
    gone = on(40)
    year.resting[6] = (gone, gone + 99 * WEEK)
    year.at(gone, lambda: whole.end(COLIN, series[6]))
    year.nobody = {(2, sunday(2, 3)), (8, sunday(8, 14))}
    # Half an hour in the middle of a meeting, and three days with meetings in them.
    begins = (await year.expected(0, on(4)))[1].starts_at + 20 * MINUTE
    year.down = [(begins, begins + 30 * MINUTE), (on(10) + 4 * DAY, on(10) + 7 * DAY)]


async def end_of_year(year: Year, until: datetime) -> None:
    """End every series that is left and let the last rooms go."""
    for number, circle in year.circles.items():
        if number not in year.resting or year.resting[number][1] < until:
            await year.meetings.timetable.whole.end(COLIN, circle.series)
    await year.live(until + 3 * DAY)
