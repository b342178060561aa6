"""What the team sees of practice: the question before it, a page of it, and what it has shown."""

from datetime import timedelta
from typing import Final

from peerbot.engine.card import MOST_TEXT, Button, Card
from peerbot.engine.texts import moment, person, say
from peerbot.escalation.drill.rules import PagePractised, StepPractised
from peerbot.escalation.drill.service import DrillPlan, Report

_MINUTE: Final = timedelta(minutes=1)


def plan_card(plan: DrillPlan) -> Card:
    """Ask before anybody is paged."""
    minutes = plan.takes // _MINUTE
    text = say("drill-ask", count=plan.people, minutes=minutes)
    return Card(text, ((Button("drill.start", say("drill-start"), look="main"),),))


def started_card(plan: DrillPlan) -> Card:
    """Return the answer to the first press."""
    return Card(say("drill-started", minutes=plan.takes // _MINUTE), (_BUTTONS_WHILE,))


def page_card(
    number: int, concern_id: str, page_id: str, people: tuple[int, ...], *, mention: bool, repeat: bool = False
) -> Card:
    """Return a page of practice, with the button that proves its way."""
    called = [" ".join(person(user_id) for user_id in people)] if mention else []
    again = [say("staff-page-repeat")] if repeat else []
    lines = [*called, say("drill-page", number=number), *again, say("drill-page-press")]
    return Card(
        "\n".join(lines), ((Button("drill.arrived", say("drill-arrived"), (concern_id, page_id), "main"),),), people
    )


def arrived_card() -> Card:
    """Return the answer to *It arrived*."""
    return Card(say("drill-thanks"))


def none_card() -> Card:
    """Return the answer where there was no practice yet."""
    return Card(say("drill-never"))


def report_card(report: Report) -> Card:
    """Return what a practice has shown, shortened to what one message holds."""
    over = report.drill.ended_at is not None
    head = [
        say(f"drill-report-{report.drill.ended_how}" if over else "drill-report-goes-on", number=report.number),
        say("drill-report-begun", at=moment(report.drill.started_at, "F")),
    ]
    tail = [
        say("drill-report-unproven", person=person(user_id), ways=", ".join(say(f"way-{way}") for way in ways))
        for user_id, ways in report.unproven
    ]
    body = [line for step in report.steps for line in _step(step)]
    lines = [*head, *body, *(tail or [say("drill-report-all-proven")] if report.steps else [])]
    return Card(_fitting(lines), (() if over else (_BUTTONS_WHILE,)))


def _step(step: StepPractised) -> list[str]:
    title = say("drill-step-reached" if step.reached else "drill-step-not-reached", at=moment(step.at, "t"))
    return [title, *(f"- {_page(page)}" for page in step.pages)]


def _page(page: PagePractised) -> str:
    who = " ".join(person(user_id) for user_id in page.people)
    took = page.answered_after
    seconds = int(took.total_seconds()) if took is not None else 0
    return say(
        f"drill-page-{page.outcome}",
        people=who,
        way=say(f"way-{page.way}"),
        by=person(page.pressed_by or 0),
        minutes=seconds // 60,
        seconds=seconds % 60,
    )


def _fitting(lines: list[str]) -> str:
    """Return as many lines as one message holds, and how many more there are."""
    if len("\n".join(lines)) <= MOST_TEXT:
        return "\n".join(lines)
    kept = list(lines)
    while len("\n".join([*kept, say("drill-report-more", count=len(lines) - len(kept))])) > MOST_TEXT:
        kept.pop()
    return "\n".join([*kept, say("drill-report-more", count=len(lines) - len(kept))])


_BUTTONS_WHILE: Final = (Button("drill.show", say("drill-show")), Button("drill.stop", say("drill-stop")))
