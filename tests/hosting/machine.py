"""A machine beside this one, with a real systemd, on which a test types what the guide says. See machine.sh."""

import asyncio
import os
import select
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_PIPE: Final = asyncio.subprocess.PIPE
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""The system's own programs: a Python in somebody's home is hidden from the bot."""
COPY: Final = "/root/peerbot.git"
"""Where the machine finds the project, as the address in the guide leads to a copy somewhere."""
_PREPARE: Final = f"""
mkdir -p {COPY} /srv
tar -C /run/checkout --exclude=./.git --exclude=./.venv --exclude=__pycache__ -c . | tar -C {COPY} -x
cd {COPY}
git init -q
git add .
git -c user.name=a -c user.email=a@example.org commit -qm copied
git config --global url.{COPY}.insteadOf https://example.org/your-copy/peerbot.git
"""


@dataclass(frozen=True)
class Typed:
    """What came of a command."""

    code: int
    out: str
    err: str


class Machine:
    """A root shell on the machine."""

    def __init__(self, init: int) -> None:
        self._init = init

    async def types(self, script: str, folder: str = "/srv/peerbot", typed: str = "") -> Typed:
        """Type lines at a shell in `folder`, and `typed` at whatever asks for input. The first failure ends it."""
        command = ["nsenter", "--target", str(self._init), "--mount", "--pid", "--uts", "--ipc", "--cgroup"]
        known = {name: value for name, value in os.environ.items() if not name.startswith("PEERBOT_")}
        known["PATH"] = _PATH
        shell = await asyncio.create_subprocess_exec(
            *command, "bash", "-ec", f"cd {folder}\n{script}", stdin=_PIPE, stdout=_PIPE, stderr=_PIPE, env=known
        )
        out, err = await shell.communicate(typed.encode())
        return Typed(shell.returncode or 0, out.decode(), err.decode())

    async def does(self, script: str, folder: str = "/srv/peerbot", typed: str = "") -> str:
        """Type lines, see them succeed, and return what they print."""
        done = await self.types(script, folder, typed)
        assert done.code == 0, (script, done, await self.types("journalctl --no-pager --lines 60", "/"))
        return done.out


@asynccontextmanager
async def machine(folder: Path) -> AsyncGenerator[Machine]:
    """Start a machine, copy the project to it, and end it. Needs root."""
    group = _cgroup() / f"peerbot-test-{os.getpid()}"
    started = await asyncio.create_subprocess_exec(
        str(_HERE / "machine.sh"), str(folder), str(group), stdout=_PIPE, stderr=_PIPE
    )
    assert started.stdout is not None
    try:
        ready = await started.stdout.readline()
        assert ready == b"ready\n", await started.communicate()
        inside = Machine(*_children(started.pid))
        await inside.does("timeout 60 sh -c 'until systemctl --quiet is-system-running; do sleep 0.1; done'", "/")
        await inside.does(_PREPARE, "/")
        yield inside
    finally:
        _end(started.pid, group)
        await started.wait()


def _cgroup() -> Path:
    """Return where the second version of control groups is mounted."""
    mounts = (line.split() for line in Path("/proc/self/mounts").read_text("utf-8").splitlines())
    return next(Path(at) for _, at, kind, *_ in mounts if kind == "cgroup2")


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()]


def _end(outer: int, group: Path) -> None:
    inits = [os.pidfd_open(child) for child in _children(outer)]
    os.kill(outer, 9)
    for init in inits:
        select.select([init], [], [])  # When the first process of a machine is gone, so are all others.
        os.close(init)
    for each, _, _ in os.walk(group, topdown=False):
        Path(each).rmdir()
