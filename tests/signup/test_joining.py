"""Joining and leaving, on a real database."""

import asyncio
from dataclasses import replace

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, NotSetUp
from peerbot.signup.rules import Standing
from tests.leaving import leave
from tests.signup.scene import (
    ANA,
    BEN,
    CIRCLE,
    CLEO,
    COORDINATOR,
    FACILITATOR,
    OTHER_SERVER,
    SERVER,
    Scene,
)


async def test_who_joins_a_group_with_room_has_a_seat(scene: Scene) -> None:
    group = await scene.group()
    view = await scene.join(ANA, group)
    assert (view.mine, view.places) == (Standing("seated"), 3)
    assert await scene.signup.members(scene.desk.reads, group.id) == (ANA,)
    await scene.tick.settle()
    assert ("seat.taken", {"server": SERVER, "group": group.id, "user": ANA}) in scene.facts


async def test_a_full_group_of_four_puts_the_fifth_person_on_the_waitlist(scene: Scene) -> None:
    group = await scene.full()
    assert (await scene.join(ANA, group)).mine == Standing("waiting", 1)
    view = await scene.join(BEN, group)
    assert (view.mine, view.places, view.waiting) == (Standing("waiting", 2), 0, 2)
    assert ANA not in await scene.signup.members(scene.desk.reads, group.id)


async def test_of_two_people_pressing_for_the_last_seat_one_has_it_and_the_other_is_first_in_line(scene: Scene) -> None:
    group = await scene.group()
    for user in (201, 202, 203):
        await scene.join(user, group)
    views = await asyncio.gather(scene.join(ANA, group), scene.join(BEN, group))
    assert sorted((view.mine.where, view.mine.place) for view in views) == [("seated", 0), ("waiting", 1)]
    assert len(await scene.signup.members(scene.desk.reads, group.id)) == 4


@pytest.mark.parametrize("full", [False, True])
async def test_joining_twice_has_one_effect_and_the_same_answer(scene: Scene, full: bool) -> None:  # noqa: FBT001
    group = await scene.full() if full else await scene.group()
    views = await asyncio.gather(scene.join(ANA, group), scene.join(ANA, group))
    assert views[0] == views[1]
    assert [row["user_id"] for row in await scene.rows("waiting" if full else "seat")].count(ANA) == 1
    await scene.tick.settle()
    assert sum(kind == "seat.taken" and data["user"] == ANA for kind, data in scene.facts) == (0 if full else 1)


async def test_the_agreement_is_accepted_with_the_seat_and_with_the_place_in_the_queue(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    accepted = {row["user_id"] for row in await scene.rows("acceptance") if row["group_id"] == group.id}
    assert accepted == {201, 202, 203, 204, ANA}


async def test_without_the_tick_nothing_is_kept(scene: Scene) -> None:
    group = await scene.group()
    with pytest.raises(Invalid) as caught:
        await scene.signup.joining.join(Actor(ANA, SERVER), group.id, agreed=False, may_remind=True)
    assert caught.value.text == "join-agree-first"
    assert not await scene.rows("seat")
    assert not await scene.rows("reminder_choice")


async def test_a_facilitator_cannot_hold_a_seat_in_their_group(scene: Scene) -> None:
    group = await scene.group()
    await scene.signup.add_facilitator(Actor(COORDINATOR, SERVER), group.id, FACILITATOR, is_bot=False)
    for attempt in (scene.join(FACILITATOR, group), scene.signup.joining.form(Actor(FACILITATOR, SERVER), group.id)):
        with pytest.raises(NotAllowed) as caught:
            await attempt
        assert caught.value.text == "join-facilitates"


async def test_nobody_joins_before_the_smallest_team_is_there(scene: Scene) -> None:
    group = await scene.group()
    async with scene.desk.transaction() as work:
        await work.all("DELETE FROM team WHERE part = 'facilitator'")
    with pytest.raises(NotSetUp):
        await scene.join(ANA, group)
    with pytest.raises(NotSetUp):
        await scene.signup.finding.find(Actor(ANA, SERVER))


async def test_a_group_of_another_server_is_answered_like_one_that_does_not_exist(scene: Scene) -> None:
    await scene.set_up(OTHER_SERVER)
    elsewhere = await scene.group(server_id=OTHER_SERVER)
    await scene.join(ANA, elsewhere)
    here = Actor(ANA, SERVER)
    answers: set[tuple[object, ...]] = set()
    for group_id in (elsewhere.id, "ffffffff"):
        for attempt in (
            scene.signup.joining.form(here, group_id),
            scene.signup.joining.join(here, group_id, agreed=True, may_remind=False),
            scene.signup.joining.take(here, group_id),
            scene.signup.joining.leave(here, group_id),
            scene.signup.joining.leave_list(here, group_id),
            scene.signup.joining.leave_any(here, group_id),
            scene.signup.show(here, group_id),
            scene.signup.waitlist.accept(here, group_id),
            scene.signup.waitlist.not_now(here, group_id),
        ):
            with pytest.raises(NotFound) as caught:
                await attempt
            answers.add((type(caught.value), caught.value.text, *caught.value.values.items()))
    assert len(answers) == 1
    assert await scene.signup.members(scene.desk.reads, elsewhere.id) == (ANA,)
    assert not await scene.signup.choices_for(here, "", "leave")


async def test_leaving_ends_the_seat_frees_it_and_tells_the_pillars_above(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group, may_remind=True)
    view = await scene.leave(ANA, group)
    assert (view.mine, view.places) == (Standing(), 4)
    await scene.tick.settle()
    assert ("seat.ended", {"server": SERVER, "group": group.id, "user": ANA}) in scene.facts
    assert all(row["user_id"] is None for row in await scene.rows("acceptance"))
    assert not await scene.rows("reminder_choice")


async def test_leaving_twice_has_one_effect_and_the_same_answer(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    assert await scene.leave(ANA, group) == await scene.leave(ANA, group)
    await scene.tick.settle()
    assert [kind for kind, _ in scene.facts].count("seat.ended") == 1
    assert len(await scene.rows("free_seat")) == 4


async def test_who_never_had_a_seat_cannot_learn_anything_by_leaving(scene: Scene) -> None:
    group = await scene.group()
    with pytest.raises(NotFound):
        await scene.leave(ANA, group)
    with pytest.raises(NotFound):
        await scene.leave_list(ANA, group)


async def test_an_old_leave_the_list_button_does_not_cost_the_seat(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    await scene.accept(ANA, await scene.offer_to(ANA, group))
    assert (await scene.leave_list(ANA, group)).mine.where == "seated"


@pytest.mark.parametrize("waits", [False, True])
async def test_the_command_leaves_whichever_one_has(scene: Scene, waits: bool) -> None:  # noqa: FBT001
    group = await scene.full() if waits else await scene.group()
    await scene.join(ANA, group)
    for _ in range(2):
        view, seat = await scene.signup.joining.leave_any(Actor(ANA, SERVER), group.id)
        assert view.mine == Standing()
        assert seat is not waits


async def test_who_names_neither_a_group_nor_a_code_is_told_what_to_do(scene: Scene) -> None:
    with pytest.raises(Invalid, match="join-which"):
        await scene.signup.joining.form(Actor(ANA, SERVER), "")


async def test_who_left_can_come_back(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    await scene.leave(ANA, group)
    assert (await scene.join(ANA, group)).mine == Standing("seated")


async def test_a_ban_ends_seats_places_in_queues_offers_and_facilitation_on_that_server_alone(scene: Scene) -> None:
    await scene.set_up(OTHER_SERVER)
    elsewhere = await scene.group(server_id=OTHER_SERVER)
    await scene.join(ANA, elsewhere)
    seated = await scene.full(replace(CIRCLE, name="Seated"))
    await scene.leave(201, seated)
    await scene.join(ANA, seated, may_remind=True)
    waiting = await scene.full(replace(CIRCLE, name="Waiting"))
    await scene.join(ANA, waiting)
    offered = await scene.full(replace(CIRCLE, name="Offered"))
    await scene.join(ANA, offered)
    await scene.join(BEN, offered)
    await scene.leave(201, offered)
    facilitated = await scene.group(replace(CIRCLE, name="Facilitated"))
    await scene.signup.add_facilitator(Actor(COORDINATOR, SERVER), facilitated.id, ANA, is_bot=False)

    await leave(scene.desk, scene.signup, SERVER, ANA)
    await leave(scene.desk, scene.signup, SERVER, ANA)

    assert not (await scene.signup.mine(Actor(ANA, SERVER))).views
    assert (await scene.view(ANA, waiting)).waiting == 0
    assert (await scene.view(BEN, offered)).mine.where == "offered"
    assert await scene.signup.members(scene.desk.reads, elsewhere.id) == (ANA,)
    assert not await scene.signup.may_remind(scene.desk.reads, SERVER, ANA)
    await scene.tick.settle()
    ended = [(kind, data["group"]) for kind, data in scene.facts if kind.endswith(".ended") and data["user"] == ANA]
    assert sorted(ended) == sorted([("facilitator.ended", facilitated.id), ("seat.ended", seated.id)])


async def test_a_person_who_waits_may_take_a_seat_that_is_open_to_all(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    view = await scene.not_now(ANA, await scene.offer_to(ANA, group))
    assert (view.mine, view.places) == (Standing("waiting", 1), 1)
    assert (await scene.signup.joining.take(Actor(ANA, SERVER), group.id)).mine == Standing("seated")
    assert (await scene.signup.joining.take(Actor(ANA, SERVER), group.id)).mine == Standing("seated")


async def test_taking_a_seat_that_is_not_there_keeps_the_place_in_the_queue(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    assert (await scene.signup.joining.take(Actor(BEN, SERVER), group.id)).mine == Standing("waiting", 2)


async def test_nobody_takes_a_seat_without_having_accepted_the_agreement(scene: Scene) -> None:
    group = await scene.group()
    with pytest.raises(NotFound):
        await scene.signup.joining.take(Actor(CLEO, SERVER), group.id)
