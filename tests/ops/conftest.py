"""The scene of every `peerbot run` in a test: a folder with settings, a token, and Discord on this machine."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerbot.cli import main
from peerbot.engine.database import Database
from peerbot.ops.serving import Outside
from tests.ops.running import KEY, Run
from tests.ops.stand_ins import DiscordOnLoopback, Work, for_ever, log_put_back, opens


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings from outside but a token, and the log as it was."""
    for name in os.environ:
        if name.upper().startswith("PEERBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PEERBOT_TOKEN", "a.made-up.token")
    with log_put_back():
        yield


@pytest.fixture
def config(alone: None, tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text('[database]\npath = "data/bot.sqlite"\n[health]\nport = 0\n', encoding="utf-8")
    return file


@pytest.fixture
def discord_api() -> Iterator[DiscordOnLoopback]:
    with DiscordOnLoopback() as server:
        yield server


@pytest.fixture
def run(config: Path, discord_api: DiscordOnLoopback, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run with a stand-in app and give back the exit code and what stands on stderr."""

    def run(*more: str, work: Work = for_ever, api: str = discord_api.api) -> tuple[int, str]:
        code = main(["run", "--config", str(config), *more], Outside(opens(work), api))
        out, err = capfd.readouterr()
        assert out == ""
        return code, err

    return run


@pytest.fixture
def made(config: Path) -> Path:
    """A database with its key, as an earlier run left them."""
    database = config.parent / "data/bot.sqlite"
    database.parent.mkdir()
    database.with_suffix(".key").write_text(KEY.hex() + "\n")

    async def make() -> None:
        await (await Database.open(database, KEY)).close()

    asyncio.run(make())
    return database


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken and on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]
