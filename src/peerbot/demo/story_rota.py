"""Who is on duty: a weekly shift, somebody who has to be away, and somebody who covers."""

from typing import Final

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import Cast
from peerbot.demo.promises import Reads, ReadsNowhere, Words
from peerbot.demo.tour import Tour
from peerbot.engine.texts import say

_MODERATORS_ROOM: Final = "peerbot-moderators"


async def rota(tour: Tour, cast: Cast) -> None:
    """Tell it from beginning to end, on the Friday after the first meeting."""
    world, dana, mo, ed = tour.world, cast.dana, cast.mo, cast.ed
    everybody_else = (*cast.members, *cast.outside, *cast.facilitators)
    tour.scene("tour-scene-rota")
    await types(world, dana, "oncall rota")
    await tour.step("tour-rota", Reads(dana, "staff-rota-title"), ReadsNowhere(everybody_else, "staff-rota-title"))
    await presses(world, dana, say("staff-rota-weekly"))
    form = await presses(world, dana, say("staff-rota-add"))
    await fills(world, dana, form, {"days": "Saturday", "hours": "10am to 6pm", "people": [mo.actor]})
    await tour.step("tour-rota-weekly", Reads(dana, "staff-rota-added"))
    await types(world, mo, "oncall off", until="Monday")
    await tour.step(
        "tour-rota-off",
        Reads(mo, "staff-rota-off-until"),
        Reads(ed, "staff-rota-wanted", _MODERATORS_ROOM),
        ReadsNowhere(everybody_else, "staff-rota-wanted"),
    )
    await types(world, cast.finn, "oncall now")
    await tour.step(
        "tour-rota-now",
        Reads(cast.finn, "oncall-later"),
        Words((cast.finn,), (mo.name, mo.actor.mention, ed.name, ed.actor.mention), say("tour-promise-who-is-on-duty")),
    )
    await presses(world, ed, say("staff-rota-can-cover"), world.place(ed, _MODERATORS_ROOM))
    await tour.step("tour-rota-covered", Reads(ed, "staff-rota-put", _MODERATORS_ROOM))
    await types(world, cast.finn, "oncall now")
    await tour.step("tour-rota-now-later", Reads(cast.finn, "team-line-covered"))
