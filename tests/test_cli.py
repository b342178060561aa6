"""The command line itself: its help, its mistakes, and the demo that is not installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peerbot.cli import main

ROOT = Path(__file__).parents[1]


def cli(*arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    code = f"import sys; {before}\nfrom peerbot.cli import main\nsys.exit(main({list(arguments)!r}))"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-X", "importtime", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_answers_without_importing_anything_heavy() -> None:
    done = cli("--help")
    assert done.returncode == 0
    assert "run" in done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "peerbot.ops.sentences" in imported
    heavy = {
        "aiohttp",
        "asyncio",
        "aiosqlite",
        "apscheduler",
        "discord",
        "pydantic",
        "simcord",
        "sqlcipher3",
        "structlog",
    }
    assert not imported & heavy


def test_a_demo_that_is_not_installed_says_how_to_install_it() -> None:
    done = cli("demo", "--no-browser", before="sys.modules['simcord'] = None")
    assert done.returncode == 72
    assert 'pip install "peerbot[demo]"' in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("arguments", [[], ["walk"], ["demo", "--break", "3"], ["demo", "--break", "x", "--tour"]])
def test_a_wrong_command_line_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: peerbot")
