"""What a raiser reads of their concern: how things stand, the numbers meanwhile, and how they will hear.

The sentences of domain.md §5.9 to §5.12, each said only while it is true.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.card import Button, Card
from peerbot.engine.texts import channel, moment, person, say
from peerbot.engine.words import shown
from peerbot.escalation import crisis, rules
from peerbot.escalation.crisis import FINDER
from peerbot.escalation.help_lines import service_lines
from peerbot.escalation.rules import Level, Reach, State
from peerbot.escalation.store import Concern
from peerbot.servers.help import help_button

_SOON: Final = timedelta(hours=1)
_SOMEBODY: Final = frozenset({Reach.ON_DUTY, Reach.UNPROVEN, Reach.OFF_DUTY})
"""There are people to ask, so it can be said that all were tried."""
_WITH_SOMEBODY: Final = frozenset({State.TAKEN, State.IN_HAND})


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Whom a raiser can turn to outside the team at the instant `now`: all of it from memory.

    `country` is the server's; `outside` its contact outside the team, empty where none is named.
    """

    country: str
    outside: str
    now: datetime


def state_line(concern: Concern, outside: str = "") -> str:
    """Return how things stand, for the raiser."""
    if concern.withdrawn_at is not None and concern.state in rules.WAITING:
        return say("state-withdrawn")
    other = "-other" if not concern.about_self else ""
    match concern.state:
        case State.TAKEN | State.IN_HAND:
            state = concern.state.replace("_", "-")
            return say(f"state-{state}{other}", person=person(concern.taken_by or 0))
        case State.CLOSED:
            return say("state-closed" if concern.about_other is None else "state-closed-other")
        case _ if concern.nobody_at is not None and concern.reach in _SOMEBODY:
            return say("state-nobody")
        case _:
            return _waiting_line(concern, outside)


def _waiting_line(concern: Concern, outside: str) -> str:
    """Return what is true while nobody has it: never more people than were alerted."""
    if concern.on_lead_list:
        return f"{say(f'state-held-{concern.held}')}\n{say('state-held-list')}"
    if concern.reach is Reach.NO_LINE:
        contact = say("state-outside", contact=shown(outside)) if outside else say("state-no-outside", finder=FINDER)
        return f"{say('state-no-line')}\n{contact}"
    if concern.alerted == 0 and concern.waits_until is not None:
        return say("state-waits", at=moment(concern.waits_until))
    if concern.alerted == 0:
        contact = [say("state-outside", contact=shown(outside))] if outside else []
        return "\n".join([say("state-nobody-to-ask"), *contact])
    if concern.asked_again and concern.alerted > 1:  # Else it was only whoever had it, and nobody other was asked.
        return say("state-passed-on", count=concern.alerted)
    text = {Reach.ON_DUTY: "state-waiting", Reach.UNPROVEN: "state-unproven"}.get(concern.reach, "state-off-duty")
    return say(text, count=concern.alerted)


def receipt_card(concern: Concern, meanwhile: Meanwhile) -> Card:
    """Return how things stand and how the raiser will hear: the private answer, and each news."""
    lines = [say("receipt-title"), state_line(concern, meanwhile.outside)]
    if concern.state in rules.WAITING and concern.withdrawn_at is None:
        lines += _while_waiting(concern, meanwhile)
    elif concern.state in _WITH_SOMEBODY:
        lines += _with_somebody(concern, meanwhile)
    if concern.about_other is not None:
        lines += _about_another(concern)
    if concern.state is not State.CLOSED:
        where = channel(concern.side_channel_id) if concern.side_channel_id else ""
        lines.append(say(f"receipt-way-{concern.way}", where=where))
    return Card("\n".join(lines), ((*_raisers_buttons(concern), help_button()),))


def _while_waiting(concern: Concern, meanwhile: Meanwhile) -> list[str]:
    number = crisis.emergency_number(meanwhile.country)
    outside = [*service_lines(meanwhile.country, meanwhile.now), say("receipt-finder", finder=FINDER)]
    if concern.on_lead_list:
        # No clock runs: nobody was asked, so there is no instant at which nobody has answered.
        return [say("receipt-danger", number=number), *outside]
    if concern.nobody_at is not None:
        return [say("receipt-use-these", number=number), *outside, say("receipt-near"), say("receipt-keeps-trying")]
    after = concern.position.ladder.nobody_after
    # A time alone would be read as today's.
    at = moment(concern.level_since + after, "t" if after < _SOON else "f")
    return [say("receipt-when", at=at), say("receipt-danger", number=number), *outside]


def _with_somebody(concern: Concern, meanwhile: Meanwhile) -> list[str]:
    lines: list[str] = []
    if concern.side_channel_id is not None and not concern.side_over and concern.taken_by in concern.side_people:
        lines.append(say("receipt-side-room", where=channel(concern.side_channel_id)))
    if concern.about_self:
        lines.append(say("receipt-you-decide"))
        lines.append(say("receipt-too-much", number=crisis.emergency_number(meanwhile.country)))
        lines += service_lines(meanwhile.country, meanwhile.now)
    return lines


def _about_another(concern: Concern) -> list[str]:
    """Return what somebody reads who raised it about another; that the team has it, only where it does."""
    if concern.state is State.CLOSED:
        return [say("receipt-how-are-you")]
    asked = concern.state in _WITH_SOMEBODY or (concern.alerted > 0 and concern.nobody_at is None)
    alone = [say("receipt-not-alone")] if asked else []
    return [say("receipt-about-other"), *alone, say("receipt-life-in-danger"), say("receipt-how-are-you")]


def _raisers_buttons(concern: Concern) -> tuple[Button, ...]:
    if concern.state is State.CLOSED or concern.raiser_id is None:
        return ()
    danger = Button("concern.danger", say("ask-danger"), (concern.id,), "danger")
    done = Button("concern.withdraw", say("ask-withdraw"), (concern.id,))
    return (danger, done) if concern.level < Level.EMERGENCY else (done,)
