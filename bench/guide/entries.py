"""The messages that the stories do not reach, each made by the bot's own function from made-up values.

To show another one add a line to `ENTRIES`: under which heading, what it is and who sees it, and the card or form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from peerbot.engine.card import Card, Form
from peerbot.escalation import answer_times_cards, crisis
from peerbot.escalation.drill import cards as drill_cards
from peerbot.escalation.drill.service import DrillPlan
from peerbot.escalation.handling import team_cards
from peerbot.escalation.handling.service import Opened, Taken
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.policy import USUAL
from peerbot.escalation.raising import cards, raiser_cards
from peerbot.escalation.raising.raiser_cards import Meanwhile
from peerbot.escalation.rota import cards as rota_cards
from peerbot.escalation.rota import oncall_cards
from peerbot.escalation.rota.cover import Cover
from peerbot.escalation.rota.rostering import Put
from peerbot.escalation.rota.rules import Cover as OnDuty
from peerbot.escalation.rota.rules import Span
from peerbot.escalation.rules import Level, Reach, State
from peerbot.escalation.store import Concern
from tests.escalation.scene import BEN, CHO, DEPUTY, LEAD, MO, SERVER

NOW: Final = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
SIDE_ROOM: Final = 700_001
ROOMS: Final = {SIDE_ROOM: "room-7f3a9c"}
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message or form of the guide."""

    section: str
    what: str
    shown: Card | Form


OWN: Final = Concern(
    id="made-up",
    server_id=SERVER,
    number=12,
    level=Level.URGENT,
    state=State.OPEN,
    category="wellbeing",
    raiser_id=CHO,
    hides_name=False,
    subject_id=CHO,
    note=None,
    group_id=None,
    room_name=None,
    raised_at=NOW,
    level_since=NOW,
    token=None,
    alerted=2,
    way="dm",
)
"""Cho's own concern, urgent, with two people alerted."""
OTHERS: Final = replace(OWN, subject_id=BEN, note="He left in tears.", room_name="room-7f3a9c")
_PUT: Final = Put(OnDuty("made-up", MO, Span(NOW, NOW + 3 * _HOUR)), "Europe/London")
_MEANWHILE: Final = Meanwhile("GB", "", NOW)
_TAKEN: Final = {"state": State.TAKEN, "taken_by": MO}
_CARD: Final = "What somebody sees who presses *Help now*"
_RECEIPT: Final = "What the person reads of their concern, in each state"
_WAYS: Final = "How the person hears: the last line of each of these"
_FORM: Final = "The form of `/concern` and *Raise a concern*"
_TEAM: Final = "What the team sees when it answers"
_DUTY: Final = "Who is on duty"
_DRILL: Final = "Practice"
_TIMES: Final = "Setting the answer times"


def _receipt(concern: Concern, outside: str = "") -> Card:
    return raiser_cards.receipt_card(concern, replace(_MEANWHILE, outside=outside))


ENTRIES: Final[Sequence[Entry]] = (
    Entry(_CARD, "Somebody is on duty", cards.crisis_card("GB", NOW, Cover(on_duty_until=NOW + 3 * _HOUR))),
    Entry(
        _CARD,
        "Somebody is on duty for more than a day",
        cards.crisis_card("GB", NOW, Cover(on_duty_until=NOW + 48 * _HOUR, on_duty_on=True)),
    ),
    Entry(_CARD, "Nobody is, until a known time", cards.crisis_card("IE", NOW, Cover(next_shift=NOW + 12 * _HOUR))),
    Entry(_CARD, "Nobody is, during a meeting", cards.crisis_card("CA", NOW, Cover(in_meeting=True))),
    Entry(_CARD, "No team is set up, no country known", cards.crisis_card("*", NOW, Cover(set_up=False))),
    Entry(_CARD, "The bot's own database fails", cards.crisis_card("US", NOW, Cover(known=False))),
    Entry(_CARD, "A concern is open already", cards.crisis_card("NZ", NOW, Cover(concern=OWN))),
    Entry(_CARD, "Numbers not checked for 180 days", cards.crisis_card("AU", NOW + timedelta(days=400))),
    Entry(_CARD, "*Somewhere else?*", cards.elsewhere_card(crisis.country_names())),
    Entry(_CARD, "*Just the card*", cards.just_the_card()),
    Entry(_CARD, "In a direct message, in two servers", cards.choose_team_card("urgent", [(1, "Bay"), (2, "Hill")])),
    Entry(_CARD, "In a direct message, in no server", cards.choose_team_card("urgent", [])),
    Entry(_RECEIPT, "Waiting; somebody is on duty", _receipt(OWN)),
    Entry(_RECEIPT, "Waiting; who is on duty is unproven", _receipt(replace(OWN, reach=Reach.UNPROVEN))),
    Entry(_RECEIPT, "Waiting; nobody is on duty, others were alerted", _receipt(replace(OWN, reach=Reach.OFF_DUTY))),
    Entry(
        _RECEIPT,
        "A check-in that waits for the next shift",
        _receipt(replace(OWN, level=Level.CHECK_IN, alerted=0, waits_until=NOW + 9 * _HOUR)),
    ),
    Entry(_RECEIPT, "There is nobody to ask", _receipt(replace(OWN, alerted=0, reach=Reach.NOBODY))),
    Entry(
        _RECEIPT,
        "It is about the team and no line is left; an outside contact is named",
        _receipt(replace(OTHERS, alerted=0, reach=Reach.NO_LINE), "Harbour advice, 0300 000 000"),
    ),
    Entry(
        _RECEIPT,
        "The same, where no outside contact is named",
        _receipt(replace(OTHERS, alerted=0, reach=Reach.NO_LINE)),
    ),
    Entry(_RECEIPT, "Nobody has answered", _receipt(replace(OWN, nobody_at=NOW, state=State.UNANSWERED))),
    Entry(_RECEIPT, "Who had it went silent; it was passed on", _receipt(replace(OWN, asked_again=True))),
    Entry(_RECEIPT, "Somebody has it", _receipt(replace(OWN, **_TAKEN))),
    Entry(_RECEIPT, "Somebody is with them", _receipt(replace(OWN, state=State.IN_HAND, taken_by=MO))),
    Entry(
        _RECEIPT,
        "The same, in a side room",
        _receipt(
            replace(
                OWN, state=State.IN_HAND, taken_by=MO, way="room", side_channel_id=SIDE_ROOM, side_people=(MO, LEAD)
            )
        ),
    ),
    Entry(_RECEIPT, "They no longer need it", _receipt(replace(OWN, withdrawn_at=NOW))),
    Entry(_RECEIPT, "Closed", _receipt(replace(OWN, state=State.CLOSED))),
    Entry(_RECEIPT, "Raised about another person: waiting", _receipt(OTHERS)),
    Entry(_RECEIPT, "About others, often in one day", _receipt(replace(OTHERS, alerted=0, held=Held.OFTEN))),
    Entry(_RECEIPT, "About others, from somebody blocked", _receipt(replace(OTHERS, alerted=0, held=Held.BLOCKED))),
    Entry(_RECEIPT, "About another person: somebody has it", _receipt(replace(OTHERS, **_TAKEN))),
    Entry(_RECEIPT, "About another person: with them", _receipt(replace(OTHERS, state=State.IN_HAND, taken_by=MO))),
    Entry(_RECEIPT, "About another person: closed", _receipt(replace(OTHERS, state=State.CLOSED))),
    Entry(_WAYS, "Not known yet", _receipt(replace(OWN, way="unproven"))),
    Entry(_WAYS, "By direct message", _receipt(OWN)),
    Entry(_WAYS, "In a side room", _receipt(replace(OWN, way="room", side_channel_id=SIDE_ROOM))),
    Entry(_WAYS, "No way works", _receipt(replace(OWN, way="none"))),
    Entry(_WAYS, "They have left the side room", cards.left_card()),
    Entry(_FORM, "Everybody", cards.concern_form(None, Cover(on_duty_until=NOW + _HOUR))),
    Entry(_TEAM, "*I've got it*: the first", team_cards.taken_card(Taken(replace(OWN, **_TAKEN), MO, mine=True))),
    Entry(_TEAM, "The second", team_cards.taken_card(Taken(replace(OWN, **_TAKEN), MO, mine=False))),
    Entry(_TEAM, "Closed", team_cards.taken_card(Taken(replace(OWN, state=State.CLOSED), MO, mine=False))),
    Entry(_TEAM, "*Open*; written in the access log", team_cards.opened_card(Opened(replace(OTHERS, **_TAKEN), CHO))),
    Entry(
        _TEAM,
        "*Open*, where the raiser hides their name and nothing reaches them",
        team_cards.opened_card(Opened(replace(OTHERS, way="none"), None)),
    ),
    Entry(
        _TEAM,
        "*Open*, closed, by a moderator",
        team_cards.opened_card(Opened(replace(OTHERS, state=State.CLOSED), None, closed_to_them=True)),
    ),
    Entry(_TEAM, "`/escalation list`", team_cards.list_card([OWN, replace(OTHERS, number=13, **_TAKEN)])),
    Entry(_TEAM, "`/escalation list`, nothing open", team_cards.list_card([])),
    Entry(_DUTY, "`/oncall now`, by anybody", oncall_cards.cover_card(Cover(on_duty_until=NOW + 3 * _HOUR))),
    Entry(_DUTY, "Who is on duty is unproven, and asks", oncall_cards.cover_card(Cover(on_rota=True, to_prove=True))),
    Entry(_DUTY, "Nobody is on duty", oncall_cards.cover_card(Cover())),
    Entry(_DUTY, "Somebody was put on duty", rota_cards.put_card(_PUT)),
    Entry(_DRILL, "`/drill start`, by the lead", drill_cards.plan_card(DrillPlan(4, timedelta(minutes=20)))),
    Entry(_DRILL, "It has begun", drill_cards.started_card(DrillPlan(4, timedelta(minutes=20)))),
    Entry(_DRILL, "A page of it", drill_cards.page_card(3, "c", "p", (MO, DEPUTY), mention=True)),
    Entry(_DRILL, "*It arrived*", drill_cards.arrived_card()),
    Entry(_DRILL, "No practice yet", drill_cards.none_card()),
    Entry(_TIMES, "`/manage answer-times`, by lead or administrator", answer_times_cards.answers_card(USUAL)),
    Entry(_TIMES, "The form for urgent", answer_times_cards.answers_form("urgent", USUAL)),
    Entry(_TIMES, "Told in the moderators' channel", answer_times_cards.news_card("urgent", USUAL)),
)
