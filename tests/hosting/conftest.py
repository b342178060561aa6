"""Discord's stand-in at the other end of a socket, with one server, for a bot on a machine of its own."""

from collections.abc import AsyncGenerator

import pytest

from bench.wire import Wire
from bench.wire.limits import Limits
from peerbot.servers import rules


@pytest.fixture
async def wire() -> AsyncGenerator[Wire]:
    wire = Wire(limits=Limits(per_second=None))
    await wire.start()
    wire.world.add_server("Harbour Street", int(rules.INVITED_WITH))
    yield wire
    await wire.close()
