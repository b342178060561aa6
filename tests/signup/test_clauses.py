"""Lines that groups and servers add: shown first, counted, undone; nobody agrees to what they never read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from peerbot.confidentiality.rules import MOST_IN_CLAUSE, Text, Version, differences
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import say
from peerbot.gateway import draw
from peerbot.signup.agreeing import cards as agreement_cards
from peerbot.signup.agreeing import clause_cards
from peerbot.signup.agreeing.clauses import SERVER as LIMITS
from peerbot.signup.agreeing.clauses import Change
from peerbot.signup.rules import Group
from tests.signup.scene import ANA, BEN, CIRCLE, CLEO, COORDINATOR, LEAD, OTHER_SERVER, SERVER, Scene, at

COLIN = Actor(COORDINATOR, SERVER)
CIRCLE_TOO = replace(CIRCLE, name="Friday Circle")
QUIET, LATE = "We keep phones on quiet.", "Whoever comes late just sits down."


async def add(scene: Scene, which: str, *lines: str) -> Change:
    proposed = await scene.signup.clauses.propose(COLIN, which, lines)
    return await scene.signup.clauses.confirm(COLIN, proposed.changed.wording.id)


async def lines(scene: Scene, group: Group, text: Text = Text.GROUP) -> tuple[str, ...]:
    return (await scene.signup.agreeing.terms(group)).lines(text)


async def still(scene: Scene, group: Group) -> frozenset[int]:
    return await scene.signup.agreeing.still_to_agree(scene.desk.reads, group.server_id, group.id)


async def test_nothing_holds_before_it_is_confirmed_and_a_second_press_changes_nothing(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    proposed = await scene.signup.clauses.propose(COLIN, group.id, ("", f"  {QUIET} ", QUIET))
    assert (proposed.changed.effect.people, await lines(scene, group)) == (1, ())
    assert await still(scene, group) == frozenset()
    done = await scene.signup.clauses.confirm(COLIN, proposed.changed.wording.id)
    again = await scene.signup.clauses.confirm(COLIN, proposed.changed.wording.id)
    assert await lines(scene, group) == (QUIET,)
    assert done.changed.wording == again.changed.wording
    assert await still(scene, group) == {ANA}


async def test_the_limits_of_a_server_reach_all_its_groups_and_nobody_elses(scene: Scene) -> None:
    await scene.set_up(OTHER_SERVER)
    group, second = await scene.group(), await scene.group(CIRCLE_TOO)
    elsewhere = await scene.group(server_id=OTHER_SERVER)
    for each in (group, second):
        await scene.join(ANA, each)
    await scene.join(BEN, second)
    done = await add(scene, LIMITS, "In Scotland the law asks us to tell more.")
    assert done.changed.effect.people == 2
    assert (await still(scene, group), await still(scene, second)) == ({ANA}, {ANA, BEN})
    assert await lines(scene, elsewhere, Text.SERVER) == ()


async def test_undo_is_a_new_version_with_the_old_words_and_asks_those_alone_who_had_agreed_to_the_new_ones(
    scene: Scene,
) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    await scene.join(BEN, group)
    done = await add(scene, group.id, QUIET)
    await scene.signup.agreeing.agree(at(BEN, group), group.id, "1.1.0.1")
    assert await still(scene, group) == {ANA}
    undone = await scene.signup.clauses.undo(COLIN, done.changed.wording.id)
    again = await scene.signup.clauses.undo(COLIN, done.changed.wording.id)
    assert undone.changed.effect.people == 1
    assert undone.changed.wording == again.changed.wording
    assert (await scene.signup.agreeing.terms(group)).version == Version(1, 1, 0, 2)
    assert await lines(scene, group) == ()
    assert await still(scene, group) == {BEN}


async def test_of_two_who_change_the_same_lines_the_second_looks_again(scene: Scene) -> None:
    group = await scene.group()
    first = await scene.signup.clauses.propose(COLIN, group.id, (QUIET,))
    second = await scene.signup.clauses.propose(COLIN, group.id, (LATE,))
    done = await scene.signup.clauses.confirm(COLIN, first.changed.wording.id)
    with pytest.raises(Late):
        await scene.signup.clauses.confirm(COLIN, second.changed.wording.id)
    await add(scene, group.id, QUIET, LATE)
    with pytest.raises(Late):
        await scene.signup.clauses.undo(COLIN, done.changed.wording.id)
    with pytest.raises(Late):
        await scene.signup.clauses.undo(COLIN, second.changed.wording.id)
    assert await lines(scene, group) == (QUIET, LATE)


@pytest.mark.parametrize(
    "typed", [("x" * (MOST_IN_CLAUSE + 1),), ("x",), ("a ", "b "), ("*" * 99, "_" * 99, "~" * 99), ()]
)
async def test_lines_that_cannot_be_used_change_nothing(scene: Scene, typed: tuple[str, ...]) -> None:
    group = await scene.group()
    with pytest.raises(Invalid):
        await scene.signup.clauses.propose(COLIN, group.id, typed)
    assert await lines(scene, group) == ()


async def test_only_coordinators_of_this_server_change_lines(scene: Scene) -> None:
    await scene.set_up(OTHER_SERVER)
    group = await scene.group()
    await scene.join(ANA, group)
    proposed = await scene.signup.clauses.propose(COLIN, group.id, (QUIET,))
    for user in (ANA, LEAD):
        for which in (group.id, LIMITS, "0badc0de"):
            with pytest.raises(NotAllowed):
                await scene.signup.clauses.show(Actor(user, SERVER), which)
        with pytest.raises(NotAllowed):
            await scene.signup.clauses.confirm(Actor(user, SERVER), proposed.changed.wording.id)
    elsewhere = Actor(COORDINATOR, OTHER_SERVER)
    with pytest.raises(NotFound):
        await scene.signup.clauses.show(elsewhere, group.id)
    with pytest.raises(NotFound):
        await scene.signup.clauses.confirm(elsewhere, proposed.changed.wording.id)


async def test_nobody_joins_under_a_text_that_changed_while_they_read(scene: Scene) -> None:
    group = await scene.group()
    shown = (await scene.signup.agreeing.terms(group)).version
    await add(scene, group.id, QUIET)
    joining = scene.signup.joining
    with pytest.raises(Late):
        await joining.join(at(ANA, group), group.id, agreed=True, may_remind=True, shown=shown)
    assert (await scene.view(ANA, group)).mine.where == "outside"
    shown = (await scene.signup.agreeing.terms(group)).version
    await joining.join(at(ANA, group), group.id, agreed=True, may_remind=True, shown=shown)
    assert await still(scene, group) == frozenset()
    (kept,) = await scene.confidentiality.kept_about(scene.desk.reads, ANA)
    assert (kept.values["agreement"], kept.values["group"]) == (1, 1)


async def test_everybody_reads_the_limits_of_the_server_and_only_its_people_what_a_group_adds(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    await add(scene, group.id, QUIET)
    await add(scene, LIMITS, LATE)

    async def read(user: int) -> list[str]:
        return [card.text for card in agreement_cards.read_cards(await scene.signup.agreeing.read(at(user, group)))]

    mine, others = await read(ANA), await read(CLEO)
    assert QUIET in mine[-1]
    assert mine[:-1] == others
    assert LATE in others[1]


async def test_who_proposes_lines_sees_what_those_who_are_asked_again_will_see(scene: Scene) -> None:
    group = await scene.group()
    nobody = clause_cards.proposed_cards(await scene.signup.clauses.propose(COLIN, group.id, (QUIET,)))
    assert len(nobody) == 1
    assert nobody[0].rows, "nobody agreed before, so nobody is asked"
    await add(scene, group.id, QUIET)
    await scene.join(ANA, group)
    first, then = clause_cards.proposed_cards(await scene.signup.clauses.propose(COLIN, group.id, (LATE,)))
    assert (first.rows, then.text.splitlines()[0]) == ((), say("staff-texts-then"))
    await add(scene, group.id, LATE)
    (asked,) = agreement_cards.asked_cards(await scene.signup.agreeing.asked_for(at(ANA, group), group.id))
    told = then.text.splitlines()[1:]
    assert told == [say("agreement-part-group"), say("agreement-new", line=LATE), say("agreement-gone", line=QUIET)]
    assert "\n".join(told) in asked.text


async def test_what_coordinators_see_fits_into_what_discord_takes(scene: Scene) -> None:
    group = await scene.group()
    longest = tuple(f"{n} {'x' * 90} {'*' * 7}" for n in range(4))
    for which in (group.id, LIMITS):
        seen = await scene.signup.clauses.show(COLIN, which)
        assert draw.modal(clause_cards.clause_form(seen))
        proposed = await scene.signup.clauses.propose(COLIN, which, longest)
        done = await scene.signup.clauses.confirm(COLIN, proposed.changed.wording.id)
        for card in (
            clause_cards.present_card(await scene.signup.clauses.show(COLIN, which)),
            clause_cards.proposed_cards(proposed)[0],
            clause_cards.done_card(done),
            clause_cards.undone_card(done),
        ):
            assert draw.message(card)
            assert "may be in danger" in card.text or "seems to be in danger" in card.text


async def test_a_text_stays_as_long_as_an_acceptance_stands_for_it(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    await add(scene, group.id, QUIET)
    await scene.signup.agreeing.agree(at(ANA, group), group.id, "1.1.0.1")
    await scene.leave(ANA, group)
    for line in (LATE, "Another.", "The last."):
        await add(scene, group.id, line)
    await scene.signup.clauses.propose(COLIN, group.id, ("Never confirmed.",))

    async def kept() -> set[str]:
        async with scene.desk.transaction() as work:
            await forget_due(work, scene.confidentiality)
        return {row["lines"] for row in await scene.rows("wording") if row["text"] == "group"}

    assert len(await kept()) == 5
    await scene.pass_time(timedelta(days=31))
    assert await kept() == {QUIET, "The last."}
    await scene.signup.life.end(COLIN, group.id, scene.clock.now().date())
    await scene.pass_time(timedelta(days=2))
    with pytest.raises(NotFound):
        await scene.signup.clauses.show(COLIN, group.id)
    assert "The last." in await kept()
    await scene.pass_time(timedelta(days=30, seconds=1))
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.signup)
    await scene.pass_time(timedelta())
    assert await kept() == {QUIET}
    await scene.pass_time(timedelta(days=310))
    assert await kept() == set()


async def test_what_changed_fits_into_what_discord_takes_even_where_all_of_it_is_new(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    longest = tuple(f"{n} {'x' * 90} {'*' * 7}" for n in range(4))
    await add(scene, group.id, *longest)
    await add(scene, LIMITS, *longest)
    asked = await scene.signup.agreeing.asked_for(at(ANA, group), group.id)
    new = replace(asked, changes=differences(None, asked.terms))
    for cards in (agreement_cards.asked_cards(asked), agreement_cards.asked_cards(new)):
        assert all(draw.message(card) for card in cards)
        assert [bool(card.rows) for card in cards] == [False] * (len(cards) - 1) + [True]
    shown = "\n".join(card.text for card in agreement_cards.asked_cards(new))
    for text in Text:
        assert all(line in shown for line in asked.terms.lines(text) if "*" not in line)
    agreed = agreement_cards.agreed_cards(replace(asked, changes=[]))
    assert all(draw.message(card) for card in (agreement_cards.withdraw_card(group), *agreed))


async def test_in_a_direct_message_the_built_in_texts_are_read_and_it_says_that_there_may_be_more(scene: Scene) -> None:
    reading = await scene.signup.agreeing.read(Actor(ANA, None))
    texts = [card.text for card in agreement_cards.read_cards(reading)]
    assert len(texts) == 3
    assert "On the server" in texts[-1]


async def test_who_gets_a_seat_after_waiting_is_shown_what_changed_meanwhile(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await add(scene, group.id, QUIET)
    await scene.leave(201, group)
    await scene.accept(ANA, await scene.offer_to(ANA, group))
    (asked,) = await scene.signup.agreeing.asked_in(Actor(ANA, None), group.id)
    assert QUIET in agreement_cards.changed_cards([asked])[0].text
    assert await scene.signup.agreeing.asked_in(Actor(BEN, None), group.id) == []
    assert ANA in await still(scene, group)
