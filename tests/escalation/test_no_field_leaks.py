"""Marked words go into each field there is, one after the other; then all that left the process is searched for them.

A new field is one line in `FIELDS`. Only escalation is looked at: a group's name may be read in its own room.
"""

import json
import re
from collections.abc import Awaitable, Callable
from io import StringIO
from typing import Any

import pytest
from pydantic import SecretStr

from peerbot.config import AlertedPerson, AlertsSection
from peerbot.engine.actor import Actor
from peerbot.engine.outbox import Leased
from peerbot.escalation.rules import Level
from peerbot.escalation.store import Concern
from peerbot.escalation.ways.posts import WaysPosts
from peerbot.gateway.pager import AddressBook, Pager
from peerbot.ops.logging import set_up
from peerbot.servers.settings import Settings
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
    COORDINATOR,
    DEPUTY,
    LEAD,
    MAY,
    MINUTE,
    MO,
    SERVER,
    Scene,
)
from tests.ops.stand_ins import log_put_back

MARK = "wistfulmark"
HOLDS = Callable[[Scene], Awaitable[Concern]]
RAISERS_OWN = frozenset({"escalation.news", "escalation.answer"})


async def asked(scene: Scene) -> Concern:
    return await scene.ask(CHO, Level.URGENT)


async def noted(scene: Scene) -> Concern:
    return await scene.tell(CHO, BEN, note=MARK)


async def noted_of_staff(scene: Scene) -> Concern:
    return await scene.tell(CHO, MAY, note=MARK, hide=True)


async def noted_twice(scene: Scene) -> Concern:
    await scene.tell(CHO, BEN, note="first")
    return await scene.tell(CHO, BEN, note=MARK)


async def team_noted(scene: Scene) -> Concern:
    concern = await asked(scene)
    await scene.escalation.actions.note(Actor(MO, SERVER), concern.id, MARK)
    return concern


async def group_named(scene: Scene) -> Concern:
    await scene.meet(name=MARK, about=MARK)
    return await scene.ask(ANA, Level.URGENT, scene.room)


async def setting(scene: Scene, field: str) -> Concern:
    await Settings(scene.desk, scene.servers).change(Actor(COORDINATOR, SERVER), field, [MARK])
    return await scene.tell(CHO, MO)


async def address_written(scene: Scene) -> Concern:
    book = AddressBook(AlertsSection(people=(AlertedPerson(id=MO, ways=(SecretStr(f"ntfys://{MARK}"),)),)))
    scene.phones.ways[MO] = 1
    scene.carrying["alert"] = Pager(
        WaysPosts().makers(), scene.desk.reads, scene.clock, book, is_public=lambda _host: False
    )
    return await asked(scene)


async def call_failed(scene: Scene) -> Concern:
    async def breaks(_intent: Leased) -> None:
        raise ValueError(MARK)

    scene.paper.witness = breaks
    concern = await asked(scene)
    scene.paper.witness = None
    return concern


FIELDS: dict[str, tuple[HOLDS, frozenset[str]]] = {
    "the note of a concern": (noted, frozenset()),
    "the note of a concern about staff": (noted_of_staff, frozenset()),
    "the note of one that joins": (noted_twice, frozenset()),
    "a note of the team": (team_noted, frozenset()),
    "the name of a group and what it is about": (group_named, frozenset()),
    "the contact outside the team": (lambda scene: setting(scene, "outside"), RAISERS_OWN),
    "the safeguarding contact": (lambda scene: setting(scene, "contact"), frozenset()),
    "an address outside Discord": (address_written, frozenset()),
    "what an exception says": (call_failed, frozenset()),
}


async def handled(scene: Scene, concern: Concern) -> None:
    """Let everything happen to a concern that can: pages to everybody, taken, handed over, levelled, closed by two."""
    await scene.wait(31 * MINUTE)
    by = Actor(LEAD, SERVER)
    await scene.take(LEAD, concern)
    await scene.escalation.levels.change(by, concern.id, Level.EMERGENCY)
    await scene.tick.settle()
    await scene.look_after(LEAD, concern)
    await scene.escalation.actions.act(by, concern.id, "side_room")
    await scene.escalation.hand_overs.ask(by, concern.id, DEPUTY)
    await scene.tick.settle()
    await scene.wait(3 * MINUTE)
    await scene.close(LEAD, concern)
    await scene.close(DEPUTY, concern)
    await scene.wait(MINUTE)


@pytest.mark.parametrize("field", FIELDS)
async def test_what_is_written_into_a_field_leaves_the_process_by_no_way(scene: Scene, field: str) -> None:
    holds, may_read = FIELDS[field]
    out: list[tuple[str, Any]] = []

    async def seen(intent: Leased) -> None:
        out.append((str(intent.data.get("card", intent.kind)), f"{intent.key} {json.dumps(dict(intent.data))}"))

    with log_put_back():
        log = StringIO()
        set_up(bytes(32), scene.clock, level="debug", style="json", stream=log)
        scene.paper.witness = seen
        await scene.duty(MO)
        scene.phones.ways |= {LEAD: 1, DEPUTY: 1}
        concern = await holds(scene)
        scene.paper.witness = seen
        await handled(scene, concern)
    kept = await scene.desk.reads.all("SELECT key, reason, data FROM intent")
    out += [("intent", repr(list(row.values()))) for row in kept]
    out += [(str(call.intent.data.get("card")), call.text) for call in scene.paper.calls]
    out += [("channel", channel.name) for channel in scene.paper.channels.values()]
    sent = [card for card, _ in out]
    assert sent.count("escalation.page") > 3
    assert sent.count("escalation.alert") > 3 or field == "an address outside Discord"
    leaks = [card for card, text in out if MARK in text and card not in may_read]
    assert not [card for card in leaks if card.startswith("escalation.") or card in {"intent", "channel"}], leaks
    assert MARK not in log.getvalue()
    named = re.compile(rf"(?<![0-9a-f])({CHO}|{BEN}|{ANA})(?![0-9a-f])")
    assert not [text for card, text in out if card in {"escalation.page", "escalation.alert"} and named.search(text)]
