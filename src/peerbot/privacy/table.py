"""The retention table as people read it: what is kept, why, for how long, who sees it. One place for all who print it.

Each item of the pillars' tables has two texts, `item-…` and `item-…-why`, and a reader. What lies outside the database,
and what is never kept, stands here too.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final

from peerbot.engine.retention import Item, Kept, Lasts
from peerbot.engine.texts import say

SEEN_BY: Final[Mapping[str, str]] = {
    "server": "everybody",
    "team": "team",
    "staff-acts": "lead-owner",
    "group": "who-may-see",
    "seat": "facilitators",
    "facilitating": "facilitators",
    "offer": "facilitators",
    "wait": "facilitators",
    "taster": "facilitators",
    "measure": "coordinators",
    "measure-by": "lead-owner",
    "keep-apart": "coordinators",
    "code-tries": "nobody",
    "invite": "coordinators",
    "reminders": "yourself",
    "writing": "yourself-number",
    "acceptance": "lead-owner",
    "wording": "everybody",
    "attendance": "own-facilitators",
    "stand-in": "own-facilitators",
    "away": "nobody",
    "room-limit": "own-facilitators",
    "hold": "lead-owner",
    "missed-note": "nobody",
    "wishes": "yourself",
    "meeting": "readers",
    "concern-words": "leads",
    "concern-person": "leads",
    "concern-check-in": "leads",
    "concern": "leads",
    "record": "lead-owner",
    "hand-over": "team",
    "next-day": "nobody",
    "alias": "nobody",
    "block": "lead-owner",
    "silence": "leads",
    "rota": "team",
    "ways": "team",
    "dm-answer": "nobody",
    "work": "nobody",
    "named": "channel",
    "readers": "coordinators",
    "receipts": "nobody",
    "erased": "nobody",
}
"""Who sees each item: `seen-…` says it (product.md §5)."""
OUTSIDE: Final[Mapping[str, str]] = {
    "room": "readers",
    "turns": "own-facilitators",
    "alerts": "operator",
    "logs": "operator",
    "backups": "operator",
}
"""What lies outside the database, and who sees it; `outside-…-kept` says for how long."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Every part is a sentence or a few words."""

    name: str
    what: str
    why: str
    kept: str
    seen: str


def rows(items: Sequence[Item]) -> Sequence[Row]:
    """Return the table, the items in their order, then what lies elsewhere, then what is never kept."""
    inside = [
        Row(each.name, say(f"item-{each.name}"), say(f"item-{each.name}-why"), lasts(each.lasts), seen_by(each.name))
        for each in items
    ]
    outside = [
        Row(
            name,
            say(f"outside-{name}"),
            say(f"outside-{name}-why"),
            say(f"outside-{name}-kept"),
            say(f"seen-{seen}"),
        )
        for name, seen in OUTSIDE.items()
    ]
    never = Row("never", say("never-kept"), "", say("lasts-never"), "")
    return [*inside, *outside, never]


def seen_by(name: str) -> str:
    """Return who sees an item."""
    return say(f"seen-{SEEN_BY[name]}")


def seen_of(items: Sequence[Item], kept: Kept) -> str:
    """Return who sees one thing kept about a person."""
    return next((seen_by(each.name) for each in items if kept.item in each.kept), "")


def lasts(how: Lasts) -> str:
    """Return for how long something is kept, in words."""
    hours, days = how.time // timedelta(hours=1), how.time // timedelta(days=1)
    whole_days = how.time == timedelta(days=days)
    time = say("span", unit="days" if whole_days else "hours", number=days if whole_days else hours)
    if not how.time:
        return say(f"lasts-{how.how}-only")
    return say(f"lasts-{how.how}", time=time)


def as_text(table: Sequence[Row]) -> str:
    """Return the table for a terminal."""
    blocks = [
        "\n".join(
            (
                each.what,
                *(f"  {say(f'map-{part}', value=value)}" for part, value in _parts(each) if value),
            )
        )
        for each in table
    ]
    return "\n\n".join(blocks) + "\n"


def _parts(row: Row) -> Sequence[tuple[str, str]]:
    return (("why", row.why), ("kept", row.kept), ("seen", row.seen))


def as_json(table: Sequence[Row]) -> str:
    """Return the table for programs: a list of `name`, `what`, `why`, `kept`, `seen`."""
    return json.dumps([asdict(each) for each in table], indent=2, ensure_ascii=False) + "\n"


def as_markdown(table: Sequence[Row]) -> str:
    """Return the table for a document."""
    head = f"| {say('map-head-what')} | {say('map-head-why')} | {say('map-head-kept')} | {say('map-head-seen')} |"
    lines = [f"| {each.what} | {each.why} | {each.kept} | {each.seen} |" for each in table]
    return "\n".join((head, "|---|---|---|---|", *lines)) + "\n"
