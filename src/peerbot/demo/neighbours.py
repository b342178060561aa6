"""More groups for the practice world's page, one of each kind: something to find and to choose from."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from peerbot.demo.acts import fills, presses, types
from peerbot.demo.cast import Cast
from peerbot.demo.world import World
from peerbot.engine.texts import say
from peerbot.engine.zones import zone

PRIVATE: Final = "Back Room"
"""The one that nobody finds."""
_WEEKS_AHEAD: Final = 3
_CYCLE: Final = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """A group beside the one of the story."""

    name: str
    about: str
    medium: str
    language: str
    kind: str
    places: int
    weekday: str
    time: str
    private: bool = False


_NEIGHBOURS: Final = (
    _Neighbour("Morning Tea", "Anybody who is up early", "voice", "English", "drop_in", 15, "Thursday", "10:00"),
    _Neighbour("Eight Weeks", "People who begin again after a loss", "text", "English", "closed", 8, "Monday", "19:00"),
    _Neighbour("Sunday Letters", "People who would rather write", "text", "Cymraeg", "open", 6, "Sunday", "16:00"),
    _Neighbour(PRIVATE, "People who were asked in", "text", "English", "open", 4, "Friday", "18:00", private=True),
)


async def add_neighbours(world: World, cast: Cast) -> None:
    """Let Colin make them, each with its meetings and one facilitator."""
    for number, each in enumerate(_NEIGHBOURS):
        facilitator = cast.facilitators[number % len(cast.facilitators)]
        await _make(world, cast, each)
        choices = await cast.colin.actor.autocomplete(world.lounge, "manage facilitator add", "group", each.name)
        group_id = str(choices[0]["value"])
        await types(world, cast.colin, "manage facilitator add", group=group_id, person=facilitator.actor)
        days: dict[str, Any] = {"first_date": _first_monday(world)} if each.kind == "closed" else {}
        when: dict[str, Any] = {"weekday": each.weekday, "time": each.time, **days}
        await types(world, cast.colin, "manage series add", group=group_id, **when)
        await presses(world, cast.colin, say("staff-series-confirm"))


async def _make(world: World, cast: Cast, one: _Neighbour) -> None:
    form = await types(world, cast.colin, "manage group create")
    values: dict[str, Any] = {"name": one.name, "about": one.about, "medium": one.medium, "language": one.language}
    await fills(world, cast.colin, form, {**values, "places": ["4"]})
    form = await presses(world, cast.colin, say("staff-group-terms-change"))
    first = _first_monday(world)
    days = {"first": first, "last": (date.fromisoformat(first) + _CYCLE).isoformat()} if one.kind == "closed" else {}
    await fills(world, cast.colin, form, {"kind": one.kind, "places": [str(one.places)], **days})
    if one.private:
        await presses(world, cast.colin, say("staff-group-back"))
        await presses(world, cast.colin, say("staff-group-turn-private", to="on"))


def _first_monday(world: World) -> str:
    """Return the day on which the closed group's cycle begins."""
    today = world.now.astimezone(zone(world.zone)).date()
    return (today + timedelta(weeks=_WEEKS_AHEAD, days=-today.weekday())).isoformat()
