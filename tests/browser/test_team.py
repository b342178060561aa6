"""From a call for help to the last news, on the demo's page: raised, paged, taken, handed over, closed by two."""

import re

import pytest
from playwright.sync_api import Page, expect

from peerbot.engine.texts import say
from tests.browser.steps import become, channel, pass_time, press, reads, run_command

pytestmark = pytest.mark.browser

STAFF = "# peerbot-moderators"
PRIVATE = "Private messages"


def asks_for_somebody(page: Page, name: str) -> None:
    become(page, name)
    run_command(page, "/help-now")
    expect(channel(page).get_by_text("If you need someone right now")).to_be_visible()
    press(page, say("ask-now"))
    reads(page, "Nobody has picked it up yet.")


def paged(page: Page) -> str:
    """Wait for a page about something urgent, and return its number."""
    page_of_it = channel(page).get_by_role("article").filter(has_text="Press I've got it")
    found = re.search(r"Urgent: concern (\d+)", page_of_it.last.inner_text())
    assert found is not None
    return found[1]


def test_a_concern_is_taken_handed_over_and_closed_by_two_and_its_raiser_hears_each(practice_page: Page) -> None:
    page = practice_page
    asks_for_somebody(page, "Ben")

    become(page, "Mo", STAFF)
    number = paged(page)
    assert "Ben" not in channel(page).inner_text()
    press(page, say("staff-take"))
    reads(page, f"You have concern {number}.")
    become(page, "Ben", PRIVATE)
    reads(page, "Mo has your message.")

    become(page, "Mo")
    run_command(page, "/escalation hand-over", {"number": number, "person": "Dana"})
    reads(page, "Until they press")
    become(page, "Dana", PRIVATE)
    reads(page, f"asks you to have concern {number}.")
    press(page, say("staff-take"))
    reads(page, f"You have concern {number}.")
    become(page, "Ben", PRIVATE)
    reads(page, "Dana has your message.")

    become(page, "Dana", PRIVATE)
    press(page, say("staff-with"))
    press(page, say("staff-close"))
    reads(page, f"What came of concern {number}?")
    channel(page).get_by_role("combobox").last.click()
    page.frame_locator("#frame").get_by_role("option", name=say("action-spoke_with")).click()
    reads(page, "is closed when a second person agrees")
    become(page, "Ed", STAFF)
    reads(page, f"asks to close concern {number}.")
    press(page, say("staff-agree"))
    reads(page, f"Concern {number} is closed.")
    become(page, "Ben", PRIVATE)
    reads(page, "The team has closed this.")


def test_who_is_not_answered_is_told_so_and_the_pages_go_on_until_somebody_takes_it(practice_page: Page) -> None:
    page = practice_page
    asks_for_somebody(page, "Ana")
    pass_time(page, "+5 min")
    become(page, "Dana", PRIVATE)
    paged(page)
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
