"""The scene of this pillar's tests."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.signup.scene import Scene, open_scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A server with its team, before any group."""
    async with open_scene(tmp_path) as opened:
        yield opened
