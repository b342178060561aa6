"""`make docs`: the parts of the operator's guide that come from the program itself: permissions, and exit codes."""

import re
from pathlib import Path
from typing import Final

from peerbot.engine.texts import say
from peerbot.ops import faults
from peerbot.servers.rules import NEEDED

GUIDE: Final = Path(__file__).parents[1] / "docs" / "operators-guide.md"
_PART: Final = re.compile(r"(<!-- (\w+), from [^>]*: make docs -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str) -> str:
    """Return the guide with its parts as the program has them now."""
    parts = {"permissions": permissions, "faults": exit_codes}
    return _PART.sub(lambda found: found[1] + parts[found[2]]() + found[3], text)


def permissions() -> str:
    """Return each permission with its reason, in the words of /setup."""
    return "".join(f"- {say(f'permission-{name}')}.\n" for name in NEEDED)


def exit_codes() -> str:
    """Return the table of what ends the program, as it stands in the program."""
    lines = (faults.__doc__ or "").splitlines()
    return "".join(f"{line}\n" for line in lines if line.startswith("|"))


if __name__ == "__main__":
    GUIDE.write_text(filled(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"written: {GUIDE}")
