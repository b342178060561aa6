"""A channel the bot means to make, before Discord: plain values that a pillar plans and the gateway makes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from peerbot.engine.card import Card
from peerbot.engine.database import Reads


class May(StrEnum):
    """What one person may do in a confidential channel."""

    LOOK = "look"
    """See it and what is written there; write when everybody may."""
    READ = "read"
    """See it and what is written there; never write."""
    SPEAK = "speak"
    """See it and write at any time."""
    WAIT = "wait"
    """See it and what is written there; neither write nor join the voice, whatever everybody may."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel. `name` is its marker: look-before-create finds it by server, parent and name.

    Everyone is denied to see it, except for a category; `people` says who may do what.
    """

    name: str
    kind: Literal["text", "voice", "category"]
    parent_id: int | None
    people: Mapping[int, May]
    hidden_from: tuple[int, ...] = ()
    """Who may find nothing of it. Where one of them sees every channel, as an owner does, it is not made."""
    reader: int | None = None
    """Whom it is for: where they are no longer on the server, it is not made, as they would never see it."""
    drawn: bool = False
    """Whether its name was drawn at random, so that whatever carries it is ours."""


CardMaker = Callable[[Reads, Mapping[str, Any], datetime], Awaitable[Card | None]]
"""Renders a card when it is sent, from ids and what the database then says. None: no longer wanted."""
PlaceMaker = Callable[[Reads, Mapping[str, Any], datetime], Awaitable[Place | None]]
"""Plans a channel when it is made."""
AccessMaker = Callable[[Reads, Mapping[str, Any], datetime], Awaitable[May]]
"""Says what a person may do in a channel at the moment it is changed."""
