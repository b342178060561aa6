"""`make bench`: every measure, peerbot and the floor by turns; `--quick` the same on a small scale, in a minute."""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import structlog

from bench.speed.measures import MEASURES, TOO_LONG, Figure, Scale

RESULTS: Final = Path("bench/results.json")
PAGE: Final = Path("docs/speed.md")
FULL: Final = Scale(pairs=5, groups=200, asked=300, rooms=1000, timers=1_000_000)
QUICK: Final = Scale(pairs=1, groups=200, asked=60, rooms=100, timers=100_000)
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


async def measured(scale: Scale, names: Sequence[str]) -> list[Row]:
    """Take the measures of these names, all of them if there are none."""
    rows: list[Row] = []
    for name, take in MEASURES.items():
        if name not in (names or (set(MEASURES) - TOO_LONG if scale is QUICK else MEASURES)):
            continue
        with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
            for figure in await take(scale, Path(folder)):
                rows.append(_row(figure))
                print(_line(rows[-1]), flush=True)
    return rows


def _row(figure: Figure) -> Row:
    value = round(figure.value, 3)
    return Row(figure.measure, value, figure.unit, figure.goal, figure.met, figure.runs)


def _line(row: Row) -> str:
    return f"| {row.measure} | {row.value:g} {row.unit} | {row.goal} | {'yes' if row.met else '**no**'} | {row.runs} |"


def page(rows: Sequence[Row]) -> str:
    """Return the table as the documentation has it."""
    head = "| measure | value | goal | met | runs |\n|---|---|---|---|---|\n"
    return head + "\n".join(map(_line, rows)) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was found."""
    parser = argparse.ArgumentParser("python -m bench.speed", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], help="all, if you name none")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS} and the table in {PAGE}")
    given = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(_SILENT))
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    rows = asyncio.run(measured(QUICK if given.quick else FULL, given.names))
    if given.write:
        RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
        text = PAGE.read_text(encoding="utf-8")
        begin, _, rest = text.partition("<!-- table -->\n")
        _, _, end = rest.partition("<!-- end -->\n")
        PAGE.write_text(f"{begin}<!-- table -->\n{page(rows)}<!-- end -->\n{end}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
