"""Looking for a group: what the panel shows, how it is narrowed down, and that it works after a restart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.card import MOST_TEXT, Card, Menu
from peerbot.gateway import draw
from peerbot.gateway.custom_ids import MOST, CustomId
from peerbot.signup.finding.cards import find_card, group_card, looking, narrowed
from peerbot.signup.finding.rules import EVERYTHING, TAKES_NOW, Wanted, language_key
from peerbot.signup.rules import Group, NextMeeting, Standing, View
from tests.signup.looking import found
from tests.signup.scene import ANA, BEN, CIRCLE, CLEO, DEV, SERVER, Scene
from tests.signup.test_cards import AT, WORST
from tests.signup.test_cards import CIRCLE as CIRCLE_GROUP


def seen(number: int, group: Group = CIRCLE_GROUP, places: int = 1) -> View:
    return View(replace(group, id=f"{number:08x}", name=f"{number:02}{group.name}"[:40]), AT, places, 0, Standing())


MIXED = tuple(
    seen(n, replace(CIRCLE_GROUP, medium=medium, language=language, kind=kind), places)
    for n, (medium, language, kind, places) in enumerate(
        product(("text", "voice"), ("English", "Welsh", "Irish"), ("open", "drop_in"), (0, 2))
    )
)


def menus(card: Card) -> dict[str, Menu]:
    """The menus of a panel: by what they narrow down, and the one that opens a group."""
    return {row.args[0] if row.action == "group.filter" else "": row for row in card.rows if isinstance(row, Menu)}


def shown(card: Card) -> list[str]:
    """The ids of the groups on a page."""
    menu = menus(card).get("")
    return [option.value for option in menu.options] if menu is not None else []


def everything(first: Card, views: tuple[View, ...]) -> list[str]:
    """Turn all pages with their own buttons, as a person would, and return the ids of all groups shown."""
    ids = shown(first)
    card = first
    while True:
        buttons = [b for row in card.rows if isinstance(row, tuple) for b in row]
        on = next((b for b in buttons if b.label == "More groups"), None)
        if on is None:
            return ids
        card = find_card(found(views, looking(on.args)))
        ids += shown(card)


@pytest.mark.parametrize(
    ("choices", "fits"),
    [
        ({"medium": "voice"}, lambda v: v.group.medium == "voice"),
        ({"language": language_key("welsh")}, lambda v: v.group.language == "Welsh"),
        ({"kind": "drop_in"}, lambda v: v.group.kind == "drop_in"),
        ({"kind": TAKES_NOW}, lambda v: v.places > 0),
        ({"medium": "text", "kind": "open"}, lambda v: v.group.medium == "text" and v.group.kind == "open"),
    ],
)
def test_each_menu_narrows_the_list_down_and_the_choice_lasts_from_page_to_page(
    choices: dict[str, str], fits: Callable[[View], bool]
) -> None:
    card = find_card(found(MIXED))
    for facet, value in choices.items():
        card = find_card(found(MIXED, narrowed(menus(card)[facet].args, value)))
    assert everything(card, MIXED) == [view.group.id for view in MIXED if fits(view)]
    for facet, value in choices.items():
        assert [option.value for option in menus(card)[facet].options if option.chosen] == [value]
        card = find_card(found(MIXED, narrowed(menus(card)[facet].args, "any")))
    assert everything(card, MIXED) == [view.group.id for view in MIXED]


def test_a_menu_that_would_make_no_difference_is_not_there() -> None:
    same = tuple(seen(n) for n in range(9))
    assert set(menus(find_card(found(same)))) == {""}
    assert set(menus(find_card(found(MIXED)))) == {"", "medium", "language", "kind"}


def test_when_nothing_fits_the_menus_stay_and_one_button_shows_everything() -> None:
    views = (seen(1), seen(2, replace(CIRCLE_GROUP, medium="voice", kind="drop_in")))
    card = find_card(found(views, (0, Wanted("text", "", "drop_in"))))
    assert card.text.startswith("**No group here fits that.**")
    assert {"medium", "kind"} <= set(menus(card))
    (everything_again,) = [b for row in card.rows if isinstance(row, tuple) for b in row if b.action == "group.find"]
    assert find_card(found(views, looking(everything_again.args))) == find_card(found(views, EVERYTHING))


def test_an_old_or_forged_button_hides_no_group() -> None:
    for args in ((), ("x",), ("-1", "gone", "00000000", "none"), ("99", "", "", ""), ("0",) * 9):
        assert shown(find_card(found(MIXED, looking(args))))
        assert shown(find_card(found(MIXED, narrowed(args, "nothing of that name"))))


def test_the_longest_panel_fits_discords_limits_on_every_page_and_its_custom_ids_too() -> None:
    views = tuple(
        seen(n, replace(WORST, language=f"{n:02}{WORST.language}"[:30], medium=medium, kind=kind), places)
        for n, (medium, kind, places) in enumerate(product(("text", "voice"), ("open", "closed", "drop_in"), range(5)))
    )
    wanted = Wanted("voice", "", "closed")
    for at in [(page, choice) for page in range(9) for choice in (Wanted(), wanted)]:
        card = find_card(found(views, at))
        assert draw.message(card)
        assert len(card.text) <= MOST_TEXT
        assert len(card.rows) <= 5
        for row in card.rows:
            for item in (row,) if isinstance(row, Menu) else row:
                assert len(str(CustomId(item.action, item.args, "0123456789abcdef"))) <= MOST
    full = Wanted("voice", language_key("Welsh"), "drop_in")
    assert len(str(CustomId("group.filter", ("language", *full), "0123456789abcdef"))) <= MOST


def test_a_panel_begins_with_what_it_is_and_says_everything_in_words() -> None:
    view = replace(seen(1), group=replace(CIRCLE_GROUP, next_zone="Europe/London"))
    first, _, *entry = find_card(found((view,))).text.split("\n")
    assert first == "**Groups you can join here.** Only you can see this message."
    assert entry == [
        "**Tuesday Circle** · English · by text",
        "For: People who find evenings long",
        "Open group: join at any time",
        f"Next meeting: <t:{int(AT.timestamp())}:F> (Tuesday 19:00, Europe/London)",
        "1 place free",
    ]


async def test_the_zone_of_a_group_is_that_of_its_next_meeting(scene: Scene) -> None:
    group = await scene.group()
    begins = datetime(2026, 12, 8, 19, tzinfo=UTC)
    async with scene.desk.transaction() as work:
        told = NextMeeting(begins, begins + timedelta(hours=1), "Asia/Kolkata")
        await scene.signup.next_meeting_is(work, group.id, told)
    (view,) = (await scene.signup.finding.find(Actor(ANA, SERVER))).views
    assert (view.meets_at, view.group.next_zone) == (begins, "Asia/Kolkata")
    # 19:00 in London is half past midnight in Kolkata: a day later by the group's own clocks.
    assert "(Wednesday 00:30, Asia/Kolkata)" in group_card(view).text


async def test_two_panels_that_differ_only_in_who_is_in_the_groups_are_the_same(scene: Scene) -> None:
    one, other = await scene.group(), await scene.group(replace(CIRCLE, name="Friday Circle"))
    for user in (BEN, CLEO):
        await scene.join(user, one)
    await scene.join(BEN, other)
    before = find_card(await scene.signup.finding.find(Actor(ANA, SERVER)))
    for user, group in ((BEN, one), (CLEO, one), (BEN, other)):
        await scene.leave(user, group)
    for user, group in ((DEV, one), (301, one), (302, other)):
        await scene.join(user, group)
    assert find_card(await scene.signup.finding.find(Actor(ANA, SERVER))) == before
