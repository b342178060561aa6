"""What coordinators see of series: what would come of one, what a change touches, and lists to choose from."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from peerbot.engine.card import MOST_TEXT, Button, Card
from peerbot.engine.errors import OldButton
from peerbot.engine.texts import moment, say, wall
from peerbot.engine.words import shown
from peerbot.meetings.series import proposal
from peerbot.meetings.series.changes import Change, Move, Paused, Timing
from peerbot.meetings.series.proposal import Proposal, Proposed
from peerbot.meetings.series.recurrence import LAST, Occurrence, Pause, Rule
from peerbot.signup.rules import Group

_SHOWN: Final = 10
_IN_CHOICE: Final = 100
"""Characters of a line in Discord's autocomplete list."""


def proposal_card(proposed: Proposal) -> Card:
    """Return the dates a series would bring, and the button that keeps it."""
    rule = proposed.rule
    why = say("staff-series-zone", because=proposed.because, zone=rule.zone)
    head = "\n".join((say("staff-series-check", group=shown(proposed.group_name)), _rule(rule), why))
    lines = [_date(number, each, rule.zone) for number, each in enumerate(proposed.dates, 1)]
    if proposed.last_start is not None:
        lines.append(say("staff-series-until-the-end", day=proposal.last_day(proposed.last_start)))
    if proposed.paused:
        lines.append(say("staff-series-group-paused"))
    confirm = Button("series.add", say("staff-series-confirm"), proposal.to_args(proposed.group_id, rule), "main")
    return Card("\n".join((head, *lines)), ((confirm,),))


def list_card(group: Group, timings: Sequence[Timing]) -> Card:
    """Return a group's series with their next dates."""
    if not timings:
        return Card(say("series-none", group=shown(group.name)))
    lines, text = [say("series-list", group=shown(group.name))], ""
    if group.state == "paused":
        lines.append(say("series-group-paused"))
    for number, timing in enumerate(timings):
        text = "\n".join((*lines, _timing(timing)))
        rest = say("series-more-series", count=len(timings) - number)
        if len(text) + len(rest) >= MOST_TEXT:
            return Card("\n".join((*lines, rest)))
        lines.append(_timing(timing))
    return Card(text)


def _timing(timing: Timing) -> str:
    rule = timing.series.rule
    lines = [_rule(rule)]
    if timing.pause is not None:
        lines.append(_pause("series-list-paused", timing.pause))
    lines += [f"- {_at(one, rule)}" for one in timing.dates]
    if timing.more:
        lines.append(say("series-more-planned", count=timing.more))
    return "\n".join(lines)


def _pause(text: str, pause: Pause, **values: object) -> str:
    ends = "none" if pause.last is None else "known"
    return say(text, ends=ends, first=pause.first, last=pause.last or pause.first, **values)


def skip_card(change: Change) -> Card:
    """Return what skipping dates would touch, and the button that does it."""
    confirm = Button("series.skip", say("series-skip-confirm", count=len(change.dates)), _span(change), "main")
    return Card(_told("series-skip-check", change), ((confirm,),))


def skipped_card(change: Change) -> Card:
    """Return the answer to dates that are skipped, with the way back."""
    undo = Button("series.unskip", say("series-undo"), _span(change))
    return Card(_told("series-skipped", change), ((undo,),))


def unskipped_card(change: Change) -> Card:
    """Return the answer to dates that take place after all."""
    return Card(_told("series-unskipped", change))


def move_card(move: Move) -> Card:
    """Return what moving a date would touch, and the button that does it."""
    confirm = Button("series.move", say("series-move-confirm"), _to(move, move.starts_at), "main")
    return Card(_moving("series-move-check", move), ((confirm,),))


def moved_card(move: Move) -> Card:
    """Return the answer to a date that was moved, with the way back."""
    undo = Button("series.move", say("series-undo"), _to(move, move.change.dates[0].starts_at))
    return Card(_moving("series-moved", move), ((undo,),))


def _moving(text: str, move: Move) -> str:
    rule, group = move.change.series.rule, shown(move.change.group.name)
    went = f"{moment(move.starts_at, 'F')} ({wall(move.starts_at, rule.zone)})"
    return say(text, group=group, people=move.change.people, was=_at(move.change.dates[0], rule), now=went)


def _to(move: Move, starts_at: datetime) -> tuple[str, str, str]:
    return move.change.series.id, move.change.dates[0].on.strftime("%Y%m%d"), str(int(starts_at.timestamp()))


def move_of(args: Sequence[str]) -> tuple[str, date, datetime]:
    """Return what a button that moves a date carries: the series' id, the date, the instant (UTC) it goes to.

    Raises:
        OldButton: if it does not carry that.
    """
    try:
        series_id, on, starts_at = args
        return series_id, date.fromisoformat(on), datetime.fromtimestamp(int(starts_at), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise OldButton from error


def pause_card(paused: Paused) -> Card:
    """Return what pausing a series would touch, and the button that does it."""
    confirm = Button("series.pause", say("series-pause-confirm"), _lasting(paused.change, paused.pause), "main")
    return Card(_pausing("series-pause-check", paused), ((confirm,),))


def paused_card(paused: Paused) -> Card:
    """Return the answer to a series that is paused, with the way back."""
    undo = Button("series.go-on", say("series-undo"), (paused.change.series.id,))
    return Card(_pausing("series-paused", paused), ((undo,),))


def go_on_card(change: Change) -> Card:
    """Return what ending a pause would touch, and the button that does it."""
    confirm = Button("series.go-on", say("series-go-on-confirm"), (change.series.id,), "main")
    return Card(_told("series-go-on-check", change), ((confirm,),))


def goes_on_card(change: Change, pause: Pause) -> Card:
    """Return the answer to a pause that has ended, with the way back."""
    undo = Button("series.pause", say("series-undo"), _lasting(change, pause))
    return Card(_told("series-goes-on", change), ((undo,),))


def _pausing(text: str, paused: Paused) -> str:
    change, following = paused.change, paused.following
    return "\n".join(
        (
            _pause(
                text,
                paused.pause,
                group=shown(change.group.name),
                people=change.people,
                following="none" if following is None else _at(following, change.series.rule),
            ),
            *_dates(change),
        )
    )


def _lasting(change: Change, pause: Pause) -> tuple[str, str]:
    return change.series.id, pause.last.strftime("%Y%m%d") if pause.last is not None else ""


def lasting(args: Sequence[str]) -> tuple[str, date | None]:
    """Return what a button that pauses a series carries: its id, and the last day of the pause, if it has one.

    Raises:
        OldButton: if it does not carry that.
    """
    try:
        series_id, last = args
        return series_id, date.fromisoformat(last) if last else None
    except ValueError as error:
        raise OldButton from error


def end_card(change: Change) -> Card:
    """Return what ending a series would touch, and the button that does it."""
    confirm = Button("series.end", say("series-end-confirm"), (change.series.id,), "danger")
    return Card(_told("series-end-check", change), ((confirm,),))


def ended_card(change: Change) -> Card:
    """Return the answer to a series that has ended, with the way back."""
    return Card(_told("series-ended", change), ((Button("series.resume", say("series-undo"), (change.series.id,)),),))


def resumed_card(change: Change) -> Card:
    """Return the answer to a series that goes on after all."""
    return Card(_told("series-resumed", change))


def label(timing: Timing) -> str:
    """Return how a series is named in a list to choose from."""
    rule = timing.series.rule
    return say(
        "series-choice", group=timing.group.name, how=_how(rule), time=rule.at.isoformat("minutes"), zone=rule.zone
    )[:_IN_CHOICE]


def date_label(one: Occurrence) -> str:
    """Return how a date is named in a list to choose from: no client shows a reader's own time there."""
    return say("series-date-choice", at=one.on)


def _told(text: str, change: Change) -> str:
    head = say(text, group=shown(change.group.name), count=len(change.dates), people=change.people)
    return "\n".join((head, *_dates(change)))


def _dates(change: Change) -> Sequence[str]:
    dates = [f"- {_at(one, change.series.rule)}" for one in change.dates[:_SHOWN]]
    if len(change.dates) > _SHOWN:
        dates.append(say("series-more", count=len(change.dates) - _SHOWN))
    return dates


def _at(one: Occurrence, rule: Rule) -> str:
    return f"{moment(one.starts_at, 'F')} ({wall(one.starts_at, rule.zone)})"


def _span(change: Change) -> tuple[str, str, str]:
    first, last = (one.on.strftime("%Y%m%d") for one in (change.dates[0], change.dates[-1]))
    return change.series.id, first, last


def span(args: Sequence[str]) -> tuple[str, date, date]:
    """Return what a button about dates of a series carries: its id, the first and the last date.

    Raises:
        OldButton: if it does not carry that.
    """
    try:
        series_id, first, last = args
        return series_id, date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise OldButton from error


def _rule(rule: Rule) -> str:
    return say(
        "staff-series-rule",
        how=_how(rule),
        time=rule.at.isoformat("minutes"),
        zone=rule.zone,
        minutes=rule.minutes,
        ends="date" if rule.until is not None else "count" if rule.count else "never",
        until=rule.until or rule.first_on,
        count=rule.count or 0,
    )


_NTHS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}


def _how(rule: Rule) -> str:
    """Return how a rule repeats, in words."""
    return say(
        "staff-series-how",
        repeat=rule.repeat,
        nth=_NTHS.get(rule.nth, "last"),
        weeks=rule.every_weeks,
        weekday=say(f"weekday-{rule.weekday}"),
    )


def _date(number: int, proposed: Proposed, zone_name: str) -> str:
    at = proposed.occurrence.starts_at
    line = [say("staff-series-date", n=number, starts=moment(at, "F"), wall=wall(at, zone_name))]
    if proposed.change:
        line.append(say("staff-series-forward" if proposed.change.total_seconds() > 0 else "staff-series-back"))
    if proposed.occurrence.clock != "usual":
        line.append(say("staff-series-gap" if proposed.occurrence.clock == "gap" else "staff-series-fold"))
    return " ".join(line)


def added_card(following: Occurrence | None, zone_name: str) -> Card:
    """Return the answer to a series that is kept: when it meets next, if it does for now."""
    if following is None:
        return Card(say("staff-series-added-paused"))
    at = following.starts_at
    return Card(say("staff-series-added", starts=moment(at, "F"), wall=wall(at, zone_name)))
