"""What a check found of something that could stop the bot from keeping its word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Health(StrEnum):
    """How something is."""

    WELL = "well"
    WARNED = "warned"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        check: Which check: `doctor-check-…` names it.
        health: How it is.
        text: The sentence that says what to do; where all is well, what is worth knowing. Empty for nothing to say.
        values: What the sentence is about.
    """

    check: str
    health: Health = Health.WELL
    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict[str, object])
