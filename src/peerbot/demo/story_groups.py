"""The week after that evening: what coordinators do with groups, and who must not learn of it."""

import re
from typing import Final

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import AGREED, GROUP, Cast, choose, join
from peerbot.demo.neighbours import PRIVATE, add_neighbours
from peerbot.demo.promises import Holds, Reads, ReadsNowhere, Words
from peerbot.demo.tour import Tour
from peerbot.engine.texts import say

_FACILITATORS_ROOM: Final = "peerbot-facilitators"
_CODE: Final = re.compile(r"`([\w-]+)`")


async def week(tour: Tour, cast: Cast, group_id: str) -> None:
    """Tell it from beginning to end. `group_id` is the group of the evening."""
    await _kinds(tour, cast)
    await _ways_in(tour, cast)
    await _resting(tour, cast, group_id)
    await _apart(tour, cast)
    await _access(tour, cast, group_id)


async def _kinds(tour: Tour, cast: Cast) -> None:
    world = tour.world
    tour.scene("tour-scene-kinds")
    await add_neighbours(world, cast)
    await types(world, cast.olu, "group find")
    await tour.step(
        "tour-kinds",
        Reads(cast.olu, "find-title"),
        Words((cast.olu, *cast.members), (PRIVATE,), say("tour-promise-private")),
    )


async def _ways_in(tour: Tour, cast: Cast) -> None:
    """A code, a button that stays, and one meeting to try."""
    world, eve, olu = tour.world, cast.members[4], cast.olu
    everybody_else = (*cast.members[:4], *cast.outside, *cast.facilitators)
    await types(world, eve, "group join", code="ABCDEFGH")
    await tour.step("tour-code-wrong", Reads(eve, "join-code-unknown"))
    choices = await cast.colin.actor.autocomplete(world.lounge, "manage group invite", "group", PRIVATE)
    await types(world, cast.colin, "manage group invite", group=str(choices[0]["value"]))
    form = await presses(world, cast.colin, say("staff-invite-new"))
    made = await fills(world, cast.colin, form, {"uses": "1", "days": "14"})
    code = _CODE.search(made.response.content if made.response is not None else "")
    await tour.step(
        "tour-code-made",
        Reads(cast.colin, "staff-invite-fresh", shown=False),
        ReadsNowhere(everybody_else, "staff-invite-fresh"),
    )
    form = await types(world, eve, "group join", code=code[1] if code is not None else "")
    await fills(world, eve, form, AGREED)
    await tour.step(
        "tour-code-right", Reads(eve, "joined-seat"), Words(everybody_else[:6], (PRIVATE,), say("tour-promise-private"))
    )
    await types(world, cast.colin, "manage panel")
    await presses(world, cast.colin, say("staff-panel-yes"))
    await tour.step("tour-panel", Reads(olu, "panel-text"), Reads(cast.members[1], "panel-text", shown=False))
    await choose(world, olu, "Sunday Letters", await presses(world, olu, say("panel-groups")))
    await fills(world, olu, await presses(world, olu, say("group-taste")), AGREED)
    await tour.step("tour-tries", Reads(olu, "taster-seat"), ReadsNowhere(cast.members, "taster-seat"))


async def _resting(tour: Tour, cast: Cast, group_id: str) -> None:
    world, ana = tour.world, cast.members[0]
    others = (*cast.members, *cast.outside)
    await types(world, cast.colin, "manage group pause", group=group_id)
    await tour.step(
        "tour-pause-asks", Reads(cast.colin, "staff-group-pause-check"), ReadsNowhere(others, "staff-group-pause-check")
    )
    await presses(world, cast.colin, say("staff-group-pause-confirm"))
    await types(world, ana, "group mine")
    await tour.step(
        "tour-paused",
        Reads(cast.colin, "staff-group-paused"),
        Reads(ana, "group-paused"),
        ReadsNowhere(cast.outside[1:], "group-paused"),
    )
    await presses(world, cast.colin, say("staff-group-undo"))
    await tour.step("tour-resumed", Reads(cast.colin, "staff-group-resumed"))


async def _apart(tour: Tour, cast: Cast) -> None:
    world, ana, olu = tour.world, cast.members[0], cast.olu
    everybody_else = (*cast.members, *cast.outside, *cast.facilitators)
    tour.scene("tour-scene-apart")
    before = await types(world, olu, "group find")
    await types(world, cast.colin, "manage keep-apart add", one=ana.actor, other=olu.actor)
    await tour.step("tour-apart-asks", Reads(cast.colin, "staff-apart-check"))
    await presses(world, cast.colin, say("staff-apart-add"))
    after = await types(world, olu, "group find")
    same = before.response and after.response and before.response.content == after.response.content
    await tour.step(
        "tour-apart",
        Reads(cast.colin, "staff-apart-added"),
        ReadsNowhere(everybody_else, "staff-apart-added"),
        Holds(lambda _: bool(same), say("tour-promise-same")),
    )
    await join(world, olu, GROUP)
    await tour.step(
        "tour-apart-joins", Reads(olu, "joined-pending"), Words((olu,), (ana.name,), say("tour-promise-silent"))
    )
    await types(world, cast.colin, "manage member confirm")
    await tour.step(
        "tour-apart-seen", Reads(cast.colin, "staff-seats-apart"), ReadsNowhere(everybody_else, "staff-seats-apart")
    )
    await presses(world, cast.colin, say("staff-seats-decline", n=1))
    await presses(world, cast.colin, say("staff-seats-decline-one"))
    await types(world, olu, "group mine")
    await tour.step("tour-apart-declined", Words((olu,), (ana.name,), say("tour-promise-silent")))


async def _access(tour: Tour, cast: Cast, group_id: str) -> None:
    world, dev = tour.world, cast.members[3]
    others = (*cast.members[:3], *cast.outside)
    tour.scene("tour-scene-access")
    await types(world, cast.colin, "manage member pause", group=group_id, person=dev.actor, days=7)
    await tour.step(
        "tour-access-proposed",
        Reads(cast.colin, "staff-member-proposed"),
        Words((cast.mo, cast.fay, cast.gus), (dev.actor.mention,), say("tour-promise-unnamed", name=dev.name)),
    )
    await presses(world, cast.dana, say("staff-member-open"), world.place(cast.dana, _FACILITATORS_ROOM))
    await presses(world, cast.dana, say("staff-member-confirm-pause"), world.place(cast.dana, _FACILITATORS_ROOM))
    await types(world, dev, "group mine")
    await tour.step(
        "tour-access-paused",
        Reads(cast.dana, "staff-member-confirmed", _FACILITATORS_ROOM),
        Reads(dev, "standing-paused"),
        ReadsNowhere(others, "standing-paused"),
    )
    await types(world, cast.colin, "manage member restore", group=group_id, person=dev.actor)
    await presses(world, cast.colin, say("staff-member-restore"))
    await types(world, dev, "group mine")
    await tour.step("tour-access-restored", Reads(cast.colin, "staff-member-restored"), Reads(dev, "standing-seated"))
