"""Trying one meeting where a coordinator confirms each seat: a request first, a taster once they have spoken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Late, NotAllowed
from peerbot.signup.cards import joined_card
from peerbot.signup.confirming.cards import waiting_card
from peerbot.signup.rules import Group
from tests.fakes import EVENING
from tests.signup.scene import ANA, BEN, CIRCLE, CLEO, COORDINATOR, SERVER, Scene, at

COLIN = Actor(COORDINATOR, SERVER)
MEETS = EVENING + timedelta(hours=7)


async def planned(scene: Scene, *full: int, name: str = CIRCLE.name) -> Group:
    """A group of four that meets tonight, with some seats taken."""
    group = await scene.group(replace(CIRCLE, name=name))
    await scene.meets_at(group, MEETS)
    for user in full:
        await scene.join(user, group)
    return group


async def confirmed(scene: Scene, *full: int) -> Group:
    """The same, where from then on each seat is confirmed."""
    group = await planned(scene, *full)
    await scene.signup.confirming.turn(COLIN, on=True)
    return group


async def waiting(scene: Scene, user: int) -> int:
    return next(each.waiting for each in await scene.signup.confirming.waiting(COLIN) if each.user_id == user)


async def confirm(scene: Scene, user: int) -> None:
    await scene.signup.confirming.confirm(COLIN, await waiting(scene, user))


async def test_who_wants_to_try_asks_first_and_is_a_taster_once_a_coordinator_has_confirmed_it(scene: Scene) -> None:
    group = await confirmed(scene, 201, 202, 203)
    assert (await scene.view(ANA, group)).can_be_tried
    view = await scene.taste(ANA, group, may_remind=True)
    assert (view.mine.where, view.mine.tries, view.places) == ("pending", True, 0)
    assert "You asked to try one meeting" in joined_card(view).text
    assert not await scene.rows("taster"), "it counts for nothing yet"
    assert await scene.signup.tasting.expected(scene.desk.reads, group.id) == 0
    assert not (await scene.view(BEN, group)).can_be_tried, "the seat is held"
    with pytest.raises(Late, match="taster-not-now"):
        await scene.taste(BEN, group)
    assert "to try one meeting" in waiting_card(await scene.signup.confirming.waiting(COLIN), 0).text
    ana = await waiting(scene, ANA)
    for _ in range(2):
        await scene.signup.confirming.confirm(COLIN, ana)
    assert (await scene.view(ANA, group)).mine.where == "tasting"
    assert await scene.signup.tasting.expected(scene.desk.reads, group.id) == 1
    assert len(await scene.messages()) == 1
    await scene.pass_time(MEETS + timedelta(hours=2) - scene.clock.now())
    await scene.took_place(group, MEETS)
    mine = (await scene.view(ANA, group)).mine
    assert mine.asked
    assert (await scene.signup.tasting.keep(at(ANA, group), mine.taster)).mine.where == "seated"


async def test_who_is_declined_or_leaves_the_list_has_tried_nothing(scene: Scene) -> None:
    group = await confirmed(scene)
    for user in (ANA, BEN):
        await scene.taste(user, group)
    await scene.signup.confirming.decline(COLIN, await waiting(scene, ANA))
    await scene.leave_list(BEN, group)
    assert not await scene.rows("taster")
    assert not await scene.signup.confirming.waiting(COLIN)
    for user in (ANA, BEN):
        assert (await scene.taste(user, group)).mine.where == "pending", "they may ask again"


async def test_without_a_meeting_a_seat_or_leave_to_try_nothing_is_confirmed_and_the_request_stands(
    scene: Scene,
) -> None:
    group = await confirmed(scene, 201, 202, 203)
    await scene.taste(ANA, group)
    await scene.meets_at(group, None)
    with pytest.raises(Late, match="nothing-to-try"):
        await confirm(scene, ANA)
    await scene.meets_at(group, MEETS)
    for on in (0, 1):
        async with scene.desk.transaction() as work:
            await work.all("UPDATE peer_group SET tasters = :on WHERE id = :id", on=on, id=group.id)
        if not on:
            with pytest.raises(Late, match="nothing-to-try"):
                await confirm(scene, ANA)
    assert (await scene.view(ANA, group)).mine.where == "pending"
    await confirm(scene, ANA)
    assert (await scene.view(ANA, group)).mine.where == "tasting"


async def test_requests_count_towards_three_so_that_a_fourth_is_never_confirmed(scene: Scene) -> None:
    groups = [await planned(scene, name=f"Circle {n}") for n in range(4)]
    await scene.taste(ANA, groups[0])
    await scene.signup.confirming.turn(COLIN, on=True)
    for group in groups[1:3]:
        await scene.taste(ANA, group)
    with pytest.raises(NotAllowed, match="taster-three-asked"):
        await scene.taste(ANA, groups[3])
    await scene.leave_list(ANA, groups[2])
    assert (await scene.taste(ANA, groups[3])).mine.where == "pending"
    for group in (groups[1], groups[3]):
        await confirm(scene, ANA)
        assert (await scene.view(ANA, group)).mine.where == "tasting"
    with pytest.raises(NotAllowed, match="taster-three"):
        await scene.taste(ANA, groups[2])


async def test_who_joins_after_all_or_is_confirmed_by_nobody_any_more_waits_for_a_members_seat(scene: Scene) -> None:
    group = await confirmed(scene, 201)
    for user in (ANA, BEN, CLEO):
        await scene.taste(user, group)
    assert not (await scene.join(ANA, group)).mine.tries
    assert (await scene.taste(ANA, group)).mine.tries is False, "who waits for a seat stays as they are"
    await confirm(scene, ANA)
    assert (await scene.view(ANA, group)).mine.where == "seated"
    await scene.signup.confirming.turn(COLIN, on=False)
    ben = (await scene.view(BEN, group)).mine
    assert (ben.where, ben.tries) == ("offered", False)
    assert (await scene.accept(BEN, ben.offer)).mine.where == "seated"
    assert not await scene.rows("taster")


async def test_a_request_to_try_is_shown_to_the_person_as_what_it_is(scene: Scene) -> None:
    group = await confirmed(scene)
    await scene.taste(ANA, group)
    (kept,) = [k for k in await scene.signup.kept_about(scene.desk.reads, ANA) if k.item == "kept-wait"]
    assert kept.values["tries"] == "yes"
