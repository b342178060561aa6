"""The agreement, the limits, and the reminders of them in a room."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.engine.card import Button, Card
from peerbot.engine.texts import moment, person, say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button


def agreement_text(added: Sequence[str] = ()) -> str:
    """Return the agreement, as the join form and the card show it; what a group adds stands after it."""
    return _with(say("agreement-text"), "agreement-added", added)


def limits_text(added: Sequence[str] = ()) -> str:
    """Return the limits of confidentiality, as the join form and the card show them; what a server adds stands after.

    The built-in text always stands first and whole: it may be extended, never weakened.
    """
    return _with(say("limits-text"), "limits-added", added)


def _with(text: str, heading: str, added: Sequence[str]) -> str:
    return "\n".join((text, "", say(heading), *map(clause, added))) if added else text


def clause(line: str) -> str:
    """Return one added line, as it is shown."""
    return say("agreement-line", line=shown(line))


def agreement_card() -> Card:
    """Return the agreement. The limits belong beside it, always as a card of their own."""
    return Card(agreement_text(), ((help_button(),),))


def limits_card(added: Sequence[str] = ()) -> Card:
    """Return the limits of confidentiality, with what the server adds."""
    return Card(limits_text(added), ((help_button(),),))


def who_card(lines: str, *, here: bool, elsewhere: bool) -> Card:
    """Return who can read the room one is in (`here`), else rooms of the server; `elsewhere`: there is no server."""
    if elsewhere:
        return Card(say("sight-elsewhere"), ((help_button(),),))
    title = say("sight-room-title" if here else "sight-title")
    return Card("\n".join((title, lines, say("sight-promise"))), ((help_button(),),))


def opening_reminder(
    meeting_id: str, group: str, medium: str, facilitators: Sequence[int], ends_at: datetime, emergency: str
) -> Card:
    """Return what opens a meeting, by text or voice (`medium`). Nobody is pinged.

    `emergency` is the number of the server's country.
    """
    text = say(
        "reminder-opening",
        group=shown(group),
        medium=medium,
        facilitators=len(facilitators),
        who=", ".join(person(each) for each in facilitators),
        ends=moment(ends_at, "t"),
        emergency=emergency,
    )
    here = Button("meeting.here", say("reminder-here"), (meeting_id,), "main")
    return Card(text, ((help_button(), _tell_button(), here),))


def mid_reminder() -> Card:
    """Return what is said half-way."""
    return Card(say("reminder-mid"), ((help_button(), _tell_button()),))


def closing_reminder(ends_at: datetime, open_until: datetime, next_at: datetime | None) -> Card:
    """Return what is said shortly before the end. `next_at` is the group's next meeting, if one is planned."""
    text = say(
        "reminder-closing",
        ends=moment(ends_at, "t"),
        until=moment(open_until, "t"),
        next="none" if next_at is None else moment(next_at, "F"),
    )
    return Card(text, ((help_button(), _tell_button()),))


def _tell_button() -> Button:
    # The room it is pressed in says which facilitators are meant.
    return Button("concern.tell", say("reminder-tell"))
