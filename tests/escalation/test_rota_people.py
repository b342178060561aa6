"""People and the rota: who swaps, who leaves, who may see and change it, and what is kept of them."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.authority import Part
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import say
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota.rules import Span
from peerbot.escalation.rota.weekly_shifts import TypedWeekly
from tests.escalation.rota_scene import at, off, shifts, told, weekly
from tests.escalation.scene import (
    CHO,
    COORDINATOR,
    DAY,
    DEPUTY,
    LEAD,
    MAY,
    MO,
    SERVER,
    Scene,
)
from tests.fakes import EVENING
from tests.leaving import leave


async def test_who_leaves_the_team_is_out_of_the_rota_and_their_turns_are_told_as_gaps(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO, MAY)
    await scene.duty(MO, 2, 10 * DAY)
    await off(scene, MO, "Friday 18 Dec", "17 Dec")
    await scene.escalation.rostering.nights(Actor(MO, SERVER), wanted=True)
    await leave(scene.desk, scene.servers, SERVER, MO)
    await scene.tick.settle()
    assert {user for user, _ in await shifts(scene)} == {MAY}
    tables = ("shift", "rota_weekly", "rota_instead", "rota_cover", "rota_off", "rota_night", "rota_swap")
    for table in tables:
        rows = await scene.desk.reads.all(f"SELECT * FROM {table}")  # noqa: S608 - a table's name
        assert not [row for row in rows if str(MO) in str(list(row.values()))], table
    assert [people for _, people in told(scene, "gap")] == [{LEAD, DEPUTY}]
    assert [gap.span for gap in await rota_store.gaps(scene.desk.reads, SERVER)][:2] == [
        Span(at(2, 12), at(2, 20)),
        Span(at(11, 12), at(11, 14)),
    ]


async def test_two_people_swap_when_both_agree_and_not_before(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO, MAY)
    swapping = scene.escalation.swapping
    mine, theirs = [(await swapping.choices(Actor(MO, SERVER), user))[0][0] for user in (MO, MAY)]
    asked = await swapping.ask(Actor(MO, SERVER), mine.key, theirs.key, MAY)
    await scene.tick.settle()
    assert told(scene, "swap") == [(EVENING, {MAY})]
    assert [user for user, _ in await shifts(scene)][:2] == [MO, MAY]
    for stranger in (MO, LEAD):
        with pytest.raises(Late):
            await swapping.agree(Actor(stranger, SERVER), asked.swap.id)
    await swapping.agree(Actor(MAY, SERVER), asked.swap.id)
    await scene.tick.settle()
    assert [user for user, _ in await shifts(scene)][:4] == [MAY, MO, MO, MAY]
    assert [people for _, people in told(scene, "swap_answer")] == [{MO}]
    with pytest.raises(Late):
        await swapping.agree(Actor(MAY, SERVER), asked.swap.id)


async def test_a_swap_declined_or_taken_back_changes_nothing(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO, MAY)
    swapping = scene.escalation.swapping
    mine, theirs = [(await swapping.choices(Actor(MO, SERVER), user))[0][0] for user in (MO, MAY)]
    before = await shifts(scene)
    for by in (MO, MAY):
        asked = await swapping.ask(Actor(MO, SERVER), mine.key, theirs.key, MAY)
        with pytest.raises(Late):
            await swapping.decline(Actor(LEAD, SERVER), asked.swap.id)
        await swapping.decline(Actor(by, SERVER), asked.swap.id)
        with pytest.raises(Late):
            await swapping.agree(Actor(MAY, SERVER), asked.swap.id)
    assert await shifts(scene) == before


async def test_a_swap_is_off_if_one_has_given_their_shift_away_or_is_away_then(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO, MAY, LEAD)
    swapping = scene.escalation.swapping
    mine, theirs = [(await swapping.choices(Actor(MO, SERVER), user))[0][0] for user in (MO, MAY)]
    asked = await swapping.ask(Actor(MO, SERVER), mine.key, theirs.key, MAY)
    await off(scene, MAY, "Friday")
    with pytest.raises(Invalid):
        await swapping.agree(Actor(MAY, SERVER), asked.swap.id)
    with pytest.raises(Invalid):
        await swapping.ask(Actor(MO, SERVER), theirs.key, mine.key, MAY)


async def test_what_is_added_changed_or_ended_can_be_undone(scene: Scene) -> None:
    shifts_of = scene.escalation.weekly_shifts
    lead = Actor(LEAD, SERVER)
    added = await weekly(scene, "Wed", "12:00-20:00", MO)
    first = await shifts(scene)
    await shifts_of.change(lead, added.weekly.id, TypedWeekly("Wed", "13:00-20:00", (MAY,)))
    assert (await shifts(scene))[0] == (MAY, Span(at(2, 13), at(2, 20)))
    await shifts_of.undo(lead, added.weekly.id)
    assert await shifts(scene) == first
    await shifts_of.end(lead, added.weekly.id)
    assert await shifts(scene) == []
    await shifts_of.undo(lead, added.weekly.id)
    assert await shifts(scene) == first
    await leave(scene.desk, scene.servers, SERVER, MAY)
    await shifts_of.undo(lead, added.weekly.id)
    assert await scene.count("rota_weekly") == await scene.count("shift") == 0
    with pytest.raises(NotFound):
        await shifts_of.undo(lead, added.weekly.id)


async def test_the_rota_goes_90_days_past_and_everybody_is_shown_what_is_kept_of_them(scene: Scene) -> None:
    added = await weekly(scene, "Wed", "12:00-20:00", MO, MAY)
    swapping = scene.escalation.swapping
    mine, theirs = [(await swapping.choices(Actor(MO, SERVER), user))[0][0] for user in (MO, MAY)]
    await swapping.agree(Actor(MAY, SERVER), (await swapping.ask(Actor(MO, SERVER), mine.key, theirs.key, MAY)).swap.id)
    await swapping.ask(Actor(MO, SERVER), theirs.key, mine.key, MAY)
    await scene.duty(MO, 2)
    await off(scene, MO, "Friday 4 Dec", "3 Dec")
    await scene.escalation.rostering.nights(Actor(MO, SERVER), wanted=True)
    kept = {item.item: item for item in await scene.escalation.kept_about(scene.desk.reads, MO)}
    rota = {"kept-shift", "kept-rota-weekly", "kept-rota-dates", "kept-rota-off", "kept-rota-night"}
    assert set(kept) - {"kept-sight", "kept-proof"} == rota
    assert all(say(item.item, **item.values) for item in kept.values())
    await scene.escalation.weekly_shifts.end(Actor(LEAD, SERVER), added.weekly.id)
    await scene.escalation.rostering.nights(Actor(MO, SERVER), wanted=False)
    for days, left in ((60, True), (160, False)):
        scene.clock.move(EVENING + days * DAY - scene.clock.now())
        async with scene.desk.transaction() as work:
            await forget_due(work, scene.escalation)
        kept_then = {item.item for item in await scene.escalation.kept_about(scene.desk.reads, MO)}
        assert bool(kept_then & rota) is left
    for table in ("shift", "rota_weekly", "rota_instead", "rota_cover", "rota_off", "rota_swap", "rota_gap"):
        assert await scene.count(table) == 0, table


async def test_coordinators_see_the_rota_and_members_do_not(scene: Scene) -> None:
    await weekly(scene, "Wed", "12:00-20:00", MO)
    week = await scene.escalation.rostering.week(Actor(COORDINATOR, SERVER))
    assert (week.nights, week.changes) == (None, False)
    for use in (scene.escalation.rostering.week, scene.escalation.rostering.gaps):
        with pytest.raises(NotAllowed):
            await use(Actor(CHO, SERVER))
    assert Part.COORDINATOR in await scene.servers.parts(scene.desk.reads, Actor(COORDINATOR, SERVER))
    assert (await scene.escalation.rostering.week(Actor(LEAD, SERVER))).changes
