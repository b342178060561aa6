"""Somebody comes to try one meeting: their facilitators hear a number, and they are asked when it is over."""

from datetime import timedelta

from peerbot.engine.actor import Actor
from peerbot.signup.rules import View
from tests.meetings.scene import BEN, CLEO, COORDINATOR, ENDS, FAY, MINUTE, SERVER, STAFF, STARTS, Scene

DEV = 900_104


async def taste(scene: Scene, user: int) -> None:
    await scene.signup.tasting.taste(Actor(user, SERVER), scene.group.id, agreed=True, may_remind=True)


async def view(scene: Scene, user: int) -> View:
    return await scene.signup.show(Actor(user, SERVER), scene.group.id)


async def test_facilitators_hear_how_many_are_new_and_never_who_or_which_group(scene: Scene) -> None:
    await scene.weekly()
    await taste(scene, CLEO)
    await taste(scene, DEV)
    await scene.until(STARTS - 14 * MINUTE)
    (told,) = scene.told("meetings.newcomers")
    room = next(name for name in scene.paper.made if name.startswith("room-"))
    assert told.text.startswith(f"2 new people come to **{room}** at ")
    assert (told.data["channel"], told.pings) == (STAFF, (FAY,))
    # The room's name is drawn at random, so it may hold anybody's digits.
    assert not [word for word in (scene.group.name, str(CLEO), str(DEV)) if word in told.text.replace(room, "")]
    assert await scene.meetings.how_many_new(await scene.meeting()) == 2


async def test_without_anybody_new_nothing_is_said(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS)
    assert not scene.told("meetings.newcomers")


async def test_a_taster_comes_into_the_room_and_is_asked_when_the_meeting_is_over(scene: Scene) -> None:
    await scene.weekly()
    await taste(scene, CLEO)
    await scene.until(STARTS - 14 * MINUTE)
    (made,) = [sent for sent in scene.paper.sent if sent.what == "meetings.room"]
    assert made.place is not None
    assert made.place.people[CLEO] == made.place.people[BEN]
    await scene.facilitator_here()
    await scene.until(ENDS)
    assert (await view(scene, CLEO)).mine.asked is False
    await scene.until(ENDS + 11 * MINUTE)
    mine = (await view(scene, CLEO)).mine
    assert mine.ends_at == ENDS + 10 * MINUTE + timedelta(hours=48)
    assert (await view(scene, BEN)).mine.where == "seated"


async def test_a_meeting_that_was_called_off_is_not_the_one_and_the_next_is(scene: Scene) -> None:
    await scene.weekly()
    await taste(scene, CLEO)
    await scene.until(STARTS + timedelta(days=1))  # Nobody came to hold it.
    assert (await view(scene, CLEO)).mine.asked is False
    (seat,) = await scene.desk.reads.all("SELECT tastes_until FROM seat WHERE user_id = :id", id=CLEO)
    assert seat["tastes_until"] == int((ENDS + timedelta(days=7)).timestamp())
    (series,) = await scene.desk.reads.all("SELECT id FROM series")
    on = (STARTS + timedelta(days=7)).date()
    moved = STARTS + timedelta(days=9)
    await scene.meetings.timetable.move(Actor(COORDINATOR, SERVER), series["id"], on, moved)
    (seat,) = await scene.desk.reads.all("SELECT tastes_until FROM seat WHERE user_id = :id", id=CLEO)
    assert seat["tastes_until"] == int((moved + 90 * MINUTE).timestamp())
