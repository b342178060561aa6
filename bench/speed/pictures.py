"""The pictures beside the table: how long people wait, and what memory grows to."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bench.speed.figures import Kind, Seen

COLOURS: Final[Mapping[Kind, str]] = {"peerbot": "#3b5bdb", "floor": "#868e96", "durable": "#e8590c"}
NAMES: Final[Mapping[Kind, str]] = {
    "peerbot": "peerbot",
    "floor": "the floor",
    "durable": "the floor, with a durable commit",
}
LATENCY, GROWTH = "speed-latency.png", "speed-growth.png"


def draw(seen: Seen, folder: Path) -> None:
    """Draw what was seen; a picture of nothing is not drawn."""
    if seen.waits:
        _latency(seen, folder / LATENCY)
    if seen.growth:
        _growth(seen, folder / GROWTH)


def _latency(seen: Seen, file: Path) -> None:
    """Draw for each thing that was asked which share of the people had waited how long."""
    figure = _figure(4.2 * len(seen.waits))
    for number, (what, kinds) in enumerate(seen.waits.items(), 1):
        axes = figure.add_subplot(1, len(seen.waits), number)
        for kind, values in kinds.items():
            shares = [100 * place / len(values) for place in range(1, len(values) + 1)]
            axes.step(sorted(values), shares, where="post", label=NAMES[kind], color=COLOURS[kind])
        axes.set(title=what, xscale="log", xlabel="milliseconds", ylabel="answered, %", ylim=(0, 100))
        axes.grid(visible=True, alpha=0.3)
        axes.legend(loc="lower right", fontsize="small")
    figure.savefig(file)


def _growth(seen: Seen, file: Path) -> None:
    figure = _figure(6)
    axes = figure.add_subplot()
    for kind, points in seen.growth.items():
        axes.plot(*zip(*sorted(points), strict=True), "o-", label=NAMES[kind], color=COLOURS[kind])
    axes.set(title="memory, five groups and fifty members in each server", xlabel="servers", ylabel="MiB")
    axes.set_ylim(bottom=0)
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.savefig(file)


def _figure(wide: float) -> Any:  # noqa: ANN401 - matplotlib tells its types in part only
    from matplotlib.figure import Figure as Sheet  # noqa: PLC0415 - heavy, and nothing measured may wait for it

    return Sheet(figsize=(wide, 3.6), dpi=120, layout="constrained")
