"""The scene of escalation, in which every pillar is there."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.escalation.scene import Scene, open_scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A server with its team and staff channels; nobody is on duty."""
    async with open_scene(tmp_path) as opened:
        yield opened
