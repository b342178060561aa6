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
    said = [finding for finding in findings if finding.text]
    ordered = sorted(said, key=lambda finding: _ORDER.index(finding.health))
    amiss = {finding.check for finding in said if finding.health is not Health.WELL}
    well = _well([finding for finding in findings if not finding.text and finding.check not in amiss])
    text = say("doctor-title")
    for number, finding in enumerate(ordered):
        line = _line(finding)
        if len(text) + len(line) + len(well) > MOST_TEXT - _KEPT_FREE:
            return Card(f"{text}\n{say('doctor-more', count=len(ordered) - number)}{well}")
        text = f"{text}\n{line}"
    return Card(f"{text}{well}")


def _well(findings: Sequence[Finding]) -> str:
    """Return what is well and needs no word, in one line."""
    names = ", ".join(dict.fromkeys(say(f"doctor-check-{finding.check}") for finding in findings))
    return f"\n{say('doctor-well', check=names, told='').rstrip()}" if names else ""


def _line(finding: Finding) -> str:
    name = say(f"doctor-check-{finding.check}")
    return say(f"doctor-{finding.health.value}", check=name, told=say(finding.text, **finding.values))
