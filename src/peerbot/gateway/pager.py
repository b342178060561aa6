"""Alerts outside Discord: a push, an SMS, a mail that says only how urgent it is, a number and the name of a room."""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final

from pydantic import SecretStr

from peerbot.config import AlertsSection
from peerbot.engine.clock import Clock
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Lane, Leased
from peerbot.engine.places import CardMaker
from peerbot.gateway.outcomes import NotSent

LONGEST_ALERT: Final = 10.0
"""Seconds; then nobody can say whether it went."""
_TRIES: Final = 2
"""An alert whose end is unknown is sent once more. After that the next page is the next try."""
_AT_ONCE: Final = 16
_SLOWEST_CONNECTION: Final = 4.0
"""Seconds: a thread that hangs must not outlast its call for long."""
_OWN_SERVER: Final = frozenset({"ntfy", "ntfys", "gotify", "gotifys", "signal", "signals"})
"""Kinds whose address names the machine that takes them. The others' is known to Apprise, but for mail."""

IsPublic = Callable[[str], bool]


class AddressBook:
    """The port `Alerts` by what the operator wrote: in memory, never in the database."""

    def __init__(self, written: AlertsSection | None = None) -> None:
        """Know the people of a settings' section; somebody written twice has all the ways of both."""
        found: dict[int, tuple[SecretStr, ...]] = {}
        for person in written.people if written is not None else ():
            found[person.id] = (*found.get(person.id, ()), *person.ways)
        self._ways: Mapping[int, Sequence[SecretStr]] = found
        self.operator: Sequence[SecretStr] = written.operator if written is not None else ()

    def ways_of(self, user_id: int) -> int:
        """Return by how many addresses a person is alerted."""
        return len(self._ways.get(user_id, ()))

    def people(self) -> frozenset[int]:
        """Return everybody who has one."""
        return frozenset(self._ways)

    def address(self, user_id: int, place: int) -> SecretStr:
        """Return one address.

        Raises:
            NotSent: if there is none: the operator has taken it out since.
        """
        ways = self._ways.get(user_id, ())
        if place >= len(ways):
            raise NotSent
        return ways[place]


class Pager:
    """`alert`: a few words outside Discord. Data: `person`, `place` (of their addresses), `card` and its needs."""

    safe = False
    calls = 0
    """None of Discord's."""

    def __init__(
        self,
        cards: Mapping[str, CardMaker],
        reads: Reads,
        clock: Clock,
        book: AddressBook,
        is_public: IsPublic | None = None,
    ) -> None:
        """Send what `cards` render to the addresses of `book`, never inside. A test says what is public."""
        self._cards = cards
        self._reads = reads
        self._clock = clock
        self._book = book
        self._is_public = is_public or public
        # Threads of its own: an alert that hangs holds nothing up but other alerts.
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="alert")

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Render, check where it leads, and send, in a thread: Apprise waits.

        Raises:
            NotSent: if it was not taken.
            TimeoutError: if that took too long to say.
        """
        if intent.attempts > _TRIES:
            raise NotSent
        marked = intent.repeat and intent.lane is Lane.CONCERN
        data = {**intent.data, "repeat": marked}
        card = await self._cards[intent.data["card"]](self._reads, data, self._clock.now())
        if card is None:
            return NotWanted()
        address = self._book.address(int(intent.data["person"]), int(intent.data["place"]))
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(LONGEST_ALERT):
            sent = await loop.run_in_executor(self._threads, _send, address, card.text, self._is_public)
        if not sent:
            raise NotSent
        return Delivered()

    async def tell_operator(self, text: str) -> int:
        """Send the operator a sentence by every way they wrote down; return by how many it went. Never raises.

        Past the outbox: what it tells of may be that nothing can be written.
        """
        loop, went = asyncio.get_running_loop(), 0
        for address in self._book.operator:
            with suppress(Exception):
                async with asyncio.timeout(LONGEST_ALERT):
                    went += await loop.run_in_executor(self._threads, _send, address, text, self._is_public)
        return went

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Nobody can look into somebody's phone: in doubt it is sent again."""
        _ = intent
        return Absent()


def public(host: str) -> bool:
    """Return whether a name leads to the public internet alone: every address of it, as it resolves now."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    return bool(addresses) and all(_is_outside(each) for each in addresses)


def _is_outside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    within = getattr(address, "ipv4_mapped", None) or address
    return within.is_global and not within.is_multicast


def _send(address: SecretStr, text: str, is_public: IsPublic) -> bool:
    """Send one alert and return whether it was taken."""
    import apprise  # noqa: PLC0415 - it takes long to import, and most servers never need it

    # Their lines hold addresses: which topic, which number.
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    asset = apprise.AppriseAsset(app_id="peerbot", app_desc="peerbot", http_redirects=False, secure_logging=True)
    way: Any = apprise.Apprise.instantiate(address.get_secret_value(), asset=asset)  # pyright: ignore[reportUnknownMemberType] - so declared there
    if way is None or not way.verify_certificate:
        return False
    way.socket_connect_timeout = min(float(way.socket_connect_timeout or _SLOWEST_CONNECTION), _SLOWEST_CONNECTION)
    host = _server(way, address)
    if host is not None and not is_public(host):
        return False
    return bool(way.notify(body=text, body_format=apprise.NotifyFormat.TEXT))


def _server(way: Any, address: SecretStr) -> str | None:  # noqa: ANN401 - Apprise has a class of its own for each kind
    """Return the machine an alert is handed to, where the operator could name any."""
    if getattr(way, "smtp_host", None):
        return str(way.smtp_host)
    if address.get_secret_value().partition("://")[0] not in _OWN_SERVER or getattr(way, "mode", None) == "cloud":
        return None
    return str(way.host)
