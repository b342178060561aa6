"""Puts the guide together: its prose from `words.md`, everything else from the texts, the policy and the registry."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bench.guide.entries import ENTRIES, NOW, ROOMS
from bench.guide.showing import Showing
from bench.guide.stories import PEOPLE, told
from peerbot.engine.card import Card
from peerbot.engine.texts import say
from peerbot.escalation import crisis, rules
from peerbot.escalation.answer_times import label, names_of, spoken
from peerbot.escalation.answer_times_cards import line
from peerbot.escalation.policy import BOUNDS, USUAL
from peerbot.escalation.raising import service as raising
from peerbot.escalation.raising.news import GIVEN_UP_AFTER
from peerbot.escalation.rules import Level
from peerbot.escalation.sign_offs import rules as sign_off_rules
from tests.meta.fluent_texts import PLACE, Said, texts
from tests.meta.sources import PACKAGE

NOT_OF_THE_FLOW: Final = ("cmd-", "kept-")
"""Texts that are no part of it: what commands are called, and what `/my-data` says is kept."""


async def guide() -> str:
    """Return the whole guide."""
    showing = Showing(PEOPLE)
    stories = await told(showing)
    parts = {
        "stories": stories,
        "messages": _messages(showing),
        "times": _times(),
        "numbers": _numbers(),
        "countries": _countries(),
        "rest": _rest(showing.said),
    }
    words = (Path(__file__).parent / "words.md").read_text(encoding="utf-8")
    for name, part in parts.items():
        words = words.replace(f"{{{{{name}}}}}", part.strip())
    return words


def _messages(showing: Showing) -> str:
    lines: list[str] = []
    section = ""
    for entry in ENTRIES:
        if entry.section != section:
            section = entry.section
            lines += ["", f"### {section}"]
        drawn = showing.card(entry.shown, NOW, ROOMS) if isinstance(entry.shown, Card) else showing.form(entry.shown)
        lines += ["", f"*{entry.what}*", "", drawn]
    return "\n".join(lines)


def _times() -> str:
    lines = ["| level | what it means | usual | can be set to | in `policy.py` |", "|---|---|---|---|---|"]
    for level in Level:
        for name in names_of(level.word):
            bounds = BOUNDS[name]
            span = f"{spoken(name, bounds.least)} to {spoken(name, bounds.most)}"
            means = f"{label(name)}. {line(name, USUAL)}"
            usual = spoken(name, bounds.usual)
            lines.append(f"| {say(f'level-{level.word}')} | {means} | {usual} | {span} | `{name}` |")
    return "\n".join(lines)


def _numbers() -> str:
    """Return the times that no server sets."""
    fixed = {
        "A page that has not arrived counts as unanswered after": rules.REACHED_WITHIN,
        "After the last line, pages go on every (for an hour)": rules.UNANSWERED_OFTEN,
        "And then every": rules.UNANSWERED_LATER,
        "A check-in waits for a shift at most": rules.LONGEST_WAIT_FOR_A_SHIFT,
        "A sign-off that nobody answers may be the owner's after": sign_off_rules.OWNER_AFTER,
        "Raiser, their words and the way to answer them go after closing, when the last news has arrived, at most":
            GIVEN_UP_AFTER,
    }  # fmt: skip
    rows = [f"| {what} | {_length(time.total_seconds())} |" for what, time in fixed.items()]
    rows.append(f"| Characters of a note in the form of `/concern`, at most | {raising.MOST_NOTE} |")
    return "\n".join(["| what | how much |", "|---|---|", *rows])


def _length(seconds: float) -> str:
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds >= size:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} seconds"


def _countries() -> str:
    lines = ["| country | emergency | services | looked at |", "|---|---|---|---|"]
    for country in crisis.registry().values():
        services = "; ".join(f"[{service.name}]({service.source_url})" for service in country.services)
        looked = "; ".join(sorted({f"{each.last_verified}, {each.verified_by}" for each in country.services}))
        lines.append(f"| {country.name} | {country.emergency} | {services} | {looked} |")
    return "\n".join(lines)


def _rest(said: Iterable[str]) -> str:
    """Return the texts of the flow that nothing above has shown, with `{}` where a value goes."""
    everything = "\n".join(said)
    rest = [text for text in flow() if not _is_in(text, everything)]
    return "\n".join(f"- `{text.id}`: {' / '.join(text.text.splitlines())}" for text in rest)


def flow() -> Iterator[Said]:
    """Yield every reading of every text of the flow."""
    for text in texts(PACKAGE / "escalation"):
        if not text.id.startswith(NOT_OF_THE_FLOW):
            yield text


def _is_in(text: Said, everything: str) -> bool:
    pattern = ".{0,400}?".join(re.escape(part) for part in text.text.split(PLACE))
    return re.search(pattern, everything, re.DOTALL) is not None
