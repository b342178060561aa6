"""What is seen of who is on duty."""

from datetime import datetime

from peerbot.engine.card import Card
from peerbot.engine.texts import moment, person, say
from peerbot.escalation.cards import team_line
from peerbot.escalation.cover import Cover
from peerbot.servers.help import help_button


def cover_card(cover: Cover) -> Card:
    """Return whether anybody is on duty: yes or no, and the next covered time."""
    return Card(f"{say('oncall-title')}\n{team_line(cover)}", ((help_button(),),))


def shift_card(user_id: int, starts_at: datetime, ends_at: datetime) -> Card:
    """Return the answer to a shift added."""
    return Card(
        say("staff-shift", person=person(user_id), start=moment(starts_at, "F"), end=moment(ends_at, "F")),
    )
