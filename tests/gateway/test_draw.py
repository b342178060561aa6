"""Cards and forms as Discord gets them: within its limits, pinging nobody unasked, leaving nothing behind."""

from dataclasses import replace

import discord
import pytest
from discord import ui

from peerbot.engine.card import (
    Button,
    Card,
    ChoicePart,
    Form,
    FormPart,
    Menu,
    Option,
    PersonPart,
    TextPart,
    TickPart,
    Words,
)
from peerbot.gateway import draw

YES = Option("yes", "Yes")
TWO = (YES, Option("no", "No", hint="Not now", chosen=True))


def buttons(number: int, label: str = "Press") -> tuple[Button, ...]:
    return tuple(Button(f"booth.press{'x' * n}", label) for n in range(number))


def options(number: int) -> tuple[Option, ...]:
    return tuple(Option(str(n), f"Option {n}") for n in range(number))


def card(*rows: tuple[Button, ...] | Menu) -> Card:
    return Card("The booth", rows)


def form(*parts: FormPart, title: str = "The booth") -> Form:
    return Form("booth.save", title, parts)


async def test_a_card_becomes_text_and_buttons_that_carry_what_they_do() -> None:
    rows = (Button("booth.press", "Press", ("a1", "b2"), "main"), Button("booth.no", "No", look="danger"))
    drawn = draw.message(card(rows), "0123456789abcdef")
    assert drawn["content"] == "The booth"
    assert drawn["embeds"] == []
    shown = [(item.label, item.custom_id, item.style, item.row) for item in drawn["view"].children]
    assert shown == [
        ("Press", "pb:booth.press:a1|b2~0123456789abcdef", discord.ButtonStyle.primary, 0),
        ("No", "pb:booth.no~0123456789abcdef", discord.ButtonStyle.danger, 0),
    ]


async def test_a_card_mentions_only_the_people_it_lists() -> None:
    nobody = draw.message(card())["allowed_mentions"].to_dict()
    assert not any(nobody.values())
    two = draw.message(Card("<@1> @everyone <@&3>", pings=(1, 2)))["allowed_mentions"].to_dict()
    assert two["parse"] == []
    assert [int(user) for user in two["users"]] == [1, 2]
    assert not two.get("roles")


async def test_who_alone_reads_a_card_is_sent_the_name_of_everybody_it_mentions() -> None:
    both = draw.message(Card("<@1> @everyone <@&3> has it, <@2> and <@1>", pings=(2,)), alone=True)["allowed_mentions"]
    assert both.to_dict()["parse"] == []
    assert sorted(int(user) for user in both.to_dict()["users"]) == [1, 2]
    assert not both.to_dict().get("roles")


async def test_a_draft_is_shown_under_the_text() -> None:
    drawn = draw.message(Card("Not yet", draft=(("Name", "Tuesday"), ("About", "Evenings"))))
    assert [(one.name, one.value) for one in drawn["embeds"][0].fields] == [("Name", "Tuesday"), ("About", "Evenings")]


async def test_every_part_of_a_form_has_a_fixed_id() -> None:
    parts = (
        TextPart("name", "Name", "As others will read it", "Tuesday", most=40, long=True),
        ChoicePart("medium", "Medium", TWO),
        ChoicePart("places", "Places", TWO, menu=True),
        TickPart("agree", "Agree", TWO, required=True),
        PersonPart("who", "Who", chosen=(5,), required=False, most=3),
    )
    drawn = draw.modal(Form("booth.save", "The booth", parts, ("a1",)))
    assert drawn.custom_id == "pb:booth.save:a1"
    labels = [item for item in drawn.children if isinstance(item, ui.Label)]
    text, radio, menu, ticks, people = (item.component for item in labels)
    assert [item.component.custom_id for item in labels] == ["name", "medium", "places", "agree", "who"]  # type: ignore[attr-defined] - all have one
    assert isinstance(text, ui.TextInput)
    assert (text.default, text.max_length, text.style) == ("Tuesday", 40, discord.TextStyle.paragraph)
    assert isinstance(radio, ui.RadioGroup)
    assert [(one.label, one.description, one.default) for one in radio.options] == [
        ("Yes", None, False),
        ("No", "Not now", True),
    ]
    assert isinstance(menu, ui.Select)
    assert (menu.min_values, menu.max_values, menu.required) == (1, 1, True)
    assert isinstance(ticks, ui.CheckboxGroup)
    assert (ticks.min_values, ticks.max_values, ticks.required) == (1, 2, True)
    assert isinstance(people, ui.UserSelect)
    assert (people.min_values, people.max_values, people.required) == (0, 3, False)
    assert [one.id for one in people.default_values] == [5]


async def test_a_channel_menu_offers_text_channels_only() -> None:
    [drawn] = draw.message(card(Menu("booth.choose", "Which channel?", kind="channel")))["view"].children
    assert isinstance(drawn, ui.ChannelSelect)
    assert drawn.channel_types == [discord.ChannelType.text]


AT_THE_LIMIT = [
    Card("a" * 2000),
    card(*(buttons(3),) * 5),
    card((Button("booth.press", "a" * 80),)),
    card(
        Menu("booth.choose", "a" * 150, (replace(YES, label="a" * 100, value="b" * 100, hint="c" * 100), *options(24)))
    ),
]
BEYOND_IT = [
    Card("a" * 2001),
    Card(""),
    card(*(buttons(1),) * 6),
    card(buttons(4)),
    card(()),
    card((Button("booth.press", ""),)),
    card((Button("booth.press", "a" * 81),)),
    card((Button("booth.press", "Press", ("a" * 100,)),)),
    card(Menu("booth.choose", "Choose", options(26))),
    card(Menu("booth.choose", "Choose")),
    card(Menu("booth.choose", "a" * 151, TWO)),
    card(Menu("booth.choose", "Choose", (replace(YES, label="a" * 101),))),
    card(Menu("booth.choose", "Choose", (replace(YES, value="a" * 101),))),
    card(Menu("booth.choose", "Choose", (replace(YES, hint="a" * 101),))),
]
FORM_AT_THE_LIMIT = [
    form(*(TextPart(f"p{n}", "a" * 45, "b" * 100) for n in range(5)), title="a" * 45),
    form(Words("a" * 4000), ChoicePart("c", "Choice", options(10)), TickPart("t", "Ticks", options(10))),
    form(ChoicePart("c", "Choice", options(25), menu=True), TickPart("t", "Tick", options(1))),
]
FORM_BEYOND_IT = [
    form(),
    form(*(TextPart(f"p{n}", "Name") for n in range(6))),
    form(TextPart("a", "Name"), title="a" * 46),
    form(TextPart("a", "Name"), title=""),
    form(TextPart("a", "a" * 46)),
    form(TextPart("a", "Name", "a" * 101)),
    form(Words("a" * 4001)),
    form(ChoicePart("c", "Choice", options(1))),
    form(ChoicePart("c", "Choice", options(11))),
    form(ChoicePart("c", "Choice", options(26), menu=True)),
    form(TickPart("t", "Ticks", options(11))),
    form(TickPart("t", "Ticks", ())),
]


@pytest.mark.parametrize("fitting", AT_THE_LIMIT)
async def test_a_card_at_discords_limit_is_drawn(fitting: Card) -> None:
    assert draw.message(fitting)["view"].is_finished()


@pytest.mark.parametrize("broken", BEYOND_IT)
async def test_a_card_beyond_discords_limits_is_a_defect_and_is_not_repeated_in_the_message_about_it(
    broken: Card,
) -> None:
    with pytest.raises(ValueError) as defect:  # noqa: PT011 - discord.py's own or ours
        draw.message(broken)
    assert "aaa" not in str(defect.value)


@pytest.mark.parametrize("fitting", FORM_AT_THE_LIMIT)
async def test_a_form_at_discords_limit_is_drawn(fitting: Form) -> None:
    assert draw.modal(fitting).is_finished()


@pytest.mark.parametrize("broken", FORM_BEYOND_IT)
async def test_a_form_beyond_discords_limits_is_a_defect(broken: Form) -> None:
    with pytest.raises(ValueError) as defect:  # noqa: PT011 - discord.py's own or ours
        draw.modal(broken)
    assert "aaa" not in str(defect.value)
