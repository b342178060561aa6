"""A form that could not be taken gives back what was typed, all of it, and shows nothing that Discord refuses."""

from hypothesis import example, given
from hypothesis import strategies as st

from peerbot.engine.card import Button, ChoicePart, Form, Option, PersonPart, TextPart, TickPart, Words
from peerbot.engine.texts import say
from peerbot.gateway.forms import AGAIN, refill, try_again

OPTIONS = (Option("a", "Yes, please"), Option("b", "No"), Option("c", "No, thank you"))
FORM = Form(
    "booth.save",
    "The booth",
    (
        Words("Please fill this in."),
        TextPart("name", "Name", most=40),
        ChoicePart("medium", "Medium", OPTIONS),
        TickPart("agree", "Agree", OPTIONS),
        PersonPart("who", "Who", most=3),
    ),
    ("a1", "b2"),
)
typed = st.fixed_dictionaries(
    {
        "name": st.text(max_size=40).map(lambda text: (text,)),
        "medium": st.sampled_from(["a", "b", "c"]).map(lambda value: (value,)),
        "agree": st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(tuple),
        "who": st.lists(st.integers(1, 2**63 - 1), max_size=3, unique=True).map(lambda ids: tuple(map(str, ids))),
    }
)


@given(filled=typed)
def test_what_was_typed_comes_back_in_the_form(filled: dict[str, tuple[str, ...]]) -> None:
    words, name, medium, agree, who = refill(FORM, try_again("No", FORM, filled).draft).parts
    assert words == FORM.parts[0]
    assert isinstance(name, TextPart)
    assert name.value.strip() == filled["name"][0].strip()
    assert isinstance(medium, ChoicePart)
    assert isinstance(agree, TickPart)
    for part, values in ((medium, filled["medium"]), (agree, filled["agree"])):
        assert {option.value for option in part.options if option.chosen} == set(values)
    assert isinstance(who, PersonPart)
    assert tuple(map(str, who.chosen)) == filled["who"]


@given(filled=typed)
@example({"name": ("  \n ",), "medium": ("a",), "agree": (), "who": ()})
def test_nothing_blank_is_shown_for_discord_would_refuse_the_message(filled: dict[str, tuple[str, ...]]) -> None:
    for label, value in try_again("No", FORM, filled).draft:
        assert label.strip()
        assert value.strip()
        assert len(value) <= 1024


def test_the_way_back_names_the_form_and_what_it_is_about() -> None:
    card = try_again("**Name** is too short.", FORM, {"name": ("a",)})
    assert card.text.startswith("**Name** is too short.")
    assert card.rows == ((Button(AGAIN, say("try-again"), ("booth.save", "a1", "b2"), "main"),),)


def test_nothing_is_promised_where_nothing_was_typed() -> None:
    empty = try_again("No", FORM, {})
    assert empty.draft == ()
    assert empty.text == "No"


def test_a_very_long_text_is_cut_for_the_message_and_never_longer_than_the_field_takes() -> None:
    card = try_again("No", FORM, {"name": ("a" * 4000,)})
    assert card.draft == (("Name", "a" * 1000),)
    name = refill(FORM, card.draft).parts[1]
    assert isinstance(name, TextPart)
    assert name.value == "a" * 40


def test_of_people_only_those_who_can_be_are_kept() -> None:
    """A modified client sends anything in the place of a person."""
    card = try_again("No", FORM, {"who": ("@everyone", "²", "9" * 40, "-7", "42")})
    assert card.draft == (("Who", "<@42>"),)
    who = refill(FORM, [("Who", "<@42> ² ٣ <@" + "9" * 40 + ">")]).parts[4]
    assert isinstance(who, PersonPart)
    assert who.chosen == (42,)
