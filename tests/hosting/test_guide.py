"""The operator's guide, typed line by line on a machine of its own, under a real systemd."""

import asyncio
import json
import re
from pathlib import Path
from typing import Final

import pytest

from bench.wire import Wire
from tests.hosting.machine import COPY, Machine, machine
from tests.ops.test_docs import BOX, ROOT

pytestmark = pytest.mark.hosting
GUIDE: Final = (ROOT / "docs/operators-guide.md").read_text("utf-8")
RUNBOOK: Final = (ROOT / "docs/incident-runbook.md").read_text("utf-8")
LONGEST: Final = 120
"""Seconds until what does not happen counts as not happening."""


def boxes(text: str, chapter: str) -> list[str]:
    """Every box of commands of one chapter, as it is typed."""
    (part,) = re.findall(rf"^##+ {re.escape(chapter)}\n(.*?)(?=^##)", text + "\n##", re.MULTILINE | re.DOTALL)
    return BOX.findall(part)


def test_every_chapter_with_commands_is_typed_here_or_in_a_container() -> None:
    chapters = re.split(r"^##+ (.*)$", GUIDE, flags=re.MULTILINE)[1:]
    with_boxes = [name for name, text in zip(chapters[::2], chapters[1::2], strict=True) if BOX.search(text)]
    typed = Path(__file__).read_text("utf-8") + Path(__file__).with_name("test_container.py").read_text("utf-8")
    assert not [name for name in with_boxes if f'"{name}")' not in typed]


async def begins(wire: Wire) -> None:
    """Wait until a bot has begun a session."""
    async with asyncio.timeout(LONGEST):
        await wire.gateway.began.wait()
    wire.gateway.began.clear()


async def forgets_its_starts(bots: Machine) -> None:
    """Give it a new file: after several starts within an hour the next one waits for minutes."""
    await bots.does("systemctl stop peerbot\nrm -r /var/lib/peerbot/*\nsystemctl start peerbot")


async def settings(bots: Machine, wire: Wire) -> None:
    """Do what section 2 asks for in words: the token, and the address that is called. And show where Discord is."""
    await bots.does("cat > /etc/peerbot/token", typed=wire.token + "\n")
    await bots.does(
        f"""sed -i -e 's|^# url = .*|url = "{wire.address}/called"|' \
        -e 's|^# api_url = .*|api_url = "{wire.api_url}"|' \
        -e 's|^# gateway_url = .*|gateway_url = "{wire.gateway_url}"|' /etc/peerbot/config.toml"""
    )


async def test_each_command_of_the_guide_does_what_it_says(tmp_path: Path, wire: Wire) -> None:
    async with machine(tmp_path) as bots:
        await _installed(bots, wire)
        await _started(bots, wire)
        await _kept(bots, wire)
        await _updated(bots, wire)
        await _after_incidents(bots, wire)


async def _installed(bots: Machine, wire: Wire) -> None:
    (install,) = boxes(GUIDE, "2. Put it on the machine")
    await bots.does(install, "/root")
    await settings(bots, wire)
    assert await bots.does("stat -c '%U %G %a' /etc/peerbot/* /var/lib/peerbot") == (
        "root peerbot 640\nroot peerbot 640\npeerbot peerbot 700\n"
    )
    await bots.does("systemd-analyze verify /etc/systemd/system/peerbot.service")
    await bots.does("systemd-analyze security --offline=yes --threshold=20 /etc/systemd/system/peerbot.service")


async def _started(bots: Machine, wire: Wire) -> None:
    start, doctor = boxes(GUIDE, "3. Start it")
    shown = await bots.does(start)
    assert "active (running)" in shown
    assert "starting" in shown
    # `systemctl` returns when the bot has said that it is ready.
    assert wire.gateway.identifies == 1
    assert await bots.does("systemctl is-enabled peerbot") == "enabled\n"
    assert set((await bots.does("stat -c %U /var/lib/peerbot/*")).split()) == {"peerbot"}
    pid = (await bots.does("systemctl show --property MainPID --value peerbot")).strip()
    assert await bots.does(f"stat -c %U /proc/{pid}") == "peerbot\n"
    held = await bots.does(f"grep -E '^(NoNewPrivs|Seccomp|CapBnd|CapEff):' /proc/{pid}/status")
    assert held.split() == ["CapEff:", "0" * 16, "CapBnd:", "0" * 16, "NoNewPrivs:", "1", "Seccomp:", "2"]
    assert await bots.does(f"grep -c . /proc/{pid}/root/etc/peerbot/token") == "1\n"
    found = await bots.does(doctor)
    assert json.loads(found[found.index("\n{") :])["well"]


async def _kept(bots: Machine, wire: Wire) -> None:
    (backup,) = boxes(GUIDE, "4. Backups")
    await bots.does(backup)
    newest = (await bots.does("ls backups | tail -1", "/var/lib/peerbot")).strip()
    assert "copy.sqlite" in await bots.does("ls", "/var/lib/peerbot")
    (restore,) = boxes(GUIDE, "5. Restore one")
    wire.gateway.began.clear()
    await bots.does(re.sub(r"peerbot-\d+T\d+Z\.sqlite", newest, restore))
    await begins(wire)
    (rekey,) = boxes(GUIDE, "7. Change the key")
    refused = await bots.types(rekey)
    assert refused.code == 75, "the bot is running"
    key = await bots.does("cat /var/lib/peerbot/peerbot.key")
    await bots.does(f"systemctl stop peerbot\n{rekey}\nsystemctl start peerbot")
    assert await bots.does("cat /var/lib/peerbot/peerbot.key") != key
    (table,) = boxes(GUIDE, "9. What is kept, and for how long")
    assert "days" in await bots.does(table)


async def _updated(bots: Machine, wire: Wire) -> None:
    await bots.does(
        """sed -i 's/^version = .*/version = "999.0"/' pyproject.toml
        git -c user.name=a -c user.email=a@example.org commit -qam newer""",
        COPY,
    )
    update, migrate = boxes(GUIDE, "6. Update it")
    wire.gateway.began.clear()
    await bots.does(update)
    await begins(wire)
    assert "Version: 999.0" in await bots.does(".venv/bin/pip show peerbot")
    assert await bots.does("cat /etc/peerbot/token") == f"{wire.token}\n"
    await bots.does(f"systemctl stop peerbot\n{migrate}\nsystemctl start peerbot")


async def _after_incidents(bots: Machine, wire: Wire) -> None:
    await forgets_its_starts(bots)
    for box in BOX.findall(RUNBOOK):
        await bots.does(box)
    assert await bots.does("systemctl is-active peerbot") == "active\n"
    await forgets_its_starts(bots)
    wire.gateway.began.clear()
    await bots.does(
        """cd /etc/systemd/system
        mkdir peerbot.service.d
        printf '[Service]\\nWatchdogSec=2\\nTimeoutAbortSec=1\\nRestartSec=0\\n' > peerbot.service.d/soon.conf
        systemctl daemon-reload
        systemctl restart peerbot"""
    )
    await begins(wire)
    # It hangs: nobody tells systemd any more, which ends it and starts it again.
    await bots.does("systemctl kill --signal STOP peerbot")
    await begins(wire)
    await bots.does("systemctl disable --now peerbot")
    assert (await bots.types("systemctl is-enabled peerbot")).out == "disabled\n"


async def test_in_another_folder_nothing_is_installed(tmp_path: Path) -> None:
    async with machine(tmp_path) as bots:
        refused = await bots.types("hosting/install", COPY)
        assert refused.code == 1
        assert "Nothing was changed" in refused.err
        assert (await bots.types("id peerbot", "/")).code == 1
