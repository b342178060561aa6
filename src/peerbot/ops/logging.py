"""The log: what happened and where, never what was said or who said it.

One gate for structlog and for every library. It lets through named keys with short plain values, replaces ids by keyed
hashes, and reduces an exception to its class and the places in our own code: messages of exceptions may hold content.
"""

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Literal, TextIO, cast

import structlog
from structlog.stdlib import ProcessorFormatter

from peerbot.engine.clock import Clock, aware
from peerbot.ops.faults import chain, places

FORTNIGHT_DAYS: Final = 14
SAFE: Final = frozenset(
    {
        *("action", "attempts", "bytes", "code", "count", "entry", "error", "kind", "lane", "path", "port"),
        *("seconds", "state", "status", "step", "version"),
    }
)
"""Keys whose values come from the program: names of kinds and states, and numbers. Everything else is dropped."""
_OURS: Final = frozenset({"peerbot", "cogs"})
CONSTANT: Final = frozenset({"discord", "apscheduler", "aiosqlite", "aiohttp"})
"""Libraries whose messages are constants in their source. Others, asyncio above all, write values into them."""
_PLAIN: Final = re.compile(r"[\w.:/+ -]{1,120}", re.ASCII)
_LONG_NUMBER: Final = re.compile(r"\d{15,}")
"""Discord's ids have 17 digits and more; nothing that we count has so many."""


def hashed(number: int, key: bytes, at: datetime) -> str:
    """Return what stands for an id in the log: the same for a fortnight, then another, so that no trail grows long.

    `key` is the database's; the fortnight's own key is derived from it and stored nowhere.
    """
    fortnight = aware(at).toordinal() // FORTNIGHT_DAYS
    secret = blake2b(str(fortnight).encode(), key=key, person=b"peerbot log").digest()
    return blake2b(str(number).encode(), key=secret, digest_size=6).hexdigest()


class Gate:
    """The last processor before a line is written; it sees every event of structlog and of the standard library."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        """Hash ids with `key` by the time of `clock`."""
        self._key = key
        self._clock = clock

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
        """Return a new event that holds nothing but what may be written."""
        record: logging.LogRecord = event["_record"]
        now = self._clock.now()
        written: dict[str, Any] = {
            "timestamp": now.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name if _is_plain(record.name) else "(left out)",
        }
        if event["_from_structlog"]:
            written["event"] = _LONG_NUMBER.sub("#", str(event["event"]))
            written |= self._values(event, now)
        else:
            written["event"] = _template(record)
            written["at"] = f"{Path(record.pathname).name}:{record.lineno}"
        error = _error(event.get("exc_info"))
        if error is not None:
            written["errors"] = " < ".join(type(one).__name__ for one in chain(error))
            if ours := places(error):
                written["at"] = " < ".join(ours)
        return written

    def _values(self, event: MutableMapping[str, Any], now: datetime) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in event.items():
            if name.endswith("_id") and isinstance(value, int):
                values[name] = hashed(value, self._key, now)
            elif name in SAFE and _is_plain(value):
                values[name] = value
        return values


def _is_plain(value: object) -> bool:
    if not isinstance(value, str | int | float | None):
        return False
    text = str(value)
    return _PLAIN.fullmatch(text) is not None and _LONG_NUMBER.search(text) is None


def _template(record: logging.LogRecord) -> str:
    """Return a library's message without its values, or a stand-in if they may have been put in by hand."""
    # structlog has taken the arguments away from this record.
    if isinstance(record.msg, str) and record.name.partition(".")[0] in CONSTANT:
        return _LONG_NUMBER.sub("#", record.msg)
    return "(left out)"


def _error(given: object) -> BaseException | None:
    if isinstance(given, tuple):
        given = cast("tuple[object, ...]", given)[1]
    if isinstance(given, BaseException):
        return given
    return sys.exception() if given else None


def _is_wanted(record: logging.LogRecord) -> bool:
    # Whatever level a library sets itself: at DEBUG discord.py logs what people write, aiosqlite what we store.
    return record.name.partition(".")[0] in _OURS or record.levelno >= logging.WARNING


def set_up(
    key: bytes,
    clock: Clock,
    level: Literal["debug", "info", "warning", "error"] = "info",
    style: Literal["text", "json"] = "text",
    stream: TextIO | None = None,
) -> None:
    """Send every log event of the process through the gate to `stream`, or stderr. Libraries stay at warnings."""
    render = structlog.processors.JSONRenderer() if style == "json" else structlog.processors.LogfmtRenderer()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ProcessorFormatter(processors=[Gate(key, clock), render], use_get_message=False))
    handler.addFilter(_is_wanted)
    least = logging.getLevelNamesMapping()[level.upper()]
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(least, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(least)
    structlog.configure(
        processors=[ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    # Four ways around the gate, each of which prints messages: a failing handler, a thread, a finaliser, a warning.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    threading.excepthook = _thread_failed
    sys.unraisablehook = _finaliser_failed


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    structlog.get_logger(__name__).error("thread failed", exc_info=failed.exc_value)


def _finaliser_failed(failed: "sys.UnraisableHookArgs") -> None:
    structlog.get_logger(__name__).error("finaliser failed", exc_info=failed.exc_value)
