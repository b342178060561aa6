"""The two things outside that a test cannot have: Discord's address, and an app with every pillar in it."""

import asyncio
import logging
import sys
import threading
import warnings
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import structlog

from peerbot.engine.clock import Clock
from peerbot.engine.database import Database
from peerbot.ops.figures import Figures

Work = Callable[[str], Awaitable[None]]


async def for_ever(_token: str = "") -> None:
    await asyncio.Event().wait()


class StandInApp:
    """An app over the real database whose work is whatever a test gives it."""

    def __init__(self, database: Database, work: Work, clock: Clock) -> None:
        self.database = database
        self._work = work
        self.last_cycle: datetime | None = clock.now()
        self.disconnected_since: datetime | None = None
        self.missing: Sequence[str] = ()
        self.stopping = False
        self.vitals = self
        self.closed = False

    async def run(self, token: str, minutely: Callable[[], Awaitable[object]], each_cycle: Callable[[], None]) -> None:
        await minutely()
        each_cycle()
        await self._work(token)

    async def figures(self) -> Figures:
        return Figures(cycle_age=0.5, connected=True)

    async def close(self) -> None:
        self.closed = True
        await self.database.close()


def opens(work: Work = for_ever) -> Callable[[Path, bytes, Clock], Awaitable[StandInApp]]:
    async def open_app(path: Path, key: bytes, clock: Clock) -> StandInApp:
        return StandInApp(await Database.open(path, key), work, clock)

    return open_app


class DiscordOnLoopback:
    """Answers every call with one status; `silent` keeps the caller waiting until the end."""

    def __init__(self, status: int = 200, *, silent: bool = False) -> None:
        self.asked = threading.Event()
        self.seen: list[tuple[str, str]] = []
        over = self._over = threading.Event()
        if not silent:
            over.set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, self.headers.get("Authorization", "")))
                outer.asked.set()
                over.wait()
                with suppress(OSError):  # Who asked may have been told to end meanwhile.
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.end_headers()
                    self.wfile.write(b'{"message": "", "code": 0}')

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.api = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def log_put_back() -> Generator[None]:
    """Undo what `set_up` did to the process."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers, root.level, logging.raiseExceptions
    thread_hook, finaliser_hook, show = threading.excepthook, sys.unraisablehook, warnings.showwarning
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.handlers, logging.raiseExceptions = handlers, raising
        root.setLevel(level)
        for name in ("peerbot", "cogs"):
            logging.getLogger(name).setLevel(logging.NOTSET)
        threading.excepthook, sys.unraisablehook, warnings.showwarning = thread_hook, finaliser_hook, show
        structlog.reset_defaults()
