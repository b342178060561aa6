"""What teammates see of the rota, privately: it reads well on a phone, times first, by day."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from peerbot.engine.card import Button, Card, Form, Menu, Option, PersonPart, TextPart
from peerbot.engine.texts import moment, person, say
from peerbot.engine.zones import zone
from peerbot.escalation.rota.rostering import Away, Entry, Gaps, Put, Skip, Week
from peerbot.escalation.rota.rules import MOST_IN_ROTATION, NOBODY, Gap, Off, Slot, Span, Weekly
from peerbot.escalation.rota.swapping import Asked
from peerbot.escalation.rota.typed import MOST_TYPED
from peerbot.escalation.rota.unplanned import FOREVER
from peerbot.escalation.rota.weekly_shifts import Shown

_DAY: Final = timedelta(days=1)
_A_PAGE: Final = 10
"""Entries: with a day above each and the longest ids they fit into one message, and onto two screens of a phone."""
_MOST_OPTIONS: Final = 25
_MOST_LINES: Final = 5
_MOST_WEEKLY: Final = 8


def hours(span: Span, zone_name: str) -> str:
    """Return a time as the clocks of a zone show it: `19:00–23:00`; `21:00–Wednesday 21:00` for a day or longer."""
    begins, ends = (each.astimezone(zone(zone_name)) for each in (span.starts_at, span.ends_at))
    # A night reads well without: its end is earlier on the clock than its beginning.
    longer = ends.date() != begins.date() and ends.time() >= begins.time()
    day = f"{say(f'weekday-{ends.weekday()}')} " if longer else ""
    return f"{begins:%H:%M}–{day}{ends:%H:%M}"


def line(span: Span, zone_name: str, who: str) -> str:
    """Return one line: by the server's clocks, by the reader's, and who."""
    # A day and longer, the time alone would read as the one it began at.
    begins, ends = (
        moment(span.starts_at, "t"),
        moment(span.ends_at, "t" if span.ends_at - span.starts_at < _DAY else "f"),
    )
    return say("staff-rota-line", hours=hours(span, zone_name), **{"from": begins}, to=ends, who=who)


def choice(span: Span, zone_name: str) -> str:
    """Return how a time is named in a list to choose from, where Discord shows no reader's time."""
    begins = span.starts_at.astimezone(zone(zone_name))
    weekday = say(f"weekday-{begins.weekday()}")
    return say("staff-rota-choice", weekday=weekday, at=begins, hours=hours(span, zone_name))


def long(span: Span) -> str:
    """Return a time of any length in the reader's time."""
    return say("staff-rota-span", **{"from": moment(span.starts_at, "F")}, to=moment(span.ends_at, "F"))


def by_day(entries: Sequence[Entry], zone_name: str) -> list[str]:
    """Return lines by day, the day above the first of its lines."""
    lines: list[str] = []
    last = None
    for entry in entries:
        begins = entry.span.starts_at.astimezone(zone(zone_name))
        if begins.date() != last:
            last = begins.date()
            lines.append(say("staff-rota-day", at=begins))
        who = person(entry.user_id) if entry.user_id else say("staff-rota-nobody")
        lines.append(line(entry.span, zone_name, who))
    return lines


def week_card(week: Week, page: int) -> Card:
    """Return the rota, one page of it."""
    pages = max(1, -(-len(week.entries) // _A_PAGE))
    page = min(max(page, 0), pages - 1)
    lines = [say("staff-rota-title", zone=week.zone)]
    lines += [
        say(
            "staff-rota-away",
            person=person(off.user_id),
            ends="known" if off.ends_at else "open",
            until=moment(off.ends_at or week.now, "F"),
        )
        for off in week.away[:_MOST_LINES]
    ]
    lines += by_day(week.entries[page * _A_PAGE : (page + 1) * _A_PAGE], week.zone) or [say("staff-rota-none")]
    rows: list[tuple[Button, ...] | Menu] = []
    if pages > 1:
        lines.append(say("staff-rota-page", page=page + 1, pages=pages))
        rows.append(_turning("rota.page", page, pages))
    below = [Button("rota.weekly", say("staff-rota-weekly")), Button("rota.gaps", say("staff-rota-gaps"))]
    if week.nights is not None:
        label = say("staff-rota-nights-off" if week.nights else "staff-rota-nights-on")
        below.append(Button("rota.nights", label, ("0" if week.nights else "1",)))
    return Card("\n".join(lines), (*rows, tuple(below)))


def _turning(action: str, page: int, pages: int) -> tuple[Button, ...]:
    found: list[Button] = []
    if page > 0:
        found.append(Button(action, say("staff-rota-earlier"), (str(page - 1),)))
    if page < pages - 1:
        found.append(Button(action, say("staff-rota-later"), (str(page + 1),)))
    return tuple(found)


def nights_card(*, wanted: bool) -> Card:
    """Return the answer to choosing nights, with the way back."""
    text, label = ("are-on", "off") if wanted else ("are-off", "on")
    back = Button("rota.nights", say(f"staff-rota-nights-{label}"), ("0" if wanted else "1",))
    return Card(say(f"staff-rota-nights-{text}"), ((back,),))


def put_card(put: Put) -> Card:
    """Return the answer to somebody put on duty, with the way back."""
    span = put.cover.span
    lines = [
        say(
            "staff-rota-put",
            person=person(put.cover.user_id),
            **{"from": moment(span.starts_at, "F")},
            to=moment(span.ends_at, "F"),
            zone=put.zone,
            hours=hours(span, put.zone),
        )
    ]
    if put.cover.instead_of is not None:
        lines.append(say("staff-rota-put-instead", person=person(put.cover.instead_of)))
    if not put.reached:
        lines.append(unproven_line((put.cover.user_id,)))
    return Card("\n".join(lines), ((Button("rota.uncover", say("staff-rota-undo"), (put.cover.id,)),),))


def unproven_line(people: Sequence[int]) -> str:
    """Return who is not counted on yet, and what to do."""
    return say("staff-rota-unproven", people=", ".join(person(each) for each in people))


def uncovered_card(put: Put) -> Card:
    """Return the answer to a time on duty that was undone."""
    span = put.cover.span
    who = person(put.cover.user_id) if put.cover.user_id != NOBODY else say("staff-rota-empty-place")
    begins, ends = moment(span.starts_at, "F"), moment(span.ends_at, "F")
    return Card(say("staff-rota-uncovered-yours", person=who, **{"from": begins}, to=ends))


def off_card(away: Away) -> Card:
    """Return the answer to somebody who is away: what it touches, and the way back."""
    off = away.off
    begins, until = moment(off.starts_at, "F"), moment(off.ends_at or off.starts_at, "F")
    text = "staff-rota-off-until" if off.ends_at else "staff-rota-off-open"
    lines = [say(text, person=person(off.user_id), **{"from": begins}, to=until)]
    if not away.shifts:
        lines.append(say("staff-rota-off-none"))
    else:
        lines.append(say("staff-rota-off-asked" if away.asked_for else "staff-rota-off-covered", count=away.shifts))
        lines += gap_lines(away.asked_for, away.zone)
    lines.append(say("staff-rota-off-pages"))
    return Card("\n".join(lines), ((Button("rota.back", say("staff-rota-back"), (off.id,)),),))


def skip_card(skip: Skip) -> Card:
    """Return the shift that would be skipped: nothing has changed yet."""
    span = skip.span
    text = say(
        "staff-rota-skip-check",
        **{"from": moment(span.starts_at, "F")},
        to=moment(span.ends_at, "F"),
        hours=hours(span, skip.zone),
        zone=skip.zone,
    )
    yes = Button("rota.skip-yes", say("staff-rota-skip-confirm"), (str(int(span.starts_at.timestamp())),), "main")
    return Card(text, ((yes,),))


def back_card(off: Off) -> Card:
    """Return the answer to somebody who is back."""
    return Card(say("staff-rota-is-back", person=person(off.user_id)))


def gap_lines(gaps: Sequence[Gap], zone_name: str) -> list[str]:
    """Return the first of some gaps, by day, and how many more there are."""
    lines = by_day([Entry(gap.span, None) for gap in gaps[:_MOST_LINES]], zone_name)
    if len(gaps) > _MOST_LINES:
        lines.append(say("staff-rota-more", count=len(gaps) - _MOST_LINES))
    return lines


def gaps_card(found: Gaps, page: int) -> Card:
    """Return what nobody is on duty for, with a menu to take one of them."""
    if not found.anything_planned:
        return Card(say("staff-rota-gaps-nothing"))
    pages = max(1, -(-len(found.gaps) // _A_PAGE))
    page = min(max(page, 0), pages - 1)
    here = found.gaps[page * _A_PAGE : (page + 1) * _A_PAGE]
    lines = [say("staff-rota-gaps-title" if here else "staff-rota-gaps-none")]
    lines += by_day([Entry(gap.span, None) for gap in here], found.zone)
    rows: list[tuple[Button, ...] | Menu] = []
    if here:
        rows.append(_gap_menu(here, found.zone))
    if pages > 1:
        lines.append(say("staff-rota-page", page=page + 1, pages=pages))
        rows.append(_turning("rota.gaps", page, pages))
    lines += _unplanned(found.unplanned)
    return Card("\n".join(lines), tuple(rows))


def choose_gap_card(found: Gaps) -> Card:
    """Return the gaps of somebody's time away, to choose which one to cover."""
    lines = [say("staff-rota-choose-gap"), *gap_lines(found.gaps, found.zone)]
    return Card("\n".join(lines), (_gap_menu(found.gaps, found.zone),))


def _gap_menu(gaps: Sequence[Gap], zone_name: str) -> Menu:
    options = tuple(Option(gap.id, choice(gap.span, zone_name)) for gap in gaps[:_MOST_OPTIONS])
    return Menu("rota.take", say("staff-rota-gaps-take"), options)


def _unplanned(spans: Sequence[Span]) -> list[str]:
    if not spans:
        return [say("staff-rota-all-planned")]
    return [say("staff-rota-unplanned"), *unplanned_lines(spans)]


def unplanned_lines(spans: Sequence[Span]) -> list[str]:
    """Return the first of some times that no shift reaches, and how many more there are."""
    lines = [f"- {_from_on(span) if span.ends_at == FOREVER else long(span)}" for span in spans[:_MOST_LINES]]
    if len(spans) > _MOST_LINES:
        lines.append(say("staff-rota-more", count=len(spans) - _MOST_LINES))
    return lines


def _from_on(span: Span) -> str:
    return say("staff-rota-from-on", at=moment(span.starts_at, "F"))


def weekly_line(weekly: Weekly) -> str:
    """Return a weekly shift in one line."""
    people = ", ".join(person(each) if each != NOBODY else say("staff-rota-empty-place") for each in weekly.people)
    return say(
        "staff-rota-weekly-line",
        days=_days(weekly),
        hours=_wall_hours(weekly),
        zone=weekly.zone,
        people=say("staff-rota-turns", people=people) if len(weekly.people) > 1 else people,
        ends="date" if weekly.last_on else "never",
        last=weekly.last_on or weekly.first_on,
    )


def _days(weekly: Weekly) -> str:
    return ", ".join(say(f"weekday-{day}") for day in sorted(weekly.days))


def _wall_hours(weekly: Weekly) -> str:
    return f"{weekly.starts:%H:%M}–{weekly.ends:%H:%M}"


def weekly_card(weeklies: Sequence[Weekly], *, changes: bool) -> Card:
    """Return the weekly shifts; for who may change them, with a menu and a way to add one."""
    lines = [say("staff-rota-weekly-title"), *(weekly_line(each) for each in weeklies[:_MOST_WEEKLY])]
    if not weeklies:
        lines.append(say("staff-rota-weekly-none"))
    if len(weeklies) > _MOST_WEEKLY:
        lines.append(say("staff-rota-weekly-more", count=len(weeklies) - _MOST_WEEKLY))
    rows: list[tuple[Button, ...] | Menu] = []
    if changes and weeklies:
        options = tuple(
            Option(each.id, f"{_days(each)} {_wall_hours(each)}"[:100], each.zone) for each in weeklies[:_MOST_OPTIONS]
        )
        rows.append(Menu("rota.one", say("staff-rota-choose"), options))
    if changes:
        rows.append((Button("rota.ask-add", say("staff-rota-add"), (), "main"),))
    return Card("\n".join(lines), tuple(rows))


def shown_card(shown: Shown, what: str) -> Card:
    """Return a weekly shift with its next dates; `what` is `one`, `added`, `changed` or `ended`."""
    weekly = shown.weekly
    lines = [weekly_line(weekly), say(f"staff-rota-{what}")]
    lines += by_day([_entry(slot) for slot in shown.dates], weekly.zone)
    if what != "one":
        lines += _unplanned(shown.unplanned)
    if shown.unproven and what != "ended":
        lines.append(unproven_line(shown.unproven))
    args = (weekly.id,)
    change = Button("rota.ask-change", say("staff-rota-change"), args)
    end = Button("rota.ask-end", say("staff-rota-end"), args)
    undo = Button("rota.undo", say("staff-rota-undo"), args)
    rows = {"one": (change, end), "ended": (undo,)}.get(what, (undo, change, end))
    return Card("\n".join(lines), (rows,))


def _entry(slot: Slot) -> Entry:
    return Entry(slot.span, slot.user_id or None)


def end_card(shown: Shown) -> Card:
    """Ask before a weekly shift ends."""
    confirm = Button("rota.end", say("staff-rota-end-confirm"), (shown.weekly.id,), "danger")
    return Card(f"{weekly_line(shown.weekly)}\n{say('staff-rota-end-check')}", ((confirm,),))


def undone_card() -> Card:
    """Return the answer to a change taken back."""
    return Card(say("staff-rota-undone"), ((Button("rota.weekly", say("staff-rota-weekly")),),))


def weekly_form(weekly: Weekly | None = None) -> Form:
    """Return the form for a weekly shift, filled in with one that is to be changed."""
    days = _days(weekly) if weekly else ""
    times = _wall_hours(weekly).replace("–", "-") if weekly else ""
    chosen = tuple(each for each in weekly.people if each != NOBODY) if weekly else ()
    return Form(
        "rota.change" if weekly else "rota.add",
        say("staff-rota-form"),
        (
            TextPart("days", say("staff-rota-form-days"), say("staff-rota-form-days-hint"), days, most=MOST_TYPED * 2),
            TextPart("hours", say("staff-rota-form-hours"), say("staff-rota-form-hours-hint"), times, most=MOST_TYPED),
            PersonPart("people", say("staff-rota-form-people"), chosen=chosen, most=MOST_IN_ROTATION),
            TextPart(
                "zone",
                say("staff-rota-form-zone"),
                say("staff-rota-form-zone-hint"),
                weekly.zone if weekly else "",
                required=False,
                most=MOST_TYPED,
            ),
            TextPart(
                "first",
                say("staff-rota-form-first"),
                say("staff-rota-form-first-hint"),
                required=False,
                most=MOST_TYPED,
            ),
        ),
        (weekly.id,) if weekly else (),
    )


def asked_card(asked: Asked) -> Card:
    """Return the answer to somebody who asks for a swap, with the way back."""
    lines = [say("staff-rota-swap-asked", person=person(asked.swap.other_id)), *swap_lines(asked, asked.swap.by_id)]
    if asked.unproven:
        lines.append(unproven_line(asked.unproven))
    return Card("\n".join(lines), ((Button("rota.decline", say("staff-rota-take-back"), (asked.swap.id,)),),))


def swap_lines(asked: Asked, reader: int) -> list[str]:
    """Return the two times of a swap as one of the two reads them."""
    own, other = (asked.mine, asked.theirs) if reader == asked.swap.by_id else (asked.theirs, asked.mine)
    return [
        say("staff-rota-swap-yours", when=long(own.span)),
        say("staff-rota-swap-theirs", when=long(other.span)),
    ]


def agreed_card() -> Card:
    """Return the answer to who agreed."""
    return Card(say("staff-rota-swap-agreed"))


def no_swap_card() -> Card:
    """Return the answer to who declined, or took their question back."""
    return Card(say("staff-rota-swap-over"))
