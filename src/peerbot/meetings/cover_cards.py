"""What is seen where cover is not full: by coordinators before a meeting, by the facilitator at its door."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import channel, moment, person, say
from peerbot.meetings import store
from peerbot.meetings.rules import Meeting, State, TakenOver
from peerbot.servers.help import help_button


def makers() -> Mapping[str, CardMaker]:
    """Return the cards by name."""
    return {"meetings.cover": _missing}


async def _missing(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = now
    meeting = await store.meeting(reads, str(data["meeting"]))
    if meeting is None or meeting.state is not State.PLANNED:
        return None
    people = tuple(int(each) for each in data["people"])
    named = " ".join(person(each) for each in people)
    lines = [say("staff-cover", starts=moment(meeting.starts_at, "F"), people=named)]
    lines += [f"- {say(f'staff-cover-{lack}')}" for lack in data["lacks"]]
    if data["missing"]:
        lines.append(say("staff-cover-permissions"))
        lines += [f"- {say(f'permission-{name}')}" for name in data["missing"]]
    lines += [f"- {say('staff-cover-mute', which=say(f'staff-channel-{which}'))}" for which in data["mute"]]
    return Card("\n".join(lines), ((help_button(),),), people)


def facilitator_here_card(meeting: Meeting, away: int, new: int, lacks: Sequence[str]) -> Card:
    """Return the answer to *Facilitator here*, with how many said that they will not come, and how many are new.

    `lacks` is what full cover lacks. Who has not chosen yet what is to become of the meeting is asked.
    """
    if meeting.facilitator_at is None:
        return choice_card(meeting, lacks)
    opens = meeting.state is State.OPEN
    text = "meeting-facilitator-opens" if opens else "meeting-facilitator-waits"
    lines = [say(text, starts=moment(meeting.starts_at, "t"))]
    if meeting.reduced:
        lines.append(say("meeting-reduced-chosen"))
    if away:
        lines.append(say("meeting-how-many-away", count=away))
    if new:
        lines.append(say("meeting-how-many-new", count=new))
    return Card("\n".join(lines), ((console_button(meeting.id),),))


def console_button(meeting_id: str) -> Button:
    """Return *Console*: everything facilitators can do in a meeting, shown to the one who presses it."""
    return Button("facilitate.console", say("staff-facilitate-console"), (meeting_id,))


def choice_card(meeting: Meeting, lacks: Sequence[str], before: Sequence[str] = ()) -> Card:
    """Return what a facilitator chooses between where full cover is lacking, with what follows from each."""
    lines = [*before, say("meeting-reduced-choice", starts=moment(meeting.starts_at, "t"))]
    lines += [f"- {say(f'meeting-lacks-{lack}')}" for lack in lacks]
    lines.append(say("meeting-reduced-follows"))
    off = Button("meeting.off", say("meeting-call-off"), (meeting.id,))
    return Card("\n".join(lines), ((_open_reduced(meeting), off),))


def _open_reduced(meeting: Meeting) -> Button:
    return Button("meeting.reduced", say("meeting-open-reduced"), (meeting.id,), "main")


def call_off_card(meeting: Meeting, expected: int) -> Card:
    """Return what calling a meeting off would touch, and the button that does it."""
    text = say("meeting-off-check", starts=moment(meeting.starts_at, "t"), people=expected)
    yes = Button("meeting.off-yes", say("meeting-off-confirm"), (meeting.id,), "danger")
    return Card(text, ((yes, _open_reduced(meeting)),))


def called_off_card() -> Card:
    """Return the answer to a meeting that was called off."""
    return Card(say("meeting-off"))


def taken_over_card(taken: TakenOver) -> Card:
    """Return the answer to *I take it over*: the room, or that somebody else is there."""
    if taken.channel_id is None:
        return Card(say("staff-meeting-taken"))
    yours = say("staff-meeting-yours", room=channel(taken.channel_id))
    return choice_card(taken.meeting, taken.lacks, (yours,)) if taken.lacks else Card(yours)
