"""What the team hears of a concern besides its pages: its number, never who it is about."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.ports import Alerts, SharedServers
from peerbot.engine.tokens import new_id
from peerbot.escalation import store
from peerbot.escalation.answering import leads_for
from peerbot.escalation.limits import lead_list
from peerbot.escalation.rota import duty_store
from peerbot.escalation.store import Concern
from peerbot.servers.rules import STAFF_CHANNELS
from peerbot.servers.service import Servers

_TOLD: Final = "escalation.staff_told"
_QUESTION: Final = "_asked"
"""How the names of cards end that ask for a second person."""
_WAITS_FOR_THE_LIST: Final = frozenset({"escalation.withdrawn", "escalation.unreachable", "escalation.added"})
"""Not said of a concern on the lead's list: or raising and taking back would be a way to write to all."""


class StaffChannel:
    """Posts in the moderators' channel; where that cannot be, writes to those who were paged."""

    def __init__(self, desk: Desk, servers: Servers, shared: SharedServers, alerts: Alerts) -> None:
        """Ask `servers` which channel that is, `shared` who owns a server, `alerts` who is reached outside Discord."""
        self._servers = servers
        self._shared = shared
        self._alerts = alerts
        desk.handlers.on_report(_TOLD, self._told)
        desk.handlers.on_refusal("channel.person", self._access_refused)

    async def post(
        self, work: Work, concern: Concern, card: str, says: Mapping[str, int | str] = MappingProxyType({})
    ) -> None:
        """Post a card about a concern, which `says` something; by message, if whom it is about reads that channel."""
        if concern.on_lead_list:
            await self._to_leads(work, concern, card)
            return
        server = await self._servers.load(work, concern.server_id)
        if server.moderators_channel_id is None or await self.shows_to_subject(work, concern, "moderators"):
            await self._by_message(work, concern, card, says)
            return
        await self._enqueue(work, concern, card, {**says, "channel": server.moderators_channel_id})

    async def shows_to_subject(self, reads: Reads, concern: Concern, which: str) -> bool:
        """Return whether the person a concern is about reads that staff channel: by their part, or as the owner."""
        if concern.about_other is None:
            return False
        readers = await self._servers.team(reads, concern.server_id, *STAFF_CHANNELS[which])
        return concern.about_other in readers or self.is_about_owner(concern)

    def is_about_owner(self, concern: Concern) -> bool:
        """Return whether it is about the owner of the server, who sees every channel there is."""
        return concern.about_other is not None and concern.about_other == self._shared.owner_of(concern.server_id)

    async def _to_leads(self, work: Work, concern: Concern, card: str) -> None:
        """On the lead's list: only what needs an answer is said, to those who see the list."""
        if card not in _WAITS_FOR_THE_LIST:
            for user_id in sorted(await lead_list.readers(work, self._servers, concern)):
                await self._enqueue(work, concern, card, {"user": user_id})

    async def missing(self, work: Work, concern: Concern, which: str) -> None:
        """Tell the owner and the leads, once for each concern and by every way, that a staff channel cannot be used."""
        leads = await self._servers.team(work, concern.server_id, "lead", "deputy")
        owner = self._shared.owner_of(concern.server_id)
        people = {*leads} if owner is None else {*leads, owner}
        for user_id in people - {concern.raiser_id, concern.about_other}:
            await work.enqueue(
                Intent(
                    key=f"concern:{concern.id}:no_channel:{which}:{user_id}",
                    kind="dm",
                    lane=Lane.CONCERN,
                    server_id=concern.server_id,
                    data={
                        "user": user_id,
                        "card": "escalation.no_channel",
                        "which": which,
                        "practice": concern.practice,
                    },
                )
            )
            if not concern.practice:
                await self._alert(work, concern, which, user_id)

    async def _alert(self, work: Work, concern: Concern, which: str, user_id: int) -> None:
        for place in range(self._alerts.ways_of(user_id)):
            await work.enqueue(
                Intent(
                    key=f"concern:{concern.id}:no_channel:{which}:{user_id}:{place}",
                    kind="alert",
                    lane=Lane.CONCERN,
                    server_id=concern.server_id,
                    data={"person": user_id, "place": place, "card": "escalation.no_channel_alert"},
                )
            )

    async def missing_ahead(self, work: Work, server_id: int, which: str) -> None:
        """Tell the owner and the leads, once a day at most, of a staff channel that nobody has needed yet."""
        await self._say_ahead(work, server_id, "no_channel", which)

    async def _access_refused(self, work: Work, intent: Leased, code: int) -> None:
        """Who reads a staff channel could not be changed: who left the team may read on, and who came may not yet."""
        _ = code
        if intent.data["access"] == "servers.staff" and intent.server_id is not None:
            await self._say_ahead(work, intent.server_id, "staff_access", str(intent.data["which"]))

    async def _say_ahead(self, work: Work, server_id: int, card: str, which: str) -> None:
        leads = await self._servers.team(work, server_id, "lead", "deputy")
        for user_id in {*leads, self._shared.owner_of(server_id)} - {None}:
            await work.enqueue(
                Intent(
                    key=f"{card}:{server_id}:{which}:{work.now:%Y-%m-%d}:{user_id}",
                    kind="dm",
                    lane=Lane.CLOSING,  # Nobody is in need yet: no concern waits for this.
                    server_id=server_id,
                    data={"user": user_id, "card": f"escalation.{card}", "which": which, "ahead": True},
                )
            )

    async def refused(self, work: Work, concern: Concern, channel_id: int) -> None:
        """A staff channel took no message."""
        server = await self._servers.load(work, concern.server_id)
        which = "moderators" if channel_id == server.moderators_channel_id else "facilitators"
        await self.missing(work, concern, which)

    async def _told(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        concern = await store.load(work, str(intent.data["concern"]))
        if concern is not None and isinstance(result, Finish) and result.state == "failed":
            if not result.seen:
                await self.refused(work, concern, int(intent.data["channel"]))
            says = {name: value for name, value in intent.data.items() if name != "channel"}
            await self._by_message(work, concern, str(intent.data["card"]), says)

    async def _by_message(self, work: Work, concern: Concern, card: str, says: Mapping[str, int | str]) -> None:
        team = set(await self._servers.team(work, concern.server_id, *STAFF_CHANNELS["facilitators"]))
        people = await duty_store.alerted(work, concern.id) & team
        if card.endswith(_QUESTION):  # Whoever may agree has to hear that somebody asks.
            people |= await leads_for(work, self._servers, concern)
        for user_id in sorted(people):
            await self._enqueue(work, concern, card, {**says, "user": user_id})

    async def _enqueue(self, work: Work, concern: Concern, card: str, where: Mapping[str, int | str]) -> None:
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:{card}:{new_id()}",
                kind="post" if "channel" in where else "dm",
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={**where, "card": card, "concern": concern.id},
                report=_TOLD if "channel" in where else None,
            )
        )
