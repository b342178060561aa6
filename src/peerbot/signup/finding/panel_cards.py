"""The lasting panel as everybody sees it, and what the person who posts it is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.texts import channel, person, say
from peerbot.servers.help import help_button
from peerbot.signup.finding.panels import Spot


async def panel_card(_reads: Reads, _data: Mapping[str, Any], _now: datetime) -> Card:
    """Return the panel. It is the same on every server, whatever groups there are and whoever is in them."""
    return Card(say("panel-text"), ((Button("group.find", say("panel-groups"), ("0",), "main"), help_button()),))


async def failed_card(_reads: Reads, data: Mapping[str, Any], _now: datetime) -> Card:
    """Return what the person is told who wanted a panel that could not be posted."""
    people = tuple(int(each) for each in data["people"])
    text = say(
        "staff-panel-failed",
        where=channel(int(data["where"])),
        why=str(data["why"]),
        code=str(data["code"]),
        people=" ".join(person(each) for each in people),
    )
    return Card(text.strip(), ((help_button(),),), people)


def spot_card(spot: Spot) -> Card:
    """Return the question before a panel is posted, or what stands in its way."""
    if spot.missing:
        needed = "\n".join(f"- {say(f'panel-needs-{name}')}" for name in spot.missing)
        return Card(f"{say('staff-panel-missing', place='thread' if spot.thread else 'channel')}\n{needed}")
    if spot.there is None:
        return Card(f"{say('staff-panel-check')}\n\n>>> {say('panel-text')}", ((_post(spot, "staff-panel-yes"),),))
    where = "none" if spot.there.message_id is None else _link(spot)
    return Card(say("staff-panel-there", where=where), ((_post(spot, "staff-panel-again"),),))


def posted_card() -> Card:
    """Return the answer to *Yes, post it*."""
    return Card(say("staff-panel-posted"))


def _post(spot: Spot, label: str) -> Button:
    return Button("panel.post", say(label), (spot.seen,), "main")


def _link(spot: Spot) -> str:
    message_id = spot.there.message_id if spot.there is not None else None
    return f"https://discord.com/channels/{spot.server_id}/{spot.channel_id}/{message_id}"
