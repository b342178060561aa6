"""A pause of somebody's access and the end of a membership: two people, a date, a way back, and nothing left behind."""

import json
from datetime import timedelta

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import say
from peerbot.signup.cards import mine_card
from peerbot.signup.measures.rules import Kind
from peerbot.signup.rules import Group
from tests.leaving import leave
from tests.signup.scene import ANA, BEN, COORDINATOR, LEAD, SECOND, SERVER, Scene, at

COLIN, DANA, ED = Actor(COORDINATOR, SERVER), Actor(LEAD, SERVER), Actor(SECOND, SERVER)
DAY = timedelta(days=1)


async def decided(scene: Scene, group: Group, user: int, kind: Kind, days: int = 7) -> str:
    measure = await scene.signup.measures.propose(COLIN, group.id, user, kind, days if kind == "pause" else 0)
    await scene.signup.measures.confirm(DANA, measure.id)
    await scene.tick.settle()
    return measure.id


async def members(scene: Scene, group: Group) -> tuple[int, ...]:
    return await scene.signup.members(scene.desk.reads, group.id)


async def test_a_paused_person_keeps_the_seat_sees_the_date_and_comes_back_by_themselves(scene: Scene) -> None:
    group = await scene.full_with_waiting(BEN)
    await scene.leave(201, group)
    await scene.accept(BEN, await scene.offer_to(BEN, group))
    await decided(scene, group, BEN, "pause")
    assert BEN not in await members(scene, group)
    assert await scene.signup.groups_of(scene.desk.reads, SERVER, BEN) == ()
    mine = (await scene.view(BEN, group)).mine
    assert (mine.where, mine.appeal) == ("paused", f"<@{LEAD}>")
    assert mine.ends_at == scene.clock.now() + 7 * DAY
    await scene.join(ANA, group)
    assert (await scene.view(ANA, group)).mine.where == "waiting", "the seat of a paused person is not free"
    await scene.pass_time(7 * DAY - timedelta(seconds=1))
    assert BEN not in await members(scene, group)
    await scene.pass_time(timedelta(seconds=1))
    assert BEN in await members(scene, group)
    assert [kind for kind, _ in scene.facts if kind.startswith("access")] == ["access.paused", "access.restored"]


async def test_leaving_and_coming_again_does_not_end_a_pause(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    await decided(scene, group, ANA, "pause")
    await scene.leave(ANA, group)
    assert (await scene.join(ANA, group)).mine.where == "paused"
    assert ANA not in await members(scene, group)


async def test_an_ended_member_loses_everything_at_once_and_joins_again_only_when_restored(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    measure = await decided(scene, group, 202, "end")
    assert 202 not in await members(scene, group)
    assert (await scene.view(ANA, group)).mine.where == "offered"
    joining, them = scene.signup.joining, at(202, group)
    for attempt in (scene.join(202, group), joining.form(them, group.id), joining.leave_any(them, group.id)):
        with pytest.raises(NotAllowed) as refused:
            await attempt
        assert refused.value.text == "join-ended"
        assert f"<@{LEAD}>" in say("join-ended", **refused.value.values)
    mine = mine_card(await scene.signup.mine(at(202, group)), 0)
    assert f"If you think it is wrong, you can write to <@{LEAD}>." in mine.text
    await scene.signup.measures.restore(COLIN, measure)
    assert (await scene.join(202, group)).mine.where == "waiting"


async def test_somebody_who_only_waits_can_be_ended_and_not_paused(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    with pytest.raises(Invalid):
        await scene.signup.measures.propose(COLIN, group.id, ANA, "pause", 7)
    await decided(scene, group, ANA, "end")
    assert (await scene.view(ANA, group)).mine.where == "outside"


@pytest.mark.parametrize(
    ("kind", "second", "error"),
    [
        ("pause", COLIN, Invalid),
        ("pause", Actor(ANA, SERVER), NotAllowed),
        ("end", Actor(99, SERVER, manages_server=True), NotAllowed),
        ("end", COLIN, NotAllowed),
        ("pause", Actor(LEAD, 2), NotAllowed),
    ],
)
async def test_the_second_person_is_another_one_who_may(
    scene: Scene, kind: Kind, second: Actor, error: type[Exception]
) -> None:
    group = await scene.full()
    measure = await scene.signup.measures.propose(COLIN, group.id, 201, kind, 7)
    with pytest.raises(error):
        await scene.signup.measures.confirm(second, measure.id)
    assert 201 in await members(scene, group)
    if second != COLIN:
        with pytest.raises(error):
            await scene.signup.measures.decline(second, measure.id)


async def test_nobody_proposes_or_decides_about_themselves(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(LEAD, group)
    await scene.join(COORDINATOR, group)
    with pytest.raises(Invalid):
        await scene.signup.measures.propose(COLIN, group.id, COORDINATOR, "pause", 7)
    measure = await scene.signup.measures.propose(COLIN, group.id, LEAD, "pause", 7)
    for attempt in (scene.signup.measures.open(DANA, measure.id), scene.signup.measures.confirm(DANA, measure.id)):
        with pytest.raises(NotFound):
            await attempt
    posts = await scene.desk.reads.all("SELECT data FROM intent WHERE key LIKE 'measure:%:ask:%'")
    assert [json.loads(row["data"])["user"] for row in posts] == [SECOND], "neither of the two is asked"


async def test_asking_twice_and_confirming_twice_change_nothing(scene: Scene) -> None:
    group = await scene.full()
    measures = scene.signup.measures
    first = await measures.propose(COLIN, group.id, 201, "pause", 7)
    assert await measures.propose(COLIN, group.id, 201, "pause", 30) == first
    with pytest.raises(Invalid):
        await measures.propose(COLIN, group.id, 201, "end")
    once = await measures.confirm(DANA, first.id)
    assert await measures.confirm(ED, first.id) == once
    await scene.tick.settle()
    assert [kind for kind, _ in scene.facts].count("access.paused") == 1
    acts = [row["act"] for row in await scene.rows("staff_act")]
    assert (acts.count("pause-proposed"), acts.count("pause-confirmed")) == (1, 1)


async def test_a_proposal_lapses_after_a_day_and_can_be_declined(scene: Scene) -> None:
    group = await scene.full()
    measures = scene.signup.measures
    lapsed = await measures.propose(COLIN, group.id, 201, "pause", 7)
    await scene.pass_time(DAY)
    with pytest.raises(Late):
        await measures.confirm(DANA, lapsed.id)
    declined = await measures.propose(COLIN, group.id, 201, "pause", 7)
    await measures.decline(DANA, declined.id)
    with pytest.raises(Late):
        await measures.confirm(ED, declined.id)
    assert 201 in await members(scene, group)
    assert await scene.rows("timer") == []


async def test_a_person_told_by_message_hears_only_what_still_holds(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group, may_remind=True)
    await scene.join(BEN, group)
    for user in (ANA, BEN):
        await decided(scene, group, user, "end")
    sent = [row["key"] for row in await scene.messages() if row["key"].endswith(":begun")]
    assert len(sent) == 1, "only who allowed messages is written to"


async def test_a_ban_that_is_lifted_gives_back_nothing_that_two_people_took(scene: Scene) -> None:
    group = await scene.full()
    await decided(scene, group, 201, "pause")
    await decided(scene, group, 202, "end")
    proposed = await scene.signup.measures.propose(COLIN, group.id, 203, "end")
    for user in (201, 202, 203):
        await leave(scene.desk, scene.signup, SERVER, user)
    assert (await scene.join(201, group)).mine.where == "paused"
    assert 201 not in await scene.signup.members(scene.desk.reads, group.id)
    with pytest.raises(NotAllowed):
        await scene.join(202, group)
    assert (await scene.join(203, group)).mine.where == "seated"
    with pytest.raises(Late):
        await scene.signup.measures.confirm(DANA, proposed.id)


async def test_a_pause_goes_thirty_days_after_its_end_and_who_decided_an_end_after_a_year(scene: Scene) -> None:
    group = await scene.full()
    await decided(scene, group, 201, "pause")
    await decided(scene, group, 202, "end")
    about = await scene.signup.kept_about(scene.desk.reads, 202)
    assert [(kept.item, kept.values["state"]) for kept in about if kept.item == "kept-measure"] == [
        ("kept-measure", "stands")
    ]
    await leave(scene.desk, scene.signup, SERVER, 201)
    for days in (7, 31):
        await scene.pass_time(days * DAY)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.signup)
    assert [row["user_id"] for row in await scene.rows("measure")] == [202], "an end holds until it is taken back"
    await scene.pass_time(365 * DAY)
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.signup)
    (row,) = await scene.rows("measure")
    assert (row["proposed_by"], row["confirmed_by"]) == (None, None)


async def test_a_pause_holds_in_a_meeting_that_is_on_and_names_nobody_in_the_staff_channel(world: World) -> None:
    cast: Cast = await found(world, members=2)
    ana, dana = cast.members[0], cast.dana
    await world.until(world.now.replace(hour=19, minute=31))
    assert len(world.rooms(ana)) == 1
    group = str((await cast.colin.actor.autocomplete(world.lounge, "manage member pause", "group", ""))[0]["value"])
    await types(world, cast.colin, "manage member pause", group=group, person=ana.actor, days=7)
    channel = world.place(dana, "peerbot-facilitators")
    assert channel is not None
    asked = world.reads(dana, channel)[-1]
    assert ana.actor.mention not in asked.content
    assert "Tuesday Circle" not in asked.content
    assert len(world.rooms(ana)) == 1, "a proposal alone changes nothing"
    opened = await presses(world, dana, say("staff-member-open"), channel)
    assert opened.response is not None
    assert ana.actor.mention in opened.response.content
    await presses(world, dana, say("staff-member-confirm-pause"), channel)
    assert world.rooms(ana) == []
    assert len(world.rooms(cast.members[1])) == 1
    assert cast.dana.actor.mention in world.dms(ana)[-1].content
    mine = await types(world, ana, "group mine")
    assert mine.response is not None
    assert "Your access is paused until" in mine.response.content
    await types(world, cast.colin, "manage member restore", group=group, person=ana.actor)
    await presses(world, cast.colin, say("staff-member-restore"))
    assert len(world.rooms(ana)) == 1
