"""Making groups, finding them, and what the pillars above ask."""

from dataclasses import replace
from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, NotSetUp
from peerbot.signup import store
from peerbot.signup.rules import Standing
from peerbot.signup.service import Purpose
from tests.signup.scene import (
    ANA,
    BEN,
    CIRCLE,
    COORDINATOR,
    FACILITATOR,
    LEAD,
    OTHER_SERVER,
    SERVER,
    Scene,
)

ADMIN = Actor(1, SERVER, manages_server=True)


async def facilitate(scene: Scene, group_id: str, user: int, actor: Actor = ADMIN) -> bool:
    return (await scene.signup.add_facilitator(actor, group_id, user, is_bot=False)).added


@pytest.mark.parametrize("actor", [ADMIN, Actor(COORDINATOR, SERVER)])
async def test_coordinators_and_administrators_make_groups_and_nothing_public_comes_of_it(
    scene: Scene, actor: Actor
) -> None:
    before = await scene.rows("intent")
    await scene.signup.may_create(actor)
    group = await scene.signup.create(actor, CIRCLE)
    assert (group.name, group.medium, group.capacity, group.state) == ("Tuesday Circle", "text", 4, "open")
    assert await scene.rows("intent") == before
    assert [view.group for view in (await scene.signup.finding.find(Actor(ANA, SERVER))).views] == [group]
    await scene.tick.settle()
    assert scene.facts == [("group.created", {"server": SERVER, "group": group.id})]


@pytest.mark.parametrize("user", [LEAD, FACILITATOR, ANA])
async def test_nobody_else_does(scene: Scene, user: int) -> None:
    group = await scene.group()
    for attempt in (
        scene.signup.may_create(Actor(user, SERVER)),
        scene.signup.create(Actor(user, SERVER), replace(CIRCLE, name="Another")),
        facilitate(scene, group.id, BEN, Actor(user, SERVER)),
    ):
        with pytest.raises(NotAllowed):
            await attempt


async def test_no_group_is_made_before_setup(scene: Scene) -> None:
    elsewhere = Actor(1, OTHER_SERVER, manages_server=True)
    for attempt in (scene.signup.may_create(elsewhere), scene.signup.create(elsewhere, CIRCLE)):
        with pytest.raises(NotSetUp):
            await attempt


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"name": "x"}, "error-too-short"),
        ({"name": "x" * 41}, "error-too-long"),
        ({"about": " \u200b "}, "error-too-short"),
        ({"about": "x" * 121}, "error-too-long"),
        ({"language": ""}, "error-too-short"),
        ({"places": "3"}, "error-invalid"),
        ({"places": "13"}, "error-invalid"),
        ({"places": "ten"}, "error-invalid"),
        ({"places": "²"}, "error-invalid"),
        ({"medium": "smoke"}, "error-invalid"),
    ],
)
async def test_what_cannot_be_used_makes_no_group(scene: Scene, changed: dict[str, str], text: str) -> None:
    with pytest.raises(Invalid) as caught:
        await scene.signup.create(ADMIN, replace(CIRCLE, **changed))
    assert caught.value.text == text
    assert not await scene.rows("peer_group")


async def test_a_name_is_cleaned_and_taken_once_on_a_server(scene: Scene) -> None:
    group = await scene.group(replace(CIRCLE, name="  Tuesday \n\u202e Circle "))
    assert group.name == "Tuesday Circle"
    with pytest.raises(Invalid) as caught:
        await scene.group(replace(CIRCLE, name="TUESDAY circle"))
    assert caught.value.text == "staff-group-name-taken"
    await scene.set_up(OTHER_SERVER)
    assert await scene.group(server_id=OTHER_SERVER)


async def test_a_facilitator_is_added_once_and_joins_the_team(scene: Scene) -> None:
    group = await scene.group()
    assert await facilitate(scene, group.id, ANA)
    assert not await facilitate(scene, group.id, ANA)
    assert await facilitate(scene, group.id, FACILITATOR)
    assert await scene.signup.facilitators(scene.desk.reads, group.id) == (FACILITATOR, ANA)
    assert ANA in await scene.servers.team(scene.desk.reads, SERVER, "facilitator")
    await scene.tick.settle()
    added = [data for kind, data in scene.facts if kind == "facilitator.added"]
    assert added == [{"server": SERVER, "group": group.id, "user": user} for user in (ANA, FACILITATOR)]


async def test_who_becomes_a_facilitator_gives_the_seat_or_the_place_in_the_queue_back(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await facilitate(scene, group.id, ANA)
    assert (await scene.view(BEN, group)).mine == Standing("waiting", 1)
    await facilitate(scene, group.id, 201)
    assert (await scene.view(201, group)).mine == Standing("facilitating")
    assert (await scene.view(BEN, group)).mine.where == "offered"
    await scene.tick.settle()
    assert ("seat.ended", {"server": SERVER, "group": group.id, "user": 201}) in scene.facts


async def test_a_bot_facilitates_nothing(scene: Scene) -> None:
    group = await scene.group()
    with pytest.raises(Invalid) as caught:
        await scene.signup.add_facilitator(ADMIN, group.id, 99, is_bot=True)
    assert caught.value.text == "staff-facilitator-is-bot"
    assert 99 not in await scene.servers.team(scene.desk.reads, SERVER, "facilitator")


async def test_a_facilitator_is_not_added_to_a_group_of_another_server(scene: Scene) -> None:
    await scene.set_up(OTHER_SERVER)
    group = await scene.group(server_id=OTHER_SERVER)
    with pytest.raises(NotFound):
        await facilitate(scene, group.id, ANA)


async def test_the_list_shows_each_person_how_they_stand(scene: Scene) -> None:
    full = await scene.full_with_waiting(ANA)
    roomy = await scene.group(replace(CIRCLE, name="Roomy", places="10"))
    await scene.meets_at(roomy, scene.clock.now() + timedelta(days=2))
    seen = {view.group.id: view for view in (await scene.signup.finding.find(Actor(ANA, SERVER))).views}
    assert (seen[full.id].mine.where, seen[full.id].places, seen[full.id].waiting) == ("waiting", 0, 1)
    assert (seen[roomy.id].mine.where, seen[roomy.id].places) == ("outside", 10)
    assert seen[roomy.id].meets_at == scene.clock.now() + timedelta(days=2)
    await scene.pass_time(timedelta(days=3))
    assert (await scene.view(ANA, roomy)).meets_at is None


async def test_mine_begins_with_what_waits_for_an_answer(scene: Scene) -> None:
    seated = await scene.group(replace(CIRCLE, name="A seat"))
    await scene.join(ANA, seated, may_remind=True)
    held = await scene.group(replace(CIRCLE, name="B held"))
    await facilitate(scene, held.id, ANA)
    offered = await scene.full(replace(CIRCLE, name="C offered"))
    await scene.join(ANA, offered, may_remind=True)
    await scene.leave(201, offered)
    await scene.group(replace(CIRCLE, name="D none of hers"))
    mine = await scene.signup.mine(Actor(ANA, SERVER))
    assert [view.mine.where for view in mine.views] == ["offered", "seated", "facilitating"]
    assert mine.reminders == "on"


async def test_messages_can_be_stopped_and_wanted_again(scene: Scene) -> None:
    group = await scene.group()
    me = Actor(ANA, SERVER)
    await scene.join(ANA, group)
    assert not await scene.signup.may_remind(scene.desk.reads, SERVER, ANA)
    assert (await scene.signup.allow_reminders(me, allowed=True)).reminders == "on"
    assert await scene.signup.may_remind(scene.desk.reads, SERVER, ANA)
    assert (await scene.signup.allow_reminders(me, allowed=False)).reminders == "off"
    assert not await scene.signup.may_remind(scene.desk.reads, SERVER, ANA)


async def test_a_choice_of_somebody_in_no_group_is_not_kept(scene: Scene) -> None:
    assert (await scene.signup.allow_reminders(Actor(ANA, SERVER), allowed=True)).reminders == "off"
    assert not await scene.rows("reminder_choice")


async def test_a_message_refused_elsewhere_stops_the_next(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group, may_remind=True)
    async with scene.desk.transaction() as work:
        await store.close_reminders(work, SERVER, ANA, work.now)
    assert (await scene.signup.mine(Actor(ANA, SERVER))).reminders == "closed"


async def test_a_person_has_the_parts_of_the_group_and_of_its_server_only(scene: Scene) -> None:
    await scene.set_up(OTHER_SERVER)
    group = await scene.group()
    await scene.join(ANA, group)
    await facilitate(scene, group.id, LEAD)

    async def parts(actor: Actor) -> set[Part]:
        return await scene.signup.parts(scene.desk.reads, actor, group.id)

    assert await parts(Actor(ANA, SERVER)) == {Part.EVERYBODY, Part.MEMBER}
    assert await parts(Actor(ANA, None)) == {Part.EVERYBODY, Part.MEMBER}
    assert await parts(Actor(LEAD, SERVER)) == {Part.EVERYBODY, Part.LEAD, Part.FACILITATOR}
    assert await parts(Actor(BEN, SERVER)) == {Part.EVERYBODY}
    assert await parts(Actor(LEAD, OTHER_SERVER, manages_server=True)) == {Part.EVERYBODY}
    assert await scene.signup.parts(scene.desk.reads, ADMIN, "ffffffff") == {Part.EVERYBODY}


async def test_the_pillars_above_learn_whose_groups_are_whose(scene: Scene) -> None:
    seated = await scene.group(replace(CIRCLE, name="Seated"))
    await scene.join(ANA, seated)
    held = await scene.group(replace(CIRCLE, name="Held"))
    await facilitate(scene, held.id, ANA)
    full = await scene.full_with_waiting(ANA)
    reads = scene.desk.reads
    assert await scene.signup.groups_of(reads, SERVER, ANA) == (held, seated)
    assert await scene.signup.groups_of(reads, OTHER_SERVER, ANA) == ()
    assert await scene.signup.group(reads, SERVER, full.id) == await scene.signup.group_by_id(reads, full.id) == full
    for attempt in (scene.signup.group(reads, OTHER_SERVER, full.id), scene.signup.group_by_id(reads, "ffffffff")):
        with pytest.raises(NotFound):
            await attempt


async def test_a_command_offers_only_groups_the_person_has_to_do_with(scene: Scene) -> None:
    await scene.group(replace(CIRCLE, name="Not hers"))
    seated = await scene.group(replace(CIRCLE, name="Seated"))
    await scene.join(ANA, seated)
    held = await scene.group(replace(CIRCLE, name="Held"))
    await facilitate(scene, held.id, ANA)

    async def names(actor: Actor, purpose: Purpose, typed: str = "") -> list[str]:
        return [name for name, _ in await scene.signup.choices_for(actor, typed, purpose)]

    assert await names(Actor(ANA, SERVER), "mine") == ["Held", "Seated"]
    assert await names(Actor(ANA, SERVER), "leave") == ["Seated"]
    assert await names(Actor(ANA, SERVER), "mine", "SEA") == ["Seated"]
    assert await names(Actor(ANA, SERVER), "manage") == []
    assert await names(ADMIN, "manage") == ["Held", "Not hers", "Seated"]
    assert await names(Actor(BEN, SERVER), "mine") == []


async def test_a_list_of_choices_has_25_at_most(scene: Scene) -> None:
    for number in range(26):
        await scene.group(replace(CIRCLE, name=f"Circle {number}"))
    assert len(await scene.signup.choices_for(ADMIN, "", "manage")) == 25
