"""The demo's page and a Chromium to look at it with."""

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, expect, sync_playwright

from peerbot.demo import driver
from peerbot.demo.page import open_page
from peerbot.demo.practice import furnish, only_people
from peerbot.demo.world import World, open_world

CHROMIUM = os.environ.get("PEERBOT_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000
"""Milliseconds: on a busy machine a slow page is no defect. Nothing waits that long when all is well."""


@contextmanager
def chromium() -> Generator[Browser]:
    """Start a browser without a window."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        yield browser
        browser.close()


@asynccontextmanager
async def practice_world() -> AsyncGenerator[World]:
    """Open the world of `peerbot demo`: four members, one place left, a meeting within the hour."""
    with TemporaryDirectory() as folder:
        async with open_world(Path(folder), datetime.now(UTC)) as world:
            await furnish(world)
            yield world


@asynccontextmanager
async def new_world() -> AsyncGenerator[World]:
    """Open the world of `peerbot demo --new`: people, and a server that nobody has set up."""
    with TemporaryDirectory() as folder:
        async with open_world(Path(folder), datetime.now(UTC)) as world:
            await only_people(world)
            yield world


@contextmanager
def served(world: Callable[[], AbstractAsyncContextManager[driver.World]]) -> Generator[str]:
    """Run the demo in a thread, as it runs in a process of its own, and give the page's address."""
    address: Future[str] = Future()
    stop: Future[Callable[[], object]] = Future()

    async def run() -> None:
        ending = asyncio.Event()
        loop = asyncio.get_running_loop()
        stop.set_result(lambda: loop.call_soon_threadsafe(ending.set))
        async with world() as opened, open_page(opened, port=0) as url:
            address.set_result(url)
            await ending.wait()

    def main() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:
            if address.done():
                raise
            address.set_exception(error)

    thread = threading.Thread(target=main)
    thread.start()
    try:
        yield address.result(timeout=60)
    finally:
        stop.result(timeout=60)()
        thread.join(timeout=60)
        assert not thread.is_alive()
