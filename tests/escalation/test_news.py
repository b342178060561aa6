"""The raiser always knows: by direct message, in a side room where that is refused, or that there is neither."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.places import May
from peerbot.engine.texts import channel, person, say
from peerbot.escalation.handling import acts_store, team_cards
from peerbot.escalation.posts import EscalationPosts
from peerbot.escalation.rules import Level
from tests.escalation.discord_on_paper import FORBIDDEN, Channel
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
    DAY,
    DEPUTY,
    HOUR,
    LEAD,
    MAY,
    MINUTE,
    MO,
    SERVER,
    Concern,
    Scene,
)


def side_room(scene: Scene) -> Channel:
    """Return the only side room there is."""
    (room,) = scene.paper.side_rooms()
    return room


def where(scene: Scene, room: Channel) -> int:
    return next(channel_id for channel_id, found in scene.paper.channels.items() if found is room)


async def in_a_side_room(scene: Scene, user: int = CHO) -> tuple[Concern, Channel]:
    scene.paper.closed.add(user)
    concern = await scene.ask(user)
    return concern, side_room(scene)


# By direct message.


async def test_each_step_is_told_once_and_in_its_order(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.wait(31 * MINUTE)
    await scene.take(MO, concern)
    await scene.wait(MINUTE)
    await scene.look_after(MO, concern)
    await scene.close_by_two(concern)
    steps = ("state-waiting", "state-nobody", "state-taken", "state-in-hand", "state-closed")
    texts = [say(step, count=1, person=person(MO)) for step in steps]
    assert [[text in told for text in texts].index(True) for told in scene.told(CHO)] == [0, 1, 2, 3, 4]


async def test_news_that_is_overtaken_is_never_said(scene: Scene) -> None:
    scene.paper.away = True
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.look_after(MO, concern)
    scene.paper.away = False
    await scene.wait(MINUTE)
    assert [say("state-in-hand", person=person(MO)) in told for told in scene.told(CHO)] == [True]


@pytest.mark.deep
async def test_that_others_were_asked_is_not_said_once_nobody_has_answered(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.wait(9 * MINUTE)
    scene.paper.away = True
    await scene.wait(90 * MINUTE)
    acts = await acts_store.done(scene.desk.reads, concern.id)
    assert list(acts)[-2:] == ["passed_on", "nobody"]
    scene.paper.away = False
    await scene.wait(5 * MINUTE)
    assert sum(say("state-nobody") in told for told in scene.told(CHO)) == 1


async def test_the_receipt_says_how_many_were_alerted_when_news_comes_and_whom_to_call_meanwhile(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO)
    (receipt,) = scene.told(CHO)
    told_at = scene.clock.now() + 30 * MINUTE
    assert "People I have alerted: 1." in receipt
    assert f"<t:{told_at.timestamp():.0f}:t>" in receipt
    assert "**999**" in receipt
    assert "findahelpline.com" in receipt


async def test_when_news_comes_tomorrow_the_receipt_names_the_day(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO, Level.CHECK_IN)
    told_at = scene.clock.now() + 36 * HOUR
    assert f"<t:{told_at.timestamp():.0f}:f>" in scene.told(CHO)[0]


async def test_the_private_answer_names_the_way_only_once_it_has_worked(scene: Scene) -> None:
    scene.paper.away = True
    concern = await scene.ask(CHO)
    assert concern.way == "unproven"
    scene.paper.away = False
    await scene.wait(MINUTE)
    assert (await scene.now(concern)).way == "dm"
    assert say("receipt-way-dm") in scene.paper.answers["token-1"].text


async def test_the_private_answer_is_changed_while_its_fifteen_minutes_last_and_no_longer(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.wait(16 * MINUTE)
    assert (await scene.now(concern)).token is None
    before = dict(scene.paper.answers)
    await scene.take(MO, concern)
    await scene.wait(MINUTE)
    assert scene.paper.answers == before


async def test_the_newest_private_answer_is_the_one_that_is_kept_up_to_date(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.wait(10 * MINUTE)
    await scene.ask(CHO)
    await scene.wait(10 * MINUTE)
    await scene.take(MO, concern)
    await scene.wait(MINUTE)
    assert say("state-taken", person=person(MO)) in scene.paper.answers["token-2"].text
    assert say("state-taken", person=person(MO)) not in scene.paper.answers["token-1"].text


async def test_the_private_answer_says_that_it_is_closed_though_by_then_nobody_is_known(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close_by_two(concern)
    await scene.wait(MINUTE)
    assert say("state-closed") in scene.paper.answers["token-1"].text


# In a side room.


async def test_closed_messages_open_a_side_room_at_once_and_each_news_there_mentions_the_raiser(scene: Scene) -> None:
    concern, room = await in_a_side_room(scene)
    assert set(room.people) == {CHO, LEAD, DEPUTY}
    assert set(room.people.values()) == {May.SPEAK}
    first, news = room.messages
    assert say("side-room-first", person=person(CHO), team=f"{person(LEAD)} {person(DEPUTY)}") in first.text
    assert say("state-off-duty", count=2) in news.text
    assert news.card.pings == (CHO,)
    assert say("receipt-way-room", where=channel(where(scene, room))) in news.text
    await scene.take(MO, concern)
    assert set(room.people) == {CHO, LEAD, DEPUTY, MO}
    assert say("state-taken", person=person(MO)) in room.messages[-1].text
    assert not scene.paper.dms.get(CHO)


async def test_news_stays_in_the_side_room_it_was_promised_in(scene: Scene) -> None:
    concern, room = await in_a_side_room(scene)
    scene.paper.closed.clear()
    await scene.take(MO, concern)
    assert say("state-taken", person=person(MO)) in room.messages[-1].text
    assert not scene.paper.dms.get(CHO)


async def test_messages_closed_later_open_the_side_room_with_the_news_that_was_refused(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    assert (await scene.now(concern)).way == "dm"
    scene.paper.closed.add(CHO)
    await scene.take(MO, concern)
    room = side_room(scene)
    assert say("state-taken", person=person(MO)) in room.messages[-1].text
    assert set(room.people) == {CHO, MO, LEAD, DEPUTY}
    assert (await scene.now(concern)).way == "room"


async def test_messages_closed_before_the_last_news_do_not_keep_it_back(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    scene.paper.closed.add(CHO)
    await scene.close_by_two(concern)
    room = side_room(scene)
    assert say("state-closed") in room.messages[-1].text
    assert set(room.people.values()) == {May.LOOK}
    assert (await scene.now(concern)).raiser_id is None
    await scene.wait(DAY)
    assert scene.paper.side_rooms() == []


async def test_a_category_that_is_gone_or_full_does_not_keep_the_side_room_from_being_made(scene: Scene) -> None:
    server = await scene.servers.load(scene.desk.reads, SERVER)
    scene.paper.channels.pop(server.category_id or 0)
    _, room = await in_a_side_room(scene)
    assert room.parent_id is None
    assert len(room.messages) == 2


async def test_when_neither_way_works_the_answer_says_so_and_so_does_the_team(scene: Scene) -> None:
    scene.paper.refused["place.make"] = FORBIDDEN
    scene.paper.closed.add(CHO)
    concern = await scene.ask(CHO)
    await scene.wait(MINUTE)
    assert (await scene.now(concern)).way == "none"
    assert say("receipt-way-none") in scene.paper.answers["token-1"].text
    assert len(scene.paper.messages("escalation.unreachable")) == 1
    assert say("staff-unreachable") in scene.paper.seen_by(MO, "escalation.unreachable")[0].text
    # It is tried again with each news, and the first way that opens is taken.
    await scene.take(MO, concern)
    assert len(scene.paper.messages("escalation.unreachable")) == 1
    scene.paper.closed.clear()
    await scene.look_after(MO, concern)
    assert say("state-in-hand", person=person(MO)) in scene.told(CHO)[-1]
    assert (await scene.now(concern)).way == "dm"


@pytest.mark.parametrize("taken", [False, True])
async def test_pressing_again_tries_every_way_again(scene: Scene, *, taken: bool) -> None:
    scene.paper.refused["place.make"] = FORBIDDEN
    scene.paper.closed.add(CHO)
    concern = await scene.ask(CHO)
    if taken:
        await scene.take(MO, concern)
    scene.paper.closed.clear()
    await scene.ask(CHO)
    assert (await scene.now(concern)).way == "dm"


@pytest.mark.parametrize("messages_open", [True, False])
async def test_a_side_room_that_somebody_deletes_is_not_written_to_for_ever(
    scene: Scene, *, messages_open: bool
) -> None:
    concern, room = await in_a_side_room(scene)
    scene.paper.channels.pop(where(scene, room))
    if messages_open:
        scene.paper.closed.clear()
    await scene.take(MO, concern)
    await scene.wait(2 * MINUTE)
    intents = await scene.count("intent")
    await scene.wait(20 * MINUTE)
    assert await scene.count("intent") == intents
    assert (await scene.now(concern)).way == ("dm" if messages_open else "room")
    assert len(scene.told(CHO)) == 1
    # Where messages are closed it is made anew.
    assert len(scene.paper.side_rooms()) == (not messages_open)


async def test_one_press_leaves_the_side_room_and_those_who_stay_are_told(scene: Scene) -> None:
    concern, room = await in_a_side_room(scene)
    raising = scene.escalation.raising
    await raising.leave_side_room(Actor(CHO, SERVER), concern.id, where(scene, room))
    await scene.tick.settle()
    assert set(room.people) == {LEAD, DEPUTY}
    assert room.messages[-1].text == say("side-room-left")
    # News does not follow them into it.
    scene.paper.closed.clear()
    await scene.take(MO, concern)
    assert room.messages[-1].text == say("side-room-left")
    assert say("state-taken", person=person(MO)) in scene.paper.dms[CHO][-1].text
    await raising.leave_side_room(Actor(LEAD, SERVER), concern.id, where(scene, room))
    await scene.tick.settle()
    assert set(room.people) == {DEPUTY, MO}


async def test_a_side_room_is_left_from_within_alone(scene: Scene) -> None:
    concern, room = await in_a_side_room(scene)
    for concern_id, channel_id in ((concern.id, None), (concern.id, 5), ("0badc0de", where(scene, room))):
        with pytest.raises(NotFound):
            await scene.escalation.raising.leave_side_room(Actor(CHO, SERVER), concern_id, channel_id)
    assert CHO in room.people


async def test_closing_locks_the_side_room_for_all_and_deletes_it_a_day_later(scene: Scene) -> None:
    concern, room = await in_a_side_room(scene)
    await scene.take(MO, concern)
    await scene.close_by_two(concern)
    assert room.people == dict.fromkeys((CHO, LEAD, DEPUTY, MO), May.LOOK)
    assert say("state-closed") in room.messages[-1].text
    # Nobody knows any more whose room it was; it is still left by one press.
    assert (await scene.now(concern)).raiser_id is None
    await scene.escalation.raising.leave_side_room(Actor(CHO, SERVER), concern.id, where(scene, room))
    await scene.wait(DAY - MINUTE)
    assert set(room.people) == {LEAD, DEPUTY, MO}
    assert scene.paper.side_rooms() == [room]
    await scene.wait(MINUTE)
    assert scene.paper.side_rooms() == []


async def test_a_room_that_is_made_while_the_concern_closes_is_locked_and_deleted_too(scene: Scene) -> None:
    scene.paper.closed.add(CHO)
    scene.paper.refused["place.make"] = 500
    concern = await scene.ask(CHO)
    await scene.close_by_two(concern)
    scene.paper.refused.clear()
    await scene.wait(MINUTE)
    room = side_room(scene)
    assert say("state-closed") in room.messages[-1].text
    assert set(room.people.values()) == {May.LOOK}
    await scene.wait(DAY)
    assert scene.paper.side_rooms() == []


async def test_in_a_side_room_that_waited_for_its_news_the_closing_is_said_once(scene: Scene) -> None:
    scene.paper.closed.add(CHO)
    scene.paper.refused["post"] = 500
    concern = await scene.ask(CHO)
    await scene.close_by_two(concern)
    scene.paper.refused.clear()
    await scene.wait(5 * MINUTE)
    assert sum(say("state-closed") in message.text for message in side_room(scene).messages) == 1


async def test_a_side_room_nobody_wants_any_more_is_not_made_but_looked_for_if_it_may_be_there(scene: Scene) -> None:
    concern, room = await in_a_side_room(scene)
    await scene.close_by_two(concern)
    plan = EscalationPosts(scene.servers).places()["escalation.side_room"]
    data = {"concern": concern.id, "in_category": True}
    assert await plan(scene.desk.reads, {**data, "look": False}, scene.clock.now()) is None
    looked_for = await plan(scene.desk.reads, {**data, "look": True}, scene.clock.now())
    assert looked_for is not None
    assert (looked_for.name, looked_for.parent_id) == (room.name, room.parent_id)
    assert CHO not in looked_for.people


async def test_a_moderator_does_not_see_in_the_side_room_a_raiser_who_hides_from_them(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(ANA)
    concern = await scene.tell(ANA, BEN, hide=True)
    room = side_room(scene)
    await scene.take(MO, concern)
    await scene.look_after(MAY, concern)
    assert set(room.people) == {ANA, LEAD, DEPUTY}
    await scene.look_after(LEAD, concern)
    assert set(room.people) == {ANA, LEAD, DEPUTY}


async def test_a_raiser_who_hides_and_closes_messages_later_meets_only_leads(scene: Scene) -> None:
    concern = await scene.tell(ANA, BEN, hide=True)
    scene.paper.closed.add(ANA)
    await scene.take(MO, concern)
    assert set(side_room(scene).people) == {ANA, LEAD, DEPUTY}


async def test_the_list_of_concerns_names_the_side_rooms_that_are_open(scene: Scene) -> None:
    _, room = await in_a_side_room(scene)
    listed = await scene.escalation.handling.listed(Actor(MO, SERVER))
    assert say("staff-side-room", where=channel(where(scene, room))) in team_cards.list_card(listed).text
