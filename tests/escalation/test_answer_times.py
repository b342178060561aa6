"""Answer times by command: each number in words, asked first, told to the team, taken back."""

from collections.abc import Sequence

import pytest
from hypothesis import given

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.card import MOST_TEXT, TextPart
from peerbot.engine.errors import Invalid, NotAllowed, NotSetUp, OldButton
from peerbot.engine.texts import say
from peerbot.escalation import answer_times_cards, policy_store
from peerbot.escalation.answer_times import in_units, names_of
from peerbot.escalation.policy import BOUNDS, USUAL, Policy
from peerbot.escalation.rules import Level
from tests.escalation.scene import COORDINATOR, DEPUTY, FAY, LEAD, MINUTE, MO, OWNER, SERVER, Scene
from tests.escalation.test_policy import policies

LEADING = Actor(LEAD, SERVER)
FASTER = ("3", "9", "20", "15")


async def kept(scene: Scene) -> Policy:
    return await policy_store.of_server(scene.desk.reads, SERVER)


async def acts(scene: Scene) -> list[tuple[str, int]]:
    rows = await scene.desk.reads.all(
        "SELECT act, user_id FROM staff_act JOIN staff_person ON staff_person.id = person_id ORDER BY staff_act.id"
    )
    return [(row["act"], row["user_id"]) for row in rows]


@given(policies())
def test_whatever_is_set_each_number_is_shown_and_said_in_words(policy: Policy) -> None:
    text = answer_times_cards.answers_card(policy).text
    assert len(text) <= MOST_TEXT
    for name in BOUNDS:
        line = answer_times_cards.line(name, policy)
        assert f" {in_units(name, policy[name])} " in line
        assert line in text
    assert len([name for level in Level for name in names_of(level.word)]) == len(BOUNDS)


@pytest.mark.parametrize("level", [level.word for level in Level])
def test_each_form_holds_what_is_set_with_its_bounds(level: str) -> None:
    form = answer_times_cards.answers_form(level, USUAL)
    parts = [part for part in form.parts if isinstance(part, TextPart)]
    assert [part.id for part in parts] == list(names_of(level))
    assert len(parts) <= 5
    assert all(part.value == str(in_units(part.id, USUAL[part.id])) for part in parts)


async def test_a_change_is_kept_recorded_told_to_the_team_and_taken_back(scene: Scene) -> None:
    times = scene.escalation.answer_times
    proposed = await times.propose(LEADING, "urgent", dict(zip(names_of("urgent"), FASTER, strict=True)))
    assert await kept(scene) == USUAL
    assert "People on the team: 5" in answer_times_cards.check_card(proposed).text
    assert "have 3 minutes" in answer_times_cards.check_card(proposed).text
    assert "(Now: 5 minutes.)" in answer_times_cards.check_card(proposed).text
    change = await times.set(LEADING, "urgent", FASTER)
    await scene.tick.settle()
    assert await kept(scene) == proposed.now == change.now
    assert (await acts(scene))[-1] == ("answer-times-changed", LEAD)
    (news,) = scene.paper.seen_by(MO, "escalation.answer_times")
    assert "have 3 minutes" in news.text
    undo = next(each for row in answer_times_cards.set_card(change).rows if isinstance(row, tuple) for each in row)
    undone = await times.set(LEADING, undo.args[0], undo.args[1:])
    assert await kept(scene) == undone.now == USUAL


async def test_setting_what_is_set_already_changes_records_and_tells_nothing(scene: Scene) -> None:
    before = await acts(scene)
    usual = [str(in_units(name, USUAL[name])) for name in names_of("emergency")]
    change = await scene.escalation.answer_times.set(LEADING, "emergency", usual)
    await scene.tick.settle()
    assert answer_times_cards.set_card(change).text == say("staff-answers-same")
    assert answer_times_cards.check_card(change).text == say("staff-answers-same")
    assert await acts(scene) == before
    assert scene.paper.seen_by(MO, "escalation.answer_times") == []


@pytest.mark.parametrize(
    ("level", "values", "text"),
    [
        ("emergency", ("3", "10", "10"), "staff-answers-bounds"),
        ("emergency", ("2", "11", "10"), "staff-answers-bounds"),
        ("emergency", ("2", "9", "10"), "staff-answers-too-soon"),
        ("urgent", ("1", "15", "30", "30"), "staff-answers-bounds"),
        ("urgent", ("10", "11", "30", "30"), "staff-answers-too-soon"),
        ("urgent", ("5", "15", "60", "30"), "staff-answers-bounds"),
        ("urgent", ("5", "15", "soon", "30"), "staff-answers-number"),
        ("urgent", ("5", "-15", "30", "30"), "staff-answers-number"),
        ("check_in", ("10", "12", "37", "12"), "staff-answers-bounds"),
        ("check_in", ("10", "15", "34", "12"), "staff-answers-too-soon"),
    ],
)
async def test_what_cannot_be_is_said_and_nothing_changes(
    scene: Scene, level: str, values: Sequence[str], text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await scene.escalation.answer_times.set(LEADING, level, values)
    assert refused.value.text == text
    assert "Nothing was changed" in say(text, **refused.value.values)
    assert await kept(scene) == USUAL


@given(policies())
def test_what_comes_too_soon_is_told_the_least_it_can_be(policy: Policy) -> None:
    for name, least in policy.earliest.items():
        assert least <= in_units(name, least) * BOUNDS[name].unit <= BOUNDS[name].most


async def test_only_leads_and_administrators_see_and_set_them_in_their_own_server(scene: Scene) -> None:
    times = scene.escalation.answer_times
    for user in (MO, DEPUTY, FAY, COORDINATOR, 999):
        for attempt in (
            times.show(Actor(user, SERVER)),
            times.propose(Actor(user, SERVER), "urgent", {}),
            times.set(Actor(user, SERVER), "urgent", FASTER),
        ):
            with pytest.raises(NotAllowed):
                await attempt
    with pytest.raises(NotSetUp):
        await times.set(Actor(OWNER, 2, manages_server=True), "urgent", FASTER)
    with pytest.raises(OldButton):
        await times.set(LEADING, "urgent", FASTER[:3])
    with pytest.raises(OldButton):
        await times.propose(LEADING, "notice", {})
    assert await times.show(Actor(OWNER, SERVER, manages_server=True)) == USUAL


async def test_an_administrator_reads_changes_and_undoes_the_times(world: World) -> None:
    cast = await found(world)
    shown = await types(world, cast.amira, "manage answer-times")
    assert shown.response is not None
    assert "Everybody is asked at once. They are asked again every 2 minutes" in shown.response.content
    filled = dict(zip(names_of("urgent"), FASTER, strict=True))
    form = await presses(world, cast.amira, say("staff-answers-change-urgent"))
    refused = await fills(world, cast.amira, form, filled | {"urgent_told": "60"})
    assert refused.response is not None
    assert "can be 10 minutes to 45 minutes" in refused.response.content
    form = await presses(world, cast.amira, say("try-again"))
    check = await fills(world, cast.amira, form, filled)
    assert check.response is not None
    assert say("staff-answers-open") in check.response.content
    await presses(world, cast.amira, say("staff-answers-confirm"))
    rows = await world.app.desk.reads.all("SELECT times FROM answer_times")
    assert Policy.from_text(rows[0]["times"]).urgent_leads == 3 * MINUTE
    await presses(world, cast.amira, say("staff-undo"))
    rows = await world.app.desk.reads.all("SELECT times FROM answer_times")
    assert Policy.from_text(rows[0]["times"]) == USUAL


async def test_what_a_server_has_set_goes_with_the_server(scene: Scene) -> None:
    await scene.escalation.answer_times.set(LEADING, "urgent", FASTER)
    async with scene.desk.transaction() as work:
        await work.all("DELETE FROM server")
    assert await scene.count("answer_times") == 0
