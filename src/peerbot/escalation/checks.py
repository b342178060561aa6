"""What of escalation could stop the bot from keeping its word: who is reached, when nobody is on duty, old numbers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.engine.ports import Alerts
from peerbot.engine.texts import moment, person, say
from peerbot.escalation import crisis
from peerbot.escalation.crisis import Age
from peerbot.escalation.drill import store as drill_store
from peerbot.escalation.rooms import side_store
from peerbot.escalation.rooms.side_rooms import LATEST, SIDE_ROOM_KEPT
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota.cover import ON_CALL, reached_until
from peerbot.escalation.rota.rules import merged
from peerbot.escalation.ways.proving import Proving
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server
from peerbot.servers.service import Servers

_LOOKED_AHEAD: Final = timedelta(days=7)
_PRACTISED_EVERY: Final = timedelta(days=90)
"""A practice each quarter keeps a rota honest (domain.md §4.9)."""


class EscalationChecks:
    """The checks of this pillar."""

    def __init__(self, desk: Desk, servers: Servers, proving: Proving, alerts: Alerts) -> None:
        """Look through what each of them knows."""
        self._desk = desk
        self._servers = servers
        self._proving = proving
        self._alerts = alerts

    def all(self) -> Sequence[Check]:
        """Return what /doctor looks at, in the order in which it is shown."""
        return (
            self.team_reachable,
            self.hours_on_duty,
            self.practised,
            self.side_rooms,
            self.crisis_numbers,
            self.alerts_in_use,
        )

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

    async def hours_on_duty(self, server: Server) -> Sequence[Finding]:
        """Whether somebody is on the rota at every hour of the coming week."""
        now = self._desk.now
        plan = await rota_store.plan(self._desk.reads, server.id)
        until = now + _LOOKED_AHEAD
        nobody = merged([*plan.gaps(now, until), *plan.unplanned(now, until)])
        hours = round(sum((span.ends_at - span.starts_at for span in nobody), timedelta()) / timedelta(hours=1))
        if not hours:
            return [Finding("duty")]
        values = {"hours": hours, "first": moment(max(nobody[0].starts_at, now))}
        return [Finding("duty", Health.WARNED, "doctor-hours", values)]

    async def practised(self, server: Server) -> Sequence[Finding]:
        """Whether the whole chain was practised of late."""
        latest = await drill_store.latest(self._desk.reads, server.id)
        if latest is None:
            return [Finding("practice", Health.WARNED, "doctor-never-practised")]
        if self._desk.now - latest.started_at > _PRACTISED_EVERY:
            values = {"last": moment(latest.started_at, "D")}
            return [Finding("practice", Health.WARNED, "doctor-practised-long-ago", values)]
        return [Finding("practice")]

    async def side_rooms(self, server: Server) -> Sequence[Finding]:
        """Whether every side room is gone that had to go."""
        before = self._desk.now - SIDE_ROOM_KEPT - LATEST
        late = await side_store.deletions_late(self._desk.reads, server.id, before)
        if not late:
            return [Finding("side-rooms")]
        return [Finding("side-rooms", Health.BROKEN, "doctor-side-room-stays", {"rooms": late})]

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
