"""`/healthz`: whether the bot keeps its word; `/readyz`: whether it has begun to. For whoever asks on this machine.

If the event loop is blocked there is no answer at all, which says the same.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from aiohttp import web

from peerbot.engine.clock import Clock

if TYPE_CHECKING:
    from peerbot.ops.metrics import Metrics

OLDEST_CYCLE: Final = timedelta(seconds=15)
"""A full cycle is due each second (rule P3)."""
LONGEST_DISCONNECTION: Final = timedelta(seconds=60)
"""discord.py reconnects by itself; this is when that counts as not working."""

_PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"


class PortTaken(Exception):
    """The address cannot be listened on. The message is `host:port`."""


class Vitals(Protocol):
    """What can be said of the running bot, from the moment its database is open."""

    @property
    def last_cycle(self) -> datetime | None:
        """When the last full cycle ended."""
        ...

    @property
    def disconnected_since(self) -> datetime | None:
        """Since when there is no connection to Discord's gateway; None while there is one."""
        ...

    @property
    def missing(self) -> Sequence[str]:
        """What it still waits for before it is ready: `gateway`, `commands`, `cycle`."""
        ...

    @property
    def stopping(self) -> bool:
        """Whether it is about to end, and begins nothing new."""
        ...


class Connection:
    """Remembers since when the gateway is gone. discord.py reports each failed attempt anew: the first one counts.

    `up`, `resumed` and `down` are made to listen to `on_connect`, `on_resumed` and `on_disconnect`: `is_ready()` cannot
    tell, it stays true while discord.py tries to reconnect.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin without a connection."""
        self._clock = clock
        self.disconnected_since: datetime | None = clock.now()
        self.sessions = self.resumes = self.losses = 0
        """How often one was begun, taken up again, lost."""

    async def up(self) -> None:
        """Note a connection."""
        self.sessions += 1
        self.disconnected_since = None

    async def resumed(self) -> None:
        """Note a connection that was taken up again."""
        self.resumes += 1
        self.disconnected_since = None

    async def down(self) -> None:
        """Note that it is gone."""
        if self.disconnected_since is None:
            self.losses += 1
            self.disconnected_since = self._clock.now()


def report(vitals: Vitals | None, now: datetime) -> tuple[bool, dict[str, Any]]:
    """Return whether all is well, and what to show: `cycle`, `age_seconds` and `gateway`."""
    cycle, gone = (vitals.last_cycle, vitals.disconnected_since) if vitals is not None else (None, now)
    # A cycle from the future, after the clock was set back, vouches for nothing either.
    alive = cycle is not None and abs(now - cycle) <= OLDEST_CYCLE
    reachable = gone is None or now - gone <= LONGEST_DISCONNECTION
    return alive and reachable, {
        "cycle": cycle and cycle.isoformat(),
        "age_seconds": cycle and round((now - cycle).total_seconds(), 1),
        "gateway": gone is None,
    }


def readiness(vitals: Vitals | None) -> tuple[bool, dict[str, Any]]:
    """Return whether it is ready, and what to show: `ready`, `missing` (its parts) and `stopping`."""
    if vitals is None:
        return False, {"ready": False, "missing": ["database"], "stopping": False}
    ready = not vitals.missing and not vitals.stopping
    return ready, {"ready": ready, "missing": list(vitals.missing), "stopping": vitals.stopping}


class Health:
    """The server behind `/healthz` and `/readyz`."""

    def __init__(self, clock: Clock) -> None:
        """Report by the time of `clock`."""
        self.vitals: Vitals | None = None
        """The running bot's, once its database is up to date and open."""
        self.metrics: Metrics | None = None
        """What `/metrics` shows, if it is wanted."""
        self._clock = clock
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen on `host` until `close`, and return the port: `port`, or for 0 any free one.

        Raises:
            PortTaken: another program listens there, or the address is not this machine's.
        """
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._numbers)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError as error:
            place = f"{host}:{port}"
            raise PortTaken(place) from error
        return site.port

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _request: web.Request) -> web.Response:
        well, shown = report(self.vitals, self._clock.now())
        return web.json_response(shown, status=200 if well else 503)

    async def _readyz(self, _request: web.Request) -> web.Response:
        ready, shown = readiness(self.vitals)
        return web.json_response(shown, status=200 if ready else 503)

    async def _numbers(self, _request: web.Request) -> web.Response:
        if self.metrics is None:
            raise web.HTTPNotFound
        return web.Response(body=await self.metrics.page(), headers={"Content-Type": _PROMETHEUS})
