"""`make docs`: the parts of documents that come from the program itself: permissions, exit codes, what is kept."""

import re
from pathlib import Path
from typing import Final

from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.texts import say
from peerbot.escalation.service import Escalation
from peerbot.meetings.service import Meetings
from peerbot.ops import faults
from peerbot.privacy import table
from peerbot.privacy.service import items_of
from peerbot.servers.rules import NEEDED
from peerbot.servers.service import Servers
from peerbot.signup.service import Signup

_DOCS: Final = Path(__file__).parents[1] / "docs"
DOCUMENTS: Final = (_DOCS / "operators-guide.md", _DOCS / "privacy-notice.md")
_PART: Final = re.compile(r"(<!-- (\w+), from [^>]*: make docs -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str) -> str:
    """Return a document with its parts as the program has them now."""
    parts = {"permissions": permissions, "faults": exit_codes, "table": table_of_all}
    return _PART.sub(lambda found: found[1] + parts[found[2]]() + found[3], text)


def permissions() -> str:
    """Return each permission with its reason, in the words of /setup."""
    return "".join(f"- {say(f'permission-{name}')}.\n" for name in NEEDED)


def exit_codes() -> str:
    """Return the table of what ends the program, as it stands in the program."""
    lines = (faults.__doc__ or "").splitlines()
    return "".join(f"{line}\n" for line in lines if line.startswith("|"))


def table_of_all() -> str:
    """Return the retention table."""
    return table.as_markdown(table.rows(items_of((Servers, Signup, Confidentiality, Meetings, Escalation))))


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(filled(document.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"written: {document}")
