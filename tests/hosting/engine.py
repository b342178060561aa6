"""A container engine: Podman, with all it keeps in one folder, and the image that the Containerfile begins with."""

import asyncio
import os
import stat
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.meta.sources import ROOT

_PIPE: Final = asyncio.subprocess.PIPE
_DEBIAN: Final = "bookworm"
"""Its Python is the one of the image that the Containerfile names."""
_CONTAINERS: Final = """
[containers]
# The stand-in for Discord answers on this machine alone.
netns = "host"
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
runtime = "runc"
events_logger = "none"
"""
_STORAGE: Final = """
[storage]
driver = "overlay"
graphroot = "{folder}/images"
runroot = "{folder}/run"
"""
_COMPOSE: Final = """
services:
  peerbot:
    network_mode: host
    # More than a machine without CAP_SYS_RESOURCE may ask for is what Podman asks for by itself.
    ulimits: { nofile: 1024, nproc: 4096 }
"""
_DOCKER: Final = f"""#!/bin/sh
# `docker compose`, done by Podman.
test "$1" = compose && shift
exec {Path(sys.executable).with_name("podman-compose")} "$@"
"""
_BASE: Final = f"""
debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv {_DEBIAN} base
# What this machine trusts, the image trusts while packages are fetched.
cp -L /etc/ssl/certs/ca-certificates.crt base/etc/ssl/certs/
printf '[global]\\ncert = /etc/ssl/certs/ca-certificates.crt\\n' > base/etc/pip.conf
tar -C base -c . | podman import - "$IMAGE"
rm -r base
"""
_COPY: Final = "tar --exclude=./.git --exclude=./.venv --exclude=__pycache__ -c . | tar -C {project} -x"


@dataclass(frozen=True)
class Engine:
    """A shell beside the engine, in a copy of the project."""

    project: Path
    env: dict[str, str]

    async def does(self, script: str, typed: str = "", folder: Path | None = None) -> str:
        """Type lines, and `typed` at whatever asks for input; see them succeed, and return what they print."""
        shell = await asyncio.create_subprocess_exec(
            *("bash", "-ec", script), cwd=folder or self.project, stdin=_PIPE, stdout=_PIPE, stderr=_PIPE, env=self.env
        )
        out, err = await shell.communicate(typed.encode())
        assert shell.returncode == 0, (script, out.decode(), err.decode())
        return out.decode()


@asynccontextmanager
async def engine(image: str) -> AsyncGenerator[Engine]:
    """Have an engine that knows `image`, made of a small Debian; everything it made is gone afterwards. Needs root."""
    # The paths of its sockets have to be short.
    with tempfile.TemporaryDirectory(prefix="pod") as made:
        folder = Path(made)
        for name, text in {
            "containers.conf": _CONTAINERS,
            "storage.conf": _STORAGE.format(folder=folder),
            "here.yaml": _COMPOSE,
            "docker": _DOCKER,
        }.items():
            (folder / name).write_text(text, "utf-8")
        (folder / "docker").chmod(stat.S_IRWXU)
        project = folder / "peerbot"
        project.mkdir()
        known = {name: value for name, value in os.environ.items() if not name.startswith("PEERBOT_")}
        env = known | {
            "PATH": f"{folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "CONTAINERS_CONF": str(folder / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf"),
            "COMPOSE_FILE": f"compose.yaml:{folder / 'here.yaml'}",
            "IMAGE": image,
        }
        here = Engine(project, env)
        try:
            await here.does(_COPY.format(project=project), folder=ROOT)
            await here.does(_BASE, folder=folder)
            yield here
        finally:
            await here.does("podman rm --all --force\npodman rmi --all --force\npodman volume rm --all --force")
