"""What is kept about a person, as a file for that person: docs/my-data-export.md describes it."""

import json
from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.retention import Item, Kept
from peerbot.engine.texts import plain, say
from peerbot.privacy import table

FORMAT = 1
"""Rises when something in the file means something else than before."""


def as_json(kept: Sequence[Kept], items: Sequence[Item], now: datetime) -> bytes:
    """Return the file, as UTF-8."""
    document = {
        "format": FORMAT,
        "at": now.isoformat(timespec="seconds"),
        "kept": [_thing(each, items) for each in kept],
        "not_shown": plain(say("my-data-apart")),
        "never_kept": plain(say("my-data-never")),
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _thing(kept: Kept, items: Sequence[Item]) -> dict[str, str | None]:
    item = next(each for each in items if kept.item in each.kept)
    return {
        "item": item.name,
        "server": None if kept.server_id is None else str(kept.server_id),
        "what": plain(say(kept.item, **kept.values)),
        "why": say(f"item-{item.name}-why"),
        "kept": table.lasts(item.lasts),
        "until": None if kept.until is None else kept.until.isoformat(timespec="seconds"),
        "seen_by": table.seen_by(item.name),
    }
