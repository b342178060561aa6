"""What is left open is asked about each day; whom a line is skipped for, nobody of it is asked; who reads is said."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.texts import person, say
from peerbot.escalation.rules import Level, State
from tests.escalation.scene import CHO, DAY, DEPUTY, HOUR, LEAD, MAY, MINUTE, MO, SERVER, Scene


async def test_who_looks_after_somebody_is_asked_each_day_until_it_is_closed(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    await scene.wait(2 * DAY + HOUR)
    asked = scene.paper.seen_by(MO, "escalation.left_open")
    assert [message.text for message in asked] == [say("staff-left-open", number=concern.number, person=person(MO))] * 2
    assert scene.paper.messages("escalation.left_open") == asked
    await scene.close_by_two(concern)
    await scene.wait(3 * DAY)
    assert len(scene.paper.messages("escalation.left_open")) == 2


async def test_whom_no_message_reaches_is_asked_in_the_teams_channel(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    scene.paper.closed.add(MO)
    await scene.wait(DAY + HOUR)
    (asked,) = scene.paper.messages("escalation.left_open")
    assert "channel" in asked.intent.data
    assert asked.card.pings == (MO,)


async def test_what_is_done_by_who_has_it_tells_the_raiser_that_they_are_looked_after(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.escalation.actions.act(Actor(MO, SERVER), concern.id, "spoke_with")
    await scene.tick.settle()
    assert (await scene.now(concern)).state is State.IN_HAND
    assert say("state-in-hand", person=person(MO)) in scene.told(CHO)[-1]
    other = await scene.ask(CHO, Level.URGENT)
    assert other.id == concern.id


async def test_a_name_that_one_of_the_team_hides_is_not_told_by_who_is_not_called(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.duty(MAY)
    concern = await scene.tell(MO, None, Level.EMERGENCY, hide=True)
    pages = [page for page in scene.paper.messages("escalation.page") if page.intent.data["concern"] == concern.id]
    assert {LEAD, DEPUTY, MAY} <= {user for page in pages for user in page.card.pings}
    assert all("user" in page.intent.data for page in pages)
    shown = await scene.tell(MAY, None, Level.EMERGENCY)
    pages = [page for page in scene.paper.messages("escalation.page") if page.intent.data["concern"] == shown.id]
    assert any("channel" in page.intent.data for page in pages)


async def test_about_the_lead_no_deputy_is_let_into_the_side_room_or_asked_by_name(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.duty(MAY)
    scene.paper.closed.add(CHO)
    concern = await scene.tell(CHO, LEAD)
    await scene.take(MO, concern)
    (room,) = scene.paper.side_rooms()
    assert DEPUTY not in room.people
    assert MO in room.people
    assert person(DEPUTY) not in room.messages[0].text
    await scene.close(MO, concern)
    await scene.wait(3 * HOUR)
    assert scene.paper.seen_by(DEPUTY, "escalation.close_asked") == []
    asked = scene.paper.messages("escalation.close_asked")
    assert asked
    assert not [message for message in asked if say("staff-second-lead") in message.text]
    assert (await scene.close(MAY, concern)).closed


async def test_whoever_comes_into_a_side_room_is_named_there_and_no_more_than_three_are_in_it(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    concern = await scene.ask(CHO)
    (room,) = scene.paper.side_rooms()
    for user_id in (MO, MAY):
        await scene.take(user_id, concern)
        await scene.wait(MINUTE)
        if user_id == MO:
            await scene.escalation.hand_overs.ask(Actor(MO, SERVER), concern.id, MAY)
            await scene.tick.settle()
    people = (await scene.now(concern)).side_people
    assert len(people) == 3
    assert MAY in people
    assert {user for user in (LEAD, DEPUTY, MO, MAY) if user in room.people} == set(people)
    named = [message.text for message in room.messages if "can read here now" in message.text]
    assert named[-1] == say("side-room-people", team=" ".join(person(user) for user in people))


@pytest.mark.parametrize("subject", [MO, MAY])
async def test_a_question_about_one_of_the_team_reaches_who_may_agree(scene: Scene, subject: int) -> None:
    other = MAY if subject == MO else MO
    await scene.duty(other)
    concern = await scene.tell(CHO, subject)
    await scene.take(LEAD, concern)
    await scene.close(LEAD, concern)
    await scene.tick.settle()
    assert scene.paper.seen_by(DEPUTY, "escalation.close_asked")
    assert scene.paper.seen_by(subject, "escalation.close_asked") == []


async def test_for_a_raiser_who_has_left_the_server_no_room_is_made_and_the_team_hears_that_nothing_reaches_them(
    scene: Scene,
) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    scene.paper.gone.add(CHO)
    concern = await scene.ask(CHO)
    assert scene.paper.side_rooms() == []
    assert (await scene.now(concern)).way == "none"
    assert scene.paper.messages("escalation.unreachable")
    before = len(scene.paged())
    await scene.wait(6 * MINUTE)
    assert len(scene.paged()) > before


async def test_a_raiser_who_leaves_while_their_side_room_is_there_is_told_to_the_team_and_pages_go_on(
    scene: Scene,
) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    concern = await scene.ask(CHO)
    (room,) = scene.paper.side_rooms()
    scene.paper.gone.add(CHO)
    written = len(room.messages)
    await scene.wait(30 * MINUTE)
    assert len(room.messages) == written
    assert (await scene.now(concern)).way == "none"
    assert scene.paper.messages("escalation.unreachable")
    pages = len(scene.paged())
    await scene.wait(HOUR)
    assert len(scene.paged()) > pages


async def test_a_giver_whom_no_message_reaches_hears_in_the_channel_that_a_concern_stays_theirs(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    scene.paper.closed.add(MO)
    await scene.escalation.hand_overs.ask(Actor(MO, SERVER), concern.id, MAY)
    await scene.wait(10 * MINUTE)
    (told,) = scene.paper.messages("escalation.handed")
    assert "channel" in told.intent.data
    assert told.text == f"{person(MO)}\n{say('staff-hand-stays', number=concern.number)}"


async def test_a_note_of_the_list_that_was_not_sent_in_time_goes_to_the_channel(scene: Scene) -> None:
    scene.paper.away = True
    for subject in range(900_201, 900_205):
        await scene.tell(CHO, subject)
    scene.clock.move(DAY + HOUR)
    await scene.tick.settle()
    scene.paper.away = False
    await scene.wait(MINUTE)
    assert [note for note in scene.paper.messages("escalation.lead_list") if "channel" in note.intent.data]
