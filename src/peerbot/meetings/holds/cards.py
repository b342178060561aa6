"""What is seen of a room whose deletion waits: in the room, by those who are asked, and as their answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import moment, person, say
from peerbot.meetings import store
from peerbot.meetings.holds import store as hold_store
from peerbot.meetings.holds.service import Agreed
from peerbot.servers.help import help_button


def makers() -> Mapping[str, CardMaker]:
    """Return the cards by name."""
    return {"meetings.hold-ask": _ask, "meetings.hold-asking": _asking, "meetings.held": _held}


async def _ask(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    meeting_id = str(data["meeting"])
    hold, room = await hold_store.load(reads, meeting_id), await store.room(reads, meeting_id)
    if hold is None or room is None or hold.kept or now >= hold.until:
        return None
    people = tuple(int(each) for each in data["people"])
    named = " ".join(person(each) for each in people)
    keep = Button("room.keep", say("staff-hold-yes"), (meeting_id,), "main")
    text = say("staff-hold-ask", room=room.name, people=named, until=moment(hold.until))
    return Card(text, ((keep, help_button()),), people)


async def _asking(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    hold = await hold_store.load(reads, str(data["meeting"]))
    if hold is None or hold.kept or now >= hold.until:
        return None
    return Card(say("room-hold-asking", until=moment(hold.until)), ((help_button(),),))


async def _held(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    hold = await hold_store.load(reads, str(data["meeting"]))
    if hold is None or not hold.kept or now >= hold.until:
        return None
    return Card(say("room-held", until=moment(hold.until)), ((help_button(),),))


def agreed_card(agreed: Agreed) -> Card:
    """Return the answer to *Yes, keep it*."""
    if agreed.hold is None:
        return Card(say("staff-hold-over"))
    return Card(say(f"staff-hold-{agreed.what}", room=agreed.room, until=moment(agreed.hold.until)))
