"""What an operator sees from outside of requests and pages, against what really came over the line."""

import json
from pathlib import Path
from typing import Final

import aiohttp
import discord
import pytest

from bench.crash.run import Prepared
from bench.evening import plot
from bench.wire import Wire
from bench.wire.faults import ALWAYS, Fault, Mode, refused
from peerbot.app import App
from tests.wire.scene import Scene, staged

ONE: Final = "GET /channels/{channel_id}"
OTHER: Final = "POST /users/@me/channels"
FAULTS: Final = (
    Fault(Mode.STATUS, ONE, status=503),
    Fault(Mode.STATUS, ONE, status=403, code=50001),
    Fault(Mode.STATUS, ONE, status=401),
    Fault(Mode.STATUS, ONE, status=404, code=10003),
    # aiohttp itself asks once more where that does no harm, so not at the same call.
    Fault(Mode.RESET, OTHER),
    *(Fault(Mode.LIMITED, ONE, scope=scope, seconds=0.01) for scope in ("user", "global", "shared", "shared")),
)


async def test_requests_are_counted_by_what_became_of_them(app: App, wire: Wire, server: int) -> None:
    channel = next(iter(wire.world.channels_of(server)))["id"]
    who = int(wire.world.add_person("Ana"))
    before = (await app.figures()).requests
    for fault in FAULTS:
        wire.faults.add(fault)
        try:
            await (
                app.bot.http.get_channel(int(channel)) if fault.call == ONE else app.bot.http.start_private_message(who)
            )
        except (discord.HTTPException, aiohttp.ClientError, OSError):
            assert fault.mode is not Mode.LIMITED
    after = (await app.figures()).requests
    # After each 429 discord.py asks again, and gets its answer.
    assert {each: n - before.outcomes.get(each, 0) for each, n in after.outcomes.items()} == {
        "done": 4,
        "refused": 3,
        "failed": 1,
        "unanswered": 1,
        "limited": 4,
    }
    assert after.limited == {"user": 1, "global": 1, "shared": 2}
    assert after.invalid - before.invalid == 4


async def pages(scene: Scene) -> tuple[int, int]:
    """How many arrived, and how many failed: by the way they went, or for who cannot see where they went."""
    rows = await scene.rows("SELECT state, unseen FROM page")
    unseen = sum(len(json.loads(row["unseen"])) for row in rows)
    return sum(row["state"] == "arrived" for row in rows), sum(row["state"] == "failed" for row in rows) + unseen


@pytest.mark.parametrize("closed", [False, True])
async def test_pages_are_counted_with_how_long_they_took_and_those_that_failed(
    prepared: Prepared,
    tmp_path: Path,
    closed: bool,  # noqa: FBT001
) -> None:
    async with staged(prepared, tmp_path) as scene:
        if closed:
            scene.wire.faults.add(refused("POST /users/@me/channels", 403, 50007, times=ALWAYS))
        await plot.told(scene.evening)
        shown = (await scene.app.figures()).pages
        assert (shown.arrived, shown.failed) == await pages(scene)
        assert shown.arrived > 0
        assert (shown.failed > 0) is closed
        assert shown.within[-1] == shown.arrived
        assert 0 <= shown.seconds <= 300 * shown.arrived
