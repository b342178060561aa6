"""The next meeting: what those who hold it can do, and what the room hears of it."""

from datetime import datetime, timedelta

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast
from peerbot.demo.promises import MayWrite, Reads, ReadsNowhere, Sees
from peerbot.demo.tour import Tour
from peerbot.engine.texts import say


async def next_meeting(tour: Tour, cast: Cast) -> None:
    """Tell it from the opening to the end."""
    world, cho = tour.world, cast.members[2]
    members = (*cast.members[:4], cast.finn)
    start = datetime(2026, 12, 8, 19, 30, tzinfo=world.now.tzinfo)
    await world.until(start - timedelta(minutes=14))
    tour.scene("tour-scene-next")
    place = world.rooms(cast.fay)[0]
    room = place.label
    await presses(world, cast.fay, say("room-facilitator-here"), place)
    await world.until(start + timedelta(minutes=1))
    await types(world, cast.fay, "facilitate console", place)
    await tour.step(
        "tour-console", Reads(cast.fay, "staff-facilitate-title", room), ReadsNowhere(members, "staff-facilitate-title")
    )
    await types(world, cast.fay, "facilitate pause", place, minutes=3)
    await tour.step("tour-breath", Reads(members[1], "room-paused", room), MayWrite(members, room, denied=True))
    await world.pass_time(timedelta(minutes=3))
    await tour.step("tour-breath-over", Reads(members[1], "room-goes-on", room), MayWrite(members, room))
    await types(world, cast.fay, "facilitate step-out", place, person=cho.actor)
    await tour.step(
        "tour-steps-out",
        Sees((cho,), room, hidden=True),
        Sees(tuple(member for member in members if member is not cho), room),
        Reads(cho, "meeting-limit-out", "dm"),
        ReadsNowhere(tuple(member for member in members if member is not cho), "meeting-limit-out"),
    )
    await types(world, cast.fay, "facilitate quiet", place, person=cast.finn.actor)
    await tour.step("tour-reads-only", MayWrite((cast.finn,), room, denied=True), MayWrite(members[:2], room))
    await types(world, cast.fay, "facilitate extend", place, minutes=10)
    await tour.step("tour-longer", Reads(members[0], "room-longer", room))
    await presses(world, cast.members[0], say("reminder-here"), world.place(cast.members[0], room))
    await world.until(start + timedelta(minutes=101))
    await types(world, cast.fay, "facilitate console", place)
    await presses(world, cast.fay, say("staff-facilitate-list"), place)
    await tour.step(
        "tour-who-was-here",
        Reads(cast.fay, "staff-facilitate-list-title", room),
        ReadsNowhere(members, "staff-facilitate-list-title"),
    )
    await presses(world, cast.fay, say("staff-facilitate-list-confirm"), place)
    await tour.step("tour-list-confirmed", Reads(cast.fay, "staff-facilitate-listed", room))
    await world.until(start + timedelta(minutes=121))
    await tour.step("tour-over", Reads(members[0], "room-locked", room), MayWrite(members, room, denied=True))
