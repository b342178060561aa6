"""What follows a concern: the team talks, somebody writes the next day if agreed, a lead looks a week later."""

from datetime import UTC, datetime

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.texts import moment, person, say
from peerbot.escalation.aftercare import cards as aftercare_cards
from peerbot.escalation.aftercare.service import next_morning
from peerbot.escalation.handling import team_cards
from peerbot.escalation.rules import Level
from peerbot.escalation.store import Concern
from tests.escalation.scene import ANA, BEN, CHO, DAY, DEPUTY, FAY, HOUR, LEAD, MAY, MO, SERVER, Scene


async def agreed(scene: Scene) -> Concern:
    """Mo looks after Cho, who agrees to a note the next day."""
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    await scene.escalation.aftercare.want_note(Actor(CHO, None), concern.id, wants=True)
    return concern


async def test_closing_asks_the_team_to_talk_and_whoever_handled_it_besides(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.close_by_two(concern)
    sent = scene.paper.messages("escalation.debrief")
    assert [one.intent.data.get("user") for one in sent if "user" in one.intent.data] == [MO]
    assert len(sent) == 2
    assert all(one.text == say("staff-debrief", number=concern.number) for one in sent)
    assert all(one.button("help.ask") for one in sent)


async def test_a_debrief_about_staff_does_not_reach_whom_it_is_about(scene: Scene) -> None:
    concern = await scene.tell(CHO, DEPUTY)
    await scene.take(MO, concern)
    await scene.close_by_two(concern)
    assert not scene.paper.seen_by(DEPUTY, "escalation.debrief")
    await scene.wait(7 * DAY)
    assert not scene.paper.seen_by(DEPUTY, "escalation.review")
    assert scene.paper.seen_by(LEAD, "escalation.review")


async def test_the_question_about_tomorrow_is_asked_once_and_only_of_who_needs_somebody_themselves(
    scene: Scene,
) -> None:
    await scene.duty(MO)
    own, other = await scene.ask(CHO), await scene.tell(ANA, BEN)
    for concern in (own, other):
        await scene.look_after(MO, concern)
    assert [say("next-day-ask") in text for text in scene.told(CHO)].count(True) == 1
    assert not any(say("next-day-ask") in text for text in scene.told(ANA))
    await scene.wait(2 * HOUR)
    await scene.ask(CHO)
    await scene.look_after(MAY, own)
    assert [say("next-day-ask") in text for text in scene.told(CHO)].count(True) == 1


async def test_the_next_morning_whoever_had_it_is_reminded_without_a_name_and_then_who_agreed_is_forgotten(
    scene: Scene,
) -> None:
    concern = await agreed(scene)
    await scene.close_by_two(concern)
    assert "kept-next-day" in {kept.item for kept in await scene.escalation.kept_about(scene.desk.reads, CHO)}
    await scene.until(next_morning(scene.clock.now(), "Europe/London"))
    (message,) = scene.paper.messages("escalation.next_day")
    assert message.intent.data["user"] == MO
    assert str(CHO) not in message.text
    use = scene.escalation.aftercare
    for stranger in (MAY, FAY, ANA, CHO):
        with pytest.raises(NotFound):
            await use.to_write(Actor(stranger, None), concern.id)
    assert person(CHO) in aftercare_cards.who_card(await use.to_write(Actor(MO, None), concern.id)).text
    await use.written(Actor(MO, None), concern.id)
    with pytest.raises(NotFound):
        await use.written(Actor(MO, None), concern.id)
    assert not await scene.keeps(CHO)


async def test_a_note_that_nobody_writes_is_given_up_after_a_day(scene: Scene) -> None:
    concern = await agreed(scene)
    await scene.close_by_two(concern)
    await scene.until(next_morning(scene.clock.now(), "Europe/London") + DAY)
    assert not await scene.keeps(CHO)


async def test_who_changes_their_mind_or_is_silenced_is_not_written_to(scene: Scene) -> None:
    concern = await agreed(scene)
    use = scene.escalation.aftercare
    await use.want_note(Actor(CHO, None), concern.id, wants=False)
    await scene.wait(2 * DAY)
    await use.want_note(Actor(CHO, None), concern.id, wants=True)
    await scene.escalation.postvention.begin(Actor(LEAD, SERVER), CHO)
    await scene.wait(2 * DAY)
    assert scene.paper.messages("escalation.next_day") == []
    for stranger in (ANA, MO):
        with pytest.raises(NotFound):
            await use.want_note(Actor(stranger, None), concern.id, wants=True)


async def test_a_teammate_whom_no_message_reaches_is_reminded_in_the_channel(scene: Scene) -> None:
    scene.paper.closed.add(MO)
    await agreed(scene)
    await scene.until(next_morning(scene.clock.now(), "Europe/London"))
    (message,) = scene.paper.messages("escalation.next_day")
    assert "channel" in message.intent.data


async def test_the_next_morning_is_by_the_clocks_of_the_server() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert next_morning(late, "Europe/London") == datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
    assert next_morning(late, "Europe/Berlin") == datetime(2026, 7, 3, 8, 0, tzinfo=UTC)


async def test_what_was_urgent_is_looked_at_once_a_week_later_and_a_check_in_is_not(scene: Scene) -> None:
    small, large = await scene.ask(ANA, Level.CHECK_IN), await scene.ask(CHO)
    await scene.close(MO, small)
    await scene.close_by_two(large)
    await scene.wait(7 * DAY)
    reviews = scene.paper.messages("escalation.review")
    assert {(one.intent.data["user"], one.intent.data["concern"]) for one in reviews} == {
        (LEAD, large.id),
        (DEPUTY, large.id),
    }
    for user in (LEAD, DEPUTY, LEAD):
        await scene.escalation.aftercare.reviewed(Actor(user, None), large.id)
    with pytest.raises(NotFound):
        await scene.escalation.aftercare.reviewed(Actor(MO, None), large.id)
    rows = await scene.desk.reads.all("SELECT by_id FROM concern_act WHERE act = 'concern_reviewed'")
    assert [row["by_id"] for row in rows] == [LEAD]
    await scene.wait(7 * DAY)
    assert len(scene.paper.messages("escalation.review")) == 2


async def test_the_words_for_a_group_are_there_to_copy_and_never_posted(scene: Scene) -> None:
    room = await scene.meet()
    concern = await scene.ask(ANA, channel_id=room)
    await scene.close_by_two(concern)
    await scene.escalation.aftercare.words(Actor(MO, SERVER), concern.id)
    assert say("group-aftercare") in aftercare_cards.words_card().text
    with pytest.raises(NotFound):
        await scene.escalation.aftercare.words(Actor(BEN, SERVER), concern.id)
    assert not any(say("group-aftercare") in one.text for one in scene.paper.channels[room].messages)


async def test_the_list_says_since_when_a_side_room_is_open(scene: Scene) -> None:
    scene.paper.closed.add(CHO)
    await scene.ask(CHO)
    opened_at = scene.clock.now()
    await scene.wait(2 * DAY)
    listed = team_cards.list_card(await scene.escalation.handling.listed(Actor(LEAD, SERVER)))
    assert say("staff-side-room-since", since=moment(opened_at, "R")) in listed.text


async def test_what_nobody_has_looked_at_again_stays_on_the_leads_list(scene: Scene) -> None:
    reviews = scene.escalation.reviews
    two, about, light = await scene.ask(CHO), await scene.tell(ANA, DEPUTY), await scene.ask(BEN, Level.CHECK_IN)
    for concern in (two, about):
        await scene.close_by_two(concern)
    await scene.close(MO, light)
    alone = await scene.ask(ANA)
    await scene.close(LEAD, alone)
    await scene.wait(7 * DAY - HOUR)
    assert await reviews.waiting(Actor(LEAD, SERVER)) == []
    await scene.wait(3 * DAY)
    leads = [(each.concern.number, each.alone) for each in await reviews.waiting(Actor(LEAD, SERVER))]
    assert leads == [(each.number, False) for each in (two, about, alone)]  # not what the lead did alone
    assert await reviews.waiting(Actor(MO, SERVER)) == ()
    await scene.wait(7 * DAY)
    mine = await reviews.waiting(Actor(DEPUTY, SERVER))
    assert [(each.concern.number, each.alone) for each in mine] == [
        (two.number, False),
        (alone.number, False),
        (alone.number, True),
    ]  # not the one about the deputy
    card = team_cards.list_card([], reviews=mine)
    assert say("staff-list-review-alone", number=alone.number) in card.text
    assert str(CHO) not in card.text
    for each in mine:
        await reviews.looked(Actor(DEPUTY, SERVER), each.key)
    assert await reviews.waiting(Actor(DEPUTY, SERVER)) == []
    (left,) = await reviews.waiting(Actor(LEAD, SERVER))
    assert left.concern.number == about.number
    for each in (left.key, mine[2].key):
        with pytest.raises(NotFound):
            await reviews.looked(Actor(MO, SERVER), each)
