"""`make crash RUNS=… SEED=…`: so many evenings with one crash each, and every fault by the seed that makes it again."""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import structlog

from bench.crash.mortal import nursery
from bench.crash.run import Result, plan, prepare, run

_SILENT = 50
"""Above every level that is logged."""


async def crash(seeds: Sequence[int], folder: Path) -> list[Result]:
    """Play these seeds, as many at once as there are cores, and return what came of each."""
    context = nursery()
    prepared = await prepare(context, folder)
    waiting, results = list(reversed(seeds)), list[Result]()

    async def work() -> None:
        while waiting:
            result = await run(context, prepared, plan(waiting.pop()))
            results.append(result)
            for fault in result.faults:
                print(f"seed {result.plan.seed}: {fault} ({result.plan})", flush=True)

    await asyncio.gather(*(work() for _ in range(os.cpu_count() or 1)))
    return sorted(results, key=lambda result: result.plan.seed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print what was found, and return 1 if anything was not as promised."""
    parser = argparse.ArgumentParser("python -m bench.crash", description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0, help="the first seed; run N has this plus N")
    given = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(_SILENT))
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        results = asyncio.run(crash(range(given.seed, given.seed + given.runs), Path(folder)))
    wrong = [result for result in results if result.faults]
    crashes, calls = sum(result.crashes for result in results), sum(result.calls for result in results)
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"runs: {len(results)}, crashes: {crashes}, calls to Discord: {calls}, runs with a fault: {len(wrong)}")
    print(f"seconds: {time.monotonic() - began:.0f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
