"""`make bench`: every measure, peerbot and the floor by turns; `--quick` the same on a small scale, in a minute."""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import structlog

from bench.speed.busy import busy
from bench.speed.figures import Figure, Scale, Seen
from bench.speed.large import large
from bench.speed.measures import due, find, join
from bench.speed.pictures import draw

RESULTS: Final = Path("bench/results.json")
PAGE: Final = Path("docs/speed.md")
PICTURES: Final = Path("docs/images")
BEGIN, END = "<!-- table -->\n", "<!-- end -->\n"
FULL: Final = Scale(
    pairs=5,
    groups=200,
    asked=300,
    servers=40,
    rooms=25,
    concerns=40,
    timers=1_000_000,
    sizes=(200, 2000),
    rest=5.0,
)
QUICK: Final = Scale(
    pairs=1,
    groups=200,
    asked=24,
    servers=6,
    rooms=5,
    concerns=6,
    timers=100_000,
    sizes=(2, 40),
    rest=0.5,
)
MEASURES: Final[Mapping[str, Callable[[Scale, Path, Seen], Awaitable[Sequence[Figure]]]]] = {
    "find": find,
    "join": join,
    "due": due,
    "busy": busy,
    "large": large,
}
_SILENT: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the results."""

    measure: str
    value: float
    unit: str
    goal: str
    met: bool
    runs: int


async def measured(scale: Scale, names: Sequence[str] = (), seen: Seen | None = None) -> list[Row]:
    """Take the measures of these names, all of them if there are none, and print each line as it comes."""
    rows: list[Row] = []
    for name in names or MEASURES:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
            for figure in await MEASURES[name](scale, Path(folder), seen or Seen()):
                rows.append(_row(figure))
                print(_line(rows[-1]), flush=True)
    return rows


def _row(figure: Figure) -> Row:
    value = round(float(figure.value), 3)
    return Row(figure.measure, value, figure.unit, figure.goal, figure.met, figure.runs)


def _line(row: Row) -> str:
    return f"| {row.measure} | {row.value:g} {row.unit} | {row.goal} | {'yes' if row.met else '**no**'} | {row.runs} |"


def table(rows: Sequence[Row]) -> str:
    """Return the table as the documentation has it."""
    head = "| measure | value | goal | met | runs |\n|---|---|---|---|---|\n"
    return head + "\n".join(map(_line, rows)) + "\n"


def machine() -> str:
    """Return what it was measured on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def placed(text: str, rows: Sequence[Row]) -> str:
    """Return a page with the table of these rows, and what they were measured on, between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    shown = f"Measured on {machine()}.\n\n{table(rows)}\n![How long people wait](images/speed-latency.png)\n\n"
    return f"{before}{BEGIN}{shown}![What memory grows to](images/speed-growth.png)\n{END}{after}"


def write(rows: Sequence[Row], seen: Seen, root: Path) -> None:
    """Keep what was found where the project has it."""
    (root / RESULTS).write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    page = (root / PAGE).read_text(encoding="utf-8")
    (root / PAGE).write_text(placed(page, rows), encoding="utf-8")
    draw(seen, root / PICTURES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was found."""
    parser = argparse.ArgumentParser("python -m bench.speed", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"all, if you name none: {', '.join(MEASURES)}")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS}, the table in {PAGE}, and the pictures")
    given = parser.parse_args(arguments)
    if strange := set(given.names) - set(MEASURES):
        parser.error(f"there is no {', '.join(sorted(strange))}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(_SILENT))
    print(f"machine: {machine()}")
    seen = Seen()
    rows = asyncio.run(measured(QUICK if given.quick else FULL, given.names, seen))
    if given.write:
        write(rows, seen, Path())
    return 0


if __name__ == "__main__":
    sys.exit(main())
