"""Trying one meeting: a seat for it, one question afterwards, and a seat that is never kept from others for long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.retention import forget_due
from peerbot.signup.cards import mine_card
from peerbot.signup.finding.cards import find_card
from peerbot.signup.rules import Group, NextMeeting, View
from peerbot.signup.tasting import rules as tasting_rules
from peerbot.signup.tasting.rules import COUNTED_FOR, HELD_ON_FOR, Taster, answer_by, next_taster_at, released_later
from tests.fakes import EVENING
from tests.leaving import leave
from tests.signup.looking import found
from tests.signup.scene import ANA, BEN, CIRCLE, CLEO, DEV, SERVER, Scene, at, open_scene

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
MEETS = EVENING + 7 * HOUR
"""The next meeting of the scene's groups; it lasts an hour and a half."""


@pytest.mark.parametrize(
    ("days_ago", "again_in"),
    [
        ((), None),
        ((29, 1), None),
        ((29, 20, 1), 1),
        ((30, 20, 1), None),
        ((29, 28, 27, 26), 2),
        ((0, 0, 0), 30),
    ],
)
def test_a_fourth_meeting_within_30_days_can_be_tried_when_the_third_last_is_30_days_past(
    days_ago: tuple[int, ...], again_in: int | None
) -> None:
    expected = None if again_in is None else NOW + again_in * DAY
    assert next_taster_at([NOW - days * DAY for days in days_ago], NOW) == expected


@pytest.mark.parametrize(
    ("meets_in", "hours"),
    [(None, 48), (7 * DAY, 48), (50 * HOUR, 48), (49 * HOUR, 47), (24 * HOUR, 22), (2 * HOUR, 0.5), (-HOUR, 0.5)],
)
def test_the_question_can_be_answered_for_48_hours_or_until_2_before_the_next_meeting(
    meets_in: timedelta | None, hours: float
) -> None:
    assert answer_by(NOW, None if meets_in is None else NOW + meets_in) == NOW + hours * HOUR


@pytest.mark.parametrize(
    ("meeting_ends_in", "late_by", "later"),
    [(HOUR, 0 * HOUR, 7 * HOUR), (-HOUR, 0 * HOUR, 5 * HOUR), (7 * HOUR, 0 * HOUR, None), (HOUR, 6 * HOUR, None)],
)
def test_a_seat_is_not_released_in_the_middle_of_a_meeting_and_is_put_off_once_only(
    meeting_ends_in: timedelta, late_by: timedelta, later: timedelta | None
) -> None:
    taster = Taster("a", "g", 1, 2, NOW - 40 * DAY, NOW - late_by)
    assert released_later(taster, NOW + meeting_ends_in, NOW) == (None if later is None else NOW + later)


async def planned(scene: Scene, name: str = CIRCLE.name) -> Group:
    """A group of four that meets tonight."""
    group = await scene.group(replace(CIRCLE, name=name))
    await scene.meets_at(group, MEETS)
    return group


async def asked(scene: Scene, user: int, group: Group) -> View:
    """Let somebody try tonight's meeting, which takes place; the next is a week later."""
    await scene.taste(user, group, may_remind=True)
    await scene.pass_time(MEETS + 2 * HOUR - scene.clock.now())
    await scene.meets_at(group, MEETS + 7 * DAY)
    await scene.took_place(group, MEETS)
    return await scene.view(user, group)


async def test_without_the_tick_nothing_is_kept_of_somebody_who_wants_to_try(scene: Scene) -> None:
    group = await planned(scene)
    with pytest.raises(Invalid, match="join-agree-first"):
        await scene.signup.tasting.taste(at(ANA, group), group.id, agreed=False, may_remind=True)
    for table in ("seat", "taster", "acceptance", "reminder_choice"):
        assert not await scene.rows(table), table


async def test_a_taster_has_a_seat_like_a_member_and_nobody_else_sees_a_difference(scene: Scene) -> None:
    group, other = await planned(scene), await planned(scene, "Friday Circle")
    await scene.taste(ANA, group)
    await scene.join(BEN, other)
    mine = await scene.view(ANA, group)
    assert (mine.mine.where, mine.mine.asked, mine.places) == ("tasting", False, 3)
    assert await scene.signup.members(scene.desk.reads, group.id) == (ANA,)
    listed = await scene.signup.finding.find(Actor(CLEO, SERVER))
    one, two = (replace(view, group=CIRCLE_AS_SEEN) for view in listed.views)
    assert find_card(found((one,))) == find_card(found((two,)))
    assert scene.facts.count(("seat.taken", {"server": SERVER, "group": group.id, "user": ANA})) == 0  # Not yet told.
    await scene.tick.settle()
    assert ("seat.taken", {"server": SERVER, "group": group.id, "user": ANA}) in scene.facts


CIRCLE_AS_SEEN = Group("0a1b2c3d", SERVER, "Circle", "People", "text", 4, "English", "open", MEETS)


async def test_yes_makes_it_a_members_seat_and_no_gives_it_to_the_next_in_line(scene: Scene) -> None:
    group = await planned(scene)
    for user in (301, 302):
        await scene.join(user, group)
    await scene.taste(BEN, group)
    view = await asked(scene, ANA, group)
    await scene.join(DEV, group)
    assert view.mine.asked
    assert view.mine.ends_at == scene.clock.now() + 48 * HOUR
    ben = (await scene.view(BEN, group)).mine.taster
    for _ in range(2):  # Pressed twice, in haste.
        assert (await scene.signup.tasting.keep(at(ANA, group), view.mine.taster)).mine.where == "seated"
        assert (await scene.signup.tasting.release(at(BEN, group), ben)).mine.where == "outside"
    assert (await scene.view(DEV, group)).mine.where == "offered"
    with pytest.raises(Late, match="taster-not-now"):  # The free seat is owed to Dev.
        await scene.taste(CLEO, group)
    await scene.pass_time(60 * DAY)
    assert (await scene.view(ANA, group)).mine.where == "seated"
    with pytest.raises(Late, match="taster-over"):
        await scene.signup.tasting.keep(at(BEN, group), ben)


async def test_nobody_answers_for_another_and_a_taster_is_asked_once(scene: Scene) -> None:
    group = await planned(scene)
    view = await asked(scene, ANA, group)
    await scene.join(ANA, await planned(scene, "A first circle"))
    questions = mine_card(await scene.signup.mine(at(ANA, group)), 0).rows[0]
    assert isinstance(questions, tuple)
    assert [button.label for button in questions] == ["Yes, join", "No, thank you"]
    await scene.took_place(group, MEETS)
    assert (await scene.view(ANA, group)).mine == view.mine
    for answer in (scene.signup.tasting.keep, scene.signup.tasting.release):
        for actor in (at(BEN, group), replace(at(ANA, group), server_id=2)):
            with pytest.raises(NotFound):
                await answer(actor, view.mine.taster)
    assert len(await scene.messages()) == 1


async def test_without_an_answer_the_seat_is_released_offered_and_both_hear_so_after_a_restart(
    tmp_path: Path,
) -> None:
    async with open_scene(tmp_path) as scene:
        group = await planned(scene)
        for user in (301, 302, 303):
            await scene.join(user, group)
        view = await asked(scene, ANA, group)
        await scene.join(BEN, group)
        clock = scene.clock
    async with open_scene(tmp_path, clock) as scene:
        await scene.pass_time(48 * HOUR - timedelta(seconds=1))
        assert (await scene.view(ANA, group)).mine == view.mine
        await scene.pass_time(timedelta(seconds=1))
        assert (await scene.view(ANA, group)).mine.where == "outside"
        assert (await scene.view(BEN, group)).mine.where == "offered"
        mine = await scene.signup.mine(at(ANA, group))
        assert [each.id for each in mine.released] == [group.id]
        assert "**Your seat to try a meeting has been released in:** Tuesday Circle" in mine_card(mine, 0).text
        cards = [str(row["data"]) for row in await scene.messages() if row["state"] == "waiting"]
        assert len(cards) == 1
        assert "signup.taster-ended" in cards[0]


async def test_a_meeting_that_moves_or_is_called_off_takes_the_taster_with_it_within_bounds(scene: Scene) -> None:
    group = await planned(scene)
    await scene.taste(ANA, group)
    begun = NextMeeting(MEETS, MEETS + HOUR, "Europe/London")
    later = NextMeeting(MEETS + 7 * DAY, MEETS + 7 * DAY + HOUR, "Europe/London")

    async def until(following: NextMeeting | None, in_progress: NextMeeting | None = None) -> datetime | None:
        async with scene.desk.transaction() as work:
            await scene.signup.next_meeting_is(work, group.id, following, in_progress)
        (row,) = await scene.rows("seat")
        return datetime.fromtimestamp(row["tastes_until"], UTC)

    assert await until(later, begun) == begun.ends_at  # It has begun: that is the one.
    assert await until(later) == later.ends_at  # It was called off.
    assert await until(None) == later.ends_at  # The series rests: nothing better is known.
    await scene.pass_time(MEETS + timedelta(minutes=90) + HELD_ON_FOR - scene.clock.now() - timedelta(seconds=1))
    assert (await scene.view(ANA, group)).mine.where == "tasting"
    await scene.pass_time(timedelta(seconds=1))
    assert (await scene.view(ANA, group)).mine.where == "outside"
    (taster,) = await scene.rows("taster")
    assert taster["outcome"] == "not_held"


async def test_a_meeting_that_had_begun_before_is_not_the_one_that_is_tried(scene: Scene) -> None:
    group = await planned(scene)
    await scene.pass_time(MEETS + HOUR - scene.clock.now())
    await scene.meets_at(group, MEETS + 7 * DAY)
    await scene.taste(ANA, group)
    await scene.took_place(group, MEETS)
    assert not (await scene.view(ANA, group)).mine.asked
    await scene.took_place(group, MEETS + 7 * DAY)
    assert (await scene.view(ANA, group)).mine.asked


async def test_the_fourth_taster_in_30_days_is_refused_and_those_that_never_took_place_do_not_count(
    scene: Scene,
) -> None:
    groups = [await planned(scene, f"Circle {n}") for n in range(5)]
    for group in groups[:3]:
        await scene.taste(ANA, group)
        await scene.leave(ANA, group)
    with pytest.raises(NotAllowed, match="taster-three"):
        await scene.signup.tasting.form(at(ANA, groups[3]), groups[3].id)
    with pytest.raises(NotAllowed, match="taster-three"):
        await scene.taste(ANA, groups[3])
    assert (await scene.view(ANA, groups[3])).mine.where == "outside"
    assert (await scene.taste(BEN, groups[3])).mine.where == "tasting"
    async with scene.desk.transaction() as work:
        await work.all("UPDATE taster SET outcome = 'not_held' WHERE group_id = :id", id=groups[0].id)
    assert (await scene.taste(ANA, groups[3])).mine.where == "tasting"
    assert (await scene.join(ANA, groups[4])).mine.where == "seated"


async def test_a_group_can_be_tried_only_with_a_free_place_a_next_meeting_and_if_it_allows_it(scene: Scene) -> None:
    bare = await scene.group(replace(CIRCLE, name="No meeting"))
    full = await scene.full(replace(CIRCLE, name="Full"))
    await scene.meets_at(full, MEETS)
    off, closed = await planned(scene, "Off"), await planned(scene, "Closed")
    async with scene.desk.transaction() as work:
        await work.all("UPDATE peer_group SET tasters = 0 WHERE id = :id", id=off.id)
        await work.all(
            "UPDATE peer_group SET kind = 'closed', cycle_from = :day, cycle_until = :later WHERE id = :id",
            id=closed.id,
            day=int((MEETS + 9 * DAY).timestamp()),
            later=int((MEETS + 99 * DAY).timestamp()),
        )
    good = await planned(scene, "Good")
    for group in (bare, full, off, closed, good):
        assert (await scene.view(ANA, group)).can_be_tried is (group == good), group.name
        if group != good:
            with pytest.raises(Late, match="taster-not-now"):
                await scene.taste(ANA, group)
    assert not await scene.rows("taster")


async def test_who_waits_or_has_a_seat_stays_as_they_are_and_who_joins_is_not_asked(scene: Scene) -> None:
    group = await planned(scene)
    await scene.join(ANA, group)
    assert (await scene.taste(ANA, group)).mine.where == "seated"
    view = await asked(scene, BEN, group)
    assert (await scene.join(BEN, group)).mine.where == "seated"
    assert (await scene.signup.tasting.release(at(BEN, group), view.mine.taster)).mine.where == "seated"
    await scene.pass_time(3 * DAY)
    assert (await scene.view(BEN, group)).mine.where == "seated"
    await scene.join(301, group)
    await scene.join(302, group)
    await scene.join(CLEO, group)
    assert (await scene.taste(CLEO, group)).mine.where == "waiting"


async def test_leaving_or_a_ban_ends_trying_with_all_that_was_to_come(scene: Scene) -> None:
    group = await planned(scene)
    await asked(scene, ANA, group)
    await scene.taste(BEN, group, may_remind=True)
    await scene.leave(ANA, group)
    await leave(scene.desk, scene.signup, SERVER, BEN)
    assert {row["outcome"] for row in await scene.rows("taster")} == {"left"}
    assert not [row for row in await scene.rows("timer") if row["kind"].startswith("taster.")]
    assert {row["state"] for row in await scene.messages()} == {"dropped"}


async def test_what_was_tried_is_shown_to_the_person_and_goes_after_30_days(scene: Scene) -> None:
    group = await planned(scene)
    view = await asked(scene, ANA, group)
    await scene.signup.tasting.release(at(ANA, group), view.mine.taster)
    (kept,) = [k for k in await scene.signup.kept_about(scene.desk.reads, ANA) if k.item == "kept-taster"]
    assert kept.values["outcome"] == "declined"
    assert kept.until == scene.clock.now() + tasting_rules.COUNTED_FOR
    await scene.pass_time(COUNTED_FOR + timedelta(seconds=1))
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.signup)
    assert not await scene.rows("taster")
