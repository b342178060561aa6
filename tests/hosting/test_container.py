"""Each step of the Containerfile and each limit of compose.yaml, on a machine of its own, without a registry."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from bench.wire import Wire
from tests.hosting.machine import COPY, Machine, machine
from tests.hosting.test_guide import GUIDE, boxes
from tests.meta.sources import ROOT

pytestmark = pytest.mark.hosting
COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICE: Final[dict[str, Any]] = COMPOSE["services"]["peerbot"]


def steps() -> Iterator[tuple[str, str]]:
    """The instructions of the Containerfile in order, each with what it is given."""
    text = (ROOT / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, given = line.split(maxsplit=1)
            yield word, given


def given(word: str) -> list[str]:
    """Everything that stands after one of the Containerfile's words."""
    return [each for name, each in steps() if name == word]


def confined(command: list[str], *more: str) -> str:
    """Return the line that runs a command of the image within compose.yaml's limits: systemd does as an engine."""
    image = [f"--setenv={each}" for each in given("ENV")]
    own = [f"--setenv={name}={value}" for name, value in SERVICE["environment"].items()]
    assert SERVICE["read_only"]
    assert SERVICE["cap_drop"] == ["ALL"]
    assert SERVICE["security_opt"] == ["no-new-privileges:true"]
    limits = {
        "User": given("USER")[0],
        "WorkingDirectory": given("WORKDIR")[0],
        "ReadOnlyPaths": "/",
        "ReadWritePaths": SERVICE["volumes"][0].split(":")[1],
        "TemporaryFileSystem": " ".join(SERVICE["tmpfs"]),
        "CapabilityBoundingSet": "",
        "NoNewPrivileges": "yes",
        "MemoryMax": SERVICE["mem_limit"].upper(),
        "TasksMax": SERVICE["pids_limit"],
        "LimitCORE": SERVICE["ulimits"]["core"],
        "TimeoutStopSec": SERVICE["stop_grace_period"],
        "BindReadOnlyPaths": " ".join(
            f"{COPY}/{COMPOSE['secrets'][name]['file']}:/run/secrets/{name}" for name in SERVICE["secrets"]
        ),
    }
    set_to = [f"--property={name}={value}" for name, value in limits.items()]
    entry = [f"/srv/peerbot/.venv/bin/{listed(given('ENTRYPOINT')[0])[0]}", *command]
    return shlex.join(["systemd-run", "--quiet", *image, *own, *set_to, *more, *entry])


def listed(text: str) -> list[str]:
    """Read a list as both files write one."""
    return [str(each) for each in yaml.safe_load(text)]


async def built(bots: Machine) -> None:
    """Do what an engine does with a Containerfile, in the machine itself."""
    ((base,),) = [re.findall(r"python:(3\.\d+)-slim$", each) for each in given("FROM")]
    assert base in (ROOT / "pyproject.toml").read_text("utf-8")
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for word, arguments in steps():
        if word == "COPY":
            *sources, target = arguments.split()
            assert not [each for each in sources if f"!{each}" not in kept]
            # A folder is copied as what it is to become, files into the folder that is named.
            copy = f"cp {arguments}" if target.endswith("/") else f"cp --recursive --no-target-directory {arguments}"
            await bots.does(f"mkdir -p /srv/peerbot\n{copy}", COPY)
        elif word == "RUN":
            await bots.does(arguments, "/")


async def test_the_image_s_steps_and_compose_s_limits_are_enough_and_no_more(tmp_path: Path, wire: Wire) -> None:
    async with machine(tmp_path) as bots:
        await built(bots)
        secrets, doctor, rekey = boxes(GUIDE, "In a container")
        prepare, _, up = secrets.strip().rpartition("\n")
        assert up.startswith("docker compose up ")
        await bots.does(prepare, COPY, typed=wire.token + "\n")
        await bots.does(
            f"""sed -i -e 's|^# api_url = .*|api_url = "{wire.api_url}"|' \
            -e 's|^# gateway_url = .*|gateway_url = "{wire.gateway_url}"|' secrets/config.toml""",
            COPY,
        )
        ask = f"PATH=/srv/peerbot/.venv/bin:$PATH {shlex.join(SERVICE['healthcheck']['test'][1:])}"
        assert (await bots.types(ask)).code != 0
        # With this systemd waits until the bot says that it is ready.
        await bots.does(confined(listed(given("CMD")[0]), "--unit=container", "--property=Type=notify"))
        assert wire.gateway.identifies == 1
        await bots.does(ask)
        kept = (await bots.does("ls /data")).split()
        assert "peerbot.sqlite" in kept
        assert "peerbot.key" not in kept
        inside = shlex.split(doctor)
        assert inside[:4] == ["docker", "compose", "exec", "peerbot"]
        await bots.does(confined(inside[5:], "--property=Type=oneshot"))
        await bots.does("systemctl stop container")
        assert (await bots.types("systemctl is-failed container")).out == "inactive\n"
        key = await bots.does("cat secrets/key", COPY)
        await bots.does(
            confined(
                ["rekey"],
                "--property=Type=oneshot",
                f"--property=BindPaths={COPY}/secrets:/secrets",
                "--setenv=PEERBOT_DATABASE_KEY_FILE=/secrets/key",
            )
        )
        assert await bots.does("cat secrets/key", COPY) != key
        assert "--volume ./secrets:/secrets --env PEERBOT_DATABASE_KEY_FILE=/secrets/key peerbot rekey" in rekey
