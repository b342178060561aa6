"""The practice world that the page shows."""

from datetime import timedelta
from pathlib import Path

from peerbot.demo.acts import presses, types
from peerbot.demo.practice import furnish
from peerbot.demo.promises import Reads
from peerbot.demo.world import open_world
from peerbot.engine.texts import say


async def test_whoever_waits_for_the_team_is_told_within_ten_minutes_that_nobody_has_answered(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        cast = await furnish(world)
        ana = cast.members[0]
        await types(world, ana, "help-now")
        await presses(world, ana, say("ask-now"))
        assert Reads(ana, "receipt-title").kept(world)
        await world.pass_time(timedelta(minutes=2, seconds=5))
        assert Reads(cast.dana, "staff-page", "dm").kept(world)
        assert not Reads(ana, "state-nobody", "dm").kept(world)
        await world.pass_time(timedelta(minutes=8))
        assert Reads(ana, "state-nobody", "dm").kept(world)
        assert not world.env.errors
