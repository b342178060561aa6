"""From a call for help to the last news, on the demo's page: raised, paged, taken, handed over, closed by two."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Page, expect

from peerbot.engine.texts import say
from tests.browser.serving import practice_world, served
from tests.browser.steps import become, channel, pass_time, press, reads, ready, run_command

pytestmark = pytest.mark.browser

STAFF = "# peerbot-moderators"
PRIVATE = "Private messages"


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


def asks_for_somebody(page: Page, name: str) -> None:
    become(page, name)
    run_command(page, "/help-now")
    expect(channel(page).get_by_text("If you need someone right now")).to_be_visible()
    press(page, say("ask-now"))
    reads(page, "Nobody has picked it up yet.")


def test_a_concern_is_taken_handed_over_and_closed_by_two_and_its_raiser_hears_each(page: Page) -> None:
    asks_for_somebody(page, "Ben")

    become(page, "Mo", STAFF)
    reads(page, "Urgent: concern 1")
    assert "Ben" not in channel(page).inner_text()
    press(page, say("staff-take"))
    reads(page, "You have concern 1.")
    become(page, "Ben", PRIVATE)
    reads(page, "Mo has your message.")

    become(page, "Mo")
    run_command(page, "/escalation hand-over", {"number": "1", "person": "Dana"})
    reads(page, "Until they press")
    become(page, "Dana", PRIVATE)
    reads(page, "asks you to have concern 1.")
    press(page, say("staff-take"))
    reads(page, "You have concern 1.")
    become(page, "Ben", PRIVATE)
    reads(page, "Dana has your message.")

    become(page, "Dana", PRIVATE)
    press(page, say("staff-with"))
    press(page, say("staff-close"))
    reads(page, "What came of concern 1?")
    channel(page).get_by_role("combobox").last.click()
    page.frame_locator("#frame").get_by_role("option", name=say("action-spoke_with")).click()
    reads(page, "is closed when a second person agrees")
    become(page, "Ed", STAFF)
    reads(page, "asks to close concern 1.")
    press(page, say("staff-agree"))
    reads(page, "Concern 1 is closed.")
    become(page, "Ben", PRIVATE)
    reads(page, "The team has closed this.")


def test_who_is_not_answered_is_told_so_and_the_pages_go_on_until_somebody_takes_it(page: Page) -> None:
    asks_for_somebody(page, "Ana")
    pass_time(page, "+5 min")
    become(page, "Dana", PRIVATE)
    reads(page, "Urgent: concern 1")
    become(page, "Ana", PRIVATE)
    expect(channel(page).get_by_text("no one from the team has answered")).to_have_count(0)
    pass_time(page, "+5 min")
    reads(page, "no one from the team has answered")
    pass_time(page, "+15 min")
    become(page, "Ed", STAFF)
    reads(page, "Nobody has answered this yet.")
    press(page, say("staff-take"))
    become(page, "Ana", PRIVATE)
    reads(page, "Ed has your message.")
