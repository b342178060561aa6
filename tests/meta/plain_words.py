"""How hard a text is to read: its sentences, their length, and the school grade that reads them with ease."""

import re
from collections.abc import Iterable
from typing import Final, cast

import readability

from tests.meta.fluent_texts import PLACE

_COMMAND: Final = re.compile(r"\*\*/[a-z][a-z -]*\*\*|(?<![\w/])/[a-z][a-z-]*")
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKDOWN: Final = re.compile(r"^\s*(?:#{1,3} |-# |> |[-•*] |\d+\. )|\*\*|__|~~|`|(?<!\w)[*_]|[*_](?!\w)", re.MULTILINE)
_END: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")
_WORD: Final = re.compile(r"\w")


def plain(text: str) -> str:
    """The text without its markup; a command's name is one PLACE, as it is read at a glance."""
    return _MARKDOWN.sub("", _LINK.sub(r"\1", _COMMAND.sub(PLACE, text)))


def sentences(text: str) -> list[str]:
    """The sentences of a text. A line's end ends a sentence: that is how lists are read."""
    return [s for line in plain(text).splitlines() for s in _END.split(line.strip()) if words(s)]


def words(sentence: str) -> list[str]:
    return [token for token in sentence.split() if PLACE in token or _WORD.search(token)]


def is_prose(text: str) -> bool:
    """Whether the text has a whole sentence. The label on a button has none, and would make any average look easy."""
    return re.search(r"[.!?…](\s|\W*$)", plain(text)) is not None


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of all the texts joined, without what is filled in when they are said."""
    told = [sentence.replace(PLACE, "") for text in texts if is_prose(text) for sentence in sentences(text)]
    tokens = [" ".join(word.strip('.,:;!?…–—()[]"“”') for word in words(sentence)) for sentence in told]
    measures = readability.getmeasures([line for line in tokens if line], lang="en")
    return cast("dict[str, dict[str, float]]", measures)["readability grades"]["Kincaid"]
