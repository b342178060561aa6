"""What people type is kept without tricks and shown as it was written: never a mention, never something unseen."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peerbot.engine.errors import Invalid
from peerbot.engine.texts import say
from peerbot.engine.words import clean, number, shown

# What Discord would turn into something else: mentions, times, commands, custom emoji, links, formatting.
ALIVE = re.compile(r"(?<!\\)(?:\\\\)*(?:<[@#:/]|<a:|<t:|<id:|@everyone|@here|://|[*_`~|>#\[\]()<@])")
# Nothing of these shows: Unicode's Default_Ignorable_Code_Point outside the categories of format and control.
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\ufe00\ufe0e\ufe0f\uffa0\U000e0100\U000e01ef"
hostile = st.text(
    st.one_of(
        st.sampled_from("@<>#:&!/\\*_`~|[]()-. \u200b\u200d\u202e\u2066\ufeff\u00ad\x00\x1b\t\n\r\u2028\u00a0" + BLANK),
        st.sampled_from("everyonehere123tabé\u0301"),
        st.characters(),
    )
)


def cleaned(text: str) -> str:
    return clean(text, field="Name", most=10_000, least=0)


@given(text=hostile)
@example("a\u200b \u200bb")
@example("e\u200d\u0301")
@example("\u3164")
def test_nothing_kept_is_invisible(text: str) -> None:
    kept = cleaned(text)
    assert not [c for c in kept if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} or c in BLANK]
    assert kept == kept.strip()
    assert "  " not in kept
    assert all(c == " " for c in kept if c.isspace())


@given(text=hostile)
@example("e\u200d\u0301")
@example("a \u2800 b")
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    kept = cleaned(text)
    assert cleaned(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)


@given(text=hostile)
@example("@everyone")
@example("<@123> <@&4> <#5> </group:6> <t:1:R> <:smile:7> <a:x:8> <id:home>")
@example("\\@everyone \\<@1>")
@example("[click](https://example.org)")
@example("# Title")
@example("-# small")
@example("||hidden|| **bold** `code`")
def test_nothing_shown_is_a_mention_a_link_or_formatting(text: str) -> None:
    assert not ALIVE.search(shown(cleaned(text)))
    assert not ALIVE.search(shown(text))


@given(text=hostile)
def test_what_is_shown_reads_as_it_was_written(text: str) -> None:
    assert re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", shown(text)) == text


@pytest.mark.parametrize(
    "alive", ["<@1>", "a <#1>", "@everyone", "\\\\@here", "**b**", "https://a", "[a](b)", "</a:1>"]
)
def test_what_discord_would_turn_into_something_else_is_found(alive: str) -> None:
    assert ALIVE.search(alive)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tuesday   evening ", "Tuesday evening"),
        ("Tues\u200bday", "Tuesday"),
        ("\u202eTuesday", "Tuesday"),
        ("line\none\ttwo", "line one two"),
        ("Cafe\u0301", "Café"),
        ("São Paulo", "São Paulo"),
        ("日本語", "日本語"),
        ("O'Brien & Co. – 50%", "O'Brien & Co. – 50%"),
        ("hope 🌱", "hope 🌱"),
    ],
)
def test_what_people_write_is_kept(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


def test_ordinary_writing_is_shown_without_signs_of_care() -> None:
    assert shown("Tuesday evening, 7pm & later! It's open.") == "Tuesday evening, 7pm & later! It's open."


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200b", "\u3164", "\ufe0f", "\n"])
def test_what_shows_nothing_is_too_short(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean(typed, field="Name", most=40)
    assert "Name" in say(refused.value.text, **refused.value.values)


def test_the_length_is_that_of_what_is_kept() -> None:
    assert clean("  " + "a\u200b" * 40, field="Name", most=40) == "a" * 40
    with pytest.raises(Invalid) as refused:
        clean("a" * 41, field="Name", most=40)
    assert "41" in say(refused.value.text, **refused.value.values)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("0", 0), ("17", 17), (str(2**63 - 1), 2**63 - 1), (str(2**63), 0), ("9" * 5000, 0), ("", 0), ("-1", 0)),
        *(("1.5", 0), (" 1", 0), ("\u0661", 0), ("\u00b2", 0), ("0badc0de", 0), ("1_0", 0)),
    ],
)
def test_a_number_is_plain_digits_that_the_database_can_hold_and_all_else_is_none(text: str, meant: int) -> None:
    assert number(text) == meant
