"""What the team does once somebody has answered: written down, handed over, closed by two; concerns about others."""

import re
from datetime import timedelta
from typing import Any, Final

from peerbot.demo.acts import chooses, fills, presses, types
from peerbot.demo.cast import Cast
from peerbot.demo.driver import Person
from peerbot.demo.promises import MayWrite, Reads, ReadsNowhere, Sees, Words
from peerbot.demo.tour import Tour
from peerbot.demo.world import World
from peerbot.engine.texts import say

_MODERATORS_ROOM: Final = "peerbot-moderators"
_NOTE: Final = "Sounded lost when we last spoke"
_SPOKE: Final = "spoke_with"


async def team(tour: Tour, cast: Cast) -> None:
    """Tell it from beginning to end. Ana's concern is the first, with Dana; Ben's is the second, with Mo."""
    await _closed_by_two(tour, cast)
    await _handed_over(tour, cast)
    await types(tour.world, cast.dana, "oncall cover", person=cast.mo.actor, hours=24)
    await _about_somebody(tour, cast)
    await _fourth_in_a_day(tour, cast)


async def _closed_by_two(tour: Tour, cast: Cast) -> None:
    world, ana, dana = tour.world, cast.members[0], cast.dana
    others = (*cast.members[1:], *cast.outside, *cast.facilitators)
    tour.scene("tour-scene-closing")
    await types(world, dana, "escalation show", number=1)
    await chooses(world, dana, world.reads(dana, world.lounge)[-1], _SPOKE)
    await tour.step("tour-written-down", Reads(dana, "staff-done"), ReadsNowhere((ana, *others), "staff-done"))
    await types(world, dana, "escalation close", number=1)
    await tour.step(
        "tour-close-asked",
        Reads(dana, "staff-needs-second"),
        Reads(cast.mo, "staff-close-asked", _MODERATORS_ROOM),
        ReadsNowhere((ana,), "state-closed"),
    )
    await presses(world, cast.mo, say("staff-agree"), world.place(cast.mo, _MODERATORS_ROOM))
    await tour.step("tour-closed-by-two", Reads(ana, "state-closed", "dm"), ReadsNowhere(others, "state-closed"))
    await tour.step(
        "tour-debrief",
        Reads(dana, "staff-debrief", "dm"),
        Reads(cast.mo, "staff-debrief", _MODERATORS_ROOM, shown=False),
        ReadsNowhere((ana, *others), "staff-debrief"),
    )
    await presses(world, cast.mo, say("staff-aftercare"), world.place(cast.mo, _MODERATORS_ROOM))
    await tour.step(
        "tour-words",
        Reads(cast.mo, "staff-words", _MODERATORS_ROOM),
        ReadsNowhere((ana, *others), "group-aftercare"),
    )
    await types(world, dana, "escalation show", number=1)
    await tour.step("tour-forgotten", Reads(dana, "staff-raiser-forgotten"))


async def _handed_over(tour: Tour, cast: Cast) -> None:
    world, ben, mo, ed = tour.world, cast.members[1], cast.mo, cast.ed
    others = (*cast.members[2:], *cast.outside, *cast.facilitators)
    rooms = world.rooms(ben)
    side = rooms[0].label if rooms else "side room"
    await types(world, mo, "escalation hand-over", number=2, person=ed.actor)
    await tour.step(
        "tour-hands-over", Reads(mo, "staff-handing"), Reads(ed, "staff-page-handed", "dm"), Sees((ed,), side)
    )
    await presses(world, ed, say("staff-take"), world.places(ed)[-1])
    await tour.step(
        "tour-handed-over",
        Reads(mo, "staff-hand-passed", "dm"),
        Reads(ben, "state-taken", side, times=2),
        ReadsNowhere(others, "state-taken"),
    )
    await _closes(world, ed, 2)
    await presses(world, cast.dana, say("staff-agree"), world.place(cast.dana, _MODERATORS_ROOM))
    await tour.step(
        "tour-side-closed", Reads(ben, "state-closed", side), MayWrite((ben, ed, cast.dana), side, denied=True)
    )
    await world.pass_time(timedelta(hours=24, minutes=2))
    await tour.step("tour-side-gone", Sees(tuple(world.people), side, hidden=True))


async def _closes(world: World, person: Person, number: int) -> None:
    """Close a concern for which nothing was written down yet: what came of it is asked for."""
    await types(world, person, "escalation close", number=number)
    await chooses(world, person, world.reads(person, world.lounge)[-1], _SPOKE)


def _paged_last(world: World, cast: Cast) -> int:
    """Return the number of the concern that Mo was paged for last. One about somebody else has one out of order."""
    page = Reads(cast.mo, "staff-page", _MODERATORS_ROOM).messages(world)[-1]
    return int(re.findall(r"\d+", page.content.splitlines()[1])[-1])


async def _raises(world: World, person: Person, about: Person, level: str, **more: Any) -> None:  # noqa: ANN401
    form = await types(world, person, "concern", person=about.actor)
    await fills(world, person, form, {"level": level, "category": ["wellbeing"], **more})


async def _about_somebody(tour: Tour, cast: Cast) -> None:
    world, cho, eve, mo, dana = tour.world, cast.members[2], cast.members[4], cast.mo, cast.dana
    others = tuple(person for person in (*cast.members, *cast.outside, *cast.facilitators) if person is not cho)
    place = world.place(mo, _MODERATORS_ROOM)
    tour.scene("tour-scene-about")
    await _raises(world, cho, eve, "urgent", note=_NOTE, hide=["yes"])
    await tour.step("tour-about-raised", Reads(cho, "receipt-about-other"), ReadsNowhere(others, "receipt-about-other"))
    named = (cho.name, cho.actor.mention, eve.name, eve.actor.mention, _NOTE)
    await tour.step(
        "tour-about-paged",
        Reads(mo, "staff-page", _MODERATORS_ROOM),
        Words((mo, dana, cast.ed), named, say("tour-promise-about-unnamed")),
    )
    await presses(world, mo, say("staff-take"), place)
    await presses(world, mo, say("staff-open"), place)
    await tour.step(
        "tour-about-opened",
        Reads(mo, "staff-raiser-hidden", _MODERATORS_ROOM),
        Reads(mo, "staff-about", _MODERATORS_ROOM, shown=False),
        Words((mo,), (cho.name, cho.actor.mention), say("tour-promise-unnamed", name=cho.name)),
    )
    await tour.step(
        "tour-about-told",
        Reads(cho, "state-taken-other", "dm"),
        Words((eve,), (cho.name, cho.actor.mention, _NOTE), say("tour-promise-unaware")),
    )
    await _closes(world, mo, _paged_last(world, cast))
    await presses(world, dana, say("staff-agree"), world.place(dana, _MODERATORS_ROOM))
    await tour.step(
        "tour-about-closed", Reads(cho, "state-closed-other", "dm"), ReadsNowhere(others, "state-closed-other")
    )


async def _fourth_in_a_day(tour: Tour, cast: Cast) -> None:
    world, olu, mo, dana = tour.world, cast.olu, cast.mo, cast.dana
    for about in cast.members[:3]:
        await _raises(world, olu, about, "check_in")
        number = _paged_last(world, cast)
        await types(world, mo, "escalation take", number=number)
        await _closes(world, mo, number)
    tour.scene("tour-scene-fourth")
    pages = len(Reads(mo, "staff-page", _MODERATORS_ROOM).messages(world))
    await _raises(world, olu, cast.members[3], "check_in")
    await tour.step(
        "tour-fourth",
        Reads(olu, "state-held-often"),
        Reads(dana, "limits-note", "dm"),
        Reads(mo, "staff-page", _MODERATORS_ROOM, times=pages, shown=False),
    )
    await _raises(world, olu, cast.members[3], "emergency")
    await tour.step("tour-fourth-emergency", Reads(mo, "staff-page", _MODERATORS_ROOM, times=pages + 1, shown=False))
    await presses(world, cast.ed, say("staff-take"), world.place(cast.ed, _MODERATORS_ROOM))
    await _closes(world, cast.ed, _paged_last(world, cast))
    await presses(world, dana, say("staff-agree"), world.place(dana, _MODERATORS_ROOM))
    await tour.step("tour-fourth-closed", Reads(olu, "state-closed-other", "dm"))
