"""What people read and can press, within Discord's limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from peerbot.confidentiality.rules import MOST_CLAUSES, MOST_SHOWN, Edition, Shelf, Terms, Text
from peerbot.confidentiality.service import built_in
from peerbot.engine.card import MOST_TEXT, Card, Form, Menu, TickPart, Words
from peerbot.engine.errors import OldButton
from peerbot.gateway import draw
from peerbot.servers.rules import MOST_IN_CONTACT, Ages, AgesAndContact
from peerbot.signup import cards
from peerbot.signup.finding.cards import find_card
from peerbot.signup.finding.rules import Wanted
from peerbot.signup.groups import cards as group_cards
from peerbot.signup.groups import facilitator_cards
from peerbot.signup.groups.facilitating import Addition, Backups, Removal
from peerbot.signup.groups.life import Ending, Touched
from peerbot.signup.groups.rules import Change, People, with_terms
from peerbot.signup.groups.service import Managed, Roster
from peerbot.signup.groups.store import Seated
from peerbot.signup.invites import cards as invite_cards
from peerbot.signup.invites.service import Codes
from peerbot.signup.invites.store import Invite
from peerbot.signup.rules import (
    MOST_IN_ABOUT,
    MOST_IN_LANGUAGE,
    MOST_IN_NAME,
    Group,
    Mine,
    Reminders,
    Standing,
    View,
    Where,
)
from tests.signup.looking import found

AT = datetime(2026, 12, 8, 19, 0, tzinfo=UTC)
CIRCLE = Group("0a1b2c3d", 1, "Tuesday Circle", "People who find evenings long", "text", 10, "English", "open", AT)
# Every character escaped, every field as long as it may be: what fits with this fits always.
ZONE = "America/Argentina/ComodRivadavia"
"""The longest name of a zone there is."""
WORST = replace(
    CIRCLE,
    name="*" * MOST_IN_NAME,
    about="_" * MOST_IN_ABOUT,
    language="~" * MOST_IN_LANGUAGE,
    medium="voice",
    kind="closed",
    cycle_from=AT,
    next_zone=ZONE,
    ends_at=AT + timedelta(days=400),
)
ENDED = replace(WORST, kind="closed", cycle_from=AT, cycle_until=AT + timedelta(days=60), ends_at=AT, state="paused")
MANY = People(99, 99)
MANAGED = Managed(ENDED, "Europe/London", MANY, 99, tuple(range(10**18, 10**18 + 9)), 9)
# What may be added to the texts, where every line is as long as all of them together allow.
ADDED = Edition(1, ("*" * (MOST_SHOWN // MOST_CLAUSES // 2),) * MOST_CLAUSES)
LONGEST = Terms({**built_in(), Text.SERVER: ADDED, Text.GROUP: ADDED})
FOR_YOUNGER = AgesAndContact(Ages(13, 17), "*" * MOST_IN_CONTACT)
OFFERED = Standing("offered", 1, "4e5f6071", AT)
LEADS = "<@1234567890123456789>, " * 3
PAUSED = Standing("paused", ends_at=AT, appeal=LEADS)
STANDINGS = [
    Standing(),
    Standing("seated"),
    Standing("waiting", 3),
    Standing("pending", 3),
    PAUSED,
    OFFERED,
    Standing("facilitating"),
]


def seen(mine: Standing | None = None, group: Group = CIRCLE, places: int = 0, waiting: int = 0) -> View:
    return View(group, AT, places, waiting, mine or Standing())


def actions(card: Card) -> list[tuple[str, str]]:
    return [(button.action, button.label) for row in card.rows if isinstance(row, tuple) for button in row]


def first_actions(card: Card) -> list[str]:
    first = card.rows[0]
    assert isinstance(first, tuple)
    return [button.label for button in first]


@pytest.mark.parametrize(
    ("places", "waiting", "words"),
    [
        (3, 0, "3 places free"),
        (1, 0, "1 place free"),
        (0, 0, "Full: nobody is waiting"),
        (0, 1, "Full: 1 waiting"),
        (0, 4, "Full: 4 waiting"),
    ],
)
def test_a_group_says_how_much_room_there_is(places: int, waiting: int, words: str) -> None:
    card = cards.group_card(seen(places=places, waiting=waiting))
    assert words in card.text.splitlines()
    assert card.text.startswith("**Tuesday Circle** · English · by text\nFor: People who find evenings long\n")
    assert f"<t:{int(AT.timestamp())}:F>" in card.text


@pytest.mark.parametrize(
    ("view", "labels"),
    [
        (seen(places=1), ["Join"]),
        (seen(), ["Join the waitlist"]),
        (seen(Standing("seated")), ["Leave"]),
        (seen(Standing("waiting", 1)), ["Leave the list"]),
        (seen(Standing("waiting", 1), places=1), ["Join", "Leave the list"]),
        (seen(OFFERED), ["Yes please", "Not now, keep my place", "Leave the list"]),
        (seen(Standing("facilitating")), ["Who is in it"]),
    ],
)
def test_the_buttons_fit_how_the_person_stands(view: View, labels: list[str]) -> None:
    assert first_actions(cards.group_card(view)) == labels


def test_a_name_that_looks_like_formatting_is_shown_as_typed() -> None:
    card = cards.group_card(seen(group=replace(CIRCLE, name="@everyone **x**")))
    assert "\\@everyone \\*\\*x\\*\\*" in card.text


@pytest.mark.parametrize("where", STANDINGS)
@pytest.mark.parametrize("count", [0, 1, 5, 6, 26])
def test_every_list_fits_discords_limits_on_every_page(where: Standing, count: int) -> None:
    views = tuple(seen(where, replace(WORST, id=f"{n:08x}"), 9, 99) for n in range(count))
    own = Mine(views if where.where != "outside" else (), "closed", (WORST,) * 3, (WORST,) * 3, LEADS)
    for page in range(-1, 7):
        assert fits(find_card(found(views, (page, Wanted()))))
        assert fits(cards.mine_card(own, page))


@pytest.mark.parametrize("where", STANDINGS)
def test_every_answer_fits_discords_limits(where: Standing) -> None:
    view = seen(where, WORST, 9, 99)
    for make in (cards.group_card, cards.joined_card, cards.passed_card, cards.left_card, cards.left_list_card):
        assert fits(make(view))


STAFF_CARDS = [
    *(make(MANAGED) for make in (group_cards.made_card, group_cards.settings_card)),
    group_cards.settings_card(replace(MANAGED, group=replace(ENDED, state="archived", archived_at=AT))),
    group_cards.words_card(MANAGED, WORST),
    *(group_cards.terms_card(Change(ENDED, WORST, MANY, "Europe/London", done)) for done in (True, False)),
    *(group_cards.switch_card(Change(ENDED, WORST, MANY, "UTC", done), "private") for done in (True, False)),
    *(
        make(Touched(ENDED, MANY))
        for make in (
            group_cards.pause_card,
            group_cards.paused_card,
            group_cards.resumed_card,
            group_cards.stayed_card,
        )
    ),
    *(
        make(Ending(ENDED, MANY, date(2026, 9, 30), AT, AT, AT))
        for make in (group_cards.end_card, group_cards.announced_card)
    ),
    *(
        invite_cards.codes_card(Codes(ENDED, [Invite("1", "2", 3, AT, AT, 100)] * 10, "ABCDEFGH"), withdrawn=withdrawn)
        for withdrawn in ("", "4")
    ),
    facilitator_cards.addition_card(Addition(WORST, 10**18, added=True)),
    facilitator_cards.addition_card(Addition(WORST, 10**18, apart=tuple(range(10**18, 10**18 + 30)))),
    *(facilitator_cards.removal_card(Removal(ENDED, 10**18, MANY, done)) for done in (True, False)),
    facilitator_cards.backups_card(Backups(ENDED, tuple(range(10**18, 10**18 + 30))), added=10**18),
    facilitator_cards.backups_card(Backups(ENDED, ()), removed=10**18),
    group_cards.roster_card(Roster(ENDED, [Seated(10**18 + n, AT, AT) for n in range(25)], 99, MANAGED.facilitators)),
]


@pytest.mark.parametrize("card", STAFF_CARDS)
def test_every_answer_to_a_coordinator_fits_discords_limits(card: Card) -> None:
    assert draw.message(card)


def test_a_change_is_carried_by_its_buttons_there_and_back() -> None:
    card = group_cards.terms_card(Change(CIRCLE, ENDED, MANY, "Europe/London", done=False))
    (confirm, _back), *_ = (row for row in card.rows if isinstance(row, tuple))
    group_id, terms = group_cards.terms_from(confirm.args)
    assert (group_id, with_terms(CIRCLE, terms, "Europe/London").kind) == (CIRCLE.id, "closed")
    undone = group_cards.terms_card(Change(CIRCLE, ENDED, MANY, "Europe/London", done=True))
    (undo, _back), *_ = (row for row in undone.rows if isinstance(row, tuple))
    assert with_terms(ENDED, group_cards.terms_from(undo.args)[1], "Europe/London").kind == "open"
    for args in ((), ("1", "open", "9", "x", ""), ("1", "secret", "9", "", "")):
        with pytest.raises(OldButton):
            group_cards.terms_from(args)
    for read in (group_cards.switch_from, group_cards.day_from):
        with pytest.raises(OldButton):
            read("x")


def fits(card: Card) -> bool:
    """Whether Discord takes the card, with three buttons in a row at most and *Help now* among them."""
    assert draw.message(card)
    assert all(isinstance(row, Menu) or len(row) <= 3 for row in card.rows)
    return len(card.text) <= MOST_TEXT and len(card.rows) <= 5 and ("help.ask", "Help now") in actions(card)


@pytest.mark.parametrize("form", [cards.join_form(WORST, LONGEST, FOR_YOUNGER), group_cards.group_form()])
def test_every_form_fits_discords_limits(form: Form) -> None:
    assert len(form.parts) <= 5
    assert len(form.title) <= 45
    assert sum(len(part.text) for part in form.parts if isinstance(part, Words)) <= 4000
    for part in form.parts:
        if not isinstance(part, Words):
            assert len(part.label) <= 45
            assert len(part.hint) <= 100
    assert draw.modal(form)


def test_the_form_says_what_others_will_see_and_asks_for_one_tick() -> None:
    form = cards.join_form(CIRCLE, Shelf(built_in(), ()).terms(CIRCLE.id), AgesAndContact())
    words = "\n".join(part.text for part in form.parts if isinstance(part, Words))
    for sentence in (
        "The other members of this group will see your Discord name in the room's list, whether you come or not.",
        "You may use a separate account.",
        "What's said here stays here.",
        "What we can and can't keep private",
    ):
        assert sentence in words
    required = [part.id for part in form.parts if not isinstance(part, Words) and part.required]
    assert required == ["agree"]


@pytest.mark.parametrize(
    ("ages", "tick"),
    [
        (Ages(), "I agree, and I am 18 or older"),
        (Ages(16), "I agree, and I am 16 or older"),
        (Ages(13, 17), "I agree, and I am 13 to 17 years old"),
    ],
)
def test_the_tick_says_for_whom_the_groups_of_the_server_are(ages: Ages, tick: str) -> None:
    form = cards.join_form(CIRCLE, Shelf(built_in(), ()).terms(CIRCLE.id), AgesAndContact(ages, "the school nurse"))
    agree = next(part for part in form.parts if isinstance(part, TickPart) and part.id == "agree")
    assert [option.label for option in agree.options] == [tick]
    assert "If you feel unsafe here, you can turn to: the school nurse" in str(form.parts)


def test_pages_lead_to_each_other_and_each_group_can_be_chosen() -> None:
    views = tuple(seen(group=replace(CIRCLE, id=f"{n:08x}", name=f"Circle {n}")) for n in range(11))
    chosen: list[str] = []
    for page in range(3):
        card = find_card(found(views, (page, Wanted())))
        menu = card.rows[0]
        assert isinstance(menu, Menu)
        chosen += [option.value for option in menu.options]
        turns = [b.args[0] for row in card.rows if isinstance(row, tuple) for b in row if b.action == "group.find"]
        assert turns == [str(n) for n in (page - 1, page + 1) if n in range(3)]
        assert f"Page {page + 1} of 3." in card.text
    assert chosen == [view.group.id for view in views]


def test_mine_puts_the_buttons_of_an_offer_first() -> None:
    card = cards.mine_card(Mine((seen(OFFERED), seen(Standing("seated"))), "on"), 0)
    assert first_actions(card) == ["Yes please", "Not now, keep my place", "Leave the list"]
    assert isinstance(card.rows[1], Menu)


@pytest.mark.parametrize(
    ("choice", "words", "label"),
    [
        ("on", "I may send you reminders and offers.", "Stop messages"),
        ("off", "I send you none.", "Send me messages"),
        ("closed", "Discord did not let me send you one.", "Try messages again"),
    ],
)
def test_mine_tells_the_truth_about_messages(choice: Reminders, words: str, label: str) -> None:
    card = cards.mine_card(Mine((seen(Standing("seated")),), choice), 0)
    assert words in card.text
    assert ("group.reminders", label) in actions(card)


@pytest.mark.parametrize("where", ["seated", "offered", "facilitating"])
def test_not_now_pressed_when_it_no_longer_applies_shows_how_things_are(where: Where) -> None:
    view = seen(Standing(where, 1, "4e5f6071", AT))
    assert cards.passed_card(view) == cards.group_card(view)
