"""A series that rests for a while: shown first, done once, undone, and back by itself or when somebody says so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, OldButton
from peerbot.engine.texts import say
from peerbot.engine.zones import zone
from peerbot.meetings.series import cards as series_cards
from peerbot.meetings.series.recurrence import Pause, occurrences, upcoming
from tests.meetings.scene import ANA, BEN, ENDS, FAY, SERVER, STARTS, WEEKLY, Scene
from tests.meetings.test_calendar import expanded, one_file, read, sundays
from tests.meetings.test_timetable import COLIN, FIRST, SECOND, THIRD, WEEK, dates, planned, series_of, told

EIGHT = [FIRST + n * WEEK for n in range(8)]
DAY = timedelta(days=1)


async def test_a_pause_is_proposed_with_its_dates_and_people_and_changes_nothing(scene: Scene) -> None:
    series = await series_of(scene)
    paused = await scene.meetings.timetable.whole.propose_pause(COLIN, series, "15 December")
    assert (dates(paused.change), paused.change.people) == ([FIRST, SECOND, THIRD], 3)
    assert paused.following is not None
    assert paused.following.on == FIRST + 3 * WEEK
    assert (await planned(scene), await told(scene)) == (EIGHT, [])


async def test_until_further_notice_no_date_comes_and_ending_the_pause_brings_them_back(scene: Scene) -> None:
    series = await series_of(scene)
    whole = scene.meetings.timetable.whole
    paused = await whole.pause(COLIN, series, None)
    assert dates(paused.change) == EIGHT
    await scene.meetings.extend()
    await scene.until(STARTS + 3 * WEEK - DAY)
    await scene.meetings.extend()
    assert await planned(scene) == []
    assert not [name for name in scene.paper.made if name.startswith("room-")]
    change, pause = await whole.go_on(COLIN, series)
    back = [FIRST + n * WEEK for n in range(3, 11)]
    assert (dates(change), await planned(scene)) == (back, back)
    assert await told(scene) == [(ANA, "paused"), (ANA, "restored")]
    with pytest.raises(Invalid) as refused:
        await whole.go_on(COLIN, series)
    assert refused.value.text == "series-not-paused"
    # Undone: the same pause again, from the next date on.
    await whole.pause(COLIN, series, pause.last)
    assert await planned(scene) == []


async def test_a_pause_up_to_a_date_ends_by_itself_and_is_said_with_the_date_after_it(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.meetings.timetable.whole.pause(COLIN, series, THIRD)
    assert await planned(scene) == EIGHT[3:]
    await scene.tick.settle()
    (message,) = [one for one in scene.paper.sent if one.kind == "dm"]
    assert str(int((STARTS + 3 * WEEK).timestamp())) in message.text
    await scene.until(STARTS + 3 * WEEK - timedelta(minutes=10))
    assert [name for name in scene.paper.made if name.startswith("room-")]


async def test_a_pause_over_the_last_dates_is_told_as_dates_that_do_not_take_place(scene: Scene) -> None:
    await scene.weekly(replace(WEEKLY, count=3))
    row = await scene.desk.reads.one("SELECT id FROM series")
    assert row is not None
    paused = await scene.meetings.timetable.whole.pause(COLIN, row["id"], THIRD)
    assert (dates(paused.change), paused.following) == ([FIRST, SECOND, THIRD], None)
    assert await told(scene) == [(ANA, "skipped")]
    change, _ = await scene.meetings.timetable.whole.go_on(COLIN, row["id"])
    assert dates(change) == [FIRST, SECOND, THIRD]


async def test_a_pause_pressed_twice_is_one_and_is_undone_whole_at_once(scene: Scene) -> None:
    series = await series_of(scene)
    whole = scene.meetings.timetable.whole
    await whole.pause(COLIN, series, None)
    with pytest.raises(Invalid) as refused:
        await whole.pause(COLIN, series, None)
    assert refused.value.text == "series-paused-already"
    await whole.go_on(COLIN, series)
    assert await planned(scene) == EIGHT
    assert await scene.desk.reads.all("SELECT * FROM series_pause") == []


async def test_a_meeting_whose_room_is_there_outlives_a_pause_and_the_rest_pauses(scene: Scene) -> None:
    series = await series_of(scene)
    await scene.until(STARTS - timedelta(minutes=10))
    await scene.meetings.timetable.whole.pause(COLIN, series, None)
    assert await planned(scene) == [FIRST]
    await scene.facilitator_here()
    await scene.until(ENDS + DAY * 2)
    assert await planned(scene) == [FIRST]


async def test_a_date_cannot_be_moved_into_a_pause_and_one_moved_out_of_it_takes_place(scene: Scene) -> None:
    series = await series_of(scene)
    timetable, whole = scene.meetings.timetable, scene.meetings.timetable.whole
    await timetable.move(COLIN, series, SECOND, STARTS + 4 * WEEK + DAY)
    await whole.pause(COLIN, series, THIRD)
    assert await planned(scene) == [SECOND, *EIGHT[3:]]
    with pytest.raises(Invalid) as refused:
        await timetable.move(COLIN, series, EIGHT[3], STARTS + WEEK)
    assert refused.value.text == "series-move-paused"


async def test_a_series_that_ends_while_it_pauses_is_still_paused_when_the_end_is_undone(scene: Scene) -> None:
    series = await series_of(scene)
    whole = scene.meetings.timetable.whole
    await whole.pause(COLIN, series, None)
    await whole.end(COLIN, series)
    assert dates(await whole.undo_end(COLIN, series)) == []
    assert await planned(scene) == []
    assert await told(scene) == [(ANA, "paused")]


async def test_the_calendar_file_ends_a_paused_series_and_an_ended_one_and_goes_on_with_it(scene: Scene) -> None:
    series = await series_of(scene)
    whole = scene.meetings.timetable.whole
    seen: list[tuple[int, int, bool]] = []

    async def look() -> None:
        file = await scene.meetings.calendar_for(Actor(ANA, SERVER))
        assert file is not None
        events = read(file).walk("VEVENT")
        cancelled = any(event.get("STATUS") == "CANCELLED" for event in events)
        coming = 0 if cancelled else len(expanded(file, WEEKLY, STARTS + 8 * WEEK - DAY))
        seen.append((events[0]["SEQUENCE"], coming, cancelled))

    await look()
    await whole.pause(COLIN, series, None)
    await look()
    await whole.go_on(COLIN, series)
    await look()
    await scene.until(ENDS + DAY)
    await whole.pause(COLIN, series, THIRD)
    await look()
    await whole.end(COLIN, series)
    await look()
    assert seen == [(0, 8, False), (1, 0, True), (2, 8, False), (3, 6, False), (4, 1, False)]


@pytest.mark.parametrize(
    ("last", "text"),
    [("soon", "series-date-unknown"), ("30 November 2026", "series-pause-early"), ("2029-01-01", "series-pause-long")],
)
async def test_a_pause_that_cannot_be_is_said_so(scene: Scene, last: str, text: str) -> None:
    series = await series_of(scene)
    with pytest.raises(Invalid) as refused:
        await scene.meetings.timetable.whole.propose_pause(COLIN, series, last)
    assert refused.value.text == text
    assert "Nothing was changed" in say(text)


async def test_a_series_that_is_over_has_nothing_to_pause(scene: Scene) -> None:
    await scene.weekly(replace(WEEKLY, count=1))
    row = await scene.desk.reads.one("SELECT id FROM series")
    assert row is not None
    await scene.until(ENDS)
    with pytest.raises(Invalid) as refused:
        await scene.meetings.timetable.whole.propose_pause(COLIN, row["id"], "")
    assert refused.value.text == "series-no-date-left"


@pytest.mark.parametrize("user", [ANA, BEN, FAY, 999])
async def test_only_coordinators_of_this_server_pause_a_series(scene: Scene, user: int) -> None:
    series = await series_of(scene)
    whole = scene.meetings.timetable.whole
    for actor, error in ((Actor(user, SERVER), NotAllowed), (Actor(1, 2, manages_server=True), NotFound)):
        for attempt in (
            whole.propose_pause(actor, series, ""),
            whole.pause(actor, series, None),
            whole.propose_go_on(actor, series),
            whole.go_on(actor, series),
        ):
            with pytest.raises(error):
                await attempt


@pytest.mark.parametrize("args", [(), ("0badc0de",), ("0badc0de", "x"), ("0badc0de", "20261208", "1")])
def test_a_button_that_carries_no_pause_is_an_old_one(args: tuple[str, ...]) -> None:
    with pytest.raises(OldButton):
        series_cards.lasting(args)


AFTER, BEFORE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
pauses = st.lists(
    st.builds(
        lambda first, length: Pause(first, None if length is None else first + length * DAY),
        days,
        st.one_of(st.none(), st.integers(0, 60)),
    ),
    max_size=3,
)
moves = st.dictionaries(
    st.integers(0, 51).map(lambda week: date(2026, 1, 4) + week * WEEK),
    st.one_of(st.none(), st.integers(0, 364 * 24).map(lambda hours: AFTER + timedelta(hours=hours))),
    max_size=4,
)


@given(pauses, moves)
def test_a_pause_takes_out_the_days_it_covers_and_no_other(
    paused: list[Pause], moved: dict[date, datetime | None]
) -> None:
    rule = sundays("Europe/Berlin", WEEKLY.at)
    every = occurrences(rule, AFTER, BEFORE, moved)
    left = occurrences(rule, AFTER, BEFORE, moved, paused)
    assert set(left) <= set(every)
    for one in every:
        to = moved.get(one.on)
        day = one.on if to is None else to.astimezone(zone(rule.zone)).date()
        assert (one in left) is not any(each.covers(day) for each in paused)
    assert upcoming(rule, AFTER, 60, moved, [*paused, Pause(date(2026, 6, 1))])[52:] == ()


@settings(max_examples=40)
@given(pauses, moves)
def test_a_calendar_shows_what_takes_place_whatever_is_paused_skipped_and_moved(
    paused: list[Pause], moved: dict[date, datetime | None]
) -> None:
    rule = sundays("Europe/Berlin", WEEKLY.at)
    file = one_file(rule, 1, moved, paused)
    ours = [one.starts_at for one in occurrences(rule, AFTER, BEFORE, moved, paused)]
    if any(event.get("STATUS") == "CANCELLED" for event in read(file).walk("VEVENT")):
        assert ours == []
        return
    assert expanded(file, rule, BEFORE) == ours


async def test_a_coordinator_pauses_a_series_and_lets_it_go_on(world: World) -> None:
    cast = await found(world)

    async def offered(command: str) -> list[str]:
        choices = await cast.colin.actor.autocomplete(world.lounge, f"manage series {command}", "series", "")
        return [str(choice["value"]) for choice in choices]

    (series,) = await offered("pause")
    assert await offered("resume") == []
    await types(world, cast.colin, "manage series pause", series=series)
    await presses(world, cast.colin, say("series-pause-confirm"))
    assert await offered("resume") == [series]
    group = await world.app.desk.reads.one("SELECT group_id FROM series")
    assert group is not None
    listed = await types(world, cast.colin, "manage series list", group=group["group_id"])
    assert listed.response is not None
    assert "until further notice" in listed.response.content
    await types(world, cast.colin, "manage series resume", series=series)
    await presses(world, cast.colin, say("series-go-on-confirm"))
    assert await offered("resume") == []
    await presses(world, cast.colin, say("series-undo"))
    assert await offered("resume") == [series]
