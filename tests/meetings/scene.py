"""A server, a group with its people, and a sender that writes down what would go to Discord."""

from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from peerbot.confidentiality.service import Confidentiality
from peerbot.engine import outbox, timers
from peerbot.engine.actor import Actor
from peerbot.engine.card import Card
from peerbot.engine.database import Database, Reads
from peerbot.engine.delivery import (
    Absent,
    Again,
    Delivered,
    Finish,
    NotWanted,
    Outcome,
    Refused,
    Unknown,
    decide,
    too_late,
)
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.outbox import Leased
from peerbot.engine.places import May, Place
from peerbot.engine.tick import Tick
from peerbot.meetings.around import Around, Tie
from peerbot.meetings.cards import MeetingCards
from peerbot.meetings.facilitating import posts as facilitating_posts
from peerbot.meetings.rules import Meeting
from peerbot.meetings.series.recurrence import Rule
from peerbot.meetings.service import Meetings
from peerbot.servers import cards as server_cards
from peerbot.servers.service import Answers, Servers
from peerbot.signup.cards import SignupCards
from peerbot.signup.measures.cards import MeasureCards
from peerbot.signup.rules import Group
from peerbot.signup.service import NewGroup, Signup
from tests.fakes import EVENING, FakeClock
from tests.opening import open_groups

SERVER, STAFF, CATEGORY = 1, 900, 901
LEAD, SECOND, COORDINATOR, FAY, OLA = 11, 12, 13, 14, 15
ANA, BEN, CLEO = 900_101, 900_102, 900_103  # Longer than any number drawn at random for a name.
STARTS = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
"""The first meeting: Tuesday evening in London, seven hours after the scene begins."""
ENDS = STARTS + timedelta(minutes=90)
WEEKLY = Rule(weekday=1, at=time(19), zone="Europe/London", first_on=date(2026, 12, 1), minutes=90)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """One effect that reached Discord, or would have."""

    at: datetime
    kind: str
    what: str
    data: Mapping[str, Any]
    card: Card | None = None
    place: Place | None = None
    may: May | None = None

    @property
    def text(self) -> str:
        return self.card.text if self.card is not None else ""

    @property
    def pings(self) -> tuple[int, ...]:
        return self.card.pings if self.card is not None else ()


class Paper:
    """A sender that takes everything, unless told otherwise, and reports it as the real one does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ids = count(5_000)
        self.sent: list[Sent] = []
        self.cards: dict[str, Any] = {}
        self.places: dict[str, Any] = {}
        self.access: dict[str, Any] = {}
        self.refused: dict[str, int] = {}
        """Kind, or name of a card, → the code with which Discord refuses it."""
        self.lost: set[str] = set()
        """Kinds that are done, but whose answer never arrives."""
        self.renamed = False
        """Somebody gave the channels to be deleted other names."""
        self.made_places: list[Place] = []
        self.made: dict[str, int] = {}
        """Channels made, by name."""
        self.away = False
        """Discord is not there."""
        self.gone: set[int] = set()
        """Who has left the server."""
        self.joined: dict[int, datetime] = {}
        """When somebody joined the server last, as Discord says."""
        self.looked_up = 0
        """How often somebody was looked for on the server: a call each."""

    async def pump(self, *, concerns_only: bool = False) -> int:
        if self.away or concerns_only:
            return 0
        async with self._desk.transaction() as work:
            leased = await outbox.lease(work, work.now, 100)
        for intent in leased:
            await self._send(intent)
        return len(leased)

    async def idle(self) -> None:
        return

    async def _send(self, intent: Leased) -> None:
        outcome: Outcome = NotWanted()
        decision = Finish("dropped", "too late")
        if not too_late(intent, self._desk.now):
            outcome = await (self._look(intent) if intent.look else self._carry(intent))
            decision = decide(intent, outcome, self._desk.now)
        async with self._desk.transaction() as work:
            if isinstance(decision, Again):
                await outbox.put_back(work, intent, decision.at, look=decision.look)
                return
            await outbox.finish(work, intent, decision.state, decision.reason, work.now)
            if intent.report is not None:
                result = outcome if isinstance(outcome, Delivered) else decision
                await self._desk.handlers.reports[intent.report](work, intent, result)

    async def _carry(self, intent: Leased) -> Outcome:
        data, reads, now = intent.data, self._desk.reads, self._desk.now
        what = str(data.get("card") or data.get("place") or data.get("write") or data.get("access") or "")
        for name in (intent.kind, what):
            if name in self.refused:
                return Refused(self.refused[name])
        if intent.kind == "channel.delete" and self.renamed:
            return NotWanted()
        if intent.kind == "members.check":
            self.looked_up += len(data["people"])
            joined = tuple((user, self.joined[user]) for user in data["people"] if user in self.joined)
            return Delivered(people=tuple(user for user in data["people"] if user in self.gone), joined=joined)
        card = place = may = None
        outcome = Delivered(int(data.get("channel", 0)) or None, next(self._ids))
        if "card" in data:
            card = await self.cards[what](reads, data, now)
            if card is None:
                return NotWanted()
        elif "place" in data:
            place = await self.places[what](reads, {**data, "look": False}, now)
            if place is None:
                return NotWanted()
            outcome = Delivered(next(self._ids))
            self.made[place.name] = outcome.channel_id or 0
            self.made_places.append(place)
        elif "access" in data:
            may = await self.access[what](reads, data, now)
        self.sent.append(Sent(now, intent.kind, what, data, card, place, may))
        return Unknown() if intent.kind in self.lost else outcome

    async def _look(self, intent: Leased) -> Outcome:
        if "place" not in intent.data:
            return Absent()
        place = await self.places[intent.data["place"]](self._desk.reads, {**intent.data, "look": True}, self._desk.now)
        channel_id = self.made.get(place.name) if place is not None else None
        return Delivered(channel_id) if channel_id is not None else Absent()


class FakeSurroundings:
    """What escalation and Discord would say: all is well, unless told otherwise."""

    def __init__(self) -> None:
        self.reachable = True
        self.concerned: set[int] = set()
        """Who has to do with a concern that is open."""
        self.tie: Tie | None = None
        self.missing: dict[int | None, tuple[str, ...]] = {}
        """Channel → what the bot may not do there."""
        self.left: dict[int, int] = {}
        """Category → how many more channels it took at first."""
        self.made: list[Place] = []

    async def has_open_concern(self, reads: Reads, server_id: int, user_id: int) -> bool:
        return user_id in self.concerned

    async def second_line(self, reads: Reads, server_id: int, at: datetime, without: Collection[int]) -> bool:
        return self.reachable

    async def urgent_in_room(self, reads: Reads, channel_id: int) -> Tie | None:
        return self.tie

    def missing_permissions(self, server_id: int, channel_id: int | None) -> tuple[str, ...]:
        return self.missing.get(channel_id, ())

    def places_left(self, server_id: int, category_id: int) -> int:
        rooms = [place for place in self.made if place.parent_id == category_id]
        return self.left.get(category_id, 50) - len(rooms)


class Scene:
    """One server with one group that meets, and a clock that can be moved."""

    group: Group

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.clock = clock
        self.channels = 5
        """How many the server has, rooms of ours among them."""
        self.desk = Desk(database, clock)
        self.servers = Servers(self.desk)
        self.signup = Signup(self.desk, self.servers, Confidentiality())
        self.around = FakeSurroundings()
        around = Around(self.around.second_line, self.around.urgent_in_room, self.around, self.around.has_open_concern)
        self.meetings = Meetings(self.desk, self.servers, self.signup, lambda _: self.channels, around)
        self.paper = Paper(self.desk)
        self.around.made = self.paper.made_places
        self.tick = Tick(self.desk, self.paper)
        posts = MeetingCards(self.signup, self.servers, lambda country: f"number of {country}")
        self.paper.cards |= {**posts.makers(), **SignupCards().makers(), **MeasureCards(self.servers).makers()}
        self.paper.cards |= {**facilitating_posts.makers(Confidentiality()), **self.meetings.missed.makers()}
        self.paper.places |= {**posts.places(), **server_cards.places()}
        self.paper.access |= {**posts.access(), **server_cards.access()}
        self.facts: list[tuple[str, str]] = []
        for kind in ("meeting.opened", "meeting.locked", "room.held", "room.let-go"):
            self.desk.handlers.on_fact(kind, self._heard)

    async def _heard(self, work: Work, fact: Fact) -> None:
        self.facts.append((fact.kind, str(fact.data["meeting"])))

    async def begin(self, medium: str = "text") -> None:
        """Set the server up: Ana and Ben are members, Fay facilitates, Ola facilitates another group."""
        admin = Actor(1, SERVER, manages_server=True)
        await self.servers.set_up(admin, Answers("GB", LEAD, SECOND, "choose", "Europe/London"))
        await self.servers.use_staff_channel(admin, "facilitators", STAFF)
        for person, part in ((COORDINATOR, "coordinator"), (OLA, "facilitator")):
            await self.servers.add_to_team(admin, person, part)
        await open_groups(self.desk, SERVER)
        coordinator = Actor(COORDINATOR, SERVER)
        wanted = NewGroup("Night owls", "People who find evenings long", medium, "6", "English")
        self.group = await self.signup.create(coordinator, wanted)
        await self.signup.add_facilitator(coordinator, self.group.id, FAY, is_bot=False)
        await self.join(ANA, may_remind=True)
        await self.join(BEN)
        await self.tick.settle()
        self.paper.sent.clear()

    async def other_group(self) -> str:
        """Make a second group, with nobody in it, and return its id."""
        wanted = NewGroup("Early birds", "People who wake early", "text", "6", "English")
        return (await self.signup.create(Actor(COORDINATOR, SERVER), wanted)).id

    async def join(self, user: int, *, may_remind: bool = False) -> None:
        await self.signup.joining.join(Actor(user, SERVER), self.group.id, agreed=True, may_remind=may_remind)

    async def leave(self, user: int) -> None:
        await self.signup.joining.leave(Actor(user, SERVER), self.group.id)

    async def weekly(self, rule: Rule = WEEKLY) -> None:
        await self.meetings.planner.add(Actor(COORDINATOR, SERVER), self.group.id, rule)

    async def until(self, at: datetime) -> None:
        """Let time pass as it does while the bot runs: stopping at each instant at which something is due."""
        await self.tick.settle()
        while self.clock.now() < at:
            due = await (timers.next_due(self.desk.reads) if self.paper.away else self.tick.next_due())
            step = min(at, max(due or at, self.clock.now() + timedelta(seconds=1)))
            self.clock.move(step - self.clock.now())
            await self.tick.settle()

    async def wake(self, at: datetime) -> None:
        """Let the bot be down until `at`, and then see what has become due."""
        self.clock.move(at - self.clock.now())
        await self.tick.settle()

    async def meeting(self) -> Meeting:
        """Return the first meeting there is."""
        row = await self.desk.reads.one("SELECT id FROM meeting ORDER BY starts_at LIMIT 1")
        assert row is not None
        async with self.desk.transaction() as work:
            return await self.meetings._meeting(work, row["id"])

    async def facilitator_here(self, user: int = FAY) -> Meeting:
        """Let a facilitator press, and open with reduced cover if asked."""
        meeting = await self.meetings.facilitator_here(Actor(user, SERVER), (await self.meeting()).id)
        if meeting.facilitator_at is None:
            meeting = await self.meetings.facilitator_here(Actor(user, SERVER), meeting.id, reduced=True)
        await self.tick.settle()
        return meeting

    def channel(self) -> int:
        """Return the channel of the only room made so far."""
        (channel_id,) = (id_ for name, id_ in self.paper.made.items() if name.startswith("room-"))
        return channel_id

    async def room_state(self) -> str:
        """Return the state of the only room made so far, as higher pillars are told."""
        room = await self.meetings.room_of_channel(self.desk.reads, self.channel())
        assert room is not None
        return room.state

    def told(self, what: str) -> list[Sent]:
        """Return what was sent under that name of a card, place or access, or of that kind."""
        return [sent for sent in self.paper.sent if what in {sent.what, sent.kind}]

    def calls_in_room(self) -> list[tuple[str, str]]:
        """Return (kind, what) of every effect on the room, in order."""
        return [(sent.kind, sent.what) for sent in self.paper.sent if sent.data.get("channel") != STAFF]


@asynccontextmanager
async def open_scene(folder: Path, at: datetime = EVENING) -> AsyncGenerator[Scene]:
    database = await Database.open(folder / "peerbot.sqlite", bytes(32))
    try:
        scene = Scene(database, FakeClock(at))
        await scene.begin()
        yield scene
    finally:
        await database.close()
