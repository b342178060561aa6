"""A page also goes outside Discord, to those for whom the operator has written down how."""

import re

from peerbot.escalation.rules import Level
from tests.escalation.discord_on_paper import CLOSED, FORBIDDEN
from tests.escalation.scene import CHO, DEPUTY, LEAD, MINUTE, MO, Scene


async def test_a_page_goes_to_a_phone_as_well_by_each_address_somebody_has(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {MO: 2}
    concern = await scene.ask(CHO)
    assert [alert.text for alert in scene.paper.phones[MO]] == [
        f"Urgent: concern {concern.number}. Please look at Discord now."
    ] * 2
    assert scene.paper.dms[MO]


async def test_an_alert_says_the_level_the_number_and_the_room_and_nothing_else(scene: Scene) -> None:
    room = await scene.meet()
    scene.phones.ways = {LEAD: 1}
    concern = await scene.ask(CHO, Level.EMERGENCY, room)
    (alert,) = scene.paper.phones[LEAD]
    pattern = rf"Emergency: concern {concern.number}\. Please look at Discord now\.\nRoom: room-[0-9a-f]{{6}}"
    assert re.fullmatch(pattern, alert.text)
    assert alert.card.rows == ()


async def test_nobody_without_an_address_is_alerted(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {LEAD: 1}
    await scene.ask(CHO)
    assert MO not in scene.paper.phones


async def test_an_alert_alone_reaches_somebody_when_discord_takes_nothing_for_them(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {MO: 1}
    scene.paper.closed |= {MO}
    scene.paper.refused["post"] = FORBIDDEN
    concern = await scene.ask(CHO)
    assert (await scene.now(concern)).alerted == 1
    await scene.wait(4 * MINUTE)
    assert LEAD not in scene.paper.phones
    assert (await scene.now(concern)).step == 1


async def test_when_the_alert_fails_too_the_next_line_is_asked_at_once(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {MO: 1}
    scene.paper.closed |= {MO}
    scene.paper.dead |= {MO}
    scene.paper.refused["post"] = CLOSED
    await scene.ask(CHO)
    assert {LEAD, DEPUTY} <= {user_id for _, people in scene.paged() for user_id in people}


async def test_an_alert_whose_end_is_unknown_is_sent_again_and_says_so(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {MO: 1}
    scene.paper.lost = [True, True, True]
    await scene.ask(CHO)
    await scene.wait(MINUTE)
    first, second = scene.paper.phones[MO]
    assert "This may be a repeat." not in first.text
    assert "This may be a repeat." in second.text


async def test_no_alert_goes_out_once_somebody_has_it(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {LEAD: 1}
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.wait(10 * MINUTE)
    assert LEAD not in scene.paper.phones


async def test_who_took_it_and_did_nothing_is_alerted_again(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {MO: 1}
    concern = await scene.ask(CHO)
    await scene.take(MO, concern)
    await scene.wait(31 * MINUTE)
    assert len(scene.paper.phones[MO]) == 2
