"""No button, pressed with the id of a concern by whom it is about, answers otherwise than with an id of nothing."""

from typing import Any

import pytest
from simcord import actors

from peerbot.demo.acts import chooses, fills, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say
from tests.escalation.test_every_forged_press import WITH_ID

CONCERN = (
    "take", "open", "with", "close", "act", "level", "outcome", "danger", "withdraw", "leave", "aftercare", "reviewed",
    "next-day", "next-who", "next-done", "review-one",
)  # fmt: skip
QUESTION = ("agree", "disagree", "alone-reviewed", "look-end")
CHOICES = {"act": "spoke_with", "level": "emergency", "outcome": "spoke_with"}
NOTHING = "0" * 8


async def forges(world: World, person: Person, action: str, argument: str) -> str:
    """Return the answer to a press that no button of ours was made for."""
    shown = await types(world, person, "help-now")
    assert shown.response is not None
    # As a client that is not Discord's own would.
    stored = actors._visible_message(person.actor, shown.response)
    choice = argument if action == "concern.review-one" else CHOICES.get(action.rpartition(".")[2])
    data: dict[str, Any] = {"custom_id": f"pb:{action}:{argument}|yes", "component_type": 3 if choice else 2}
    if choice:
        data["values"] = [choice]
    answer = await actors._component_interaction(person.actor, stored, data)
    await world.tick()
    assert answer.response is not None, action
    return repr((answer.response.content, answer.response.components)).replace(argument, "…")


async def differences(world: World, person: Person, ids: dict[str, str]) -> list[str]:
    """Return the actions whose answer shows that there is something."""
    presses_of = [
        *((f"concern.{act}", ids["concern"]) for act in CONCERN),
        *((f"concern.{act}", ids["question"]) for act in QUESTION),
        ("concern.review-one", f"alone:{ids['question']}"),
        *((f"limits.{act}", ids["concern"]) for act in ("block", "block-yes")),
        *((f"limits.{act}", ids["block"]) for act in ("lift", "lift-yes")),
        ("drill.arrived", ids["concern"]),
    ]
    return [
        action
        for action, real in presses_of
        if await forges(world, person, action, real) != await forges(world, person, action, NOTHING)
    ]


async def row_id(world: World, table: str) -> str:
    row = await world.app.desk.reads.one(f"SELECT id FROM {table} LIMIT 1")  # noqa: S608 - a table's name
    return str(row["id"]) if row else NOTHING


def test_no_press_that_names_a_concern_is_left_out() -> None:
    assert {f"concern.{act}" for act in (*CONCERN, *QUESTION)} == {act for act in WITH_ID if act.startswith("concern.")}


@pytest.fixture
async def cast(world: World) -> Cast:
    """A server with a group; Mo is on duty."""
    return await found(world, members=2)


@pytest.mark.parametrize("who", ["dana", "ed", "mo", "fay", "colin", "amira", "ana"])
async def test_no_press_tells_whom_it_is_about_that_there_is_one(world: World, cast: Cast, who: str) -> None:
    subject = world.person(who)
    form = await types(world, cast.olu, "concern", person=subject.actor)
    values = {"level": "urgent", "category": ["conduct"], "note": "words", "hide": []}
    await fills(world, cast.olu, form, values)
    ids = {"concern": await row_id(world, "concern"), "question": NOTHING, "block": NOTHING}
    assert await differences(world, subject, ids) == []
    row = await world.app.desk.reads.one("SELECT number FROM concern")
    assert row is not None
    first, second = [person for person in (cast.dana, cast.ed, cast.mo) if person is not subject][:2]
    await types(world, first, "escalation show", number=row["number"])
    if first is not cast.mo:
        await presses(world, first, say("limits-block"))
        await presses(world, first, say("limits-block-yes"))
    await types(world, first, "escalation close", number=row["number"])
    await chooses(world, first, world.reads(first, world.lounge)[-1], "spoke_with")
    ids |= {"question": await row_id(world, "sign_off"), "block": await row_id(world, "alias_block")}
    assert NOTHING not in ids.values() or first is cast.mo
    assert await differences(world, subject, ids) == []
    await types(world, second, "escalation close", number=row["number"])
    closed = await world.app.desk.reads.one("SELECT state FROM concern WHERE id = :id", id=ids["concern"])
    assert closed is not None
    assert closed["state"] == "closed"
    assert await differences(world, subject, ids) == []
