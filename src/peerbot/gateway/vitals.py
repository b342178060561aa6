"""How the running bot is: what of it `/healthz`, `/readyz` and `/metrics` show. It only looks."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from peerbot.engine.clock import Clock
from peerbot.engine.tick import Tick
from peerbot.gateway.bot import PeerBot
from peerbot.gateway.sender import Sender
from peerbot.ops import metrics_store
from peerbot.ops.backup import Backups
from peerbot.ops.figures import Figures
from peerbot.ops.health import Connection
from peerbot.ops.metrics_store import Glance


class BotVitals:
    """The port `Vitals`, of a bot, its heartbeat and its sender."""

    def __init__(
        self, bot: PeerBot, tick: Tick, sender: Sender, clock: Clock, glance: Glance, backups: Backups | None
    ) -> None:
        """Follow the connection of `bot` from now on; ask the database by `glance`."""
        self._clock = clock
        self._glance = glance
        self._backups = backups
        self._bot = bot
        self._tick = tick
        self._sender = sender
        self._connection = Connection(clock)
        bot.add_listener(self._connection.up, "on_connect")
        bot.add_listener(self._connection.resumed, "on_resumed")
        bot.add_listener(self._connection.down, "on_disconnect")

    @property
    def last_cycle(self) -> datetime | None:
        """When the last full cycle ended, in UTC."""
        return self._tick.last_cycle

    @property
    def disconnected_since(self) -> datetime | None:
        """Since when there is no connection to Discord's gateway; None while there is one."""
        return self._connection.disconnected_since

    @property
    def missing(self) -> Sequence[str]:
        """What it still waits for before it is ready; an open database is up to date."""
        parts = {
            # `is_ready` alone stays true while discord.py tries to reconnect.
            "gateway": self._bot.is_ready() and self.disconnected_since is None,
            "commands": self._bot.commands_told,
            "cycle": self.last_cycle is not None,
        }
        return [name for name, there in parts.items() if not there]

    @property
    def stopping(self) -> bool:
        """Whether it is about to end, and sends nothing new."""
        return self._sender.paused

    async def figures(self) -> Figures:
        """Return what `/metrics` shows; the database is asked beside everybody else, and for two seconds at most."""
        now, line, last, waits = self._clock.now(), self._connection, None, None
        with suppress(TimeoutError):
            waits = await metrics_store.waiting(self._glance, now)
        if self._backups is not None:
            last = await asyncio.to_thread(self._backups.latest)
        return Figures(
            cycle_age=(now - self.last_cycle).total_seconds() if self.last_cycle is not None else float("inf"),
            connected=line.disconnected_since is None,
            sessions=line.sessions,
            resumes=line.resumes,
            losses=line.losses,
            waiting=waits,
            backup_age=(now - last.made_at).total_seconds() if last is not None else None,
            requests=self._bot.tally.requests(),
            pages=self._bot.tally.pages(),
        )
