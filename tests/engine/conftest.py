"""What tests of the engine stand on: a real encrypted file, and a clock that moves when told."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from peerbot.engine.database import Database
from peerbot.engine.desk import Desk
from tests.fakes import FakeClock


@pytest.fixture(autouse=True)
def logged() -> Iterator[Sequence[EventDict]]:
    """What the engine logged. Rendering it would take longer than most tests here."""
    with capture_logs() as events:
        yield events


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    database = await Database.open(tmp_path / "peerbot.sqlite", bytes(32))
    yield database
    await database.close()


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Desk:
    return Desk(database, clock)
