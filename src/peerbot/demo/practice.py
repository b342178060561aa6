"""The practice world as one finds it on the page: a group about to meet, a team on duty, and answer times cut short."""

from typing import Final

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import Cast, found, soon
from peerbot.demo.neighbours import add_neighbours
from peerbot.demo.world import World
from peerbot.engine.texts import say
from peerbot.escalation.answer_times import in_units, names_of
from peerbot.escalation.policy import BOUNDS

PEOPLE_AT_FIRST: Final = 4
"""Members who are in already, so that there is one seat left to take."""
_CUT_SHORT: Final = "urgent"


async def only_people(world: World) -> Cast:
    """Bring everybody, and nothing else: a server that nobody has set up yet."""
    cast = Cast(world)
    await look_around(world)
    return cast


async def furnish(world: World) -> Cast:
    """Bring everybody, and let the group meet within the hour."""
    cast = await found(world, PEOPLE_AT_FIRST, soon(world))
    await add_neighbours(world, cast)
    await cut_answer_times(world, cast)
    await keep_on_duty(world, cast)
    await look_around(world)
    return cast


async def look_around(world: World) -> None:
    """Let the bot ask what it asks each hour: how many people have which role."""
    await world.env.settle()
    await world.app.reader_watch.look_everywhere()
    await world.app.seeing.sighting.ask(world.guild.id)
    await world.tick()


async def cut_answer_times(world: World, cast: Cast) -> None:
    """Amira cuts the urgent answer times as short as may be: whoever waits on the page waits for minutes."""
    await types(world, cast.amira, "manage answer-times")
    form = await presses(world, cast.amira, say(f"staff-answers-change-{_CUT_SHORT}"))
    shortest = {name: str(in_units(name, BOUNDS[name].least)) for name in names_of(_CUT_SHORT)}
    await fills(world, cast.amira, form, shortest)
    await presses(world, cast.amira, say("staff-answers-confirm"))


async def keep_on_duty(world: World, cast: Cast) -> None:
    """Dana gives Mo every hour of the week, so that he is on duty however far time is moved on."""
    await types(world, cast.dana, "oncall rota")
    await presses(world, cast.dana, say("staff-rota-weekly"))
    form = await presses(world, cast.dana, say("staff-rota-add"))
    await fills(world, cast.dana, form, {"days": "every day", "hours": "0:00-0:00", "people": [cast.mo.actor]})
