"""What the tests of `peerbot run` have in common."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import discord

from tests.ops.stand_ins import Work, for_ever

ROOT = Path(__file__).parents[2]
KEY = b"Z" * 32
Run = Callable[..., tuple[int, str]]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@contextmanager
def nothing_changes(folder: Path) -> Generator[None]:
    before = everything(folder)
    yield
    # The lock is held anew each time; it holds nothing.
    after = {name: held for name, held in everything(folder).items() if not name.endswith(".lock")}
    assert after == {name: held for name, held in before.items() if not name.endswith(".lock")}


def one_sentence(err: str) -> bool:
    return err.count("\n") == 1 and err.endswith(".\n")


async def log_in(token: str) -> None:
    """What the real app does first."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)


def ended_by(number: signal.Signals) -> Work:
    async def work(_token: str) -> None:
        os.kill(os.getpid(), number)
        await for_ever()

    return work


@contextmanager
def process(mode: str, config: Path, api: str) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.ops.process", mode, str(config), api]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, env=environment, text=True, stdout=pipe, stderr=pipe
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def first_line(started: subprocess.Popen[str]) -> str:
    assert started.stdout is not None
    return started.stdout.readline().strip()
