"""The panel on which people look for a group: a list that can be narrowed down, and one group of it.

What was chosen lives in the custom_ids of the message itself. Nothing is kept, so it works after any restart.
"""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.card import Button, Card, Menu, Option
from peerbot.engine.texts import say
from peerbot.engine.words import number
from peerbot.servers.help import help_button
from peerbot.signup import lines
from peerbot.signup.finding.rules import Facet, Found, Looking, Search, Wanted, language_key
from peerbot.signup.rules import View

_ROOM_FOR_ABOUT: Final = 70
"""Characters of "who it is for" in a list, so that four groups always fit one message; the group's card has all."""
_ANY: Final = "any"
_PAGE, _FACET = 0, 0  # Where a custom_id of a page, and one of a menu, has its first argument; the choices follow.


def looking(args: Sequence[str]) -> Looking:
    """Return where a button leads: a page, and what the list is narrowed down to."""
    page = number(args[_PAGE]) if args else 0
    return page, _wanted(args[_PAGE + 1 :])


def narrowed(args: Sequence[str], chosen: str) -> Looking:
    """Return where a choice in one of the menus leads: the first page of what is then wanted."""
    wanted = _wanted(args[_FACET + 1 :])
    return 0, wanted.choosing(args[_FACET] if args else "", "" if chosen == _ANY else chosen)


def _wanted(choices: Sequence[str]) -> Wanted:
    return Wanted(*(*choices, "", "", "")[:3])


def find_card(found: Found) -> Card:
    """Return a page of the groups somebody may see, with what narrows the list down."""
    search, wanted = found.search, found.search.wanted
    if not search.of:
        return Card(say("find-none"), ((help_button(),),))
    menus = _menus(search)
    if not search.fitting:
        return Card(say("find-none-fits"), (*menus, (Button("group.find", say("find-all"), ("0",)), help_button())))
    title = lines.titled("find-title", search.page, search.pages)
    if wanted != Wanted():
        title = f"{title}\n{say('find-fitting', count=search.fitting, all=search.of)}"
    text = "\n\n".join([title, *[_entry(each) for each in found.views]])
    turning = lines.turning("group.find", search.page, search.pages, tuple(wanted))
    return Card(text, (lines.choose(found.views, (str(search.page), *wanted)), *menus, (*turning, help_button())))


def group_card(view: View, *, dm: bool = False, back: tuple[str, ...] = ()) -> Card:
    """Return one group with what this person can do about it; in a direct message, without what needs a server.

    `back` is where the list was left.
    """
    told = [lines.named(view), lines.about(view), lines.kind(view), lines.meeting(view), lines.places(view)]
    if view.mine.where != "outside":
        told.append(lines.standing(view))
    return Card("\n".join(told), (*lines.doing(view), lines.around(dm=dm, state=back)))


def _entry(view: View) -> str:
    if view.mine.where != "outside":  # They know whom it is for, and look for how they stand to it.
        return "\n".join((lines.named(view), lines.meeting(view), lines.standing(view)))
    about = lines.about(view, _ROOM_FOR_ABOUT)
    return "\n".join((lines.named(view), about, lines.kind(view), lines.meeting(view), lines.places(view)))


def _menus(search: Search) -> tuple[Menu, ...]:
    """Return a menu for each choice that makes a difference here, or was made."""
    found, wanted = list[Menu](), search.wanted
    if media := search.media or _kept(wanted.medium):
        options = [(each, say(f"find-medium-{each}")) for each in media]
        found.append(_menu("medium", options, wanted, wanted.medium))
    if search.languages:
        options = [(language_key(each), each) for each in search.languages]
        found.append(_menu("language", options, wanted, wanted.language))
    if kinds := search.kinds or _kept(wanted.kind):
        options = [(each, say(f"find-kind-{each.replace('_', '-')}")) for each in kinds]
        found.append(_menu("kind", options, wanted, wanted.kind))
    return tuple(found)


def _kept(choice: str) -> tuple[str, ...]:
    return (choice,) if choice else ()


def _menu(facet: Facet, options: Sequence[tuple[str, str]], wanted: Wanted, chosen: str) -> Menu:
    return Menu(
        "group.filter",
        say(f"find-{facet}"),
        (
            Option(_ANY, say(f"find-{facet}-any"), chosen=not chosen),
            *(Option(value, label, chosen=value == chosen) for value, label in options),
        ),
        (facet, *wanted),
    )
