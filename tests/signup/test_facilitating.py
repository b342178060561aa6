"""Who holds a group no more, and who may be asked to take a meeting over."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound
from tests.signup.scene import ANA, BEN, BOSS, COORDINATOR, FACILITATOR, OTHER_SERVER, SERVER, Scene


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
    assert (await scene.signup.add_facilitator(BOSS, group.id, ANA, is_bot=False))[1]


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
    await scene.signup.banned(SERVER, BEN)
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
