"""Nothing marked comes through the log: from any library, at any level, in any way; nor when everything fails."""

import itertools
import json
import logging
import re
from collections.abc import Callable
from io import StringIO
from typing import Final, Literal

import pytest
import structlog

from peerbot.engine.errors import Invalid
from peerbot.ops.logging import CONSTANT, set_up
from tests.evening.test_hostile_input import MARK, SPICES, VICTIM, opened
from tests.fakes import FakeClock
from tests.ops.stand_ins import log_put_back

LOGGERS: Final = (
    *("discord", "discord.client", "discord.http", "discord.gateway", "discord.state", "discord.app_commands.tree"),
    *("aiosqlite", "apscheduler.executors.default", "apscheduler.scheduler", "apprise", "asyncio", "filelock"),
    *("urllib3.connectionpool", "requests", "aiohttp.access", "aiohttp.server", "concurrent.futures", "py.warnings"),
    *("sqlcipher3", "hypothesis", "simcord", "somebody.else", "root", "peerbot", "peerbot.gateway.bot", "cogs.signup"),
)
SQL: Final = f"INSERT INTO peer_group (name) VALUES ('{MARK}')"  # noqa: S608 - never run
Emit = Callable[[logging.Logger, int], None]


class Told(Exception):
    """An error that says all it knows."""


def failing() -> BaseException:
    """Return an error with marked words in every place an error has for words."""
    try:
        try:
            raise KeyError(MARK, VICTIM)
        except KeyError as first:
            raise Invalid(text=MARK, who=VICTIM, name=MARK) from first
    except Invalid as second:
        error = ExceptionGroup(MARK, [second, Told(MARK, VICTIM), ValueError(SQL)])
        error.add_note(f"{MARK} {VICTIM}")
        return error


def with_error(logger: logging.Logger, level: int) -> None:
    try:
        raise failing()
    except ExceptionGroup as error:
        logger.log(level, "Ignoring exception in %s", MARK, exc_info=error, stack_info=True)


WAYS: Final[dict[str, Emit]] = {
    "values": lambda logger, level: logger.log(level, "%s wrote %s: %r", VICTIM, MARK, {"content": MARK}),
    "names": lambda logger, level: logger.log(level, "%(who)s", {"who": MARK}),
    "extra": lambda logger, level: logger.log(level, "connected", extra={"user": MARK, "name_": MARK, "sql": SQL}),
    "error": with_error,
    "error as message": lambda logger, level: logger.log(level, failing()),
    "error beside": lambda logger, level: logger.log(level, "failed", exc_info=(Told, Told(MARK, VICTIM), None)),
    "too few values": lambda logger, level: logger.log(level, "%s %s", MARK),
    "bytes": lambda logger, level: logger.log(level, "%s", MARK.encode()),
    "id in the sentence": lambda logger, level: logger.log(level, "member %d", VICTIM),
}
BY_HAND: Final[dict[str, Emit]] = {
    "sentence": lambda logger, level: logger.log(level, " ".join((MARK, str(VICTIM)))),
    "sql": lambda logger, level: logger.log(level, SQL),
    "lines": lambda logger, level: logger.log(level, SQL.replace(" ", "\r\n\x1b[2J")),
}
"""Sentences made of values: what we show none of, for no library we show makes any (tests/meta/test_logs.py)."""


@pytest.mark.parametrize("style", ["json", "text"])
@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_no_library_says_anything_marked_at_any_level(
    level: Literal["debug", "info", "warning", "error"], style: Literal["json", "text"]
) -> None:
    stream = StringIO()
    emitted = 0
    with log_put_back():
        set_up(bytes(32), FakeClock(), level, style, stream)
        for name, at, (_, emit) in itertools.product(LOGGERS, range(5, 55, 5), (*WAYS.items(), *BY_HAND.items())):
            if emit in BY_HAND.values() and name.partition(".")[0] in CONSTANT:
                continue
            logger = logging.getLogger(name)
            was = logger.level
            logger.setLevel(1)
            emit(logger, at)
            logger.setLevel(was)
            emitted += 1
    assert emitted > 2000
    assert stream.getvalue().count("\n") > 500
    assert MARK not in stream.getvalue()
    assert str(VICTIM) not in stream.getvalue()


def test_libraries_are_silent_below_warnings_whatever_is_set() -> None:
    stream = StringIO()
    with log_put_back():
        set_up(bytes(32), FakeClock(), "debug", "json", stream)
        for name in (name for name in LOGGERS if name.partition(".")[0] not in {"peerbot", "cogs"}):
            logger = logging.getLogger(name)
            was = logger.level
            logger.setLevel(1)
            for at in range(5, logging.WARNING, 5):
                logger.log(at, "WebSocket Event: %s", MARK)
            logger.setLevel(was)
    assert stream.getvalue() == ""


def test_a_line_of_ours_says_nothing_marked_under_any_name() -> None:
    stream = StringIO()
    marked = f"“{MARK}” said"
    with log_put_back():
        set_up(bytes(32), FakeClock(), "debug", "text", stream)
        log = structlog.get_logger("peerbot.signup.service")
        for name in ("error", "kind", "entry", "state", "name", "text", "sql", "token", "group", "reason", "user_id"):
            log.info("seen", **{name: marked})
            log.warning("seen", **{name: VICTIM})
            log.error("seen", **{name: str(VICTIM)}, exc_info=failing())
    assert MARK not in stream.getvalue()
    assert str(VICTIM) not in stream.getvalue()


async def test_when_everything_fails_the_log_says_where_and_never_what_or_who() -> None:
    """Each command, form and search while a table is gone, and Discord refuses with marked words what is sent."""
    async with opened() as (typist, watch):
        world = typist.world
        parts = await typist.parts()
        for table in ("peer_group", "concern", "team"):
            async with world.app.desk.transaction() as work:
                await work.all(f"ALTER TABLE {table} RENAME TO {table}_gone")
        world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, message=MARK)
        texts = itertools.cycle(SPICES)
        for field in typist.options():
            await typist.command(field, next(texts))
        for field in typist.completed():
            await typist.command(field, next(texts), focused=True)
        for field, _ in parts:
            await typist.form(field, next(texts))
        await world.tick()
        lines = [json.loads(line) for line in watch.log.getvalue().splitlines()]
        assert sum(line["event"] == "entry failed" for line in lines) > 100
        names = "|".join(("Tuesday Circle", "Riverside", *(person.actor.name for person in world.people)))
        for line in lines:
            written = json.dumps(line)
            assert MARK not in written
            assert re.search(r"\d{15}", written) is None, written
            assert re.search(rf"\b({names})\b", written, re.IGNORECASE) is None, written
