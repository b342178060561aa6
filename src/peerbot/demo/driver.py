"""The clock of the practice world, and whose turn it is in it.

SimCord lets one task at a time operate on its world: any other gets `operation overlaps active ...`, and a browser
that is told so stops for good. So all that touches the world takes its turn here: a person's action from the page,
opening a channel, and the beat, which moves the clock and lets the bot do what is due. A beat with nothing due takes
less than a millisecond, so nobody notices waiting for it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Never, Protocol, TypeVar

import simcord
import structlog
from simcord.backend.access import can_access_channel
from simcord.enums import ChannelType

BEAT: Final = 1.0
"""Seconds between beats when nobody does anything."""
AGAIN: Final = timedelta(seconds=30)
"""When to look again at work that stays due: longer than a retry of the bot, short beside a meeting."""
_PATIENCE: Final = 100
_PAUSE: Final = 0.02
_WITH_WORDS: Final = {ChannelType.TEXT, ChannelType.VOICE}
_log = structlog.get_logger(__name__)
Result = TypeVar("Result")


class Taken(Exception):
    """SimCord was busy with something else: nothing happened, and it can be tried again."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose place one can take: an invented person and their part in the story."""

    key: str
    name: str
    part: str
    actor: simcord.MemberActor
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that one person can read, or their private messages with the bot."""

    key: str
    label: str
    handle: simcord.ChannelHandle
    is_dm: bool
    is_voice: bool = False


class World(Protocol):
    """What the page and the driver ask of the practice world."""

    @property
    def env(self) -> simcord.Env:
        """The running stand-in for Discord. Start it with `check_errors=False`: the driver reports faults."""
        ...

    @property
    def people(self) -> Sequence[Person]:
        """Everybody one can be, in the order of the list. Never empty."""
        ...

    @property
    def zone(self) -> str:
        """The server's zone, by its IANA name."""
        ...

    def places(self, person: Person) -> list[Place]:
        """Return what `person` can read now, the place to start with first. `visible_places` does it."""
        ...

    async def tick(self) -> None:
        """Do the work of the bot that is due at `env.now()`. No SimCord operation is held meanwhile."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when the bot next has something to do, aware, in UTC."""
        ...


def visible_places(env: simcord.Env, person: Person) -> list[Place]:
    """Return the channels that Discord's permissions let `person` read, oldest first, then their private messages."""
    guild = person.actor.guild
    readable = [
        channel
        for channel in sorted(env.backend.channels.values(), key=lambda channel: channel.id)
        if channel.guild_id == guild.id
        and channel.type in _WITH_WORDS
        and can_access_channel(env, channel.id, person.actor, history=True)
    ]
    found = [
        Place(
            key=str(channel.id),
            label=channel.name or "",
            handle=simcord.ChannelHandle(env, guild, channel),
            is_dm=False,
            is_voice=channel.type == ChannelType.VOICE,
        )
        for channel in readable
    ]
    private = person.actor.user.dm_channel
    return [*found, Place(str(private.id), env.backend.bot_user.name, private, is_dm=True)]


async def to_present(env: simcord.Env) -> None:
    """Move a new world's clock, which starts in the past, to now. Before people and channels are made in it."""
    await env.advance_time(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))


class Driver:
    """Keeps the practice clock running with the real one, at any distance, and lets the bot work at every beat."""

    def __init__(
        self, world: World, *, real: Callable[[], datetime] = lambda: datetime.now(UTC), beat: float = BEAT
    ) -> None:
        """Drive `world` from wherever its clock stands, by the clock `real`, a beat every `beat` seconds."""
        self._every = beat
        self._world = world
        self._real = real
        self._ahead = world.env.now() - real()
        self._turn = asyncio.Lock()
        self._poke = asyncio.Event()
        self._known_errors = world.env.error_cursor
        self.faults = 0
        """How many times the bot failed, since the start. Each is in the log."""
        self.after_beat: Callable[[], Awaitable[None]] | None = None
        """What the page wants to do after each beat, within the same turn."""

    @property
    def now(self) -> datetime:
        """The practice time, in UTC."""
        return self._world.env.now()

    async def run(self) -> Never:
        """Beat each second, and at once after a person did something."""
        while True:
            await self.beat()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._poke.wait()
            self._poke.clear()

    async def act(self, action: Callable[[], Awaitable[Result]]) -> Result:
        """Do what a person asked for in a turn of its own; the bot answers in the next beat, which comes at once.

        Something of the world's own may hold SimCord even so; then the action is tried again until it is free.
        """
        async with self._turn:
            try:
                return await _patiently(action)
            finally:
                self._poke.set()

    async def move(self, by: timedelta) -> None:
        """Let time pass, stopping at whatever falls due on the way, as it would have happened."""
        self._ahead += by
        await self.beat()

    async def move_to_next(self) -> None:
        """Let time pass until the bot next has something to do. With nothing planned, nothing happens."""
        due = await self._world.next_due()
        await self.move(max(timedelta(), due - self.now) if due else timedelta())

    async def beat(self) -> None:
        """Bring the clock to where it should be and let the bot do what is due.

        A fault of the bot is logged and counted and stops nothing: the next beat takes up what is left.
        """
        async with self._turn:
            try:
                await self._until(self._real() + self._ahead)
                if self.after_beat is not None:
                    await _patiently(self.after_beat)
            except Exception as error:  # noqa: BLE001 - whatever the bot does wrong must not end its world
                self.faults += 1
                _log.exception("the beat failed", error=type(error).__name__)
            self._report()

    async def _until(self, target: datetime) -> None:
        env = self._world.env
        while True:
            due = await self._world.next_due()
            stop = target if due is None else min(target, due if due > env.now() else env.now() + AGAIN)
            seconds = max(0.0, (stop - env.now()).total_seconds())
            await _patiently(lambda seconds=seconds: env.advance_time(seconds))
            with env.time_context():  # as simcord.run() gives it: what is sent by an interaction's token needs it
                await self._world.tick()
            if stop >= target:
                return

    def _report(self) -> None:
        errors = self._world.env.errors_since(self._known_errors)
        self._known_errors += len(errors)
        self.faults += len(errors)
        for error in errors:
            _log.error("the bot failed", exc_info=error, error=type(error).__name__)


async def _patiently(operation: Callable[[], Awaitable[Result]]) -> Result:
    """Do `operation`, again and again while another holds SimCord, for two seconds at most."""
    for _ in range(_PATIENCE):
        try:
            return await operation()
        except Taken:
            pass
        except simcord.SetupError as error:
            if "overlaps active" not in str(error):
                raise
        await asyncio.sleep(_PAUSE)
    return await operation()
