"""Asking for somebody: one concern however often it is pressed, never refused, never answered with what is not true."""

import asyncio
from datetime import timedelta
from typing import Never

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotFound, NotSetUp, PeerbotError
from peerbot.engine.texts import person, say
from peerbot.escalation.handling import team_cards
from peerbot.escalation.raising import cards
from peerbot.escalation.raising.rules import CATEGORIES, About
from peerbot.escalation.raising.service import NotPassedOn
from peerbot.escalation.rules import Level, State
from peerbot.gateway import failures
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
    DAY,
    DEPUTY,
    FAY,
    HOUR,
    LEAD,
    MAY,
    MINUTE,
    MO,
    SERVER,
    TEAM,
    Scene,
)  # fmt: skip

SECOND = timedelta(seconds=1)


async def test_fifty_presses_at_once_are_fifty_answers_one_concern_and_one_page(scene: Scene) -> None:
    await scene.duty(MO)
    raising = scene.escalation.raising
    answers = await asyncio.gather(
        *(raising.ask(Actor(CHO, SERVER), SERVER, Level.URGENT, scene.pressed()) for _ in range(50))
    )
    await scene.tick.settle()
    assert len({concern.id for concern in answers}) == await scene.count("concern") == 1
    assert all("People I have alerted: 1." in scene.receipt(concern) for concern in answers)
    assert len(scene.paper.dms[MO]) == 1


async def test_a_press_after_a_minute_pages_again_everybody_asked_so_far(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.wait(30 * SECOND)
    await scene.ask(CHO)
    assert len(scene.paged()) == 1
    await scene.wait(31 * SECOND)
    await scene.ask(CHO)
    assert scene.paged()[1] == (61 * SECOND, {MO})
    await scene.wait(6 * MINUTE)
    again = await scene.ask(CHO)
    assert scene.paged()[-1][1] == {MO, LEAD, DEPUTY}
    assert (again.id, again.alerted) == (concern.id, 3)


async def test_a_weaker_press_lowers_nothing_and_a_stronger_one_starts_at_the_foot_of_its_ladder(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO, Level.URGENT)
    assert (await scene.ask(CHO, Level.CHECK_IN)).level is Level.URGENT
    await scene.wait(10 * SECOND)
    raised = await scene.ask(CHO, Level.EMERGENCY)
    assert raised.level is Level.EMERGENCY
    assert scene.paged()[-1] == (10 * SECOND, set(TEAM))
    await scene.wait(2 * MINUTE)
    assert scene.paged()[-1] == (130 * SECOND, set(TEAM))


async def test_raising_the_level_of_what_somebody_has_asks_every_line_and_that_person_again(scene: Scene) -> None:
    room = await scene.meet()
    concern = await scene.ask(ANA, Level.CHECK_IN, room)
    await scene.take(FAY, concern)
    await scene.look_after(FAY, concern)
    raised = await scene.danger(ANA, concern)
    assert (raised.state, raised.level, raised.taken_by) == (State.OPEN, Level.EMERGENCY, None)
    assert {*TEAM, FAY} <= scene.paged()[-1][1]
    assert "Nobody has picked it up yet" in scene.receipt(raised)
    assert (await scene.take(MAY, raised)).mine


async def test_who_had_it_hears_of_a_raised_level_even_if_another_line_comes_first(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO, Level.CHECK_IN)
    await scene.take(LEAD, concern)
    await scene.wait(MINUTE)
    await scene.ask(CHO, Level.URGENT)
    assert scene.paged()[-1] == (MINUTE, {MO, LEAD})


async def test_pressing_again_while_somebody_has_it_asks_them_and_then_others(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.look_after(MO, concern)
    await scene.wait(DAY)
    await scene.ask(CHO)
    assert say("staff-page-again", number=concern.number) in scene.paper.dms[MO][-1].text
    await scene.wait(5 * MINUTE)
    passed = await scene.now(concern)
    assert passed.state is State.OPEN
    assert say("state-passed-on", count=passed.alerted) in scene.told(CHO)[-1]
    assert {LEAD, DEPUTY} <= scene.paged()[-1][1]


async def test_who_has_it_answers_a_second_press_and_nobody_else_is_asked(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.wait(3 * MINUTE)
    await scene.ask(CHO)
    await scene.look_after(MO, concern)
    pages = len(scene.paged())
    await scene.wait(3 * HOUR)
    assert len(scene.paged()) == pages
    assert (await scene.now(concern)).taken_by == MO


async def test_what_is_new_in_a_second_form_is_kept_beside_the_first(scene: Scene) -> None:
    await scene.tell(ANA, BEN, Level.CHECK_IN, "conduct", "first words")
    concern = await scene.tell(ANA, BEN, Level.CHECK_IN, "other", "second words", hide=True)
    assert concern.note == "first words\nsecond words"
    assert concern.hides_name
    assert concern.category == "conduct"
    younger = await scene.tell(ANA, BEN, Level.CHECK_IN, "under_18")
    assert (younger.category, younger.level) == ("under_18", Level.URGENT)
    assert await scene.count("concern") == 1


async def test_a_concern_about_another_person_and_one_about_oneself_are_two(scene: Scene) -> None:
    await scene.ask(ANA)
    await scene.tell(ANA, BEN)
    await scene.tell(BEN, ANA)
    assert await scene.count("concern") == 3
    await scene.tell(ANA, ANA)
    assert await scene.count("concern") == 3


async def test_withdrawing_stops_the_pages_and_asks_a_human_to_close(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.withdraw(CHO, concern)
    await scene.wait(2 * DAY)
    assert len(scene.paged()) == 1
    asked = scene.paper.messages("escalation.withdrawn")
    assert [message.at - asked[0].at for message in asked] == [n * DAY for n in range(3)]
    assert (await scene.now(concern)).state is State.OPEN
    await scene.withdraw(CHO, concern)
    assert len(scene.paper.messages("escalation.withdrawn")) == len(asked)


async def test_after_withdrawing_a_press_begins_again(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    await scene.withdraw(CHO, concern)
    again = await scene.ask(CHO)
    assert (again.id, again.withdrawn_at) == (concern.id, None)
    assert len(scene.paper.seen_by(MO, "escalation.page")) == 4
    await scene.wait(5 * MINUTE)
    assert scene.paged()[-1][1] == {LEAD, DEPUTY}


async def test_danger_pressed_on_the_news_of_a_concern_that_is_over_is_a_new_emergency(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.close_by_two(concern)
    assert (await scene.now(concern)).raiser_id is None
    raised = await scene.danger(CHO, concern)
    assert raised.id != concern.id
    assert (raised.level, raised.raiser_id, raised.subject_id) == (Level.EMERGENCY, CHO, CHO)
    assert scene.paged()[-1][1] == set(TEAM)


async def test_danger_pressed_by_who_raised_it_about_another_says_who_is_in_danger(scene: Scene) -> None:
    concern = await scene.tell(ANA, BEN, hide=True)
    raised = await scene.danger(ANA, concern)
    assert (raised.id, raised.level) == (concern.id, Level.EMERGENCY)
    for user, named in ((MO, False), (LEAD, True)):
        shown = team_cards.opened_card(await scene.escalation.handling.open(Actor(user, SERVER), concern.id)).text
        assert shown.splitlines()[1] == say("staff-in-danger")
        assert (say("staff-raiser", person=person(ANA)) in shown) is named
    own = await scene.ask(CHO)
    await scene.danger(CHO, own)
    opened = await scene.escalation.handling.open(Actor(MO, SERVER), own.id)
    assert say("staff-in-danger") not in team_cards.opened_card(opened).text


async def test_danger_pressed_on_a_closed_concern_about_one_of_the_team_skips_their_line(scene: Scene) -> None:
    concern = await scene.tell(CHO, MO, hide=True)
    for user_id in (LEAD, DEPUTY):
        await scene.close(user_id, concern)
    assert (await scene.now(concern)).raiser_id is None
    before = len(scene.paper.calls)
    raised = await scene.danger(CHO, concern)
    assert (raised.level, raised.raiser_id, raised.subject_id) == (Level.EMERGENCY, CHO, MO)
    assert raised.hides_name
    asked = {user for call in scene.paper.calls[before:] for user in call.people}
    assert {LEAD, DEPUTY} <= asked
    assert MO not in asked
    shown = team_cards.opened_card(await scene.escalation.handling.open(Actor(LEAD, SERVER), raised.id)).text
    assert shown.splitlines()[1] == say("staff-in-danger")


async def test_danger_on_somebody_elses_concern_and_on_none_answer_alike_and_give_a_number(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    answers = []
    for concern_id in (concern.id, "0badc0de"):
        with pytest.raises(NotFound) as refused:
            await scene.escalation.raising.danger(Actor(ANA, SERVER), concern_id, scene.pressed())
        answers.append(failures.told(refused.value))
    assert answers[0] == answers[1]
    assert "112" in answers[0].text


async def test_nobody_withdraws_what_is_not_theirs(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    for user in (ANA, MO):
        with pytest.raises(NotFound):
            await scene.escalation.raising.withdraw(Actor(user, SERVER), concern.id)


async def test_before_set_up_the_answer_says_that_nobody_was_told(scene: Scene) -> None:
    for attempt in (
        scene.escalation.raising.ask(Actor(CHO, 77), 77, Level.EMERGENCY, scene.pressed()),
        scene.escalation.raising.raise_(
            Actor(CHO, 77), About(Level.URGENT, "other", None, "", hides_name=False), scene.pressed()
        ),
    ):
        with pytest.raises(NotSetUp) as refused:
            await attempt
        assert failures.told(refused.value).text == say("concern-no-team")
    assert await scene.count("concern") == 0


@pytest.mark.parametrize("note", ["x" * 201, "  " + "y" * 201])
async def test_a_note_that_is_too_long_and_a_category_nobody_offered_are_refused(scene: Scene, note: str) -> None:
    with pytest.raises(Invalid):
        await scene.tell(ANA, BEN, note=note)
    with pytest.raises(Invalid):
        await scene.tell(ANA, BEN, category="suicide")
    assert await scene.count("concern") == 0


@pytest.mark.parametrize("category", CATEGORIES)
async def test_every_category_of_the_form_is_taken(scene: Scene, category: str) -> None:
    assert (await scene.tell(ANA, BEN, Level.CHECK_IN, category)).category == category


class Broken:
    """The writing connection of a database that fails."""

    in_transaction = False

    async def all(self, *_: object, **__: object) -> Never:
        raise OSError

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("what", ["ask", "raise", "danger"])
async def test_when_it_cannot_be_kept_the_answer_says_not_to_wait_and_gives_the_number(scene: Scene, what: str) -> None:
    concern = await scene.ask(CHO)
    raising, actor, pressed = scene.escalation.raising, Actor(CHO, SERVER), scene.pressed()
    writer, scene.database._writer = scene.database._writer, Broken()  # pyright: ignore[reportAttributeAccessIssue]
    about = About(Level.URGENT, "other", BEN, "", hides_name=False)
    attempt = {
        "ask": lambda: raising.ask(actor, SERVER, Level.EMERGENCY, pressed),
        "raise": lambda: raising.raise_(actor, about, pressed),
        "danger": lambda: raising.danger(actor, concern.id, pressed),
    }[what]
    with pytest.raises(NotPassedOn) as failed:
        await attempt()
    scene.database._writer = writer
    card = failures.told(failed.value)
    assert "I could not reach the team, so please don't wait" in card.text
    assert "**999**" in card.text
    assert card.text != failures.told(PeerbotError()).text
    assert await scene.count("concern") == 1


async def test_when_discord_cannot_say_which_servers_there_are_the_answer_says_so_and_gives_a_number(
    scene: Scene,
) -> None:
    async def unknown(_: int) -> Never:
        raise OSError

    scene.shared.shared_with = unknown  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(NotPassedOn) as failed:
        await scene.escalation.teams_for(CHO)
    assert "**112**" in failures.told(failed.value).text
    server, cover = await scene.escalation.whose_team(None, CHO)
    assert server is None
    assert cover is not None
    assert cards.team_line(cover) == say("team-line-unknown")


async def test_a_direct_message_is_answered_unread_at_most_once_in_ten_minutes(scene: Scene) -> None:
    answer = scene.escalation.raising.answer_message
    await asyncio.gather(*(answer(CHO) for _ in range(5)))
    await answer(BEN)
    await scene.tick.settle()
    await scene.wait(9 * MINUTE)
    await answer(CHO)
    await scene.tick.settle()
    assert len(scene.paper.dms[CHO]) == 1
    await scene.wait(MINUTE)
    await answer(CHO)
    await scene.tick.settle()
    assert [len(scene.paper.dms[user]) for user in (CHO, BEN)] == [2, 1]
    assert scene.paper.dms[CHO][0].button("help.ask")
