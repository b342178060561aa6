"""What somebody did is taken once, however often Discord tells of it: events may come any number of times."""

from collections import OrderedDict
from typing import Final

_MOST_KNOWN: Final = 1000
"""A repeat follows within seconds, and none comes to another process: a new session is told of nothing that is past."""


class Once:
    """The ids of what came last."""

    def __init__(self) -> None:
        """Nothing has come yet."""
        self._known = OrderedDict[int, None]()

    def first(self, id_: int) -> bool:
        """Take note of an id, and return whether it is new."""
        if id_ in self._known:
            return False
        self._known[id_] = None
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return True
