"""How a group reads, line by line, and the buttons that fit how somebody stands to it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from peerbot.engine.card import Button, Line, Menu, Option
from peerbot.engine.texts import moment, say, wall
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.signup.rules import Group, View

_NOON: Final = timedelta(hours=12)
"""Before the midnight of a last day: the same day to most readers, whatever their zone."""


def titled(title: str, page: int, pages: int) -> str:
    """Return a title, with the number of the page where there are several."""
    return say(title) if pages == 1 else f"{say(title)} {say('list-page', page=page + 1, pages=pages)}"


def turning(action: str, page: int, pages: int, state: tuple[str, ...] = ()) -> tuple[Button, ...]:
    """Return the buttons to the pages before and after; `state` goes on in their custom_ids."""
    buttons: list[Button] = []
    if page > 0:
        buttons.append(Button(action, say("list-back"), (str(page - 1), *state)))
    if page < pages - 1:
        buttons.append(Button(action, say("list-on"), (str(page + 1), *state)))
    return tuple(buttons)


def choose(views: Sequence[View], state: tuple[str, ...] = ()) -> Menu:
    """Return the menu that opens one of these groups."""
    return Menu(
        "group.show", say("list-choose"), tuple(Option(each.group.id, each.group.name) for each in views), state
    )


def shortened(text: str, most: int) -> str:
    """Return typed text as it is shown, in at most `most` characters."""
    if len(shown(text)) <= most:
        return shown(text)
    while len(shown(text)) >= most:
        text = text[:-1]
    return f"{shown(text)}…"


def named(view: View) -> str:
    """Return the first line: name, language, medium."""
    group = view.group
    return say("group-entry", name=shown(group.name), language=shown(group.language), medium=group.medium)


def about(view: View, most: int | None = None) -> str:
    """Return who it is for."""
    text = view.group.about
    return say("group-about", about=shown(text) if most is None else shortened(text, most))


def kind(view: View) -> str:
    """Return what kind of group it is."""
    group = view.group
    begins = moment(group.cycle_from, "D") if group.cycle_from is not None else "none"
    return say("group-kind", kind=group.kind, begins=begins)


def meeting(view: View) -> str:
    """Return when it meets next: in the reader's own time, and by the clocks of the group's zone; and its last day."""
    following = say("group-paused") if view.group.state == "paused" else _following(view)
    if view.group.last_start is None:
        return following
    return f"{following}\n{say('group-ending', day=last_day(view.group))}"


def _following(view: View) -> str:
    if view.meets_at is None:
        return say("group-no-meeting")
    at = moment(view.meets_at, "F")
    if view.group.next_zone is None:
        return say("group-meeting", at=at)
    return say("group-meeting-wall", at=at, wall=wall(view.meets_at, view.group.next_zone))


def last_day(group: Group) -> str:
    """Return the last day of a group whose end was announced; an empty text for any other."""
    return "" if group.last_start is None else moment(group.last_start - _NOON, "D")


def places(view: View) -> str:
    """Return how much room there is, as numbers that name nobody."""
    return say("group-places", free=view.places, waiting=view.waiting)


def standing(view: View) -> str:
    """Return how the person stands to it."""
    if view.mine.asked:
        return asked(view)
    if view.mine.tries:
        return say("standing-pending-taster", place=view.mine.place)
    until = moment(view.mine.ends_at, "F") if view.mine.ends_at else ""
    return say(f"standing-{view.mine.where}", place=view.mine.place, until=until, lead=view.mine.appeal)


def doing(view: View) -> tuple[Line, ...]:
    """Return the buttons that fit how the person stands to the group."""
    group_id, mine = view.group.id, view.mine
    match mine.where:
        case "outside":
            label = "group-join" if view.places else "group-join-list"
            attempt = (Button("group.taste", say("group-taste"), (group_id,)),) if view.can_be_tried else ()
            return ((Button("group.join", say(label), (group_id,), "main"), *attempt),)
        case "tasting" if mine.asked:
            return (right_for_you(mine.taster),)
        case "tasting":
            yes = Button("taster.yes", say("group-join"), (mine.taster,), "main")
            return ((yes, Button("group.leave", say("group-leave"), (group_id,))),)
        case "seated" | "paused":
            return ((Button("group.leave", say("group-leave"), (group_id,)),),)
        case "waiting" if view.places:
            return ((Button("group.take", say("group-join"), (group_id,), "main"), leave_list(group_id)),)
        case "waiting" | "pending":
            return ((leave_list(group_id),),)
        case "offered":
            return (answers(mine.offer, group_id),)
        case "facilitating":
            return ((Button("group.roster", say("group-roster"), (group_id,)),),)


def answers(offer_id: str, group_id: str) -> tuple[Button, ...]:
    """Return the three answers to an offer."""
    return (
        Button("offer.accept", say("offer-yes"), (offer_id,), "main"),
        Button("offer.pass", say("offer-not-now"), (offer_id,)),
        leave_list(group_id),
    )


def asked(view: View) -> str:
    """Return the question to somebody who tried a meeting."""
    until = moment(view.mine.ends_at, "F") if view.mine.ends_at is not None else ""
    return say("taster-question", until=until)


def right_for_you(taster_id: str) -> tuple[Button, ...]:
    """Return the two answers to *was it right for you?*."""
    return (
        Button("taster.yes", say("taster-yes"), (taster_id,), "main"),
        Button("taster.no", say("taster-no"), (taster_id,)),
    )


def leave_list(group_id: str) -> Button:
    """Return *Leave the list*."""
    return Button("group.leave-list", say("group-leave-list"), (group_id,))


def around(*, dm: bool, state: tuple[str, ...] = ()) -> tuple[Button, ...]:
    """Return the ways on from one group: the list, where it was left, one's own groups, and *Help now*."""
    if dm:
        return (help_button(),)
    return Button("group.find", say("group-all"), state), Button("group.mine", say("group-mine")), help_button()
