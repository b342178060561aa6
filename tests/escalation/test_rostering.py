"""The rota as the team uses it: on duty, away, covered, swapped, and the gaps that are told."""

from collections.abc import Collection
from datetime import datetime

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotAllowed
from peerbot.engine.texts import person, say
from peerbot.escalation.rota import cards as rota_cards
from peerbot.escalation.rota import there as rota_there
from peerbot.escalation.rota.rules import Span
from peerbot.escalation.rules import Level
from tests.escalation.rota_scene import at, gap_ids, off, shifts, told, weekly
from tests.escalation.scene import (
    CHO,
    DAY,
    DEPUTY,
    HOUR,
    LEAD,
    MAY,
    MINUTE,
    MO,
    SERVER,
    Scene,
)
from tests.fakes import EVENING
from tests.leaving import leave


async def test_a_weekly_shift_puts_people_on_duty_eight_weeks_ahead_and_each_night_further(scene: Scene) -> None:
    await weekly(scene, "Tue", "19:00-23:00", MO, MAY)
    found = await shifts(scene)
    assert len(found) == 8
    assert found[:2] == [(MO, Span(at(1, 19), at(1, 23))), (MAY, Span(at(8, 19), at(8, 23)))]
    scene.clock.move(7 * DAY)
    await scene.escalation.roster.extend()
    assert len(await shifts(scene)) == 8


async def test_a_start_makes_shifts_anew_at_once_under_other_zone_data_and_else_leaves_it_to_the_night(
    scene: Scene,
) -> None:
    roster = scene.escalation.roster
    await roster.extend_if_zone_data_changed()
    await weekly(scene, "Tue", "19:00-23:00", MO, MAY)
    scene.clock.move(7 * DAY)
    before = await shifts(scene)
    await roster.extend_if_zone_data_changed()
    assert await shifts(scene) == before
    async with scene.desk.transaction() as work:
        await work.all("UPDATE note SET value = '2019a' WHERE name = 'rota.zone-data'")
    for _ in range(2):
        await roster.extend_if_zone_data_changed()
        assert await shifts(scene) != before
        assert len(await shifts(scene)) == 8


async def test_whoever_comes_on_duty_by_the_rota_hears_at_once_of_what_nobody_answered(scene: Scene) -> None:
    await weekly(scene, "Tue", "19:00-23:00", MO)
    concern = await scene.ask(CHO, Level.CHECK_IN)
    assert scene.paged(concern) == []
    await scene.wait(7 * HOUR)
    assert scene.paged(concern)[0] == (7 * HOUR, {MO})


async def test_a_restart_and_a_nightly_run_page_nobody_on_duty_again(scene: Scene) -> None:
    await weekly(scene, "every day", "00:00-00:00", MO)
    concern = await scene.ask(CHO, Level.URGENT)
    before = scene.paged(concern)
    for _ in range(3):
        await scene.restart()
        await scene.escalation.roster.extend()
        await scene.tick.settle()
    assert scene.paged(concern) == before
    assert len(await shifts(scene)) == 1


async def test_who_is_away_is_off_duty_at_once_and_the_others_are_asked_to_cover(scene: Scene) -> None:
    await weekly(scene, "every day", "12:00-20:00", MO, first_on="1 Dec")
    await scene.wait(HOUR)
    away = await off(scene, MO, "tomorrow 18:00")
    assert [gap.span for gap in away.asked_for] == [Span(at(1, 13), at(1, 20)), Span(at(2, 12), at(2, 18))]
    assert away.shifts == 2
    assert (await shifts(scene))[0] == (MO, Span(at(2, 18), at(2, 20)))
    assert told(scene, "wanted") == [(scene.clock.now(), {LEAD, DEPUTY, MAY})]
    text = scene.paper.messages("escalation.rota_wanted")[0].text
    assert person(MO) in text
    concern = await scene.ask(CHO)
    assert scene.paged(concern) == [(HOUR, {LEAD, DEPUTY})]


async def test_of_two_who_can_cover_the_first_does_and_the_second_is_told_so(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO)
    await off(scene, MO, "Thursday")
    (gap,) = await gap_ids(scene)
    rostering = scene.escalation.rostering
    put = await rostering.take_gap(Actor(MAY, SERVER), gap)
    assert put.cover.span == Span(at(2, 12), at(2, 20))
    with pytest.raises(Late) as late:
        await rostering.take_gap(Actor(DEPUTY, SERVER), gap)
    assert late.value.text == "staff-rota-gap-taken"
    await scene.tick.settle()
    assert (await shifts(scene))[0] == (MAY, Span(at(2, 12), at(2, 20)))
    assert [people for _, people in told(scene, "covered")] == [{LEAD, DEPUTY}]
    await scene.wait(20 * HOUR)
    assert told(scene, "gap") == [(EVENING, {LEAD, DEPUTY})]


async def test_somebody_away_takes_no_gap_and_is_put_on_duty_by_nobody(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO)
    await off(scene, MO, "Thursday")
    await off(scene, MAY, "Thursday")
    (gap,) = await gap_ids(scene)
    for use in (
        scene.escalation.rostering.take_gap(Actor(MAY, SERVER), gap),
        scene.escalation.rostering.cover(Actor(LEAD, SERVER), MAY, at(2, 14), 2),
    ):
        with pytest.raises(Invalid) as problem:
            await use
        assert problem.value.text == "staff-rota-is-away"
    assert await gap_ids(scene) == [gap]


async def test_with_somebody_else_on_duty_nobody_is_asked(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO)
    await weekly(scene, "Wed", "12:00-20:00", MAY)
    away = await off(scene, MO, "Thursday")
    assert (away.shifts, list(away.asked_for)) == (1, [])
    assert say("staff-rota-off-covered", count=1) in rota_cards.off_card(away).text
    assert told(scene, "wanted") == []


async def test_who_is_back_has_their_shifts_again_and_nobody_is_asked_any_more(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO)
    before = await shifts(scene)
    away = await off(scene, MO)
    assert [user for user, _ in await shifts(scene)] == []
    await scene.escalation.rostering.back(Actor(MO, SERVER), away.off.id)
    await scene.tick.settle()
    assert await shifts(scene) == before
    assert await gap_ids(scene) == []
    with pytest.raises(Late):
        await scene.escalation.rostering.back(Actor(MO, SERVER), away.off.id)
    with pytest.raises(Late):
        await scene.escalation.rostering.open_gaps(Actor(MAY, SERVER), away.off.id)


async def test_a_gap_is_told_48_and_6_hours_before_each_once_to_who_leads_and_is_there(scene: Scene) -> None:
    await weekly(scene, "Sat", "12:00-20:00", MO)
    await off(scene, DEPUTY)
    await off(scene, MO, "Sunday 6 Dec")
    await scene.until(at(6, 0))
    assert told(scene, "gap") == [(at(3, 12), {LEAD}), (at(5, 6), {LEAD})]
    text = scene.paper.messages("escalation.rota_gap")[0].text
    assert "12:00–20:00" in text
    assert person(MO) not in text


async def test_a_gap_that_is_covered_meanwhile_is_told_no_more(scene: Scene) -> None:
    await weekly(scene, "Sat", "12:00-20:00", MO)
    await off(scene, MO, "Sunday 6 Dec")
    await scene.until(at(4, 0))
    assert len(told(scene, "gap")) == 1
    await scene.escalation.rostering.take_gap(Actor(MAY, SERVER), (await gap_ids(scene))[0])
    await scene.until(at(6, 0))
    assert len(told(scene, "gap")) == 1


async def test_a_gap_that_comes_late_is_told_at_once_and_once_even_after_being_down(scene: Scene) -> None:
    await weekly(scene, "Tue", "14:00-20:00", MO)
    await off(scene, MO, "tomorrow")
    assert told(scene, "gap") == [(EVENING, {LEAD, DEPUTY})]
    await weekly(scene, "Sun", "14:00-20:00", MAY)
    await off(scene, MAY, "Monday 7 Dec")
    await scene.restart(5 * DAY)
    await scene.wait(6 * HOUR)
    assert told(scene, "gap")[1:] == [(at(6, 12), {LEAD, DEPUTY})]


async def test_without_a_channel_the_leads_hear_of_a_gap_by_message(scene: Scene) -> None:
    await weekly(scene, "Tue", "14:00-20:00", MO)
    scene.paper.refused["post"] = 50013
    await off(scene, MO, "tomorrow")
    await scene.wait(MINUTE)
    for lead in (LEAD, DEPUTY):
        assert len(scene.paper.seen_by(lead, "escalation.rota_gap")) == 1


async def test_leads_and_deputies_cannot_all_be_away(scene: Scene) -> None:
    await off(scene, LEAD, "Saturday")
    with pytest.raises(Invalid) as problem:
        await off(scene, DEPUTY, "Thursday")
    assert problem.value.text == "staff-rota-last-lead"
    assert (await off(scene, DEPUTY, "Monday", "Sunday 10:00")).off.starts_at == at(6, 10)


async def test_a_lead_who_is_away_is_asked_about_nothing_while_another_is_there(scene: Scene) -> None:
    await off(scene, LEAD, "Saturday")
    concern = await scene.ask(CHO)
    await scene.wait(20 * MINUTE)
    asked = {user for _, people in scene.paged(concern) for user in people}
    assert LEAD not in asked
    assert {DEPUTY, MO, MAY} <= asked


@pytest.mark.parametrize("how", ["banned", "removed"])
async def test_if_the_only_one_there_leaves_the_others_count_as_there_and_are_told(scene: Scene, how: str) -> None:
    await off(scene, LEAD, "Saturday")
    if how == "banned":
        await leave(scene.desk, scene.servers, SERVER, DEPUTY)
    else:
        async with scene.desk.transaction() as work:
            await scene.servers.take_part(work, SERVER, DEPUTY, "deputy")
    await scene.tick.settle()
    assert told(scene, "leads_away") == [(EVENING, {LEAD})]
    concern = await scene.ask(CHO)
    assert scene.paged(concern) == [(0 * HOUR, {LEAD})]


async def test_the_cover_check_of_a_meeting_counts_nobody_who_is_away_then(scene: Scene) -> None:
    await off(scene, LEAD, "Saturday")

    async def second_line(at: datetime, without: Collection[int] = ()) -> bool:
        return await scene.escalation.second_line(scene.desk.reads, SERVER, at, without)

    assert await second_line(at(2, 19))
    assert not await second_line(at(2, 19), {DEPUTY})
    assert await second_line(at(6, 19), {DEPUTY})


async def test_who_chose_nights_is_asked_after_the_leads_and_only_while_nobody_is_on_duty(scene: Scene) -> None:
    await scene.escalation.rostering.nights(Actor(MAY, SERVER), wanted=True)
    concern = await scene.ask(CHO)
    await scene.wait(16 * MINUTE)
    assert scene.paged(concern) == [
        (0 * MINUTE, {LEAD, DEPUTY}),
        (5 * MINUTE, {LEAD, DEPUTY, MAY}),
        (15 * MINUTE, {LEAD, DEPUTY, MO, MAY}),
    ]


async def test_nights_can_be_given_up_and_end_with_the_team(scene: Scene) -> None:
    rostering = scene.escalation.rostering
    await rostering.nights(Actor(MAY, SERVER), wanted=True)
    await rostering.nights(Actor(MAY, SERVER), wanted=False)
    assert (await rostering.week(Actor(MAY, SERVER))).nights is False
    await rostering.nights(Actor(MAY, SERVER), wanted=True)
    await leave(scene.desk, scene.servers, SERVER, MAY)
    await scene.tick.settle()
    assert await scene.count("rota_night") == 0


async def test_who_was_put_on_duty_hears_of_it_and_undoing_it_too(scene: Scene) -> None:
    put = await scene.escalation.rostering.cover_typed(Actor(LEAD, SERVER), MO, "tonight 10pm", 8)
    await scene.tick.settle()
    assert put.cover.span == Span(at(1, 22), at(2, 6))
    assert [people for _, people in told(scene, "cover")] == [{MO}]
    await scene.escalation.rostering.uncover(Actor(LEAD, SERVER), put.cover.id)
    await scene.tick.settle()
    assert await shifts(scene) == []
    assert [people for _, people in told(scene, "uncovered")] == [{MO}]
    with pytest.raises(Late):
        await scene.escalation.rostering.uncover(Actor(LEAD, SERVER), put.cover.id)


async def test_somebody_in_the_place_of_another_has_that_time_and_both_hear_of_it(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO)
    await scene.escalation.rostering.cover(Actor(LEAD, SERVER), MAY, at(2, 14), 2, instead_of=MO)
    await scene.tick.settle()
    assert (await shifts(scene))[:3] == [
        (MO, Span(at(2, 12), at(2, 14))),
        (MAY, Span(at(2, 14), at(2, 16))),
        (MO, Span(at(2, 16), at(2, 20))),
    ]
    assert [people for _, people in told(scene, "cover")] == [{MO, MAY}]


async def test_leads_may_say_that_somebody_is_away_moderators_only_of_themselves(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        await off(scene, MAY, "Friday", by=MO)
    away = await off(scene, MAY, "Friday", by=DEPUTY)
    with pytest.raises(NotAllowed):
        await scene.escalation.rostering.back(Actor(MO, SERVER), away.off.id)
    await scene.escalation.rostering.back(Actor(LEAD, SERVER), away.off.id)


async def test_every_message_about_the_rota_has_a_button_by_which_it_is_found_after_a_crash(scene: Scene) -> None:
    put = await scene.escalation.rostering.cover(Actor(LEAD, SERVER), MO, at(2, 12), 4)
    await scene.tick.settle()
    await scene.escalation.rostering.uncover(Actor(LEAD, SERVER), put.cover.id)
    await weekly(scene, "Wed", "12:00-20:00", MO)
    await off(scene, MO, "Thursday")
    await scene.escalation.rostering.take_gap(Actor(MAY, SERVER), (await gap_ids(scene))[0])
    await scene.tick.settle()
    for card in ("cover", "uncovered", "wanted", "gap", "covered"):
        messages = scene.paper.messages(f"escalation.rota_{card}")
        assert messages, card
        assert all(message.card.rows and message.card.rows[0] for message in messages), card


async def test_after_a_concern_somebody_skips_their_next_shift_alone_and_others_are_asked(scene: Scene) -> None:
    await weekly(scene, "Tue", "19:00-23:00", MO)
    rostering, mo = scene.escalation.rostering, Actor(MO, SERVER)
    skip = await rostering.next_shift(mo)
    assert skip.span == Span(at(1, 19), at(1, 23))
    assert len(await shifts(scene)) == 8  # nothing has changed yet
    begins = int(skip.span.starts_at.timestamp())
    away = await rostering.skip(mo, begins)
    await scene.tick.settle()
    assert [gap.span for gap in away.asked_for] == [skip.span]
    assert (await shifts(scene))[0] == (MO, Span(at(8, 19), at(8, 23)))
    assert told(scene, "wanted")[-1][1] == {LEAD, DEPUTY, MAY}
    with pytest.raises(Late):
        await rostering.skip(mo, begins)
    with pytest.raises(Late):
        await rostering.next_shift(Actor(MAY, SERVER))
    for nobody in (rostering.next_shift(Actor(CHO, SERVER)), rostering.skip(Actor(CHO, SERVER), begins)):
        with pytest.raises(NotAllowed):
            await nobody
    await rostering.back(mo, away.off.id)
    assert (await shifts(scene))[0] == (MO, skip.span)


async def test_the_last_lead_who_is_there_skips_no_shift(scene: Scene) -> None:
    await weekly(scene, "Tue", "19:00-23:00", DEPUTY)
    await off(scene, LEAD, "")
    begins = int((await scene.escalation.rostering.next_shift(Actor(DEPUTY, SERVER))).span.starts_at.timestamp())
    with pytest.raises(Invalid) as refused:
        await scene.escalation.rostering.skip(Actor(DEPUTY, SERVER), begins)
    assert refused.value.text == "staff-rota-last-lead"


async def test_in_a_direct_message_each_button_of_the_rota_says_of_which_server_it_is(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO)
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET moderators_channel_id = NULL")
    await off(scene, MO, "Thursday")
    (message,) = scene.paper.seen_by(MAY, "escalation.rota_wanted")
    assert "user" in message.intent.data
    (row,) = message.card.rows
    assert isinstance(row, tuple)
    pressed = rota_there.whose(Actor(MAY, None), row[0].args)
    found = await scene.escalation.rostering.open_gaps(pressed, row[0].args[0])
    assert (await scene.escalation.rostering.take_gap(pressed, found.gaps[0].id)).cover.user_id == MAY
    assert rota_there.whose(Actor(MAY, 77), row[0].args) == Actor(MAY, 77)  # where Discord says it, that counts
    stranger = rota_there.whose(Actor(CHO, None, manages_server=True), row[0].args)
    with pytest.raises(NotAllowed):
        await scene.escalation.rostering.open_gaps(stranger, row[0].args[0])


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        (at(1, 23), "21:00–23:00"),
        (at(2, 7), "21:00–07:00"),
        (at(2, 21), "21:00–Wednesday 21:00"),
        (at(3, 21), "21:00–Thursday 21:00"),
    ],
)
def test_a_shift_of_a_day_or_longer_says_on_which_day_it_ends(ends: datetime, shown: str) -> None:
    assert rota_cards.hours(Span(at(1, 21), ends), "Europe/London") == shown


@pytest.mark.parametrize(("hours", "style"), [(23, "t"), (24, "f"), (48, "f")])
def test_a_shift_of_a_day_or_longer_shows_the_reader_the_date_of_its_end(hours: int, style: str) -> None:
    span = Span(at(1, 21), at(1, 21 + hours))
    assert f":{style}>)" in rota_cards.line(span, "Europe/London", "")
