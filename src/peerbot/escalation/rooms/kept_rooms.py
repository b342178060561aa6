"""Rooms that an urgent concern is tied to: who may decide to keep one, and what the concern says came of it."""

from typing import Final

from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.escalation import store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.rota import duty_store
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.meetings.around import Tie
from peerbot.servers.service import Servers

_HELD: Final = "room.held"
_LET_GO: Final = "room.let-go"


class KeptRooms:
    """Tells *meetings* what a room is tied to, and hears from it what became of the room."""

    def __init__(self, desk: Desk, servers: Servers, staff: StaffChannel) -> None:
        """Listen for what *meetings* tells; pass it on to the team through `staff`."""
        self._servers = servers
        self._staff = staff
        desk.handlers.on_fact(_HELD, self._held)
        desk.handlers.on_fact(_LET_GO, self._let_go)

    async def tie(self, reads: Reads, channel_id: int) -> Tie | None:
        """Return who may decide to keep a room: leads, deputies, and moderators who have to do with the concern.

        Nobody who raised one or whom one is about decides. None, if no concern from the room is urgent and open.
        """
        concerns = await store.urgent_in_room(reads, channel_id)
        if not concerns:
            return None
        server_id = concerns[0].server_id
        people = set(await self._servers.team(reads, server_id, "lead", "deputy"))
        moderators = set(await self._servers.team(reads, server_id, "moderator"))
        for concern in concerns:
            people |= moderators & {*await duty_store.alerted(reads, concern.id), concern.taken_by}
        people -= {each for concern in concerns for each in (concern.raiser_id, concern.subject_id)}
        discreet = any([await self._staff.shows_to_subject(reads, concern, "moderators") for concern in concerns])
        return Tie(tuple(sorted(people)), discreet)

    async def _held(self, work: Work, fact: Fact) -> None:
        for concern in await store.urgent_in_room(work, int(fact.data["channel"])):
            for user_id in fact.data["people"]:
                await acts_store.note_act(work, concern, "room_kept", int(user_id), work.now)
            await self._staff.post(work, concern, "escalation.room_kept")

    async def _let_go(self, work: Work, fact: Fact) -> None:
        for concern in await store.urgent_in_room(work, int(fact.data["channel"])):
            await acts_store.note_act(work, concern, "room_gone", None, work.now)
            await self._staff.post(work, concern, "escalation.room_gone")
