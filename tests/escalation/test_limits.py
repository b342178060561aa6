"""Never limited: what is about oneself and every emergency page always; the fourth about others in a day does not."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.texts import say
from peerbot.escalation.handling import team_cards
from peerbot.escalation.limits import cards as limit_cards
from peerbot.escalation.limits import rules as limit_rules
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.limits.store import Block
from peerbot.escalation.raising.rules import CATEGORIES, About
from peerbot.escalation.rules import Level, State
from peerbot.meetings.facilitating.holding import Where
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
    Concern,
    Scene,
)  # fmt: skip
from tests.fakes import EVENING

PEOPLE = tuple(range(900_201, 900_240))
LESS = [Level.CHECK_IN, Level.URGENT]


async def tell_many(scene: Scene, count: int, raiser: int = CHO, level: Level = Level.URGENT) -> list[Concern]:
    """Let somebody raise concerns about so many different people."""
    return [await scene.tell(raiser, person, level) for person in PEOPLE[:count]]


def pages_of(scene: Scene, concern: Concern) -> int:
    return len([1 for page in scene.paper.messages("escalation.page") if page.intent.data["concern"] == concern.id])


async def a_block(scene: Scene, raiser: int = CHO, about: int = ANA, by: int = LEAD) -> Block:
    concern = await scene.tell(raiser, about, hide=True)
    return await scene.escalation.limits.block(Actor(by, SERVER), concern.id)


# The rule.


@given(st.sampled_from(Level), st.lists(st.timedeltas(timedelta(), timedelta(days=3)), max_size=8), st.booleans())
def test_held_back_is_from_the_fourth_within_24_hours_or_blocked_and_never_an_emergency(
    level: Level,
    ages: list[timedelta],
    blocked: bool,  # noqa: FBT001 - generated
) -> None:
    held = limit_rules.held(level, [EVENING - age for age in ages], EVENING, blocked=blocked)
    often = len([age for age in ages if age < timedelta(hours=24)]) >= 3
    assert (held is not Held.NO) == (level is not Level.EMERGENCY and (blocked or often))
    assert (held is Held.BLOCKED) == (level is not Level.EMERGENCY and blocked)


# From the fourth in a day.


@pytest.mark.parametrize("level", LESS)
async def test_the_fourth_about_others_in_a_day_pages_nobody_and_is_on_the_leads_list(
    scene: Scene, level: Level
) -> None:
    await scene.duty(MO)
    *first, fourth = await tell_many(scene, 4, level=level)
    assert [concern.held for concern in (*first, fourth)] == [Held.NO] * 3 + [Held.OFTEN]
    assert all(pages_of(scene, concern) for concern in first)
    await scene.wait(3 * DAY)
    assert pages_of(scene, fourth) == 0
    assert (await scene.now(fourth)).state is State.OPEN
    handling = scene.escalation.handling
    for lead in (LEAD, DEPUTY):
        listed = await handling.listed(Actor(lead, SERVER))
        assert fourth.id in {concern.id for concern in listed}
        assert f"· {say('staff-for-lead')}" in team_cards.list_card(listed).text
        assert (await handling.open_number(Actor(lead, SERVER), fourth.number)).concern.id == fourth.id
    for moderator in (MO, MAY):
        assert fourth.id not in {concern.id for concern in await handling.listed(Actor(moderator, SERVER))}
        with pytest.raises(NotFound):
            await handling.open_number(Actor(moderator, SERVER), fourth.number)
        with pytest.raises(NotFound):
            await handling.take(Actor(moderator, SERVER), fourth.id)


async def test_after_a_day_the_first_one_counts_no_more(scene: Scene) -> None:
    await scene.tell(CHO, PEOPLE[0])
    await scene.wait(HOUR)
    await scene.tell(CHO, PEOPLE[1])
    await scene.tell(CHO, PEOPLE[2])
    await scene.wait(23 * HOUR - MINUTE)
    assert (await scene.tell(CHO, PEOPLE[3])).held is Held.OFTEN
    await scene.wait(MINUTE)
    # The three before are those of an hour after the first, and the one that was held back.
    assert (await scene.tell(CHO, PEOPLE[4])).held is Held.OFTEN
    await scene.wait(DAY)
    assert (await scene.tell(CHO, PEOPLE[5])).held is Held.NO


async def test_an_emergency_and_anything_about_oneself_are_never_held_back(scene: Scene) -> None:
    await scene.duty(MO)
    await a_block(scene)
    await tell_many(scene, 6)
    emergency = await scene.tell(CHO, PEOPLE[6], Level.EMERGENCY)
    own = await scene.ask(CHO)
    form = await scene.tell(CHO, CHO, Level.CHECK_IN)
    assert [concern.held for concern in (emergency, own, form)] == [Held.NO] * 3
    assert pages_of(scene, emergency)
    assert pages_of(scene, own)
    assert form.id == own.id


@pytest.mark.parametrize("category", CATEGORIES)
async def test_no_category_is_a_way_around_the_limit(scene: Scene, category: str) -> None:
    await tell_many(scene, 3)
    assert (await scene.tell(CHO, PEOPLE[3], category=category)).held is Held.OFTEN


async def test_about_nobody_named_counts_as_about_others(scene: Scene) -> None:
    for _ in range(3):
        assert (await scene.tell(CHO, None)).held is Held.NO
    assert (await scene.tell(CHO, None)).held is Held.OFTEN


async def test_emergencies_about_nobody_named_within_a_minute_are_one_concern_and_share_a_page(scene: Scene) -> None:
    await scene.duty(MO)
    first = await scene.tell(CHO, None, Level.EMERGENCY, note="in the kitchen")
    at_once = pages_of(scene, first)
    again = [await scene.tell(CHO, None, Level.EMERGENCY, note=f"and {number}") for number in range(10)]
    assert {concern.id for concern in again} == {first.id}
    assert pages_of(scene, first) == at_once
    assert (await scene.now(first)).note == "\n".join(["in the kitchen", *(f"and {number}" for number in range(10))])


async def test_an_emergency_about_nobody_named_a_minute_later_may_be_about_another_and_pages_at_once(
    scene: Scene,
) -> None:
    await scene.duty(MO)
    first = await scene.tell(CHO, None, Level.EMERGENCY)
    await scene.wait(MINUTE)
    second = await scene.tell(CHO, None, Level.EMERGENCY)
    assert second.id != first.id
    assert pages_of(scene, second) > 0


async def test_an_automatic_page_within_the_minute_joins_no_later_emergency_about_nobody_named(scene: Scene) -> None:
    await scene.duty(MO)
    first = await scene.tell(CHO, None, Level.EMERGENCY)
    await scene.wait(2 * MINUTE + MINUTE / 2)
    assert len({at for at, _ in scene.paged(first)}) > 1
    second = await scene.tell(CHO, None, Level.EMERGENCY)
    assert second.id != first.id
    assert pages_of(scene, second) > 0


async def test_an_emergency_about_nobody_named_pages_at_once_when_the_one_before_is_taken(scene: Scene) -> None:
    await scene.duty(MO)
    first = await scene.tell(CHO, None, Level.EMERGENCY)
    await scene.take(MO, first)
    second = await scene.tell(CHO, None, Level.EMERGENCY, note="somebody else")
    assert second.id != first.id
    assert pages_of(scene, second) > 0


async def test_the_team_hears_once_that_there_is_more_to_read_of_an_emergency_about_nobody_named(scene: Scene) -> None:
    await scene.duty(MO)
    for note in ("in the kitchen", "and in the hall", "and outside"):
        await scene.tell(CHO, None, Level.EMERGENCY, note=note)
    assert len(scene.paper.messages("escalation.added")) == 1


async def test_nobody_elses_emergency_about_nobody_named_is_joined(scene: Scene) -> None:
    await scene.duty(MO)
    first = await scene.tell(CHO, None, Level.EMERGENCY)
    assert (await scene.tell(ANA, None, Level.EMERGENCY)).id != first.id


async def test_who_holds_a_meeting_gets_help_with_it_however_many_concerns_they_raised(scene: Scene) -> None:
    await scene.duty(MO)
    room = await scene.meet()
    await tell_many(scene, 4, FAY)
    where = scene.pressed(room)
    concern = await scene.escalation.raising.from_room(Actor(FAY, SERVER), Where(channel_id=room), where)
    await scene.tick.settle()
    assert concern.held is Held.NO
    assert pages_of(scene, concern)


async def test_two_forms_at_once_count_right(scene: Scene) -> None:
    raising = scene.escalation.raising
    forms = [About(Level.URGENT, "other", person, "", hides_name=False) for person in PEOPLE[:8]]
    answers = await asyncio.gather(*(raising.raise_(Actor(CHO, SERVER), form, scene.pressed()) for form in forms))
    assert [concern.held for concern in sorted(answers, key=lambda it: it.held is Held.OFTEN)] == (
        [Held.NO] * 3 + [Held.OFTEN] * 5
    )


async def test_one_persons_many_concerns_hold_nobody_elses_back(scene: Scene) -> None:
    await tell_many(scene, 5)
    assert (await scene.tell(BEN, PEOPLE[0])).held is Held.NO


# A repeat joins.


async def test_a_repeat_about_the_same_person_joins_and_pages_nobody_again(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.tell(CHO, ANA, note="first")
    pages = pages_of(scene, concern)
    await scene.wait(2 * MINUTE)
    for _ in range(10):
        assert (await scene.tell(CHO, ANA, note="more")).id == concern.id
    assert pages_of(scene, concern) == pages
    # It is said once, quietly, that there is more to read; and again once somebody has read it.
    assert len(scene.paper.messages("escalation.added")) == 1
    await scene.escalation.handling.open(Actor(MO, SERVER), concern.id)
    await scene.tell(CHO, ANA, note="even more")
    assert len(scene.paper.messages("escalation.added")) == 2
    assert scene.paper.messages("escalation.added")[0].card.pings == ()
    # Ten repeats are not ten concerns: the next person's is the second.
    assert (await scene.tell(CHO, BEN)).held is Held.NO


async def test_a_repeat_at_a_higher_level_pages_as_that_level_does(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.tell(CHO, ANA, Level.CHECK_IN)
    pages = pages_of(scene, concern)
    raised = await scene.tell(CHO, ANA, Level.URGENT)
    assert (raised.id, raised.level) == (concern.id, Level.URGENT)
    assert pages_of(scene, concern) > pages


async def test_taking_back_and_raising_again_is_one_more_each_time(scene: Scene) -> None:
    await scene.duty(MO)
    for _ in range(3):
        concern = await scene.tell(CHO, ANA)
        assert concern.held is Held.NO
        await scene.withdraw(CHO, concern)
    pages = len(scene.paper.messages("escalation.page"))
    assert (await scene.tell(CHO, ANA)).held is Held.OFTEN
    assert len(scene.paper.messages("escalation.page")) == pages


async def test_a_lead_who_finds_it_more_urgent_lets_go_what_was_held_back(scene: Scene) -> None:
    await scene.duty(MO)
    held = (await tell_many(scene, 4, level=Level.CHECK_IN))[-1]
    assert held.held is Held.OFTEN
    await scene.escalation.levels.change(Actor(LEAD, SERVER), held.id, Level.EMERGENCY)
    await scene.tick.settle()
    assert (await scene.now(held)).held is Held.NO
    assert pages_of(scene, held)
    assert (await scene.take(MO, held)).mine


async def test_an_emergency_lets_go_what_was_held_back(scene: Scene) -> None:
    await scene.duty(MO)
    held = (await tell_many(scene, 4))[-1]
    await scene.tell(CHO, PEOPLE[3], Level.CHECK_IN)
    assert (await scene.now(held)).held is Held.OFTEN
    released = await scene.tell(CHO, PEOPLE[3], Level.EMERGENCY)
    assert (released.id, released.held) == (held.id, Held.NO)
    assert pages_of(scene, held)
    assert held.id in {concern.id for concern in await scene.escalation.handling.listed(Actor(MO, SERVER))}


# What the raiser and the leads are told.


async def test_the_raiser_is_told_plainly_that_nobody_was_alerted_and_what_is_never_held_back(scene: Scene) -> None:
    held = (await tell_many(scene, 4))[-1]
    for text in (scene.receipt(held), scene.told(CHO)[-1]):
        assert say("state-held-often") in text
        assert "**Nobody was alerted for this one.**" in text
        assert "raise it again as **Emergency**" in text
        assert "**999**" in text
        assert "I tell you the moment someone has it. If" not in text
        assert say("receipt-not-alone").splitlines()[0] not in text
    await scene.take(LEAD, held)
    assert "has your message" in scene.told(CHO)[-1]


async def test_the_leads_hear_of_their_list_once_a_day_quietly_while_something_is_on_it(scene: Scene) -> None:
    await scene.duty(MO)
    *_, first, second = await tell_many(scene, 5)
    for lead in (LEAD, DEPUTY):
        (note,) = scene.paper.seen_by(lead, "escalation.lead_list")
        assert note.card.pings == ()
    assert scene.paper.seen_by(MO, "escalation.lead_list") == []
    await scene.wait(DAY - MINUTE)
    assert len(scene.paper.seen_by(LEAD, "escalation.lead_list")) == 1
    await scene.wait(2 * MINUTE)
    assert [note.text for note in scene.paper.seen_by(LEAD, "escalation.lead_list")][1:] == [
        limit_cards.note_card(2, say("staff-page-where", where=f"<#{await moderators_channel(scene)}>")).text
    ]
    for concern in (first, second):
        await scene.look_after(LEAD, concern)
    await scene.wait(3 * DAY)
    assert len(scene.paper.seen_by(LEAD, "escalation.lead_list")) == 2


async def moderators_channel(scene: Scene) -> int | None:
    return (await scene.servers.load(scene.desk.reads, SERVER)).moderators_channel_id


async def test_a_lead_who_takes_no_messages_finds_the_note_in_the_moderators_channel(scene: Scene) -> None:
    scene.paper.closed |= {LEAD, DEPUTY}
    await tell_many(scene, 4)
    (note,) = scene.paper.messages("escalation.lead_list")
    assert note.intent.kind == "post"
    assert note.card.pings == ()


async def test_about_a_lead_what_is_held_back_is_seen_by_the_others_on_call_and_not_by_that_lead(scene: Scene) -> None:
    await tell_many(scene, 3)
    held = await scene.tell(CHO, LEAD)
    assert held.held is Held.OFTEN
    handling = scene.escalation.handling
    assert held.id not in {concern.id for concern in await handling.listed(Actor(LEAD, SERVER))}
    assert held.id in {concern.id for concern in await handling.listed(Actor(MO, SERVER))}
    assert scene.paper.seen_by(MO, "escalation.lead_list")
    assert scene.paper.seen_by(LEAD, "escalation.lead_list") == []
    with pytest.raises(NotFound):
        await handling.open_number(Actor(LEAD, SERVER), held.number)


async def test_what_is_on_the_list_is_closed_by_two_and_neither_pages_nor_posts_before_it_is_taken(
    scene: Scene,
) -> None:
    held = (await tell_many(scene, 4))[-1]
    await scene.withdraw(CHO, held)
    assert not scene.paper.messages("escalation.withdrawn")
    assert not (await scene.close(LEAD, held)).closed
    assert scene.paper.seen_by(DEPUTY, "escalation.close_asked")
    assert not scene.paper.seen_by(MO, "escalation.close_asked")
    assert (await scene.close(DEPUTY, held)).closed
    assert pages_of(scene, held) == 0


async def test_a_lead_who_takes_it_and_does_nothing_is_asked_and_then_it_is_on_the_list_again(scene: Scene) -> None:
    await scene.duty(MO)
    held = (await tell_many(scene, 4))[-1]
    await scene.take(LEAD, held)
    await scene.wait(DAY)
    assert {user for _, people in scene.paged(held) for user in people} == {LEAD}
    assert (await scene.now(held)).on_lead_list


async def test_somebody_who_comes_on_duty_is_not_paged_for_what_is_held_back(scene: Scene) -> None:
    held = (await tell_many(scene, 4))[-1]
    await scene.duty(MO, starts_in=HOUR)
    await scene.wait(2 * HOUR)
    assert pages_of(scene, held) == 0
