"""A series on a real database: nothing before it is confirmed, then eight weeks ahead, whatever clocks do."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.texts import say
from peerbot.engine.zones import TZDATA_VERSION
from peerbot.meetings.series import cards as series_cards
from peerbot.meetings.series import store as series_store
from peerbot.meetings.series.proposal import Asked
from peerbot.meetings.series.recurrence import Rule
from peerbot.servers.service import Answers
from tests.meetings.scene import ANA, COORDINATOR, FAY, SERVER, STARTS, WEEKLY, Scene

WEEK = timedelta(weeks=1)
COLIN = Actor(COORDINATOR, SERVER)


async def starts(scene: Scene) -> list[int]:
    rows = await scene.desk.reads.all("SELECT starts_at FROM meeting ORDER BY starts_at")
    return [row["starts_at"] for row in rows]


async def timers(scene: Scene) -> dict[tuple[str, str], int]:
    rows = await scene.desk.reads.all("SELECT kind, subject, due_at FROM timer WHERE kind LIKE 'meeting.%'")
    return {(row["kind"], row["subject"]): row["due_at"] for row in rows}


async def test_proposing_keeps_nothing(scene: Scene) -> None:
    asked = Asked(scene.group.id, "Tuesday", "19:00")
    proposed = await scene.meetings.planner.propose(COLIN, asked)
    assert proposed.rule == WEEKLY
    assert [one.occurrence.starts_at for one in proposed.dates] == [STARTS + n * WEEK for n in range(6)]
    assert await starts(scene) == []
    assert await timers(scene) == {}


async def test_confirming_plans_eight_weeks_and_sets_their_timers(scene: Scene) -> None:
    first = await scene.meetings.planner.add(COLIN, scene.group.id, WEEKLY)
    assert first is not None
    assert first.starts_at == STARTS
    assert await starts(scene) == [int((STARTS + n * WEEK).timestamp()) for n in range(8)]
    set_for = await timers(scene)
    by_kind = {kind: sum(each == kind for each, _ in set_for) for kind, _ in set_for}
    # The first meeting is today: its reminder of the day before is not sent late, nor is cover looked at late.
    assert by_kind == {
        "meeting.members": 8,
        "meeting.make": 8,
        "meeting.remind-day": 7,
        "meeting.remind-soon": 8,
        "meeting.cover-first": 7,
        "meeting.cover-again": 8,
    }
    assert min(due for (kind, _), due in set_for.items() if kind == "meeting.make") == int(
        (STARTS - timedelta(minutes=15)).timestamp()
    )
    assert (await scene.signup.group_by_id(scene.desk.reads, scene.group.id)).next_meeting_at == STARTS


async def test_confirming_twice_and_at_once_keeps_one_series(scene: Scene) -> None:
    await asyncio.gather(*(scene.meetings.planner.add(COLIN, scene.group.id, WEEKLY) for _ in range(3)))
    assert len(await starts(scene)) == 8


@pytest.mark.parametrize("user", [ANA, FAY, 999])
async def test_only_coordinators_and_administrators_add_a_series(scene: Scene, user: int) -> None:
    with pytest.raises(NotAllowed):
        await scene.meetings.planner.propose(Actor(user, SERVER), Asked(scene.group.id, "Tuesday", "19:00"))
    with pytest.raises(NotAllowed):
        await scene.meetings.planner.add(Actor(user, SERVER), scene.group.id, WEEKLY)
    assert await starts(scene) == []


async def test_a_group_of_another_server_is_not_there(scene: Scene) -> None:
    elsewhere = Actor(COORDINATOR, SERVER + 1, manages_server=True)
    await scene.servers.set_up(elsewhere, Answers("GB", 1, 2, "choose", "Europe/London"))
    with pytest.raises(NotFound):
        await scene.meetings.planner.propose(elsewhere, Asked(scene.group.id, "Tuesday", "19:00"))
    with pytest.raises(NotFound):
        await scene.meetings.planner.add(elsewhere, scene.group.id, WEEKLY)


async def test_a_length_that_no_form_offers_is_refused(scene: Scene) -> None:
    long = Rule(weekday=1, at=WEEKLY.at, zone=WEEKLY.zone, first_on=WEEKLY.first_on, minutes=600)
    with pytest.raises(Invalid):
        await scene.meetings.planner.add(COLIN, scene.group.id, long)


async def test_the_horizon_moves_with_each_night(scene: Scene) -> None:
    await scene.weekly()
    scene.clock.move(timedelta(days=20))
    for _ in range(2):
        await scene.meetings.extend()
    assert await starts(scene) == [int((STARTS + n * WEEK).timestamp()) for n in range(11)]
    known = {row["id"] for row in await scene.desk.reads.all("SELECT id FROM meeting")}
    assert {subject for _, subject in await timers(scene)} == known


async def test_the_end_of_a_meeting_brings_another_even_without_nights(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS + 10 * WEEK)
    assert len(await starts(scene)) == 18
    assert len(scene.told("place.make")) == 11


async def test_a_series_of_every_twelfth_week_is_planned_in_time(scene: Scene) -> None:
    rare = Rule(weekday=1, at=WEEKLY.at, zone=WEEKLY.zone, first_on=WEEKLY.first_on, minutes=90, every_weeks=12)
    await scene.weekly(rare)
    assert len(await starts(scene)) == 1
    await scene.until(STARTS + 5 * WEEK)
    await scene.meetings.extend()
    assert await starts(scene) == [int(STARTS.timestamp()), int((STARTS + 12 * WEEK).timestamp())]


async def test_wall_time_is_kept_when_clocks_change(scene: Scene) -> None:
    await scene.weekly()
    scene.clock.move(timedelta(weeks=13))
    await scene.meetings.extend()
    every = await starts(scene)
    before = int(STARTS.timestamp()) + 16 * int(WEEK.total_seconds())
    after = before + int(WEEK.total_seconds()) - 3600  # 30 March 2027, British Summer Time since the 28th
    assert before in every
    assert after in every


async def test_with_the_same_zone_data_nothing_is_computed_again(scene: Scene) -> None:
    await scene.weekly()
    await _shift(scene)
    assert await scene.meetings.recompute_if_zone_data_changed() == 0


async def test_new_zone_data_moves_meetings_to_come_with_their_timers_and_leaves_the_others(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS)  # the first one has its room
    async with scene.desk.transaction() as work:
        await work.all("UPDATE series SET tzdata = '2019a'")
    await _shift(scene)
    assert await scene.meetings.recompute_if_zone_data_changed() == 7
    assert (await starts(scene))[1:] == [int((STARTS + n * WEEK).timestamp()) for n in range(1, 8)]
    rows = await scene.desk.reads.all("SELECT id, starts_at FROM meeting WHERE state = 'planned'")
    set_for = await timers(scene)
    assert all(set_for["meeting.make", row["id"]] == row["starts_at"] - 15 * 60 for row in rows)
    assert (await scene.desk.reads.one("SELECT tzdata FROM series")) == {"tzdata": TZDATA_VERSION}
    group = await scene.signup.group_by_id(scene.desk.reads, scene.group.id)
    assert group.next_meeting_at == STARTS + WEEK
    assert await scene.meetings.recompute_if_zone_data_changed() == 0


async def _shift(scene: Scene) -> None:
    """Put the planned meetings where another release of the zone data had them: an hour later."""
    async with scene.desk.transaction() as work:
        await work.all(
            "UPDATE meeting SET starts_at = starts_at + 3600, ends_at = ends_at + 3600 WHERE state = 'planned'"
        )
        await work.all(
            "UPDATE timer SET due_at = due_at + 3600, not_before = not_before + 3600 WHERE kind = 'meeting.make'"
        )


async def test_a_series_whose_last_date_is_over_when_it_is_confirmed_is_not_kept(scene: Scene) -> None:
    once = replace(WEEKLY, count=1)
    scene.clock.move(timedelta(days=1))
    with pytest.raises(Late):
        await scene.meetings.planner.add(COLIN, scene.group.id, once)
    assert await starts(scene) == []
    assert await scene.desk.reads.all("SELECT id FROM series") == []


@pytest.mark.parametrize(
    ("rule", "meetings"),
    [
        (replace(WEEKLY, count=3), 3),
        (replace(WEEKLY, repeat="daily", until=WEEKLY.first_on + timedelta(days=4)), 5),
        (replace(WEEKLY, repeat="monthly", nth=1), 2),
    ],
)
async def test_a_series_is_kept_and_planned_as_it_repeats_and_ends(scene: Scene, rule: Rule, meetings: int) -> None:
    await scene.meetings.planner.add(COLIN, scene.group.id, rule)
    (kept,) = await series_store.every(scene.desk.reads)
    assert kept.rule == rule
    assert len(await starts(scene)) == meetings


async def test_for_a_paused_group_a_series_is_kept_and_no_date_is_promised_until_it_goes_on(scene: Scene) -> None:
    await scene.signup.life.pause(COLIN, scene.group.id)
    proposed = await scene.meetings.planner.propose(COLIN, Asked(scene.group.id, "Tuesday", "19:00"))
    assert "The whole group is paused. None of these dates takes place" in series_cards.proposal_card(proposed).text
    assert await scene.meetings.planner.add(COLIN, scene.group.id, WEEKLY) is None
    assert "It has no dates for now" in series_cards.added_card(None, WEEKLY.zone).text
    assert await starts(scene) == []
    await scene.signup.life.resume(COLIN, scene.group.id)
    await scene.tick.settle()
    assert len(await starts(scene)) == 8


async def test_for_a_group_that_ends_only_dates_before_its_end_are_shown_and_a_series_with_none_is_refused(
    scene: Scene,
) -> None:
    await scene.signup.life.end(COLIN, scene.group.id, WEEKLY.first_on + WEEK)
    proposed = await scene.meetings.planner.propose(COLIN, Asked(scene.group.id, "Tuesday", "19:00"))
    assert [one.occurrence.starts_at for one in proposed.dates] == [STARTS, STARTS + WEEK]
    assert "The last day of this group is" in series_cards.proposal_card(proposed).text
    late = (WEEKLY.first_on + 2 * WEEK).isoformat()
    for attempt in (
        scene.meetings.planner.propose(COLIN, Asked(scene.group.id, "Tuesday", "19:00", first_on=late)),
        scene.meetings.planner.add(COLIN, scene.group.id, replace(WEEKLY, first_on=WEEKLY.first_on + 2 * WEEK)),
    ):
        with pytest.raises(Invalid) as refused:
            await attempt
        assert refused.value.text == "staff-series-after-the-end"
        assert "none of these dates would take place" in say(refused.value.text, **refused.value.values)
    assert await scene.desk.reads.all("SELECT id FROM series") == []
    first = await scene.meetings.planner.add(COLIN, scene.group.id, WEEKLY)
    assert first is not None
    assert first.starts_at == STARTS


async def test_a_series_kept_already_names_the_next_date_that_is_neither_skipped_nor_paused(scene: Scene) -> None:
    await scene.weekly()
    (kept,) = await series_store.every(scene.desk.reads)
    timetable = scene.meetings.timetable
    await timetable.skip(COLIN, kept.id, WEEKLY.first_on, WEEKLY.first_on)
    following = await scene.meetings.planner.add(COLIN, scene.group.id, WEEKLY)
    assert following is not None
    assert following.starts_at == STARTS + WEEK
    await timetable.whole.pause(COLIN, kept.id, None)
    assert await scene.meetings.planner.add(COLIN, scene.group.id, WEEKLY) is None
