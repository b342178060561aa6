"""What coordinators see of a group: how it is set, its forms, what a change touches, and who is in it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from peerbot.engine.card import Button, Card, ChoicePart, Form, Line, Option, TextPart
from peerbot.engine.errors import OldButton
from peerbot.engine.texts import moment, person, say
from peerbot.engine.words import number, shown
from peerbot.signup import rules
from peerbot.signup.groups.life import Ending, Touched
from peerbot.signup.groups.rules import Change, Switch, Terms, terms_of
from peerbot.signup.groups.service import Managed, Roster
from peerbot.signup.groups.store import Seated
from peerbot.signup.rules import KEPT_AFTER, Group

_MOST_TYPED: Final = 40
_MOST_PEOPLE: Final = 10
"""Facilitators named on a card: a group has two, and a card holds no more."""
_SWITCHES: Final[dict[str, Switch]] = {"private": "private", "tasters": "tasters", "slow": "slow"}


def group_form() -> Form:
    """Return the form for a new group."""
    return Form(
        "manage.group",
        say("staff-group-title"),
        (
            _line("name", rules.MOST_IN_NAME),
            _line("about", rules.MOST_IN_ABOUT),
            _medium("text"),
            ChoicePart(
                "places",
                say("staff-group-places"),
                tuple(
                    Option(str(n), say("staff-group-places-option", places=n), chosen=n == rules.USUAL_PLACES)
                    for n in range(rules.FEWEST_PLACES, rules.MOST_PLACES + 1)
                ),
                say("staff-group-places-hint"),
                menu=True,
            ),
            TextPart(
                "language",
                say("staff-group-language"),
                value=say("staff-group-language-usual"),
                most=rules.MOST_IN_LANGUAGE,
            ),
        ),
    )


def made_card(managed: Managed) -> Card:
    """Return the answer to a group made, with all that can be set besides."""
    group = managed.group
    text = say("staff-group-made", group=shown(group.name), places=group.capacity)
    return Card(f"{text}\n\n{_settings(managed)}", _doing(managed))


def settings_card(managed: Managed) -> Card:
    """Return how a group is set, with a button for each thing that can be changed."""
    head = say("staff-group-card", group=shown(managed.group.name))
    return Card(f"{head}\n{_settings(managed)}", _doing(managed))


def words_card(managed: Managed, before: Group) -> Card:
    """Return the answer to other words. The old ones are shown, so that they can be typed again."""
    after = managed.group
    text = say("staff-group-words-kept", before=_words(before), after=_words(after))
    return Card(text, ((_back(after),),))


def words_form(managed: Managed) -> Form:
    """Return the form for a group's words, with those it has."""
    group = managed.group
    return Form(
        "manage.words-set",
        say("staff-group-words-title"),
        (
            TextPart(
                "name", say("staff-group-name"), say("staff-group-name-hint"), group.name, most=rules.MOST_IN_NAME
            ),
            TextPart(
                "about", say("staff-group-about"), say("staff-group-about-hint"), group.about, most=rules.MOST_IN_ABOUT
            ),
            TextPart("language", say("staff-group-language"), value=group.language, most=rules.MOST_IN_LANGUAGE),
            _medium(group.medium),
        ),
        (group.id,),
    )


def _line(part: str, most: int, value: str = "") -> TextPart:
    return TextPart(part, say(f"staff-group-{part}"), say(f"staff-group-{part}-hint"), value, most=most)


def _medium(chosen: str) -> ChoicePart:
    options = (
        Option("text", say("staff-group-medium-text"), chosen=chosen == "text"),
        Option("voice", say("staff-group-medium-voice"), chosen=chosen == "voice"),
    )
    return ChoicePart("medium", say("staff-group-medium"), options)


def terms_form(managed: Managed) -> Form:
    """Return the form for how people come into a group, with how they do now."""
    group, terms = managed.group, terms_of(managed.group, managed.zone)
    return Form(
        "manage.terms-ask",
        say("staff-group-terms-title"),
        (
            ChoicePart(
                "kind",
                say("staff-group-kind"),
                tuple(Option(kind, say(f"staff-group-kind-{kind}"), chosen=kind == group.kind) for kind in rules.KINDS),
            ),
            ChoicePart("places", say("staff-group-places"), _places(group), say("staff-group-places-kinds"), menu=True),
            _day("first", "staff-group-first", terms.first),
            _day("last", "staff-group-last", terms.last),
        ),
        (group.id,),
    )


def _places(group: Group) -> tuple[Option, ...]:
    return tuple(
        Option(str(n), say("staff-group-places-option", places=n), chosen=n == group.capacity)
        for n in rules.places_of("drop_in")
    )


def _day(part: str, text: str, value: date | None) -> TextPart:
    written = "" if value is None else value.isoformat()
    return TextPart(part, say(text), say("staff-group-day-hint"), written, required=False, most=_MOST_TYPED)


def terms_card(change: Change) -> Card:
    """Return what a change of kind, places and cycle touches, or that it is done, with the way back."""
    before, after = (_terms(group, change.zone) for group in (change.before, change.after))
    if not change.done:
        confirm = Button("manage.terms-set", say("staff-group-confirm"), _terms_args(change.after, change.zone), "main")
        return Card(_asked(change, before, after), ((confirm, _back(change.after)),))
    undo = Button("manage.terms-set", say("staff-group-undo"), _terms_args(change.before, change.zone))
    return Card(_done(change, before, after), ((undo, _back(change.after)),))


def switch_card(change: Change, switch: Switch) -> Card:
    """Return what switching something touches, or that it is done, with the way back."""
    before, after = (_switched(group, switch) for group in (change.before, change.after))
    there, back = (_on(group, switch) for group in (change.after, change.before))
    if not change.done:
        args = (change.after.id, switch, there, "yes")
        confirm = Button("manage.switch", say("staff-group-confirm"), args, "main")
        return Card(_asked(change, before, after), ((confirm, _back(change.after)),))
    undo = Button("manage.switch", say("staff-group-undo"), (change.after.id, switch, back, "yes"))
    return Card(_done(change, before, after), ((undo, _back(change.after)),))


def _asked(change: Change, before: str, after: str) -> str:
    people, name = change.people, shown(change.before.name)
    text = say(
        "staff-group-check", group=name, seated=people.seated, waiting=people.waiting, before=before, after=after
    )
    return f"{text}\n{say('staff-group-fewer')}" if people.seated > change.after.capacity else text


def _done(change: Change, before: str, after: str) -> str:
    return say("staff-group-changed", group=shown(change.after.name), before=before, after=after)


def _terms_args(group: Group, zone_name: str) -> tuple[str, ...]:
    terms = terms_of(group, zone_name)
    days = ("" if day is None else day.strftime("%Y%m%d") for day in (terms.first, terms.last))
    return group.id, terms.kind, str(terms.places), *days


def terms_from(args: Sequence[str]) -> tuple[str, Terms]:
    """Return what a button about kind, places and cycle carries: the group's id, and the terms.

    Raises:
        OldButton: if it does not carry that.
    """
    try:
        group_id, kind, places, first, last = args
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
    except ValueError as error:
        raise OldButton from error
    known = rules.kind_of(kind)
    if known is None:
        raise OldButton
    return group_id, Terms(known, number(places), *days)


def switch_from(text: str) -> Switch:
    """Return what a button switches.

    Raises:
        OldButton: if there is no such thing.
    """
    if text not in _SWITCHES:
        raise OldButton
    return _SWITCHES[text]


def day_from(text: str) -> date:
    """Return the day that a button carries.

    Raises:
        OldButton: if it carries none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OldButton from error


def pause_card(touched: Touched) -> Card:
    """Return how many people pausing a group touches, and the button that does it."""
    confirm = Button("manage.pause-yes", say("staff-group-pause-confirm"), (touched.group.id,), "main")
    return Card(_touching("staff-group-pause-check", touched), ((confirm, _back(touched.group)),))


def paused_card(touched: Touched) -> Card:
    """Return the answer to a group that is paused, with the way back."""
    undo = Button("manage.resume", say("staff-group-undo"), (touched.group.id,))
    return Card(_touching("staff-group-paused", touched), ((undo, _back(touched.group)),))


def resumed_card(touched: Touched) -> Card:
    """Return the answer to a group that goes on, with the way back."""
    undo = Button("manage.pause-yes", say("staff-group-undo"), (touched.group.id,))
    return Card(_touching("staff-group-resumed", touched), ((undo, _back(touched.group)),))


def stayed_card(touched: Touched) -> Card:
    """Return the answer to an end that was taken back."""
    return Card(_touching("staff-group-stayed", touched), ((_back(touched.group),),))


def _touching(text: str, touched: Touched) -> str:
    people = touched.people
    return say(text, group=shown(touched.group.name), seated=people.seated, waiting=people.waiting)


def end_card(ending: Ending) -> Card:
    """Return what the end of a group would touch, and the button that announces it."""
    args = (ending.group.id, ending.last_day.strftime("%Y%m%d"))
    confirm = Button("manage.end-yes", say("staff-group-end-confirm"), args, "danger")
    other = Button("manage.end-day", say("staff-group-end-other-day"), (ending.group.id,))
    text = _ending("staff-group-end-check", ending)
    if ending.announced_at is None:
        return Card(text, ((confirm, other, _back(ending.group)),))
    text += "\n" + say("staff-group-end-again", ends=moment(ending.announced_at, "F"))
    stay = Button("manage.stay", say("staff-group-stay"), (ending.group.id,))
    return Card(text, ((confirm, other, stay),))


def announced_card(ending: Ending) -> Card:
    """Return the answer to an end that is announced, with the way back."""
    undo = Button("manage.stay", say("staff-group-undo"), (ending.group.id,))
    return Card(_ending("staff-group-end-announced", ending), ((undo, _back(ending.group)),))


def _ending(text: str, ending: Ending) -> str:
    return say(
        text,
        group=shown(ending.group.name),
        seated=ending.people.seated,
        waiting=ending.people.waiting,
        day=ending.last_day,
        ends=moment(ending.ends_at, "F"),
        deleted=moment(ending.deleted_at, "D"),
    )


def end_form(group_id: str) -> Form:
    """Return the form for another last day."""
    part = TextPart("day", say("staff-group-end-day"), say("staff-group-end-day-hint"), most=_MOST_TYPED)
    return Form("manage.end-ask", say("staff-group-end-title"), (part,), (group_id,))


def roster_card(roster: Roster) -> Card:
    """Return who is in a group."""
    lines = [say("staff-roster", group=shown(roster.group.name), seated=len(roster.seated), waiting=roster.waiting)]
    lines += [_seated(one) for one in roster.seated]
    lines.append(say("staff-roster-facilitators", people=_people(roster.facilitators)))
    return Card("\n".join(lines))


def _people(user_ids: Sequence[int]) -> str:
    return " ".join(person(each) for each in user_ids[:_MOST_PEOPLE]) or "none"


def _seated(one: Seated) -> str:
    since = moment(one.since, "D")
    if one.tastes_until is not None:
        return say("staff-roster-taster", person=person(one.user_id), since=since)
    return say("staff-roster-member", person=person(one.user_id), since=since)


def _words(group: Group) -> str:
    return say(
        "staff-group-words",
        group=shown(group.name),
        about=shown(group.about),
        language=shown(group.language),
        medium=group.medium,
    )


def _settings(managed: Managed) -> str:
    group, people = managed.group, managed.people
    lines = [
        _words(group),
        _terms(group, managed.zone),
        say("staff-group-seats", seated=people.seated, free=managed.free, waiting=people.waiting),
        say("staff-group-holders", people=_people(managed.facilitators), backups=managed.backups),
        *(_switched(group, switch) for switch in _SWITCHES.values() if switch != "tasters" or group.kind != "closed"),
        *_state(group),
    ]
    return "\n".join(lines)


def _state(group: Group) -> list[str]:
    if group.archived_at is not None:
        return [say("staff-group-is-archived", deleted=moment(group.archived_at + KEPT_AFTER, "D"))]
    lines = [say("staff-group-is-paused")] if group.state == "paused" else []
    if group.ends_at is not None:
        lines.append(say("staff-group-is-ending", ends=moment(group.ends_at, "F")))
    return lines


def _terms(group: Group, zone_name: str) -> str:
    terms = terms_of(group, zone_name)
    return say(
        "staff-group-terms",
        kind=terms.kind,
        places=terms.places,
        cycle="none" if terms.first is None else "set",
        first=terms.first or _NO_DAY,
        last=terms.last or _NO_DAY,
    )


_NO_DAY: Final = date(2000, 1, 1)


def _switched(group: Group, switch: Switch) -> str:
    return say(f"staff-group-is-{switch}", on=_on(group, switch))


def _on(group: Group, switch: Switch) -> str:
    on = {"private": group.private, "tasters": group.tasters, "slow": group.slow}[switch]
    return "on" if on else "off"


def _doing(managed: Managed) -> tuple[Line, ...]:
    group = managed.group
    if group.state == "archived":
        return ()
    who = Button("group.roster", say("group-roster"), (group.id,))
    rest = Button("manage.pause", say("staff-group-pause"), (group.id,))
    if group.state == "paused":
        rest = Button("manage.resume", say("staff-group-resume"), (group.id,))
    end = Button("manage.end", say("staff-group-end"), (group.id,))
    if group.ends_at is not None:
        end = Button("manage.stay", say("staff-group-stay"), (group.id,))
    return (
        (
            Button("manage.words", say("staff-group-words-change"), (group.id,)),
            Button("manage.terms", say("staff-group-terms-change"), (group.id,)),
            who,
        ),
        tuple(_switch(group, switch) for switch in _SWITCHES.values() if switch != "tasters" or group.kind != "closed"),
        (rest, end, Button("invite.list", say("staff-invite-list"), (group.id,))),
    )


def _switch(group: Group, switch: Switch) -> Button:
    to = "off" if _on(group, switch) == "on" else "on"
    return Button("manage.switch", say(f"staff-group-turn-{switch}", to=to), (group.id, switch, to, "no"))


def _back(group: Group) -> Button:
    return Button("manage.show", say("staff-group-back"), (group.id,))
