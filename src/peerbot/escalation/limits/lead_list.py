"""The lead's list: concerns that paged nobody. Leads see it in /escalation list and hear of it once a day, quietly."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.ports import SharedServers
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.escalation import store
from peerbot.escalation.limits import rules as limit_rules
from peerbot.escalation.limits import store as limit_store
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.rota.cover import ON_CALL
from peerbot.escalation.store import Concern
from peerbot.servers.rules import STAFF_CHANNELS
from peerbot.servers.service import Servers

_DUE: Final = "lead-list.due"
_TOLD: Final = "escalation.lead_list_told"


async def readers(reads: Reads, servers: Servers, concern: Concern) -> frozenset[int]:
    """Return who sees a concern that paged nobody: leads and deputies.

    About one of them it is the others on call: a line is skipped wholly, so nobody judges a colleague's case alone.
    """
    people = frozenset(await servers.team(reads, concern.server_id, "lead", "deputy"))
    if concern.about_other in people:
        people = frozenset(await servers.team(reads, concern.server_id, *ON_CALL))
    return people - {concern.raiser_id, concern.subject_id}


async def waiting_for(reads: Reads, servers: Servers, server_id: int, user_id: int) -> Sequence[Concern]:
    """Return the concerns on the lead's list that one person sees."""
    concerns = [concern for concern in await store.not_closed(reads, server_id) if concern.on_lead_list]
    return [concern for concern in concerns if user_id in await readers(reads, servers, concern)]


class LeadList:
    """Tells the leads of their list: at once when the last note is a day old, and each day something is left on it."""

    def __init__(self, desk: Desk, servers: Servers, shared: SharedServers) -> None:
        """Ask `servers` who leads, `shared` who owns a server; listen for the clock, and for what did not arrive."""
        self._servers = servers
        self._shared = shared
        desk.handlers.on_timer(_DUE, self._due)
        desk.handlers.on_report(_TOLD, self._told)

    async def add(self, work: Work, concern: Concern) -> None:
        """A concern has come onto the list."""
        at = limit_rules.next_note(await limit_store.told_at(work, concern.server_id), work.now)
        await work.set_timer(_DUE, str(concern.server_id), at, concern.server_id)

    async def _due(self, work: Work, timer: Timer) -> None:
        server_id = int(timer.subject)
        told, turn = 0, new_id()
        for user_id in sorted(await self._servers.team(work, server_id, *ON_CALL)):
            if await waiting_for(work, self._servers, server_id, user_id):
                await self._tell(work, server_id, turn, {"user": user_id})
                told += 1
        if told:
            await limit_store.tell(work, server_id, work.now)
        if any(concern.held is not Held.NO for concern in await store.not_closed(work, server_id)):
            # One that somebody has taken may come back onto the list.
            await work.set_timer(_DUE, timer.subject, work.now + limit_rules.TOLD_EVERY, server_id)

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Who takes no direct messages finds it in the moderators' channel, unless the one it is about reads that."""
        server_id = intent.server_id
        if server_id is None or isinstance(result, Delivered):
            return
        server = await self._servers.load(work, server_id)
        team = await self._servers.team(work, server_id, *STAFF_CHANNELS["moderators"])
        channel_readers = {*team, self._shared.owner_of(server_id)} - {None}
        listed = await waiting_for(work, self._servers, server_id, int(intent.data["user"]))
        if server.moderators_channel_id is not None and not any(c.about_other in channel_readers for c in listed):
            where = {"channel": server.moderators_channel_id, "for": int(intent.data["user"])}
            await self._tell(work, server_id, str(intent.data["turn"]), where)

    @staticmethod
    async def _tell(work: Work, server_id: int, turn: str, where: dict[str, int]) -> None:
        """Write to one lead; or, once in a turn whoever it is for, in the channel."""
        who = where.get("user") or f"channel:{where['channel']}"
        await work.enqueue(
            Intent(
                key=f"lead-list:{server_id}:{turn}:{who}",
                kind="dm" if "user" in where else "post",
                # Not a page: it goes with what can wait.
                lane=Lane.REMINDER,
                server_id=server_id,
                data={**where, "server": server_id, "turn": turn, "card": "escalation.lead_list"},
                report=_TOLD if "user" in where else None,
                not_after=work.now + limit_rules.TOLD_EVERY,
            )
        )
