"""The crisis registry: one emergency number and at most three services for a country, each with its source.

Read once from the package's own file and kept in memory: the card must not depend on anything that can fail.
"""

import re
import tomllib
from collections.abc import Mapping
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
_NUMBER: Final = re.compile(r"[0-9][0-9 -]{1,15}[0-9]")
_KINDS: Final = frozenset({"call", "text"})


class Age(StrEnum):
    """How fresh an entry is."""

    FRESH = "fresh"
    OLD = "old"
    PLEASE_CHECK = "please-check"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a service: `call` or `text` a number, with a keyword to send if there is one."""

    kind: str
    value: str
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service outside the server."""

    name: str
    ways: tuple[Way, ...]
    hours: str
    cost: str
    source_url: str
    last_verified: date
    verified_by: str

    def age(self, now: datetime) -> Age:
        """Return how fresh the entry is at `now`."""
        days = (now.date() - self.last_verified).days
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


def read(text: str) -> Mapping[str, Country]:
    """Return code → country from the registry's text.

    Raises:
        ValueError: for a malformed number, an unknown way, a missing source, or more than three services. It names
            the entry, and fails the build.
    """
    found: dict[str, Country] = {}
    for entry in tomllib.loads(text)["country"]:
        services = tuple(_service(entry["code"], service) for service in entry.get("service", ()))
        if len(services) > MOST_SERVICES or not _NUMBER.fullmatch(entry["emergency"]):
            message = f"{entry['code']}: more than {MOST_SERVICES} services, or no emergency number"
            raise ValueError(message)
        found[entry["code"]] = Country(entry["code"], entry["name"], entry["emergency"], services)
    return found


def _service(code: str, entry: Mapping[str, Any]) -> Service:
    ways = tuple(Way(way["kind"], way["value"], way.get("keyword", "")) for way in entry["channels"])
    for way in ways:
        if way.kind not in _KINDS or not _NUMBER.fullmatch(way.value):
            message = f"{code}, {entry['name']}: {way.kind} {way.value!r} is not a number people can {way.kind}"
            raise ValueError(message)
    if not ways or not str(entry["source_url"]).startswith("https://"):
        message = f"{code}, {entry['name']}: an entry needs a way and a source"
        raise ValueError(message)
    return Service(
        entry["name"],
        ways,
        entry["hours"],
        entry["cost"],
        entry["source_url"],
        entry["last_verified"],
        entry["verified_by"],
    )


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
