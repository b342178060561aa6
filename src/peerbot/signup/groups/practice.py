"""A group for one practice meeting: the team itself, so that all have seen a room before anybody needs one."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine import silence
from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.engine.errors import Invalid
from peerbot.engine.texts import say
from peerbot.engine.tokens import new_id
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.groups import store as group_store
from peerbot.signup.groups.life import ENDS
from peerbot.signup.groups.service import refuse_taken_name
from peerbot.signup.rules import ENDS_AFTER_LAST_DAY, FEWEST_PLACES, MOST_PLACES, Group
from peerbot.signup.seating import Seating

_AT_THE_TABLE: Final = ("lead", "deputy", "moderator", "coordinator")


@dataclass(frozen=True, slots=True)
class Players:
    """Who takes part: those who would hold a room, and those who sit in it as members do."""

    facilitators: tuple[int, ...]
    members: tuple[int, ...]


class PracticeGroups:
    """Steps of a practice meeting that belong to groups. Each is part of a use case's transaction."""

    def __init__(self, servers: Servers, seating: Seating) -> None:
        """Ask `servers` who is on the team; `seating` gives the seats."""
        self._servers = servers
        self._seating = seating

    async def players(self, reads: Reads, server_id: int, user_id: int) -> Players:
        """Return who would take part if somebody began it: the team, and they themselves.

        Raises:
            Invalid: while the team has no facilitator: no room opens without one.
        """
        holding = await self._servers.team(reads, server_id, "facilitator")
        others = {*await self._servers.team(reads, server_id, *_AT_THE_TABLE), user_id} - set(holding)
        left_out = await silence.among(reads, server_id, {*holding, *others})
        facilitators = tuple(each for each in holding if each not in left_out)
        if not facilitators:
            raise Invalid(text="practice-no-facilitator")
        return Players(facilitators, tuple(sorted(others - left_out))[:MOST_PLACES])

    async def make(self, work: Work, server_id: int, players: Players, starts_at: datetime) -> Group:
        """Make a group that nobody finds, with everybody in it, whose last meeting starts at an instant (UTC).

        Raises:
            Invalid: while the last such group has not ended.
        """
        places = max(FEWEST_PLACES, len(players.members))
        group = Group(
            new_id(),
            server_id,
            say("practice-group"),
            say("practice-group-about"),
            "text",
            places,
            say("practice-group-language"),
            "open",
            None,
            private=True,
            tasters=False,
        )
        await refuse_taken_name(work, group)
        await store.add_group(work, group, work.now)
        for user_id in players.facilitators:
            await store.add_facilitator(work, group, user_id, work.now)
            await work.record("facilitator.added", server=server_id, group=group.id, user=user_id)
        for user_id in players.members:
            queue = await self._seating.settle(work, group)
            await self._seating.give(work, group, user_id, queue.free[0])
        # It ends by itself, as a group does whose end was announced: from now on nobody can come into it.
        ends_at = starts_at + ENDS_AFTER_LAST_DAY + timedelta(minutes=1)
        group = replace(group, ends_at=ends_at)
        await group_store.save(work, group)
        await work.set_timer(ENDS, group.id, ends_at, server_id)
        await work.record("group.created", server=server_id, group=group.id)
        return group
