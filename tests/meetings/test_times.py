"""The times of a group's rooms: within their bounds, always in order, set by coordinators and set back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import GROUP, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound, OldButton
from peerbot.engine.texts import say
from peerbot.meetings import rules
from peerbot.meetings.times.rules import BOUNDS, SHORTEST_CALL, SLOW, Times
from peerbot.meetings.times.service import HALVES
from tests.meetings.scene import ANA, COORDINATOR, ENDS, FAY, MINUTE, SERVER, STARTS, Scene
from tests.meetings.test_rules import meeting

COLIN = Actor(COORDINATOR, SERVER)
HOUR = timedelta(hours=1)
EVENING = ("20", "4", "12", "6", "15")
USUAL = ("15", "3", "10", "5", "10")


@st.composite
def set_times(draw: st.DrawFn) -> Times:
    """Any times that may be set, those of slow groups among them."""
    chosen = {
        name: draw(st.integers(each.least // each.unit, each.most // each.unit)) * each.unit
        for name, each in BOUNDS.items()
    }
    least = chosen["asked_after"] + SHORTEST_CALL
    times = Times(**chosen | {"called_off_after": max(chosen["called_off_after"], least)})
    assert not times.out_of_bounds
    assert not times.called_off_too_soon
    return times.slowly() if draw(st.booleans()) else times


@given(set_times(), st.integers(30, 240), st.integers(-120, 240))
def test_whatever_is_set_everything_of_an_evening_comes_in_its_order(times: Times, minutes: int, made: int) -> None:
    one = meeting(minutes=minutes, times=times)
    asked = rules.asked_at(one, one.starts_at + made * MINUTE)
    before = [one.starts_at - each for each in (times.cover_first, times.cover_again)]
    assert before == sorted(before)
    assert before[-1] < one.made_at < one.starts_at
    day, soon = (one.starts_at - each for each in times.reminding().values())
    assert day < soon < one.starts_at
    assert one.starts_at <= asked <= rules.called_off_at(one, asked) <= one.ends_at
    assert one.starts_at < one.half_way_at < one.closing_at < one.ends_at <= one.locks_at < one.deletes_at
    assert one.deletes_at <= one.ends_at + 24 * HOUR


@given(set_times())
def test_times_come_back_from_the_database_as_they_were(times: Times) -> None:
    assert Times.from_text(times.to_text()) == times


def test_a_group_that_has_set_nothing_has_the_usual_times() -> None:
    assert Times.from_text("{}") == Times()
    assert not Times().out_of_bounds
    assert all(name in BOUNDS for name in SLOW)
    assert sorted(name for half in HALVES.values() for name in half) == sorted(BOUNDS)


async def rooms_made(scene: Scene) -> list[datetime]:
    await scene.until(STARTS)
    return [sent.at for sent in scene.told("place.make")]


async def test_a_change_moves_the_room_of_each_planned_meeting_and_undo_moves_it_back(scene: Scene) -> None:
    await scene.weekly()
    change = await scene.meetings.times.set(COLIN, scene.group.id, "evening", EVENING)
    assert change.people == 3
    assert (await scene.meeting()).made_at == STARTS - 20 * MINUTE
    undone = await scene.meetings.times.set(COLIN, scene.group.id, "evening", USUAL)
    assert (undone.was, undone.now) == (change.now, change.was)
    await scene.meetings.times.set(COLIN, scene.group.id, "evening", EVENING)
    assert await rooms_made(scene) == [STARTS - 20 * MINUTE]
    await scene.until(STARTS + 13 * MINUTE)
    assert scene.told("meetings.nobody-there")[0].at == STARTS + 4 * MINUTE
    assert scene.told("meetings.called-off")[0].at == STARTS + 12 * MINUTE


async def test_a_room_that_is_there_keeps_its_times_and_says_what_is_then_done(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - 10 * MINUTE)
    await scene.facilitator_here()
    await scene.meetings.times.set(COLIN, scene.group.id, "evening", EVENING)
    await scene.meetings.times.set(COLIN, scene.group.id, "around", ("48", "6", "24", "30", "2"))
    await scene.until(ENDS + 25 * HOUR)
    (closing,), (locked,) = scene.told("meetings.closing"), scene.told("meetings.locked")
    assert (closing.at, locked.at) == (ENDS - 5 * MINUTE, ENDS + 10 * MINUTE)
    assert f"<t:{int((ENDS + 24 * HOUR).timestamp())}:f>" in locked.text
    assert [sent.at for sent in scene.told("channel.delete")] == [ENDS + 24 * HOUR]
    await scene.until(STARTS + timedelta(days=7))
    assert scene.told("place.make")[-1].at == STARTS + timedelta(days=7) - 20 * MINUTE


async def test_where_people_type_slowly_what_waits_for_them_takes_twice_as_long(scene: Scene) -> None:
    await scene.weekly()
    async with scene.desk.transaction() as work:
        await work.all("UPDATE peer_group SET slow = 1 WHERE id = :id", id=scene.group.id)
        await work.record("group.changed", server=SERVER, group=scene.group.id)
    assert await rooms_made(scene) == [STARTS - 30 * MINUTE]
    await scene.facilitator_here()
    await scene.until(ENDS + 25 * HOUR)
    assert scene.told("meetings.closing")[0].at == ENDS - 10 * MINUTE
    assert scene.told("meetings.locked")[0].at == ENDS + 20 * MINUTE
    assert scene.told("channel.delete")[0].at == ENDS + 24 * HOUR


async def test_a_reminder_moved_to_an_instant_that_is_past_still_comes_once(scene: Scene) -> None:
    await scene.weekly()
    await scene.meetings.times.set(COLIN, scene.group.id, "around", ("48", "6", "24", "60", "24"))
    await scene.until(STARTS - 45 * MINUTE)
    await scene.meetings.times.set(COLIN, scene.group.id, "around", ("48", "6", "24", "30", "24"))
    await scene.until(STARTS)
    assert [sent.at for sent in scene.told("meetings.remind")] == [STARTS - 60 * MINUTE]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"made_before": "61"}, "staff-times-bounds-made-before"),
        ({"made_before": "4"}, "staff-times-bounds-made-before"),
        ({"locked_after": "31"}, "staff-times-bounds-locked-after"),
        ({"asked_after": "6"}, "staff-times-too-close"),
        ({"asked_after": "soon"}, "staff-times-number"),
        ({"asked_after": "-3"}, "staff-times-number"),
        ({"asked_after": "٣"}, "staff-times-number"),
        ({"asked_after": "99999"}, "staff-times-number"),
    ],
)
async def test_what_cannot_be_set_is_refused_with_its_bounds(scene: Scene, typed: dict[str, str], text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await scene.meetings.times.propose(COLIN, scene.group.id, "evening", typed)
    assert refused.value.text == text
    assert "Nothing was changed" in say(text, **refused.value.values)
    assert (await scene.meetings.times.of_group(COLIN, scene.group.id))[1] == Times()


async def test_only_coordinators_see_and_set_the_times_of_their_own_server(scene: Scene) -> None:
    times = scene.meetings.times
    for user in (ANA, FAY, 999):
        for attempt in (
            times.of_group(Actor(user, SERVER), scene.group.id),
            times.propose(Actor(user, SERVER), scene.group.id, "evening", {}),
            times.set(Actor(user, SERVER), scene.group.id, "evening", EVENING),
        ):
            with pytest.raises(NotAllowed):
                await attempt
    with pytest.raises(NotFound):
        await times.set(Actor(1, 2, manages_server=True), scene.group.id, "evening", EVENING)
    with pytest.raises(OldButton):
        await times.set(COLIN, scene.group.id, "evening", EVENING[:3])


async def test_a_coordinator_reads_changes_and_undoes_the_times(world: World) -> None:
    cast = await found(world)
    (group,) = await cast.colin.actor.autocomplete(world.lounge, "manage room times", "group", "")
    shown = await types(world, cast.colin, "manage room times", group=str(group["value"]))
    assert shown.response is not None
    assert GROUP in shown.response.content
    assert "The room is made 15 minutes before the start. (5 to 60)" in shown.response.content
    filled = dict(zip(HALVES["evening"], EVENING, strict=True))
    form = await presses(world, cast.colin, say("staff-times-change-evening"))
    refused = await fills(world, cast.colin, form, filled | {"made_before": "2"})
    assert refused.response is not None
    assert "can be 5 to 60 minutes" in refused.response.content
    form = await presses(world, cast.colin, say("try-again"))
    check = await fills(world, cast.colin, form, filled)
    assert check.response is not None
    assert "It touches 7 people" in check.response.content
    await presses(world, cast.colin, say("staff-times-confirm"))
    kept = await world.app.desk.reads.all("SELECT times FROM room_times")
    assert Times.from_text(kept[0]["times"]).made_before == 20 * MINUTE
    await presses(world, cast.colin, say("series-undo"))
    kept = await world.app.desk.reads.all("SELECT times FROM room_times")
    assert Times.from_text(kept[0]["times"]) == Times()
