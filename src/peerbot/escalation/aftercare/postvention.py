"""After a death, or a fear of one: nothing automatic goes out about an account any more, until a lead takes it back."""

from dataclasses import dataclass
from datetime import datetime

from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotAllowed
from peerbot.escalation.aftercare import next_day_store
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.servers.service import Servers


@dataclass(frozen=True, slots=True)
class Silence:
    """An account, and since when nothing goes out about it; `since` is None while it is as any other."""

    user_id: int
    since: datetime | None


class Postvention:
    """Use cases of leads and deputies. The look before each message is in `engine.silence`."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Ask `servers` who belongs to the team."""
        self._desk = desk
        self._servers = servers

    async def propose(self, actor: Actor, user_id: int) -> Silence:
        """Return how things stand, before anything is changed.

        Raises:
            NotAllowed: unless the person is lead or deputy; and about oneself.
            Invalid: for somebody of the team: pages to them would be counted on and not arrive.
        """
        await self._may(self._desk.reads, actor, user_id)
        return Silence(user_id, await silence.since(self._desk.reads, actor.here, user_id))

    async def begin(self, actor: Actor, user_id: int) -> Silence:
        """Let nothing automatic go out about an account. Doing it twice changes nothing.

        Raises:
            PeerbotError: as `propose`.
        """
        async with self._desk.transaction() as work:
            await self._may(work, actor, user_id)
            if await silence.keep(work, actor.here, user_id, work.now):
                await next_day_store.forget_person(work, actor.here, user_id)
                await self._servers.acted(work, actor, "silenced")
            return Silence(user_id, await silence.since(work, actor.here, user_id))

    async def end(self, actor: Actor, user_id: int) -> Silence:
        """Take it back. What was not sent meanwhile is not sent later. Doing it twice changes nothing.

        Raises:
            NotAllowed: unless the person is lead or deputy.
        """
        async with self._desk.transaction() as work:
            require("postvention", await self._servers.parts(work, actor))
            if await silence.lift(work, actor.here, user_id):
                await self._servers.acted(work, actor, "silence-ended")
            return Silence(user_id, None)

    async def _may(self, reads: Reads | Work, actor: Actor, user_id: int) -> None:
        require("postvention", await self._servers.parts(reads, actor))
        if user_id == actor.user_id:
            raise NotAllowed
        if user_id in await self._servers.team(reads, actor.here, *ON_CALL, "coordinator"):
            raise Invalid(text="postvention-team")
