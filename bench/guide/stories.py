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
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import Kind
from peerbot.escalation.store import Concern
from tests.escalation.discord_on_paper import Message
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
    DAY,
    DEPUTY,
    FAY,
    HOUR,
    LEAD,
    MAY,
    MINUTE,
    MO,
    SERVER,
    Scene,
    open_scene,
)

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

    def forget(self) -> None:
        """Show nothing of what has arrived so far: another story does."""
        self._known |= {heard.message.intent.id for heard in self._everything()}
        self._began = self.scene.clock.now()

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
        # What the team hears of its rota meanwhile is no part of these stories.
        return [heard for heard in found if not str(heard.message.intent.data["card"]).startswith("escalation.rota_")]


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


async def _handed_over(teller: Teller) -> None:
    scene = teller.scene
    await scene.duty(MO)
    teller.lines.append("Mo is on duty and has a concern of Cho's.")
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    hand = scene.escalation.hand_overs.ask
    teller.forget()
    await teller.then("Mo asks May to have it.", _settled(scene, hand(Actor(MO, SERVER), concern.id, MAY)))
    await teller.then("May does nothing for five minutes.", scene.wait(5 * MINUTE))
    await teller.then("Mo asks Dee.", _settled(scene, hand(Actor(MO, SERVER), concern.id, DEPUTY)))
    await teller.then("Dee presses *I've got it*.", scene.take(DEPUTY, concern))
    await teller.then("Dee presses *I'm with them*.", scene.look_after(DEPUTY, concern))
    await teller.then("A day later it is still open.", scene.wait(DAY))


async def _looked_in(teller: Teller) -> None:
    scene = teller.scene
    room = await scene.meet()
    teller.lines.append("A meeting is open. Ana has pressed *Someone now* there, and Mo has that.")
    concern = await scene.ask(ANA, channel_id=room)
    await scene.look_after(MO, concern)
    teller.forget()
    look = scene.escalation.look_ins.ask(Actor(MO, SERVER), concern.id, 15)
    await teller.then("Mo asks to look into the room for 15 minutes.", _settled(scene, look))
    await teller.then("May agrees.", _agrees(scene, concern, Kind.LOOK_IN, MAY))
    await teller.then("The 15 minutes are over.", scene.wait(15 * MINUTE))


async def _second_yes(teller: Teller) -> None:
    scene = teller.scene
    await scene.duty(MO)
    concern = await scene.ask(CHO, Level.EMERGENCY)
    await scene.look_after(MO, concern)
    teller.lines.append("Mo is on duty and looks after Cho: an emergency.")
    teller.forget()
    lower = scene.escalation.levels.change(Actor(MO, SERVER), concern.id, Level.URGENT)
    await teller.then("Mo asks to lower it to urgent.", _settled(scene, lower))
    await teller.then("May agrees.", _agrees(scene, concern, Kind.LOWER, MAY))
    await scene.look_after(MO, concern)
    teller.forget()
    share = scene.escalation.actions.act(Actor(MO, SERVER), concern.id, "shared_outside")
    await teller.then("Mo asks to share it outside the team.", _settled(scene, share))
    await teller.then("Nobody answers for half an hour.", scene.wait(30 * MINUTE))
    await teller.then("Nobody answers for a day.", scene.wait(DAY - 30 * MINUTE))
    await teller.then("The owner does not answer either.", scene.wait(DAY))
    await scene.close(MO, concern)
    await scene.close(LEAD, concern)
    teller.forget()
    await teller.then("It is closed. A week later.", scene.wait(7 * DAY))


async def _afterwards(teller: Teller) -> None:
    scene = teller.scene
    await scene.duty(MO)
    teller.lines.append("Mo is on duty and looks after Cho.")
    concern = await scene.ask(CHO)
    await scene.look_after(MO, concern)
    teller.forget()
    wants = scene.escalation.aftercare.want_note(Actor(CHO, None), concern.id, wants=True)
    await teller.then("Cho says that somebody may write the next day.", _settled(scene, wants))
    await scene.close(MO, concern)
    await teller.then("Two close it.", scene.close(LEAD, concern))
    await teller.then("The next day.", scene.wait(DAY))
    await teller.then("A week later.", scene.wait(7 * DAY))


async def _agrees(scene: Scene, concern: Concern, kind: Kind, by: int) -> None:
    asked = await sign_off_store.waiting(scene.desk.reads, concern.id, kind)
    assert asked is not None
    await scene.escalation.sign_offs.answer(Actor(by, SERVER), asked.id, agrees=True)
    await scene.tick.settle()


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
        return f"after {_counted(minutes, 'minute')}" if minutes else "at once"
    hours, days = minutes // 60, minutes // 1440
    return f"after {_counted(hours, 'hour') if minutes < DAY // MINUTE else _counted(days, 'day')}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


STORIES: Final[dict[str, Callable[[Teller], Awaitable[None]]]] = {
    "Urgent, taken, and closed by two": _answered,
    "Urgent, and nobody answers; then who takes it does nothing": _unanswered,
    "Urgent becomes an emergency; direct messages are closed": _danger,
    "A check-in during a meeting": _in_a_meeting,
    "Somebody worries about another person": _about_another,
    "A concern about the team": _about_staff,
    "Somebody presses again": _pressed_again,
    "Handed over": _handed_over,
    "Somebody of the team looks into a room": _looked_in,
    "A second person is asked, and nobody answers": _second_yes,
    "Afterwards": _afterwards,
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
