"""What /doctor shows: what is broken first, then what may break, then what is well."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.card import MOST_TEXT, Card
from peerbot.engine.findings import Finding, Health
from peerbot.engine.texts import say

_ORDER: Final = (Health.BROKEN, Health.WARNED, Health.WELL)
_KEPT_FREE: Final = 100


def doctor_card(findings: Sequence[Finding]) -> Card:
    """Return the findings, the worst first; what does not fit is counted."""
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.health))
    text = say("doctor-title")
    for number, finding in enumerate(ordered):
        line = _line(finding)
        if len(text) + len(line) > MOST_TEXT - _KEPT_FREE:
            return Card(f"{text}\n{say('doctor-more', count=len(ordered) - number)}")
        text = f"{text}\n{line}"
    return Card(text)


def _line(finding: Finding) -> str:
    name = say(f"doctor-check-{finding.check}")
    told = say(finding.text, **finding.values) if finding.text else ""
    return say(f"doctor-{finding.health.value}", check=name, told=told).rstrip()
