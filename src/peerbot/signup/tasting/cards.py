"""What people who try one meeting are asked and told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Card
from peerbot.engine.database import Reads
from peerbot.engine.texts import moment, say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.signup import lines, store
from peerbot.signup.finding.cards import group_card
from peerbot.signup.rules import View
from peerbot.signup.tasting import store as tasting_store


def declined_card(view: View, *, dm: bool = False) -> Card:
    """Return what is said to *No, thank you*; if they have a seat by now, how things are."""
    if view.mine.where != "outside":
        return group_card(view, dm=dm)
    return Card(say("taster-declined", group=shown(view.group.name)), (lines.around(dm=dm),))


async def asked_message(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    """Return the one question, as a direct message."""
    taster = await tasting_store.taster(reads, str(data["taster"]))
    group = await store.group(reads, taster.group_id) if taster is not None else None
    if taster is None or group is None or taster.ended_at is not None or taster.answer_by is None:
        return None
    if now >= taster.answer_by:
        return None
    text = say("taster-asked-message", group=shown(group.name), until=moment(taster.answer_by, "F"))
    return Card(text, (lines.right_for_you(taster.id), (help_button(),)))


async def ended_message(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    """Return the news that a seat was released, as a direct message."""
    _ = now
    taster = await tasting_store.taster(reads, str(data["taster"]))
    group = await store.group(reads, taster.group_id) if taster is not None else None
    if taster is None or group is None or taster.outcome not in {"unanswered", "not_held"}:
        return None
    return Card(say("taster-ended", group=shown(group.name), why=taster.outcome), ((help_button(),),))
