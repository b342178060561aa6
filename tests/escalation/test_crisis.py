"""The crisis registry: a wrong number must not leave this repository."""

from datetime import UTC, datetime, timedelta

import pytest

from peerbot.engine.card import MOST_TEXT
from peerbot.engine.texts import say
from peerbot.escalation import crisis
from peerbot.escalation.crisis import Age
from peerbot.escalation.raising import cards
from peerbot.escalation.rota.cover import Cover

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ENTRY = """
[[country]]
code = "XX"
name = "Nowhere"
emergency = "112"
[[country.service]]
id = "a-line"
name = "A line"
audience = "everybody"
languages = ["English"]
channels = [{ kind = "call", value = "116 123" }]
hours = "always"
cost = "free"
source_url = "https://example.org"
last_verified = 2026-10-01
verified_by = "a test"
"""
SERVICE = ENTRY[ENTRY.index("[[country.service]]") :]


def test_every_country_of_the_registry_has_its_emergency_number_and_sourced_services() -> None:
    registry = crisis.registry()
    assert {"GB", "GB-NIR", "IE", "US", "CA", "AU", "NZ", "IN"} <= set(registry)
    assert {code: entry.emergency for code, entry in registry.items()} == {
        "GB": "999", "GB-NIR": "999", "IE": "112", "US": "911", "CA": "911", "AU": "000", "NZ": "111", "IN": "112",
    }  # fmt: skip
    assert all(entry.services for entry in registry.values())


def changed(old: str, new: str) -> str:
    assert old in ENTRY
    return ENTRY.replace(old, new)


def test_an_entry_with_all_that_belongs_to_it_is_read() -> None:
    (service,) = crisis.read(ENTRY)["XX"].services
    assert (service.id, service.audience, service.languages) == ("a-line", "everybody", ("English",))


@pytest.mark.parametrize("number", ["call us", "", "1", "116-", "+44 116 123 456 789 012 345", "116 123 "])
def test_a_malformed_number_is_refused_by_name(number: str) -> None:
    with pytest.raises(ValueError, match="A line"):
        crisis.read(changed("116 123", number))


@pytest.mark.parametrize("kind", ["text", "chat", "fax"])
@pytest.mark.parametrize("value", ["write to us", "http://example.org", "https://example", "javascript:alert(1)"])
def test_a_way_that_is_none_is_refused_by_name(kind: str, value: str) -> None:
    with pytest.raises(ValueError, match="A line"):
        crisis.read(changed('"call", value = "116 123"', f'"{kind}", value = "{value}"'))


@pytest.mark.parametrize("number", ["", "11", "1122", "112 ", "one one two"])
def test_a_country_without_an_emergency_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="XX"):
        crisis.read(changed('emergency = "112"', f'emergency = "{number}"'))


@pytest.mark.parametrize("line", [line for line in SERVICE.splitlines() if "=" in line])
def test_an_entry_that_lacks_anything_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=f"lacks {line.split(maxsplit=1)[0]}"):
        crisis.read(changed(f"{line}\n", ""))


def test_an_entry_without_a_source_or_a_date_is_refused() -> None:
    with pytest.raises(ValueError, match="source"):
        crisis.read(changed("https://example.org", "somebody said so"))
    with pytest.raises(ValueError, match="date"):
        crisis.read(changed("2026-10-01", '"lately"'))


def test_more_than_three_services_or_one_twice_are_refused() -> None:
    names = [SERVICE.replace("a-line", f"line-{number}") for number in range(3)]
    assert len(crisis.read(ENTRY + names[0] + names[1])["XX"].services) == 3
    with pytest.raises(ValueError, match="more than 3"):
        crisis.read(ENTRY + "".join(names))
    with pytest.raises(ValueError, match="twice"):
        crisis.read(ENTRY + SERVICE)
    with pytest.raises(ValueError, match="twice"):
        crisis.read(ENTRY + ENTRY)


def test_every_entry_says_how_it_was_verified_and_none_after_today() -> None:
    for country in crisis.registry().values():
        for service in country.services:
            assert service.verified_by
            assert service.days(NOW) >= 0


def test_what_wants_to_be_checked_again_is_listed_the_oldest_first() -> None:
    newest = max(s.last_verified for country in crisis.registry().values() for s in country.services)
    first = datetime(*newest.timetuple()[:3], tzinfo=UTC)
    everything = sum(len(country.services) for country in crisis.registry().values())
    later = crisis.ageing(first + timedelta(days=90))
    assert (len(later), {each.age for each in later}) == (everything, {Age.OLD})
    much_later = crisis.ageing(first + timedelta(days=180), "GB")
    assert {(each.country, each.age) for each in much_later} == {("GB", Age.PLEASE_CHECK)}
    assert [each.days for each in later] == sorted((each.days for each in later), reverse=True)
    oldest = min(s.last_verified for country in crisis.registry().values() for s in country.services)
    assert crisis.ageing(datetime(*oldest.timetuple()[:3], tzinfo=UTC) + timedelta(days=89)) == []


def test_whom_a_service_is_for_and_its_languages_are_said_where_that_helps() -> None:
    canada = cards.crisis_card("CA", NOW).text
    assert "**Kids Help Phone, for young people**" in canada
    assert "in English, French" in canada
    assert "chat at 988lifeline.org" in cards.crisis_card("US", NOW).text
    assert "everybody" not in cards.crisis_card("GB", NOW).text


def test_an_entry_is_old_after_90_days_and_to_be_checked_after_180() -> None:
    service = crisis.registry()["GB"].services[0]
    first = datetime(*service.last_verified.timetuple()[:3], tzinfo=UTC)
    ages = [service.age(first + timedelta(days=days)) for days in (0, 89, 90, 179, 180)]
    assert ages == [Age.FRESH, Age.FRESH, Age.OLD, Age.OLD, Age.PLEASE_CHECK]


def test_an_unchecked_number_is_shown_only_behind_please_check() -> None:
    checked = max(service.last_verified for service in crisis.registry()["GB"].services)
    later = datetime(*checked.timetuple()[:3], tzinfo=UTC) + timedelta(days=300)
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
