"""What waits to be looked at again: urgent concerns a week after closing, and what one person did alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.desk import Desk
from peerbot.escalation import store
from peerbot.escalation.aftercare.service import Aftercare
from peerbot.escalation.rules import Level
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import REVIEW_AFTER, REVIEW_AT_ONCE
from peerbot.escalation.sign_offs.service import SignOffs
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers

_ALONE: Final = "alone:"


@dataclass(frozen=True, slots=True)
class Review:
    """One of them. `key` names it in a menu; `alone`: it is about what one person did alone."""

    key: str
    concern: Concern
    alone: bool


class Reviews:
    """Use cases of leads and deputies. Each is told once by itself; here it waits until somebody has looked."""

    def __init__(self, desk: Desk, servers: Servers, aftercare: Aftercare, sign_offs: SignOffs) -> None:
        """Leave it to `aftercare` and `sign_offs` who may look at what."""
        self._desk = desk
        self._servers = servers
        self._aftercare = aftercare
        self._sign_offs = sign_offs

    async def waiting(self, actor: Actor) -> Sequence[Review]:
        """Return what waits for this person, the oldest first: nothing unless they lead, or if it is about them."""
        reads, now = self._desk.reads, self._desk.now
        if actor.user_id not in await self._servers.team(reads, actor.here, "lead", "deputy"):
            return ()
        closed = await store.to_review(reads, actor.here, int(Level.URGENT), now - REVIEW_AFTER)
        alone = await sign_off_store.to_review(reads, actor.here, now - REVIEW_AFTER, now - REVIEW_AT_ONCE)
        found = [Review(concern.id, concern, alone=False) for concern in closed]
        for asked in alone:
            concern = await store.load(reads, asked.concern_id)
            if concern is not None and not concern.sealed and asked.asked_by != actor.user_id:
                found.append(Review(f"{_ALONE}{asked.id}", concern, alone=True))
        return [each for each in found if actor.user_id not in {each.concern.raiser_id, each.concern.subject_id}]

    async def looked(self, actor: Actor, key: str) -> Concern:
        """*I have looked at it*, chosen from the list.

        Raises:
            NotFound: unless the person is one of those who may.
        """
        if key.startswith(_ALONE):
            return (await self._sign_offs.review(actor, key.removeprefix(_ALONE))).concern
        return await self._aftercare.reviewed(actor, key)
