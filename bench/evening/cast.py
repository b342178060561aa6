"""The people of an evening, and how they come to have a group: through the commands, as anybody would."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from bench.evening.stage import Stage, option
from bench.wire.interactions import Asked
from bench.wire.people import Person, labels, parts
from bench.wire.world import ADMINISTRATOR, Json
from peerbot.engine.texts import say
from peerbot.signup.cards import YES

BEGINNING: Final = datetime(2036, 12, 2, 12, tzinfo=UTC)
"""A Tuesday at noon, so far ahead that nothing made then looks old to a library that asks the real clock."""
START: Final = BEGINNING + timedelta(hours=7, minutes=30)
"""When the group meets."""
GROUP: Final = "Tuesday Circle"
MANAGE_SERVER: Final = 1 << 5
MODERATE: Final = 1 << 40


class Cast:
    """Everybody on the server."""

    def __init__(self, stage: Stage) -> None:
        """Bring them in."""
        wire, server_id = stage.wire, stage.server_id

        def person(name: str, permissions: int = 0) -> Person:
            roles = [wire.world.add_role(server_id, name, permissions)] if permissions else []
            return Person.new(wire, name, server_id, *roles)

        self.amira = person("Amira", ADMINISTRATOR)
        self.colin = person("Colin", MANAGE_SERVER)
        self.dana = person("Dana", MODERATE)
        self.ed = person("Ed", MODERATE)
        self.mo = person("Mo", MODERATE)
        self.fay, self.gus = person("Fay"), person("Gus")
        self.members = tuple(person(name) for name in ("Ana", "Ben", "Cho", "Dev", "Eve"))
        self.olu = person("Olu")

    @classmethod
    def again(cls, stage: Stage, ids: Sequence[int]) -> Self:
        """Return the people of a world that was copied, by their ids in the order of `everybody`."""
        cast = cls.__new__(cls)
        people = [Person(stage.wire, user_id, stage.server_id) for user_id in ids]
        cast.amira, cast.colin, cast.dana, cast.ed, cast.mo, cast.fay, cast.gus, *members, cast.olu = people
        cast.members = tuple(members)
        return cast

    @property
    def team(self) -> tuple[Person, ...]:
        """Those who answer concerns."""
        return (self.dana, self.ed, self.mo)

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Everybody by name."""
        return (self.amira, self.colin, *self.team, self.fay, self.gus, *self.members, self.olu)


async def found(stage: Stage, members: int = 3) -> Cast:
    """Set the server up, make the group, let some people join, and put Mo on duty."""
    cast = Cast(stage)
    await set_up(stage, cast)
    await make_group(stage, cast, GROUP, "7.30 pm", cast.fay, cast.gus)
    for member in cast.members[:members]:
        await join(stage, member)
    return cast


async def set_up(stage: Stage, cast: Cast) -> None:
    """Answer the five questions, have a team, let each show that pages reach them, and put Mo on duty."""
    begun = await stage.types(cast.amira, "setup")
    form = await stage.presses(cast.amira, begun.message, say("setup-press-form"))
    answers = {"country": "GB", "lead": cast.dana.id, "second": cast.ed.id, "channels": "make", "zone": "London"}
    await stage.fills(cast.amira, form, **answers)
    for person, part in ((cast.mo, "moderator"), (cast.colin, "coordinator"), (cast.fay, "facilitator")):
        await stage.types(cast.amira, "manage team add", person=person.id, part=part)
    await _prove(stage, cast)
    covered = await stage.types(cast.dana, "oncall cover", person=cast.mo.id, hours=24)
    assert cast.mo.mention in covered.text, covered.text


async def make_group(stage: Stage, cast: Cast, name: str, time: str, *facilitators: Person) -> None:
    """Make a group that meets on Tuesdays at a `time` as people write it, held by these people."""
    form = await stage.types(cast.colin, "manage group create")
    about = "People who look after somebody at home"
    await stage.fills(cast.colin, form, name=name, about=about, medium="text", places="5", language="English")
    (choice, *_) = await stage.bot.while_alive(cast.colin.looks_up("manage facilitator add", "group", name))
    for facilitator in facilitators:
        await stage.types(cast.colin, "manage facilitator add", group=choice["value"], person=facilitator.id)
    rule = {"weekday": "Tuesday", "time": time, "first_date": f"{START:%Y-%m-%d}"}
    planned = await stage.types(cast.colin, "manage series add", group=choice["value"], **rule)
    await stage.presses(cast.colin, planned.message, say("staff-series-confirm"))


async def _prove(stage: Stage, cast: Cast) -> None:
    """Let the whole team be tested, and press on what comes: now pages are known to reach them."""
    await stage.types(cast.dana, "oncall test", everybody=True)
    for person in (*cast.team, cast.fay):
        tested = next(each for each in reversed(person.dms()) if say("drill-arrived") in labels(each))
        await stage.presses(person.alone(), tested, say("drill-arrived"))


async def join(stage: Stage, person: Person, group: str = GROUP) -> None:
    """Find the group, read the agreement, agree."""
    panel = shown(await stage.types(person, "group find"))
    while group not in (each["label"] for part in parts(panel) for each in part.get("options", ())):
        panel = shown(await stage.presses(person, panel, say("list-on")))
    card = await stage.chooses(person, panel, option(panel, group))
    label = next(each for each in (say("group-join"), say("group-join-list")) if each in labels(shown(card)))
    form = await stage.presses(person, card.message, label)
    await stage.fills(person, form, agree=[YES], reminders=[YES])


def shown(asked: Asked) -> Json:
    """Return the message somebody was shown."""
    assert asked.message is not None
    return asked.message
