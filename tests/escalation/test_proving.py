"""Test pages: a way to somebody is proved by a press on the very message that came by it, and for thirty days."""

import re
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound
from peerbot.engine.retention import forget_due
from peerbot.escalation.rota import cards as rota_cards
from peerbot.escalation.ways import store as ways_store
from peerbot.escalation.ways.proving import Proof
from tests.escalation.discord_on_paper import Message
from tests.escalation.rota_scene import weekly
from tests.escalation.scene import CHO, DAY, DEPUTY, FAY, HOUR, LEAD, MAY, MO, SERVER, TEAM, Scene, open_scene
from tests.leaving import leave

SECOND = timedelta(seconds=1)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    async with open_scene(tmp_path, proven=False) as opened:
        yield opened


async def sends(scene: Scene, user_id: int, person: int | None = None, *, everybody: bool = False) -> list[Proof]:
    proofs = await scene.escalation.proving.test(Actor(user_id, SERVER), person, everybody=everybody)
    await scene.tick.settle()
    return list(proofs)


def button(message: Message, action: str = "ways.arrived") -> str:
    row = message.card.rows[0]
    assert isinstance(row, tuple)
    return next(button.args[0] for button in row if button.action == action)


async def press(scene: Scene, user_id: int, message: Message) -> Proof:
    return await scene.escalation.proving.arrived(Actor(user_id, None), button(message))


def got(scene: Scene, user_id: int) -> list[Message]:
    return [
        page for page in scene.paper.messages("escalation.test_page") if page.card.pings == (user_id,)
    ]  # in the channel and by direct message


async def unproven(scene: Scene, user_id: int) -> tuple[str, ...]:
    (proof,) = await scene.escalation.proving.proofs(scene.desk.reads, SERVER, (user_id,))
    return proof.unproven


async def test_a_test_page_comes_by_every_way_and_says_that_nobody_is_in_trouble(scene: Scene) -> None:
    scene.phones.ways = {MO: 1}
    await sends(scene, MO)
    channel, dm = got(scene, MO)
    assert "Nobody is in trouble" in channel.text
    assert "Nobody is in trouble" in dm.text
    assert "channel" in channel.intent.data
    (alert,) = scene.paper.phones[MO]
    assert alert.text.startswith("This is a test, nobody needs help.")


async def test_a_press_proves_the_way_of_that_very_message_and_no_other(scene: Scene) -> None:
    assert (await sends(scene, MO))[0].unproven == ("channel", "dm")
    channel, dm = got(scene, MO)
    assert (await press(scene, MO, dm)).unproven == ("channel",)
    assert (await press(scene, MO, channel)).unproven == ()


async def test_nobody_else_can_press_it(scene: Scene) -> None:
    await sends(scene, MO)
    for message in got(scene, MO):
        with pytest.raises(NotFound):
            await press(scene, MAY, message)
    with pytest.raises(NotFound):
        await scene.escalation.proving.arrived(Actor(MO, None), "nothing")
    assert await unproven(scene, MO) == ("channel", "dm")


async def test_an_alert_is_proved_by_the_code_it_brought(scene: Scene) -> None:
    scene.phones.ways = {MO: 1}
    await sends(scene, MO)
    (alert,) = scene.paper.phones[MO]
    (code,) = re.findall(r"\d{6}", alert.text)
    with pytest.raises(Invalid):
        await scene.escalation.proving.typed(Actor(MAY, None), code)
    proof = await scene.escalation.proving.typed(Actor(MO, None), f" {code[:3]} {code[3:]} ")
    assert proof.unproven == ("channel", "dm")
    with pytest.raises(Invalid):
        await scene.escalation.proving.typed(Actor(MO, None), code)


@pytest.mark.parametrize("typed", ["", "x", "12345678901234567890"])
async def test_what_is_no_code_proves_nothing(scene: Scene, typed: str) -> None:
    await sends(scene, MO)
    with pytest.raises(Invalid):
        await scene.escalation.proving.typed(Actor(MO, None), typed)


async def test_a_code_is_good_for_a_day(scene: Scene) -> None:
    scene.phones.ways = {MO: 1}
    await sends(scene, MO)
    (code,) = re.findall(r"\d{6}", scene.paper.phones[MO][0].text)
    scene.clock.move(DAY + SECOND)
    with pytest.raises(Invalid):
        await scene.escalation.proving.typed(Actor(MO, None), code)


async def test_a_proof_lasts_thirty_days(scene: Scene) -> None:
    await sends(scene, MO)
    for message in got(scene, MO):
        await press(scene, MO, message)
    scene.clock.move(30 * DAY)
    assert await unproven(scene, MO) == ()
    scene.clock.move(SECOND)
    assert await unproven(scene, MO) == ("channel", "dm")


async def test_lead_and_deputy_may_test_others_and_the_whole_team(scene: Scene) -> None:
    await sends(scene, LEAD, MO)
    assert len(got(scene, MO)) == 2
    await sends(scene, DEPUTY, everybody=True)
    assert all(got(scene, user_id) for user_id in TEAM)


async def test_nobody_else_tests_others_and_nobody_is_tested_who_is_not_on_the_team(scene: Scene) -> None:
    for user_id, person, everybody in ((MO, LEAD, False), (MO, None, True), (CHO, None, False)):
        with pytest.raises(NotAllowed):
            await sends(scene, user_id, person, everybody=everybody)
    with pytest.raises(Invalid):
        await sends(scene, LEAD, CHO)
    assert not scene.paper.messages("escalation.test_page")


async def test_whoever_has_a_shift_is_tested_two_days_before_it_once(scene: Scene) -> None:
    await scene.duty(MO, starts_in=6 * DAY)
    await scene.wait(4 * DAY - SECOND)
    assert not got(scene, MO)
    await scene.wait(SECOND)
    assert len(got(scene, MO)) == 2
    await scene.wait(3 * DAY)
    assert len(got(scene, MO)) == 2


async def test_whoever_has_shown_of_late_that_pages_reach_them_is_left_alone(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await ways_store.prove(work, SERVER, MO, "dm", work.now)
    await scene.duty(MO, starts_in=6 * DAY)
    await scene.wait(7 * DAY)
    assert not got(scene, MO)


async def test_whoever_has_left_the_team_is_tested_no_more(scene: Scene) -> None:
    await scene.duty(MO, starts_in=6 * DAY)
    await leave(scene.desk, scene.servers, SERVER, MO)
    await scene.wait(7 * DAY)
    assert not got(scene, MO)


async def test_test_pages_are_shown_to_the_person_and_go_after_ninety_days(scene: Scene) -> None:
    await sends(scene, MO)
    kept = {item.item for item in await scene.escalation.kept_about(scene.desk.reads, MO)}
    assert "kept-test-page" in kept
    scene.clock.move(90 * DAY + HOUR)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.escalation)
    assert await scene.count("test_page") == 0
    assert await scene.count("sight") == 0


async def test_whoever_is_put_on_duty_for_today_or_now_is_tested_at_once_and_once(scene: Scene) -> None:
    put = await scene.escalation.rostering.cover(Actor(LEAD, SERVER), MO, scene.clock.now() + 3 * HOUR, 4)
    now = await scene.escalation.rostering.cover(Actor(LEAD, SERVER), MAY, scene.clock.now(), 4)
    await scene.tick.settle()
    assert [len(got(scene, user_id)) for user_id in (MO, MAY)] == [2, 2]
    await scene.wait(DAY)
    assert [len(got(scene, user_id)) for user_id in (MO, MAY)] == [2, 2]
    for each in (put, now):
        assert rota_cards.unproven_line((each.cover.user_id,)) in rota_cards.put_card(each).text


async def test_whoever_has_shown_it_is_put_on_duty_without_a_word_of_that(scene: Scene) -> None:
    await sends(scene, MO)
    await press(scene, MO, got(scene, MO)[0])
    put = await scene.escalation.rostering.cover(Actor(LEAD, SERVER), MO, scene.clock.now(), 4)
    assert rota_cards.unproven_line((MO,)) not in rota_cards.put_card(put).text


async def test_a_weekly_shift_says_whom_of_its_people_no_page_is_known_to_reach(scene: Scene) -> None:
    await sends(scene, MO)
    await press(scene, MO, got(scene, MO)[0])
    shown = await weekly(scene, "Mon", "08:00-20:00", MO, MAY)
    assert rota_cards.unproven_line((MAY,)) in rota_cards.shown_card(shown, "added").text


async def test_nobody_is_tested_by_itself_about_whom_nothing_goes_out_by_itself(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await silence.keep(work, SERVER, MO, work.now)
    await scene.duty(MO, starts_in=3 * HOUR)
    await scene.wait(DAY)
    assert got(scene, MO) == []


async def test_a_facilitator_is_tested_in_the_channel_and_by_the_ways_that_they_are_paged_by(scene: Scene) -> None:
    await scene.meet()
    await sends(scene, FAY)
    channel, dm = got(scene, FAY)
    server = await scene.servers.load(scene.desk.reads, SERVER)
    assert channel.intent.data["channel"] == server.facilitators_channel_id
    assert (await press(scene, FAY, dm)).unproven == ("channel",)
    assert (await press(scene, FAY, channel)).unproven == ()
    with pytest.raises(NotAllowed):
        await sends(scene, FAY, MO)


async def test_a_swap_says_whom_of_the_two_no_page_is_known_to_reach(scene: Scene) -> None:
    await sends(scene, MO)
    await press(scene, MO, got(scene, MO)[0])
    await weekly(scene, "Thu", "08:00-20:00", MO)
    await weekly(scene, "Fri", "08:00-20:00", MAY)
    swapping = scene.escalation.swapping
    mine, _ = await swapping.choices(Actor(MO, SERVER), MO)
    theirs, _ = await swapping.choices(Actor(MO, SERVER), MAY, mine[0].key)
    asked = await swapping.ask(Actor(MO, SERVER), mine[0].key, theirs[0].key, MAY)
    assert rota_cards.unproven_line((MAY,)) in rota_cards.asked_card(asked).text
