"""What a lead sees of /postvention: what it does, before it does it, and the way back."""

from peerbot.engine.card import Button, Card
from peerbot.engine.texts import moment, person, say
from peerbot.escalation.aftercare.postvention import Silence
from peerbot.servers.help import help_button


def asking_card(state: Silence) -> Card:
    """Return what it does, and the question; or, where it stands already, since when and the way back."""
    if state.since is not None:
        return _silent(state)
    begin = Button("postvention.begin", say("postvention-begin"), (str(state.user_id),), "main")
    return Card(say("postvention-ask", person=person(state.user_id)), ((begin, help_button()),))


def done_card(state: Silence) -> Card:
    """Return how things stand after a press."""
    if state.since is not None:
        return _silent(state)
    return Card(say("postvention-ended", person=person(state.user_id)), ((help_button(),),))


def _silent(state: Silence) -> Card:
    since = moment(state.since, "f") if state.since is not None else ""
    undo = Button("postvention.end", say("postvention-end"), (str(state.user_id),))
    return Card(say("postvention-silent", person=person(state.user_id), since=since), ((undo, help_button()),))
