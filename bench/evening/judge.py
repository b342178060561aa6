"""What must be true after an evening, whatever happened in it: read from the file and from all the world ever took."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench.evening.plot import Evening
from bench.evening.stage import says
from bench.line import KEY
from bench.wire.people import Person, parts
from bench.wire.world import Json
from peerbot.engine.database import Database
from peerbot.engine.outbox import Lane
from peerbot.gateway import custom_ids

OF_THE_SERVER: Final = frozenset({"lounge", "Meeting rooms", "peerbot-moderators", "peerbot-facilitators"})
_NEWS: Final = {"taken": "state-taken", "in_hand": "state-in-hand", "closed": "state-closed", "nobody": "state-nobody"}
Row = Mapping[str, Any]


class Ledger:
    """What the bot's file says, read beside it or after it."""

    def __init__(self, file: Path) -> None:
        """Read this file."""
        self._file = file

    async def rows(self, statement: str) -> Sequence[Row]:
        """Return what a statement finds."""
        database = await Database.open_to_read(self._file, KEY)
        try:
            return await database.reads.all(statement)
        finally:
            await database.close()

    async def open_concerns(self) -> Sequence[int]:
        """Return the numbers of the concerns that are not closed."""
        return [row["number"] for row in await self.rows("SELECT number FROM concern WHERE state <> 'closed'")]


async def faults(evening: Evening, ledger: Ledger) -> list[str]:
    """Return everything that is not as it was promised; nothing, if all is well."""
    intents = await ledger.rows("SELECT key, kind, lane, nonce, state, reason FROM intent")
    found = [
        *_lost(intents),
        *_said(evening, intents),
        *_places(evening, await ledger.rows("SELECT name FROM room")),
        *_not_ours(evening),
    ]
    acts = await ledger.rows(
        "SELECT c.id AS id, c.number AS number, a.act AS act FROM concern_act a JOIN concern c ON c.id = a.concern_id "
        "ORDER BY a.id"
    )
    return found + _untold(evening, acts, intents)


def _lost(intents: Sequence[Row]) -> list[str]:
    """No intent is left: each was carried out, refused or dropped."""
    return [f"left {row['state']}: {row['key']}" for row in intents if row["state"] in {"waiting", "sending"}]


def _said(evening: Evening, intents: Sequence[Row]) -> list[str]:
    """Every message that was meant stands there once; a concern's at least once, and its repeats say so."""
    posts = [each for each in evening.stage.wire.world.made if "content" in each]
    times = Counter(_nonce(each) for each in posts)
    marked = Counter(_nonce(each) for each in posts if each["nonce"] != _nonce(each))
    found: list[str] = []
    for row in intents:
        seen = times.pop(row["nonce"], 0)
        if row["kind"] in {"post", "dm"} and row["state"] == "done" and not seen:
            found.append(f"never said: {row['key']}")
        if seen - marked[row["nonce"]] > 1 or (seen > 1 and row["lane"] != Lane.CONCERN):
            found.append(f"said {seen} times: {row['key']}")
    return found + [f"said without being meant: {nonce}" for nonce in times]


def _nonce(message: Json) -> str:
    for part in parts(message):
        parsed = custom_ids.parse(part.get("custom_id") or "")
        if parsed is not None and parsed.nonce:
            return parsed.nonce
    return str(message["nonce"])


def _places(evening: Evening, rooms: Sequence[Row]) -> list[str]:
    """One room for each meeting, and every room gone when it is due."""
    world = evening.stage.wire.world
    made = Counter(each["name"] for each in world.made if "content" not in each)
    found = [f"made {times} times: {name}" for name, times in made.items() if times > 1]
    known = {row["name"] for row in rooms}
    spared = {each["name"] for each in evening.decoys.channels} | OF_THE_SERVER
    left = [each["name"] for each in world.channels_of(evening.stage.server_id) if each["name"] not in spared]
    return found + [f"never deleted: {name} ({'room' if name in known else 'side room'})" for name in left]


def _not_ours(evening: Evening) -> list[str]:
    """Nothing that belongs to people was touched."""
    world = evening.stage.wire.world
    channels = [each for each in evening.decoys.channels if world.channels.get(int(each["id"])) is not each]
    there = {int(each["id"]) for place in world.messages.values() for each in place.values()}
    messages = [each for each in evening.decoys.messages if int(each["id"]) not in there]
    return [f"touched: {each.get('name') or each['content']}" for each in [*channels, *messages]]


def _untold(evening: Evening, acts: Sequence[Row], intents: Sequence[Row]) -> list[str]:
    """Whoever raised something heard how it stands, in order, each news once, and the last of it."""
    by_concern: dict[str, list[str]] = {}
    for row in acts:
        by_concern.setdefault(row["id"], []).append(row["act"])
    news = Counter(row["key"].split(":")[1] for row in intents if ":news:" in row["key"] and row["state"] == "done")
    found: list[str] = []
    heard = {person: heard_by(evening, person) for person in evening.raisers}
    everything = [kind for each in heard.values() for kind in each]
    for concern, done in by_concern.items():
        last = next((act for act in reversed(done) if act in _NEWS), None)
        if last is not None and news[concern] and last not in everything:
            found.append(f"not told of {last}: concern with {done}")
    happened = Counter(act for done in by_concern.values() for act in done if act in _NEWS)
    again = sum(act in {"joined", "in_danger"} for done in by_concern.values() for act in done)
    for kind, times in Counter(everything).items():
        if times > happened[kind] + again:
            found.append(f"told {times} times of {kind}, which happened {happened[kind]} times")
    return found


def heard_by(evening: Evening, person: Person) -> list[str]:
    """Return the news somebody was sent, in order: by direct message, or in a side room by name."""
    world = evening.stage.wire.world
    private = world.dm(person.id)["id"]
    kinds: list[str] = []
    for message in world.made:
        content = str(message.get("content", ""))
        if "content" not in message or not (message["channel_id"] == private or person.mention in content):
            continue
        kinds += [kind for kind, text in _NEWS.items() if says(content, text)]
    return kinds
