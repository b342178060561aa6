"""The crisis registry: a wrong number must not leave this repository."""

from datetime import UTC, datetime, timedelta

import pytest

from peerbot.engine.card import MOST_TEXT
from peerbot.engine.texts import say
from peerbot.escalation import cards, crisis
from peerbot.escalation.cover import Cover
from peerbot.escalation.crisis import Age

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ENTRY = """
[[country]]
code = "XX"
name = "Nowhere"
emergency = "112"
[[country.service]]
name = "A line"
channels = [{ kind = "call", value = "%s" }]
hours = "always"
cost = "free"
source_url = "%s"
last_verified = 2026-10-01
verified_by = "a test"
"""


def test_every_country_of_the_registry_has_its_emergency_number_and_sourced_services() -> None:
    registry = crisis.registry()
    assert {"GB", "GB-NIR", "IE", "US", "CA", "AU", "NZ", "IN"} <= set(registry)
    assert {code: entry.emergency for code, entry in registry.items()} == {
        "GB": "999", "GB-NIR": "999", "IE": "112", "US": "911", "CA": "911", "AU": "000", "NZ": "111", "IN": "112",
    }  # fmt: skip
    assert all(entry.services for entry in registry.values())


@pytest.mark.parametrize("number", ["call us", "", "1", "116-", "+44 116 123 456 789 012 345"])
def test_a_malformed_number_is_refused_by_name(number: str) -> None:
    with pytest.raises(ValueError, match="A line"):
        crisis.read(ENTRY % (number, "https://example.org"))


def test_an_entry_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="source"):
        crisis.read(ENTRY % ("116 123", "somebody said so"))


def test_an_entry_is_old_after_90_days_and_to_be_checked_after_180() -> None:
    service = crisis.registry()["GB"].services[0]
    first = datetime(*service.last_verified.timetuple()[:3], tzinfo=UTC)
    ages = [service.age(first + timedelta(days=days)) for days in (0, 89, 90, 179, 180)]
    assert ages == [Age.FRESH, Age.FRESH, Age.OLD, Age.OLD, Age.PLEASE_CHECK]


def test_an_unchecked_number_is_shown_only_behind_please_check() -> None:
    later = NOW + timedelta(days=300)
    text = cards.crisis_card("GB", later).text
    assert text.index(say("crisis-card-please-check")) < text.index("116 123")
    assert say("crisis-card-please-check") not in cards.crisis_card("GB", NOW).text


def test_the_card_names_the_country_first_and_one_emergency_number() -> None:
    for code, entry in crisis.registry().items():
        text = cards.crisis_card(code, NOW).text
        assert entry.name in text.splitlines()[0]
        assert f"**{entry.emergency}**" in text
        assert cards.FINDER in text
        assert len(text) <= MOST_TEXT


def test_without_a_country_the_card_gives_112_and_the_finder() -> None:
    text = cards.crisis_card(crisis.ELSEWHERE, NOW).text
    assert "**112**" in text
    assert cards.FINDER in text


def test_a_failing_database_changes_the_sentence_about_the_team_and_never_the_card() -> None:
    card = cards.crisis_card("GB", NOW).text
    assert cards.crisis_card("GB", NOW, Cover(known=False)).text == f"{card}\n{say('team-line-unknown')}"


def test_the_card_says_plainly_when_nobody_is_on_duty() -> None:
    assert cards.team_line(Cover()) == say("team-line-nobody")
    assert "Nobody" in cards.team_line(Cover(next_shift=NOW))
    assert "on duty until" in cards.team_line(Cover(on_duty_until=NOW))
