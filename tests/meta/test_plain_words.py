"""People read these texts on a bad day: short sentences, easy words, and none that hurt."""

import re
from typing import Final

import pytest

from tests.meta.fluent_texts import texts
from tests.meta.plain_words import grade, is_prose, sentences, words

MOST_WORDS: Final = 20
HIGHEST_GRADE: Final = 6.0

# What hurts or judges, and (the last line) words for which the project has another: meeting, person, server.
TO_AVOID: Final = (
    *("ban", "case", "patient", "risk score", "suicidal user", "trigger", "triggered", "triggering"),
    *("committed suicide", "attention-seeking", "compliance", "no-show", "inactive"),
    *("session", "client", "guild"),
)
_AVOIDED: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(TO_AVOID)})s?(?![\w-])", re.IGNORECASE)


def avoided(text: str) -> list[str]:
    return _AVOIDED.findall(text)


def long_sentences(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if len(words(sentence)) > MOST_WORDS]


def test_no_sentence_for_members_is_long() -> None:
    long = {text.id: long_sentences(text.text) for text in texts() if text.for_members}
    assert long
    assert not {text: found for text, found in long.items() if found}


def test_an_eleven_year_old_can_read_what_members_read() -> None:
    assert grade(text.text for text in texts() if text.for_members) <= HIGHEST_GRADE


def test_no_text_uses_a_word_to_avoid() -> None:
    found = {text.id: avoided(text.text) for text in texts()}
    assert not {text: found for text, found in found.items() if found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In any case, the patients wait.", ["case", "patients"]),
        ("This may Trigger someone.", ["Trigger"]),
        ("A no-show is inactive.", ["no-show", "inactive"]),
        ("The bank is in the suitcase of a patiently waiting urban client-side user.", []),
    ],
)
def test_a_word_to_avoid_is_found_only_as_a_whole_word(text: str, found: list[str]) -> None:
    assert avoided(text) == found


def test_a_sentence_of_21_words_is_found_among_others() -> None:
    long = " ".join(["word"] * 19) + " {} word."
    assert long_sentences(f"Short one. {long} Another.") == [long]
    assert long_sentences(" ".join(["word"] * 19) + " {}.") == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "**Hello.** Use **/group find** now!\n• one thing\n• another",
            ["Hello.", "Use {} now!", "one thing", "another"],
        ),
        ('She said: "Stay." Then [go on](https://example.org).', ['She said: "Stay.', "Then go on."]),
        ("Type /help-now. -- \nOK", ["Type {}.", "OK"]),
    ],
)
def test_markup_and_lists_do_not_hide_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_hard_words_and_long_sentences_raise_the_grade() -> None:
    easy = "We meet at six. You can sit and read. It is fine to pass."
    hard = "Participation necessitates comprehensive acknowledgement of organisational confidentiality obligations."
    assert grade([easy]) < HIGHEST_GRADE < grade([hard])
    assert grade([easy]) == grade([easy, "Try again", "Leave"])
    assert grade([easy]) == grade([easy.replace("six", "six {} {}")])


def test_a_label_is_not_prose() -> None:
    assert not is_prose("Try again")
    assert is_prose("**Try again.**")
