"""Blocks and counters, by an alias that names nobody: a keyed hash of a person and a server."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.retention import Kept
from peerbot.engine.tokens import new_id
from peerbot.escalation import store
from peerbot.escalation.handling.theirs import Theirs
from peerbot.escalation.limits import lead_list
from peerbot.escalation.limits import rules as limit_rules
from peerbot.escalation.limits import store as limit_store
from peerbot.escalation.limits.lead_list import LeadList
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.limits.store import Block
from peerbot.escalation.rules import Level
from peerbot.escalation.store import Concern
from peerbot.servers.service import Servers

_ACTION: Final = "concern.block"
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Lifted:
    """A block that was lifted. `concern_id` is the one to block from again, empty once that is forgotten."""

    block: Block
    concern_id: str


class Limits:
    """Judges new concerns about others; a lead's use cases around blocks."""

    def __init__(self, desk: Desk, servers: Servers, theirs: Theirs, leads: LeadList) -> None:
        """Find concerns through `theirs`; put on `leads`' list what pages nobody."""
        self._desk = desk
        self._servers = servers
        self._theirs = theirs
        self._leads = leads

    async def judge(self, work: Work, concern: Concern) -> Held:
        """Count a new concern about others, and return whether it pages nobody.

        Counting and judging are one transaction, so of two presses at once one is the fourth. Where there is nobody
        to see the list, nothing is held back: it would be lost.
        """
        alias = await self._alias(work, concern.server_id, concern.raiser_id or 0)
        earlier = await limit_store.counted(work, concern.server_id, alias)
        await limit_store.count(work, concern.server_id, alias, work.now)
        blocked = await limit_store.block_of(work, concern.server_id, alias) is not None
        held = limit_rules.held(concern.level, earlier, work.now, blocked=blocked)
        if held is Held.NO or not await lead_list.readers(work, self._servers, concern):
            return Held.NO
        return held

    async def held_back(self, work: Work, concern: Concern, level: Level) -> bool:
        """Return whether what is added to a concern, at `level`, pages nobody: it is held, or its raiser is blocked."""
        if concern.about_self or level is Level.EMERGENCY:
            return False
        return concern.held is not Held.NO or await self._block_of_raiser(work, concern) is not None

    async def hold(self, work: Work, concern: Concern) -> None:
        """Put a concern on the lead's list."""
        await self._leads.add(work, concern)

    async def may_block(self, work: Work, concern: Concern, actor: Actor) -> bool:
        """Return whether a block can be made from this concern, by whom it is shown."""
        leads = await self._servers.team(work, concern.server_id, "lead", "deputy")
        if actor.user_id not in leads or concern.raiser_id is None or concern.about_self:
            return False
        return await self._block_of_raiser(work, concern) is None

    async def offers_block(self, actor: Actor, concern: Concern) -> bool:
        """Return whether a block is offered with an opened concern."""
        async with self._desk.transaction(quiet=True) as work:
            return await self.may_block(work, concern, actor)

    async def propose(self, actor: Actor, concern_id: str) -> Concern:
        """Return the concern from which a block is to be made: asked first, nothing is changed.

        Raises:
            NotFound: unless a lead or deputy asks, who has nothing to do with the concern.
            Invalid: if it is about its raiser, whom nobody blocks for that.
            Late: if it is closed and no longer known whose it was, or the block is there already.
        """
        async with self._desk.transaction() as work:
            return await self._blockable(work, actor, concern_id)

    async def block(self, actor: Actor, concern_id: str) -> Block:
        """Block the raiser's alias, without anybody learning whose it is.

        Raises:
            NotFound, Invalid, Late: as for `propose`.
        """
        async with self._desk.transaction() as work:
            concern = await self._blockable(work, actor, concern_id)
            alias = await self._alias(work, concern.server_id, concern.raiser_id or 0)
            subject = concern.about_other
            about = await self._alias(work, concern.server_id, subject) if subject is not None else None
            block = Block(new_id(), concern.server_id, alias, 0, concern.number, work.now, about)
            await limit_store.add_block(work, block)
            await self._servers.acted(work, Actor(actor.user_id, concern.server_id), "concerns-blocked")
            return await limit_store.block_of(work, concern.server_id, alias) or block

    async def blocks(self, actor: Actor) -> Sequence[Block]:
        """Return the blocks of this server, but those made from a concern about whoever asks.

        Raises:
            NotAllowed: unless a lead or deputy asks.
        """
        require(_ACTION, await self._servers.parts(self._desk.reads, actor))
        return await self._seen_by(actor)

    async def count_for(self, actor: Actor) -> int:
        """Return how many blocks this person may see: none, unless they lead."""
        leads = await self._servers.team(self._desk.reads, actor.here, "lead", "deputy")
        return len(await self._seen_by(actor)) if actor.user_id in leads else 0

    async def find(self, actor: Actor, block_id: str) -> Block:
        """Return a block that is to be lifted: asked first, nothing is changed.

        Raises:
            NotAllowed: unless a lead or deputy asks.
            Late: if it was lifted already.
        """
        require(_ACTION, await self._servers.parts(self._desk.reads, actor))
        return await self._block(self._desk.reads, actor, block_id)

    async def lift(self, actor: Actor, block_id: str) -> Lifted:
        """Lift a block: that alias's concerns about others page the team again.

        Raises:
            NotAllowed, Late: as for `find`.
        """
        async with self._desk.transaction() as work:
            require(_ACTION, await self._servers.parts(work, actor))
            block = await self._block(work, actor, block_id)
            await limit_store.lift(work, block.id)
            await self._servers.acted(work, actor, "block-lifted")
            concern = await store.by_number(work, actor.here, block.concern_number)
            again = concern is not None and await self.may_block(work, concern, actor)
            return Lifted(block, concern.id if concern is not None and again else "")

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return what is counted of a person and where they are blocked: the alias finds it by account."""
        key = await limit_store.alias_key(reads)
        kept: list[Kept] = []
        for server_id in await limit_store.servers(reads) if key is not None else ():
            alias = _hashed(key or b"", server_id, user_id)
            counted = await limit_store.counted(reads, server_id, alias)
            if counted:
                until = counted[-1] + limit_rules.A_DAY
                kept.append(Kept("kept-counted", server_id, {"times": len(counted)}, until))
            if await limit_store.block_of(reads, server_id, alias) is not None:
                kept.append(Kept("kept-block", server_id, {}))
        return kept

    async def _blockable(self, work: Work, actor: Actor, concern_id: str) -> Concern:
        concern = await self._theirs.load(work, actor, concern_id, _ACTION)
        if concern.about_self:
            raise Invalid(text="limits-about-self")
        if concern.raiser_id is None:
            raise Late(text="limits-too-late")
        if await self._block_of_raiser(work, concern) is not None:
            raise Late(text="limits-blocked-already")
        return concern

    async def _block_of_raiser(self, reads: Work, concern: Concern) -> Block | None:
        if concern.raiser_id is None:
            return None
        alias = await self._alias(reads, concern.server_id, concern.raiser_id)
        return await limit_store.block_of(reads, concern.server_id, alias)

    async def _seen_by(self, actor: Actor) -> Sequence[Block]:
        blocks = await limit_store.blocks(self._desk.reads, actor.here)
        return [block for block in blocks if not await _is_about(self._desk.reads, block, actor)]

    @staticmethod
    async def _block(reads: Reads, actor: Actor, block_id: str) -> Block:
        block = await limit_store.block(reads, actor.here, block_id)
        if block is None or await _is_about(reads, block, actor):
            raise Late(text="limits-lifted-already")
        return block

    @staticmethod
    async def _alias(work: Work, server_id: int, user_id: int) -> str:
        key = await limit_store.alias_key(work)
        if key is None:
            key = secrets.token_bytes(_KEY_BYTES)
            await limit_store.keep_alias_key(work, key)
        return _hashed(key, server_id, user_id)


async def _is_about(reads: Reads, block: Block, actor: Actor) -> bool:
    """Return whether a block was made from a concern about this person: they learn of neither, however long ago."""
    key = await limit_store.alias_key(reads)
    return key is not None and block.about == _hashed(key, block.server_id, actor.user_id)


def _hashed(key: bytes, server_id: int, user_id: int) -> str:
    # The server is part of it, so that equal aliases never show that one person is in two servers.
    return hmac.new(key, f"{server_id}:{user_id}".encode(), hashlib.sha256).hexdigest()
