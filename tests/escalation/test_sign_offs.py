"""Two people decide: who may, who is asked next, what stands alone, and one truth whatever is pressed at once."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import person, say
from peerbot.escalation.rules import Level, State
from peerbot.escalation.sign_offs import rules as sign_off_rules
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import ALONE_AFTER, OWNER_AFTER, Kind, SignOff, Who
from peerbot.escalation.sign_offs.service import Answered
from peerbot.escalation.store import Concern
from tests.escalation.scene import CHO, DAY, DEPUTY, FAY, HOUR, LEAD, MAY, MINUTE, MO, OWNER, Scene
from tests.fakes import EVENING

ids = st.integers(1, 5)


async def waiting(scene: Scene, concern: Concern, kind: Kind = Kind.CLOSE) -> SignOff:
    found = await sign_off_store.waiting(scene.desk.reads, concern.id, kind)
    assert found is not None
    return found


async def answer(scene: Scene, user_id: int, asked: SignOff, *, agrees: bool = True) -> Answered:
    answered = await scene.escalation.sign_offs.answer(Actor(user_id, None), asked.id, agrees=agrees)
    await scene.tick.settle()
    return answered


async def acts(scene: Scene, concern: Concern) -> list[str]:
    rows = await scene.desk.reads.all("SELECT act FROM concern_act WHERE concern_id = :id ORDER BY id", id=concern.id)
    return [row["act"] for row in rows]


@given(
    kind=st.sampled_from(Kind),
    asked_by=ids,
    by=ids,
    leads=st.frozensets(ids),
    raiser=st.none() | ids,
    subject=st.none() | ids,
    owner=st.none() | ids,
    offered=st.booleans(),
)
def test_two_different_people_and_nobody_about_themselves(
    kind: Kind,
    asked_by: int,
    by: int,
    leads: frozenset[int],
    raiser: int | None,
    subject: int | None,
    owner: int | None,
    *,
    offered: bool,
) -> None:
    asked = SignOff("x", 1, "c", kind, "", "asked", asked_by, EVENING, owner_at=EVENING if offered else None)
    if sign_off_rules.may_agree(asked, by, Who(leads, raiser, subject, owner)):
        assert by != asked_by
        assert not {by, asked_by} & {raiser, subject}
        if kind in {Kind.CLOSE, Kind.SHARE}:
            assert {by, asked_by} & leads or not leads or (offered and by == owner)


@given(
    kind=st.sampled_from(Kind),
    leads=st.lists(ids, unique=True),
    owner=st.none() | ids,
    late=st.lists(st.timedeltas(timedelta(), 3 * DAY), max_size=12),
)
def test_a_question_ends_however_late_the_clock_and_each_lead_is_named_once(
    kind: Kind, leads: list[int], owner: int | None, late: list[timedelta]
) -> None:
    who = Who(frozenset(leads), raiser=5, subject=None, owner=owner)
    asked = SignOff("x", 1, "c", kind, "", "asked", 1, EVENING)
    now, delays = EVENING, iter(late)
    at = EVENING + sign_off_rules.NEXT_AFTER
    for _ in range(100):
        now = max(now, at) + next(delays, timedelta())
        what, following = sign_off_rules.due(asked, who, leads, now)
        if what == "name":
            user_id = sign_off_rules.next_by_name(asked, leads, who)
            assert user_id is not None
            assert user_id not in {1, 5, *asked.named}
            asked = SignOff("x", 1, "c", kind, "", "asked", 1, EVENING, (*asked.named, user_id), asked.owner_at)
        elif what == "owner":
            assert owner not in {None, 1, 5}
            asked = SignOff("x", 1, "c", kind, "", "asked", 1, EVENING, asked.named, now)
        elif what in {"alone", "over"}:
            assert (what == "over") is (kind is Kind.LOOK_IN)
            assert now - EVENING >= (ALONE_AFTER if asked.owner_at is not None else OWNER_AFTER)
            assert asked.owner_at is None or now - asked.owner_at >= DAY  # the owner had a whole day
            return
        assert following is not None
        assert following > now
        at = following
    raise AssertionError


async def test_of_many_who_agree_at_once_one_does_and_it_closes_once(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    asked = await waiting(scene, concern)
    sign_offs = scene.escalation.sign_offs
    pressed = [sign_offs.answer(Actor(user, None), asked.id, agrees=True) for user in (LEAD, DEPUTY) * 5]
    done = await asyncio.gather(*pressed)
    await scene.tick.settle()
    assert [one.what for one in done].count("agreed") == 1
    assert {one.what for one in done} == {"agreed", "over"}
    assert (await acts(scene, concern)).count("closed") == 1
    assert len([text for text in scene.told(CHO) if say("state-closed") in text]) == 1


async def test_an_answered_question_keeps_its_first_answer(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    asked = await waiting(scene, concern)
    async with scene.desk.transaction() as work:
        assert await sign_off_store.end(work, asked.id, "declined", LEAD, work.now)
        assert not await sign_off_store.end(work, asked.id, "agreed", DEPUTY, work.now)
    kept = await sign_off_store.load(scene.desk.reads, asked.id)
    assert kept is not None
    assert (kept.state, kept.ended_by) == ("declined", LEAD)


async def test_two_who_ask_at_once_ask_one_question(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    closings = scene.escalation.closings
    await asyncio.gather(*(closings.close(Actor(user, None), concern.id, "spoke_with") for user in (MO, MAY) * 5))
    assert await scene.count("sign_off") == 1
    assert (await acts(scene, concern)).count("spoke_with") == 1


async def test_who_asked_a_moderator_without_a_lead_and_who_raised_it_do_not_count(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    asked = await waiting(scene, concern)
    assert (await answer(scene, MO, asked)).what == "yours"
    assert (await answer(scene, MAY, asked)).what == "lead"
    for stranger in (CHO, FAY, OWNER):
        with pytest.raises(NotFound):
            await answer(scene, stranger, asked)
    assert (await scene.now(concern)).state is not State.CLOSED


async def test_who_does_not_agree_ends_the_question_and_who_asked_hears_it(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    asked = await waiting(scene, concern)
    assert (await answer(scene, LEAD, asked, agrees=False)).what == "declined"
    what = say("sign-off-close")
    assert scene.paper.dms[MO][-1].text == say("staff-declined", number=concern.number, what=what)
    assert (await answer(scene, DEPUTY, asked)).what == "over"
    assert (await scene.now(concern)).state is not State.CLOSED
    await scene.close(MO, concern)
    assert (await scene.close(DEPUTY, concern)).closed


async def test_unanswered_for_half_an_hour_the_next_is_asked_by_name_each_once(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    asked = say("staff-close-asked", number=concern.number, person=person(MO))

    def named() -> list[int]:
        direct = [one for one in scene.paper.messages("escalation.close_asked") if "user" in one.intent.data]
        assert all(asked in one.text for one in direct)
        return [int(one.intent.data["user"]) for one in direct]

    await scene.wait(29 * MINUTE)
    assert named() == []
    await scene.wait(MINUTE)
    assert named() == [DEPUTY]
    await scene.wait(30 * MINUTE)
    assert named() == [DEPUTY, LEAD]
    await scene.wait(12 * HOUR)
    assert named() == [DEPUTY, LEAD]


async def test_whom_no_message_reaches_makes_room_for_the_next_at_once(scene: Scene) -> None:
    scene.paper.closed.add(DEPUTY)
    concern = await scene.ask(CHO)
    await scene.close(MO, concern)
    await scene.wait(31 * MINUTE)
    direct = [one for one in scene.paper.messages("escalation.close_asked") if "user" in one.intent.data]
    assert [one.intent.data["user"] for one in direct] == [LEAD]


async def test_after_a_day_the_owner_may_answer_and_learns_of_nobody(scene: Scene) -> None:
    concern = await scene.tell(CHO, FAY, note="what was said")
    await scene.close(MO, concern)
    asked = await waiting(scene, concern)
    await scene.wait(24 * HOUR - MINUTE)
    assert not scene.paper.seen_by(OWNER, "escalation.owner_asked")
    await scene.wait(MINUTE)
    (message,) = scene.paper.seen_by(OWNER, "escalation.owner_asked")
    assert "<@" not in message.text
    assert "what was said" not in message.text
    assert (await answer(scene, OWNER, asked)).what == "agreed"
    assert (await scene.now(concern)).state is State.CLOSED


async def test_unanswered_by_the_owner_too_it_stands_alone_and_is_looked_at_once_after_a_week(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close(LEAD, concern)
    asked = await waiting(scene, concern)
    await scene.restart(after=30 * HOUR)
    await scene.wait(23 * HOUR)
    assert (await scene.now(concern)).state is not State.CLOSED
    await scene.wait(HOUR)
    assert (await scene.now(concern)).state is State.CLOSED
    assert "alone" in await acts(scene, concern)
    await scene.wait(7 * DAY)
    reviews = scene.paper.messages("escalation.alone_review")
    assert [one.intent.data["user"] for one in reviews] == [DEPUTY]  # not the lead, who did it
    review = scene.escalation.sign_offs.review
    with pytest.raises(NotFound):
        await review(Actor(LEAD, None), asked.id)
    assert (await review(Actor(DEPUTY, None), asked.id)).what == "agreed"
    assert (await review(Actor(DEPUTY, None), asked.id)).what == "over"
    await scene.wait(7 * DAY)
    assert len(scene.paper.messages("escalation.alone_review")) == 1


async def test_an_owner_who_asked_or_whom_no_message_reaches_is_not_waited_for(scene: Scene) -> None:
    scene.paper.closed.add(OWNER)
    concern = await scene.ask(CHO)
    await scene.close(LEAD, concern)
    await scene.wait(24 * HOUR + MINUTE)
    assert (await scene.now(concern)).state is State.CLOSED


async def test_lowering_takes_two_of_the_team_and_a_new_press_of_the_raiser_ends_the_question(scene: Scene) -> None:
    concern = await scene.ask(CHO, Level.EMERGENCY)
    levels = scene.escalation.levels
    assert (await levels.change(Actor(MO, None), concern.id, Level.URGENT)).came == "asked"
    assert (await levels.change(Actor(MO, None), concern.id, Level.URGENT)).came == "asked"
    await scene.wait(2 * MINUTE)
    await scene.ask(CHO)
    assert await sign_off_store.waiting(scene.desk.reads, concern.id, Kind.LOWER) is None
    await levels.change(Actor(MO, None), concern.id, Level.CHECK_IN)
    assert (await levels.change(Actor(MAY, None), concern.id, Level.CHECK_IN)).came == "lowered"
    assert (await scene.now(concern)).level is Level.CHECK_IN


async def test_raising_climbs_anew_and_asks_whoever_had_it_too(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO, Level.CHECK_IN)
    await scene.take(MO, concern)
    levelled = await scene.escalation.levels.change(Actor(MO, None), concern.id, Level.EMERGENCY)
    await scene.tick.settle()
    assert levelled.came == "raised"
    assert (await scene.now(concern)).state is State.OPEN
    assert scene.paged()[-1][1] == {LEAD, DEPUTY, MO, MAY}
    assert (await scene.escalation.levels.change(Actor(MO, None), concern.id, Level.EMERGENCY)).came == "same"
    assert (await scene.take(MO, concern)).mine


async def test_a_level_lowered_while_somebody_has_it_stays_with_them(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO, Level.EMERGENCY)
    await scene.take(MO, concern)
    for user in (MO, LEAD):
        await scene.escalation.levels.change(Actor(user, None), concern.id, Level.CHECK_IN)
    await scene.tick.settle()
    assert (await scene.now(concern)).taken_by == MO
    await scene.wait(11 * HOUR)
    assert not (await scene.now(concern)).asked_again  # a check-in has longer
    await scene.wait(HOUR)
    assert (await scene.now(concern)).asked_again
    assert (await scene.close(MO, concern)).closed  # and needs one person to close


async def test_what_two_agreed_and_what_one_did_are_kept_for_a_year_and_shown(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close_by_two(concern)
    for user in (MO, LEAD):
        kept = {item.item for item in await scene.escalation.kept_about(scene.desk.reads, user)}
        assert "kept-sign-offs" in kept
    scene.clock.move(366 * DAY)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.escalation)
    assert await scene.count("sign_off") == 0
