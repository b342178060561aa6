"""Texts: shown whole or not at all, and every instant without doubt."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine import errors
from peerbot.engine.clock import SystemClock, aware, from_row, from_row_or_none, to_row
from peerbot.engine.texts import MissingText, channel, moment, person, say
from peerbot.engine.tokens import new_id, new_nonce, new_room_name
from tests.fakes import EVENING

ZONES = st.sampled_from([UTC, *(ZoneInfo(name) for name in ("Europe/London", "Asia/Kathmandu", "America/St_Johns"))])
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001


def test_a_text_is_said_with_its_values() -> None:
    said = say("error-too-short", field="Name", least=2)
    assert "Name" in said
    assert "2" in said
    assert "{" not in said
    assert "\u2068" not in said


def test_there_is_no_such_text_is_a_defect() -> None:
    with pytest.raises(MissingText):
        say("error-nobody-wrote")


def test_a_text_that_lacks_a_value_is_never_shown_half_done() -> None:
    with pytest.raises(MissingText):
        say("error-too-short", field="Name")


@pytest.mark.parametrize(
    "error",
    [
        *(errors.PeerbotError(), errors.NotAllowed(), errors.NotFound(), errors.NotSetUp(), errors.Invalid()),
        *(errors.Late(), errors.OldButton(), errors.Invalid(text="error-too-short", field="Name", least=1)),
    ],
)
def test_every_error_has_something_to_say_for_itself(error: errors.PeerbotError) -> None:
    assert say(error.text, **error.values)


def test_an_error_with_no_text_of_its_own_has_that_of_its_class() -> None:
    assert errors.Late(text="error-not-found").text == "error-not-found"
    assert errors.Late().text == "error-late"


@given(at=instants)
def test_an_instant_is_the_same_in_every_zone(at: datetime) -> None:
    assert moment(at, "F") == moment(at.astimezone(UTC), "F") == f"<t:{int(at.timestamp())}:F>"


@given(at=instants)
def test_the_database_gives_the_second_back_in_utc(at: datetime) -> None:
    assert from_row(to_row(at)) == at.astimezone(UTC).replace(microsecond=0)
    assert from_row(to_row(at)).tzinfo is UTC


@pytest.mark.parametrize("use", [aware, to_row, moment])
def test_a_naive_time_names_no_instant_and_is_refused(use: Callable[[datetime], object]) -> None:
    with pytest.raises(ValueError, match="naive"):
        use(datetime(2026, 12, 1, 12))  # noqa: DTZ001


def test_every_aware_time_becomes_utc() -> None:
    assert aware(datetime(2026, 12, 1, 14, tzinfo=timezone(timedelta(hours=2)))) == EVENING
    assert aware(EVENING.astimezone(timezone(timedelta(hours=9)))).tzinfo is UTC
    assert SystemClock().now().tzinfo is UTC


def test_a_nullable_column_gives_none_or_its_instant() -> None:
    assert from_row_or_none(None) is None
    assert from_row_or_none(to_row(EVENING)) == EVENING


def test_people_and_channels_are_named_by_id() -> None:
    assert person(5) == "<@5>"
    assert channel(6) == "<#6>"


def test_tokens_say_nothing_and_do_not_repeat() -> None:
    for make, pattern in ((new_id, r"[0-9a-f]{8}"), (new_nonce, r"\w{16}"), (new_room_name, r"room-[0-9a-f]{6}")):
        made = [make() for _ in range(100)]
        assert len(set(made)) == 100
        assert all(re.fullmatch(pattern, one) for one in made)
