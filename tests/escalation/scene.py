"""A server with a team, a group that meets, people who need somebody, and the real sender before a Discord on paper."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

from peerbot.confidentiality.service import Confidentiality
from peerbot.engine import outbox
from peerbot.engine.actor import Actor
from peerbot.engine.database import Database
from peerbot.engine.desk import Desk
from peerbot.engine.tick import Tick
from peerbot.escalation import store
from peerbot.escalation.aftercare import cards as aftercare_cards
from peerbot.escalation.handling.closing import Closing
from peerbot.escalation.handling.posts import HandlingPosts
from peerbot.escalation.handling.service import Taken
from peerbot.escalation.posts import EscalationPosts
from peerbot.escalation.raising.raiser_cards import receipt_card
from peerbot.escalation.raising.rules import About, Pressed
from peerbot.escalation.rules import Level
from peerbot.escalation.service import Escalation
from peerbot.escalation.store import Concern
from peerbot.escalation.ways import store as ways_store
from peerbot.escalation.ways.posts import WaysPosts
from peerbot.gateway.pacing import Pace
from peerbot.gateway.sender import Sender
from peerbot.meetings.cards import MeetingCards
from peerbot.meetings.series.recurrence import Rule
from peerbot.meetings.service import Meetings
from peerbot.servers import cards as server_cards
from peerbot.servers.service import Answers, Servers
from peerbot.signup.cards import SignupCards
from peerbot.signup.service import NewGroup, Signup
from tests.escalation.discord_on_paper import Paper, carriers
from tests.fakes import EVENING, FakeClock
from tests.opening import open_groups

SERVER, OWNER = 31, 900_001
LEAD, DEPUTY, MO, MAY, FAY, GUS, COORDINATOR = 900_011, 900_012, 900_013, 900_014, 900_015, 900_016, 900_017
"""Mo and May are moderators, Fay and Gus facilitate the group."""
ANA, BEN, CHO = 900_101, 900_102, 900_103
"""Ana and Ben belong to the group, Cho to nothing."""
TEAM = (LEAD, DEPUTY, MO, MAY)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STARTS = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
WEEKLY = Rule(weekday=1, at=time(19), zone="Europe/London", first_on=date(2026, 12, 1), minutes=90)


class Shared:
    """The port `SharedServers`."""

    def __init__(self) -> None:
        self.servers: dict[int, list[tuple[int, str]]] = {}
        self.owner: int | None = OWNER

    async def shared_with(self, user_id: int) -> Sequence[tuple[int, str]]:
        return self.servers.get(user_id, [])

    def owner_of(self, server_id: int) -> int | None:
        return self.owner


class Phones:
    """The port `Alerts`: who is alerted outside Discord, by how many addresses."""

    def __init__(self) -> None:
        self.ways: dict[int, int] = {}

    def ways_of(self, user_id: int) -> int:
        return self.ways.get(user_id, 0)

    def people(self) -> frozenset[int]:
        return frozenset(self.ways)


class Scene:
    """One server, and a clock that can be moved."""

    database: Database
    escalation: Escalation

    def __init__(self, path: Path, clock: FakeClock, per_second: float = 1e9) -> None:
        self.path = path
        self._per_second = per_second
        self.clock = clock
        self.paper = Paper(clock.now)
        self.shared = Shared()
        self.phones = Phones()
        self._tokens = count(1)

    async def start(self) -> None:
        """Start the bot, or after `stop` a new one on the same file."""
        self.database = await Database.open(self.path, bytes(32))
        self.desk = Desk(self.database, self.clock)
        self.servers = Servers(self.desk)
        self.signup = Signup(self.desk, self.servers, Confidentiality())
        self.meetings = Meetings(self.desk, self.servers, self.signup, lambda _: 5)
        self.escalation = Escalation(
            self.desk, self.servers, self.signup, self.meetings, self.shared, self.phones, self.paper
        )
        posts = EscalationPosts(self.servers)
        meeting_cards = MeetingCards(self.signup, self.servers, lambda country: country)
        self.carrying = carriers(
            self.paper,
            lambda: self.desk.reads,
            {
                **meeting_cards.makers(),
                **SignupCards().makers(),
                **posts.makers(),
                **server_cards.makers(),
                **WaysPosts().makers(),
                **HandlingPosts().makers(),
                **aftercare_cards.makers(),
            },
            {**meeting_cards.places(), **server_cards.places(), **posts.places()},
            {**server_cards.access(), **posts.access(), **HandlingPosts().access(meeting_cards.access())},
        )
        pace = Pace(self._per_second, lambda: self.clock.now().timestamp())
        self.sender = Sender(self.desk, self.carrying, pace, sleep=self._sleep)
        self.tick = Tick(self.desk, self.sender)
        async with self.desk.transaction() as work:
            await outbox.recover(work, work.now)
        await self.servers.remember_countries()
        await self.escalation.roster.extend()

    async def _sleep(self, seconds: float) -> None:
        """Waiting for Discord's pace takes simulated time."""
        self.clock.move(timedelta(seconds=seconds))

    async def stop(self) -> None:
        await self.database.close()

    async def restart(self, after: timedelta = timedelta()) -> None:
        """Let the bot be down for a while."""
        await self.stop()
        self.clock.move(after)
        await self.start()
        await self.tick.settle()

    async def set_up(self) -> None:
        admin = Actor(OWNER, SERVER, manages_server=True)
        await self.servers.set_up(admin, Answers("GB", LEAD, DEPUTY, "make", "Europe/London"))
        for user_id, part in ((MO, "moderator"), (MAY, "moderator"), (COORDINATOR, "coordinator")):
            await self.servers.add_to_team(admin, user_id, part)
        await self.tick.settle()

    async def prove(self, *people: int) -> None:
        """Let people have shown a moment ago that pages reach them."""
        async with self.desk.transaction() as work:
            for user_id in people:
                await ways_store.prove(work, SERVER, user_id, "dm", work.now)

    async def meet(self, name: str = "Night owls", about: str = "People who find evenings long") -> int:
        """Let the group's first meeting be open; return the channel of its room."""
        coordinator = Actor(COORDINATOR, SERVER)
        wanted = NewGroup(name, about, "text", "6", "English")
        group = await self.signup.create(coordinator, wanted)
        for user_id in (FAY, GUS):
            await self.signup.add_facilitator(coordinator, group.id, user_id, is_bot=False)
        await open_groups(self.desk, SERVER)
        for user_id in (ANA, BEN):
            await self.signup.joining.join(Actor(user_id, SERVER), group.id, agreed=True, may_remind=False)
        await self.meetings.planner.add(coordinator, group.id, WEEKLY)
        await self.until(STARTS - 10 * MINUTE)
        row = await self.desk.reads.one("SELECT id FROM meeting ORDER BY starts_at LIMIT 1")
        assert row is not None
        await self.meetings.facilitator_here(Actor(FAY, SERVER), row["id"], reduced=True)
        await self.until(STARTS + MINUTE)
        self.group_id = group.id
        self.room, *_ = (
            channel_id for channel_id, channel in self.paper.channels.items() if channel.name.startswith("room-")
        )
        return self.room

    async def duty(self, user_id: int, hours: int = 24, starts_in: timedelta = timedelta()) -> None:
        """Put somebody on the rota."""
        starts = self.clock.now() + starts_in
        await self.escalation.rostering.cover(Actor(LEAD, SERVER), user_id, starts, hours)
        await self.tick.settle()

    async def until(self, at: datetime) -> None:
        """Let time pass as it does while the bot runs: stopping at each instant at which something is due."""
        await self.tick.settle()
        while self.clock.now() < at:
            due = await self.tick.next_due()
            step = min(at, max(due or at, self.clock.now() + timedelta(seconds=1)))
            self.clock.move(step - self.clock.now())
            await self.tick.settle()

    async def wait(self, by: timedelta) -> None:
        await self.until(self.clock.now() + by)

    # What people do. Each is followed by whatever the bot then has to do.

    def pressed(self, channel_id: int | None = None) -> Pressed:
        return Pressed(f"token-{next(self._tokens)}", channel_id)

    async def ask(self, user_id: int, level: Level = Level.URGENT, channel_id: int | None = None) -> Concern:
        raising = self.escalation.raising
        concern = await raising.ask(Actor(user_id, SERVER), SERVER, level, self.pressed(channel_id))
        await self.tick.settle()
        return concern

    async def tell(
        self,
        user_id: int,
        about: int | None,
        level: Level = Level.URGENT,
        category: str = "wellbeing",
        note: str = "",
        *,
        hide: bool = False,
    ) -> Concern:
        """Send the form of /concern."""
        form = About(level, category, about, note, hides_name=hide)
        concern = await self.escalation.raising.raise_(Actor(user_id, SERVER), form, self.pressed())
        await self.tick.settle()
        return concern

    async def danger(self, user_id: int, concern: Concern) -> Concern:
        raised = await self.escalation.raising.danger(Actor(user_id, None), concern.id, self.pressed())
        await self.tick.settle()
        return raised

    async def withdraw(self, user_id: int, concern: Concern) -> None:
        await self.escalation.raising.withdraw(Actor(user_id, SERVER), concern.id)
        await self.tick.settle()

    async def take(self, user_id: int, concern: Concern) -> Taken:
        taken = await self.escalation.handling.take(Actor(user_id, None), concern.id)
        await self.tick.settle()
        return taken

    async def look_after(self, user_id: int, concern: Concern) -> Taken:
        taken = await self.escalation.handling.look_after(Actor(user_id, None), concern.id)
        await self.tick.settle()
        return taken

    async def close(self, user_id: int, concern: Concern, outcome: str = "spoke_with") -> Closing:
        closing = await self.escalation.closings.close(Actor(user_id, SERVER), concern.id, outcome)
        await self.tick.settle()
        return closing

    async def close_by_two(self, concern: Concern) -> None:
        await self.close(MO, concern)
        assert (await self.close(LEAD, concern)).closed

    # What has come of it.

    async def now(self, concern: Concern) -> Concern:
        found = await store.load(self.desk.reads, concern.id)
        assert found is not None
        return found

    def receipt(self, concern: Concern) -> str:
        """Return what the raiser reads in their private answer."""
        return receipt_card(concern, self.escalation.meanwhile(SERVER)).text

    async def count(self, table: str) -> int:
        row = await self.desk.reads.one(f"SELECT count(*) AS n FROM {table}")  # noqa: S608 - a table's name
        return row["n"] if row else 0

    def paged(self, concern: Concern | None = None) -> list[tuple[timedelta, set[int]]]:
        """Return when after the start, and to whom, the pages went that arrived: one entry an instant."""
        seen: dict[timedelta, set[int]] = {}
        for page in self.paper.messages("escalation.page"):
            if concern is None or page.intent.data["concern"] == concern.id:
                seen.setdefault(page.at - EVENING, set()).update(page.card.pings)
        return sorted(seen.items())

    def told(self, user_id: int) -> list[str]:
        """Return the news somebody can read, in the order it came."""
        return [message.text for message in self.paper.seen_by(user_id, "escalation.news")]

    async def keeps(self, trace: object) -> bool:
        """Return whether anything is kept that holds these words or this id: whole, for random ids hold any digits."""
        kept = await self.everything_kept()
        return re.search(rf"(?<![0-9A-Za-z]){re.escape(str(trace))}(?![0-9A-Za-z])", kept) is not None

    async def everything_kept(self) -> str:
        """Return every value of every row there is."""
        tables = await self.desk.reads.all("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = [await self.desk.reads.all(f"SELECT * FROM {table['name']}") for table in tables]  # noqa: S608 - as above
        return repr([[list(row.values()) for row in found] for found in rows])


@asynccontextmanager
async def open_scene(folder: Path, per_second: float = 1e9, *, proven: bool = True) -> AsyncGenerator[Scene]:
    """Open a scene; Discord takes as many requests a second as anybody wants, unless it is said how many."""
    scene = Scene(folder / "peerbot.sqlite", FakeClock(), per_second)
    await scene.start()
    try:
        await scene.set_up()
        if proven:
            await scene.prove(*TEAM)
        yield scene
    finally:
        await scene.stop()
