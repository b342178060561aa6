"""The tour: one evening, told step by step, each step read as its people see it and checked against who must not.

`peerbot demo --tour` plays it on the very code that runs on Discord. What it prints is a transcript a charity can read.
"""

import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
import structlog

from peerbot.demo.breaks import BREAKS
from peerbot.demo.crash import Killed
from peerbot.demo.promises import Promise, Reads
from peerbot.demo.world import World, open_world
from peerbot.engine.texts import say
from peerbot.engine.zones import zone

_TIME = re.compile(r"<t:(\d+):(\w)>")
_PERSON = re.compile(r"<@!?(\d+)>")
_CHANNEL = re.compile(r"<#(\d+)>")
_HOUR, _DAY = 60, 24 * 60
_SAID_IN_HOURS, _SAID_IN_DAYS = 2 * _HOUR, 2 * _DAY
"""Minutes from which on a span is told in hours, and in days."""


class NotAsPromised(Exception):
    """A step's promise was not kept: the tour ends there."""


class Tour:
    """Counts steps, tells them, and checks what they promise."""

    def __init__(self, world: World, tell: Callable[[str], None]) -> None:
        """Tell through `tell`, one line at a time."""
        self.world = world
        self.steps = 0
        self.kept = 0
        self._tell = tell
        self._quoted: set[int] = set()
        self._seen = world.env.error_cursor

    def scene(self, text: str) -> None:
        """Begin a part of the evening."""
        self._tell("")
        self._tell(say(text, at=self._clock(self.world.now)))

    async def step(self, text: str, *promises: Promise, **values: object) -> None:
        """Tell one step, quote what its readers read, and check every promise.

        Raises:
            NotAsPromised: naming the first promise that was not kept.
        """
        await self.world.env.settle()
        self.steps += 1
        self._tell(f"{self.steps:>3}. {self._clock(self.world.now)}  {say(text, **values)}")
        for promise in promises:
            if not promise.kept(self.world):
                self._tell(f"       {say('tour-not-kept', promise=promise.told())}")
                raise NotAsPromised(promise.told())
            self._tell(f"       {promise.told()}")
            if isinstance(promise, Reads) and promise.shown:
                self._quote(promise.messages(self.world))
        faults = [error for error in self.world.env.errors_since(self._seen) if not _expected(error)]
        if faults:
            self._tell(f"       {say('tour-fault', error=repr(faults[0]))}")
            raise NotAsPromised(repr(faults[0]))
        self.kept += 1

    def _quote(self, messages: list[discord.Message]) -> None:
        """Print a message the first time somebody reads it, as a reader sees it."""
        for message in messages[-1:]:
            if message.id not in self._quoted:
                self._quoted.add(message.id)
                for line in self._plain(message.content).splitlines():
                    self._tell(f"         | {line}")

    def _plain(self, text: str) -> str:
        names = {person.actor.id: person.name for person in self.world.people}
        channels = {channel.id: channel.name or "" for channel in self.world.env.backend.channels.values()}
        text = _TIME.sub(lambda m: self._as_shown(datetime.fromtimestamp(int(m[1]), UTC), m[2]), text)
        text = _PERSON.sub(lambda m: f"@{names.get(int(m[1]), '…')}", text)
        text = _CHANNEL.sub(lambda m: f"#{channels.get(int(m[1]), '…')}", text)
        return re.sub(r"\\(.)", r"\1", text.replace("**", ""))

    def _as_shown(self, at: datetime, style: str) -> str:
        """Return a time as Discord would show it to somebody in the server's zone."""
        if style == "R":
            return span(at - self.world.now)
        return f"{at.astimezone(zone(self.world.zone)):{'%H:%M' if style == 't' else '%a %d %b %H:%M'}}"

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(zone(self.world.zone)):%a %H:%M}"


def span(ahead: timedelta) -> str:
    """Return how far ahead something is, or how long ago, in the unit that people would say it in."""
    minutes = round(abs(ahead).total_seconds() / 60)
    unit, count = "minutes", minutes
    if minutes >= _SAID_IN_DAYS:
        unit, count = "days", round(minutes / _DAY)
    elif minutes >= _SAID_IN_HOURS:
        unit, count = "hours", round(minutes / _HOUR)
    return say("tour-ahead" if ahead > timedelta() else "tour-ago", unit=unit, count=count)


async def run_tour(broken: int | None = None, tell: Callable[[str], None] = print) -> int:
    """Play the evening and return 0 if every step was as promised, else 1.

    `broken` disables one effect (1 to the number of `BREAKS`), to show that the tour would notice.
    """
    from peerbot.demo.story import evening  # noqa: PLC0415 - the story is told with this module's Tour

    if broken is not None and not 0 < broken <= len(BREAKS):
        tell(say("operator-tour-breaks", most=len(BREAKS)))
        return 2
    structlog.configure(processors=[_silent])
    with tempfile.TemporaryDirectory(prefix="peerbot-tour-") as folder:
        sabotage = BREAKS[broken - 1].apply if broken is not None else None
        async with open_world(Path(folder), sabotage=sabotage) as world:
            tour = Tour(world, tell)
            if broken is not None:
                tell(say("tour-broken", effect=BREAKS[broken - 1].name))
            with suppress(NotAsPromised):
                await evening(tour)
            tell("")
            tell(f"tour: {tour.steps} steps, {tour.kept} as promised")
            return 0 if tour.kept == tour.steps else 1


def _expected(error: BaseException) -> bool:
    """Return whether an error is the crash of the story."""
    return isinstance(getattr(error, "original", error), Killed)


def _silent(_logger: object, _name: str, _event: object) -> str:
    raise structlog.DropEvent
