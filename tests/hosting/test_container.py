"""The guide's chapter on containers, typed line by line at a real engine, with the project's own files."""

import re

import pytest

from bench.wire import Wire
from tests.hosting.engine import Engine, engine
from tests.hosting.test_guide import GUIDE, begins, boxes
from tests.meta.sources import ROOT

pytestmark = pytest.mark.hosting
ONE = "$(podman ps --quiet)"
"""The one container that runs."""


def base() -> str:
    """Return the image that the Containerfile begins with."""
    (named,) = re.findall(r"^FROM (\S+)$", (ROOT / "Containerfile").read_text("utf-8"), re.MULTILINE)
    return str(named)


async def test_each_command_of_the_guide_does_what_it_says_in_a_container(wire: Wire) -> None:
    async with engine(base()) as here:
        start, doctor, rekey = boxes(GUIDE, "In a container")
        prepare, _, up = start.strip().rpartition("\n")
        await here.does(prepare, typed=wire.token + "\n")
        await here.does(
            f"""sed -i -e 's|^# api_url = .*|api_url = "{wire.api_url}"|' \
            -e 's|^# gateway_url = .*|gateway_url = "{wire.gateway_url}"|' secrets/config.toml"""
        )
        await here.does(up)
        await begins(wire)
        await _is_healthy(here)
        await _is_shut_in(here)
        assert "Well: running bot." in await here.does(doctor)
        key = await here.does("cat secrets/key")
        await here.does(rekey)
        assert await here.does("cat secrets/key") != key
        await begins(wire)
        await _is_healthy(here)
        await here.does("docker compose stop")
        assert await here.does("podman inspect --format '{{.State.ExitCode}}' $(podman ps --all --quiet)") == "0\n"


async def _is_healthy(here: Engine) -> None:
    """Ask what compose.yaml asks, which systemd would do every half minute."""
    await here.does(f"timeout 60 sh -c 'until podman healthcheck run {ONE}; do sleep 0.1; done'")


async def _is_shut_in(here: Engine) -> None:
    """See what compose.yaml takes from it taken."""
    held = await here.does(f"podman exec {ONE} grep -E '^(Uid|NoNewPrivs|CapBnd|CapEff):' /proc/1/status")
    assert held.split() == [*("Uid:", *["10001"] * 4), "CapEff:", "0" * 16, "CapBnd:", "0" * 16, "NoNewPrivs:", "1"]
    assert await here.does(f"podman exec --user 0 {ONE} touch /srv/peerbot/new 2>&1 || true") == (
        "touch: cannot touch '/srv/peerbot/new': Read-only file system\n"
    )
    kept = (await here.does(f"podman exec {ONE} ls /data")).split()
    assert "peerbot.sqlite" in kept
    assert "peerbot.key" not in kept
    dumped = await here.does(f"podman exec {ONE} grep '^Max core file size' /proc/1/limits")
    assert dumped.split()[-3:] == ["0", "0", "bytes"]
    limits = "{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}}"
    assert await here.does(f"podman inspect --format '{limits}' {ONE}") == f"{512 * 2**20} 64\n"
