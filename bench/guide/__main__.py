"""`make docs`: write the safeguarding guide anew."""

import asyncio
from pathlib import Path

from bench.guide.whole import guide

GUIDE = Path(__file__).parents[2] / "docs" / "safeguarding.md"

if __name__ == "__main__":
    GUIDE.write_text(asyncio.run(guide()), encoding="utf-8")
    print(f"written: {GUIDE}")
