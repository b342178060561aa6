"""What a measure brings: figures with their goals, and what the pictures are drawn from."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

Kind = Literal["peerbot", "floor", "durable"]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything.

    Attributes:
        pairs: How often each measure is taken of either.
        groups: Of the server in which groups are looked for.
        asked: How many people ask, one after the other.
        servers: Of the busy minute; each has `rooms` meetings in it.
        concerns: Raised meanwhile.
        timers: That wait.
        sizes: How many servers there are when memory is taken: few, many. A server has five groups and fifty members.
        rest: Seconds after a start at which memory is looked at: what follows a start is over.
    """

    pairs: int
    groups: int
    asked: int
    servers: int
    rooms: int
    concerns: int
    timers: int
    sizes: tuple[int, int]
    rest: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and whether it is as good as it has to be."""

    measure: str
    value: float
    unit: str
    goal: str
    met: bool
    runs: int


@dataclass(slots=True)
class Seen:
    """What the pictures are drawn from, by its title and by who it is of."""

    waits: dict[str, dict[Kind, list[float]]] = field(
        default_factory=lambda: defaultdict[str, dict[Kind, list[float]]](dict)
    )
    """Milliseconds, each of them."""
    growth: dict[Kind, list[tuple[int, float]]] = field(
        default_factory=lambda: defaultdict[Kind, list[tuple[int, float]]](list)
    )
    """Servers, and MiB with so many."""

    def waited(self, what: str, kind: Kind, values: Sequence[float]) -> None:
        """Keep how long some of a kind waited."""
        self.waits[what].setdefault(kind, []).extend(values)


@dataclass(slots=True)
class Pairs:
    """Values of peerbot and of the floor, taken by turns."""

    of: dict[Kind, list[float]] = field(default_factory=lambda: defaultdict[Kind, list[float]](list))

    def add(self, kind: Kind, value: float) -> None:
        """Keep the next value."""
        self.of[kind].append(value)

    def over(self, other: Kind = "floor") -> list[float]:
        """Return each of peerbot's as so many times the other's beside it."""
        return self._each(other, lambda mine, its: mine / its)

    def more(self, other: Kind = "floor") -> list[float]:
        """Return by how much each of peerbot's is greater than the other's beside it."""
        return self._each(other, lambda mine, its: mine - its)

    def _each(self, other: Kind, compared: Callable[[float, float], float]) -> list[float]:
        return [compared(mine, its) for mine, its in zip(self.of["peerbot"], self.of[other], strict=True)]


def at_most(measure: str, values: Sequence[float], goal: float, unit: str = "×") -> Figure:
    """Return the median of some runs, which may not be greater than the goal."""
    value = median(values)
    return Figure(measure, value, unit, f"≤ {goal:g} {unit}".strip(), value <= goal, len(values))


def at_least(measure: str, values: Sequence[float], goal: float, unit: str = "×") -> Figure:
    """Return the median of some runs, which may not be less than the goal."""
    value = median(values)
    return Figure(measure, value, unit, f"≥ {goal:g} {unit}".strip(), value >= goal, len(values))


def lag(during: str, pairs: Pairs) -> Figure:
    """Return by how much later peerbot's event loop was than the floor's, from p99.9 of each run."""
    return at_most(f"event-loop lag p99.9 during {during}: over the floor's", pairs.more(), 25.0, "ms")
