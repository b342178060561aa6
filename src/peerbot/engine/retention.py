"""What is kept about a person, as each pillar tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing kept about a person.

    Attributes:
        item: The text id, `kept-…`, that says what it is and why.
        server_id: The server it belongs to.
        values: Values of the text.
        until: When it goes; None while it lasts.
    """

    item: str
    server_id: int | None
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    until: datetime | None = None
