"""Asking and choosing: what is measured on one server, and against which goal. Each measure returns its figures."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from bench.line import KEY
from bench.speed.figures import Figure, Kind, Pairs, Scale, Seen, at_least, at_most, lag
from bench.speed.measured import latencies, p, rate, running
from bench.speed.worlds import FEW_PLACES, Built, a_wire, build, crowd, open_form
from bench.wire import Wire
from bench.wire.interactions import Asked
from bench.wire.people import Person
from peerbot.engine import timers
from peerbot.engine.database import Database, Row, Value
from peerbot.signup.cards import YES

AT_ONCE: Final = 20
MIXED: Final = ("group find", "group mine", "oncall now", "help-now", "meeting next", "my-data show")
_WARMING: Final = 20
_BATCH: Final = 20
"""How many due rows the tick takes at a time."""
_LOOKS: Final = 50


async def find(scale: Scale, folder: Path, seen: Seen) -> Sequence[Figure]:
    """`/group find` among so many groups, one person after the other; and commands of several kinds, many at once."""
    wire = await a_wire()
    built = await build(wire, folder, scale.groups)
    people = crowd(wire, built.server, scale.asked)
    asks = [_typing(person, "group find") for person in people]
    mixed = [_typing(person, command) for person in people for command in MIXED]
    waits, rates, late = Pairs(), Pairs(), Pairs()
    for _ in range(scale.pairs):
        for kind in _BOTH:
            async with running(kind, wire, folder) as client:
                await latencies(wire, mixed[:_WARMING])
                await client.rests()
                taken = await latencies(wire, asks)
                rates.add(kind, await rate(wire, mixed, AT_ONCE))
            waits.add(kind, p(50, taken))
            seen.waited("/group find", kind, taken)
            late.add(kind, p(99.9, client.lag))
    await wire.close()
    return [
        at_most(f"/group find, {scale.groups} groups: latency p50 over the floor's", waits.over(), 2.0),
        at_least("interactions per second, mixed commands, over the floor's", rates.over(), 0.4),
        lag("/group find and mixed commands", late),
    ]


async def join(scale: Scale, folder: Path, seen: Seen) -> Sequence[Figure]:
    """Send the form of joining: a durable and encrypted commit."""
    waits, work, late = Pairs(), Pairs(), Pairs()
    for turn in range(scale.pairs):
        wire, place = await a_wire(), folder / str(turn)
        place.mkdir()
        built = await build(wire, place, -(-scale.asked // FEW_PLACES))
        # peerbot shows the forms, whoever is measured afterwards; it comes last, for it alone gives the seats away.
        forms = await _forms(wire, place, built, scale.asked)
        for kind in (_DURABLE, "floor", "peerbot"):
            async with running(kind, wire, place) as client:
                await latencies(wire, [_typing(person, "group find") for person, _ in forms[:_WARMING]])
                await client.rests()
                before = client.cpu()
                taken = await latencies(wire, [_sending(person, form) for person, form in forms])
                work.add(kind, (client.cpu() - before) / len(taken))
            waits.add(kind, p(50, taken))
            seen.waited("the form for joining", kind, taken)
            late.add(kind, p(99.9, client.lag))
        await wire.close()
    return [
        at_most("submit of the join form: latency p50 over the floor's with a durable commit", waits.over(_DURABLE), 2),
        at_most("submit of the join form: CPU over the floor's", work.over(), 3.0),
        lag("joining", late),
    ]


async def _forms(wire: Wire, folder: Path, built: Built, how_many: int) -> list[tuple[Person, Asked]]:
    """Open so many forms to join, for each group as many as have a place: nobody is refused a seat."""
    people = crowd(wire, built.server, how_many)
    async with running("peerbot", wire, folder):
        return [
            (person, await open_form(wire, built, person, built.groups[number // FEW_PLACES]))
            for number, person in enumerate(people)
        ]


class _Overheard:
    """Reads that keep each statement, so that its plan can be asked for afterwards."""

    def __init__(self, database: Database) -> None:
        self._reads = database.reads
        self.said: list[tuple[str, dict[str, Value]]] = []

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        self.said.append((sql, values))
        return await self._reads.all(sql, **values)

    async def one(self, sql: str, **values: Value) -> Row | None:
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def plans(self) -> list[str]:
        """Return how SQLite goes about each statement that was said."""
        return [
            " / ".join(str(row["detail"]) for row in await self._reads.all(f"EXPLAIN QUERY PLAN {sql}", **values))
            for sql, values in self.said
        ]


async def due(scale: Scale, folder: Path, seen: Seen) -> Sequence[Figure]:
    """Choose what is due among so many timers that wait, and among a thousand; and where a thousand are due at once."""
    del seen
    few, full = await _choosing(folder, 1000, _BATCH), await _choosing(folder, scale.timers, _BATCH)
    crowded = await _choosing(folder, scale.timers, 1000)
    return [
        at_most(f"choosing due work with {scale.timers:,} timers waiting", [full], 5.0, "ms"),
        at_most("the same, over that with 1,000 waiting", [full / few], 2.0),
        at_most(f"choosing due work with 1,000 of {scale.timers:,} timers due at once", [crowded], 5.0, "ms"),
    ]


async def _choosing(folder: Path, waiting: int, of_them_due: int) -> float:
    """Return the milliseconds it takes to choose a batch of those that are due, and see that an index is used."""
    database = await Database.open(folder / f"{waiting}-{of_them_due}.sqlite", KEY)
    async with database.transaction() as work:
        await work.all(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
            "INSERT INTO timer (kind, subject, due_at, not_before) "
            "SELECT 'bench', i, 4000000000 + i, CASE WHEN i <= :due THEN 1 ELSE 4000000000 + i END FROM n",
            most=waiting,
            due=of_them_due,
        )
    now, taken, overheard = datetime.now(UTC), list[float](), _Overheard(database)
    for _ in range(_LOOKS):
        began = time.perf_counter()
        chosen = await timers.due(database.reads, now, _BATCH)
        taken.append((time.perf_counter() - began) * 1000)
        assert len(chosen) == _BATCH
    # What `due` itself says is explained, whatever that is.
    await timers.due(overheard, now, _BATCH)
    plans = await overheard.plans()
    assert plans
    assert all("USING INDEX" in plan or "USING COVERING INDEX" in plan for plan in plans), plans
    await database.close()
    return median(taken)


def _typing(person: Person, command: str) -> Callable[[], Asked]:
    return lambda: person.typed(command)


def _sending(person: Person, form: Asked) -> Callable[[], Asked]:
    return lambda: person.sent(form, agree=[YES], reminders=[YES])


_BOTH: Final[tuple[Kind, ...]] = ("peerbot", "floor")
_DURABLE: Final[Kind] = "durable"
