"""What could stop the bot from keeping its word, looked at when somebody asks: each with what to do."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.desk import Desk
from peerbot.engine.ports import Alerts, Channels
from peerbot.engine.texts import person, say
from peerbot.escalation import crisis
from peerbot.escalation.crisis import Age
from peerbot.escalation.rota.cover import ON_CALL, reached_until
from peerbot.escalation.ways.proving import Proving
from peerbot.servers.rules import Server
from peerbot.servers.service import Servers


class Health(StrEnum):
    """How something is."""

    WELL = "well"
    WARNED = "warned"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `text` names the sentence that says what to do, in `values` what it is about."""

    check: str
    health: Health = Health.WELL
    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict[str, object])


class Doctor:
    """The use case of /doctor."""

    def __init__(self, desk: Desk, servers: Servers, proving: Proving, alerts: Alerts, channels: Channels) -> None:
        """Look through what each of them knows."""
        self._desk = desk
        self._servers = servers
        self._proving = proving
        self._alerts = alerts
        self._channels = channels

    async def look(self, actor: Actor) -> Sequence[Finding]:
        """Return what every check found, in their order.

        Raises:
            NotAllowed: unless the person manages the server or is its lead.
            NotSetUp: before /setup.
        """
        reads = self._desk.reads
        require("server.doctor", await self._servers.parts(reads, actor))
        server = await self._servers.load(reads, actor.here)
        return [finding for check in CHECKS for finding in await check(self, server)]

    async def staff_channels(self, server: Server) -> Sequence[Finding]:
        """Whether pages and notices can be written where the team reads them."""
        channels = {"moderators": server.moderators_channel_id, "facilitators": server.facilitators_channel_id}
        found = {
            which: "gone" if channel_id is None else self._channels.state_of(server.id, channel_id)
            for which, channel_id in channels.items()
        }
        broken = [
            Finding("channels", Health.BROKEN, f"doctor-channel-{state}", {"which": say(f"staff-channel-{which}")})
            for which, state in found.items()
            if state != "there"
        ]
        return broken or [Finding("channels")]

    async def team_reachable(self, server: Server) -> Sequence[Finding]:
        """Whether each of the team is known to be reached, and by which ways not: who is not is no cover anywhere."""
        reads, now = self._desk.reads, self._desk.now
        team = await self._servers.team(reads, server.id, *ON_CALL)
        reached = await reached_until(reads, self._servers, server.id, now)
        found: list[Finding] = []
        for proof in await self._proving.proofs(reads, server.id, team):
            if proof.unproven:
                health = Health.BROKEN if len(proof.unproven) == len(proof.ways) else Health.WARNED
                ways = ", ".join(say(f"way-{way}") for way in proof.unproven)
                found.append(
                    Finding("team", health, "doctor-unproven", {"person": person(proof.user_id), "ways": ways})
                )
            if len(proof.unproven) < len(proof.ways) and reached.get(proof.user_id, now) <= now:
                found.append(Finding("team", Health.BROKEN, "doctor-unseen", {"person": person(proof.user_id)}))
        return found or [Finding("team")]

    async def crisis_numbers(self, server: Server) -> Sequence[Finding]:
        """Whether the numbers of the crisis card were compared with their source of late."""
        return [
            Finding(
                "crisis",
                Health.BROKEN if entry.age is Age.PLEASE_CHECK else Health.WARNED,
                f"doctor-crisis-{entry.age.value}",
                {"name": entry.service.name, "days": entry.days},
            )
            for entry in crisis.ageing(self._desk.now, server.country)
        ] or [Finding("crisis")]

    async def alerts_in_use(self, server: Server) -> Sequence[Finding]:
        """Whether the operator still has somebody alerted who is on no team: how many, never who."""
        _ = server
        people = self._alerts.people()
        left = [user_id for user_id in people if not await self._servers.on_any_team(self._desk.reads, user_id)]
        return (
            [Finding("alerts", Health.WARNED, "doctor-alerts", {"count": len(left)})] if left else [Finding("alerts")]
        )


CHECKS: Final[tuple[Callable[[Doctor, Server], Awaitable[Sequence[Finding]]], ...]] = (
    Doctor.staff_channels,
    Doctor.team_reachable,
    Doctor.crisis_numbers,
    Doctor.alerts_in_use,
)
"""Every check there is: a new one is a line here, and its sentences."""
