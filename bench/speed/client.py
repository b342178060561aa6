"""What is measured, as a process: `python -m bench.speed.client floor|durable|peerbot FOLDER API GATEWAY`.

It writes `ready` when it is connected. On SIGTERM it ends and writes how late its event loop was, in milliseconds.
"""

import asyncio
import json
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any, Final

import discord

from peerbot.gateway import endpoint

_LOOK: Final = 0.002
_PROBE: Final = 0.01
"""Seconds between two looks at the loop."""


class Lag:
    """How late the event loop comes back to a task that asked for it."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.seen: list[float] = []

    async def watch(self) -> None:
        """Look until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _PROBE
            await asyncio.sleep(_PROBE)
            self.seen.append(max(0.0, loop.time() - due) * 1000)


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


async def _floor(folder: Path, *, durable: bool) -> None:
    client = Floor(folder, durable=durable)
    await _until_told(client, lambda: client.start("wire"))


async def _peerbot(folder: Path) -> None:
    from bench.speed.worlds import opened  # noqa: PLC0415 - the floor must not pay for what it does not use

    app = await opened(folder)

    async def nobody() -> None:
        """Nobody notices."""

    try:
        await _until_told(app.bot, lambda: app.run("wire", nobody, lambda: None))
    finally:
        await app.close()


async def _until_told(client: discord.Client, run: Any) -> None:  # noqa: ANN401 - a coroutine function
    lag, told = Lag(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    running = asyncio.create_task(run())
    watching: asyncio.Task[None] | None = None
    ready = asyncio.create_task(_ready(client))
    await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        running.result()
    watching = asyncio.create_task(lag.watch())
    print("ready", flush=True)
    ending = asyncio.create_task(told.wait())
    await asyncio.wait({running, ending}, return_when=asyncio.FIRST_COMPLETED)
    watching.cancel()
    running.cancel()
    await asyncio.gather(running, watching, return_exceptions=True)
    await client.close()
    print(json.dumps(lag.seen), flush=True)


async def _ready(client: discord.Client) -> None:
    """Wait for the client to be ready; it cannot be asked to wait for that before it has begun to log in."""
    while not client.is_ready():  # noqa: ASYNC110 - as above
        await asyncio.sleep(_LOOK)


def main() -> None:
    """Be one of the three."""
    kind, folder, api_url, gateway_url = sys.argv[1:]
    endpoint.use(api_url, gateway_url)
    asyncio.run(_peerbot(Path(folder)) if kind == "peerbot" else _floor(Path(folder), durable=kind == "durable"))


if __name__ == "__main__":
    main()
