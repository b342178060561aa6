"""A crash in one process: at the k-th external call everything stops, as if the machine had lost power.

Every call of the bot to Discord passes SimCord's one dispatch. At the chosen call, before or after the world acts on
it, the database is copied as it lies on the disk, and from then on no call of the dying bot reaches the world. A new
bot then starts on the copy, in the same world. SimCord's own restart drains first, and is no crash.
"""

import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from simcord.http import router

_ID = re.compile(r"/\d{5,}|/[\w-]{20,}")


class Killed(BaseException):
    """The process is gone. Not an `Exception`: nothing in the bot may catch it and go on."""


@dataclass(frozen=True, slots=True)
class Made:
    """Something the world took from the bot: a message or a channel."""

    call: str
    path: str
    sent: Mapping[str, Any]
    answer: Mapping[str, Any]


@dataclass(slots=True)
class Guillotine:
    """Counts external calls, remembers what was made by them, and, if told, ends the process at one of them."""

    on_kill: Callable[[], None] = lambda: None
    calls: list[str] = field(default_factory=list[str])
    """The kind of each call so far: method and path without ids."""
    made: list[Made] = field(default_factory=list[Made])
    """Everything that was posted or created, lost answers included."""
    dead: bool = False
    _at: int = 0
    _kind: str | None = None
    _when: Literal["before", "after"] = "before"

    def arm(self, at: int, when: Literal["before", "after"], kind: str | None = None) -> None:
        """End the process at the `at`-th call from now (of that kind), before or after the world acts on it."""
        self._at, self._when, self._kind = at, when, kind

    def revive(self) -> None:
        """The next process may call again."""
        self.dead = False
        self._at = 0

    @contextmanager
    def watching(self) -> Generator[None]:
        """Stand between every bot and the world."""
        real = router.dispatch

        def dispatch(backend: Any, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - SimCord's signature
            if self.dead:
                raise Killed
            call = kind_of(method, path)
            chosen = self._count(call)
            if chosen and self._when == "before":
                self._kill()
            try:
                answer: Any = real(backend, method, path, **options)
                if method == "POST" and answer:
                    self.made.append(Made(call, path, options.get("json") or {}, answer))
            finally:
                # Also where the world refused: the bot may die before it hears of it.
                if chosen:
                    self._kill()
            return answer

        router.dispatch = dispatch
        try:
            yield
        finally:
            router.dispatch = real

    def _count(self, call: str) -> bool:
        """Note a call and return whether it is the chosen one."""
        self.calls.append(call)
        if self._at == 0 or self._kind not in {None, call}:
            return False
        self._at -= 1
        return self._at == 0

    def _kill(self) -> None:
        self.dead = True
        self.on_kill()
        raise Killed


def kind_of(method: str, path: str) -> str:
    """Return the kind of a call: its method and its path without ids."""
    return f"{method} {_ID.sub('/…', path)}"
