"""A part in the team ends at once, with what went with it; what would close groups is asked first."""

from pathlib import Path

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed
from peerbot.engine.texts import say
from peerbot.servers.rules import Teammate
from peerbot.servers.team import Removal, Team
from tests.signup.scene import COORDINATOR, FACILITATOR, LEAD, SECOND, SERVER, open_scene

LEADING = Actor(LEAD, SERVER)


async def test_the_last_lead_stays_until_there_is_another(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        team = Team(scene.desk, scene.servers)
        with pytest.raises(Invalid) as error:
            await team.remove(LEADING, LEAD, "lead", sure=True)
        assert error.value.text == "team-last-lead"
        await scene.servers.add_to_team(LEADING, 15, "lead")
        assert (await team.remove(LEADING, LEAD, "lead", sure=False)).done
        with pytest.raises(NotAllowed):
            await team.remove(LEADING, 15, "lead", sure=True)


async def test_what_would_close_groups_is_asked_first_done_once_and_undone(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        team = Team(scene.desk, scene.servers)
        before = await team.show(LEADING)
        asked = await team.remove(LEADING, FACILITATOR, "facilitator", sure=False)
        assert asked == Removal(FACILITATOR, "facilitator", closes=True, done=False)
        assert await team.show(LEADING) == before
        assert (await team.remove(LEADING, FACILITATOR, "facilitator", sure=True)).done
        assert not await scene.servers.open_for_groups(scene.desk.reads, SERVER)
        again = await team.remove(LEADING, FACILITATOR, "facilitator", sure=True)
        assert not again.had
        await scene.servers.add_to_team(LEADING, FACILITATOR, "facilitator")
        assert await scene.servers.open_for_groups(scene.desk.reads, SERVER)


async def test_a_facilitator_who_holds_a_group_stays_in_the_team(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        team = Team(scene.desk, scene.servers)
        team.needed(scene.signup.holds)
        group = await scene.group()
        await scene.signup.add_facilitator(Actor(COORDINATOR, SERVER), group.id, FACILITATOR, is_bot=False)
        with pytest.raises(Invalid) as error:
            await team.remove(LEADING, FACILITATOR, "facilitator", sure=True)
        assert error.value.values == {"groups": 1}
        assert Teammate(FACILITATOR, "facilitator") in await team.show(LEADING)
        assert (await team.remove(LEADING, COORDINATOR, "coordinator", sure=False)).done


async def test_no_other_part_can_be_given_or_taken(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        with pytest.raises(Invalid):
            await Team(scene.desk, scene.servers).remove(LEADING, SECOND, "owner", sure=True)
        with pytest.raises(Invalid):
            await scene.servers.add_to_team(LEADING, SECOND, "owner")


async def test_a_moderator_who_is_removed_sees_no_staff_channel_until_it_is_undone(world: World) -> None:
    cast: Cast = await found(world, members=0)
    listed = await types(world, cast.amira, "manage team list")
    assert listed.response is not None
    assert cast.mo.actor.mention in listed.response.content
    assert world.place(cast.mo, "peerbot-moderators") is not None
    done = await types(world, cast.amira, "manage team remove", person=cast.mo.actor, part="moderator")
    assert done.response is not None
    assert say("staff-team-closed") not in done.response.content
    assert world.place(cast.mo, "peerbot-moderators") is None
    await presses(world, cast.amira, say("staff-undo"))
    assert world.place(cast.mo, "peerbot-moderators") is not None
