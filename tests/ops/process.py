"""`peerbot run` in a process of its own, with a stand-in app: `python -m tests.ops.process MODE CONFIG API`."""

import asyncio
import sys
from pathlib import Path

from peerbot.cli import main
from peerbot.engine.clock import Clock
from peerbot.ops.serving import Outside
from tests.ops.stand_ins import StandInApp, for_ever, opens


async def works(_token: str) -> None:
    """Say so, and go on until told to end."""
    print("working", flush=True)  # noqa: T201 - the test waits for it
    await for_ever()


class HangingApp(StandInApp):
    """Never finishes closing."""

    async def close(self) -> None:
        await asyncio.shield(asyncio.ensure_future(for_ever()))


async def open_hanging(path: Path, key: bytes, clock: Clock) -> StandInApp:
    app = await opens(works)(path, key, clock)
    return HangingApp(app.database, works, clock)


if __name__ == "__main__":
    mode, config, api = sys.argv[1:]
    outside = {
        "works": Outside(opens(works), api),
        "hangs": Outside(open_hanging, api, longest_end=0.3),
    }[mode]
    sys.exit(main(["run", "--config", config], outside))
