"""The team practises how it is reached: real pages, a press on each, and a report of what was answered."""

from datetime import timedelta
from typing import Final

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast
from peerbot.demo.promises import Reads, ReadsNowhere
from peerbot.demo.tour import Tour
from peerbot.engine.texts import say

_MODERATORS_ROOM: Final = "peerbot-moderators"


async def drill(tour: Tour, cast: Cast) -> None:
    """Tell it from the question to the report."""
    world, dana, mo = tour.world, cast.dana, cast.mo
    everybody_else = (*cast.members, *cast.outside)
    tour.scene("tour-scene-drill")
    await types(world, dana, "drill start")
    await tour.step("tour-drill-asks", Reads(dana, "drill-ask"), ReadsNowhere((mo, *everybody_else), "drill-page"))
    await presses(world, dana, say("drill-start"))
    await tour.step(
        "tour-drill-pages",
        Reads(mo, "drill-page", _MODERATORS_ROOM, times=1),
        Reads(mo, "drill-page", "dm", times=1, shown=False),
        ReadsNowhere(everybody_else, "drill-page"),
    )
    await world.pass_time(timedelta(minutes=1))
    await presses(world, mo, say("drill-arrived"), world.places(mo)[-1])
    await tour.step("tour-drill-arrived", Reads(mo, "drill-thanks", "dm"))
    await world.pass_time(timedelta(minutes=6))
    await tour.step("tour-drill-goes-on", Reads(cast.ed, "drill-page", "dm", times=1, shown=False))
    await presses(world, cast.ed, say("drill-arrived"), world.place(cast.ed, _MODERATORS_ROOM))
    await world.pass_time(timedelta(minutes=24))
    await tour.step(
        "tour-drill-report",
        Reads(dana, "drill-report-through", _MODERATORS_ROOM),
        Reads(dana, "drill-step-reached", _MODERATORS_ROOM, shown=False),
        Reads(dana, "drill-step-not-reached", _MODERATORS_ROOM, shown=False),
        ReadsNowhere(everybody_else, "drill-report-through"),
    )
