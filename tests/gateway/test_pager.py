"""Alerts outside Discord: where they may lead, what becomes of them, and that they hold nothing up."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

import pytest
from aiohttp import web
from pydantic import SecretStr

from peerbot.config import ALERT_KINDS, AlertedPerson, AlertsSection
from peerbot.engine.card import Card
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Absent, Delivered, NotWanted, Refused
from peerbot.engine.outbox import Lane, Leased
from peerbot.gateway import pager
from peerbot.gateway.outcomes import NotSent, outcome_of
from peerbot.gateway.pager import AddressBook, Pager, public
from tests.fakes import EVENING, FakeClock

MO = 900_013
WRITTEN = {
    "ntfys": "ntfys://a-topic-nobody-guesses",
    "gotifys": "gotifys://push.example.org/AbCdEf123456",
    "pover": "pover://userkey@apptoken",
    "signals": "signals://signal.example.org/+447700900123/+447700900124",
    "threema": "threema://*GATEWAY@secret/ABCDEFGH",
    "tgram": "tgram://123456789:abcdefg_hijklmnop/12315544/",
    "mailtos": "mailtos://user:pass@example.org?to=mo@example.org",
    "twilio": f"twilio://AC{'a' * 32}:{'b' * 32}@15551112222/15551113333",
    "vonage": "vonage://aaaaaaaa:bbbbbbbbbbbbbbbb@15551112222/15551113333",
    "clicksend": "clicksend://user:pass@15551113333",
}


def leased(attempts: int = 1) -> Leased:
    data = {"person": MO, "place": 0, "card": "escalation.alert"}
    return Leased(1, "k", "alert", Lane.CONCERN, 1, data, None, "n", attempts, False, 0, EVENING, None)


def pages(address: str, *, inside: bool = False, wanted: bool = True) -> Pager:
    """Return a pager with one address, which may not be among those the settings allow."""

    async def card(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        return Card("Urgent: concern 7" + (" again" if data["repeat"] else "")) if wanted else None

    book = AddressBook()
    book._ways = {MO: (SecretStr(address),)}
    trusting = (lambda _host: True) if inside else None
    return Pager({"escalation.alert": card}, cast("Reads", None), FakeClock(), book, trusting)


@asynccontextmanager
async def a_push_server(status: int = 200) -> AsyncGenerator[tuple[str, list[str]]]:
    taken: list[str] = []

    async def take(request: web.Request) -> web.Response:
        taken.append(await request.text())
        return web.json_response({}, status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"ntfy://127.0.0.1:{port}/topic", taken
    finally:
        await runner.cleanup()


async def test_an_alert_arrives_where_its_address_leads() -> None:
    async with a_push_server() as (address, taken):
        assert await pages(address, inside=True).carry(leased()) == Delivered()
    assert len(taken) == 1
    assert "Urgent: concern 7" in taken[0]


async def test_nothing_goes_to_this_machine_or_a_private_network() -> None:
    async with a_push_server() as (address, taken):
        with pytest.raises(NotSent):
            await pages(address).carry(leased())
    assert not taken


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.1"],
)
def test_what_leads_inside_is_not_public(host: str) -> None:
    assert not public(host)


def test_what_leads_outside_is_public() -> None:
    assert public("1.1.1.1")
    assert public("2606:4700:4700::1111")


def test_a_name_that_leads_nowhere_is_not_public() -> None:
    assert not public("nowhere.invalid")


async def test_mail_is_judged_by_the_machine_that_takes_it() -> None:
    with pytest.raises(NotSent):
        await pages("mailtos://user:pass@example.org?smtp=127.0.0.1&to=mo@example.org").carry(leased())


@pytest.mark.parametrize("status", [302, 403, 500])
async def test_an_alert_that_is_not_taken_has_failed_and_is_sent_nowhere_else(status: int) -> None:
    async with a_push_server(status) as (address, taken):
        with pytest.raises(NotSent) as caught:
            await pages(address, inside=True).carry(leased())
    assert len(taken) == 1
    assert outcome_of(caught.value, safe=False) == Refused(0)


async def test_an_address_that_checks_no_certificate_is_not_used() -> None:
    with pytest.raises(NotSent):
        await pages("ntfys://push.example.org/topic?verify=no", inside=True).carry(leased())


async def test_an_address_the_operator_has_taken_out_has_failed() -> None:
    with pytest.raises(NotSent):
        await Pager(pages("")._cards, cast("Reads", None), FakeClock(), AddressBook()).carry(leased())


async def test_an_alert_nobody_needs_any_more_is_not_sent() -> None:
    assert await pages("ntfys://topic", wanted=False).carry(leased()) == NotWanted()


async def test_in_doubt_an_alert_is_sent_once_more_marked_and_then_has_failed() -> None:
    async with a_push_server() as (address, taken):
        mos = pages(address, inside=True)
        assert await mos.look(leased()) == Absent()
        await mos.carry(leased(2))
        with pytest.raises(NotSent):
            await mos.carry(leased(3))
    assert len(taken) == 1
    assert "again" in taken[0]


async def test_an_alert_that_hangs_ends_in_doubt_and_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = threading.Event()

    def hang(*_: object) -> bool:
        return hangs.wait()

    monkeypatch.setattr(pager, "_send", hang)
    monkeypatch.setattr(pager, "LONGEST_ALERT", 0.01)
    try:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pages("ntfys://topic").carry(leased()), 5)
    finally:
        hangs.set()


def test_the_settings_know_exactly_the_kinds_that_are_written_here() -> None:
    assert set(WRITTEN) == set(ALERT_KINDS)


@pytest.mark.parametrize("kind", ALERT_KINDS)
def test_apprise_takes_each_kind_and_encrypts_it(kind: str) -> None:
    import apprise  # noqa: PLC0415 - as in the program

    AlertedPerson(id=MO, ways=(SecretStr(WRITTEN[kind]),))
    way = cast("Any", apprise.Apprise.instantiate(WRITTEN[kind]))
    assert way is not None
    assert way.verify_certificate
    # Those with a server of their own say so; Twilio has its address, encrypted, in its code.
    assert way.secure or kind == "twilio" or str(way.notify_url).startswith("https://")


def test_somebody_written_twice_has_the_ways_of_both() -> None:
    one, other = SecretStr("ntfys://one"), SecretStr("ntfys://other")
    people = (AlertedPerson(id=MO, ways=(one,)), AlertedPerson(id=MO, ways=(other,)))
    book = AddressBook(AlertsSection(people=people))
    assert book.people() == {MO}
    assert [book.address(MO, place) for place in range(book.ways_of(MO))] == [one, other]


def test_the_library_is_not_imported_before_it_is_used() -> None:
    code = "import sys, peerbot.app; sys.exit('apprise' in sys.modules or 'requests' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own words
