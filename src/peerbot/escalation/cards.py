"""What people see of a concern. The crisis card comes from memory; everything else from the concern as it is now."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.card import Button, Card, ChoicePart, Form, Menu, Option, TextPart, TickPart, Words
from peerbot.engine.texts import channel, moment, person, say
from peerbot.escalation import crisis, rules
from peerbot.escalation.cover import Cover
from peerbot.escalation.crisis import ELSEWHERE, FINDER, Age, Service
from peerbot.escalation.raising import CATEGORIES, MOST_NOTE
from peerbot.escalation.rules import Level, Reach, State
from peerbot.escalation.store import Concern
from peerbot.servers.help import help_button

_SOON: Final = timedelta(hours=1)
_MOST_LISTED: Final = 15
_SOMEBODY: Final = frozenset({Reach.ON_DUTY, Reach.OFF_DUTY})
"""There are people to ask, so it can be said that all were tried."""


def crisis_card(country: str, now: datetime, cover: Cover | None = None, server_id: int | None = None) -> Card:
    """Return the crisis card of a country, with what can be said of the team once that is known."""
    known = crisis.country(country)
    name = known.name if known else say("crisis-anywhere")
    lines = [say("crisis-card-title", country=name), say("crisis-card-danger", number=crisis.emergency_number(country))]
    if known is not None:
        fresh = [service for service in known.services if service.age(now) is not Age.PLEASE_CHECK]
        stale = [service for service in known.services if service.age(now) is Age.PLEASE_CHECK]
        lines.extend(f"- {_service(service)}" for service in fresh)
        if stale:
            lines.append(say("crisis-card-please-check"))
            lines.extend(f"- {_service(service)}" for service in stale)
    lines += [say("crisis-card-words"), say("crisis-card-elsewhere", finder=FINDER), say("crisis-card-near")]
    if cover is not None:
        lines.append(team_line(cover))
    return Card("\n".join(lines), _ways_on(cover, server_id))


def _service(service: Service) -> str:
    ways = " · ".join(
        say(f"crisis-way-{way.kind}-word", value=way.value, keyword=way.keyword)
        if way.keyword
        else say(f"crisis-way-{way.kind}", value=way.value)
        for way in service.ways
    )
    return say("crisis-service", name=service.name, ways=ways, cost=service.cost, hours=service.hours)


def _ways_on(cover: Cover | None, server_id: int | None) -> tuple[tuple[Button, ...], ...]:
    there = (str(server_id),) if server_id is not None else ()
    later = "ask-after-meeting" if cover is not None and cover.in_meeting else "ask-next-day"
    return (
        (
            Button("concern.ask", say("ask-danger"), ("emergency", *there), "danger"),
            Button("concern.ask", say("ask-now"), ("urgent", *there), "main"),
        ),
        (
            Button("concern.ask", say(later), ("check_in", *there)),
            Button("help.card", say("ask-card")),
            Button("help.elsewhere", say("ask-elsewhere")),
        ),
    )


def team_line(cover: Cover) -> str:
    """Return what is true of the team now."""
    if not cover.known:
        return say("team-line-unknown")
    if not cover.set_up:
        return say("team-line-none")
    if cover.concern is not None:
        return say("team-line-open", state=state_line(cover.concern))
    if cover.on_duty_until is not None:
        return say("team-line-covered", until=moment(cover.on_duty_until))
    if cover.next_shift is not None:
        return say("team-line-later", at=moment(cover.next_shift, "F"))
    return say("team-line-nobody")


def elsewhere_card(names: Mapping[str, str]) -> Card:
    """Return the menu of countries. What is chosen is not stored."""
    options = tuple(Option(code, name) for code, name in names.items())
    return Card(say("elsewhere"), (Menu("help.country", say("elsewhere-menu"), options),))


def just_the_card() -> Card:
    """Return the answer to *Just the card*."""
    return Card(say("just-the-card"), ((help_button(),),))


def choose_team_card(level: str, teams: Sequence[tuple[int, str]]) -> Card:
    """Return the menu of servers, for somebody who asks in a direct message."""
    if not teams:
        number = crisis.emergency_number(ELSEWHERE)
        return Card(say("no-team-anywhere", number=number, finder=FINDER), ((help_button(),),))
    options = tuple(Option(str(server_id), name[:100]) for server_id, name in teams[:25])
    return Card(say("choose-team"), (Menu("concern.for", say("choose-team-menu"), options, (level,)),))


def state_line(concern: Concern) -> str:
    """Return how things stand, for the raiser."""
    if concern.withdrawn_at is not None and concern.state in rules.WAITING:
        return say("state-withdrawn")
    match concern.state:
        case State.TAKEN:
            return say("state-taken", person=person(concern.taken_by or 0))
        case State.IN_HAND:
            return say("state-in-hand", person=person(concern.taken_by or 0))
        case State.CLOSED:
            return say("state-closed")
        case _ if concern.nobody_at is not None and concern.reach in _SOMEBODY:
            return say("state-nobody")
        case _:
            return _waiting_line(concern)


def _waiting_line(concern: Concern) -> str:
    """Return what is true while nobody has it: never more people than were alerted."""
    if concern.reach is Reach.NO_LINE:
        return say("state-no-line", finder=FINDER)
    if concern.asked_again:
        return say("state-passed-on", count=concern.alerted)
    if concern.alerted == 0 and concern.waits_until is not None:
        return say("state-waits", at=moment(concern.waits_until))
    if concern.alerted == 0:
        return say("state-nobody-to-ask")
    text = "state-waiting" if concern.reach is Reach.ON_DUTY else "state-off-duty"
    return say(text, count=concern.alerted)


def receipt_card(concern: Concern, country: str) -> Card:
    """Return how things stand and how the raiser will hear: the private answer, and each news."""
    lines = [say("receipt-title"), state_line(concern)]
    if concern.state in rules.WAITING and concern.withdrawn_at is None:
        if concern.nobody_at is None:
            # A time alone would be read as today's.
            after = concern.position.ladder.nobody_after
            lines.append(say("receipt-when", at=moment(concern.level_since + after, "t" if after < _SOON else "f")))
        lines.append(say("receipt-danger", number=crisis.emergency_number(country), finder=FINDER))
    if concern.about_other is not None:
        lines.append(say("receipt-about-other"))
    if concern.state is not State.CLOSED:
        where = channel(concern.side_channel_id) if concern.side_channel_id else ""
        lines.append(say(f"receipt-way-{concern.way}", where=where))
    return Card("\n".join(lines), ((*_raisers_buttons(concern), help_button()),))


def _raisers_buttons(concern: Concern) -> tuple[Button, ...]:
    if concern.state is State.CLOSED or concern.raiser_id is None:
        return ()
    danger = Button("concern.danger", say("ask-danger"), (concern.id,), "danger")
    done = Button("concern.withdraw", say("ask-withdraw"), (concern.id,))
    return (danger, done) if concern.level < Level.EMERGENCY else (done,)


def concern_form(subject_id: int | None) -> Form:
    """Return the form of /concern and of *Raise a concern*."""
    levels = tuple(
        Option(level.word, say(f"level-{level.word}"), say(f"level-{level.word}-hint"), chosen=level is Level.CHECK_IN)
        for level in Level
    )
    return Form(
        "concern.send",
        say("concern-title"),
        (
            Words(say("concern-cover")),
            ChoicePart("level", say("concern-level"), levels),
            ChoicePart(
                "category",
                say("concern-category"),
                tuple(Option(name, say(f"category-{name}")) for name in CATEGORIES),
                menu=True,
            ),
            TextPart("note", say("concern-note"), say("concern-note-hint"), required=False, most=MOST_NOTE, long=True),
            TickPart("hide", say("concern-hide"), (Option("yes", say("concern-hide-yes")),), say("concern-hide-hint")),
        ),
        (str(subject_id),) if subject_id is not None else (),
    )


def left_card() -> Card:
    """Return the answer to leaving a side room."""
    return Card(say("side-room-you-left"), ((help_button(),),))
