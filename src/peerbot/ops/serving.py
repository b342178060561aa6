"""`peerbot run`, from the settings to the last connection closed. What it needs of the app is a port, `RunningApp`."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog

from peerbot.config import Settings
from peerbot.engine.clock import Clock, SystemClock
from peerbot.engine.database import DatabaseFault, hold
from peerbot.ops import commands, logging, preflight
from peerbot.ops.ending import LONGEST_END, Ending
from peerbot.ops.figures import Figures
from peerbot.ops.health import Health, Vitals
from peerbot.ops.sentences import say
from peerbot.ops.supervisor import Supervisor
from peerbot.ops.watchdog import Watchdog

_log = structlog.get_logger(__name__)

Minutely = Callable[[], Awaitable[object]]
EachCycle = Callable[[], None]


class RunningApp(Protocol):
    """The bot, opened: database, use cases, client."""

    @property
    def vitals(self) -> Vitals:
        """How it is."""
        ...

    async def run(self, token: str, minutely: Minutely, each_cycle: EachCycle) -> None:
        """Log in and work until cancelled. `each_cycle` ends every full cycle; `minutely` is called beside them."""
        ...

    async def figures(self) -> Figures:
        """Return what `/metrics` shows."""
        ...

    async def close(self) -> None:
        """Stop what is under way in good order and close the database. Safe whatever `run` came to."""
        ...


OpenApp = Callable[[Path, bytes, Clock], Awaitable[RunningApp]]


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside this package: the app, Discord, the supervisor's patience."""

    open_app: OpenApp
    discord_api: str = "https://discord.com/api/v10"
    longest_end: float = LONGEST_END


def run(settings: Settings, outside: Outside) -> None:
    """Run the bot until SIGTERM or SIGINT. Nothing is written before everything that can be checked has been.

    Raises:
        Exception: a fault; `faults.told` knows the sentence for it.
    """
    token = preflight.token_of(settings)
    # A key that is there may lie where nothing can be written, as a container's secrets do.
    makes_key = settings.database.key is None and not settings.key_file.exists()
    files = [settings.database.path, *([settings.key_file] if makes_key else [])]
    for file in files:
        preflight.check_directory(file.parent)
    supervisor = Supervisor()
    ending = Ending(outside.longest_end, supervisor.ending)
    with ending.guarded():
        asyncio.run(ending.run_until_told(lambda: _serve(settings, token, outside, supervisor)))


async def _serve(settings: Settings, token: str, outside: Outside, supervisor: Supervisor) -> None:
    clock = SystemClock()
    if not settings.database.path.exists():
        await preflight.check_token(token, outside.discord_api)
    makes_key = not settings.key_file.exists()
    commands.end_rekey(settings, _progress)
    key = preflight.key_of(settings)
    logging.set_up(key, clock, settings.log.level, settings.log.format)
    if settings.database.path.exists():
        hold(settings.database.path).release()  # Who has it is told before who has its port.
    async with AsyncExitStack() as closing:
        health = Health(clock)
        if settings.health.port:
            closing.push_async_callback(health.close)
            await health.start(settings.health.host, settings.health.port)
        if settings.database.path.exists():
            # In a thread: a large file takes seconds, and a wish to end must be heard meanwhile.
            await asyncio.to_thread(commands.update_if_needed, settings, key, clock.now(), _progress)
        try:
            app = await outside.open_app(settings.database.path, key, clock)
        except DatabaseFault as error:
            if makes_key and settings.key_file.exists():
                error.add_note(say("operator-key-made", key=str(settings.key_file)))
            raise
        closing.push_async_callback(app.close)
        health.vitals = app.vitals
        if settings.health.metrics and settings.health.port:
            from peerbot.ops.metrics import Metrics  # noqa: PLC0415 - not loaded where nobody asks for it

            health.metrics = Metrics(app.figures)
            watching = asyncio.create_task(health.metrics.watch_the_loop())
            closing.callback(watching.cancel)
        _log.info("starting", port=settings.health.port)
        closing.callback(_log.info, "ending")
        await app.run(token, _minutely(settings, app), lambda: supervisor.cycle(app.vitals))


def _progress(text: str, what: str) -> None:
    _log.info(say(text, what=what))


def _minutely(settings: Settings, app: RunningApp) -> Minutely:
    if settings.watchdog.url is None:
        return _nobody_notices
    return Watchdog(str(settings.watchdog.url), lambda: app.vitals.last_cycle).call


async def _nobody_notices() -> None:
    """Stand in for a watchdog that is not set."""
