"""What is measured, as a process: `python -m bench.speed.client floor|durable|peerbot FOLDER API GATEWAY AHEAD`.

It writes `ready` when it is connected. On SIGTERM it ends and writes how late its event loop was, in milliseconds.
peerbot is `peerbot run` itself, with the settings in FOLDER; its clock shows AHEAD seconds more than the host's.
"""

import asyncio
import json
import signal
import sqlite3
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import discord

from peerbot.gateway import endpoint

if TYPE_CHECKING:
    from peerbot.app import App
    from peerbot.config import Settings
    from peerbot.engine.clock import Clock
    from peerbot.ops.serving import RunningApp

SETTINGS: Final = "peerbot.toml"
WAITS: Final = 0.3
"""Seconds without one more server until discord.py takes itself for ready, in either: it has two, and here all come at
once."""
_LOOK: Final = 0.002
_PROBE: Final = 0.01
"""Seconds between two looks at the loop."""


class Probe:
    """How late the event loop comes back to a task that asked for it, and when the client was ready."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._seen: list[float] = []
        self._starting = 0
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self, client: discord.Client) -> None:
        """Look from now on, until the loop ends."""
        client._connection.guild_ready_timeout = WAITS  # noqa: SLF001  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue] - a setting of discord.py's that has no other name
        self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._tell_ready(client))]

    def told(self) -> str:
        """Return what was seen before the client was ready, and since."""
        return json.dumps({"starting": self._seen[: self._starting], "working": self._seen[self._starting :]})

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _PROBE
            await asyncio.sleep(_PROBE)
            self._seen.append(max(0.0, loop.time() - due) * 1000)

    async def _tell_ready(self, client: discord.Client) -> None:
        # It cannot be asked to wait for that before it has begun to log in.
        while not client.is_ready():  # noqa: ASYNC110 - as above
            await asyncio.sleep(_LOOK)
        self._starting = len(self._seen)
        print("ready", flush=True)


class Floor(discord.Client):
    """The least that answers: one embed to whatever comes; `durable` commits one row to a plain file before it."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        """Keep nothing but the connection."""
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        self._file = sqlite3.connect(folder / "floor.sqlite", check_same_thread=False) if durable else None
        if self._file is not None:
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = FULL")
            self._file.execute("CREATE TABLE IF NOT EXISTS answered (id INTEGER PRIMARY KEY)")

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer whatever it is."""
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
            return
        await self._answer(interaction)

    async def _answer(self, interaction: discord.Interaction) -> None:
        if self._file is not None:
            await asyncio.to_thread(self._commit, interaction.id)
        if (interaction.data or {}).get("custom_id") == "send":
            await interaction.response.defer()
            place = self.get_partial_messageable(interaction.channel_id or 0)
            await place.send("page")
            return
        await interaction.response.send_message(embed=discord.Embed(title="Here", description="x"), ephemeral=True)

    def _commit(self, number: int) -> None:
        assert self._file is not None
        self._file.execute("INSERT OR REPLACE INTO answered VALUES (?)", (number,))
        self._file.commit()


async def _floor(folder: Path, probe: Probe, *, durable: bool) -> None:
    client, told = Floor(folder, durable=durable), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    probe.begin(client)
    running, ending = asyncio.create_task(client.start("wire")), asyncio.create_task(told.wait())
    await asyncio.wait({running, ending}, return_when=asyncio.FIRST_COMPLETED)
    await client.close()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


class _Ahead:
    """The host's clock, so much ahead: a meeting that is far away begins soon."""

    def __init__(self, clock: "Clock", ahead: float) -> None:
        self._clock, self._by = clock, timedelta(seconds=ahead)

    def now(self) -> datetime:
        return self._clock.now() + self._by


def _peerbot(folder: Path, probe: Probe, ahead: float) -> int:
    """Be `peerbot run`, all of it, looked at where it opens the app."""
    from peerbot import cli  # noqa: PLC0415 - the floor must not pay for what it does not use

    open_app = cli._open_app  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the real one, looked at

    async def looked_at(settings: "Settings", database: Path, key: bytes, clock: "Clock") -> "RunningApp":
        app = await open_app(settings, database, key, _Ahead(clock, ahead) if ahead else clock)
        probe.begin(cast("App", app).bot)
        return app

    cli._open_app = looked_at  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as above
    return cli.main(["run", "--config", str(folder / SETTINGS)])


def main() -> int:
    """Be one of the three."""
    kind, place, api_url, gateway_url, ahead = sys.argv[1:]
    probe, folder = Probe(), Path(place)
    if kind == "peerbot":
        code = _peerbot(folder, probe, float(ahead))
    else:
        endpoint.use(api_url, gateway_url)
        asyncio.run(_floor(folder, probe, durable=kind == "durable"))
        code = 0
    print(probe.told(), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
