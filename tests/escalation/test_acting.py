"""What is done with a concern: actions from a list, notes, handing over to one teammate."""

import asyncio

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotFound
from peerbot.engine.texts import person, say
from peerbot.escalation.handling import team_cards
from peerbot.escalation.handling.actions import ACTIONS, SHARED_AT_ONCE, Acted
from peerbot.escalation.rules import State
from peerbot.escalation.store import Concern
from tests.escalation.scene import ANA, BEN, CHO, DAY, DEPUTY, FAY, HOUR, LEAD, MAY, MINUTE, MO, SERVER, Scene


async def act(scene: Scene, user_id: int, concern: Concern, what: str) -> Acted:
    acted = await scene.escalation.actions.act(Actor(user_id, SERVER), concern.id, what)
    await scene.tick.settle()
    return acted


async def acts(scene: Scene, concern: Concern) -> list[tuple[str, int | None]]:
    rows = await scene.desk.reads.all("SELECT * FROM concern_act WHERE concern_id = :id ORDER BY id", id=concern.id)
    return [(row["act"], row["by_id"]) for row in rows]


async def hand(scene: Scene, by: int, concern: Concern, to: int) -> None:
    await scene.escalation.hand_overs.ask(Actor(by, SERVER), concern.id, to)
    await scene.tick.settle()


async def test_each_action_gives_whoever_has_it_the_time_of_its_level_again(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    for _ in range(4):
        await scene.wait(25 * MINUTE)
        await act(scene, MO, concern, "handed_over")
    assert not (await scene.now(concern)).asked_again
    await scene.wait(30 * MINUTE)
    assert (await scene.now(concern)).asked_again
    await act(scene, MO, concern, "no_further_action")
    await scene.wait(10 * MINUTE)
    assert (await scene.now(concern)).taken_by == MO


async def test_a_double_click_is_one_act_and_what_is_not_on_the_list_is_none(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await asyncio.gather(*(act(scene, MO, concern, "signposted") for _ in range(5)))
    assert (await acts(scene, concern)).count(("signposted", MO)) == 1
    with pytest.raises(Invalid):
        await act(scene, MO, concern, "closed")
    for stranger in (CHO, FAY, BEN):
        with pytest.raises(NotFound):
            await act(scene, stranger, concern, "signposted")


async def test_a_side_room_opens_where_messages_work_too(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    assert (await act(scene, MO, concern, "side_room")).came == "done"
    assert (await act(scene, MO, concern, "side_room")).came == "done"
    (room,) = scene.paper.side_rooms()
    assert {CHO, MO} <= set(room.people)
    await scene.look_after(MO, concern)
    assert say("state-in-hand", person=person(MO)) in room.messages[-1].text


async def test_telling_somebody_outside_needs_two_one_of_them_lead_or_deputy(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    assert (await act(scene, MO, concern, "shared_outside")).came == "asked"
    assert (await act(scene, MAY, concern, "shared_outside")).came == "asked"
    assert ("shared_outside", MO) not in await acts(scene, concern)
    assert (await act(scene, LEAD, concern, "shared_outside")).came == "done"
    assert ("shared_outside", MO) in await acts(scene, concern)
    assert scene.paper.messages("escalation.share_agreed")


async def test_where_seconds_count_one_may_and_another_looks_at_it_within_a_day(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    assert (await act(scene, MO, concern, SHARED_AT_ONCE)).came == "done"
    assert (await acts(scene, concern))[-2:] == [("shared_outside", MO), ("alone", MO)]
    await scene.wait(DAY)
    reviews = scene.paper.messages("escalation.alone_review")
    assert {one.intent.data["user"] for one in reviews} == {LEAD, DEPUTY}


async def test_closing_asks_what_came_of_it_where_nothing_was_written_down(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    assert (await scene.close(MO, concern, "")).state == "outcome"
    assert await scene.count("sign_off") == 0
    assert (await scene.close(MO, concern, "signposted")).state == "waiting"
    assert (await scene.close(LEAD, concern, "")).closed
    other = await scene.ask(CHO)
    await act(scene, MO, other, "spoke_with")
    assert (await scene.close(MO, other, "")).state == "waiting"
    with pytest.raises(Invalid):
        await scene.close(MO, other, "shared_outside")


async def test_after_closing_nothing_more_is_done(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close_by_two(concern)
    for what in ACTIONS:
        with pytest.raises(Late):
            await act(scene, MO, concern, what)


async def test_notes_show_who_wrote_them_to_those_who_may_open_and_go_with_the_words(scene: Scene) -> None:
    concern = await scene.tell(ANA, BEN, note="from the raiser")
    note = scene.escalation.actions.note
    await note(Actor(MO, SERVER), concern.id, "rang twice")
    for bad in ("", "x" * 201):
        with pytest.raises(Invalid):
            await note(Actor(MO, SERVER), concern.id, bad)
    opened = team_cards.opened_card(await scene.escalation.handling.open(Actor(LEAD, SERVER), concern.id))
    assert say("staff-team-note", person=person(MO), note="rang twice") in opened.text
    await scene.close_by_two(concern)
    assert not await scene.keeps("rang twice")


async def test_the_opened_card_fits_however_much_was_written(scene: Scene) -> None:
    concern = await scene.tell(ANA, BEN, note="*" * 200)
    for _ in range(5):
        concern = await scene.tell(ANA, BEN, note="*" * 200)
    for _ in range(4):
        await scene.escalation.actions.note(Actor(MO, SERVER), concern.id, "_" * 200)
    opened = team_cards.opened_card(await scene.escalation.handling.open(Actor(LEAD, SERVER), concern.id))
    assert len(opened.text) <= 2000


async def test_until_the_other_presses_the_giver_has_it_and_the_raiser_hears_nothing(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    told = len(scene.told(CHO))
    await hand(scene, MO, concern, MAY)
    assert (await scene.now(concern)).taken_by == MO
    page = scene.paper.dms[MAY][-1]
    assert page.button("concern.take")
    assert person(MO) in page.text
    assert len(scene.told(CHO)) == told
    assert (await scene.take(MAY, concern)).mine
    assert say("state-taken", person=person(MAY)) in scene.told(CHO)[-1]
    assert say("staff-hand-passed", person=person(MAY), number=concern.number) in scene.paper.dms[MO][-1].text


async def test_unanswered_it_stays_with_the_giver_who_hears_so(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    await hand(scene, MO, concern, MAY)
    await scene.wait(5 * MINUTE)
    assert scene.paper.dms[MO][-1].text == say("staff-hand-stays", number=concern.number, person=person(MO))
    assert not (await scene.take(MAY, concern)).mine
    assert ((await scene.now(concern)).state, (await scene.now(concern)).taken_by) == (State.IN_HAND, MO)
    assert await scene.count("hand_over") == 0


async def test_whom_no_way_reaches_is_not_waited_for(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    scene.paper.closed.add(MAY)
    scene.paper.refused["post"] = 50013
    await hand(scene, MO, concern, MAY)
    assert scene.paper.dms[MO][-1].text == say("staff-hand-stays", number=concern.number, person=person(MO))


async def test_who_was_asked_and_is_late_finds_somebody_else_who_has_it(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await hand(scene, MO, concern, MAY)
    await scene.look_after(LEAD, concern)
    taken = await scene.take(MAY, concern)
    assert (taken.by, taken.mine) == (LEAD, False)


@pytest.mark.parametrize("to", [MAY, DEPUTY])
async def test_handing_over_shows_nobody_whether_that_teammate_raised_it_and_hides_their_name(
    scene: Scene, to: int
) -> None:
    await scene.duty(MO)
    concern = await scene.tell(MAY, CHO, hide=True)
    await scene.take(MO, concern)
    await scene.tick.settle()
    channels = [message for message in scene.paper.messages("escalation.page") if "channel" in message.intent.data]
    assert (await scene.escalation.hand_overs.ask(Actor(MO, SERVER), concern.id, to)).to == to
    await scene.wait(HOUR / 4)
    after = [message for message in scene.paper.messages("escalation.page") if "channel" in message.intent.data]
    assert after == channels
    assert say("staff-hand-stays", number=concern.number, person=person(MO)) in [
        message.text for message in scene.paper.dms[MO]
    ]


async def test_a_teammate_who_raised_it_and_hides_their_name_is_not_asked_to_have_it(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.tell(MAY, CHO, hide=True)
    await scene.take(MO, concern)
    await hand(scene, MO, concern, MAY)
    await scene.wait(HOUR)
    assert not [people for _, people in scene.paged(concern) if MAY in people]
    with pytest.raises(NotFound):
        await scene.take(MAY, concern)


async def test_a_teammate_is_asked_by_direct_message_to_have_a_concern_that_hides_a_name(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.tell(MAY, CHO, hide=True)
    await scene.take(MO, concern)
    await hand(scene, MO, concern, DEPUTY)
    assert scene.paper.dms[DEPUTY][-1].intent.data["why"] == "handed"
    assert (await scene.take(DEPUTY, concern)).mine


async def test_only_who_has_it_or_a_lead_hands_it_over_and_only_to_who_may_have_it(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.tell(CHO, DEPUTY)
    with pytest.raises(Invalid):  # nobody has it
        await hand(scene, MO, concern, MAY)
    await scene.take(MO, concern)
    for by, to in ((MAY, LEAD), (MO, DEPUTY), (MO, MO), (MO, FAY), (MO, CHO)):
        with pytest.raises(Invalid):
            await hand(scene, by, concern, to)
    await hand(scene, LEAD, concern, MAY)
    assert (await scene.take(MAY, concern)).mine
    await scene.close(MAY, concern)
    await scene.close(LEAD, concern)
    with pytest.raises(Late):
        await hand(scene, LEAD, concern, MO)
    await scene.wait(HOUR)
    assert await scene.count("hand_over") == 0
