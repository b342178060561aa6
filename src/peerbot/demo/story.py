"""One evening at Harbour Street: the story the tour tells, and the practice world's people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import ABOUT, GROUP, Cast, in_the_story, join, make_group, prove, set_up
from peerbot.demo.driver import Person
from peerbot.demo.promises import Holds, MayWrite, Reads, ReadsNowhere, Sees, Words
from peerbot.demo.story_afterwards import look_in, next_day, silenced, wants_note
from peerbot.demo.story_drill import drill
from peerbot.demo.story_groups import week
from peerbot.demo.story_meeting import next_meeting
from peerbot.demo.story_rota import rota
from peerbot.demo.story_team import team
from peerbot.demo.tour import Tour
from peerbot.demo.world import World
from peerbot.engine.texts import say

_FACILITATORS_ROOM: Final = "peerbot-facilitators"
_MODERATORS_ROOM: Final = "peerbot-moderators"


async def evening(tour: Tour) -> None:
    """Tell it from beginning to end."""
    cast = Cast(tour.world)
    group_id = await _before(tour, cast)
    room = await _opening(tour, cast)
    await _trouble(tour, cast, room)
    await look_in(tour, cast, room)
    await _closed_dms(tour, cast, room)
    await _ending(tour, cast, room)
    await team(tour, cast)
    await drill(tour, cast)
    await rota(tour, cast)
    await week(tour, cast, group_id)
    await next_meeting(tour, cast)
    await silenced(tour, cast)


async def _before(tour: Tour, cast: Cast) -> str:
    world = tour.world
    everybody = tuple(world.people)
    tour.scene("tour-scene-setup")
    await types(world, cast.amira, "setup")
    await tour.step("tour-setup-begins", Reads(cast.amira, "setup-begin"), ReadsNowhere((cast.olu,), "setup-begin"))
    await set_up(world, cast)
    await tour.step("tour-setup-done", Reads(cast.amira, "setup-saved-makes"))
    staff = (_MODERATORS_ROOM, _FACILITATORS_ROOM)
    await tour.step(
        "tour-staff-rooms",
        *(Sees((cast.dana, cast.ed), name) for name in staff),
        *(Sees((cast.olu, *cast.members), name, hidden=True) for name in staff),
    )
    for person, part in ((cast.mo, "moderator"), (cast.colin, "coordinator")):
        await types(world, cast.amira, "manage team add", person=person.actor, part=part)
    await tour.step(
        "tour-team",
        Reads(cast.amira, "team-added"),
        Sees((cast.mo,), _MODERATORS_ROOM),
        Sees((cast.colin,), _MODERATORS_ROOM, hidden=True),
    )
    await types(world, cast.olu, "group find")
    await tour.step("tour-no-groups-yet", Reads(cast.olu, "error-not-set-up"))

    tour.scene("tour-scene-group")
    group_id = await make_group(world, cast)
    await tour.step(
        "tour-group-made", Reads(cast.colin, "staff-group-made"), ReadsNowhere(everybody[2:], "staff-group-made")
    )
    await tour.step(
        "tour-facilitators", Reads(cast.colin, "staff-facilitator-added"), Sees(cast.facilitators, _FACILITATORS_ROOM)
    )
    await types(world, cast.colin, "manage series add", group=group_id, **in_the_story())
    await tour.step("tour-series-checked", Reads(cast.colin, "staff-series-check"))
    await presses(world, cast.colin, say("staff-series-confirm"))
    await tour.step("tour-series-kept", Reads(cast.colin, "staff-series-added"))
    await types(world, cast.dana, "oncall cover", person=cast.mo.actor, hours=12)
    await tour.step(
        "tour-on-duty", Reads(cast.dana, "staff-rota-put"), ReadsNowhere((cast.olu, *cast.members), "staff-rota-put")
    )
    await prove(world, cast)
    await tour.step(
        "tour-tested", Reads(cast.mo, "test-page", "dm"), ReadsNowhere((cast.olu, *cast.members), "test-page")
    )

    tour.scene("tour-scene-joining")
    await types(world, cast.members[0], "group find")
    await tour.step(
        "tour-finds", Reads(cast.members[0], "find-title"), ReadsNowhere((cast.olu, *cast.members[1:]), "find-title")
    )
    for member in cast.members:
        await join(world, member)
        others = tuple(person for person in everybody if person is not member)
        told = "tour-joins-first" if member is cast.members[0] else "tour-joins"
        await tour.step(
            told,
            Reads(member, "joined-seat", shown=member is cast.members[0]),
            Holds(lambda w, m=member, o=others: not _named(w, m, o), say("tour-promise-unnamed", name=member.name)),
            name=member.name,
        )
    await join(world, cast.finn)
    await tour.step("tour-waits", Reads(cast.finn, "joined-list"), ReadsNowhere((cast.olu,), "joined-list"))
    await types(world, cast.members[0], "group mine")
    await tour.step("tour-mine", Reads(cast.members[0], "mine-title"))
    await types(world, cast.members[1], "meeting next")
    await tour.step("tour-next", Reads(cast.members[1], "meeting-list"))
    await types(world, cast.olu, "meeting next")
    await tour.step(
        "tour-next-outsider", Reads(cast.olu, "meeting-none"), Words((cast.olu,), (), say("tour-promise-nothing"))
    )
    await types(world, cast.members[2], "agreement read")
    await tour.step(
        "tour-agreement", Reads(cast.members[2], "agreement-text"), Reads(cast.members[2], "limits-text", shown=False)
    )
    await types(world, cast.members[2], "my-data show")
    await tour.step("tour-my-data", Reads(cast.members[2], "my-data-title"))
    return group_id


def _named(world: World, person: Person, others: Sequence[Person]) -> bool:
    """Return whether anybody else can read this person's name or mention."""
    marks = (person.actor.mention, person.name)
    return any(
        mark in message.content
        for other in others
        for place in world.places(other)
        for message in world.reads(other, place)
        if message.author.bot
        for mark in marks
    )


async def _opening(tour: Tour, cast: Cast) -> str:
    world = tour.world
    start = datetime(2026, 12, 1, 19, 30, tzinfo=world.now.tzinfo)
    tour.scene("tour-scene-evening")
    await world.until(start - timedelta(minutes=29))
    await tour.step(
        "tour-reminded",
        Reads(cast.members[0], "meeting-remind", "dm"),
        Words((cast.members[0],), (ABOUT, GROUP), say("tour-promise-neutral"), dms_only=True),
    )
    await world.until(start - timedelta(minutes=14))
    rooms = world.rooms(cast.members[0])
    room = rooms[0].label if rooms else "room"
    await tour.step(
        "tour-room", Sees((*cast.members, *cast.facilitators), room), Sees(cast.outside, room, hidden=True), room=room
    )
    await tour.step(
        "tour-lobby",
        Reads(cast.members[1], "room-lobby", room),
        MayWrite(cast.members, room, denied=True),
        MayWrite(cast.facilitators, room),
    )
    await tour.step(
        "tour-room-neutral",
        Holds(
            lambda w: all(GROUP not in (c.name or "") + (c.topic or "") for c in w.env.backend.channels.values()),
            say("tour-promise-neutral-names"),
        ),
    )
    await types(world, cast.olu, "group leave", group="0badc0de")
    await tour.step("tour-outsider-asks", Reads(cast.olu, "error-not-found"))
    place = world.place(cast.fay, room)
    await presses(world, cast.fay, say("room-facilitator-here"), place)
    await tour.step(
        "tour-facilitator-early",
        Reads(cast.fay, "meeting-facilitator-waits", room),
        MayWrite(cast.members, room, denied=True),
    )

    # The lights go out while the room opens: the call has reached Discord, the bot does not know it.
    world.guillotine.arm(1, "after", "POST /channels/…/messages")
    await _with_a_crash(world, start + timedelta(seconds=30))
    await tour.step("tour-killed", Holds(lambda w: w.crashes == 1, say("tour-promise-risen")))
    await tour.step(
        "tour-open",
        Reads(cast.members[2], "reminder-opening", room, times=1),
        MayWrite((*cast.members, *cast.facilitators), room),
    )
    await tour.step(
        "tour-open-outside", Sees(cast.outside, room, hidden=True), ReadsNowhere(cast.outside, "reminder-opening")
    )
    await presses(world, cast.members[3], say("reminder-here"), world.place(cast.members[3], room))
    await tour.step(
        "tour-here", Reads(cast.members[3], "meeting-here", room), ReadsNowhere((cast.members[4],), "meeting-here")
    )
    return room


async def _with_a_crash(world: World, at: datetime) -> None:
    """Let time pass until `at`; if the machine dies on the way, start a new process and go on."""
    try:
        await world.until(at)
    except BaseException as error:
        if not world.guillotine.dead:
            raise
        _ = error
    if world.guillotine.dead:
        await world.rise()
        await world.until(at)


async def _trouble(tour: Tour, cast: Cast, room: str) -> None:
    world = tour.world
    ana, place = cast.members[0], world.place(cast.members[0], room)
    others = (*cast.members[1:], *cast.facilitators, *cast.outside)
    tour.scene("tour-scene-trouble")
    await presses(world, ana, say("help-now"), place)
    await tour.step("tour-card", Reads(ana, "crisis-card-danger", room), ReadsNowhere(others, "crisis-card-danger"))
    await presses(world, ana, say("ask-now"), place)
    await tour.step(
        "tour-receipt",
        Reads(ana, "receipt-title", room),
        Reads(ana, "state-waiting", room, shown=False),
        ReadsNowhere(others, "receipt-title"),
    )
    await tour.step(
        "tour-paged",
        Reads(cast.mo, "staff-page", _MODERATORS_ROOM),
        Reads(cast.mo, "staff-page", "dm", shown=False),
        ReadsNowhere((*cast.members, *cast.outside), "staff-page"),
    )
    await tour.step(
        "tour-page-says-nothing",
        Words((cast.mo, cast.dana, cast.ed), (ana.name, ana.actor.mention, GROUP), say("tour-promise-page-unnamed")),
    )
    await world.pass_time(timedelta(seconds=5))
    await tour.step("tour-way", Reads(ana, "receipt-way-dm", room, shown=False), Reads(ana, "receipt-title", "dm"))
    await presses(world, ana, say("ask-now"), place)
    await tour.step("tour-again", Reads(cast.mo, "staff-page", _MODERATORS_ROOM, times=1, shown=False))
    await world.pass_time(timedelta(minutes=5))
    await tour.step(
        "tour-next-line",
        Reads(cast.dana, "staff-page", "dm", shown=False),
        Reads(cast.ed, "staff-page", "dm", shown=False),
        Reads(cast.dana, "staff-page", _MODERATORS_ROOM, times=2, shown=False),
    )
    dm = world.places(cast.dana)[-1]
    await presses(world, cast.dana, say("staff-take"), dm)
    await tour.step(
        "tour-taken", Reads(cast.dana, "staff-you-have-it", "dm"), Reads(cast.mo, "staff-taken", _MODERATORS_ROOM)
    )
    await tour.step("tour-told", Reads(ana, "state-taken", "dm"), ReadsNowhere(others, "state-taken"))
    await presses(world, cast.mo, say("staff-take"), world.place(cast.mo, _MODERATORS_ROOM))
    await tour.step("tour-second-press", Reads(cast.mo, "staff-other-has-it", _MODERATORS_ROOM))
    await world.pass_time(timedelta(minutes=12))
    await tour.step("tour-pages-stop", Reads(cast.dana, "staff-page", _MODERATORS_ROOM, times=2, shown=False))
    await presses(world, cast.dana, say("staff-open"), dm)
    await tour.step(
        "tour-opened", Reads(cast.dana, "staff-raiser", "dm"), ReadsNowhere((cast.mo, cast.ed, *others), "staff-raiser")
    )
    await presses(world, cast.dana, say("staff-with"), dm)
    await tour.step("tour-looked-after", Reads(ana, "state-in-hand", "dm"))
    await wants_note(tour, cast)


async def _closed_dms(tour: Tour, cast: Cast, room: str) -> None:
    world = tour.world
    ben = cast.members[1]
    others = (cast.members[0], *cast.members[2:], *cast.outside)
    tour.scene("tour-scene-closed-dms")
    await world.until(datetime(2026, 12, 1, 20, 16, tzinfo=world.now.tzinfo))
    await tour.step("tour-mid", Reads(cast.members[4], "reminder-mid", room, times=1))
    world.close_dms(ben)
    await presses(world, ben, say("help-now"), world.place(ben, room))
    await presses(world, ben, say("ask-now"), world.place(ben, room))
    sides = [place.label for place in world.rooms(ben) if place.label != room]
    side = sides[0] if sides else "side room"
    await tour.step("tour-side-room", Sees((ben, cast.dana), side), Sees(others, side, hidden=True), room=side)
    await tour.step("tour-side-first", Reads(ben, "side-room-first", side))
    await tour.step("tour-side-news", Reads(ben, "state-waiting", side))
    await world.pass_time(timedelta(seconds=5))
    await tour.step("tour-side-way", Reads(ben, "receipt-way-room", room))
    await world.until(datetime(2026, 12, 1, 20, 47, tzinfo=world.now.tzinfo))
    await tour.step("tour-nobody", Reads(ben, "state-nobody", side), ReadsNowhere(others, "state-nobody"))
    await world.pass_time(timedelta(minutes=8))
    await tour.step("tour-goes-on", Reads(cast.mo, "staff-page-nobody", _MODERATORS_ROOM))
    await presses(world, cast.mo, say("staff-take"), world.place(cast.mo, _MODERATORS_ROOM))
    await tour.step(
        "tour-side-told",
        Reads(ben, "state-taken", side),
        Sees((cast.mo,), side),
        ReadsNowhere(others, "side-room-first"),
    )
    await presses(world, cast.mo, say("staff-with"), world.place(cast.mo, _MODERATORS_ROOM))
    await tour.step("tour-side-with", Reads(ben, "state-in-hand", side))


async def _ending(tour: Tour, cast: Cast, room: str) -> None:
    world = tour.world
    tour.scene("tour-scene-ending")
    await world.until(datetime(2026, 12, 1, 20, 56, tzinfo=world.now.tzinfo))
    await tour.step(
        "tour-closing", Reads(cast.members[2], "reminder-closing", room, times=1), MayWrite(cast.members, room)
    )
    await world.until(datetime(2026, 12, 1, 21, 11, tzinfo=world.now.tzinfo))
    await tour.step(
        "tour-locked", Reads(cast.members[3], "room-locked", room, times=1), MayWrite(cast.members, room, denied=True)
    )
    await presses(world, cast.members[4], say("group-mine"))
    await types(world, cast.members[4], "group mine")
    await presses(world, cast.members[4], say("group-leave"))
    await tour.step("tour-leaves", Reads(cast.members[4], "left-group"), Sees((cast.members[4],), room, hidden=True))
    await types(world, cast.finn, "group mine")
    await tour.step(
        "tour-offer", Reads(cast.finn, "offer-message", "dm"), Reads(cast.finn, "standing-offered", shown=False)
    )
    await presses(world, cast.finn, say("offer-yes"), world.places(cast.finn)[-1])
    await tour.step("tour-offer-taken", Reads(cast.finn, "joined-seat", "dm"))
    await next_day(tour, cast)
    await world.until(datetime(2026, 12, 2, 21, 2, tzinfo=world.now.tzinfo))
    await tour.step(
        "tour-hold",
        Reads(cast.dana, "staff-hold-ask", _MODERATORS_ROOM, times=1),
        Reads(cast.members[2], "room-hold-asking", room, times=1),
        ReadsNowhere((*cast.members, *cast.outside), "staff-hold-ask"),
    )
    await world.until(datetime(2026, 12, 3, 21, 2, tzinfo=world.now.tzinfo))
    await tour.step(
        "tour-deleted",
        Sees(tuple(world.people), room, hidden=True),
        Holds(lambda w: all(c.name != room for c in w.env.backend.channels.values()), say("tour-promise-gone")),
    )
    await types(world, cast.members[0], "meeting next")
    await tour.step("tour-next-week", Reads(cast.members[0], "meeting-list"))
