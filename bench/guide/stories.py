"""Concerns played through the real bot before a Discord on paper: who hears what, and when.

To show more of the flow add a story to `STORIES`, or a line to one. Whatever the bot posts meanwhile shows by itself.
"""

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from bench.guide.showing import Showing
from peerbot.engine.actor import Actor
from peerbot.escalation.rules import Level
from tests.escalation.discord_on_paper import Message
from tests.escalation.scene import ANA, BEN, CHO, DAY, DEPUTY, FAY, HOUR, LEAD, MINUTE, MO, SERVER, Scene, open_scene

T = TypeVar("T")
_PLACES: Final = {
    "peerbot-moderators": "the moderators' channel",
    "peerbot-facilitators": "the facilitators' channel",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that arrived, and where."""

    message: Message
    where: str
    direct: bool


class Teller:
    """Tells what arrives after each thing that people do."""

    def __init__(self, scene: Scene, showing: Showing) -> None:
        """Begin with what has arrived so far as known."""
        self.scene = scene
        self._showing = showing
        self._known = {heard.message.intent.id for heard in self._everything()}
        self._began = scene.clock.now()
        self.lines: list[str] = []

    async def then(self, what: str, doing: Awaitable[T]) -> T:
        """Say what somebody does, let it happen, and show what arrives."""
        self.lines += ["", f"**{what}**"]
        done = await doing
        fresh = [heard for heard in self._everything() if heard.message.intent.id not in self._known]
        self._known |= {heard.message.intent.id for heard in fresh}
        told: dict[tuple[int, str], list[Heard]] = {}
        for heard in sorted(fresh, key=lambda each: each.message.intent.id):
            minute = round((heard.message.at - self._began) / MINUTE)
            told.setdefault((minute, heard.message.text), []).append(heard)
        for (minute, _), alike in told.items():
            self._tell(minute, alike)
        if not told:
            self.lines += ["", "Nothing is sent."]
        return done

    def _tell(self, minute: int, alike: list[Heard]) -> None:
        names = {channel_id: channel.name for channel_id, channel in self.scene.paper.channels.items()}
        where = ", ".join([each.where for each in alike if not each.direct])
        who = " and ".join(each.where for each in alike if each.direct)
        to = "; ".join(filter(None, (where, f"direct message to {who}" if who else "")))
        first = alike[0].message
        self.lines += ["", f"*{_after(minute)} · {to}*", "", self._showing.card(first.card, first.at, names)]

    def _everything(self) -> list[Heard]:
        paper = self.scene.paper
        found = [
            Heard(message, PEOPLE.get(user_id, "the owner"), direct=True)
            for user_id, messages in paper.dms.items()
            for message in messages
        ]
        for channel in paper.channels.values():
            where = _PLACES.get(channel.name, "the side room" if CHO in channel.people else "the room")
            found += [Heard(message, where, direct=False) for message in channel.messages]
        return found


PEOPLE: Final = {
    LEAD: "Lea",
    DEPUTY: "Dee",
    MO: "Mo",
    FAY: "Fay",
    ANA: "Ana",
    BEN: "Ben",
    CHO: "Cho",
    MO + 1: "May",
    FAY + 1: "Gus",
    FAY + 2: "Colin",
}
"""The people of the stories. Lea is the lead, Dee the deputy, Mo and May are moderators, Fay and Gus facilitate."""


async def _answered(teller: Teller) -> None:
    scene = teller.scene
    await scene.duty(MO)
    teller.lines.append("Mo is on duty. Cho is in no group.")
    concern = await teller.then("Cho presses *Someone now*.", scene.ask(CHO))
    await teller.then("Mo presses *I've got it*.", scene.take(MO, concern))
    await teller.then("Mo presses *I'm with them*.", scene.look_after(MO, concern))
    await teller.then("Mo asks to close it.", scene.close(MO, concern))
    await teller.then("Lea agrees.", scene.close(LEAD, concern))


async def _unanswered(teller: Teller) -> None:
    scene = teller.scene
    teller.lines.append("Nobody is on the rota.")
    concern = await teller.then("Cho presses *Someone now*.", scene.ask(CHO))
    await teller.then("For half an hour nobody presses anything.", scene.wait(30 * MINUTE))
    await teller.then("Dee presses *I've got it*.", scene.take(DEPUTY, concern))
    await teller.then("Then Dee does nothing.", scene.wait(30 * MINUTE))
    await teller.then("Dee does not answer that either.", scene.wait(5 * MINUTE))


async def _danger(teller: Teller) -> None:
    scene = teller.scene
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    teller.lines.append("Mo is on duty. Cho takes no direct messages.")
    concern = await teller.then("Cho presses *Someone now*.", scene.ask(CHO))
    await teller.then("Cho presses *I'm in danger now*.", scene.danger(CHO, concern))
    await teller.then("Mo presses *I've got it*.", scene.take(MO, concern))
    leave = scene.escalation.raising.leave_side_room(Actor(CHO, SERVER), concern.id, _side_room(scene))
    await teller.then("Cho leaves the side room.", _settled(scene, leave))
    await teller.then("Cho presses *I no longer need this*.", scene.withdraw(CHO, concern))


async def _in_a_meeting(teller: Teller) -> None:
    scene = teller.scene
    room = await scene.meet()
    await teller.then("A meeting is open. Ana presses *After the meeting*.", scene.ask(ANA, Level.CHECK_IN, room))
    await teller.then("For 20 minutes nobody presses anything.", scene.wait(20 * MINUTE))


async def _about_another(teller: Teller) -> None:
    scene = teller.scene
    await scene.duty(MO)
    teller.lines.append("Mo is on duty. Cho sends the form of `/concern` about Ben, and hides their name.")
    concern = await teller.then(
        "Cho sends the form: urgent.", scene.tell(CHO, BEN, note="He left in tears.", hide=True)
    )
    await teller.then("Mo presses *I've got it*.", scene.take(MO, concern))


async def _about_staff(teller: Teller) -> None:
    scene = teller.scene
    teller.lines.append("Cho sends the form of `/concern` about Lea, the lead. Dee is on the same line.")
    await teller.then("Cho sends the form: urgent, how somebody behaves.", scene.tell(CHO, LEAD, category="conduct"))


async def _direct_message(teller: Teller) -> None:
    scene = teller.scene
    writes = _settled(scene, scene.escalation.raising.answer_message(CHO))
    await teller.then("Cho writes the bot a direct message. It is not read.", writes)
    again = _settled(scene, scene.escalation.raising.answer_message(CHO))
    await teller.then("Cho writes another one within ten minutes.", again)


async def _pressed_again(teller: Teller) -> None:
    scene = teller.scene
    await scene.duty(MO)
    teller.lines.append("Mo is on duty.")
    concern = await teller.then("Cho presses *Someone now*.", scene.ask(CHO))
    await teller.then("Mo presses *I've got it*.", scene.take(MO, concern))
    await teller.then("Two minutes later Cho presses again.", _later(scene))


async def _later(scene: Scene) -> None:
    await scene.wait(2 * MINUTE)
    await scene.ask(CHO)


async def _settled(scene: Scene, doing: Awaitable[T]) -> T:
    done = await doing
    await scene.tick.settle()
    return done


def _side_room(scene: Scene) -> int:
    return next(key for key, channel in scene.paper.channels.items() if CHO in channel.people)


def _after(minutes: int) -> str:
    if minutes < HOUR // MINUTE:
        return f"after {minutes} minutes" if minutes else "at once"
    return f"after {minutes // 60} hours" if minutes < DAY // MINUTE else f"after {minutes // 1440} days"


STORIES: Final[dict[str, Callable[[Teller], Awaitable[None]]]] = {
    "Urgent, taken, and closed by two": _answered,
    "Urgent, and nobody answers; then who takes it does nothing": _unanswered,
    "Urgent becomes an emergency; direct messages are closed": _danger,
    "A check-in during a meeting": _in_a_meeting,
    "Somebody worries about another person": _about_another,
    "A concern about the team": _about_staff,
    "Somebody presses again": _pressed_again,
    "A direct message to the bot": _direct_message,
}


async def told(showing: Showing) -> str:
    """Return every story, each played from its beginning."""
    parts: list[str] = []
    for title, play in STORIES.items():
        with tempfile.TemporaryDirectory() as folder:
            async with open_scene(Path(folder)) as scene:
                teller = Teller(scene, showing)
                await play(teller)
        parts += [f"### {title}", "", *teller.lines, ""]
    return "\n".join(parts)
