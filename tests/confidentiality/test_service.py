"""Acceptance on a real database: proof while somebody is in a group, proof without the person for a year after."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from peerbot.confidentiality import store
from peerbot.confidentiality.rules import Version
from peerbot.confidentiality.service import AGREEMENT_VERSION, LIMITS_VERSION, Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.database import Database, Row
from peerbot.engine.desk import Desk
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import moment, say
from peerbot.servers.service import Answers, Servers
from tests.fakes import FakeClock

SERVER, GROUP, OTHER_GROUP = 1, "0a1b2c3d", "4e5f6071"
ANA, BEN = 7_001, 7_002
YEAR = timedelta(days=365)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncGenerator[Desk]:
    database = await Database.open(tmp_path / "peerbot.sqlite", bytes(32))
    desk = Desk(database, FakeClock())
    await Servers(desk).set_up(Actor(1, SERVER, manages_server=True), Answers("GB", 1, 2, "choose", "Europe/London"))
    yield desk
    await database.close()


@pytest.fixture
def confidentiality() -> Confidentiality:
    return Confidentiality()


async def accept(desk: Desk, confidentiality: Confidentiality, group: str, user: int) -> None:
    async with desk.transaction() as work:
        await confidentiality.accept(work, SERVER, group, user)


async def end(desk: Desk, confidentiality: Confidentiality, group: str, user: int) -> None:
    async with desk.transaction() as work:
        await confidentiality.end(work, SERVER, group, user)


async def forget(desk: Desk, confidentiality: Confidentiality) -> int:
    async with desk.transaction() as work:
        return (await forget_due(work, confidentiality)).total()


async def rows(desk: Desk) -> list[Row]:
    return list(await desk.reads.all("SELECT * FROM acceptance ORDER BY id"))


def clock(desk: Desk) -> FakeClock:
    assert isinstance(desk.clock, FakeClock)
    return desk.clock


async def test_accepting_twice_keeps_the_first_time(desk: Desk, confidentiality: Confidentiality) -> None:
    first = desk.now
    await accept(desk, confidentiality, GROUP, ANA)
    clock(desk).move(timedelta(hours=1))
    await accept(desk, confidentiality, GROUP, ANA)
    assert [(row["user_id"], row["accepted_at"]) for row in await rows(desk)] == [(ANA, first.timestamp())]


async def test_a_later_version_is_kept_beside_the_earlier_one(desk: Desk, confidentiality: Confidentiality) -> None:
    async with desk.transaction() as work:
        await store.add(work, SERVER, GROUP, ANA, Version(AGREEMENT_VERSION, LIMITS_VERSION - 1), work.now)
    await accept(desk, confidentiality, GROUP, ANA)
    assert [row["limits_version"] for row in await rows(desk)] == [LIMITS_VERSION - 1, LIMITS_VERSION]
    await end(desk, confidentiality, GROUP, ANA)
    assert [row["user_id"] for row in await rows(desk)] == [None, None]


async def test_after_leaving_nothing_in_the_row_names_the_person(desk: Desk, confidentiality: Confidentiality) -> None:
    await accept(desk, confidentiality, GROUP, ANA)
    await accept(desk, confidentiality, GROUP, BEN)
    await end(desk, confidentiality, GROUP, ANA)
    left, stayed = await rows(desk)
    assert str(ANA) not in str({**left, "id": 0})
    assert left["withdrawn_at"] == desk.now.timestamp()
    assert (stayed["user_id"], stayed["withdrawn_at"]) == (BEN, None)


async def test_one_person_in_two_groups_leaves_two_different_hashes(
    desk: Desk, confidentiality: Confidentiality
) -> None:
    for group in (GROUP, OTHER_GROUP):
        await accept(desk, confidentiality, group, ANA)
        await end(desk, confidentiality, group, ANA)
    first, second = await rows(desk)
    assert first["person_hash"] != second["person_hash"]


async def test_the_hash_key_is_made_once(desk: Desk, confidentiality: Confidentiality) -> None:
    for _ in range(2):
        await accept(desk, confidentiality, GROUP, ANA)
        await end(desk, confidentiality, GROUP, ANA)
        clock(desk).move(timedelta(days=1))
    first, second = await rows(desk)
    assert first["person_hash"] == second["person_hash"]


async def test_leaving_twice_or_without_acceptance_changes_nothing(
    desk: Desk, confidentiality: Confidentiality
) -> None:
    await end(desk, confidentiality, GROUP, BEN)
    await accept(desk, confidentiality, GROUP, ANA)
    await end(desk, confidentiality, GROUP, ANA)
    before = await rows(desk)
    clock(desk).move(timedelta(days=3))
    await end(desk, confidentiality, GROUP, ANA)
    assert await rows(desk) == before


async def test_a_person_is_shown_what_is_kept_before_and_after_leaving(
    desk: Desk, confidentiality: Confidentiality
) -> None:
    await accept(desk, confidentiality, GROUP, ANA)
    (held,) = await confidentiality.kept_about(desk.reads, ANA)
    assert (held.item, held.until) == ("kept-acceptance", None)
    assert moment(desk.now) in say(held.item, **held.values)

    await end(desk, confidentiality, GROUP, ANA)
    (ended,) = await confidentiality.kept_about(desk.reads, ANA)
    assert (ended.item, ended.until) == ("kept-acceptance-ended", desk.now + YEAR)
    assert say(ended.item, **ended.values)
    assert await confidentiality.kept_about(desk.reads, BEN) == []


async def test_a_year_after_leaving_the_proof_goes_and_not_before(desk: Desk, confidentiality: Confidentiality) -> None:
    await accept(desk, confidentiality, GROUP, ANA)
    await accept(desk, confidentiality, GROUP, BEN)
    await end(desk, confidentiality, GROUP, ANA)
    clock(desk).move(YEAR)
    assert await forget(desk, confidentiality) == 0
    clock(desk).move(timedelta(seconds=1))
    assert await forget(desk, confidentiality) == 1
    assert [row["user_id"] for row in await rows(desk)] == [BEN]
