"""What people see of meetings: what is posted in rooms and in the staff channel, and the private answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from peerbot.confidentiality import cards as reminders
from peerbot.engine.card import Attachment, Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.errors import NotFound
from peerbot.engine.places import AccessMaker, CardMaker, May, Place, PlaceMaker
from peerbot.engine.texts import channel, moment, person, say, wall
from peerbot.engine.words import shown
from peerbot.engine.zones import zone
from peerbot.meetings import cover_cards, doors, rules, store
from peerbot.meetings.attendance.away import Said
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.holds import cards as hold_cards
from peerbot.meetings.rules import Coming, Meeting, Room, State
from peerbot.meetings.taster_cards import newcomers_card
from peerbot.servers.help import help_button
from peerbot.servers.service import Servers
from peerbot.signup.service import Signup

_IN_CHOICE: Final = 100
"""Characters of a line in Discord's autocomplete list."""
_TOLD_TO_STAFF: Final = (
    "called-off-staff",
    "called-off-by-choice",
    "missed",
    "gone",
    "refused-permission",
    "refused-full",
    "refused-other",
    "not-deleted",
    "not-hidden",
    "untold",
    "unsaid",
    "access-open",
    "access-lock",
    "access-people",
)


class MeetingCards:
    """What goes out for a meeting, rendered when it is sent."""

    def __init__(self, signup: Signup, servers: Servers, emergency_number: Callable[[str], str]) -> None:
        """Ask `signup` and `servers` who is who. `emergency_number` knows the number of a country."""
        self._signup = signup
        self._servers = servers
        self._emergency_number = emergency_number

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {
            **hold_cards.makers(),
            "meetings.lobby": self._lobby,
            "meetings.opening": self._opening,
            "meetings.half-way": self._half_way,
            "meetings.closing": self._closing,
            "meetings.locked": self._locked,
            "meetings.called-off": self._called_off,
            "meetings.remind": self._remind,
            "meetings.late": _late_message,
            "meetings.changed": self._changed,
            "meetings.nobody-there": self._nobody_there,
            "meetings.helper-wanted": self._helper_wanted,
            "meetings.nobody-holds": self._helper_wanted,
            "meetings.newcomers": partial(newcomers_card, self._signup),
            **cover_cards.makers(),
            **dict.fromkeys((f"meetings.{card}" for card in _TOLD_TO_STAFF), self._staff),
        }

    def places(self) -> Mapping[str, PlaceMaker]:
        """Return the plans of a room, and of one more category for rooms."""
        return {"meetings.room": self._room, "meetings.category": _category}

    def access(self) -> Mapping[str, AccessMaker]:
        """Return who may do what in a room."""
        return {"meetings.access": self._may}

    async def _room(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Place | None:
        meeting, room = await _load(reads, data)
        if meeting is None or room is None or room.channel_id is not None:
            return None
        # After the end none is made; one that was made by a process that then stopped is still looked for.
        if not data.get("look") and (meeting.state is not State.LOBBY or now >= meeting.ends_at):
            return None
        try:
            medium = (await self._signup.group_by_id(reads, meeting.group_id)).medium
        except NotFound:
            medium = "text"
        people = dict.fromkeys(await self._signup.members(reads, meeting.group_id), May.LOOK)
        people |= dict.fromkeys(await self._asked(reads, meeting), May.WAIT)
        people |= dict.fromkeys(await self._signup.facilitators(reads, meeting.group_id), May.SPEAK)
        people |= dict.fromkeys(await store.stand_ins(reads, meeting.id), May.SPEAK)
        return Place(room.name, "voice" if medium == "voice" else "text", data["category"], people, drawn=True)

    async def _may(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> May:
        room = await store.room_of_channel(reads, int(data["channel"]))
        user_id = int(data["user"])
        if room is None:
            return May.NOTHING
        facilitators = await self._signup.facilitators(reads, room.group_id)
        if user_id in (*facilitators, *await store.stand_ins(reads, room.meeting_id)):
            return May.SPEAK
        if user_id not in await self._signup.members(reads, room.group_id):
            return May.NOTHING
        may = await doors.member_may(reads, room, user_id, now)
        meeting = await store.meeting(reads, room.meeting_id)
        if may is May.NOTHING or meeting is None:
            return may
        return May.WAIT if user_id in await self._asked(reads, meeting) else may

    async def _asked(self, reads: Reads, meeting: Meeting) -> frozenset[int]:
        """Return who has to agree to what has changed before they may write here.

        A change while the room is there already is for the next meeting.
        """
        return await self._signup.agreeing.still_to_agree(reads, meeting.server_id, meeting.group_id, meeting.made_at)

    async def _asking(self, reads: Reads, meeting: Meeting, card: Card) -> Card:
        """Return a card of the room with the way to what has changed, if anybody is asked: the same for everybody."""
        if not await self._asked(reads, meeting):
            return card
        changed = Button("agreement.changed", say("agreement-read-changed"), (meeting.group_id,))
        return replace(card, text=f"{card.text}\n{say('room-agreement-changed')}", rows=(*card.rows, (changed,)))

    async def _lobby(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        meeting, _room = await _load(reads, data)
        if meeting is None or meeting.state is not State.LOBBY:
            return None
        group = await self._signup.group_by_id(reads, meeting.group_id)
        text = say("room-lobby", group=shown(group.name), starts=moment(meeting.starts_at, "t"), medium=group.medium)
        here = Button("meeting.open", say("room-facilitator-here"), (meeting.id,), "main")
        return await self._asking(reads, meeting, Card(text, ((help_button(), here),)))

    async def _opening(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        meeting, _room = await _load(reads, data)
        if meeting is None or meeting.state is not State.OPEN:
            return None
        group = await self._signup.group_by_id(reads, meeting.group_id)
        server = await self._servers.load(reads, meeting.server_id)
        # Who took it over is there; the others are not.
        holding = await store.stand_ins(reads, meeting.id) or await self._signup.facilitators(reads, group.id)
        number = self._emergency_number(server.country)
        card = reminders.opening_reminder(meeting.id, group.name, group.medium, holding, meeting.ends_at, number)
        if meeting.reduced:
            card = replace(card, text=f"{card.text}\n{say('room-reduced')}")
        return await self._asking(reads, meeting, card)

    async def _half_way(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        meeting, _room = await _load(reads, data)
        return reminders.mid_reminder() if meeting is not None and meeting.state is State.OPEN else None

    async def _closing(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        meeting, _room = await _load(reads, data)
        if meeting is None or meeting.state is not State.OPEN:
            return None
        following = await _next_at(reads, meeting, now)
        card = reminders.closing_reminder(meeting.ends_at, meeting.locks_at, following)
        # Those who hold it find the list of who was there behind it; the card is the same for everybody.
        console = replace(cover_cards.console_button(meeting.id), label=say("room-for-facilitators"))
        return replace(card, rows=(*card.rows, (console,)))

    async def _locked(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        meeting, _room = await _load(reads, data)
        if meeting is None:
            return None
        return Card(say("room-locked", deletes=moment(meeting.deletes_at)), ((help_button(),),))

    async def _called_off(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        meeting, _room = await _load(reads, data)
        if meeting is None:
            return None
        following = await _next_at(reads, meeting, now)
        text = say("room-called-off", next="none" if following is None else moment(following, "F"))
        return Card(text, ((help_button(),),))

    async def _remind(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        meeting, _room = await _load(reads, data)
        if meeting is None or meeting.state not in {State.PLANNED, State.LOBBY}:
            return None
        # They may have left since.
        if int(data["user"]) not in (
            *await self._signup.members(reads, meeting.group_id),
            *await self._signup.facilitators(reads, meeting.group_id),
        ):
            return None
        starts, soon = moment(meeting.starts_at, "F"), moment(meeting.starts_at, "R")
        text = say("meeting-remind", starts=starts, soon=soon)
        if int(data["user"]) in await self._asked(reads, meeting):
            text += f"\n{say('meeting-remind-changed')}"
        return Card(text, ((help_button(),),))

    async def _changed(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        group_id = str(data["group"])
        people = (
            *await self._signup.members(reads, group_id),
            *await self._signup.facilitators(reads, group_id),
        )
        if int(data["user"]) not in people:  # They may have left since.
            return None
        first, last = (moment(datetime.fromtimestamp(int(data[each]), UTC), "F") for each in ("first", "last"))
        text = say(f"meeting-{data['news']}", count=int(data["count"]), first=first, last=last)
        return Card(text, ((help_button(),),))

    async def _nobody_there(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        meeting, _room = await _load(reads, data)
        if meeting is None or not rules.nobody_there(meeting):
            return None
        card = await self._staff(reads, data, now)
        if card is None:
            return None
        take = Button("meeting.take-over", say("staff-meeting-take-over"), (meeting.id,), "main")
        return Card(card.text, ((take, help_button()),), card.pings)

    async def _helper_wanted(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        meeting, _room = await _load(reads, data)
        if meeting is None or meeting.state not in rules.LIVE:
            return None
        if (await facilitating_store.facilitation(reads, meeting.id)).helper_wanted_at is None:
            return None
        card = await self._staff(reads, data, now)
        if card is None:
            return None
        come = Button("facilitate.come", say("staff-meeting-come"), (meeting.id,), "main")
        return Card(card.text, ((come, help_button()),), card.pings)

    async def _staff(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        meeting, room = await _load(reads, data)
        if meeting is None:
            return None
        people = tuple(int(each) for each in data["people"])
        text = say(
            f"staff-meeting-{str(data['card']).removeprefix('meetings.')}",
            room=room.name if room is not None else "none",
            starts=moment(meeting.starts_at),
            deletes=moment(meeting.deletes_at),
            detail=data["detail"],
            count=data.get("count", 0),
            people=" ".join(person(each) for each in people),
        )
        return Card(text, ((help_button(),),), people)


async def _category(reads: Reads, data: Mapping[str, Any], now: datetime) -> Place:
    _ = reads, now
    return Place(say("place-more-rooms", number=data["number"]), "category", None, {})


async def _load(reads: Reads, data: Mapping[str, Any]) -> tuple[Meeting | None, Room | None]:
    meeting_id = str(data["meeting"])
    return await store.meeting(reads, meeting_id), await store.room(reads, meeting_id)


async def _next_at(reads: Reads, meeting: Meeting, now: datetime) -> datetime | None:
    following = await store.next_of_group(reads, meeting.group_id, max(now, meeting.starts_at))
    return following.starts_at if following is not None else None


# Private answers.


def next_card(coming: Sequence[Coming], *, asked: bool = False) -> Card:
    """Return somebody's next meetings, eight at most, and how many more there are.

    Who has none hears the same, whatever groups there are. `asked`: something they agreed to has changed; in a voice
    room they could not read so, since Discord shows its chat to those alone who may connect.
    """
    if not coming:
        return Card(say("meeting-none"))
    lines = [say("meeting-list"), *(_line(each) for each in coming[: rules.MOST_COMING])]
    more = coming[rules.MOST_COMING :]
    if more:
        lines.append(say("meeting-list-more", count=len(more), last=moment(more[-1].meeting.starts_at, "D")))
    buttons = [help_button()]
    if asked:
        lines.append(say("meeting-agreement-changed"))
        buttons.append(Button("agreement.accept", say("agreement-read-changed")))
    return Card("\n".join(lines), (tuple(buttons),))


def _line(coming: Coming) -> str:
    values = {
        "group": shown(coming.group_name),
        "starts": moment(coming.meeting.starts_at, "F"),
        "wall": wall(coming.meeting.starts_at, coming.meeting.zone),
    }
    line = say("meeting-line", **values)
    if coming.channel_id is not None:
        line = say("meeting-line-room", room=channel(coming.channel_id), **values)
    return f"{line}\n{say(f'meeting-why-{coming.why_not}')}" if coming.why_not else line


def calendar_card(file: bytes | None) -> Card:
    """Return somebody's calendar file. Who has no meetings hears the same, whatever groups there are."""
    if file is None:
        return Card(say("meeting-none"))
    return Card(say("calendar-here"), attachment=Attachment("meetings.ics", file))


def here_card(*, late: bool = False) -> Card:
    """Return the answer to *I'm here*. Who comes late reads there, alone, what the others were told at the opening."""
    if not late:
        return Card(say("meeting-here"))
    read = Button("agreement.read", say("agreement-read"))
    return Card(f"{say('meeting-here')}\n{say('meeting-here-late')}", ((help_button(), read),))


async def _late_message(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    """Return what was said at the opening, for who came late by voice. It names neither room nor group."""
    _ = reads, data, now
    text = f"{say('meeting-here-late')}\n{say('meeting-here-late-voice')}"
    return Card(text, ((help_button(), Button("agreement.read", say("agreement-read"))),))


def away_card(said: Said) -> Card:
    """Return the answer to somebody who will not come, or will after all, with the way back."""
    meeting = said.meeting
    text = "meeting-away" if said.away else "meeting-back"
    action, label = ("meeting.back", "meeting-away-undo") if said.away else ("meeting.away", "meeting-back-undo")
    return Card(say(text, starts=moment(meeting.starts_at, "F")), ((Button(action, say(label), (meeting.id,)),),))


def coming_label(coming: Coming) -> str:
    """Return how a meeting is named in a list to choose from, by the clocks of its own zone."""
    where = coming.meeting.zone
    return say(
        "meeting-choice", group=coming.group_name, at=coming.meeting.starts_at.astimezone(zone(where)), zone=where
    )[:_IN_CHOICE]
