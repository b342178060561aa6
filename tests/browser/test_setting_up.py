"""Whoever follows what the bot says on the demo's page has a server that is set up, with a group that meets."""

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import new_world, served
from tests.browser.setting_up import set_up
from tests.browser.steps import ready

pytestmark = pytest.mark.browser


def test_a_server_is_set_up_from_nothing_on_the_page(browser: Browser) -> None:
    with served(new_world) as address, browser.new_context(viewport={"width": 1280, "height": 1180}) as context:
        page = context.new_page()
        page.goto(address)
        ready(page)
        seen: list[str] = []
        set_up(page, seen.append)
        assert len(seen) == 11
