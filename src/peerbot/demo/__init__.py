"""The practice world: the embedded stand-in for Discord, the page to use it on, and the tour."""

import asyncio
import signal
import tempfile
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

from peerbot.demo.page import open_page
from peerbot.demo.practice import furnish, only_people
from peerbot.demo.tour import run_tour
from peerbot.demo.world import open_world
from peerbot.engine.clock import SystemClock
from peerbot.engine.texts import say
from peerbot.ops import logging

__all__ = ["run_demo", "run_tour"]


async def run_demo(port: int, *, open_browser: bool, new: bool = False) -> int:
    """Serve the practice world on this machine until interrupted, and return 0. `new`: nobody has set it up yet.

    Raises:
        OSError: if the port is taken.
    """
    # The same gate as in service: structlog's own would print whatever a failing line held in its hands.
    logging.set_up(bytes(32), SystemClock())
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory(prefix="peerbot-demo-") as folder:
        async with open_world(Path(folder), datetime.now(UTC)) as world:
            await (only_people if new else furnish)(world)
            async with open_page(world, port=port) as address:
                print(say("operator-demo-ready", address=address), flush=True)  # noqa: T201 - what the command says
                if open_browser:
                    await asyncio.to_thread(webbrowser.open, address)
                await stop.wait()
    return 0
