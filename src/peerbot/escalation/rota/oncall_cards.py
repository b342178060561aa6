"""What is seen of who is on duty."""

from peerbot.engine.card import Card
from peerbot.engine.texts import moment, say
from peerbot.escalation.raising.cards import team_line
from peerbot.escalation.rota.cover import Cover
from peerbot.servers.help import help_button


def cover_card(cover: Cover) -> Card:
    """Return whether anybody is on duty: yes or no, and the next covered time. No numbers stand on this card."""
    lines = [say("oncall-title")]
    if cover.concern is not None or cover.on_duty_until is not None:
        lines.append(team_line(cover))
    else:
        lines += [_nobody(cover), say("oncall-numbers")]
    lines += [say("oncall-prove")] if cover.to_prove else []
    return Card("\n".join(lines), ((help_button(),),))


def _nobody(cover: Cover) -> str:
    if not cover.known:
        return say("oncall-unknown")
    if not cover.set_up:
        return say("oncall-no-team")
    if cover.on_rota:
        return say("oncall-unproven")
    return say("oncall-later", at=moment(cover.next_shift, "F")) if cover.next_shift else say("oncall-nobody")
