"""Zones by the words people know."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
import tzdata
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.zone_words import CITY_WORDS
from peerbot.engine.zones import (
    TZDATA_VERSION,
    UnknownZone,
    ZoneName,
    current_name,
    find_zone,
    search_zones,
    zone,
    zone_named,
    zone_names,
)

# Short old names that are countries too: the zone of the country is found instead, and its clocks are the same.
RENAMED = {
    *("Cuba", "Egypt", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "Poland", "Singapore"),
    *("Turkey",),
}
REFUSED = {"EST", "MST"}


def names(found: tuple[ZoneName, ...]) -> list[str]:
    return [each.name for each in found]


def suggested(text: str) -> list[str]:
    with pytest.raises(UnknownZone) as refused:
        find_zone(text)
    return names(refused.value.suggestions)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("berlin", "Europe/Berlin"),
        ("são paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("Port au Prince", "America/Port-au-Prince"),
        ("St Johns", "America/St_Johns"),
        ("Mexico City", "America/Mexico_City"),
        ("London, UK", "Europe/London"),
        ("york", "America/New_York"),
        ("Germany", "Europe/Berlin"),
        ("UK", "Europe/London"),
        ("united kingdom", "Europe/London"),
        ("Scotland", "Europe/London"),
        ("India", "Asia/Kolkata"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("Korea", "Asia/Seoul"),
        ("Japan", "Asia/Tokyo"),
        ("Côte d'Ivoire", "Africa/Abidjan"),
        ("Bosnia and Herzegovina", "Europe/Sarajevo"),
        ("Türkiye", "Europe/Istanbul"),
        ("Hawaii", "Pacific/Honolulu"),
        ("Calcutta", "Asia/Calcutta"),
        ("Mumbai", "Asia/Kolkata"),
        ("san francisco", "America/Los_Angeles"),
        ("Edinburgh, UK", "Europe/London"),
        ("München", "Europe/Berlin"),
        ("Munchen", "Europe/Berlin"),
        ("PST", "America/Los_Angeles"),
        ("cest", "Europe/Berlin"),
        ("Pacific Time", "America/Los_Angeles"),
        ("US/Eastern", "US/Eastern"),
        ("NZ", "NZ"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
        ("etc/gmt+5", "Etc/GMT+5"),
    ],
)
def test_a_zone_is_found_by_name_city_country_or_region(typed: str, expected: str) -> None:
    assert find_zone(typed) == expected


def test_a_country_beats_an_old_name_of_another_place() -> None:
    assert find_zone("Samoa") == "Pacific/Apia"
    assert find_zone("Pacific/Samoa") == "Pacific/Samoa"


def test_a_country_whose_clocks_differ_is_answered_with_one_suggestion_for_each_clock() -> None:
    found = suggested("USA")
    assert {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu"} <= {
        *found
    }
    assert "America/Detroit" not in found  # the same clocks as New York
    assert suggested("Spain") == ["Europe/Madrid", "Atlantic/Canary"]
    assert "Australia/Sydney" in suggested("Australia")


def test_a_word_for_many_places_is_answered_with_suggestions() -> None:
    assert {"America/Argentina/San_Juan", "America/Santiago", "Europe/San_Marino"} <= {*suggested("San")}
    assert {"America/New_York", "America/Toronto"} <= {*suggested("Eastern")}


@pytest.mark.parametrize(("typed", "first"), [("EST", "America/New_York"), ("mst", "America/Denver")])
def test_an_abbreviation_that_would_ignore_daylight_saving_is_refused(typed: str, first: str) -> None:
    assert suggested(typed)[0] == first
    assert typed.upper() not in suggested(typed)
    assert names(search_zones(typed))[0] == first
    assert len({*search_zones(typed)}) == len(search_zones(typed))


@pytest.mark.parametrize("typed", ["GMT+5", "UTC+2", "gmt 5", "+5"])
def test_an_offset_is_no_zone_because_the_database_means_the_opposite_sign(typed: str) -> None:
    assert suggested(typed) == []


@pytest.mark.parametrize(("typed", "nearest"), [("Berln", "Europe/Berlin"), ("Germnay", "Europe/Berlin")])
def test_a_misspelt_word_is_answered_with_the_nearest(typed: str, nearest: str) -> None:
    assert suggested(typed)[0] == nearest
    assert names(search_zones(typed))[0] == nearest


@pytest.mark.parametrize("typed", ["", "   ", "!?", "_", "xyzzy", "Factory", "Europe/"])
def test_what_names_no_zone_is_refused(typed: str) -> None:
    with pytest.raises(UnknownZone):
        find_zone(typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ber", "Atlantic/Bermuda"),
        ("berl", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("europe/be", "Europe/Berlin"),
        ("germ", "Europe/Berlin"),
        ("us", "America/New_York"),
        ("london", "Europe/London"),
        ("japan", "Asia/Tokyo"),
        ("victoria", "Australia/Victoria"),
        ("calc", "Asia/Calcutta"),
    ],
)
def test_the_best_fit_comes_first_while_typing(typed: str, first: str) -> None:
    found = names(search_zones(typed))
    assert first in found[:2]


def test_a_search_tells_the_city_and_the_country_and_keeps_its_limit() -> None:
    assert search_zones("sao paulo") == (ZoneName("America/Sao_Paulo", "Sao Paulo", "Brazil"),)
    assert len(search_zones("a")) == 25
    assert len(search_zones("a", limit=3)) == 3
    assert search_zones("") == ()


def test_names_in_use_come_before_old_ones() -> None:
    found = names(search_zones("india", limit=99))
    assert found.index("Asia/Kolkata") < found.index("America/Indianapolis")


def test_every_name_of_the_database_leads_to_its_own_clocks() -> None:
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13)]
    for name in zone_names() - REFUSED:
        found = find_zone(name)
        assert found == name or name in RENAMED
        assert [m.astimezone(zone(found)).utcoffset() for m in moments] == [
            m.astimezone(zone(name)).utcoffset() for m in moments
        ]


def test_every_name_is_offered_when_it_is_written_out_and_the_first_letters_of_it_do() -> None:
    for name in zone_names() - REFUSED:
        assert name in names(search_zones(name, limit=99)), name
        if "/" in name:
            assert name in names(search_zones(name[:-1], limit=99)), name


def test_an_old_name_becomes_the_one_in_use_with_the_same_clocks_and_a_place_keeps_its_own() -> None:
    resolved = {"Asia/Calcutta": "Asia/Kolkata", "US/Eastern": "America/New_York", "NZ": "Pacific/Auckland"}
    kept = {"Europe/Oslo", "Europe/Berlin", "UTC", "Etc/GMT+5"}
    assert {name: current_name(name) for name in (*resolved, *kept)} == {**resolved, **{one: one for one in kept}}
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13)]
    changed = [name for name in zone_names() if current_name(name) != name]
    assert len(changed) > 100
    for name in changed:
        for moment in moments:
            assert moment.astimezone(zone(name)).utcoffset() == moment.astimezone(zone(current_name(name))).utcoffset()


def test_every_word_for_a_city_leads_to_a_zone_in_use() -> None:
    for name, cities in CITY_WORDS.items():
        assert zone_named(name).country
        for city in cities:
            assert name in names(search_zones(city)), city


def test_every_name_that_python_knows_is_known() -> None:
    # The host may have more: its own clock, and what a newer release added.
    shared = {name for name in available_timezones() if "/" in name}
    assert {"Europe/Berlin", "Asia/Calcutta", "US/Eastern"} <= shared & zone_names()
    assert len(zone_names()) > 590


@pytest.fixture
def host_with_other_data(tmp_path: Path) -> Iterator[None]:
    """A host on whose clocks Berlin goes by the time of Tokyo."""
    (tmp_path / "Europe").mkdir()
    tokyo = resources.files(tzdata).joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe" / "Berlin").write_bytes(tokyo)
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    zone.cache_clear()
    yield
    zoneinfo.reset_tzpath()


def test_zones_come_from_the_release_that_is_named_whatever_the_host_has(host_with_other_data: None) -> None:
    july = datetime(2026, 7, 1, tzinfo=UTC)
    assert july.astimezone(ZoneInfo.no_cache("Europe/Berlin")).utcoffset() == timedelta(hours=9)
    assert july.astimezone(zone("Europe/Berlin")).utcoffset() == timedelta(hours=2)
    assert TZDATA_VERSION == tzdata.IANA_VERSION


def test_a_zone_is_read_once_and_knows_its_name() -> None:
    assert zone("Europe/Berlin") is zone("Europe/Berlin")
    assert str(zone("Europe/Berlin")) == "Europe/Berlin"


@pytest.mark.parametrize(
    "name", ["", "Europe", "Europe/", "../zones", "/etc/passwd", "europe/berlin", "Factory", "Moon/Sea"]
)
def test_only_an_exact_name_is_a_zone(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone(name)


@given(st.text(max_size=20))
def test_any_text_finds_a_known_zone_or_is_refused(text: str) -> None:
    try:
        found = [find_zone(text)]
    except UnknownZone as refused:
        found = names(refused.suggestions)
    assert len(found) == len({*found}) <= 10
    assert {*found, *names(search_zones(text))} <= zone_names()
