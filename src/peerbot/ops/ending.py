"""How the program ends: when told, in good order; if that takes too long, at once. A crash must be as safe."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager, suppress
from typing import Final

from peerbot.ops import faults
from peerbot.ops.sentences import say

LONGEST_END: Final = 9.0
"""Seconds from the signal to the end; supervisors kill after 10."""


class ConnectionOver(Exception):
    """The bot's connection ended though nobody had asked for it."""

    code = 1000


class Ending:
    """Turns SIGTERM and SIGINT into an orderly end, with a hard one behind it."""

    def __init__(self, longest: float, on_told: Callable[[], None]) -> None:
        """Give the orderly end `longest` seconds; call `on_told` when it begins."""
        self._longest = longest
        self._on_told = on_told
        self._hard: threading.Timer | None = None

    async def run_until_told(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do `work` and return when a signal has come and `work`, cancelled, has cleaned up behind itself.

        Raises:
            ConnectionOver: `work` returned by itself.
            BaseException: whatever `work` raised.
        """
        loop = asyncio.get_running_loop()
        working = asyncio.ensure_future(work())
        told = False

        def end() -> None:
            nonlocal told
            if not told:
                told = True
                self._arm()
                self._on_told()
                working.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, end)
        try:
            with suppress(asyncio.CancelledError):
                await working
            if not told:
                raise ConnectionOver
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    @contextmanager
    def guarded(self) -> Generator[None]:
        """Keep the hard end armed until the block is left: closing the event loop can hang as well."""
        try:
            yield
        finally:
            if self._hard is not None:
                self._hard.cancel()

    def _arm(self) -> None:
        # A thread of its own: the event loop may be what hangs.
        self._hard = threading.Timer(self._longest, _end_now, [say(faults.HARD_END.text)])
        self._hard.daemon = True
        self._hard.start()


def _end_now(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
    os._exit(faults.HARD_END.code)
