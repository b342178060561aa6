"""What is seen of who is on duty."""

from peerbot.engine.card import Card
from peerbot.engine.texts import say
from peerbot.escalation.cards import team_line
from peerbot.escalation.cover import Cover
from peerbot.servers.help import help_button


def cover_card(cover: Cover) -> Card:
    """Return whether anybody is on duty: yes or no, and the next covered time."""
    lines = [say("oncall-title"), team_line(cover), *([say("oncall-prove")] if cover.to_prove else [])]
    return Card("\n".join(lines), ((help_button(),),))
