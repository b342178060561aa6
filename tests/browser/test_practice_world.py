"""The real bot on the demo's page in a real Chromium: as member, as facilitator, as moderator."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Page, expect

from peerbot.demo.cast import GROUP
from peerbot.engine.texts import say
from tests.browser.serving import practice_world, served
from tests.browser.steps import become, channel, frame, pass_time, press, ready, run_command, wait_for_room

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


def test_a_member_joins_the_room_opens_and_a_call_for_help_reaches_the_moderator(page: Page) -> None:
    # As a member: find, read, agree.
    become(page, "Eve")
    run_command(page, "/group find")
    expect(channel(page).get_by_text(GROUP).first).to_be_visible()
    become(page, "Ana")
    become(page, "Eve")
    run_command(page, "/group mine")
    expect(channel(page).get_by_text("You are in no group on this server.")).to_be_visible()

    # As a facilitator: the room appears, and opens when somebody is there.
    wait_for_room(page, "Fay")
    press(page, say("room-facilitator-here"))
    expect(channel(page).get_by_text("Thank you for being here.")).to_be_visible()
    pass_time(page, "+15 min")
    expect(channel(page).get_by_text("Welcome to")).to_be_visible()

    # As a member in the room: help, and the truth about who has heard.
    become(page, "Ben", "# room-")
    press(page, say("help-now"))
    expect(channel(page).get_by_text("If you need someone right now")).to_be_visible()
    ready(page)
    press(page, say("ask-now"))
    expect(channel(page).get_by_text("Nobody has picked it up yet.")).to_be_visible()

    # Somebody outside sees none of it.
    become(page, "Olu")
    expect(page.locator("#places")).not_to_contain_text("room-")

    # As the moderator: the page, without a name; then the member is told.
    become(page, "Mo", "# peerbot-moderators")
    expect(channel(page).get_by_text("Urgent: concern 1")).to_be_visible()
    assert "Ben" not in channel(page).inner_text()
    press(page, say("staff-take"))
    expect(channel(page).get_by_text("You have concern 1.")).to_be_visible()
    become(page, "Ben", "Private messages")
    expect(channel(page).get_by_text("has your message.")).to_be_visible()
    assert frame(page).get_by_role("main").count() == 1
