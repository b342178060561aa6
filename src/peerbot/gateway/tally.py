"""What became of this process's requests to Discord and of its pages: numbers alone, for `/metrics`."""

from collections import Counter
from typing import Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.outbox import Leased
from peerbot.escalation.paging import PAGED
from peerbot.escalation.ways.sight import PAGE_SEEN
from peerbot.ops.figures import Outcome, Pages, Requests, Scope

_LIMITED: Final = 429
_NOT_WE: Final = frozenset({401, 403})
_SHARED: Final = "shared"


class Tally:
    """Counts. Nothing in it says whose request or page it was."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self._outcomes: Counter[Outcome] = Counter()
        self._limited: Counter[Scope] = Counter()
        self._invalid = 0
        self._pages = Pages()

    def answered(self, status: int, scope: str) -> None:
        """Count an answer of Discord's; `scope` is whose limit a 429 says was reached (topics/rate-limits.mdx)."""
        self._outcomes[_outcome(status)] += 1
        if status == _LIMITED:
            self._limited["shared" if scope == _SHARED else "global" if scope == "global" else "user"] += 1
        # After 10,000 of these in ten minutes Discord bans the address ("Invalid Request Limit").
        self._invalid += status in _NOT_WE or (status == _LIMITED and scope != _SHARED)

    def unanswered(self) -> None:
        """Count a request that got no answer: cut off, or too slow."""
        self._outcomes["unanswered"] += 1

    def ended(self, intent: Leased, result: Delivered | Finish, seconds: float) -> None:
        """Count a page that came to its end so many seconds after it was meant; anything else is not counted."""
        if intent.report == PAGED and isinstance(result, Delivered):
            self._pages = self._pages.one_more(seconds)
        elif intent.report == PAGED and isinstance(result, Finish) and result.state == "failed":
            self._pages = self._pages.failing(1)
        elif intent.report == PAGE_SEEN and isinstance(result, Delivered):
            self._pages = self._pages.failing(len(result.people))

    def requests(self) -> Requests:
        """Return what became of requests until now."""
        return Requests(dict(self._outcomes), dict(self._limited), self._invalid)

    def pages(self) -> Pages:
        """Return what became of pages until now."""
        return self._pages


def _outcome(status: int) -> Outcome:
    if status < 400:  # noqa: PLR2004 - where HTTP's refusals begin
        return "done"
    if status == _LIMITED:
        return "limited"
    return "refused" if status < 500 else "failed"  # noqa: PLR2004 - where HTTP's faults begin
