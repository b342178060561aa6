"""What coordinators see of seats to be confirmed and of people to keep apart, and what those who waited read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from peerbot.engine.card import MOST_TEXT, Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import person, say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.signup import store
from peerbot.signup.confirming.keep_apart import Apart
from peerbot.signup.confirming.service import Asking, Switch, held
from peerbot.signup.confirming.store import Pair
from peerbot.signup.tasting import store as tasting_store

_ON_A_PAGE: Final = 4


def waiting_card(asking: Sequence[Asking], page: int) -> Card:
    """Return a page of those who wait for a coordinator's word, each with *Confirm* and *Decline*."""
    if not asking:
        return Card(say("staff-seats-none"), ((help_button(),),))
    pages = -(-len(asking) // _ON_A_PAGE)
    page = min(max(page, 0), pages - 1)
    first = page * _ON_A_PAGE
    here = asking[first : first + _ON_A_PAGE]
    lines = [say("staff-seats-list", count=len(asking), page=page + 1, pages=pages)]
    lines += [_line(number, each) for number, each in enumerate(here, first + 1)]
    rows = tuple(
        (
            Button("seats.confirm", say("staff-seats-confirm", n=number), (str(each.waiting), str(page)), "main"),
            Button("seats.ask-decline", say("staff-seats-decline", n=number), (str(each.waiting),)),
        )
        for number, each in enumerate(here, first + 1)
    )
    turning = tuple(
        Button("seats.list", say(label), (str(to),))
        for label, to in (("list-back", page - 1), ("list-on", page + 1))
        if 0 <= to < pages
    )
    return Card("\n".join(lines), (*rows, (*turning, help_button())))


def _line(number: int, asking: Asking) -> str:
    line = say(
        "staff-seats-one",
        n=number,
        person=person(asking.user_id),
        group=shown(asking.group.name),
        held="yes" if asking.held else "no",
        place=asking.place,
        tries="yes" if asking.tastes else "no",
    )
    if not asking.apart:
        return line
    return f"{line}\n{say('staff-seats-apart', people=', '.join(person(each) for each in asking.apart[:5]))}"


def decline_card(asking: Asking) -> Card:
    """Return what declining touches, and the button that does it."""
    text = say("staff-seats-check", person=person(asking.user_id), group=shown(asking.group.name))
    decline = Button("seats.decline", say("staff-seats-decline-one"), (str(asking.waiting),), "danger")
    return Card(text, ((decline, Button("seats.list", say("list-back"), ("0",))),))


def switch_card(switch: Switch) -> Card:
    """Return whether a coordinator confirms each seat, what a change would touch, and the button that does it."""
    state = "on" if switch.on else "off"
    lines = [say(f"staff-seats-{state}")]
    if switch.pairs:
        return Card("\n".join((*lines, say("staff-seats-pairs"))))
    lines.append(say(f"staff-seats-if-{state}", waiting=switch.waiting))
    to = "off" if switch.on else "on"
    return Card("\n".join(lines), ((Button("seats.turn", say(f"staff-seats-turn-{to}"), (to,), "main"),),))


def turned_card(switch: Switch) -> Card:
    """Return the answer to the switch being set, with the way back."""
    state, back = ("on", "off") if switch.on else ("off", "on")
    return Card(say(f"staff-seats-{state}"), ((Button("seats.turn", say("staff-undo"), (back,)),),))


def apart_card(apart: Apart) -> Card:
    """Return what keeping two people apart touches, and the button that does it."""
    if apart.known:
        return Card(say("staff-apart-known", **_two(apart.pair)))
    lines = [say("staff-apart-check", **_two(apart.pair)), _shared(apart)]
    if apart.turns_on:
        lines.append(say("staff-apart-turns-on", waiting=apart.waiting))
    add = Button("apart.add", say("staff-apart-add"), _args(apart.pair), "main")
    return Card("\n".join(lines), ((add,),))


def kept_apart_card(apart: Apart) -> Card:
    """Return the answer to a pair that is kept, with the way back."""
    if apart.known:
        return Card(say("staff-apart-known", **_two(apart.pair)))
    back = Button("apart.remove", say("staff-undo"), (*_args(apart.pair), "off" if apart.turns_on else ""))
    return Card("\n".join((say("staff-apart-added", **_two(apart.pair)), _shared(apart))), ((back,),))


def together_card(pair: Pair, *, dropped: bool) -> Card:
    """Return the answer to a pair that is kept no longer, with the way back."""
    if not dropped:
        return Card(say("staff-apart-was-not", **_two(pair)))
    back = Button("apart.add", say("staff-undo"), _args(pair))
    return Card(say("staff-apart-removed", **_two(pair)), ((back,),))


def pairs_cards(pairs: Sequence[Pair]) -> list[Card]:
    """Return every pair, in as many messages as it takes."""
    if not pairs:
        return [Card(say("staff-apart-none"))]
    pages = [say("staff-apart-list")]
    for pair in pairs:
        line = say("staff-apart-pair", **_two(pair))
        if len(pages[-1]) + len(line) + 1 > MOST_TEXT:
            pages.append(say("staff-apart-list"))
        pages[-1] += f"\n{line}"
    return [Card(page) for page in pages]


def _shared(apart: Apart) -> str:
    if not apart.shared:
        return say("staff-apart-none-shared")
    return say("staff-apart-shared", groups=", ".join(shown(group.name) for group in apart.shared[:10]))


def _two(pair: Pair) -> dict[str, object]:
    return {"one": person(pair[0]), "other": person(pair[1])}


def _args(pair: Pair) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


class ConfirmCards:
    """What is rendered when it is sent."""

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {"signup.seats": self._seats, "signup.seated": self._seated, "signup.declined": self._declined}

    @staticmethod
    async def _seats(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        count = await held(reads, int(data["server"]))
        if not count:
            return None
        people = tuple(int(each) for each in data["people"])
        text = say("staff-seats-wait", count=count, people=" ".join(person(each) for each in people) or "-")
        return Card(text, ((Button("seats.list", say("staff-seats-show"), ("0",), "main"), help_button()),), people)

    @staticmethod
    async def _seated(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        group = await store.group(reads, str(data["group"]))
        if group is None or int(data["user"]) not in await store.members(reads, group.id):
            return None
        taster = await tasting_store.current(reads, group.id, int(data["user"]))
        text = "seat-confirmed" if taster is None else "taster-confirmed"
        return Card(say(text, group=shown(group.name)), ((help_button(),),))

    @staticmethod
    async def _declined(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        group = await store.group(reads, str(data["group"]))
        return None if group is None else Card(say("seat-declined", group=shown(group.name)), ((help_button(),),))
