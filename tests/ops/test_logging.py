"""The log says what happened and where; never what was said, who said it, or any id as it is."""

import asyncio
import itertools
import json
import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.errors import Invalid
from peerbot.ops.logging import FORTNIGHT_DAYS, hashed, set_up
from tests.fakes import EVENING, FakeClock
from tests.ops.stand_ins import log_put_back

KEY = b"k" * 32
MARK = "Robin-said-so"
PERSON = 123456789012345678
Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def out() -> Iterator[StringIO]:
    """Where the log goes; when the test is over it must hold nothing marked, whatever else the test found."""
    stream = StringIO()
    with log_put_back():
        set_up(KEY, FakeClock(), style="json", stream=stream)
        yield stream
    assert MARK not in stream.getvalue()
    assert str(PERSON) not in stream.getvalue()


@pytest.fixture
def lines(out: StringIO) -> Lines:
    return lambda: [json.loads(line) for line in out.getvalue().splitlines()]


def log() -> structlog.stdlib.BoundLogger:
    return structlog.get_logger("peerbot.signup.service")


def fails() -> None:
    raise Invalid(text=MARK, who=MARK) from ValueError(MARK)


def test_an_error_of_a_service_is_its_classes_and_places(lines: Lines) -> None:
    try:
        fails()
    except Invalid as error:
        log().exception("timer failed", kind="offer.ends", attempts=3, error=type(error).__name__)
    (line,) = lines()
    assert line == {
        "timestamp": "2026-12-01T12:00:00.000+00:00",
        "level": "error",
        "logger": "peerbot.signup.service",
        "event": "timer failed",
        "kind": "offer.ends",
        "attempts": 3,
        "error": "Invalid",
        "errors": "Invalid < ValueError",
    }


def test_an_error_names_the_places_in_our_own_code_alone(lines: Lines) -> None:
    try:
        hashed(PERSON, KEY, EVENING.replace(tzinfo=None))
    except ValueError as error:
        log().error("failed", exc_info=error)
    (line,) = lines()
    places = str(line["at"]).split(" < ")
    assert [place.partition(":")[0] for place in places] == ["clock.py", "logging.py"]


@pytest.mark.parametrize("name", ["discord.client", "discord.http", "aiosqlite", "apscheduler.executors.default"])
def test_a_library_shows_its_message_without_the_values(name: str, lines: Lines) -> None:
    try:
        fails()
    except Invalid:
        logging.getLogger(name).exception("Ignoring exception in %s after %s", MARK, PERSON)
    (line,) = lines()
    assert line["event"] == "Ignoring exception in %s after %s"
    assert line["errors"] == "Invalid < ValueError"
    assert line["logger"] == name


@pytest.mark.parametrize("name", ["discord.gateway", "aiosqlite", "asyncio", "aiohttp.access", "somebody.else"])
@pytest.mark.parametrize("set_by_itself", [True, False])
def test_no_library_is_heard_below_warnings(name: str, set_by_itself: bool, lines: Lines) -> None:  # noqa: FBT001
    logger = logging.getLogger(name)
    if set_by_itself:
        logger.setLevel(logging.DEBUG)
    try:
        logger.debug("For Shard ID %s: WebSocket Event: %s", 1, MARK)
        logger.info(MARK)
    finally:
        logger.setLevel(logging.NOTSET)
    assert lines() == []


async def test_what_asyncio_writes_by_hand_is_left_out(lines: Lines) -> None:
    async def work() -> None:
        raise ValueError(MARK)

    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work())
    await asyncio.wait([task])
    loop.default_exception_handler({"message": f"failed: {MARK}", "exception": task.exception(), "task": task})
    (line,) = lines()
    assert line["event"] == "(left out)"
    assert line["errors"] == "ValueError"
    assert str(line["at"]).startswith("base_events.py:")


def test_an_exception_given_as_the_message_is_left_out(lines: Lines) -> None:
    logging.getLogger("discord.client").error(ValueError(MARK))
    assert lines()[0]["event"] == "(left out)"


def test_keys_nobody_has_allowed_are_dropped(lines: Lines) -> None:
    log().info("seat ended", name=MARK, reason=MARK, text=MARK, group=MARK, at=MARK, logger_name=MARK, stack_info=MARK)
    (line,) = lines()
    assert set(line) == {"timestamp", "level", "logger", "event"}


@pytest.mark.parametrize(
    "value", ["“Robin said”\n", "x" * 121, [MARK], {"a": MARK}, PERSON, str(PERSON), ValueError(MARK)]
)
def test_an_allowed_key_holds_nothing_but_short_plain_values(value: object, lines: Lines) -> None:
    log().info("ready", state=value, count=2)
    (line,) = lines()
    assert "state" not in line
    assert line["count"] == 2


def test_ids_are_hashed_wherever_they_stand(lines: Lines) -> None:
    log().info(f"member {PERSON} left", member_id=PERSON, server_id=1)
    (line,) = lines()
    assert line["event"] == "member # left"
    assert line["member_id"] == hashed(PERSON, KEY, EVENING)
    assert line["server_id"] == hashed(1, KEY, EVENING)


def test_an_id_that_is_no_number_is_dropped(lines: Lines) -> None:
    log().info("seen", member_id=MARK)
    assert "member_id" not in lines()[0]


def test_what_goes_around_the_log_goes_through_it(lines: Lines) -> None:
    def work() -> None:
        raise ValueError(MARK)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(MARK, stacklevel=1)
    first, second = lines()
    assert (first["event"], first["errors"]) == ("thread failed", "ValueError")
    assert second["logger"] == "py.warnings"


def test_a_finaliser_that_fails_is_logged_without_its_message(lines: Lines) -> None:
    class Failing:
        def __del__(self) -> None:
            raise ValueError(MARK)

    Failing()
    assert [(line["event"], line["errors"]) for line in lines()] == [("finaliser failed", "ValueError")]


def test_a_line_that_cannot_be_written_is_shown_nowhere_else(capfd: pytest.CaptureFixture[str]) -> None:
    stream = StringIO()
    with log_put_back():
        set_up(KEY, FakeClock(), stream=stream)
        stream.close()
        logging.getLogger("discord.client").error("Ignoring exception in %s", MARK)
    assert "".join(capfd.readouterr()) == ""


def test_the_level_is_the_least_that_is_shown() -> None:
    stream = StringIO()
    with log_put_back():
        set_up(KEY, FakeClock(), level="warning", stream=stream)
        log().info("quiet")
        log().warning("heard", code=50007)
    assert "quiet" not in stream.getvalue()
    assert "event=heard code=50007" in stream.getvalue()


# --------------------------------------------------------------------------------------------------------------- hashes

people = st.integers(min_value=0, max_value=2**64 - 1)
moments = st.integers(0, 40_000).map(lambda days: EVENING + timedelta(days=days))


@given(people, people, moments)
def test_a_hash_tells_people_apart_and_shows_nobody(one: int, other: int, at: datetime) -> None:
    assert (hashed(one, KEY, at) == hashed(other, KEY, at)) is (one == other)
    assert hashed(one, b"x" * 32, at) != hashed(one, KEY, at)


@given(people, moments)
def test_a_hash_lasts_a_fortnight_at_most(person: int, at: datetime) -> None:
    assert hashed(person, KEY, at + timedelta(days=FORTNIGHT_DAYS)) != hashed(person, KEY, at)


def test_a_hash_is_the_same_on_each_day_of_a_fortnight_and_then_another() -> None:
    days = [EVENING + timedelta(days=day) for day in range(4 * FORTNIGHT_DAYS)]
    hashes = [hashed(PERSON, KEY, day) for day in days]
    changes = [day for day, (one, next_one) in enumerate(itertools.pairwise(hashes)) if one != next_one]
    assert len(set(hashes)) == len(changes) + 1
    assert {later - earlier for earlier, later in itertools.pairwise(changes)} == {FORTNIGHT_DAYS}
