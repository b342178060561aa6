"""What the team does: one truth of who has it, acknowledged is not handled, two people close."""

import asyncio
from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound
from peerbot.engine.texts import person, say
from peerbot.escalation.handling import team_cards
from peerbot.escalation.rules import Level, State
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
    COORDINATOR,
    DAY,
    DEPUTY,
    FAY,
    GUS,
    HOUR,
    LEAD,
    MAY,
    MINUTE,
    MO,
    OWNER,
    SERVER,
    TEAM,
    Scene,
)
from tests.escalation.test_gone import removed
from tests.leaving import leave


async def test_of_many_who_press_at_once_one_has_it_and_all_are_told_who(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO, Level.EMERGENCY)
    handling = scene.escalation.handling
    taken = await asyncio.gather(*(handling.take(Actor(user, None), concern.id) for user in TEAM * 5))
    await scene.tick.settle()
    (holder,) = {one.by for one in taken}
    assert sum(one.mine for one in taken) == 5
    assert all(person(holder) in team_cards.taken_card(one).text for one in taken if not one.mine)
    assert len([text for text in scene.told(CHO) if person(holder) in text]) == 1
    assert len(scene.paper.messages("escalation.taken")) == 1


async def test_taking_stops_the_pages_and_tells_the_raiser_who(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.wait(29 * MINUTE)
    assert len(scene.paged()) == 1
    assert say("state-taken", person=person(MO)) in scene.told(CHO)[-1]
    assert say("state-taken", person=person(MO)) in scene.paper.answers["token-1"].text


async def test_what_the_staff_channel_does_not_take_goes_by_message_to_those_who_were_asked(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    server = await scene.servers.load(scene.desk.reads, SERVER)
    scene.paper.refusing[server.moderators_channel_id or 0] = 50013
    await scene.take(LEAD, concern)
    assert say("staff-taken", number=concern.number, person=person(LEAD)) in scene.paper.dms[MO][-1].text
    told = scene.paper.messages("escalation.no_channel")
    assert {int(message.intent.data["user"]) for message in told} == {OWNER, LEAD, DEPUTY}


async def test_a_page_that_is_on_its_way_when_somebody_takes_it_is_no_longer_sent(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.away = True
    concern = await scene.ask(CHO)
    await scene.escalation.handling.take(Actor(LEAD, SERVER), concern.id)
    scene.paper.away = False
    await scene.wait(HOUR / 4)
    assert scene.paper.messages("escalation.page") == []


async def test_who_takes_it_and_does_nothing_is_asked_again_and_then_the_next_line_is(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.wait(30 * MINUTE)
    assert say("staff-page-idle", number=concern.number) in scene.paper.dms[MO][-1].text
    assert scene.paper.dms[MO][-1].button("concern.with")
    assert not scene.paper.dms.get(LEAD)
    await scene.wait(5 * MINUTE)
    assert (await scene.now(concern)).state is State.OPEN
    assert scene.paged()[-1] == (35 * MINUTE, {MO, LEAD, DEPUTY})
    assert scene.paper.dms[LEAD][-1].button("concern.take")
    assert say("state-passed-on", count=3) in scene.told(CHO)[-1]
    await scene.wait(25 * MINUTE)
    assert say("state-nobody") in scene.told(CHO)[-1]
    assert (await scene.take(LEAD, concern)).mine


async def test_a_check_in_passed_on_waits_for_no_shift_and_never_says_that_others_were_asked_who_were_not(
    scene: Scene,
) -> None:
    duty = await scene.escalation.rostering.cover(Actor(LEAD, SERVER), MO, scene.clock.now(), 2)
    concern = await scene.ask(CHO, Level.CHECK_IN)
    await scene.take(MO, concern)
    await scene.wait(3 * HOUR)
    await scene.wait(22 * HOUR)
    assert duty.cover.user_id == MO
    assert scene.paged()[-1] == (24 * HOUR, {MO, LEAD, DEPUTY})
    assert say("state-passed-on", count=3) in scene.told(CHO)[-1]
    await scene.wait(12 * HOUR)
    assert say("state-nobody") in scene.told(CHO)[-1]


async def test_somebody_alone_who_does_nothing_is_not_called_others(scene: Scene) -> None:
    for user_id, part in ((DEPUTY, "deputy"), (MAY, "moderator"), (MO, "moderator")):
        await removed(scene, user_id, part)
    concern = await scene.ask(CHO)
    await scene.take(LEAD, concern)
    await scene.wait(36 * MINUTE)
    assert (await scene.now(concern)).state is State.OPEN
    assert say("state-passed-on", count=1) not in scene.told(CHO)[-1]
    assert scene.paged()[-1][1] == {LEAD}


async def test_who_is_asked_again_by_no_way_that_works_makes_room_for_the_next_line_at_once(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    scene.paper.closed = {MO}
    scene.paper.refused["post"] = 50013
    await scene.wait(30 * MINUTE)
    assert scene.paged()[-1] == (30 * MINUTE, {LEAD, DEPUTY})


@pytest.mark.parametrize(("level", "asked_after"), [(Level.EMERGENCY, 10 * MINUTE), (Level.CHECK_IN, 12 * HOUR)])
async def test_how_soon_somebody_is_asked_again_follows_the_level(
    scene: Scene, level: Level, asked_after: timedelta
) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO, level)
    await scene.take(MO, concern)
    messages = len(scene.paper.dms[MO])
    await scene.wait(asked_after - MINUTE)
    assert len(scene.paper.dms[MO]) == messages
    await scene.wait(MINUTE)
    assert say("staff-page-idle", number=concern.number) in scene.paper.dms[MO][-1].text


async def test_who_says_they_are_with_the_person_has_it_and_is_asked_no_more(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    taken = await scene.look_after(MAY, concern)
    assert taken.mine
    assert (await scene.now(concern)).taken_by == MAY
    assert say("state-in-hand", person=person(MAY)) in scene.told(CHO)[-1]
    assert person(MAY) in scene.paper.messages("escalation.taken")[-1].text
    other = await scene.look_after(MO, concern)
    assert (other.by, other.mine) == (MAY, False)
    await scene.wait(2 * DAY)
    assert len(scene.paged()) == 1


async def test_saying_it_at_once_takes_it_and_the_raiser_hears_the_newest_only(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    assert [say("state-in-hand", person=person(MO)) in text for text in scene.told(CHO)] == [False, True]


async def test_urgent_needs_two_people_one_of_them_lead_or_deputy(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    for user in (MO, MO, MAY, MAY):
        assert not (await scene.close(user, concern)).closed
    assert len(scene.paper.messages("escalation.close_asked")) == 1
    assert (await scene.close(DEPUTY, concern)).closed
    assert (await scene.now(concern)).state is State.CLOSED


async def test_two_of_whom_the_lead_asked_first_close_it(scene: Scene) -> None:
    concern = await scene.ask(CHO, Level.EMERGENCY)
    assert not (await scene.close(LEAD, concern)).closed
    assert not (await scene.close(LEAD, concern)).closed
    assert (await scene.close(MO, concern)).closed


async def test_one_person_closes_a_check_in(scene: Scene) -> None:
    concern = await scene.ask(CHO, Level.CHECK_IN)
    assert (await scene.close(MO, concern)).closed
    assert (await scene.close(MO, concern)).closed
    assert len([text for text in scene.told(CHO) if say("state-closed") in text]) == 1


async def test_a_sign_off_counts_no_more_once_the_raiser_has_asked_again(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    await scene.ask(CHO)
    assert not (await scene.close(LEAD, concern)).closed
    assert (await scene.close(MO, concern)).closed


async def test_nothing_happens_to_a_closed_concern_that_is_pressed(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close_by_two(concern)
    sent = len(scene.paper.messages("escalation.page")), len(scene.told(CHO))
    taken = await scene.take(MAY, concern)
    assert say("staff-closed-already", number=concern.number) in team_cards.taken_card(taken).text
    await scene.look_after(MAY, concern)
    assert (await scene.close(MAY, concern)).closed
    assert (await scene.now(concern)).taken_by is None
    await scene.wait(DAY)
    assert (len(scene.paper.messages("escalation.page")), len(scene.told(CHO))) == sent


async def test_opening_shows_the_rest_and_is_written_down_and_once_closed_only_to_leads(scene: Scene) -> None:
    concern = await scene.tell(ANA, BEN, note="what was said")
    handling = scene.escalation.handling
    shown = team_cards.opened_card(await handling.open(Actor(MO, SERVER), concern.id)).text
    assert all(part in shown for part in (person(ANA), person(BEN), "what was said"))
    acts = await scene.desk.reads.all("SELECT act, by_id FROM concern_act ORDER BY id")
    assert (acts[-1]["act"], acts[-1]["by_id"]) == ("opened", MO)
    scene.paper.away = True
    await scene.close_by_two(concern)
    for user, sees in ((MO, False), (MAY, False), (LEAD, True), (DEPUTY, True)):
        shown = team_cards.opened_card(await handling.open_number(Actor(user, SERVER), concern.number)).text
        assert ("what was said" in shown) is sees


async def test_a_raiser_who_hides_their_name_is_named_to_leads_alone(scene: Scene) -> None:
    concern = await scene.tell(ANA, BEN, hide=True)
    for user, sees in ((MO, False), (LEAD, True)):
        opened = await scene.escalation.handling.open(Actor(user, SERVER), concern.id)
        assert (person(ANA) in team_cards.opened_card(opened).text) is sees


async def test_a_facilitator_may_handle_what_their_own_room_asked_them_and_nothing_else(scene: Scene) -> None:
    room = await scene.meet()
    concern = await scene.ask(ANA, Level.CHECK_IN, room)
    other = await scene.ask(CHO)
    handling = scene.escalation.handling
    assert (await scene.take(FAY, concern)).mine
    for user in (FAY, GUS, COORDINATOR, BEN):
        with pytest.raises(NotFound):
            await handling.open(Actor(user, SERVER), other.id)
    async with scene.desk.transaction() as work:
        await work.all("DELETE FROM facilitator WHERE user_id = :user", user=GUS)
    with pytest.raises(NotFound):
        await handling.open(Actor(GUS, None), concern.id)


async def test_who_was_paged_and_left_the_team_may_do_nothing_any_more(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await leave(scene.desk, scene.servers, SERVER, MO)
    handling = scene.escalation.handling
    for use in (handling.take, handling.open, scene.escalation.closings.close):
        with pytest.raises(NotFound):
            await use(Actor(MO, None), concern.id)


async def test_a_concern_of_another_server_is_not_there(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    with pytest.raises(NotFound):
        await scene.escalation.handling.take(Actor(MO, 77), concern.id)
    with pytest.raises(NotFound):
        await scene.escalation.handling.open_number(Actor(MO, 77), concern.number)


async def test_the_team_lists_what_is_open_most_pressing_first_and_others_may_not(scene: Scene) -> None:
    await scene.ask(BEN, Level.CHECK_IN)
    await scene.ask(CHO, Level.EMERGENCY)
    listed = await scene.escalation.handling.listed(Actor(MO, SERVER))
    assert [concern.level for concern in listed] == [Level.EMERGENCY, Level.CHECK_IN]
    assert str(CHO) not in team_cards.list_card(listed).text
    for user in (CHO, COORDINATOR):
        with pytest.raises(NotAllowed):
            await scene.escalation.handling.listed(Actor(user, SERVER))


async def test_a_long_list_says_how_many_more_there_are(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    card = team_cards.list_card([concern] * 40)
    assert say("staff-list-more", count=25) in card.text
    assert len(card.text) < 2000


@pytest.mark.parametrize(("hours", "starts_in"), [(0, 0), (25, 0), (-3, 0), (1, -2)])
async def test_a_shift_that_makes_no_sense_is_refused(scene: Scene, hours: int, starts_in: int) -> None:
    starts = scene.clock.now() + starts_in * HOUR
    with pytest.raises(Invalid):
        await scene.escalation.rostering.cover(Actor(LEAD, SERVER), MO, starts, hours)
    with pytest.raises(Invalid):
        await scene.escalation.rostering.cover(Actor(LEAD, SERVER), CHO, scene.clock.now(), 4)
    with pytest.raises(NotAllowed):
        await scene.escalation.rostering.cover(Actor(CHO, SERVER), MO, scene.clock.now(), 4)
    assert await scene.count("shift") == 0
