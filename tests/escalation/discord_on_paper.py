"""Discord as the sender meets it: channels with readers, direct messages that may be closed, calls that go wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from types import SimpleNamespace
from typing import Any, cast

import discord

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.card import Card
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Lane, Leased
from peerbot.engine.places import AccessMaker, CardMaker, May, Place, PlaceMaker
from peerbot.gateway.outcomes import NotSent
from peerbot.gateway.sender import Carrier

CLOSED, GONE, FORBIDDEN, FAULT, UNKNOWN_MEMBER = 50007, 10003, 50013, 500, 10007


def pages_to(world: World, person: Person) -> list[discord.Message]:
    """Return the pages about a concern that somebody in the practice world has as direct messages."""
    return [message for message in world.dms(person) if "concern" in message.content]


def refusal(code: int) -> discord.HTTPException:
    """Return what discord.py raises for one of Discord's codes; `FAULT` is a fault of Discord's own."""
    status = {FAULT: 500, GONE: 404, UNKNOWN_MEMBER: 404}.get(code, 403)
    response = cast("Any", SimpleNamespace(status=status, reason="made up"))
    kind = {500: discord.DiscordServerError, 404: discord.NotFound}.get(status, discord.Forbidden)
    return kind(response, {"code": 0 if code == FAULT else code, "message": "made up"})


@dataclass(frozen=True, slots=True)
class Message:
    """Something that was sent and arrived."""

    at: datetime
    card: Card
    intent: Leased

    @property
    def text(self) -> str:
        return self.card.text

    def button(self, action: str) -> bool:
        return any(button.action == action for row in self.card.rows if isinstance(row, tuple) for button in row)


@dataclass(slots=True)
class Call:
    """A call to Discord, whatever came of it."""

    at: datetime
    intent: Leased
    people: tuple[int, ...]
    """Whom it mentions or writes to."""
    text: str = ""
    saw: Any = None
    """What the witness saw at that moment."""
    came: str = "done"
    """`done`, `refused`, or `unknown`: the bot hears nothing of it."""

    @property
    def sends(self) -> bool:
        """Whether it was to do something, not to look whether that was done."""
        return not self.intent.look


@dataclass(slots=True)
class Channel:
    """A channel, who may do what there, and what was said."""

    name: str
    parent_id: int | None
    people: dict[int, May]
    messages: list[Message] = field(default_factory=list)


class Paper:
    """What the bot has brought about, and what stands in its way."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.channels: dict[int, Channel] = {}
        self.dms: dict[int, list[Message]] = {}
        self.answers: dict[str, Card] = {}
        """The private answers that were changed, by token."""
        self.phones: dict[int, list[Message]] = {}
        """The alerts that arrived outside Discord, by person."""
        self.dead: set[int] = set()
        """People whose alerts are not taken."""
        self.blind: set[int] = set()
        """People whom a role keeps from seeing any channel."""
        self.silent = False
        """Discord does not say who sees what."""
        self.closed: set[int] = set()
        self.gone: set[int] = set()
        """People who take no direct messages."""
        self.refused: dict[str, int] = {}
        """Kind of intent, or name of a card or place → the code with which Discord refuses it."""
        self.refusing: dict[int, int] = {}
        """Channel → the code with which Discord refuses every message there."""
        self.lost: list[bool] = []
        """The next calls have no outcome: True if Discord did it all the same."""
        self.away = False
        """Every call ends with a fault of Discord's own."""
        self.calls: list[Call] = []
        """Every call that was made, in the order in which they came."""
        self.witness: Callable[[Leased], Awaitable[Any]] | None = None
        """Looks how things stand when a call is made."""
        self.hanging: set[str] = set()
        """Kinds of intent, or names of cards, whose calls never return, until `let_go`."""
        self.come: asyncio.Queue[Call] = asyncio.Queue()
        """Every call again, for a test that waits for one."""
        self._over = asyncio.Event()
        self._ids = count(700_000)
        self._made: dict[str, tuple[int | None, int | None]] = {}

    def state_of(self, server_id: int, channel_id: int) -> str:
        """The port `Channels`."""
        if channel_id not in self.channels:
            return "gone"
        return "mute" if channel_id in self.refusing else "there"

    def messages(self, card: str) -> list[Message]:
        """Return everything that arrived with that card, in the order it was sent."""
        everywhere = [*self.dms.values(), *(channel.messages for channel in self.channels.values())]
        found = [message for place in everywhere for message in place if message.intent.data["card"] == card]
        return sorted(found, key=lambda message: message.intent.id)

    def seen_by(self, user_id: int, card: str) -> list[Message]:
        """Return what one person can read of a card: in direct messages, and in channels that they see."""
        places = [self.dms.get(user_id, [])]
        places += [channel.messages for channel in self.channels.values() if user_id in channel.people]
        found = [message for place in places for message in place if message.intent.data["card"] == card]
        return sorted(found, key=lambda message: message.intent.id)

    def side_rooms(self) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.name.startswith("room-")]

    async def enter(self, intent: Leased, made: object = None) -> Call:
        """Come to Discord with an intent. What `came` of it is unknown if the answer gets lost on the way back.

        Raises what discord.py would raise.
        """
        saw = await self.witness(intent) if self.witness is not None else None
        pings, text = (made.pings, made.text) if isinstance(made, Card) else ((), "")
        call = Call(self.now(), intent, pings, text, saw)
        self.calls.append(call)
        self.come.put_nowait(call)
        names = {intent.kind, str(intent.data.get("card")), str(intent.data.get("place"))}
        code = next((code for name, code in self.refused.items() if name in names), None)
        if names & self.hanging:
            call.came = "unknown"
            await self._over.wait()
            raise TimeoutError
        if self.away or code is not None:
            call.came = "refused" if not self.away and code != FAULT else "unknown"
            raise refusal(FAULT if self.away or code is None else code)
        if self.lost:
            call.came = "unknown"
            if not self.lost.pop(0):
                raise refusal(FAULT)
        return call

    def let_go(self) -> None:
        """The longest time a call may take is over, for all that hang."""
        self.hanging.clear()
        self._over.set()

    def keep(self, intent: Leased, place: list[Message], card: Card) -> Delivered:
        place.append(Message(self.now(), card, intent))
        done = (intent.data.get("channel"), next(self._ids))
        self._made[intent.nonce] = done
        return Delivered(*done)

    def make(self, intent: Leased, name: str, parent_id: int | None, people: Mapping[int, May]) -> Delivered:
        channel_id = next(self._ids)
        self.channels[channel_id] = Channel(name, parent_id, dict(people))
        self._made[intent.nonce] = (channel_id, None)
        return Delivered(channel_id)

    def found(self, intent: Leased) -> Delivered | Absent:
        return Delivered(*self._made[intent.nonce]) if intent.nonce in self._made else Absent()


class _Carries:
    """One kind of intent."""

    safe = False
    calls = 1

    def __init__(self, paper: Paper, reads: Callable[[], Reads], made_by: Mapping[str, Any]) -> None:
        self.paper = paper
        self.reads = reads
        self.made_by = made_by

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        made = await self._made(intent)
        if made is None:
            return NotWanted()
        call = await self.paper.enter(intent, made)
        try:
            result = self._do(intent, made)
        except Exception:
            call.came = "refused"
            raise
        if call.came == "unknown":
            raise refusal(FAULT)
        return result

    async def look(self, intent: Leased) -> Delivered | Absent:
        await self.paper.enter(intent)
        return self.paper.found(intent)

    async def _made(self, intent: Leased) -> object:
        return intent

    def _do(self, intent: Leased, made: object) -> Delivered:
        raise NotImplementedError


class _Post(_Carries):
    async def _made(self, intent: Leased) -> Card | None:
        data = {**intent.data, "repeat": intent.repeat and intent.lane is Lane.CONCERN}
        maker = cast("CardMaker", self.made_by[intent.data["card"]])
        return await maker(self.reads(), data, self.paper.now())

    def _do(self, intent: Leased, made: object) -> Delivered:
        channel_id = int(intent.data["channel"])
        if intent.data.get("reader") in self.paper.gone:
            raise refusal(UNKNOWN_MEMBER)
        if channel_id in self.paper.refusing:
            raise refusal(self.paper.refusing[channel_id])
        if channel_id not in self.paper.channels:
            raise refusal(GONE)
        return self.paper.keep(intent, self.paper.channels[channel_id].messages, cast("Card", made))


class _Dm(_Post):
    def _do(self, intent: Leased, made: object) -> Delivered:
        user_id = int(intent.data["user"])
        if user_id in self.paper.closed:
            raise refusal(CLOSED)
        return self.paper.keep(intent, self.paper.dms.setdefault(user_id, []), cast("Card", made))


class _Alert(_Post):
    async def look(self, intent: Leased) -> Delivered | Absent:
        return Absent()

    def _do(self, intent: Leased, made: object) -> Delivered:
        user_id = int(intent.data["person"])
        if user_id in self.paper.dead:
            raise NotSent
        return self.paper.keep(intent, self.paper.phones.setdefault(user_id, []), cast("Card", made))


class _Answer(_Post):
    safe = True

    def _do(self, intent: Leased, made: object) -> Delivered:
        self.paper.answers[str(intent.data["token"])] = cast("Card", made)
        return Delivered()


class _Make(_Carries):
    async def _made(self, intent: Leased) -> Place | None:
        maker = cast("PlaceMaker", self.made_by[intent.data["place"]])
        return await maker(self.reads(), {**intent.data, "look": False}, self.paper.now())

    def _do(self, intent: Leased, made: object) -> Delivered:
        place = cast("Place", made)
        if place.reader in self.paper.gone:
            raise refusal(UNKNOWN_MEMBER)
        if place.parent_id is not None and place.parent_id not in self.paper.channels:
            raise refusal(FORBIDDEN)
        return self.paper.make(intent, place.name, place.parent_id, place.people)


class _Allow(_Carries):
    safe = True

    async def _made(self, intent: Leased) -> May:
        maker = cast("AccessMaker", self.made_by[intent.data["access"]])
        return await maker(self.reads(), intent.data, self.paper.now())

    def _do(self, intent: Leased, made: object) -> Delivered:
        channel = self.paper.channels.get(int(intent.data["channel"]))
        if channel is None:
            raise refusal(GONE)
        channel.people.pop(int(intent.data["user"]), None)
        if made is not May.NOTHING:
            channel.people[int(intent.data["user"])] = cast("May", made)
        return Delivered()


class _Everyone(_Carries):
    safe = True

    def _do(self, intent: Leased, made: object) -> Delivered:
        return Delivered()


class _Check(_Carries):
    safe = True

    def _do(self, intent: Leased, made: object) -> Delivered:
        return Delivered()


class _Sight(_Carries):
    safe = True

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        return self._do(intent, None)

    async def look(self, intent: Leased) -> Delivered | Absent:
        return self._do(intent, None)

    def _do(self, intent: Leased, made: object) -> Delivered:
        user_id = int(intent.data["person"])
        if self.paper.away or self.paper.silent:
            return Delivered()
        channel = self.paper.channels.get(int(intent.data["channel"]))
        sees = channel is not None and user_id in channel.people and user_id not in self.paper.blind
        return Delivered(people=() if sees else (user_id,), there=(user_id,) if sees else ())


class _Delete(_Carries):
    safe = True

    def _do(self, intent: Leased, made: object) -> Delivered:
        self.paper.channels.pop(int(intent.data["channel"]), None)
        return Delivered()


def carriers(
    paper: Paper,
    reads: Callable[[], Reads],
    cards: Mapping[str, CardMaker],
    places: Mapping[str, PlaceMaker],
    access: Mapping[str, AccessMaker],
) -> dict[str, Carrier]:
    """Return the carrier of every kind of intent."""
    return {
        "post": _Post(paper, reads, cards),
        "dm": _Dm(paper, reads, cards),
        "alert": _Alert(paper, reads, cards),
        "answer": _Answer(paper, reads, cards),
        "place.make": _Make(paper, reads, places),
        "channel.person": _Allow(paper, reads, access),
        "channel.everyone": _Everyone(paper, reads, {}),
        "channel.delete": _Delete(paper, reads, {}),
        "members.check": _Check(paper, reads, {}),
        "sight.check": _Sight(paper, reads, {}),
    }
