"""The safeguarding guide is what the texts, the answer times and the registry say now, and leaves no sentence out."""

import re

from bench.guide.__main__ import GUIDE
from bench.guide.entries import ENTRIES
from bench.guide.stories import STORIES
from bench.guide.whole import NOT_OF_THE_FLOW, flow, guide
from peerbot.escalation.policy import BOUNDS
from tests.meta.fluent_texts import PLACE, texts
from tests.meta.sources import PACKAGE

_SHOWN = ("crisis-card-", "receipt-", "state-", "concern-cover")


def plain(text: str) -> str:
    """Return a text without what Markdown and the guide put around it."""
    return " ".join(re.sub(r"^> ?| {2}$| / ", " ", text, flags=re.MULTILINE).split())


async def test_the_guide_says_what_the_bot_says_now() -> None:
    assert GUIDE.read_text(encoding="utf-8") == await guide(), "Something the guide shows has changed: run `make docs`"


def test_every_text_of_the_flow_is_in_the_guide() -> None:
    everything = plain(GUIDE.read_text(encoding="utf-8"))
    missing = {
        text.id
        for text in flow()
        if not all(plain(part) in everything for piece in text.text.split(PLACE) for part in piece.splitlines())
    }
    assert not missing


def test_what_somebody_in_need_reads_is_shown_as_they_see_it_and_not_only_listed() -> None:
    listed = set(re.findall(r"^- `([a-z0-9_-]+)`:", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    only_listed = {text for text in listed if text.startswith(_SHOWN)}
    assert not only_listed, "Show them: a line of ENTRIES in bench/guide/entries.py, then `make docs`"


def test_each_part_of_escalation_is_of_the_flow_or_said_not_to_be() -> None:
    every = {text.id for text in texts(PACKAGE / "escalation")}
    left_out = every - {text.id for text in flow()}
    assert left_out
    assert all(text.startswith(NOT_OF_THE_FLOW) for text in left_out)


def test_every_answer_time_every_story_and_every_message_is_in_the_guide() -> None:
    written = GUIDE.read_text(encoding="utf-8")
    assert all(f"`{name}` |" in written for name in BOUNDS)
    assert all(f"### {title}\n" in written for title in STORIES)
    assert all(f"*{entry.what}*\n" in written for entry in ENTRIES)
    assert "{{" not in written
