"""Settings that hold for every test."""

import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

from peerbot.demo.world import World, open_world

# No deadline: on a busy machine a slow case is no defect. Quick cases are the same each time, so that a red test means
# a changed behaviour, and so are the deep tier's; a hunt looks elsewhere every time and prints how to repeat what it
# found, which then becomes a test of its own.
settings.register_profile("quick", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=500, derandomize=True)
settings.register_profile("hunt", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


LONGEST: Final = ("tests/escalation/test_laws.py", "tests/escalation/test_every_forged_press.py")
"""A third of the deep tier: begun last, they would be waited for by workers that have nothing left to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
    """A server on SimCord with the real bot in it, an encrypted database and a clock that can be moved."""
    async with open_world(tmp_path) as opened:
        yield opened
