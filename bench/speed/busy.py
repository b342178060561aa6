"""The busy minute: concerns are raised while the rooms of a thousand meetings are made, behind Discord's limits."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final

from bench.speed.copies import copy_server, moved
from bench.speed.figures import Figure, Scale, Seen, at_most
from bench.speed.measured import FILE, p, running
from bench.speed.worlds import a_card, a_wire, build, crowd, wait_until
from bench.wire import Wire
from bench.wire.limits import Limits
from bench.wire.people import Person, parts
from peerbot.engine.texts import say

LONGEST: Final = 250.0
"""Milliseconds until a page is on the wire."""
_POSTS: Final = "POST /channels/{channel_id}/messages"
_ANSWERS: Final = ("/interactions", "/webhooks")
_MADE_BEFORE: Final = 15 * 60.0
_LEAD: Final = 8.0
"""Seconds from the start of the process to the minute in which all rooms are to be made."""
_PATIENCE: Final = 20.0
_FLOOR: Final = 40


@dataclass(slots=True)
class Watch:
    """What the bot posts and makes, as it arrives."""

    wire: Wire
    begun: dict[str, float] = field(default_factory=dict[str, float])
    """Who is to be named by a page, and when the concern was raised that it is about."""
    pages: dict[str, float] = field(default_factory=dict[str, float])
    """Who was named, and after how many milliseconds."""
    rooms: dict[str, float | None] = field(default_factory=dict[str, "float | None"])
    """Channels that were made, and when people could first read in them what to do, in seconds since 1970."""
    _looked: int = 0

    def look(self, _call: str, when: str) -> None:
        """Take note of what is new."""
        if when != "after":
            return
        made = self.wire.world.made
        for each in made[self._looked :]:
            if "content" not in each:
                self.rooms[str(each["id"])] = None
                continue
            if each["channel_id"] in self.rooms and self.rooms[each["channel_id"]] is None:
                self.rooms[each["channel_id"]] = self.wire.world.clock()
            for named in [name for name in self.begun if name in each["content"]]:
                self.pages[named] = (time.perf_counter() - self.begun.pop(named)) * 1000
        self._looked = len(made)

    def ready(self) -> int:
        """Return how many rooms can be read."""
        return sum(at is not None for at in self.rooms.values())


async def busy(scale: Scale, folder: Path, seen: Seen) -> Sequence[Figure]:
    """Raise concerns, each on a server of its own, while all rooms of one minute are made; and weigh the rooms."""
    starts = (datetime.now(UTC) + timedelta(hours=1)).replace(second=0, microsecond=0)
    ahead = 0.0
    wire = await a_wire(clock=lambda: time.time() + ahead)
    now = time.time()
    built = await build(wire, folder, scale.rooms, starts, clock=now)
    servers = [built.server, *copy_server(folder / FILE, wire.world, built.server, scale.servers - 1)]
    floor, floor_lag = await _floors_send(wire, folder, built.server)
    # The clock of all goes on to just before the rooms are due.
    ahead = starts.timestamp() - _MADE_BEFORE - _LEAD - time.time()
    wire.limits = Limits()
    watch, wanted = Watch(wire, _looked=len(wire.world.made)), scale.servers * scale.rooms
    wire.faults.on_call = watch.look
    raisers = [
        (
            Person.new(wire, f"Raiser {number}", servers[number % len(servers)]),
            f"<@{moved(built.cast.mo.id, number % len(servers))}>",
        )
        for number in range(min(scale.concerns, len(servers)))
    ]
    async with running("peerbot", wire, folder, ahead) as client:
        assert await wait_until(lambda: bool(watch.rooms), 60 + _LEAD), "no room was made"
        calls = len(wire.calls)
        between = wanted / 10 / len(raisers)
        raised = [asyncio.create_task(_raise(watch, *who, after=n * between)) for n, who in enumerate(raisers)]
        await asyncio.gather(*raised)
        await wait_until(lambda: watch.ready() >= wanted, starts.timestamp() - wire.world.clock())
        for_a_room = sum(not call.split()[1].startswith(_ANSWERS) for call in wire.calls[calls:]) / wanted
    wire.faults.on_call = lambda _call, _when: None
    await wire.close()
    in_time = sum(at is not None and at <= starts.timestamp() for at in watch.rooms.values())
    pages = [watch.pages.get(name, _PATIENCE * 1000) for _, name in raisers]
    seen.waited("concern to page, among rooms", "peerbot", pages)
    seen.waited("concern to page, among rooms", "floor", floor)
    late = [p(99.9, client.lag) - floor_lag]
    return [
        at_most("concern → its first page, among rooms: p50 over the floor's send", [p(50, pages) / median(floor)], 10),
        at_most("the same, p99", [p(99, pages)], LONGEST, "ms"),
        at_most(f"pages of {len(pages)} later than that", [sum(page > LONGEST for page in pages)], 0, ""),
        at_most(f"{wanted:,} rooms of one minute: not there when their meeting begins", [wanted - in_time], 0, ""),
        at_most("429s drawn", [sum(wire.limits.refused.values())], 0, ""),
        at_most("calls for a quiet room until it is there", [for_a_room], 10.0, ""),
        at_most("event-loop lag p99.9 during all that: over the floor's", late, 25.0, "ms"),
    ]


async def _raise(watch: Watch, person: Person, on_duty: str, after: float) -> None:
    """Press for help after so many seconds, and wait for the page, or until it is far too late."""
    await asyncio.sleep(after)
    asked = await person.types("help-now")
    ask = next(each["custom_id"] for each in parts(asked.message or {}) if each.get("label") == say("ask-now"))
    watch.begun[on_duty] = time.perf_counter()
    person.pressed(asked.message or {}, ask)
    await wait_until(lambda: on_duty in watch.pages, _PATIENCE)


async def _floors_send(wire: Wire, folder: Path, server_id: int) -> tuple[list[float], float]:
    """Return how long the floor takes from a press to its message, in milliseconds, and how late its loop was."""
    (person,), taken = crowd(wire, server_id, 1), list[float]()
    async with running("floor", wire, folder) as client:
        for _ in range(_FLOOR):
            before, began, came = len(wire.world.made), time.perf_counter(), asyncio.Event()

            def on_call(call: str, when: str, before: int = before, came: asyncio.Event = came) -> None:
                if call == _POSTS and when == "after" and len(wire.world.made) > before:
                    came.set()

            wire.faults.on_call = on_call
            person.pressed(a_card(wire, server_id), "send")
            async with asyncio.timeout(_PATIENCE):
                await came.wait()
            taken.append((time.perf_counter() - began) * 1000)
    return taken, p(99.9, client.lag)
