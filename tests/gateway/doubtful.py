"""Ways in which a call to Discord, or the process that made it, ends in doubt."""

from collections.abc import Mapping

from peerbot.engine import outbox
from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Leased
from peerbot.gateway.http import UncertainResponse
from peerbot.gateway.sender import Carrier
from tests.gateway.stage import Stage


class Doubtful:
    """A carrier whose answers are lost on the way back, or whose calls are lost on the way there."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self.safe = carrier.safe
        self.calls = carrier.calls
        self.lost: list[str] = []

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        lost = self.lost.pop(0) if self.lost else ""
        if lost == "call":
            raise UncertainResponse
        result = await self.carrier.carry(intent)
        if lost == "answer":
            raise UncertainResponse
        return result

    async def look(self, intent: Leased) -> Delivered | Absent:
        return await self.carrier.look(intent)


def doubtful(carriers: Mapping[str, Carrier]) -> Mapping[str, Carrier]:
    return {kind: Doubtful(carrier) for kind, carrier in carriers.items()}


def lose(stage: Stage, kind: str, *lost: str) -> None:
    """Let the next results of this kind be lost: "call", "answer", or "" for none."""
    carrier = stage.sender._carriers[kind]
    assert isinstance(carrier, Doubtful)
    carrier.lost = list(lost)


async def crash_after(stage: Stage, *, acted: bool) -> None:
    """The process ends between the effect and its record, or before the effect; a new one starts."""
    async with stage.desk.transaction() as work:
        [leased] = await outbox.lease(work, work.now, 9)
    if acted:
        await stage.sender._carriers[leased.kind].carry(leased)
    await stage.restart()
