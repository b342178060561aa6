"""Cover is who a page reaches: on duty, seeing the channel, and proved by a press in the last thirty days."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.findings import Health
from peerbot.engine.texts import person, say
from peerbot.escalation.rota import oncall_cards
from peerbot.escalation.rota.cover import Cover, Rota
from peerbot.escalation.rota.duty_store import Shift
from peerbot.escalation.rules import Level, Reach
from tests.escalation.scene import CHO, DAY, DEPUTY, HOUR, LEAD, MINUTE, MO, SERVER, Scene, open_scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    async with open_scene(tmp_path, proven=False) as opened:
        yield opened


async def cover(scene: Scene, user_id: int = CHO) -> Cover:
    return await scene.escalation.cover_now(Actor(user_id, SERVER))


async def second_line(scene: Scene, *without: int) -> bool:
    return await scene.escalation.second_line(scene.desk.reads, SERVER, scene.clock.now() + HOUR, without)


async def test_on_a_fresh_server_nobody_is_promised_and_the_team_reads_what_to_do(scene: Scene) -> None:
    await scene.duty(MO)
    assert (await cover(scene)).on_duty_until is None
    shown = oncall_cards.cover_card(await cover(scene)).text
    assert say("oncall-unproven") in shown
    assert "/oncall test" not in shown
    assert "/oncall test" in oncall_cards.cover_card(await cover(scene, MO)).text
    assert not await second_line(scene)


async def test_a_press_makes_cover_of_a_shift(scene: Scene) -> None:
    await scene.duty(MO, 10)
    await scene.prove(MO)
    assert (await cover(scene)).on_duty_until == scene.clock.now() + 10 * HOUR
    assert "/oncall test" not in oncall_cards.cover_card(await cover(scene, MO)).text


async def test_nobody_is_promised_for_longer_than_a_press_counts_and_a_long_time_is_told_as_now(scene: Scene) -> None:
    now = scene.clock.now()
    shift = Shift("1", SERVER, MO, now - HOUR, now + 56 * DAY)
    rota = Rota((shift,), now, {MO: now + 30 * DAY})
    assert rota.covered_until == now + 30 * DAY
    assert rota.covered_on
    assert not Rota((shift,), now, {MO: now + DAY}).covered_on
    assert say("team-line-on") in oncall_cards.cover_card(Cover(on_duty_until=now + 30 * DAY, on_duty_on=True)).text


async def test_who_answered_a_page_counts_as_well_as_who_answered_a_test(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    row = await scene.desk.reads.one("SELECT id FROM page WHERE way = 'dm' AND people = :mo", mo=f"[{MO}]")
    assert row is not None
    await scene.escalation.handling.take(Actor(MO, None), concern.id, row["id"])
    assert (await cover(scene)).on_duty_until is not None


async def test_who_does_not_see_the_channel_is_no_cover(scene: Scene) -> None:
    await scene.prove(MO, LEAD)
    scene.paper.blind |= {MO, LEAD}
    await scene.duty(MO, starts_in=HOUR)
    await scene.wait(DAY)
    assert (await cover(scene)).on_duty_until is None
    assert not await second_line(scene)


@pytest.mark.parametrize("sees", [True, False])
async def test_card_answer_cover_check_and_doctor_tell_one_truth(scene: Scene, *, sees: bool) -> None:
    await scene.prove(LEAD, DEPUTY)
    scene.paper.blind |= set() if sees else {LEAD, DEPUTY}
    await scene.duty(LEAD, starts_in=HOUR)
    await scene.wait(DAY)
    _, on_card = await scene.escalation.whose_team(SERVER, CHO)
    assert on_card is not None
    server = await scene.servers.load(scene.desk.reads, SERVER)
    found = [finding for check in scene.escalation.checks.all() for finding in await check(server)]
    broken = [each for each in found if each.check == "team" and each.health is Health.BROKEN]
    doubted = {str(each.values["person"]) for each in broken}
    told = (
        on_card.on_duty_until is not None,
        (await cover(scene)).on_duty_until is not None,
        await second_line(scene),
        not {person(LEAD), person(DEPUTY)} & doubted,
    )
    assert told == (sees,) * 4


async def test_a_proof_that_has_run_out_is_no_cover(scene: Scene) -> None:
    await scene.prove(MO)
    await scene.wait(30 * DAY + MINUTE)
    await scene.duty(MO)
    assert (await cover(scene)).on_duty_until is None


async def test_a_discord_that_has_not_said_for_days_who_sees_the_channel_leaves_no_cover(scene: Scene) -> None:
    await scene.prove(MO)
    scene.paper.silent = True
    await scene.wait(4 * DAY)
    await scene.duty(MO)
    assert (await cover(scene)).on_duty_until is None


async def test_the_next_covered_time_is_the_next_shift_of_somebody_who_can_be_reached(scene: Scene) -> None:
    await scene.prove(LEAD)
    await scene.duty(MO, 4, HOUR)
    await scene.duty(LEAD, 4, 3 * HOUR)
    assert (await cover(scene)).next_shift == scene.clock.now() + 3 * HOUR


async def test_a_shift_that_begins_after_the_proof_has_run_out_is_not_promised(scene: Scene) -> None:
    await scene.prove(MO)
    scene.clock.move(25 * DAY)
    await scene.tick.settle()
    await scene.duty(MO, 4, 6 * DAY)
    assert (await cover(scene)).next_shift is None


async def test_whoever_is_on_duty_and_not_proven_is_paged_but_not_promised(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    assert concern.reach is Reach.UNPROVEN
    assert scene.paged(concern)[0][1] == {MO, LEAD, DEPUTY}
    assert "can't promise" in scene.receipt(concern)


async def test_whoever_is_on_duty_and_proven_is_paged_alone_first(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.prove(MO)
    concern = await scene.ask(CHO)
    assert concern.reach is Reach.ON_DUTY
    assert scene.paged(concern)[0][1] == {MO}


async def test_a_check_in_does_not_wait_for_a_shift_because_who_is_on_duty_is_unproven(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.ask(CHO, Level.CHECK_IN)
    assert scene.paged(concern)[0][1] == {MO}


async def test_the_second_line_is_a_lead_or_deputy_who_can_be_reached_and_is_not_in_the_room(scene: Scene) -> None:
    await scene.prove(DEPUTY, MO)
    assert await second_line(scene)
    assert not await second_line(scene, DEPUTY)
    assert await second_line(scene, LEAD)
