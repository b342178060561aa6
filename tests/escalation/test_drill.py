"""Practice of the whole chain: for real, marked as practice, and it counts only what a human pressed."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound
from peerbot.engine.texts import person, say
from peerbot.escalation.drill import cards as drill_cards
from peerbot.escalation.drill import rules as drill_rules
from peerbot.escalation.drill.rules import PagePractised
from peerbot.escalation.drill.service import Report
from peerbot.escalation.drill.store import Drill
from peerbot.escalation.ways import store as ways_store
from tests.escalation.discord_on_paper import Message
from tests.escalation.scene import (
    CHO,
    COORDINATOR,
    DEPUTY,
    LEAD,
    MAY,
    MINUTE,
    MO,
    OWNER,
    SERVER,
    Scene,
)
from tests.fakes import EVENING

LEADER = Actor(LEAD, SERVER)


async def begin(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.escalation.drilling.start(LEADER)
    await scene.tick.settle()


async def press(scene: Scene, user_id: int, page: Message) -> None:
    data = page.intent.data
    await scene.escalation.drilling.arrived(Actor(user_id, None), str(data["concern"]), str(data["page"]))
    await scene.tick.settle()


def pages_to(scene: Scene, user_id: int) -> list[Message]:
    """Return the pages that name somebody, in the order in which they came."""
    return [page for page in scene.paper.messages("escalation.page") if user_id in page.card.pings]


async def latest(scene: Scene) -> Report:
    found = await scene.escalation.drilling.latest(LEADER)
    assert found is not None
    return found


async def test_every_line_is_paged_at_its_time_though_somebody_pressed_and_each_page_says_it_is_practice(
    scene: Scene,
) -> None:
    await begin(scene)
    await press(scene, MO, pages_to(scene, MO)[0])
    await scene.wait(45 * MINUTE)
    assert [(after, people) for after, people in scene.paged()] == [
        (timedelta(), {MO}),
        (5 * MINUTE, {LEAD, DEPUTY}),
        (15 * MINUTE, {LEAD, DEPUTY, MO, MAY}),
    ]
    for page in scene.paper.messages("escalation.page"):
        assert "This is practice" in page.text
        assert page.button("drill.arrived")
        assert not page.button("concern.take")


async def test_a_step_is_reached_only_when_a_human_pressed_on_one_of_its_very_pages(scene: Scene) -> None:
    await begin(scene)
    await scene.wait(20 * MINUTE)
    first, last = pages_to(scene, MO)[0], pages_to(scene, MO)[-1]
    await press(scene, MO, last)
    assert [step.reached for step in (await latest(scene)).steps] == [False, False, True]
    await press(scene, MO, first)
    assert [step.reached for step in (await latest(scene)).steps] == [True, False, True]


async def test_the_report_says_of_each_page_and_way_whether_and_when_it_was_answered(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("DELETE FROM proof")
    scene.paper.closed = {LEAD}
    await begin(scene)
    await scene.wait(MINUTE)
    await press(scene, MO, pages_to(scene, MO)[0])
    await scene.wait(40 * MINUTE)
    (report,) = scene.paper.messages("escalation.drill_report")
    assert say("drill-report-through", number=1) in report.text
    assert f"{person(MO)}, {say('way-channel')}: answered by {person(MO)} after 1 min 0 s" in report.text
    assert f"{person(MO)}, {say('way-dm')}: not answered" in report.text
    assert f"{person(LEAD)}, {say('way-dm')}: did not arrive" in report.text
    assert f"{person(MO)}: unproven in the last 30 days: {say('way-dm')}" in report.text
    assert not report.card.pings
    assert await scene.escalation.handling.listed(LEADER) == []


async def test_a_press_proves_the_way_for_thirty_days(scene: Scene) -> None:
    await begin(scene)
    channel_page, dm_page = pages_to(scene, MO)
    await press(scene, MO, channel_page)
    await press(scene, MO, dm_page)
    assert set((await ways_store.proven(scene.desk.reads, SERVER))[MO]) == {"channel", "dm"}
    assert MO not in dict((await latest(scene)).unproven)
    scene.clock.move(timedelta(days=31))
    assert dict((await latest(scene)).unproven)[MO] == ("channel", "dm")


async def test_only_who_a_page_names_can_press_it_and_a_real_page_is_none_of_practice(scene: Scene) -> None:
    await begin(scene)
    page = pages_to(scene, MO)[0]
    for user_id in (MAY, CHO, COORDINATOR):
        with pytest.raises(NotFound, match="drill-not-for-you"):
            await press(scene, user_id, page)
    await scene.ask(CHO)
    with pytest.raises(NotFound, match="drill-not-for-you"):
        await press(scene, MO, pages_to(scene, MO)[-1])


async def test_practice_ends_at_once_when_somebody_needs_help_and_none_begins_while_somebody_waits(
    scene: Scene,
) -> None:
    await begin(scene)
    await scene.ask(CHO)
    (report,) = scene.paper.messages("escalation.drill_report")
    assert say("drill-report-real", number=1) in report.text
    before = [page for page in scene.paper.messages("escalation.page") if "This is practice" in page.text]
    await scene.wait(45 * MINUTE)
    assert [p for p in scene.paper.messages("escalation.page") if "This is practice" in p.text] == before
    with pytest.raises(Invalid, match="drill-somebody-waits"):
        await scene.escalation.drilling.start(LEADER)


async def test_one_practice_at_a_time_and_it_can_be_ended_early(scene: Scene) -> None:
    await begin(scene)
    with pytest.raises(Invalid, match="drill-running"):
        await scene.escalation.drilling.start(Actor(DEPUTY, SERVER))
    stopped = await scene.escalation.drilling.stop(Actor(DEPUTY, SERVER))
    assert stopped.drill.ended_how == "stopped"
    with pytest.raises(NotFound, match="drill-none"):
        await scene.escalation.drilling.stop(LEADER)
    await scene.wait(45 * MINUTE)
    assert {after for after, _ in scene.paged()} == {timedelta()}
    await scene.escalation.drilling.start(LEADER)


async def test_practice_goes_on_after_a_restart_and_reports_once(scene: Scene) -> None:
    await begin(scene)
    await scene.restart(7 * MINUTE)
    await scene.wait(45 * MINUTE)
    assert len((await latest(scene)).steps) == 3
    assert len(scene.paper.messages("escalation.drill_report")) == 1


async def test_without_the_team_channel_the_owner_reads_that_it_was_practice(scene: Scene) -> None:
    scene.paper.refused["escalation.page"] = 50013
    await begin(scene)
    (told,) = scene.paper.seen_by(OWNER, "escalation.no_channel")
    assert say("drill-no-channel") in told.text
    assert "asked for help" not in told.text


@pytest.mark.parametrize("user_id", [MO, MAY, COORDINATOR, CHO, OWNER])
async def test_only_a_lead_or_deputy_begins_or_ends_practice(scene: Scene, user_id: int) -> None:
    actor = Actor(user_id, SERVER, manages_server=user_id == OWNER)
    drilling = scene.escalation.drilling
    for attempt in (drilling.plan, drilling.start, drilling.stop):
        with pytest.raises(NotAllowed):
            await attempt(actor)


async def test_the_question_names_how_many_people_are_paged_and_how_long_it_takes(scene: Scene) -> None:
    await scene.duty(MO)
    card = drill_cards.plan_card(await scene.escalation.drilling.plan(LEADER))
    assert "People I page: 4." in card.text
    assert "up to 30 minutes" in card.text


def page(number: int, state: str = "arrived", *, pressed: bool = False) -> PagePractised:
    at = EVENING + timedelta(minutes=number)
    by, when = (number, at) if pressed else (None, None)
    return PagePractised(number, "dm", (number,), state, frozenset(), at, by, when)


def test_a_report_of_a_large_team_fits_into_one_message_and_says_what_it_leaves_out() -> None:
    steps = drill_rules.steps(page(number % 3, pressed=number % 2 == 0) for number in range(120))
    over = Drill("c", SERVER, EVENING, EVENING, "through")
    card = drill_cards.report_card(Report(over, 1, steps, drill_rules.unproven(steps, {}, EVENING)))
    assert len(card.text) <= 2000
    assert "lines that do not fit" in card.text
