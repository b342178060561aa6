"""What staff are told in the facilitators' channel; where that cannot be, each of them by message."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.servers import store

TOLD: Final = "servers.told"
"""Report: what became of a post in the facilitators' channel."""


async def tell(
    work: Work,
    server_id: int,
    *,
    key: str,
    people: Collection[int],
    data: Mapping[str, Any],
    not_after: datetime | None = None,
    to_each: bool = False,
) -> None:
    """Post a card in the facilitators' channel, mentioning these people; with no such channel, write to each of them.

    `to_each`: write to each of them in any case. Where Discord refuses the post, each is written to instead.
    """
    server = await store.load(work, server_id)
    channel_id = server.facilitators_channel_id if server is not None else None
    if channel_id is None or to_each:
        await _to_each(work, server_id, key, people, data, not_after)
        return
    there = {**data, "channel": channel_id, "people": tuple(people)}
    await work.enqueue(Intent(key, "post", Lane.OPENING, server_id, there, report=TOLD, not_after=not_after))


async def told(work: Work, intent: Leased, result: Delivered | Finish) -> None:
    """A post has ended: if Discord refused it, nobody hearing of it would be worse."""
    if isinstance(result, Finish) and result.state == "failed" and intent.server_id is not None:
        data = {name: value for name, value in intent.data.items() if name not in {"channel", "people"}}
        await _to_each(work, intent.server_id, intent.key, intent.data["people"], data, intent.not_after)


async def _to_each(
    work: Work, server_id: int, key: str, people: Collection[int], data: Mapping[str, Any], not_after: datetime | None
) -> None:
    for number, user_id in enumerate(people):  # No id in a key: keys are kept for a while.
        direct = {**data, "user": int(user_id), "people": ()}
        await work.enqueue(Intent(f"{key}:{number}", "dm", Lane.OPENING, server_id, direct, not_after=not_after))
