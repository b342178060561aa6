"""The practice world's people, and what they do to have a group: used by the tour, the demo page and the tests."""

from datetime import timedelta
from typing import Any, Final

import discord
import simcord

from peerbot.demo.acts import fills, labels, presses, types
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say
from peerbot.engine.zones import zone
from peerbot.signup.cards import YES

GROUP: Final = "Tuesday Circle"
ABOUT: Final = "People who look after somebody at home"
PLACES: Final = 5
Rule = dict[str, Any]
AGREED: Final = {"agree": [YES], "reminders": [YES]}


class Cast:
    """The people of the story."""

    def __init__(self, world: World) -> None:
        """Bring them into the server."""

        def person(key: str, name: str, part: str, permissions: discord.Permissions | None = None) -> Person:
            hints = tuple(say(f"hint-{part}").splitlines())
            return world.add(key, name, say(f"part-in-story-{part}"), hints, permissions)

        self.amira = person("amira", "Amira", "administrator", discord.Permissions(administrator=True))
        self.colin = person("colin", "Colin", "coordinator", discord.Permissions(manage_guild=True))
        self.dana = person("dana", "Dana", "lead", discord.Permissions(moderate_members=True))
        self.ed = person("ed", "Ed", "deputy", discord.Permissions(moderate_members=True))
        self.mo = person("mo", "Mo", "moderator", discord.Permissions(moderate_members=True))
        self.fay = person("fay", "Fay", "facilitator")
        self.gus = person("gus", "Gus", "facilitator")
        names = ("Ana", "Ben", "Cho", "Dev", "Eve")
        self.members = tuple(person(name.lower(), name, "member") for name in names)
        self.finn = person("finn", "Finn", "waiting")
        self.olu = person("olu", "Olu", "outsider")

    @property
    def facilitators(self) -> tuple[Person, ...]:
        """Those who hold the group."""
        return (self.fay, self.gus)

    @property
    def outside(self) -> tuple[Person, ...]:
        """Those who must learn nothing of it."""
        return (self.finn, self.olu)


async def set_up(world: World, cast: Cast) -> None:
    """Amira answers the five questions."""
    await types(world, cast.amira, "setup")
    form = await presses(world, cast.amira, say("setup-press-form"))
    answers = {
        "country": ["GB"],
        "lead": [cast.dana.actor],
        "second": [cast.ed.actor],
        "channels": "make",
        "zone": "London",
    }
    await fills(world, cast.amira, form, answers)


async def make_group(world: World, cast: Cast) -> str:
    """Colin makes the group and names its facilitators; return the group's id."""
    form = await types(world, cast.colin, "manage group create")
    values = {"name": GROUP, "about": ABOUT, "medium": "text", "places": [str(PLACES)], "language": "English"}
    await fills(world, cast.colin, form, values)
    choices = await cast.colin.actor.autocomplete(world.lounge, "manage facilitator add", "group", GROUP)
    group_id = str(choices[0]["value"])
    for facilitator in cast.facilitators:
        await types(world, cast.colin, "manage facilitator add", group=group_id, person=facilitator.actor)
    return group_id


def in_the_story() -> Rule:
    """Return when the group meets in the story: Tuesday evenings, from the first of December 2026 on."""
    return {"weekday": "Tuesday", "time": "7.30 pm", "first_date": "1 December 2026"}


def soon(world: World) -> Rule:
    """Return a weekly rule whose first meeting begins in twenty to thirty-five minutes, at a quarter of an hour."""
    here = world.now.astimezone(zone(world.zone)) + timedelta(minutes=20)
    start = here + timedelta(minutes=-here.minute % 15)
    return {"weekday": f"{start:%A}", "time": f"{start:%H:%M}", "first_date": f"{start:%Y-%m-%d}"}


async def add_series(world: World, cast: Cast, group_id: str, rule: Rule) -> None:
    """Let the group meet by this rule."""
    await types(world, cast.colin, "manage series add", group=group_id, **rule)
    await presses(world, cast.colin, say("staff-series-confirm"))


async def join(world: World, person: Person, group: str = GROUP) -> None:
    """Find the group, read the agreement, agree."""
    await choose(world, person, group, await types(world, person, "group find"))
    card = world.reads(person, world.lounge)[-1]
    label = say("group-join") if say("group-join") in labels(card) else say("group-join-list")
    await fills(world, person, await presses(world, person, label), AGREED)


async def choose(world: World, person: Person, group: str, panel: simcord.InteractionResult) -> None:
    """Look at one group of those that the panel shows."""
    if panel.response is not None:
        menu, option = _option(panel.response.components, group)
        await person.actor.select(panel.response, [option], custom_id=menu)
        await world.tick()


def _option(rows: list[dict[str, Any]], label: str) -> tuple[str, str]:
    menus = [item for row in rows for item in row["components"] if "options" in item]
    found = ((menu["custom_id"], one["value"]) for menu in menus for one in menu["options"] if one["label"] == label)
    menu, value = next(found)
    return str(menu), str(value)


async def prove(world: World, cast: Cast) -> None:
    """Dana tests the whole team, and each of them presses on what came: now pages are known to reach them."""
    await types(world, cast.dana, "oncall test", everybody=True)
    for person in (cast.dana, cast.ed, cast.mo, *cast.facilitators):
        place = next(place for place in world.places(person) if place.is_dm)
        await presses(world, person, say("drill-arrived"), place)


async def found(world: World, members: int = PLACES, rule: Rule | None = None) -> Cast:
    """Bring everybody, set the server up, make the group, let `members` people join, and put Mo on duty."""
    cast = Cast(world)
    await set_up(world, cast)
    for person, part in ((cast.mo, "moderator"), (cast.colin, "coordinator")):
        await types(world, cast.amira, "manage team add", person=person.actor, part=part)
    await add_series(world, cast, await make_group(world, cast), rule or in_the_story())
    await types(world, cast.dana, "oncall cover", person=cast.mo.actor, hours=24)
    await prove(world, cast)
    for member in cast.members[:members]:
        await join(world, member)
    return cast
