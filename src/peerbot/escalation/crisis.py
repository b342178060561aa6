"""The crisis registry: one emergency number and at most three services for a country, each with its source.

Read once from the package's own file and kept in memory: the card must not depend on anything that can fail.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from peerbot.engine.texts import say

FINDER: Final = "findahelpline.com"
ELSEWHERE: Final = "*"
"""The country of a server that set none: 112, and findahelpline.com."""
MOST_SERVICES: Final = 3
"""A long list does not help an overwhelmed person (domain.md §0, decision 10)."""
WARN_AFTER_DAYS: Final = 90
HIDE_AFTER_DAYS: Final = 180
EVERYBODY: Final = "everybody"
"""The audience of a service that is for whoever needs it."""
_COUNTRY: Final = re.compile(r"[A-Z]{2}(-[A-Z]{3})?")
_EMERGENCY: Final = re.compile(r"[0-9]{3}")
_SHAPES: Final = {
    "call": re.compile(r"[0-9][0-9 -]{1,15}[0-9]"),
    "text": re.compile(r"[0-9][0-9 -]{1,15}[0-9]"),
    "chat": re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(/[a-z0-9/_-]*)?"),
}
"""What the value of each kind of way looks like."""
_FIELDS: Final = (
    *("id", "name", "audience", "languages", "channels", "hours", "cost"),
    *("source_url", "last_verified", "verified_by"),
)


class Age(StrEnum):
    """How fresh an entry is."""

    FRESH = "fresh"
    OLD = "old"
    PLEASE_CHECK = "please-check"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a service: `call` or `text` a number, with a keyword to send, or `chat` at an address."""

    kind: str
    value: str
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service outside the server. `audience`: whom it is for; `languages`: in which it answers, in English."""

    id: str
    name: str
    audience: str
    languages: tuple[str, ...]
    ways: tuple[Way, ...]
    hours: str
    cost: str
    source_url: str
    last_verified: date
    verified_by: str

    def days(self, now: datetime) -> int:
        """Return how many days ago the entry was last compared with its source."""
        return (now.date() - self.last_verified).days

    def age(self, now: datetime) -> Age:
        """Return how fresh the entry is at `now`."""
        days = self.days(now)
        if days >= HIDE_AFTER_DAYS:
            return Age.PLEASE_CHECK
        return Age.OLD if days >= WARN_AFTER_DAYS else Age.FRESH


@dataclass(frozen=True, slots=True)
class Country:
    """A country's card."""

    code: str
    name: str
    emergency: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Ageing:
    """An entry that somebody should compare with its source again. `days`: since that was last done."""

    country: str
    service: Service
    days: int
    age: Age


def read(text: str) -> Mapping[str, Country]:
    """Return code → country from the registry's text.

    Raises:
        ValueError: for an entry that lacks something, a malformed number, an unknown way, a missing source, an id used
            twice, or more than three services. It names the entry, and fails the build.
    """
    found: dict[str, Country] = {}
    for entry in tomllib.loads(text)["country"]:
        code, emergency = entry["code"], entry["emergency"]
        services = tuple(_service(code, service) for service in entry.get("service", ()))
        _ensure(_COUNTRY.fullmatch(code) is not None and code not in found, f"{code} is no country, or there twice")
        _ensure(_EMERGENCY.fullmatch(emergency) is not None, f"{code}: {emergency!r} is no emergency number")
        _ensure(len(services) <= MOST_SERVICES, f"{code}: more than {MOST_SERVICES} services")
        _ensure(len({service.id for service in services}) == len(services), f"{code}: an id is there twice")
        found[code] = Country(code, entry["name"], emergency, services)
    return found


def _service(code: str, entry: Mapping[str, Any]) -> Service:
    which = f"{code}, {entry.get('name', entry)}"
    lacking = [field for field in _FIELDS if not entry.get(field)]
    _ensure(not lacking, f"{which}: lacks {', '.join(lacking)}")
    ways = tuple(Way(way["kind"], way["value"], way.get("keyword", "")) for way in entry["channels"])
    for way in ways:
        shape = _SHAPES.get(way.kind)
        fits = shape is not None and shape.fullmatch(way.value) is not None
        _ensure(fits, f"{which}: {way.kind} {way.value!r} is nothing people can {way.kind}")
    source = str(entry["source_url"])
    _ensure(source.startswith("https://"), f"{which}: {source!r} is no source")
    _ensure(type(entry["last_verified"]) is date, f"{which}: last_verified is no date")
    fields = {field: entry[field] for field in _FIELDS if field not in {"channels", "languages"}}
    return Service(**fields, ways=ways, languages=tuple(entry["languages"]))


def _ensure(fine: bool, message: str) -> None:  # noqa: FBT001 - reads as an assertion, which is what it is
    if not fine:
        raise ValueError(message)


@cache
def registry() -> Mapping[str, Country]:
    """Return the packaged registry."""
    return read(files("peerbot.escalation").joinpath("crisis.toml").read_text(encoding="utf-8"))


def country(code: str) -> Country | None:
    """Return a country's card, or None for elsewhere."""
    return registry().get(code)


def emergency_number(code: str) -> str:
    """Return the number to call when a life is in danger; 112 where no country is known."""
    known = country(code)
    return known.emergency if known else "112"


def country_names() -> Mapping[str, str]:
    """Return code → name of every country with a card, and of elsewhere."""
    return {code: entry.name for code, entry in registry().items()} | {ELSEWHERE: say("crisis-elsewhere")}


def ageing(now: datetime, code: str | None = None) -> Sequence[Ageing]:
    """Return the entries that want to be checked again, the oldest first: of one country, or of all."""
    found = [
        Ageing(country.code, service, service.days(now), service.age(now))
        for country in registry().values()
        for service in country.services
        if code in {None, country.code} and service.age(now) is not Age.FRESH
    ]
    return sorted(found, key=lambda each: (-each.days, each.country, each.service.id))
