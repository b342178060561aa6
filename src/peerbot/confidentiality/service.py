"""Who accepted the agreement and its limits, in which version, and for how long that is kept."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final

from peerbot.confidentiality import retention_store, store, wording_store
from peerbot.confidentiality.rules import (
    KEPT_AFTER_LEAVING,
    Acceptance,
    Edition,
    Shelf,
    Terms,
    Text,
    Version,
    covers,
    last_of_each,
)
from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.engine.errors import Late
from peerbot.engine.retention import Keeper, Kept
from peerbot.engine.texts import moment, say

AGREEMENT_VERSION: Final = 1
"""Rises with every change of `agreement-text`."""
LIMITS_VERSION: Final = 1
"""Rises with every change of `limits-text`."""
_KEY_BYTES: Final = 32


def built_in() -> Mapping[Text, Edition]:
    """Return the built-in texts of this release."""
    return {
        Text.AGREEMENT: Edition(AGREEMENT_VERSION, tuple(say("agreement-text").splitlines())),
        Text.LIMITS: Edition(LIMITS_VERSION, tuple(say("limits-text").splitlines())),
    }


async def shelf_of(reads: Reads, server_id: int) -> Shelf:
    """Return every edition kept for a server."""
    return Shelf(built_in(), await wording_store.of_server(reads, server_id))


class Confidentiality(Keeper):
    """Use cases around acceptance. Each is part of the transaction of the pillar that seats or unseats somebody."""

    items: ClassVar = retention_store.ITEMS

    async def terms(self, reads: Reads, server_id: int, group_id: str = "") -> Terms:
        """Return what people now agree to for a group; without one, for the server."""
        return (await shelf_of(reads, server_id)).terms(group_id)

    async def accept(
        self, work: Work, server_id: int, group_id: str, user_id: int, shown: Version | None = None
    ) -> bool:
        """Keep that somebody accepted, for a group, what holds now. Returns False if they had: twice changes nothing.

        `shown` is the version they read; None where it was read in this very moment.

        Raises:
            Late: if what they read no longer holds, so that an acceptance never stands for a text nobody was shown.
        """
        version = (await self.terms(work, server_id, group_id)).version
        if shown not in {None, version}:
            raise Late(text="agreement-changed-meanwhile")
        await wording_store.keep_built_in(work, server_id, built_in(), work.now)
        return await store.add(work, server_id, group_id, user_id, version, work.now)

    async def accepted(self, reads: Reads, server_id: int, group_id: str, user_id: int) -> Terms | None:
        """Return what somebody last accepted for a group, word for word; None if they hold no acceptance."""
        last = last_of_each(await store.held_in_group(reads, group_id)).get((group_id, user_id))
        return (await shelf_of(reads, server_id)).accepted(last) if last else None

    async def agreeing(self, reads: Reads, server_id: int, group_id: str, at: datetime | None = None) -> frozenset[int]:
        """Return who has accepted what holds for a group now or, with `at`, what held then or since."""
        shelf = await shelf_of(reads, server_id)
        wanted = (shelf.terms(group_id), shelf.terms(group_id, at))
        last = last_of_each(await store.held_in_group(reads, group_id))
        return frozenset(
            person for (_, person), each in last.items() if any(covers(shelf.accepted(each), one) for one in wanted)
        )

    async def group_gone(self, work: Work, server_id: int, group_id: str) -> None:
        """Let housekeeping delete what a group had added, each edition once no acceptance stands for it any more."""
        await wording_store.end_group(work, server_id, group_id, work.now)

    async def end(self, work: Work, server_id: int, group_id: str, user_id: int) -> None:
        """Keep the proof, not the person: somebody left the group, so a keyed hash stands in their place."""
        key = await store.hash_key(work)
        if key is None:
            key = secrets.token_bytes(_KEY_BYTES)
            await store.keep_hash_key(work, key)
        await store.withdraw(work, group_id, user_id, _hashed(key, server_id, group_id, user_id), work.now)

    async def leaves(self, work: Work, server_id: int, user_id: int) -> None:
        """Let a keyed hash stand in somebody's place in every acceptance of a server."""
        for group_id in {each.group_id for each in await store.held_by(work, user_id) if each.server_id == server_id}:
            await self.end(work, server_id, group_id, user_id)

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return every acceptance of a person, those after leaving too: the hash finds them by account."""
        found = [_kept(each) for each in await store.held_by(reads, user_id)]
        key = await store.hash_key(reads)
        if key is not None:
            found += [
                _kept(each)
                for each in await store.withdrawn(reads)
                if each.person_hash == _hashed(key, each.server_id, each.group_id, user_id)
            ]
        return found


def _hashed(key: bytes, server_id: int, group_id: str, user_id: int) -> str:
    # The group is part of it, so that equal hashes never show that one person was in two groups.
    return hmac.new(key, f"{server_id}:{group_id}:{user_id}".encode(), hashlib.sha256).hexdigest()


def _kept(acceptance: Acceptance) -> Kept:
    values = {
        "agreement": acceptance.version.agreement,
        "limits": acceptance.version.limits,
        "server": acceptance.version.server,
        "group": acceptance.version.group,
        "accepted": moment(acceptance.accepted_at),
    }
    if acceptance.withdrawn_at is None:
        return Kept("kept-acceptance", acceptance.server_id, values)
    return Kept(
        "kept-acceptance-ended",
        acceptance.server_id,
        {**values, "withdrawn": moment(acceptance.withdrawn_at)},
        acceptance.withdrawn_at + KEPT_AFTER_LEAVING,
    )
