"""Who holds a group no more, and who may be asked to take a meeting over."""

from dataclasses import replace

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import GROUP, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound
from peerbot.engine.texts import say
from tests.leaving import leave
from tests.signup.scene import (
    ANA,
    BEN,
    BOSS,
    CIRCLE,
    CLEO,
    COORDINATOR,
    FACILITATOR,
    OTHER_SERVER,
    SERVER,
    Scene,
)


async def test_a_facilitator_taken_out_loses_access_at_once_and_comes_back_by_undo(scene: Scene) -> None:
    group = await scene.full()
    for user in (FACILITATOR, ANA):
        await scene.signup.add_facilitator(BOSS, group.id, user, is_bot=False)
    facilitating, reads = scene.signup.facilitating, scene.desk.reads
    assert (await facilitating.remove(BOSS, group.id, ANA, sure=False)).done
    assert await scene.signup.facilitators(reads, group.id) == (FACILITATOR,)
    await scene.tick.settle()
    assert scene.facts[-1] == ("facilitator.ended", {"server": SERVER, "group": group.id, "user": ANA})
    assert ANA in await scene.servers.team(reads, SERVER, "facilitator")
    with pytest.raises(Invalid):
        await facilitating.remove(BOSS, group.id, ANA, sure=False)
    assert (await scene.signup.add_facilitator(BOSS, group.id, ANA, is_bot=False)).added


async def test_a_coordinator_hears_first_of_somebody_to_be_kept_apart_and_goes_on_only_when_asked_twice(
    scene: Scene,
) -> None:
    group, other = await scene.full_with_waiting(BEN), await scene.group(replace(CIRCLE, name="Other"))
    for one, another in ((FACILITATOR, 201), (FACILITATOR, BEN), (FACILITATOR, CLEO), (ANA, 202)):
        await scene.signup.keep_apart.add(BOSS, one, another)
    asked = await scene.signup.add_facilitator(BOSS, group.id, FACILITATOR, is_bot=False)
    assert (asked.added, set(asked.apart)) == (False, {201, BEN})
    assert await scene.signup.facilitators(scene.desk.reads, group.id) == ()
    assert (await scene.signup.add_facilitator(BOSS, other.id, FACILITATOR, is_bot=False)).added, "nobody is there"
    for added in (True, False):  # Pressed twice.
        done = await scene.signup.add_facilitator(BOSS, group.id, FACILITATOR, is_bot=False, sure=True)
        assert (done.added, done.apart) == (added, ())
    assert not await scene.messages(), "neither is told"
    with pytest.raises(NotAllowed):
        await scene.signup.add_facilitator(Actor(FACILITATOR, SERVER), group.id, ANA, is_bot=False)


async def test_a_coordinator_hears_of_somebody_kept_apart_from_a_backup_before_they_are_one(scene: Scene) -> None:
    group = await scene.full_with_waiting(BEN)
    facilitating, reads = scene.signup.facilitating, scene.desk.reads
    for one, another in ((ANA, 201), (ANA, BEN), (ANA, CLEO)):
        await scene.signup.keep_apart.add(BOSS, one, another)
    before = await scene.servers.team(reads, SERVER, "facilitator")
    asked = await facilitating.add_backup(BOSS, group.id, ANA)
    assert (asked.people, set(asked.apart)) == ((), {201, BEN})
    assert await scene.servers.team(reads, SERVER, "facilitator") == before, "nothing was changed"
    for _ in range(2):  # Pressed twice.
        done = await facilitating.add_backup(BOSS, group.id, ANA, sure=True)
        assert (done.people, done.apart) == ((ANA,), ())
    assert not await scene.messages(), "neither is told"


async def test_the_warning_about_a_backup_is_private_and_a_second_press_goes_on(world: World) -> None:
    cast = await found(world, members=1)
    ana, gus = cast.members[0], cast.gus
    choices = await cast.colin.actor.autocomplete(world.lounge, "manage facilitator remove", "group", GROUP)
    group_id = str(choices[0]["value"])
    await types(world, cast.colin, "manage facilitator remove", group=group_id, person=gus.actor)
    await types(world, cast.colin, "manage keep-apart add", one=ana.actor, other=gus.actor)
    await presses(world, cast.colin, say("staff-apart-add"))
    asked = await types(world, cast.colin, "manage facilitator backup", group=group_id, person=gus.actor, what="add")
    assert asked.response is not None
    assert asked.response.ephemeral
    assert f"{gus.actor.mention} and {ana.actor.mention} are to be kept apart." in asked.response.content
    assert await world.app.signup.backups(world.app.desk.reads, group_id) == ()
    await presses(world, cast.colin, say("staff-facilitator-apart-confirm"))
    assert await world.app.signup.backups(world.app.desk.reads, group_id) == (gus.actor.id,)


async def test_the_warning_is_private_and_a_second_press_goes_on(world: World) -> None:
    cast = await found(world, members=1)
    ana, gus = cast.members[0], cast.gus
    choices = await cast.colin.actor.autocomplete(world.lounge, "manage facilitator remove", "group", GROUP)
    group_id = str(choices[0]["value"])
    await types(world, cast.colin, "manage facilitator remove", group=group_id, person=gus.actor)
    await types(world, cast.colin, "manage keep-apart add", one=ana.actor, other=gus.actor)
    await presses(world, cast.colin, say("staff-apart-add"))
    public = world.reads(cast.olu, world.lounge)
    asked = await types(world, cast.colin, "manage facilitator add", group=group_id, person=gus.actor)
    assert asked.response is not None
    assert asked.response.ephemeral
    assert f"{gus.actor.mention} and {ana.actor.mention} are to be kept apart." in asked.response.content
    assert len(await world.app.signup.facilitators(world.app.desk.reads, group_id)) == 1
    await presses(world, cast.colin, say("staff-facilitator-apart-confirm"))
    assert gus.actor.id in await world.app.signup.facilitators(world.app.desk.reads, group_id)
    assert world.reads(cast.olu, world.lounge) == public


async def test_the_last_facilitator_goes_only_when_asked_twice(scene: Scene) -> None:
    group = await scene.full_with_waiting(BEN)
    await scene.signup.add_facilitator(BOSS, group.id, FACILITATOR, is_bot=False)
    asked = await scene.signup.facilitating.remove(BOSS, group.id, FACILITATOR, sure=False)
    assert (asked.done, asked.people.seated, asked.people.waiting) == (False, 4, 1)
    assert await scene.signup.facilitators(scene.desk.reads, group.id) == (FACILITATOR,)
    for _ in range(2):
        assert (await scene.signup.facilitating.remove(BOSS, group.id, FACILITATOR, sure=True)).done
    await scene.tick.settle()
    assert [kind for kind, _ in scene.facts].count("facilitator.ended") == 1


async def test_backups_are_in_the_team_and_go_with_their_part_a_ban_or_when_they_facilitate(scene: Scene) -> None:
    group = await scene.group()
    facilitating, reads = scene.signup.facilitating, scene.desk.reads
    for user in (ANA, BEN, ANA):
        backups = await facilitating.add_backup(BOSS, group.id, user)
    assert backups.people == await scene.signup.backups(reads, group.id) == (ANA, BEN)
    assert {ANA, BEN} <= set(await scene.servers.team(reads, SERVER, "facilitator"))
    kept = await scene.signup.kept_about(reads, BEN)
    assert [each.item for each in kept] == ["kept-backup"]
    assert "group" not in kept[0].values, "a backup learns which group it is only when they take it over"
    await scene.signup.add_facilitator(BOSS, group.id, ANA, is_bot=False)
    assert await scene.signup.backups(reads, group.id) == (BEN,)
    for user, bot in ((ANA, False), (99, True)):
        with pytest.raises(Invalid):
            await facilitating.add_backup(BOSS, group.id, user, is_bot=bot)
    await leave(scene.desk, scene.signup, SERVER, BEN)
    assert (await facilitating.backups(BOSS, group.id)).people == ()
    await facilitating.add_backup(BOSS, group.id, BEN)
    assert (await facilitating.remove_backup(BOSS, group.id, BEN)).people == ()
    with pytest.raises(Invalid):
        await facilitating.remove_backup(BOSS, group.id, BEN)


async def test_nobody_else_decides_who_holds_a_group(scene: Scene) -> None:
    group = await scene.group()
    await scene.set_up(OTHER_SERVER)
    facilitating = scene.signup.facilitating
    for actor, error in ((Actor(FACILITATOR, SERVER), NotAllowed), (Actor(COORDINATOR, OTHER_SERVER), NotFound)):
        for attempt in (
            facilitating.remove(actor, group.id, ANA, sure=True),
            facilitating.backups(actor, group.id),
            facilitating.add_backup(actor, group.id, ANA),
            facilitating.remove_backup(actor, group.id, ANA),
        ):
            with pytest.raises(error):
                await attempt
