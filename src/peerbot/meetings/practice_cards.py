"""What whoever sets a server up sees of a practice meeting."""

from peerbot.engine.card import Button, Card
from peerbot.engine.texts import moment, say
from peerbot.meetings.practice import Practising
from peerbot.servers.cards import go_on


def plan_card(practising: Practising) -> Card:
    """Return what it would be, and ask."""
    text = say("practice-plan", people=practising.people)
    return Card(text, ((Button("setup.practice-begin", say("practice-begin"), look="main"),),))


def begun_card(practising: Practising) -> Card:
    """Return when it starts."""
    text = say("practice-begun", starts=moment(practising.starts_at, "R"), ends=moment(practising.ends_at, "t"))
    return Card(text, (go_on(),))
