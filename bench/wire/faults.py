"""What goes wrong: at which calls and at which events, how often, and how."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Final

ALWAYS: Final = 1 << 60


class Mode(Enum):
    """How a call goes wrong."""

    STATUS = "answered with a status"
    HANG = "never answered"
    RESET = "connection cut"
    SLOW = "answered late"
    LIMITED = "answered 429"


@dataclass(slots=True)
class Fault:
    """Something that happens to calls. `call` is `METHOD /path/{with}/names`, or a part of that; empty for all."""

    mode: Mode
    call: str = ""
    place: str = ""
    """The channel, server or token in the path, as its id; empty for any."""
    acted: bool = False
    """Whether Discord does what was asked all the same."""
    status: int = 504
    code: int = 0
    seconds: float = 0.0
    scope: str = "user"
    """Of a 429: `user`, `global` or `shared`."""
    skip: int = 0
    """How many calls pass first."""
    times: int = 1
    chance: float = 1.0
    random: Random = field(default_factory=lambda: Random(0))  # noqa: S311 - a seed makes a failure repeatable

    def strikes(self, call: str) -> bool:
        """Say whether this call is hit, and count it."""
        if self.times <= 0 or self.call not in call:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.chance < 1 and self.random.random() >= self.chance:
            return False
        self.times -= 1
        return True


def accepted_then_504(call: str, times: int = 1, skip: int = 0) -> Fault:
    """Do what was asked, and answer as if the far end had not answered in time."""
    return Fault(Mode.STATUS, call, acted=True, status=504, times=times, skip=skip)


def slow(call: str, seconds: float, times: int = ALWAYS) -> Fault:
    """Do what was asked at once, and say so late."""
    return Fault(Mode.SLOW, call, acted=True, seconds=seconds, times=times)


def refused(call: str, status: int, code: int, times: int = ALWAYS, place: object = "") -> Fault:
    """Say no, with Discord's code: 50001, 50007, 50013, 200000 (AutoMod) and so on; in one `place`, or everywhere."""
    return Fault(Mode.STATUS, call, str(place), status=status, code=code, times=times)


@dataclass(slots=True)
class EventFault:
    """Something that happens to gateway events of one name."""

    event: str
    copies: int = 1
    """0 loses it, 2 sends it twice."""
    seconds: float = 0.0
    """How late it comes: others overtake it."""
    gap: float = 0.0
    """How much later each further copy comes."""
    times: int = 1

    def strikes(self, event: str) -> bool:
        """Say whether this event is hit, and count it."""
        if self.event != event or self.times <= 0:
            return False
        self.times -= 1
        return True


class Faults:
    """All that goes wrong here, the first that fits a call."""

    def __init__(self) -> None:
        """Nothing goes wrong yet."""
        self.calls: list[Fault] = []
        self.events: list[EventFault] = []
        self.on_call: Callable[[str, str], None] = lambda _call, _when: None
        """Told of each call, `before` and `after` the world acts on it: what a crash hangs on."""

    def add(self, *faults: Fault | EventFault) -> None:
        """Let these go wrong from now on."""
        self.calls += [each for each in faults if isinstance(each, Fault)]
        self.events += [each for each in faults if isinstance(each, EventFault)]

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self.calls.clear()
        self.events.clear()

    def of_call(self, call: str, place: str = "") -> Fault | None:
        """Return what happens to this call in this place; None for nothing."""
        return next((each for each in self.calls if each.place in {"", place} and each.strikes(call)), None)

    def of_event(self, event: str) -> EventFault:
        """Return what happens to this event."""
        return next((each for each in self.events if each.strikes(event)), EventFault(event))


async def forever() -> None:
    """Wait until whoever waits gives up."""
    await asyncio.Event().wait()
