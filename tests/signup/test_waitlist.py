"""Offers of freed seats, on a real database."""

import asyncio
import json
from datetime import timedelta

import pytest

from peerbot.engine import outbox
from peerbot.engine.actor import Actor
from peerbot.engine.delivery import Finish
from peerbot.engine.errors import Late, NotFound
from peerbot.engine.outbox import Lane
from peerbot.signup.cards import SignupCards
from peerbot.signup.rules import Standing
from tests.signup.scene import ANA, BEN, CLEO, COORDINATOR, OTHER_SERVER, SERVER, Scene

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


async def test_a_freed_seat_is_offered_to_the_first_in_line_for_a_day(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    mine = (await scene.view(ANA, group)).mine
    assert (mine.where, mine.place, mine.ends_at) == ("offered", 1, scene.clock.now() + DAY)
    view = await scene.view(BEN, group)
    assert (view.mine, view.places) == (Standing("waiting", 2), 0)


async def test_yes_please_takes_the_seat_once_and_the_queue_moves_up(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    views = await asyncio.gather(scene.accept(ANA, offer), scene.accept(ANA, offer))
    assert [view.mine for view in views] == [Standing("seated")] * 2
    assert (await scene.view(BEN, group)).mine == Standing("waiting", 1)
    await scene.tick.settle()
    assert sum(kind == "seat.taken" and data["user"] == ANA for kind, data in scene.facts) == 1
    assert [row["state"] for row in await scene.rows("offer")] == ["taken"]
    assert not [row for row in await scene.rows("timer") if row["kind"].startswith("offer")]


async def test_not_now_passes_the_seat_on_and_keeps_the_place(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    first, second = await scene.not_now(ANA, offer), await scene.not_now(ANA, offer)
    assert first == second
    assert first.mine == Standing("waiting", 1)
    assert (await scene.view(BEN, group)).mine.where == "offered"
    await scene.leave(202, group)
    assert (await scene.view(ANA, group)).mine.where == "offered"


async def test_nobody_is_asked_twice_about_one_seat(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    await scene.not_now(ANA, await scene.offer_to(ANA, group))
    view = await scene.not_now(BEN, await scene.offer_to(BEN, group))
    assert (view.mine, view.places) == (Standing("waiting", 2), 1)
    assert (await scene.view(ANA, group)).mine == Standing("waiting", 1)
    assert (await scene.join(CLEO, group)).mine == Standing("seated")


async def test_an_unanswered_offer_moves_on_and_the_person_keeps_their_place(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    await scene.pass_time(DAY - timedelta(seconds=1))
    assert (await scene.view(ANA, group)).mine.where == "offered"
    await scene.pass_time(timedelta(seconds=1))
    assert (await scene.view(ANA, group)).mine == Standing("waiting", 1)
    assert (await scene.view(BEN, group)).mine.where == "offered"
    with pytest.raises(Late):
        await scene.accept(ANA, offer)


async def test_yes_please_pressed_late_takes_nothing_even_before_the_offer_is_cleared_away(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    scene.clock.move(DAY)
    with pytest.raises(Late):
        await scene.accept(ANA, offer)
    assert (await scene.view(ANA, group)).mine == Standing("waiting", 1)


async def test_yes_please_after_not_now_takes_nothing(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    await scene.not_now(ANA, offer)
    with pytest.raises(Late):
        await scene.accept(ANA, offer)
    assert (await scene.view(BEN, group)).mine.where == "offered"


async def test_not_now_after_yes_please_costs_nothing(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    await scene.accept(ANA, offer)
    assert (await scene.not_now(ANA, offer)).mine == Standing("seated")


async def test_leaving_the_list_passes_the_seat_on(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    assert await scene.leave_list(ANA, group) == await scene.leave_list(ANA, group)
    assert (await scene.view(BEN, group)).mine.where == "offered"
    with pytest.raises(Late):
        await scene.accept(ANA, offer)


async def test_another_persons_offer_is_not_there(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    for act in (scene.signup.waitlist.accept, scene.signup.waitlist.not_now):
        for actor in (Actor(BEN, SERVER), Actor(BEN, None), Actor(ANA, OTHER_SERVER)):
            with pytest.raises(NotFound):
                await act(actor, offer)


async def test_an_offer_can_be_answered_in_a_direct_message(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    view = await scene.signup.waitlist.accept(Actor(ANA, None), await scene.offer_to(ANA, group))
    assert view.mine == Standing("seated")
    assert (await scene.signup.joining.leave_list(Actor(ANA, None), group.id)).mine == Standing("seated")


async def test_two_freed_seats_are_offered_to_the_first_two(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN, CLEO)
    await scene.leave(201, group)
    await scene.leave(202, group)
    standings = [(await scene.view(user, group)).mine.where for user in (ANA, BEN, CLEO)]
    assert standings == ["offered", "offered", "waiting"]


async def test_the_offer_is_shorter_when_the_meeting_is_near(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.meets_at(group, scene.clock.now() + 5 * HOUR)
    await scene.leave(201, group)
    assert (await scene.view(ANA, group)).mine.ends_at == scene.clock.now() + 3 * HOUR


async def test_a_seat_freed_just_before_a_meeting_is_offered_when_it_has_begun_and_to_nobody_else(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.meets_at(group, scene.clock.now() + 2 * HOUR)
    await scene.leave(201, group)
    assert (await scene.view(ANA, group)).mine == Standing("waiting", 1)
    assert (await scene.join(BEN, group)).mine == Standing("waiting", 2)
    await scene.pass_time(2 * HOUR)
    assert (await scene.view(ANA, group)).mine.where == "offered"


async def test_a_meeting_that_moves_away_frees_the_offer_it_held_back(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.meets_at(group, scene.clock.now() + HOUR)
    await scene.leave(201, group)
    await scene.meets_at(group, scene.clock.now() + 7 * DAY)
    assert (await scene.view(ANA, group)).mine.where == "offered"


async def test_an_offer_keeps_the_end_it_promised_when_a_meeting_is_planned_earlier(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    await scene.meets_at(group, scene.clock.now() + HOUR)
    assert (await scene.view(ANA, group)).mine.ends_at == scene.clock.now() + DAY


async def test_an_offer_is_sent_to_those_who_said_the_bot_may_write(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, may_remind=True)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    (intent,) = await scene.messages()
    assert (intent["kind"], intent["lane"], intent["report"]) == ("dm", Lane.REMINDER, "signup.offer")
    assert json.loads(intent["data"]) == {"user": ANA, "card": "signup.offer", "offer": offer}
    card = await SignupCards().makers()["signup.offer"](scene.desk.reads, {"offer": offer}, scene.clock.now())
    assert card is not None
    assert "Tuesday Circle" in card.text
    assert [button.action for row in card.rows if isinstance(row, tuple) for button in row] == [
        "offer.accept",
        "offer.pass",
        "group.leave-list",
        "help.ask",
    ]


async def test_no_message_goes_to_those_who_did_not(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    assert (await scene.view(ANA, group)).mine.where == "offered"
    assert not await scene.messages()


async def test_the_message_of_an_offer_that_was_answered_is_not_sent(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, may_remind=True)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    await scene.accept(ANA, offer)
    (intent,) = await scene.messages()
    assert intent["state"] == "dropped"
    make = SignupCards().makers()["signup.offer"]
    assert await make(scene.desk.reads, {"offer": offer}, scene.clock.now()) is None


@pytest.mark.parametrize("code", ["50007", "50278"])
async def test_a_refused_message_is_noted_once_and_none_is_tried_until_the_person_says_yes_again(
    scene: Scene, code: str
) -> None:
    group = await scene.full_with_waiting(ANA, may_remind=True)
    await scene.leave(201, group)
    async with scene.desk.transaction() as work:
        leased = next(each for each in await outbox.lease(work, work.now, 10) if each.kind == "dm")
        await scene.desk.handlers.reports["signup.offer"](work, leased, Finish("failed", code))
    me = Actor(ANA, SERVER)
    assert (await scene.signup.mine(me)).reminders == "closed"
    assert not await scene.signup.may_remind(scene.desk.reads, SERVER, ANA)
    await scene.not_now(ANA, await scene.offer_to(ANA, group))
    await scene.leave(202, group)
    assert (await scene.view(ANA, group)).mine.where == "offered"
    assert len(await scene.messages()) == 1
    assert (await scene.signup.allow_reminders(me, allowed=True)).reminders == "on"
    assert await scene.signup.may_remind(scene.desk.reads, SERVER, ANA)


async def test_an_old_button_shows_nothing_of_a_group_that_is_not_there_for_the_person_any_more(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    await scene.not_now(ANA, offer)
    await scene.leave_list(ANA, group)
    assert (await scene.not_now(ANA, offer)).mine == Standing()
    assert (await scene.signup.joining.take(Actor(ANA, SERVER), group.id)).mine == Standing()
    await scene.signup.groups.switch(Actor(COORDINATOR, SERVER), group.id, "private", on=True, sure=True)
    with pytest.raises(NotFound):
        await scene.not_now(ANA, offer)
    with pytest.raises(NotFound):
        await scene.signup.joining.take(Actor(ANA, SERVER), group.id)
