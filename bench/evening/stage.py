"""Where an evening is played: the stand-in, a clock, and a bot that does what is due when it is told to."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from bench.line import HandClock
from bench.wire import Wire
from bench.wire.interactions import Asked
from bench.wire.people import NothingThere, Person, labels, parts
from bench.wire.world import Json
from peerbot.app import App
from peerbot.demo.promises import fragments


class Dead(Exception):
    """The bot's process is gone. Whoever waited for it gets no answer."""


class Bot(Protocol):
    """A bot that is connected to the stand-in."""

    async def settle(self) -> float | None:
        """Do everything that is due by the clock; return when there is more to do, in seconds since 1970.

        Raises:
            Dead: if its process ended meanwhile.
        """
        ...

    async def while_alive(self, act: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever the act comes to
        """Wait for something a person does.

        Raises:
            Dead: if the process ends before it is answered.
        """
        ...


class BotHere:
    """A bot in this process, sharing the clock."""

    def __init__(self, app: App) -> None:
        """Drive `app`."""
        self.app = app

    async def settle(self) -> float | None:
        """Do everything that is due."""
        await self.app.tick.settle()
        due = await self.app.tick.next_due()
        return due.timestamp() if due is not None else None

    async def while_alive(self, act: Awaitable[Any]) -> Any:  # noqa: ANN401 - as the protocol says
        """Wait for it: this process does not end before the test does."""
        return await act


class Stage:
    """The world of one evening, with what people do in it. After every act the bot does what became due."""

    def __init__(self, wire: Wire, clock: HandClock, bot: Bot, server_id: int) -> None:
        """Play in this server of `wire`."""
        self.wire = wire
        self.clock = clock
        self.bot = bot
        self.server_id = server_id
        self.shown: dict[int, Json] = {}
        """The last private answer to each person, by id: they can press what stands under it."""

    async def types(self, person: Person, command: str, channel: Json | None = None, /, **options: Any) -> Asked:  # noqa: ANN401 - whatever the command takes
        """Type a command."""
        return await self._do(person, person.types(command, channel, **options))

    async def presses(self, person: Person, message: Json | None, label: str) -> Asked:
        """Press a button under a message.

        Raises:
            NothingThere: if there is no such button.
        """
        if message is None:
            raise NothingThere(label)
        return await self._do(person, person.presses(message, label))

    async def chooses(self, person: Person, message: Json, value: str) -> Asked:
        """Choose from a menu."""
        return await self._do(person, person.chooses(message, value))

    async def fills(self, person: Person, shown: Asked, /, **values: Any) -> Asked:  # noqa: ANN401 - whatever the form holds
        """Send a form."""
        return await self._do(person, person.fills(shown, **values))

    async def _do(self, person: Person, act: Awaitable[Asked]) -> Asked:
        asked: Asked = await self.bot.while_alive(act)
        if asked.private and asked.message is not None:
            self.shown[person.id] = asked.message
        await self.bot.settle()
        return asked

    async def pass_time(self, seconds: float) -> None:
        """Let time pass as it does: stopping at each instant at which something is due."""
        await self.until(self.clock.seconds + seconds)

    async def until(self, end: float) -> None:
        """Let time pass until `end`, in seconds since 1970."""
        due = await self.bot.settle()
        while self.clock.seconds < end:
            # The database keeps whole seconds, so what is due now may be due a moment ago.
            self.clock.seconds = min(end, max(due, self.clock.seconds + 1)) if due is not None else end
            due = await self.bot.settle()


def newest(messages: list[Json], label: str) -> Json | None:
    """Return the newest message that has such a button."""
    return next((each for each in reversed(messages) if label in labels(each)), None)


def option(message: Json, label: str) -> str:
    """Return the value behind what a menu shows.

    Raises:
        NothingThere: if no menu shows it.
    """
    for part in parts(message):
        for each in part.get("options", ()):
            if each["label"] == label:
                return str(each["value"])
    raise NothingThere(label)


def says(content: str, text: str) -> bool:
    """Return whether a message says one of our texts, whatever stands in its gaps."""
    return all(part in content for part in fragments(text))


Act = Callable[[], Awaitable[object]]
Folder = Path
