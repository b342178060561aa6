"""Private groups and the codes that lead into them: nobody learns anything by guessing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, NotSetUp
from peerbot.engine.retention import forget_due
from peerbot.signup.invites.service import ALPHABET, LENGTH, MOST_CODES, MOST_WRONG, WRONG_LASTS
from peerbot.signup.rules import Group, View
from tests.signup.scene import ANA, BEN, BOSS, CIRCLE, CLEO, FACILITATOR, OTHER_SERVER, SERVER, Scene

WRONG = "WRNG-CDE2"


async def private(scene: Scene) -> Group:
    group = await scene.group()
    return (await scene.signup.groups.switch(BOSS, group.id, "private", on=True, sure=True)).after


async def code_of(scene: Scene, group: Group, uses: str = "", days: str = "14") -> str:
    return (await scene.signup.invites.make(BOSS, group.id, uses, days)).fresh


async def enter(scene: Scene, user: int, typed: str) -> View:
    """Type a code, read the form, tick it and send it."""
    actor = Actor(user, SERVER)
    group, _, code = await scene.signup.joining.form_by_code(actor, typed)
    return await scene.signup.joining.join(actor, group.id, agreed=True, may_remind=False, code=code)


async def refused(scene: Scene, user: int, typed: str) -> str:
    with pytest.raises(NotFound) as caught:
        await enter(scene, user, typed)
    return caught.value.text


async def test_a_private_group_is_found_by_nobody_and_entered_by_its_code_however_that_is_typed(scene: Scene) -> None:
    group = await private(scene)
    assert not (await scene.signup.finding.find(Actor(ANA, SERVER))).views
    assert not await scene.signup.choices_for(Actor(ANA, SERVER), "", "join")
    code = await code_of(scene, group)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    typed = f" {code[:4].lower()} – {code[4:]} "
    assert (await enter(scene, ANA, typed)).mine.where == "seated"
    assert (await enter(scene, ANA, code)).mine.where == "seated"
    assert [seen.group.id for seen in (await scene.signup.finding.find(Actor(ANA, SERVER))).views] == [group.id]
    for user in (BEN, 201, 202):
        await enter(scene, user, code)
    assert (await enter(scene, CLEO, code)).mine.where == "waiting"


async def test_the_code_itself_is_kept_nowhere(scene: Scene) -> None:
    code = await code_of(scene, await private(scene))
    (row,) = await scene.rows("invite")
    assert code not in str(dict(row))
    assert not (await scene.signup.invites.of_group(BOSS, row["group_id"])).fresh


async def test_a_wrong_code_and_one_that_is_over_answer_alike(scene: Scene) -> None:
    group = await private(scene)
    once = await code_of(scene, group, "1")
    short = await code_of(scene, group, days="1")
    gone = await code_of(scene, group)
    await enter(scene, ANA, once)
    await scene.pass_time(timedelta(days=1))
    last = (await scene.signup.invites.of_group(BOSS, group.id)).invites[-1]
    await scene.signup.invites.withdraw(BOSS, last.id)
    answers = {await refused(scene, BEN, typed) for typed in (once, short, gone, WRONG)}
    assert answers == {"join-code-unknown"}
    await scene.signup.invites.withdraw(BOSS, last.id, withdrawn=False)
    assert (await enter(scene, CLEO, gone)).mine.where == "seated"


async def test_after_five_wrong_codes_even_the_right_one_leads_nowhere_for_an_hour(scene: Scene) -> None:
    group = await private(scene)
    code = await code_of(scene, group)
    for _ in range(MOST_WRONG + 2):
        assert await refused(scene, ANA, WRONG) == "join-code-unknown"
    assert await refused(scene, ANA, code) == "join-code-unknown"
    for attempt in (
        scene.signup.joining.form(Actor(ANA, SERVER), group.id, code),
        scene.signup.joining.join(Actor(ANA, SERVER), group.id, agreed=True, may_remind=False, code=code),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert (await enter(scene, BEN, code)).mine.where == "seated", "only who guesses waits"
    assert [kept.item for kept in await scene.signup.kept_about(scene.desk.reads, ANA)] == ["kept-code-tries"]
    await scene.pass_time(WRONG_LASTS)
    assert (await enter(scene, ANA, code)).mine.where == "seated"
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.signup)
    assert not await scene.rows("code_try")


async def test_guessing_is_counted_wherever_a_code_is_typed(scene: Scene) -> None:
    group = await private(scene)
    await code_of(scene, group)
    me, joining = Actor(ANA, SERVER), scene.signup.joining
    for attempt in (
        joining.form_by_code(me, WRONG),
        joining.form(me, group.id, WRONG),
        joining.join(me, group.id, agreed=True, may_remind=False, code=WRONG),
    ):
        with pytest.raises(NotFound):
            await attempt
    (tries,) = await scene.rows("code_try")
    assert tries["count"] == 3


async def test_a_code_leads_only_into_its_own_group_of_its_own_server_while_that_takes_people(scene: Scene) -> None:
    group = await private(scene)
    other = await scene.group(replace(CIRCLE, name="Another"))
    await scene.signup.groups.switch(BOSS, other.id, "private", on=True, sure=True)
    code = await code_of(scene, group)
    with pytest.raises(NotFound):
        await scene.signup.joining.join(Actor(ANA, SERVER), other.id, agreed=True, may_remind=False, code=code)
    with pytest.raises(NotSetUp):
        await scene.signup.invites.enter(Actor(ANA, OTHER_SERVER), code)
    await scene.set_up(OTHER_SERVER)
    with pytest.raises(NotFound):
        await scene.signup.invites.enter(Actor(ANA, OTHER_SERVER), code)
    await scene.signup.add_facilitator(BOSS, group.id, FACILITATOR, is_bot=False)
    with pytest.raises(NotAllowed):
        await enter(scene, FACILITATOR, code)
    await scene.signup.life.pause(BOSS, group.id)
    assert await refused(scene, BEN, code) == "join-code-unknown"


async def test_codes_are_made_within_bounds_by_coordinators_alone(scene: Scene) -> None:
    group = await private(scene)
    invites = scene.signup.invites
    for uses, days in (("0", "14"), ("101", "14"), ("x", "14"), ("", "0"), ("", "91"), ("", "")):
        with pytest.raises(Invalid):
            await invites.make(BOSS, group.id, uses, days)
    made = [await invites.make(BOSS, group.id, "1", "14") for _ in range(MOST_CODES)]
    assert len({one.fresh for one in made}) == MOST_CODES
    with pytest.raises(Invalid):
        await invites.make(BOSS, group.id, "", "14")
    invite = made[0].invites[0]
    for attempt in (
        invites.of_group(Actor(ANA, SERVER), group.id),
        invites.make(Actor(ANA, SERVER), group.id, "", "14"),
        invites.withdraw(Actor(ANA, SERVER), invite.id),
        invites.withdraw(Actor(ANA, SERVER), "ffffffff"),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    elsewhere = replace(BOSS, server_id=OTHER_SERVER)
    for invite_id in (invite.id, "ffffffff"):
        with pytest.raises(NotFound):
            await invites.withdraw(elsewhere, invite_id)
