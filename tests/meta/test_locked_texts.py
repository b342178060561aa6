"""The limits of confidentiality and the crisis card may be extended, never weakened.

locked_texts.json holds what must remain, in parts of a sentence: a sentence may be split to be easier to read. Who
changes that file changes a promise, and asks a safeguarding lead first.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from peerbot.confidentiality.cards import limits_text
from peerbot.confidentiality.rules import MOST_IN_CLAUSE
from tests.meta.fluent_texts import texts
from tests.meta.plain_words import plain
from tests.meta.sources import PACKAGE

LOCKED: Final[dict[str, list[str]]] = json.loads(
    Path(__file__).with_name("locked_texts.json").read_text(encoding="utf-8")
)
HELD_BY: Final = ("confidentiality", "escalation")
_SAME: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "\N{NO-BREAK SPACE}": " "})


def bare(text: str) -> str:
    """The text as it is compared: no markup, no case, one kind of quote and dash, single spaces."""
    return re.sub(r"\s+", " ", plain(text).translate(_SAME).casefold()).strip()


def lost(locked: Iterable[str], said: Iterable[str]) -> list[str]:
    """The locked lines that stand in none of the texts."""
    joined = "\n".join(map(bare, said))
    return [line for line in locked if bare(line) not in joined]


def promises() -> list[str]:
    """The texts of the pillars that hold what is locked, and the registry that fills in the crisis card."""
    registries = [path.read_text(encoding="utf-8") for path in (PACKAGE / "escalation").glob("*.toml")]
    return registries + [text.text for text in texts() if text.file.parent.name in HELD_BY]


@pytest.mark.parametrize("name", LOCKED)
def test_no_locked_text_is_weakened(name: str) -> None:
    assert not lost(LOCKED[name], promises())


@pytest.mark.parametrize("added", [[], ["We keep everything to ourselves, always."], ["*" * MOST_IN_CLAUSE] * 4])
def test_lines_a_server_adds_to_the_limits_take_none_away(added: list[str]) -> None:
    assert not lost(LOCKED["limits"], [limits_text(added)])


def test_the_limits_and_the_crisis_card_are_locked() -> None:
    assert {name: len(lines) for name, lines in LOCKED.items()} == {"limits": 17, "crisis-card": 7}


def test_a_weakened_line_is_found() -> None:
    line = "The team may need to pass something on."
    assert lost([line], ["The team might pass something on."]) == [line]


def test_markup_quotes_and_lines_do_not_count_as_a_change() -> None:
    assert not lost(["Don't wait: call {} now"], ["**Hello.**\nDon’t  wait:\n**call { }** now!".replace("{ }", "{}")])
