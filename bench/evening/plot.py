"""What happens on an evening. Each act can be cut off: whoever gets no answer does again what they did."""

import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final

from bench.evening.cast import START, Cast, join, shown
from bench.evening.stage import Dead, Stage, newest
from bench.wire.people import NothingThere, Person, labels, parts
from bench.wire.world import DM, Json, Refusal
from peerbot.engine.texts import say

MODERATORS: Final = "peerbot-moderators"
MINUTE: Final = 60.0
HOUR: Final = 3600.0
BEGINS: Final = START.timestamp()
PREPARED: Final = (START - timedelta(minutes=31)).timestamp()
"""Where the evening begins: after the first reminder and before the second."""
_ASKS: Final = ("ask-danger", "ask-now", "ask-after-meeting", "ask-next-day")

Act = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Decoys:
    """What belongs to people and looks much like ours. Nobody may touch it."""

    channels: list[Json] = field(default_factory=list[Json])
    messages: list[Json] = field(default_factory=list[Json])


class Evening:
    """One evening of a group, played to its end."""

    def __init__(self, stage: Stage, cast: Cast, rise: Callable[[], Awaitable[None]]) -> None:
        """Play with `cast`; `rise` starts the bot again after its process died."""
        self.stage = stage
        self.cast = cast
        self.crashes = 0
        self.raisers: set[Person] = set()
        self.decoys = Decoys()
        self._rise = rise

    def put_decoys(self) -> None:
        """Put up what is not ours, before anything happens."""
        world, server_id = self.stage.wire.world, self.stage.server_id
        rooms = next(each for each in world.channels_of(server_id) if each["name"] == "Meeting rooms")
        for name in ("room-lobby", "room-7f3a9c"):
            channel = world.add_channel(server_id, name, parent_id=int(rooms["id"]))
            self.decoys.channels.append(channel)
            self.decoys.messages.append(self.cast.olu.writes(channel, "Please leave this here"))

    async def act(self, act: Act) -> None:
        """Do something; if the process dies meanwhile, start a new one and do it again."""
        before = self.crashes
        while True:
            try:
                if self.crashes > before:
                    await self._rise()
                await act()
            except NothingThere:
                # What was done before the end stands; and while the bot was down, its time may have passed.
                if not self.crashes:
                    raise
                return
            except Dead:
                self.crashes += 1
            else:
                return

    # --- what people do ---

    async def until(self, at: float) -> None:
        """Let time pass."""
        await self.act(partial(self.stage.until, at))

    async def wait(self, seconds: float) -> None:
        """Let so much time pass, however often the process dies in it."""
        await self.until(self.stage.clock.seconds + seconds)

    def room(self, person: Person) -> Json:
        """Return the room this person sees.

        Raises:
            NothingThere: if they see none.
        """
        decoys = [each["id"] for each in self.decoys.channels]
        for channel in person.channels():
            if channel["name"].startswith("room-") and channel["id"] not in decoys:
                return channel
        name = "room"
        raise NothingThere(name)

    async def facilitate(self, person: Person) -> None:
        """Say that the facilitator is here."""
        label = say("room-facilitator-here")
        await self.stage.presses(person, newest(person.reads(self.room(person)), label), label)

    async def ask(self, person: Person, how: str = "ask-now") -> None:
        """Press *Help now*, and then how soon somebody is wanted."""
        self.raisers.add(person)
        card = shown(await self.stage.types(person, "help-now"))
        await self.stage.presses(person, card, say(how))

    async def take(self, person: Person) -> None:
        """Press *I've got it* on the newest page this person can see."""
        label = say("staff-take")
        seen = [newest(person.reads(person.sees(MODERATORS)), label), newest(person.dms(), label)]
        page = max((each for each in seen if each), key=lambda each: int(each["id"]), default=None)
        alone = page is not None and self.stage.wire.world.channels[int(page["channel_id"])]["type"] == DM
        await self.stage.presses(person.alone() if alone else person, page, label)

    async def look_after(self, person: Person, number: int | None = None) -> None:
        """Press *I'm with them* on what they were shown last, or on the concern of this number."""
        label, seen = say("staff-with"), self.stage.shown.get(person.id, {})
        if label not in labels(seen) and number is not None:
            seen = shown(await self.stage.types(person, "escalation show", number=number))
        await self.stage.presses(person, newest([seen], label), label)

    async def join(self, person: Person) -> None:
        """Take a seat, unless they have one."""
        if not await self._seated(person):
            await join(self.stage, person)

    async def leave(self, person: Person) -> None:
        """Leave the group, unless they have."""
        panel = await self.stage.types(person, "group mine")
        if say("group-leave") in labels(panel.message or {}):
            await self.stage.presses(person, panel.message, say("group-leave"))

    async def _seated(self, person: Person) -> bool:
        return say("standing-seated") in (await self.stage.types(person, "group mine")).text

    async def close(self, number: int, people: Sequence[Person]) -> None:
        """Close a concern, by as many people as it takes."""
        for person in people:
            seen = await self.stage.types(person, "escalation show", number=number)
            label = say("staff-close")
            if label not in labels(seen.message or {}):
                continue
            asked = await self.stage.presses(person, seen.message, label)
            if any(each.get("options") for each in parts(asked.message or {})):
                with suppress(NothingThere):
                    await self.stage.chooses(person, shown(asked), "spoke_with")

    async def handle(self, number: int) -> None:
        """Let the team take a concern, look after it and close it."""
        for label in ("staff-take", "staff-with"):
            for person in (self.cast.mo, self.cast.dana):
                seen = await self.stage.types(person, "escalation show", number=number)
                if say(label) in labels(seen.message or {}):
                    await self.stage.presses(person, seen.message, say(label))
                    break
        await self.close(number, (self.cast.mo, self.cast.dana, self.cast.ed))

    async def handle_all(self, numbers: Callable[[], Awaitable[Sequence[int]]]) -> None:
        """Let the team look after whatever is still open."""
        for number in await numbers():
            await self.act(partial(self.handle, number))


async def told(evening: Evening) -> None:
    """The evening that everybody knows: two people need somebody, one of them with closed messages."""
    cast, stage = evening.cast, evening.stage
    ana, ben, cho, dev = cast.members[:4]
    stage.wire.world.closed_to_bot.add(ben.id)
    await evening.until(BEGINS - 14 * MINUTE)
    await evening.act(partial(evening.facilitate, cast.fay))
    await evening.until(BEGINS + MINUTE)
    await evening.act(partial(evening.ask, ana))
    await evening.wait(6 * MINUTE)
    await evening.act(partial(evening.take, cast.dana))
    await evening.wait(MINUTE)
    await evening.act(partial(evening.look_after, cast.dana, 1))
    await evening.act(partial(evening.ask, ben))
    await evening.wait(10)
    await evening.act(partial(evening.take, cast.mo))
    await evening.wait(MINUTE)
    await evening.act(partial(evening.look_after, cast.mo, 2))
    await evening.act(partial(evening.join, dev))
    await evening.act(partial(evening.leave, cho))
    await evening.until(BEGINS + 101 * MINUTE)
    await evening.act(partial(evening.close, 2, (cast.mo, cast.dana)))
    await evening.until(BEGINS + 26 * HOUR)
    # One concern is still open, so its room waits for two people to answer, and goes a day later.
    await evening.wait(26 * HOUR)


def invented(seed: int) -> Callable[[Evening], Awaitable[None]]:
    """Return an evening of chance: the same for the same seed."""

    async def play(evening: Evening) -> None:
        chance = random.Random(seed)  # noqa: S311 - a seed makes a failure repeatable
        cast, world = evening.cast, evening.stage.wire.world
        for person in cast.members:
            if chance.random() < 0.2:  # noqa: PLR2004 - one in five keeps messages closed
                world.closed_to_bot.add(person.id)
        await evening.until(BEGINS - 14 * MINUTE)
        if chance.random() < 0.8:  # noqa: PLR2004 - mostly somebody holds the meeting
            await evening.act(partial(evening.facilitate, chance.choice((cast.fay, cast.gus))))
        for _ in range(chance.randint(4, 12)):
            await evening.wait(chance.choice((5, 45, 2 * MINUTE, 6 * MINUTE, 16 * MINUTE, 35 * MINUTE)))
            await evening.act(_chosen(evening, chance))
        await evening.until(BEGINS + 100 * MINUTE)

    return play


def _chosen(evening: Evening, chance: random.Random) -> Act:
    cast, world = evening.cast, evening.stage.wire.world
    member, of_the_team = chance.choice(cast.members), chance.choice(cast.team)
    how = chance.choice(_ASKS)

    async def come_and_go() -> None:
        """Somebody closes their direct messages, or opens them again."""
        world.closed_to_bot.symmetric_difference_update({member.id})

    may: Sequence[tuple[int, Act]] = (
        (4, partial(evening.ask, member, how)),
        (3, partial(evening.take, of_the_team)),
        (2, partial(evening.look_after, of_the_team)),
        (1, partial(evening.join, member)),
        (1, partial(evening.leave, member)),
        (1, come_and_go),
    )
    (act,) = chance.choices([each for _, each in may], [weight for weight, _ in may])

    async def if_possible() -> None:
        """Nobody does what they cannot: there is no such button, or they may not."""
        with suppress(NothingThere, Refusal):
            await act()

    return if_possible
