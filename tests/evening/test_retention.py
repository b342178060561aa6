"""What was kept about people goes by itself, and all that was kept of a person can be shown to them."""

from datetime import timedelta

from peerbot.demo.acts import closes, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.texts import say
from tests.privacy.traces import rows_about

STAYS = {"facilitator", "sight", "team", "series", "peer_group", "server", "note"}
"""Tables that still speak of people who are here: those who run the groups have not left."""


async def live_an_evening(world: World) -> Cast:
    """Two members come, one asks for somebody, the team closes it, and both leave the group afterwards."""
    cast = await found(world, members=2)
    ana, ben = cast.members[:2]
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(world.now.replace(hour=19, minute=31))
    await presses(world, ben, say("reminder-here"), world.rooms(ben)[0])
    await types(world, ana, "help-now")
    await presses(world, ana, say("ask-now"))
    for person in (cast.mo, cast.dana):
        await types(world, person, "escalation show", number=1)
        await closes(world, person)
    await ana.actor.send_dm("hello?")
    await world.tick()
    await world.pass_time(timedelta(days=2))
    for person in (ana, ben):
        await types(world, person, "group mine")
        await presses(world, person, say("group-leave"))
    return cast


async def test_a_concern_forgets_its_raiser_and_their_words_when_the_last_news_has_arrived(world: World) -> None:
    cast = await live_an_evening(world)
    concern = await world.app.desk.reads.one("SELECT raiser_id, note, token, subject_id, state FROM concern")
    assert concern is not None
    assert dict(concern) == {
        "raiser_id": None,
        "note": None,
        "token": None,
        "subject_id": None,
        "state": "closed",
    }
    assert "concern" not in await rows_about(world, cast.members[0])


async def test_after_thirteen_months_nothing_speaks_of_somebody_who_left(world: World) -> None:
    cast = await live_an_evening(world)
    assert await rows_about(world, cast.members[1])
    await world.env.advance_time(timedelta(days=400).total_seconds())
    await world.tick()
    await world.app.privacy.housekeeping()
    assert await rows_about(world, cast.members[0]) == {}
    assert await rows_about(world, cast.members[1]) == {}
    assert set(await rows_about(world, cast.fay)) <= STAYS
    # Whether a teammate sees the team's channel is looked at again and again, while they are one.
    assert set(await rows_about(world, cast.mo)) <= STAYS | {"sight", "intent"}


async def test_everybody_is_shown_what_is_kept_about_them_and_until_when(world: World) -> None:
    cast = await live_an_evening(world)
    for person in (cast.members[0], cast.fay, cast.mo, cast.olu):
        shown = await types(world, person, "my-data show")
        assert shown.response is not None
        kept = await rows_about(world, person)
        nothing = say("my-data-nothing") in shown.response.content
        assert nothing is not bool(kept), (person.key, kept)
