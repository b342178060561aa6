"""Commands with options, typed into the demo's page as a person types them."""

import pytest
from playwright.sync_api import Page, expect

from peerbot.demo.cast import GROUP
from peerbot.engine.texts import say
from tests.browser.steps import become, channel, press, run_command

pytestmark = pytest.mark.browser


def test_a_coordinator_gives_what_can_be_left_out_sees_six_dates_and_keeps_them(practice_page: Page) -> None:
    page = practice_page
    become(page, "Colin")
    asked = {"group": GROUP, "time": "7pm", "weekday": "Monday", "zone": "London", "every_weeks": "2"}
    run_command(page, "/manage series add", asked)
    expect(channel(page).get_by_text("Please check these dates")).to_be_visible()
    shown = channel(page).get_by_role("article").last
    expect(shown).to_contain_text("Every 2 weeks on Monday, 19:00, Europe/London")
    expect(shown.get_by_role("listitem")).to_have_count(6)
    press(page, say("staff-series-confirm"))
    expect(shown).to_contain_text("The series is kept.")
