"""Saying that one would rather write than speak, and what that changes. Nobody is ever told who said so."""

from collections.abc import Sequence

from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.signup.writing import rules, store
from peerbot.signup.writing.rules import HowMany, T


class Writing:
    """What higher pillars and the list of groups ask."""

    @staticmethod
    async def wanted(reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether somebody would rather write."""
        return await store.wants(reads, server_id, user_id)

    @staticmethod
    async def choose(work: Work, server_id: int, user_id: int, *, writes: bool) -> None:
        """Keep that somebody would rather write, or forget it.

        In a group or in none: who looks for their first one needs it most. It goes when they leave the server.
        """
        await (store.add if writes else store.remove)(work, server_id, user_id)

    @staticmethod
    async def in_order(reads: Reads, server_id: int, user_id: int, groups: Sequence[T]) -> Sequence[T]:
        """Return a list of groups in the order that suits somebody: in writing first, for who would rather write."""
        return rules.writing_first(groups) if await store.wants(reads, server_id, user_id) else groups

    @staticmethod
    async def how_many(reads: Reads, group_id: str, members: Sequence[int]) -> HowMany:
        """Return how many of a group's `members` would rather write, as far as a number does not tell who."""
        return rules.told(len((await store.seated(reads, group_id)).intersection(members)), len(members))
