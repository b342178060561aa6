"""What facilitators are shown in private: the console, and the answer to each thing they do."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from peerbot.engine.card import Button, Card, ChoicePart, Form, Line, Menu, Option, PersonPart
from peerbot.engine.errors import Invalid
from peerbot.engine.texts import channel, moment, person, say
from peerbot.engine.words import number, shown
from peerbot.meetings.attendance.service import Sheet
from peerbot.meetings.cover_cards import console_button
from peerbot.meetings.doors import Door
from peerbot.meetings.facilitating import rules as facilitating_rules
from peerbot.meetings.facilitating.console import Console
from peerbot.meetings.facilitating.helping import Helping
from peerbot.meetings.facilitating.holding import Held
from peerbot.meetings.facilitating.rules import USUAL_PAUSE, USUALLY_LONGER, Limit
from peerbot.meetings.facilitating.service import REMINDERS
from peerbot.meetings.rules import Meeting, State

MOST_IN_LIST: Final = 25
"""People in one of Discord's menus: as many as a group can have seats."""
LIMITS: Final[Sequence[Limit]] = ("out", "quiet")


def console_card(console: Console) -> Card:
    """Return everything that can be done in a meeting now, as buttons."""
    held, meeting, done = console.held, console.held.meeting, console.held.done
    opens = {State.OPEN: "yes", State.LOBBY: "no"}.get(meeting.state, "over")
    lines = [
        say(
            "staff-facilitate-title",
            room=shown(held.room.name),
            opens=opens,
            starts=moment(meeting.starts_at, "t"),
            ends=moment(meeting.ends_at, "t"),
            deletes=moment(meeting.deletes_at),
        ),
        say("staff-facilitate-seen", present=console.present, expected=console.expected),
    ]
    if console.writing:
        lines.append(say("staff-facilitate-writing", count=console.writing))
    if done.paused_until is not None and facilitating_rules.paused(done, console.now):
        lines.append(say("staff-facilitate-is-paused", until=moment(done.paused_until, "R")))
    if done.door_shut_at is not None:
        shut = "yes" if done.door_shut_at <= console.now else "no"
        lines.append(say("staff-facilitate-door", shut=shut, at=moment(done.door_shut_at, "t")))
    if console.out or console.quiet:
        lines.append(say("staff-facilitate-limits", out=console.out, quiet=console.quiet))
    lines.append(say("staff-facilitate-hide-how"))
    return Card("\n".join(lines), _buttons(console))


def _buttons(console: Console) -> tuple[Line, ...]:
    meeting, done = console.held.meeting, console.held.done

    def button(what: str, action: str, *args: str, **values: object) -> Button:
        return Button(f"facilitate.{action}", say(f"staff-facilitate-{what}", **values), (meeting.id, *args))

    one = button("one", "one")
    if meeting.state is State.LOBBY:
        return ((Button("meeting.open", say("room-facilitator-here"), (meeting.id,), "main"), one),)
    if meeting.state is not State.OPEN:
        return ((button("list", "list"),),)
    pause = button("pause", "pause", minutes=USUAL_PAUSE)
    if facilitating_rules.paused(done, console.now):
        pause = button("go-on", "go-on")
    more = button("extend", "extend", _seconds(meeting.ends_at), minutes=USUALLY_LONGER)
    door = button("shut", "door") if done.door_shut_at is None else button("door-open", "door-open")
    help_ = [button("cover", "cover"), Button("facilitate.sos", say("staff-facilitate-sos"), (meeting.id,), "danger")]
    if console.now >= meeting.closing_at:
        help_.append(button("list", "list"))
    return ((button("remind", "which"), pause, more), (one, door, button("end", "end")), tuple(help_))


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))


def instant(seconds: str) -> datetime:
    """Return the instant that a button carries.

    Raises:
        Invalid: for something that is none.
    """
    try:
        return datetime.fromtimestamp(number(seconds), UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise Invalid from error


def _answer(text: str, meeting: Meeting, *buttons: Button) -> Card:
    return Card(text, ((*buttons, console_button(meeting.id)),))


def close_check_card(console: Console) -> Card:
    """Ask before a meeting is ended."""
    meeting = console.held.meeting
    text = say(
        "staff-facilitate-close-check",
        room=shown(console.held.room.name),
        present=console.present,
        expected=console.expected,
        locks=moment(meeting.locks_at, "t"),
        deletes=moment(meeting.deletes_at),
    )
    buttons = [
        Button("facilitate.close", say("staff-facilitate-close-soon", at_once=how), (meeting.id, how))
        for how in ("no", "yes")
    ]
    return _answer(text, meeting, *buttons)


def closed_card(meeting: Meeting, *, at_once: bool) -> Card:
    """Return the answer once a meeting was ended."""
    text = say(
        "staff-facilitate-closed",
        at_once="yes" if at_once else "no",
        locks=moment(meeting.locks_at, "t"),
        deletes=moment(meeting.deletes_at),
    )
    return _answer(text, meeting, _list_button(meeting))


def _list_button(meeting: Meeting) -> Button:
    return Button("facilitate.list", say("staff-facilitate-list"), (meeting.id,))


def longer_card(held: Held, before: datetime | None) -> Card:
    """Return the answer once a meeting was made longer; with `before`, its end until then, it can be taken back."""
    meeting = held.meeting
    text = say("staff-facilitate-longer", ends=moment(meeting.ends_at, "t"))
    if before is None:
        return _answer(text, meeting)
    undo = Button("facilitate.shorten", say("staff-facilitate-undo"), (meeting.id, _seconds(before)))
    return _answer(text, meeting, undo)


def shorter_card(held: Held) -> Card:
    """Return the answer once that was taken back."""
    return _answer(say("staff-facilitate-shorter", ends=moment(held.meeting.ends_at, "t")), held.meeting)


def which_reminder_card(meeting_id: str) -> Card:
    """Ask what to say again."""
    options = tuple(Option(what, say(f"staff-facilitate-remind-{what}")) for what in REMINDERS)
    menu = Menu("facilitate.remind", say("staff-facilitate-remind-menu"), options, (meeting_id,))
    return Card(say("staff-facilitate-remind-which"), (menu, (console_button(meeting_id),)))


def reminded_card(held: Held) -> Card:
    """Return the answer once something is said again."""
    return _answer(say("staff-facilitate-reminded"), held.meeting)


def paused_card(held: Held) -> Card:
    """Return the answer to a pause, or to its end."""
    meeting, until = held.meeting, held.done.paused_until
    if until is None:
        return _answer(say("staff-facilitate-goes-on"), meeting)
    go_on = Button("facilitate.go-on", say("staff-facilitate-go-on"), (meeting.id,), "main")
    return _answer(say("staff-facilitate-paused", until=moment(until, "R")), meeting, go_on)


def one_person_form(meeting_id: str, user_id: int | None = None, what: str = "out") -> Form:
    """Return the form about one person: the names are Discord's, the bot knows none."""
    options = tuple(
        Option(
            each,
            say(f"staff-facilitate-limit-{each}"),
            say(f"staff-facilitate-limit-{each}-hint"),
            chosen=each == what,
        )
        for each in (*LIMITS, "back")
    )
    return Form(
        "facilitate.limit",
        say("staff-facilitate-limit-title"),
        (
            PersonPart("who", say("staff-facilitate-limit-who"), chosen=(user_id,) if user_id else ()),
            ChoicePart("what", say("staff-facilitate-limit-what"), options),
        ),
        (meeting_id,),
    )


def limited_card(held: Held, user_id: int, what: str) -> Card:
    """Return the answer once somebody was asked out, or may only read: with the way back."""
    back = Button("facilitate.ease", say("staff-facilitate-undo"), (held.meeting.id, str(user_id)))
    return _answer(say(f"staff-facilitate-limit-{what}-done", person=person(user_id)), held.meeting, back)


def eased_card(held: Held, user_id: int, *, was: bool) -> Card:
    """Return the answer once somebody was let back."""
    text = say("staff-facilitate-limit-back-done", held="yes" if was else "no", person=person(user_id))
    return _answer(text, held.meeting)


def door_check_card(door: Door) -> Card:
    """Ask before the door is shut."""
    meeting = door.held.meeting
    text = say(
        "staff-facilitate-door-check",
        room=shown(door.held.room.name),
        unseen=len(door.unseen),
        expected=door.expected,
    )
    return _answer(text, meeting, Button("facilitate.shut", say("staff-facilitate-door-yes"), (meeting.id,), "main"))


def door_card(held: Held) -> Card:
    """Return the answer once the door is about to be shut, or is open again."""
    meeting, at = held.meeting, held.done.door_shut_at
    if at is None:
        return _answer(say("staff-facilitate-door-opened"), meeting)
    undo = Button("facilitate.door-open", say("staff-facilitate-undo"), (meeting.id,))
    return _answer(say("staff-facilitate-door-shut", at=moment(at, "T")), meeting, undo)


def hide_check_card(held: Held, message_id: int) -> Card:
    """Ask before a message is taken down."""
    yes = Button("facilitate.hide", say("staff-facilitate-hide-yes"), (held.meeting.id, str(message_id)), "danger")
    return _answer(say("staff-facilitate-hide-check"), held.meeting, yes)


def hidden_card(held: Held) -> Card:
    """Return the answer once a message is being taken down, with words to say."""
    say_it = Button("facilitate.hide-say", say("staff-facilitate-hide-say"), (held.meeting.id,))
    return _answer(say("staff-facilitate-hidden"), held.meeting, say_it)


def said_hidden_card(held: Held) -> Card:
    """Return the answer once the room is told."""
    return _answer(say("staff-facilitate-hide-said"), held.meeting)


def helping_card(helping: Helping) -> Card:
    """Return who may help, in numbers, with the way to ask for one more."""
    lines = [
        say("staff-facilitate-cover-title"),
        say("staff-facilitate-cover-others", there=helping.there, others=helping.others),
        say("staff-facilitate-cover-backups", backups=helping.backups),
        say("staff-facilitate-cover-line", reachable="yes" if helping.second_line else "no"),
    ]
    if helping.asked:
        lines.append(say("staff-facilitate-cover-asked"))
    meeting = helping.held.meeting
    ask = Button("facilitate.call", say("staff-facilitate-cover-ask"), (meeting.id,), "main")
    return _answer("\n".join(lines), meeting, ask)


def called_card(held: Held) -> Card:
    """Return the answer once another facilitator is asked for."""
    return _answer(say("staff-facilitate-cover-called"), held.meeting)


def came_card(channel_id: int | None) -> Card:
    """Return the answer to *I can come*: the room, or that somebody else was quicker."""
    if channel_id is None:
        return Card(say("staff-meeting-come-taken"))
    return Card(say("staff-meeting-come-yours", room=channel(channel_id)))


def sheet_card(sheet: Sheet) -> Card:
    """Return the list of who was there, to one facilitator alone: the names are drawn by Discord."""
    meeting = sheet.held.meeting
    text = say(
        "staff-facilitate-list-title",
        listed="yes" if sheet.listed else "no",
        seen=" ".join(map(person, sheet.seen)) or say("staff-facilitate-list-nobody"),
        unseen=" ".join(map(person, sheet.unseen)) or say("staff-facilitate-list-nobody"),
        until=moment(meeting.deletes_at),
    )
    right = Button("facilitate.list-right", say("staff-facilitate-list-confirm"), (meeting.id,), "main")
    change = Button("facilitate.list-change", say("staff-facilitate-list-change"), (meeting.id,))
    return _answer(text, meeting, right, change)


def sheet_form(sheet: Sheet) -> Form:
    """Return the list as a form, those seen chosen already. Discord knows the names; the bot keeps none."""
    who = PersonPart(
        "who",
        say("staff-facilitate-list-who"),
        say("staff-facilitate-list-who-hint"),
        chosen=sheet.seen,
        required=False,
        most=MOST_IN_LIST,
    )
    return Form("facilitate.listed", say("staff-facilitate-list"), (who,), (sheet.held.meeting.id,))


def listed_card(sheet: Sheet) -> Card:
    """Return the answer once the list is confirmed."""
    meeting = sheet.held.meeting
    text = say("staff-facilitate-listed", seen=len(sheet.seen), all=len(sheet.seen) + len(sheet.unseen))
    return _answer(text, meeting, _list_button(meeting))
