"""Commands with options, typed into the demo's page as a person types them."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Page, expect

from peerbot.demo.cast import GROUP
from peerbot.engine.texts import say
from tests.browser.serving import practice_world, served
from tests.browser.steps import become, channel, press, ready, run_command

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Generator[Page]:
    with (
        served(practice_world) as address,
        browser.new_context(viewport={"width": 1280, "height": 900}) as context,
    ):
        page = context.new_page()
        page.goto(address)
        ready(page)
        yield page


def test_a_coordinator_gives_what_can_be_left_out_sees_six_dates_and_keeps_them(page: Page) -> None:
    become(page, "Colin")
    asked = {"group": GROUP, "time": "7pm", "weekday": "Monday", "zone": "London", "every_weeks": "2"}
    run_command(page, "/manage series add", asked)
    expect(channel(page).get_by_text("Please check these dates")).to_be_visible()
    shown = channel(page).get_by_role("article").last
    expect(shown).to_contain_text("Every 2 weeks on Monday, 19:00, Europe/London")
    expect(shown.get_by_role("listitem")).to_have_count(6)
    press(page, say("staff-series-confirm"))
    expect(shown).to_contain_text("The series is kept.")
