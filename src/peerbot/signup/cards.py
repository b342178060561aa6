"""What people see of groups: the list, one group, the form for joining, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from peerbot.confidentiality.cards import agreement_text, limits_text
from peerbot.confidentiality.rules import Terms, Text
from peerbot.engine.card import Button, Card, ChoicePart, Form, Line, Menu, Option, TextPart, TickPart, Words
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import moment, person, say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.servers.rules import AgesAndContact
from peerbot.signup import group_store, rules, store, waitlist_store
from peerbot.signup.rules import Group, Mine, View

_ON_A_PAGE: Final = 5
_ROOM_FOR_ABOUT: Final = 100
"""Characters of "who it is for" in a list, so that five groups always fit one message; the group's card has all."""
YES: Final = "yes"
_NOON: Final = timedelta(hours=12)
"""Before the midnight of a last day: the same day to most readers, whatever their zone."""


def find_card(views: Sequence[View], page: int) -> Card:
    """Return a page of the groups somebody may see."""
    if not views:
        return Card(say("find-none"), ((help_button(),),))
    here, page, pages = _page(views, page)
    text = "\n\n".join([_titled("find-title", page, pages), *[_entry(each) for each in here]])
    return Card(text, (_choose(here), *_turning("group.find", page, pages), (help_button(),)))


def group_card(view: View, *, dm: bool = False) -> Card:
    """Return one group with what this person can do about it; in a direct message, without what needs a server."""
    lines = [_named(view), say("group-about", about=shown(view.group.about)), _meeting(view), _places(view)]
    if view.mine.where != "outside":
        lines.append(_standing(view))
    return Card("\n".join(lines), (*_doing(view), _around(dm=dm)))


def join_form(group: Group, terms: Terms, age: AgesAndContact) -> Form:
    """Return the form for joining: the agreement, the limits, one box that has to be ticked, and may we write?

    It carries the version of the texts, so that what is accepted is exactly what was shown.
    """
    about = [say("join-about", group=shown(group.name), about=shown(group.about))]
    if age.contact:
        about.append(say("join-contact", contact=shown(age.contact)))
    ages = say("join-agree-yes", first=age.ages.first, last=age.ages.last or 0)
    return Form(
        "group.agree",
        say("join-title", group=group.name),
        (
            Words("\n".join(about)),
            Words(agreement_text(terms.lines(Text.GROUP))),
            Words(limits_text(terms.lines(Text.SERVER))),
            TickPart("agree", say("join-agree"), (Option(YES, ages),), required=True),
            TickPart(
                "reminders",
                say("join-reminders"),
                (Option(YES, say("join-reminders-yes")),),
                say("join-reminders-hint"),
            ),
        ),
        (group.id, str(terms.version)),
    )


def joined_card(view: View, *, dm: bool = False) -> Card:
    """Return what came of wanting a seat: a seat, or a place in the queue."""
    name = shown(view.group.name)
    match view.mine.where:
        case "seated":
            text = f"{say('joined-seat', group=name)}\n{_meeting(view)}"
        case "waiting":
            text = say("joined-list", group=name, place=view.mine.place)
        case _:
            return group_card(view, dm=dm)
    return Card(text, (*_doing(view), _around(dm=dm)))


def passed_card(view: View, *, dm: bool = False) -> Card:
    """Return what came of *Not now*; if the offer had been answered otherwise, how things are."""
    if view.mine.where != "waiting":
        return group_card(view, dm=dm)
    text = say("passed-on", group=shown(view.group.name), place=view.mine.place)
    return Card(text, (*_doing(view), _around(dm=dm)))


def left_card(view: View, *, dm: bool = False) -> Card:
    """Return what is said to somebody who has left a group."""
    return Card(say("left-group", group=shown(view.group.name)), (_around(dm=dm),))


def left_list_card(view: View, *, dm: bool = False) -> Card:
    """Return what is said to somebody who has left a queue; if they have a seat by now, how things are."""
    if view.mine.where == "seated":
        return group_card(view, dm=dm)
    return Card(say("left-list", group=shown(view.group.name)), (_around(dm=dm),))


def mine_card(mine: Mine, page: int) -> Card:
    """Return a page of everything somebody has to do with, with a button for each thing that can be done."""
    if not mine.views:
        return Card(say("mine-none"), ((Button("group.find", say("group-all"), look="main"), help_button()),))
    here, page, pages = _page(mine.views, page)
    told = [f"{_named(view)}\n{_standing(view)}\n{_meeting(view)}" for view in here]
    text = "\n\n".join([_titled("mine-title", page, pages), *told, say("mine-reminders", choice=mine.reminders)])
    # The most pressing comes first: its own buttons stand here, those of the others on their cards.
    rows = [*_doing(here[0])] if len(here) == 1 or here[0].mine.where == "offered" else []
    if len(here) > 1:
        rows.append(_choose(here))
    return Card(text, (*rows, *_turning("group.mine", page, pages), (_reminders(mine), help_button())))


def _reminders(mine: Mine) -> Button:
    if mine.reminders == "on":
        return Button("group.reminders", say("reminders-off"), ("off",))
    return Button("group.reminders", say("reminders-again" if mine.reminders == "closed" else "reminders-on"), ("on",))


def _page(views: Sequence[View], page: int) -> tuple[Sequence[View], int, int]:
    pages = -(-len(views) // _ON_A_PAGE)
    page = min(max(page, 0), pages - 1)
    return views[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE], page, pages


def _titled(title: str, page: int, pages: int) -> str:
    return say(title) if pages == 1 else f"{say(title)} {say('list-page', page=page + 1, pages=pages)}"


def _turning(action: str, page: int, pages: int) -> tuple[Line, ...]:
    buttons: list[Button] = []
    if page > 0:
        buttons.append(Button(action, say("list-back"), (str(page - 1),)))
    if page < pages - 1:
        buttons.append(Button(action, say("list-on"), (str(page + 1),)))
    return (tuple(buttons),) if buttons else ()


def _choose(views: Sequence[View]) -> Menu:
    return Menu("group.show", say("list-choose"), tuple(Option(each.group.id, each.group.name) for each in views))


def _entry(view: View) -> str:
    if view.mine.where != "outside":
        return f"{_named(view)}\n{_meeting(view)}\n{_standing(view)}"
    about = say("group-about", about=_shortened(view.group.about, _ROOM_FOR_ABOUT))
    return f"{_named(view)}\n{about}\n{_meeting(view)}\n{_places(view)}"


def _shortened(text: str, most: int) -> str:
    if len(shown(text)) <= most:
        return shown(text)
    while len(shown(text)) >= most:
        text = text[:-1]
    return f"{shown(text)}…"


def _named(view: View) -> str:
    group = view.group
    return say("group-entry", name=shown(group.name), language=shown(group.language), medium=group.medium)


def _meeting(view: View) -> str:
    if view.group.state == "paused":
        meeting = say("group-paused")
    else:
        meeting = say("group-meeting", at=moment(view.meets_at, "F")) if view.meets_at else say("group-no-meeting")
    last = view.group.last_start
    return meeting if last is None else f"{meeting}\n{say('group-ending', day=moment(last - _NOON, 'D'))}"


def _places(view: View) -> str:
    return say("group-places", free=view.places, waiting=view.waiting)


def _standing(view: View) -> str:
    until = moment(view.mine.ends_at, "F") if view.mine.ends_at else ""
    return say(f"standing-{view.mine.where}", place=view.mine.place, until=until)


def _doing(view: View) -> tuple[Line, ...]:
    """Return the buttons that fit how the person stands to the group."""
    group_id, mine = view.group.id, view.mine
    match mine.where:
        case "outside":
            label = "group-join" if view.places else "group-join-list"
            return ((Button("group.join", say(label), (group_id,), "main"),),)
        case "seated":
            return ((Button("group.leave", say("group-leave"), (group_id,)),),)
        case "waiting" if view.places:
            return ((Button("group.take", say("group-join"), (group_id,), "main"), _leave_list(group_id)),)
        case "waiting":
            return ((_leave_list(group_id),),)
        case "offered":
            return (_answers(mine.offer, group_id),)
        case "facilitating":
            return ()


def _answers(offer_id: str, group_id: str) -> tuple[Button, ...]:
    return (
        Button("offer.accept", say("offer-yes"), (offer_id,), "main"),
        Button("offer.pass", say("offer-not-now"), (offer_id,)),
        _leave_list(group_id),
    )


def _leave_list(group_id: str) -> Button:
    return Button("group.leave-list", say("group-leave-list"), (group_id,))


def _around(*, dm: bool) -> tuple[Button, ...]:
    if dm:
        return (help_button(),)
    return Button("group.find", say("group-all")), Button("group.mine", say("group-mine")), help_button()


def group_form() -> Form:
    """Return the form for a new group."""
    return Form(
        "manage.group",
        say("staff-group-title"),
        (
            TextPart("name", say("staff-group-name"), say("staff-group-name-hint"), most=rules.MOST_IN_NAME),
            TextPart("about", say("staff-group-about"), say("staff-group-about-hint"), most=rules.MOST_IN_ABOUT),
            ChoicePart(
                "medium",
                say("staff-group-medium"),
                (
                    Option("text", say("staff-group-medium-text"), chosen=True),
                    Option("voice", say("staff-group-medium-voice")),
                ),
            ),
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


def group_made_card(group: Group) -> Card:
    """Return the answer to a group made."""
    return Card(say("staff-group-made", group=shown(group.name), places=group.capacity))


def facilitator_card(group: Group, user_id: int, *, added: bool) -> Card:
    """Return the answer to a facilitator added."""
    text = "staff-facilitator-added" if added else "staff-facilitator-was"
    return Card(say(text, person=person(user_id), group=shown(group.name)))


class SignupCards:
    """What is rendered when it is sent."""

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {"signup.offer": self._offer, "signup.group-news": self._news}

    @staticmethod
    async def _offer(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        offer = await waitlist_store.offer(reads, str(data["offer"]))
        if offer is None or offer.state != "open" or now >= offer.ends_at:
            return None
        text = say("offer-message", group=shown(offer.group.name), until=moment(offer.ends_at, "F"))
        return Card(text, (_answers(offer.id, offer.group.id), (help_button(),)))

    @staticmethod
    async def _news(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        group = await store.group(reads, str(data["group"]))
        news, user_id = str(data["news"]), int(data["user"])
        if group is None or not _still_so(group, news):
            return None
        people = (
            *await store.members(reads, group.id),
            *await group_store.waiting(reads, group.id),
            *await store.facilitators(reads, group.id),
        )
        if user_id not in people:  # They may have left since.
            return None
        day = "" if group.last_start is None else moment(group.last_start - _NOON, "D")
        return Card(say(f"group-news-{news}", day=day), ((help_button(),),))


def _still_so(group: Group, news: str) -> bool:
    """Return whether news of a group are still true when they are sent."""
    if group.state == "archived":
        return False
    match news:
        case "paused":
            return group.state == "paused"
        case "resumed":
            return group.state == "open"
        case "ending":
            return group.ends_at is not None
        case _:
            return group.ends_at is None
