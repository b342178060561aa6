"""What somebody sees who may need the team: the crisis card, from memory, and the ways on from it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from peerbot.engine.card import Button, Card, ChoicePart, Form, Menu, Option, TextPart, TickPart, Words
from peerbot.engine.texts import moment, say
from peerbot.escalation import crisis
from peerbot.escalation.crisis import ELSEWHERE, FINDER
from peerbot.escalation.help_lines import service_lines
from peerbot.escalation.raising.raiser_cards import state_line
from peerbot.escalation.raising.rules import CATEGORIES, MOST_NOTE
from peerbot.escalation.rota.cover import Cover
from peerbot.escalation.rules import Level
from peerbot.servers.help import help_button


def crisis_card(country: str, now: datetime, cover: Cover | None = None, server_id: int | None = None) -> Card:
    """Return the crisis card of a country, with what can be said of the team once that is known."""
    known = crisis.country(country)
    name = known.name if known else say("crisis-anywhere")
    lines = [say("crisis-card-title", country=name), say("crisis-card-danger", number=crisis.emergency_number(country))]
    lines += service_lines(country, now)
    lines += [say("crisis-card-words"), say("crisis-card-elsewhere", finder=FINDER), say("crisis-card-near")]
    if cover is not None:
        lines.append(team_line(cover))
    return Card("\n".join(lines), _ways_on(cover, server_id))


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
    if cover.on_duty_on:
        return say("team-line-on")
    if cover.on_duty_until is not None:
        return say("team-line-covered", until=moment(cover.on_duty_until))
    if cover.on_rota:
        return say("team-line-unproven")
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


def concern_form(subject_id: int | None, cover: Cover) -> Form:
    """Return the form of /concern and of *Raise a concern*: who would read it now, before it is written."""
    levels = tuple(
        Option(level.word, say(f"level-{level.word}"), say(f"level-{level.word}-hint"), chosen=level is Level.CHECK_IN)
        for level in Level
    )
    return Form(
        "concern.send",
        say("concern-title"),
        (
            Words(f"{team_line(replace(cover, concern=None))}\n{say('concern-cover')}"),
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


def dm_answer_card() -> Card:
    """Return the answer to any direct message: it was not read, and here is the way to help."""
    return Card(say("dm-answer"), ((help_button(),),))


def left_card() -> Card:
    """Return the answer to leaving a side room."""
    return Card(say("side-room-you-left"), ((help_button(),),))
