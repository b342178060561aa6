"""How the running bot is: what of it `/healthz`, `/readyz` and `/metrics` show. It only looks."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.clock import Clock
from peerbot.engine.tick import Tick
from peerbot.gateway.bot import PeerBot
from peerbot.gateway.sender import Sender
from peerbot.ops.health import Connection


class BotVitals:
    """The port `Vitals`, of a bot, its heartbeat and its sender."""

    def __init__(self, bot: PeerBot, tick: Tick, sender: Sender, clock: Clock) -> None:
        """Follow the connection of `bot` from now on."""
        self._bot = bot
        self._tick = tick
        self._sender = sender
        self._connection = Connection(clock)
        bot.add_listener(self._connection.up, "on_connect")
        bot.add_listener(self._connection.up, "on_resumed")
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
