"""What is seen of test pages and of what they have proved."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from peerbot.engine.card import MOST_TEXT, Button, Card, Form, TextPart
from peerbot.engine.texts import moment, person, say
from peerbot.escalation.ways import rules as ways_rules

if TYPE_CHECKING:
    from peerbot.escalation.ways.proving import Proof


def sent_card(proofs: "Sequence[Proof]") -> Card:
    """Return the answer to /oncall test: what to do, and each way as it is known now."""
    return _with_code([say("test-sent"), *_lines(proofs)], proofs)


def proved_card(proof: "Proof") -> Card:
    """Return the answer to *It arrived*, and to a code."""
    return _with_code([say("test-proved"), *_lines((proof,))], (proof,))


def code_form() -> Form:
    """Return the form for the code of an alert."""
    return Form(
        "ways.code", say("test-code-title"), (TextPart("code", say("test-code"), say("test-code-hint"), most=20),)
    )


def test_card(user_id: int, page_id: str, *, mention: bool, coded: bool) -> Card:
    """Return a test page, with the button that proves its way."""
    lines = [*([person(user_id)] if mention else []), say("test-page"), say("test-page-press")]
    buttons = (Button("ways.arrived", say("drill-arrived"), (page_id,), "main"), *(_code_button() if coded else ()))
    return Card("\n".join(lines), (buttons,), (user_id,))


def _code_button() -> tuple[Button, ...]:
    return (Button("ways.have-code", say("test-have-code")),)


def _with_code(lines: list[str], proofs: "Sequence[Proof]") -> Card:
    text = ""
    for line in lines:
        if len(text) + len(line) >= MOST_TEXT:
            break
        text = f"{text}\n{line}" if text else line
    return Card(text, (_code_button(),) if any("alert" in proof.ways for proof in proofs) else ())


def _lines(proofs: "Sequence[Proof]") -> list[str]:
    return [
        say("test-line", person=person(proof.user_id), ways=" · ".join(_way(way, at) for way, at in proof.ways.items()))
        for proof in proofs
    ]


def _way(way: str, at: datetime | None) -> str:
    if at is None:
        return say("test-way-unproven", way=say(f"way-{way}"))
    return say("test-way-proven", way=say(f"way-{way}"), until=moment(at + ways_rules.PROOF_LASTS, "D"))
