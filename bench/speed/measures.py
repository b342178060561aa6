"""What is measured, and against which goal. Each measure takes a scale and returns its figures."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final

from bench.line import KEY
from bench.speed.measured import latencies, p, rate, running
from bench.speed.worlds import Built, build, crowd, wait_until
from bench.wire import Wire
from bench.wire.interactions import Asked
from bench.wire.limits import Limits
from bench.wire.people import Person, parts
from bench.wire.world import Json
from peerbot.engine import timers
from peerbot.engine.database import Database
from peerbot.engine.texts import say
from peerbot.signup.cards import YES

AT_ONCE: Final = 20
CONCERNS: Final = 40
MIXED: Final = ("group find", "group mine", "oncall now", "help-now", "meeting next", "my-data show")
POSTS: Final = "POST /channels/{channel_id}/messages"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    pairs: int
    groups: int
    asked: int
    rooms: int
    timers: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and whether it is as good as it has to be."""

    measure: str
    value: float
    unit: str
    goal: str
    met: bool
    runs: int


def at_most(measure: str, values: Sequence[float], goal: float, unit: str = "×") -> Figure:
    """Return the median of some runs, which may not be greater than the goal."""
    value = median(values)
    return Figure(measure, value, unit, f"≤ {goal:g} {unit}".strip(), value <= goal, len(values))


async def a_wire(limits: Limits | None = None) -> Wire:
    """Return a stand-in that takes an answer however late: what is late is seen in the figures."""
    wire = Wire(limits=limits or Limits(per_second=None))
    wire.interactions.lenient = True
    await wire.start()
    return wire


async def find(scale: Scale, folder: Path) -> Sequence[Figure]:
    """`/group find` among so many groups, one person after the other; and the rate of mixed commands."""
    wire = await a_wire()
    built = await build(wire, folder, 1, scale.groups)
    people = crowd(wire, built.servers[0], scale.asked)
    asks = [_typing(person, "group find") for person in people]
    mixed = [_typing(person, command) for person in people for command in MIXED]
    waits, rates = dict[str, list[float]](), dict[str, list[float]]()
    lags = dict[str, list[float]]()
    for _ in range(scale.pairs):
        for kind in ("peerbot", "floor"):
            async with running(kind, wire, folder) as client:
                await latencies(wire, asks[:20])
                waits.setdefault(kind, []).append(p(50, await latencies(wire, asks)))
                rates.setdefault(kind, []).append(await rate(wire, mixed, AT_ONCE))
            lags.setdefault(kind, []).append(p(99.9, client.lag))
    await wire.close()
    late = [one - other for one, other in zip(lags["peerbot"], lags["floor"], strict=True)]
    ratios = [one / other for one, other in zip(rates["peerbot"], rates["floor"], strict=True)]
    return [
        at_most(f"/group find, {scale.groups} groups: latency p50 over the floor's", _ratios(waits), 2.0),
        Figure(
            "interactions per second, mixed commands, over the floor's",
            *(median(ratios), "×", "≥ 0.4 ×", median(ratios) >= 0.4, len(ratios)),  # noqa: PLR2004 - the goal
        ),
        at_most("event-loop lag p99.9 during that, over the floor's", late, 25.0, "ms"),
    ]


async def join(scale: Scale, folder: Path) -> Sequence[Figure]:
    """Send the form of joining: a durable and encrypted commit."""
    waits, work = dict[str, list[float]](), dict[str, list[float]]()
    for turn in range(scale.pairs):
        for kind in ("peerbot", "durable", "floor"):
            wire = await a_wire()
            place = folder / f"{turn}-{kind}"
            place.mkdir()
            # Every one has what it needs for the form to be shown: peerbot shows it, whoever is measured afterwards.
            built = await build(wire, place, 1, -(-scale.asked // 8))
            shown = await _forms(wire, place, built, scale.asked)
            sends = [_sending(person, form) for person, form in shown]
            async with running(kind, wire, place) as client:
                await latencies(wire, [_typing(person, "group find") for person, _ in shown[:10]])
                before = client.cpu()
                waits.setdefault(kind, []).append(p(50, await latencies(wire, sends)))
                work.setdefault(kind, []).append((client.cpu() - before) / len(sends))
            await wire.close()
    cpu = [one / other for one, other in zip(work["peerbot"], work["floor"], strict=True)]
    over = [one / other for one, other in zip(waits["peerbot"], waits["durable"], strict=True)]
    return [
        at_most("submit of the join form: latency p50 over the floor's with a durable commit", over, 2.0),
        at_most("submit of the join form: CPU over the floor's", cpu, 3.0),
    ]


async def _forms(wire: Wire, folder: Path, built: Built, how_many: int) -> list[tuple[Person, Asked]]:
    """Open so many forms to join, eight for each group: nobody is refused a seat."""
    people = crowd(wire, built.servers[0], how_many)
    found: list[tuple[Person, Asked]] = []
    async with running("peerbot", wire, folder):
        for number, person in enumerate(people):
            group = built.groups[number // 8]
            card: Json = {"id": "1", "channel_id": str(_lounge(wire, built.servers[0])), "components": []}
            shown = person.pressed(card, f"pb:group.join:{group}")
            await asyncio.wait_for(shown.done.wait(), 30)
            found.append((person, shown))
    return found


def _lounge(wire: Wire, server_id: int) -> int:
    return min(int(each["id"]) for each in wire.world.channels_of(server_id))


async def due(scale: Scale, folder: Path) -> Sequence[Figure]:
    """Choose what is due among so many timers that wait, and among a thousandth of them."""
    taken: dict[int, list[float]] = {}
    plans: list[str] = []
    for waiting in (1000, scale.timers):
        database = await Database.open(folder / f"{waiting}.sqlite", KEY)
        async with database.transaction() as work:
            await work.all(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
                "INSERT INTO timer (kind, subject, due_at, not_before) "
                "SELECT 'bench', i, 4000000000 + i, CASE WHEN i <= 20 THEN 1 ELSE 4000000000 + i END FROM n",
                most=waiting,
            )
        plans += [
            str(row["detail"])
            for row in await database.reads.all(
                "EXPLAIN QUERY PLAN SELECT * FROM timer WHERE not_before <= 5 "
                "ORDER BY (kind NOT LIKE 'concern.%'), not_before, id LIMIT 20"
            )
        ]
        now = datetime.now(UTC)
        for _ in range(50):
            began = time.perf_counter()
            assert len(await timers.due(database.reads, now, 20)) == 20  # noqa: PLR2004 - as many as are due
            taken.setdefault(waiting, []).append((time.perf_counter() - began) * 1000)
        await database.close()
    assert sum("timer_due" in plan for plan in plans) == 2, plans  # noqa: PLR2004 - once for each file
    return [
        at_most(f"choosing due work with {scale.timers:,} timers waiting", [median(taken[scale.timers])], 5.0, "ms"),
        at_most("the same, over that with 1,000", [median(taken[scale.timers]) / median(taken[1000])], 2.0),
    ]


async def page(scale: Scale, folder: Path) -> Sequence[Figure]:
    """Raise concerns while so many rooms are made at the same minute, behind Discord's own limits."""
    wire = await a_wire()
    starts = _in_time(scale.rooms)
    built = await build(wire, folder, max(1, scale.rooms // 50), min(50, scale.rooms), starts)
    floor = await _floors_send(wire, folder, built)
    wire.limits = Limits()
    made_before = sum("content" not in each for each in wire.world.made)
    pages: list[float] = []
    async with running("peerbot", wire, folder):

        def rooms() -> int:
            return sum("content" not in each for each in wire.world.made) - made_before

        await wait_until(lambda: rooms() > 0, 120)
        calls = len(wire.calls)
        for number in range(CONCERNS):
            pages.append(await _paged(wire, built, number))
            await asyncio.sleep(min(1.0, scale.rooms / 1000))
        # What is left of the rooms; they have until the meeting begins.
        await wait_until(lambda: rooms() >= scale.rooms, 900)
    await wire.close()
    late = scale.rooms - rooms() if datetime.now(UTC) < starts else scale.rooms
    drawn, for_a_room = sum(wire.limits.refused.values()), (len(wire.calls) - calls) / scale.rooms
    return [
        at_most("concern → its first page, among rooms: p50 over the floor's send", [p(50, pages) / floor], 10.0),
        at_most("the same, p99", [p(99, pages)], 250.0, "ms"),
        at_most(f"{scale.rooms:,} rooms of one minute: not there when their meeting begins", [late], 0, ""),
        at_most("429s drawn", [drawn], 0, ""),
        at_most("calls for a room until it is there", [for_a_room], 10.0, ""),
    ]


def _in_time(rooms: int) -> datetime:
    """Return a minute whose rooms are made soon, with time to build everything first."""
    building = timedelta(seconds=30 + rooms / 8)
    return (datetime.now(UTC) + timedelta(minutes=16) + building).replace(second=0, microsecond=0)


async def _floors_send(wire: Wire, folder: Path, built: Built) -> float:
    """Return how long the floor takes from a press to its message, in milliseconds."""
    person = crowd(wire, built.servers[0], 1)[0]
    card: Json = {"id": "1", "channel_id": str(_lounge(wire, built.servers[0])), "components": []}
    async with running("floor", wire, folder):
        return median([await _until_posted(wire, lambda: person.pressed(card, "send")) for _ in range(CONCERNS)])


async def _paged(wire: Wire, built: Built, number: int) -> float:
    server_id = built.servers[number % len(built.servers)]
    person = Person.new(wire, f"Raiser {number}", server_id)
    asked = await person.types("help-now")
    card = asked.message or {}
    ask = next(each["custom_id"] for each in parts(card) if each.get("label") == say("ask-now"))
    on_duty = built.casts[number % len(built.casts)].mo.mention
    return await _until_posted(wire, lambda: person.pressed(card, ask), on_duty)


async def _until_posted(wire: Wire, act: Callable[[], Asked], naming: str = "") -> float:
    """Return the milliseconds from something a person does to the message that follows, which names somebody."""
    before, came = len(wire.world.made), asyncio.Event()

    def on_call(call: str, when: str) -> None:
        if when == "after" and call == POSTS:
            new = (str(each.get("content", "")) for each in wire.world.made[before:])
            if any(naming in content for content in new):
                came.set()

    wire.faults.on_call = on_call
    began = time.perf_counter()
    act()
    async with asyncio.timeout(30):
        await came.wait()
    wire.faults.on_call = lambda _call, _when: None
    return (time.perf_counter() - began) * 1000


def _typing(person: Person, command: str) -> Callable[[], Asked]:
    return lambda: person.typed(command)


def _sending(person: Person, form: Asked) -> Callable[[], Asked]:
    return lambda: person.sent(form, agree=[YES], reminders=[YES])


def _ratios(waits: Mapping[str, Sequence[float]]) -> list[float]:
    return [one / other for one, other in zip(waits["peerbot"], waits["floor"], strict=True)]


TOO_LONG: Final = frozenset({"page"})
"""Left out of the quick ones: rooms are made at a full minute, a quarter of an hour before their meeting."""
MEASURES: Final[Mapping[str, Callable[[Scale, Path], Awaitable[Sequence[Figure]]]]] = {
    "find": find,
    "join": join,
    "due": due,
    "page": page,
}
