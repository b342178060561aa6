"""One browser for all its tests."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import chromium


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Start Chromium once."""
    with chromium() as browser:
        yield browser
