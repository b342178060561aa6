"""One browser for all its tests."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import chromium, practice_world, served
from tests.browser.steps import ready


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Start Chromium once."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def practice() -> Generator[str]:
    """Serve one practice world to all tests that take it as they find it."""
    with served(practice_world) as address:
        yield address


@pytest.fixture
def practice_page(browser: Browser, practice: str) -> Generator[Page]:
    """Open that world's page."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(practice)
        ready(page)
        yield page
