"""What is seen of who is on duty."""

from peerbot.engine.card import Card
from peerbot.engine.texts import say
from peerbot.escalation.cards import team_line
from peerbot.escalation.cover import Cover
from peerbot.servers.help import help_button


def cover_card(cover: Cover) -> Card:
    """Return whether anybody is on duty: yes or no, and the next covered time."""
    return Card(f"{say('oncall-title')}\n{team_line(cover)}", ((help_button(),),))
