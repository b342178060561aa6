"""Many servers: how long it takes until the bot is ready, and the memory it holds."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.speed.client import WAITS
from bench.speed.copies import copy_server
from bench.speed.figures import Figure, Kind, Pairs, Scale, Seen, at_most, lag
from bench.speed.measured import p, running
from bench.speed.worlds import PLACES, a_wire, build
from bench.wire import Wire

GROUPS: Final = 5
"""In each server; each has as many members as places."""


async def large(scale: Scale, folder: Path, seen: Seen) -> Sequence[Figure]:
    """Start with few servers, with many without members, and with many whose groups are full."""
    few, many = scale.sizes
    starts, late = Pairs(), Pairs()
    fixed, bare, grown = Pairs(), Pairs(), Pairs()
    for name in ("few", "bare", "many"):
        (folder / name).mkdir()
    worlds = {
        (few, 0): await _world(folder / "few", few, 0),
        (many, 0): await _world(folder / "bare", many, 0),
        (many, PLACES): await _world(folder / "many", many, PLACES),
    }
    for _ in range(scale.pairs):
        for kind in ("peerbot", "floor"):
            held: dict[tuple[int, int], float] = {}
            for size, (wire, place) in worlds.items():
                taken = await _started(kind, wire, place, scale.rest)
                held[size] = taken[1]
                if size == (many, PLACES):
                    starts.add(kind, taken[0])
                    late.add(kind, taken[2])
            bare.add(kind, held[many, 0] - held[few, 0])
            # What would be left without any server.
            fixed.add(kind, held[few, 0] - (held[many, 0] - held[few, 0]) * few / (many - few))
            grown.add(kind, held[many, PLACES] - held[few, 0])
            seen.growth[kind] += [(few, held[few, 0]), (many, held[many, PLACES])]
    for wire, _ in worlds.values():
        await wire.close()
    groups, members = many * GROUPS, many * GROUPS * PLACES
    size = f"{many:,} servers, {groups:,} groups, {members:,} members"
    return [
        at_most(f"start to ready, {size}: over the floor's", starts.over(), 2.0),
        at_most("memory, fixed part: over the floor's", fixed.more(), 40.0, "MiB"),
        at_most("memory, growth for each server without members: over the floor's", bare.over(), 1.2),
        at_most("memory, growth with servers and their members: over the floor's", grown.over(), 1.2),
        lag(f"start, {many:,} servers", late),
    ]


async def _world(folder: Path, servers: int, members: int) -> tuple[Wire, Path]:
    wire = await a_wire()
    built = await build(wire, folder, GROUPS, members=members)
    copy_server(folder / "peerbot.sqlite", wire.world, built.server, servers - 1)
    return wire, folder


async def _started(kind: Kind, wire: Wire, folder: Path, rest: float) -> tuple[float, float, float]:
    """Return the seconds until ready, the MiB held some seconds later, and how late the loop was in between."""
    async with running(kind, wire, folder) as client:
        await asyncio.sleep(rest)
        held = client.memory()
    return client.started_in - WAITS, held, p(99.9, client.starting + client.lag)
