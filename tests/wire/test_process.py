"""`peerbot run` itself: told to end in the middle of a burst, and started twice at once."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bench.line import KEY, HandClock, connected
from bench.wire import Wire
from bench.wire.faults import slow
from bench.wire.limits import Limits
from bench.wire.world import World
from peerbot.engine.outbox import Intent, Lane
from peerbot.ops import faults
from peerbot.ops.sentences import say
from peerbot.servers import rules

POST = "POST /channels/{channel_id}/messages"
MANY = 60
LONGEST_END = 10.0
"""Seconds in which a supervisor expects the end."""


class Place:
    """A stand-in by the real clock, and a database in which many messages wait to be sent."""

    def __init__(self, wire: Wire, folder: Path) -> None:
        self.wire = wire
        self.folder = folder
        self.file = folder / "peerbot.sqlite"

    async def fill(self) -> None:
        server_id = self.wire.world.add_server("Harbour Street", int(rules.INVITED_WITH))
        channels = [self.wire.world.add_channel(server_id, f"lounge{each}") for each in range(10)]
        async with connected(self.wire, self.file, HandClock(time.time())) as app, app.desk.transaction() as work:
            for number in range(MANY):
                data = {"channel": int(channels[number % 10]["id"]), "card": "late-news"}
                await work.enqueue(Intent(f"note{number}", "post", Lane.CLOSING, server_id, data))

    def configure(self) -> None:
        (self.folder / "token").write_text(self.wire.token)
        self.file.with_suffix(".key").write_text(KEY.hex())
        self.file.with_suffix(".key").chmod(0o600)
        discord = f'token_file = "token"\napi_url = "{self.wire.api_url}"\ngateway_url = "{self.wire.gateway_url}"\n'
        settings = f'[discord]\n{discord}[database]\npath = "peerbot.sqlite"\n[health]\nport = 0\n'
        (self.folder / "config.toml").write_text(settings)

    async def run(self) -> Process:
        command = ("-m", "peerbot.cli", "run", "--config", str(self.folder / "config.toml"))
        return await asyncio.create_subprocess_exec(sys.executable, *command, stdout=PIPE, stderr=PIPE)

    def posted(self) -> list[dict]:
        return [each for each in self.wire.world.made if "content" in each]

    async def until_posted(self, number: int) -> None:
        """Wait until so many messages stand there."""
        enough = asyncio.Event()

        def look(_call: str, _when: str) -> None:
            if len(self.posted()) >= number:
                enough.set()

        self.wire.faults.on_call = look
        look("", "")
        await asyncio.wait_for(enough.wait(), 60)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Place]:
    wire = Wire(World(), Limits(per_second=None))
    await wire.start()
    place = Place(wire, tmp_path)
    await place.fill()
    place.configure()
    yield place
    await wire.close()


@pytest.mark.deep
async def test_told_to_end_in_a_burst_it_ends_at_once_and_finishes_at_the_next_start(place: Place) -> None:
    place.wire.faults.add(slow(POST, 1.0))
    first = await place.run()
    await place.until_posted(5)
    began = asyncio.get_running_loop().time()
    first.terminate()
    _, said = await first.communicate()
    assert first.returncode == 0, said.decode()
    assert asyncio.get_running_loop().time() - began < LONGEST_END
    assert len(place.posted()) < MANY
    place.wire.faults.clear()
    second = await place.run()
    await place.until_posted(MANY)
    second.terminate()
    await second.communicate()
    assert second.returncode == 0
    assert len(place.posted()) == MANY
    assert set(Counter(each["nonce"] for each in place.posted()).values()) == {1}


@pytest.mark.deep
async def test_of_two_started_at_once_one_runs_and_the_other_says_so(place: Place) -> None:
    both = [await place.run() for _ in range(2)]
    ended, _ = await asyncio.wait(
        [asyncio.ensure_future(each.wait()) for each in both], timeout=60, return_when=asyncio.FIRST_COMPLETED
    )
    assert len(ended) == 1
    [refused] = [each for each in both if each.returncode is not None]
    [running] = [each for each in both if each.returncode is None]
    _, said = await refused.communicate()
    assert refused.returncode == faults.FAULTS["peerbot.engine.database.InUse"].code
    assert say("operator-in-use", database=str(place.file)) in said.decode()
    await place.until_posted(MANY)
    running.terminate()
    await running.communicate()
    assert running.returncode == 0
    assert set(Counter(each["nonce"] for each in place.posted()).values()) == {1}
