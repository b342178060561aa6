"""The rows of who could read rooms when it was last looked at."""

import json
from collections.abc import Mapping
from datetime import datetime

from peerbot.confidentiality.visibility import Known
from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads
from peerbot.privacy.watch_rules import Strangers, Watched


async def load(reads: Reads, server_id: int) -> Watched | None:
    """Return what was seen last; None before the first look."""
    row = await reads.one("SELECT seen FROM readers_seen WHERE server_id = :id", id=server_id)
    if row is None:
        return None
    seen = json.loads(row["seen"])
    return Watched(
        Known(_numbers(seen["roles"]), _numbers(seen["could"]), frozenset(seen["bots"]), frozenset(seen["rules"])),
        {int(channel): Strangers(frozenset(each["roles"]), each["people"]) for channel, each in seen["rooms"].items()},
    )


async def save(work: Reads, server_id: int, seen: Watched, now: datetime) -> None:
    """Keep what is seen now."""
    kept = {
        "roles": seen.known.roles,
        "could": seen.known.could,
        "bots": sorted(seen.known.bots),
        "rules": sorted(seen.known.rules),
        "rooms": {
            channel: {"roles": sorted(each.roles), "people": each.people} for channel, each in seen.rooms.items()
        },
    }
    await work.all(
        """
        INSERT INTO readers_seen (server_id, seen, at) VALUES (:id, :seen, :now)
        ON CONFLICT (server_id) DO UPDATE SET seen = excluded.seen, at = excluded.at
        """,
        id=server_id,
        seen=json.dumps(kept, sort_keys=True),
        now=to_row(now),
    )


def _numbers(written: Mapping[str, int | None]) -> dict[int, int | None]:
    return {int(key): value for key, value in written.items()}
