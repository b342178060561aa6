"""What is seldom and must be right: reading a meeting's room, a note the next day, silence after a death."""

from datetime import UTC, datetime, timedelta
from typing import Final

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast
from peerbot.demo.promises import Holds, MayWrite, Reads, ReadsNowhere, Sees
from peerbot.demo.tour import Tour
from peerbot.engine.texts import say

_MODERATORS_ROOM: Final = "peerbot-moderators"


async def look_in(tour: Tour, cast: Cast, room: str) -> None:
    """Dana, who has Ana's concern, reads the room for a while. It takes two, and the room is told."""
    world, dana, mo = tour.world, cast.dana, cast.mo
    members = cast.members
    tour.scene("tour-scene-look-in")
    await types(world, dana, "escalation look-in", number=1, minutes=15)
    await tour.step(
        "tour-look-asked",
        Reads(dana, "staff-asked"),
        Reads(mo, "staff-look-in-asked", _MODERATORS_ROOM),
        Sees((dana, mo), room, hidden=True),
        ReadsNowhere(members, "room-looked-in"),
    )
    await presses(world, mo, say("staff-agree"), world.place(mo, _MODERATORS_ROOM))
    await tour.step(
        "tour-look-told",
        Reads(members[1], "room-looked-in", room, times=1),
        Sees((dana,), room),
        MayWrite((dana,), room, denied=True),
        Sees((mo, cast.ed, *cast.outside), room, hidden=True),
    )
    await world.pass_time(timedelta(minutes=15))
    await tour.step(
        "tour-look-over", Reads(members[1], "room-look-over", room, times=1), Sees((dana,), room, hidden=True)
    )


async def wants_note(tour: Tour, cast: Cast) -> None:
    """Ana agrees that somebody writes to her tomorrow."""
    world, ana = tour.world, cast.members[0]
    await presses(world, ana, say("next-day-yes"), world.places(ana)[-1])
    others = tuple(person for person in world.people if person is not ana)
    await tour.step("tour-note-wanted", Reads(ana, "next-day-wanted", "dm"), ReadsNowhere(others, "next-day-wanted"))


async def next_day(tour: Tour, cast: Cast) -> None:
    """In the morning Dana is reminded, and writes herself."""
    world, dana = tour.world, cast.dana
    others = tuple(person for person in world.people if person is not dana)
    await world.until(datetime(2026, 12, 2, 10, 1, tzinfo=UTC))
    tour.scene("tour-scene-next-day")
    await tour.step(
        "tour-note-due", Reads(dana, "staff-next-day", "dm", times=1), ReadsNowhere(others, "staff-next-day")
    )
    dm = world.places(dana)[-1]
    await presses(world, dana, say("staff-next-day-who"), dm)
    await tour.step("tour-note-who", Reads(dana, "staff-next-day-to", "dm"), ReadsNowhere(others, "staff-next-day-to"))
    await presses(world, dana, say("staff-next-day-done"), dm)
    await tour.step("tour-note-written", Reads(dana, "staff-next-day-written", "dm"))


async def silenced(tour: Tour, cast: Cast) -> None:
    """After a death nothing automatic goes to an account. Here it was not so, and a lead takes it back."""
    world, dana, dev, cho = tour.world, cast.dana, cast.members[3], cast.members[2]
    others = tuple(person for person in world.people if person is not dana)
    tour.scene("tour-scene-postvention")
    await types(world, dana, "postvention", person=dev.actor)
    await tour.step("tour-silence-asks", Reads(dana, "postvention-ask"), ReadsNowhere(others, "postvention-ask"))
    await presses(world, dana, say("postvention-begin"))
    await tour.step(
        "tour-silence-begins", Reads(dana, "postvention-silent"), ReadsNowhere(others, "postvention-silent")
    )
    reminders = [Reads(person, "meeting-remind", "dm") for person in (cho, dev)]
    before = [len(reads.messages(world)) for reads in reminders]
    await world.until(datetime(2026, 12, 15, 19, 2, tzinfo=UTC))
    await tour.step(
        "tour-silence-holds",
        Holds(lambda w: len(reminders[0].messages(w)) > before[0], say("tour-promise-reminded")),
        Holds(lambda w: len(reminders[1].messages(w)) == before[1], say("tour-promise-not-reminded")),
    )
    await types(world, dev, "help-now")
    await tour.step("tour-silence-helps", Reads(dev, "crisis-card-danger", shown=False))
    await presses(world, dana, say("postvention-end"))
    await tour.step("tour-silence-ends", Reads(dana, "postvention-ended"), ReadsNowhere(others, "postvention-ended"))
