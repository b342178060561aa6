"""Time zones: their data, and how people name them.

Everything comes from the tzdata package: the zones, their cities (`zone.tab`), the countries (`iso3166.tab`).
`ZoneInfo(name)` would prefer the host's files, which may be years older: a series would meet at another hour than on
the next host, under a version that nobody recorded. So the bot asks `zone(name)` everywhere. Files are read on first
use and kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

import tzdata

from peerbot.engine.zone_words import CITY_WORDS, COUNTRY_WORDS, SHORT_NAMES, UNUSED_NAMES

TZDATA_VERSION: Final = tzdata.IANA_VERSION
"""The IANA release in force, such as `2026f`. Instants computed under another one have to be computed again."""

# Old names that are no cities (US/Eastern), and Etc/GMT+5, which is five hours *behind* UTC: by exact name only.
_NO_CITIES: Final = ("Etc/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")
_MOST_SUGGESTIONS: Final = 10
# How like a misspelt word must be to what it is taken for, 0 to 1: "berln" 0.9, "new york city" 0.8.
_NEAR: Final = 0.75

# How well a zone fits what was typed, best first. Old: NZ, Japan, CET; and Calcutta, a city under its former name. They
# come after the countries, because Pacific/Samoa is not the country Samoa.
_EXACT, _CITY, _COUNTRY, _OLD, _CITY_BEGINS, _WORDS, _WORDS_BEGIN = range(7)


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A zone as a person can pick it.

    Attributes:
        name: the IANA name, which is what is stored.
        city: the place it is named after, such as `New York`.
        country: in English; empty for UTC and for old names.
    """

    name: str
    city: str
    country: str


class UnknownZone(LookupError):
    """No zone is meant, or more than one whose clocks differ.

    Attributes:
        suggestions: what may be meant, best first; of the zones of a country that share their clocks, one.
    """

    def __init__(self, suggestions: Iterable[ZoneName] = ()) -> None:
        """Keep the suggestions, never the text: it must not reach a log."""
        super().__init__("no such time zone")
        self.suggestions = tuple(suggestions)


@dataclass(frozen=True, slots=True)
class _Place:
    """A zone and the words, folded, that lead to it; none where only the exact name does."""

    zone: ZoneName
    cities: frozenset[str]
    countries: frozenset[str]
    words: frozenset[str]

    @property
    def called(self) -> frozenset[str]:
        """The whole names of the place and of its country."""
        return self.countries | self.cities


@cache
def zone(name: str) -> ZoneInfo:
    """Load the zone with exactly this IANA name, from the package's data.

    Raises:
        UnknownZone: there is none.
    """
    if name not in zone_names():
        raise UnknownZone
    with resources.files(tzdata).joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def zone_names() -> frozenset[str]:
    """Give every IANA name, old ones too."""
    # Factory stands for a zone that was never set.
    return frozenset(resources.files(tzdata).joinpath("zones").read_text("utf-8").split()) - {"Factory"}


@cache
def current_name(name: str) -> str:
    """Return the name in use for an old one (`Asia/Calcutta` is `Asia/Kolkata`); any other stays as it is.

    A name that a table of places has is in use, also where the data stores it as another's: Oslo is not Berlin.
    """
    lines = resources.files(tzdata).joinpath("zoneinfo", "tzdata.zi").read_text("utf-8").splitlines()
    links = {line.split()[2]: line.split()[1] for line in lines if line.startswith("L ")}
    in_use = {row[2] for row in _rows("zone.tab")}
    new = name
    while new not in in_use and new in links:
        new = links[new]
    return new if new in in_use else name


def zone_named(name: str) -> ZoneName:
    """Return a zone as a person can pick it, from its IANA name.

    Raises:
        UnknownZone: there is none.
    """
    found = next((place.zone for place in _places() if place.zone.name == name), None)
    if found is None:
        raise UnknownZone
    return found


def search_zones(text: str, limit: int = 25) -> tuple[ZoneName, ...]:
    """List the zones that what was typed so far may mean, best first: by city, country, region or IANA name.

    Accents, capitals and punctuation do not matter. Names in use come before old ones. When nothing fits, the nearest
    spellings are listed; an empty text finds nothing.
    """
    return tuple(place.zone for _, place in _fitting(text)[:limit])


def find_zone(text: str) -> str:
    """Find the one zone (IANA name) that is meant by an IANA name, a city, a country or a region.

    Several zones are one answer where their clocks agree: Germany has two. `EST` and `MST` are refused, because as IANA
    names they ignore daylight saving.

    Raises:
        UnknownZone: with suggestions.
    """
    fitting = _fitting(text)
    best = fitting[0][0] if fitting else _WORDS_BEGIN
    for fit in (_EXACT, _CITY, _COUNTRY, _OLD, _WORDS):
        zones = [place.zone for its_fit, place in fitting if its_fit == fit]
        # Single words count only where nothing fits better (`US` is not the Virgin Islands (US)), and in one country.
        sure = fit != _WORDS or (best == _WORDS and len({each.country for each in zones}) == 1)
        if sure and len({_clock(each.name) for each in zones}) == 1:
            return zones[0].name
    distinct: dict[object, ZoneName] = {}
    for fit, place in fitting:
        if fit == best or best > _COUNTRY:
            distinct.setdefault((place.zone.country, _clock(place.zone.name)), place.zone)
    raise UnknownZone(list(distinct.values())[:_MOST_SUGGESTIONS])


def _fitting(text: str) -> list[tuple[int, _Place]]:
    """List the places that fit, with how well, best first."""
    name, phrase = text.strip().replace(" ", "_").casefold(), _fold(text)
    fits = ((_fit(place, name, phrase), place) for place in _places())
    found = sorted(((fit, place) for fit, place in fits if fit is not None), key=lambda each: each[0])
    if meant := SHORT_NAMES.get(phrase):
        instead = [(_WORDS, place) for wanted in meant for place in _places() if place.zone.name == wanted]
        return instead + [each for each in found if each[1].zone.name not in meant]
    if found or not phrase or any(char.isdigit() for char in phrase):  # UTC+2 is not UTC misspelt
        return found
    near = get_close_matches(phrase, sorted({each for place in _places() for each in place.called}), cutoff=_NEAR)
    return list(dict.fromkeys((_WORDS_BEGIN, place) for each in near for place in _places() if each in place.called))


def _fit(place: _Place, name: str, phrase: str) -> int | None:
    typed, called = phrase.split(), place.zone.name.casefold()
    if called == name:
        return _EXACT if "/" in name or place.words else _OLD
    tests = (
        (_CITY if place.zone.country else _OLD, phrase in place.cities),
        (_COUNTRY, phrase in place.countries),
        (_CITY_BEGINS, any(city.startswith(phrase) for city in place.cities)),
        (_CITY_BEGINS, "/" in name and called.startswith(name)),
        (_WORDS, place.words.issuperset(typed)),
        (_WORDS_BEGIN, all(any(word.startswith(start) for word in place.words) for start in typed)),
    )
    if not place.words:  # An old name that is no city: by how it is written, and last.
        return _WORDS_BEGIN if "/" in name and called.startswith(name) else None
    return next((fit for fit, fits in tests if typed and fits), None)


@cache
def _places() -> tuple[_Place, ...]:
    """Read the tables: first the zones in use, those that stand for many others (`zonenow.tab`) before the rest."""
    countries = {code: country for code, country, *_ in _rows("iso3166.tab")}
    chief = {row[2] for row in _rows("zonenow.tab")}
    rows = sorted(_rows("zone.tab"), key=lambda row: row[2] not in chief)
    current = {row[2]: _place(row[2], row[0], countries[row[0]], *row[3:]) for row in rows}
    others = zone_names() - current.keys() - set(UNUSED_NAMES)
    return (*current.values(), *(_place(name, "", "") for name in sorted(others)))


def _place(name: str, code: str, country: str, region: str = "") -> _Place:
    city = name.rpartition("/")[2].replace("_", " ")
    shown = ZoneName(name, city, country)
    if name.startswith(_NO_CITIES) or ("/" not in name and name != "UTC"):
        return _Place(shown, frozenset(), frozenset(), frozenset())
    called = frozenset(_fold(each) for each in (country, *COUNTRY_WORDS.get(code, ())) if each)
    cities = frozenset(_fold(each) for each in (city, *CITY_WORDS.get(name, ())))
    words = " ".join((_fold(name), _fold(region), *called, *cities)).split()
    return _Place(shown, cities, called, frozenset(words))


def _rows(table: str) -> list[list[str]]:
    lines = resources.files(tzdata).joinpath("zoneinfo", table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _clock(name: str) -> tuple[timedelta | None, ...]:
    """Give what tells the clocks of zones apart: the offset every other week for two years from the release's on."""
    start, where = datetime(int(TZDATA_VERSION[:4]), 1, 1, tzinfo=UTC), zone(name)
    return tuple((start + timedelta(weeks=week)).astimezone(where).utcoffset() for week in range(0, 104, 2))


def _fold(text: str) -> str:
    """Reduce a text to its plain words: no accents, capitals or punctuation, and no *and*."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(word for word in re.findall(r"[^\W_]+", plain.casefold()) if word != "and")
