"""A room tied to an urgent concern: kept if two agree, gone if nobody does, and never longer than seven days."""

from datetime import timedelta
from typing import Literal

import pytest

from peerbot.demo.acts import closes, presses, types
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.texts import say
from peerbot.meetings.around import Tie
from peerbot.meetings.holds import rules as hold_rules
from peerbot.meetings.holds.rules import Hold
from tests.meetings.scene import ANA, CLEO, COORDINATOR, ENDS, FAY, LEAD, MINUTE, SECOND, SERVER, STARTS, Scene

DAY = timedelta(days=1)
DUE = ENDS + DAY
HELD = DUE + 7 * DAY


@pytest.mark.parametrize(
    ("hold", "tied", "days", "what"),
    [
        (None, False, 0, "go"),
        (None, True, 0, "ask"),
        (Hold(DUE, DUE + DAY), True, 0.5, "wait"),
        (Hold(DUE, DUE + DAY), False, 0.5, "go"),
        (Hold(DUE, DUE + DAY), True, 1, "unanswered"),
        (Hold(DUE, HELD, kept=True), True, 6.9, "wait"),
        (Hold(DUE, HELD, kept=True), False, 3, "go"),
        (Hold(DUE, HELD, kept=True), True, 7, "go"),
    ],
)
def test_what_becomes_of_a_room_whose_deletion_is_due(
    hold: Hold | None,
    tied: bool,  # noqa: FBT001
    days: float,
    what: Literal["ask", "wait", "unanswered", "go"],
) -> None:
    assert hold_rules.holding_on(hold, tied=tied, now=DUE + days * DAY) == what


@pytest.fixture
async def tied(scene: Scene) -> Scene:
    """A room that was open, with an urgent concern from it; its lead and deputy may decide."""
    scene.around.tie = Tie((LEAD, SECOND))
    await scene.weekly()
    await scene.until(STARTS)
    await scene.facilitator_here()
    return scene


async def agree(scene: Scene, user: int) -> str:
    agreed = await scene.meetings.holds.keep(Actor(user, None), (await scene.meeting()).id)
    await scene.tick.settle()
    return agreed.what


def deleted(scene: Scene) -> list[object]:
    return [sent.at for sent in scene.told("channel.delete")]


async def test_unanswered_for_a_day_it_goes_and_the_concern_hears(tied: Scene) -> None:
    await tied.until(DUE + 2 * DAY)
    asked = tied.told("meetings.hold-ask")
    assert [(sent.at, sent.data["user"]) for sent in asked] == [(DUE, LEAD), (DUE, SECOND)]
    assert tied.group.name not in asked[0].text
    assert [sent.at for sent in tied.told("meetings.hold-asking")] == [DUE]
    assert deleted(tied) == [DUE + DAY]
    assert [kind for kind, _ in tied.facts if kind.startswith("room.")] == ["room.let-go"]


async def test_two_people_keep_it_for_seven_days_and_its_readers_are_told(tied: Scene) -> None:
    await tied.until(DUE + 60 * MINUTE)
    assert [await agree(tied, LEAD), await agree(tied, LEAD)] == ["first", "first"]
    assert not tied.told("meetings.held")
    assert [await agree(tied, SECOND), await agree(tied, SECOND)] == ["kept", "kept"]
    (told,) = tied.told("meetings.held")
    assert f"<t:{int(HELD.timestamp())}:f>" in told.text
    assert [kept.item for kept in await tied.meetings.kept_about(tied.desk.reads, LEAD)] == ["kept-hold"]
    await tied.until(HELD - MINUTE)
    assert deleted(tied) == []
    await tied.until(HELD)
    assert deleted(tied) == [HELD]
    assert [kind for kind, _ in tied.facts if kind.startswith("room.")] == ["room.held"]


@pytest.mark.parametrize("kept", [True, False])
async def test_when_the_concern_is_closed_it_goes_within_the_hour(tied: Scene, kept: bool) -> None:  # noqa: FBT001
    await tied.until(DUE + 10 * MINUTE)
    if kept:
        for user in (LEAD, SECOND):
            await agree(tied, user)
    tied.around.tie = None
    await tied.until(DUE + 60 * MINUTE)
    assert deleted(tied) == [DUE + 60 * MINUTE]
    assert await agree(tied, LEAD) == "over"
    assert "room.let-go" not in [kind for kind, _ in tied.facts]


async def test_one_person_alone_keeps_nothing_and_it_survives_the_bot_being_down(tied: Scene) -> None:
    await tied.until(DUE)
    await agree(tied, LEAD)
    await tied.wake(DUE + 3 * DAY)
    assert deleted(tied) == [DUE + 3 * DAY]


async def test_a_bot_that_was_down_past_the_seven_days_keeps_nothing(tied: Scene) -> None:
    await tied.wake(HELD + DAY)
    assert deleted(tied) == [HELD + DAY]
    assert not tied.told("meetings.hold-ask")


async def test_only_the_team_is_answered_and_who_is_not_asked_learns_nothing(tied: Scene) -> None:
    tied.around.tie = Tie((SECOND,))
    await tied.until(DUE)
    assert await agree(tied, LEAD) == "over"
    for user in (ANA, FAY, CLEO, COORDINATOR):
        with pytest.raises(NotFound):
            await agree(tied, user)
    with pytest.raises(NotFound):
        await tied.meetings.holds.keep(Actor(SECOND, SERVER + 1), (await tied.meeting()).id)


async def test_on_discord_lead_and_deputy_keep_the_room_and_the_concern_says_so(world: World) -> None:
    cast = await found(world)
    starts = world.now.replace(hour=19, minute=30)
    await world.until(starts - 10 * MINUTE)
    (room,) = world.rooms(cast.fay)
    await presses(world, cast.fay, say("room-facilitator-here"), room)
    await world.until(starts + MINUTE)
    await types(world, cast.members[0], "help-now", place=room)
    await presses(world, cast.members[0], say("ask-now"), room)
    moderators = world.place(cast.dana, "peerbot-moderators")
    assert moderators is not None
    await presses(world, cast.mo, say("staff-take"), moderators)
    await presses(world, cast.mo, say("staff-with"), moderators)
    await world.until(starts + 90 * MINUTE + DAY + MINUTE)
    (asked,) = [m for m in world.reads(cast.dana, moderators) if say("staff-hold-yes") in str(m.components)]
    assert cast.ed.actor.mention in asked.content
    for person in (cast.dana, cast.ed):
        await presses(world, person, say("staff-hold-yes"), moderators)
    await world.pass_time(DAY)
    assert world.rooms(cast.members[1])
    shown = await types(world, cast.dana, "escalation show", number=1)
    assert shown.response is not None
    assert say("staff-opened-room-kept") in shown.response.content
    for person in (cast.mo, cast.dana):
        await types(world, person, "escalation show", number=1)
        await closes(world, person)
    await world.pass_time(timedelta(hours=1, minutes=1))
    assert world.rooms(cast.members[1]) == []
