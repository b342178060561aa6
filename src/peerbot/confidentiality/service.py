"""Who accepted the agreement and its limits, in which version, and for how long that is kept."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from peerbot.confidentiality import store
from peerbot.confidentiality.store import Acceptance
from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.engine.retention import Kept
from peerbot.engine.texts import moment

AGREEMENT_VERSION: Final = 1
"""Rises with every change of `agreement-text`."""
LIMITS_VERSION: Final = 1
"""Rises with every change of `limits-text`."""
KEPT_AFTER_LEAVING: Final = timedelta(days=365)
"""product.md §5: membership + 12 months."""
_KEY_BYTES: Final = 32


class Confidentiality:
    """Use cases around acceptance. Each is part of the transaction of the pillar that seats or unseats somebody."""

    async def accept(self, work: Work, server_id: int, group_id: str, user_id: int) -> None:
        """Keep that somebody accepted the present agreement and limits for a group. Twice changes nothing."""
        await store.add(work, server_id, group_id, user_id, AGREEMENT_VERSION, LIMITS_VERSION, work.now)

    async def end(self, work: Work, server_id: int, group_id: str, user_id: int) -> None:
        """Keep the proof, not the person: somebody left the group, so a keyed hash stands in their place."""
        key = await store.hash_key(work)
        if key is None:
            key = secrets.token_bytes(_KEY_BYTES)
            await store.keep_hash_key(work, key)
        await store.withdraw(work, group_id, user_id, _hashed(key, server_id, group_id, user_id), work.now)

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

    async def forget_due(self, work: Work) -> int:
        """Delete the acceptances of those who left 12 months ago. Returns how many."""
        return await store.forget(work, work.now - KEPT_AFTER_LEAVING)


def _hashed(key: bytes, server_id: int, group_id: str, user_id: int) -> str:
    # The group is part of it, so that equal hashes never show that one person was in two groups.
    return hmac.new(key, f"{server_id}:{group_id}:{user_id}".encode(), hashlib.sha256).hexdigest()


def _kept(acceptance: Acceptance) -> Kept:
    values = {
        "agreement": acceptance.agreement_version,
        "limits": acceptance.limits_version,
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
