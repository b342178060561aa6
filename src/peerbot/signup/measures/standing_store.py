"""What two people decided about somebody who is gone: kept under a number that only their account leads back to.

It protects others, so it outlasts that somebody leaves or asks to be deleted; who it is about is not kept any more.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Final

from peerbot.engine.database import Reads

_KEY: Final = "signup.standing-key"
_KEY_BYTES: Final = 32
_NUMBER_BYTES: Final = 7


async def keep(work: Reads, server_id: int, user_id: int) -> None:
    """Put the number in somebody's place, in whatever stands about them in a server."""
    row = await work.one(
        """
        SELECT 1 AS one FROM measure WHERE server_id = :server_id AND user_id = :user_id
        AND confirmed_at IS NOT NULL AND over_at IS NULL LIMIT 1
        """,
        server_id=server_id,
        user_id=user_id,
    )
    if row is None:
        return
    if await _key(work) is None:
        made = secrets.token_bytes(_KEY_BYTES).hex()
        await work.all("INSERT INTO note (name, value) VALUES (:name, :value)", name=_KEY, value=made)
    await work.all(
        """
        UPDATE measure SET user_id = :number WHERE server_id = :server_id AND user_id = :user_id
        AND confirmed_at IS NOT NULL AND over_at IS NULL
        """,
        number=await number(work, server_id, user_id),
        server_id=server_id,
        user_id=user_id,
    )


async def found_again(work: Reads, server_id: int, user_id: int) -> None:
    """Somebody is back: what still stands about them is theirs again."""
    if await _key(work) is not None:
        await work.all(
            "UPDATE measure SET user_id = :user_id WHERE server_id = :server_id AND user_id = :number",
            number=await number(work, server_id, user_id),
            server_id=server_id,
            user_id=user_id,
        )


async def number(reads: Reads, server_id: int, user_id: int) -> int:
    """Return what stands for somebody who is gone: below zero, so that it is no account's id."""
    key = await _key(reads) or b""
    digest = hmac.new(key, f"{server_id}:{user_id}".encode(), hashlib.sha256).digest()
    return -1 - int.from_bytes(digest[:_NUMBER_BYTES])


async def servers(reads: Reads) -> Sequence[int]:
    """Return every server in which something stands about somebody who is gone."""
    rows = await reads.all("SELECT DISTINCT server_id FROM measure WHERE user_id < 0 ORDER BY server_id")
    return [row["server_id"] for row in rows]


async def _key(reads: Reads) -> bytes | None:
    row = await reads.one("SELECT value FROM note WHERE name = :name", name=_KEY)
    return bytes.fromhex(row["value"]) if row else None
