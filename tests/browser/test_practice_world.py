"""The real bot on the demo's page in a real Chromium: as member, as facilitator, as moderator."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Page, expect

from peerbot.demo.cast import GROUP, found, soon
from peerbot.demo.world import World, open_world
from peerbot.engine.texts import say
from tests.browser.test_demo_page import STAND_IN, browser, channel, frame, ready, run_command, served

pytestmark = pytest.mark.browser
__all__ = ["browser"]


@asynccontextmanager
async def practice_world() -> AsyncGenerator[World]:
    """The world of `peerbot demo`: four members, one place left, a meeting within the hour."""
    with TemporaryDirectory() as folder:
        async with open_world(Path(folder), datetime.now(UTC)) as world:
            await found(world, 4, soon(world))
            yield world


@pytest.fixture
def page(browser: Browser) -> Generator[Page]:
    with (
        served(replace(STAND_IN, world=practice_world)) as address,
        browser.new_context(viewport={"width": 1280, "height": 900}) as context,
    ):
        page = context.new_page()
        page.goto(address)
        ready(page)
        yield page


def become(page: Page, name: str, place: str | None = None) -> None:
    page.locator(f"#people [data-key={name.lower()}]").click()
    expect(page.get_by_role("heading", name=f"as {name} sees it")).to_be_visible()
    ready(page)
    if place is not None:
        page.locator("#places").get_by_role("button", name=place).click()
        expect(page.get_by_role("heading", name=f"as {name} sees it")).to_contain_text(place)
        ready(page)


def press(page: Page, label: str) -> None:
    ready(page)
    channel(page).get_by_role("button", name=label).last.click()


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
    for _ in range(6):
        page.get_by_role("button", name="Next thing due").click()
        if page.locator("#places").get_by_role("button", name="# room-").count():
            break
        become(page, "Fay")
    become(page, "Fay", "# room-")
    press(page, say("room-facilitator-here"))
    expect(channel(page).get_by_text("Thank you for being here.")).to_be_visible()
    ready(page)
    page.get_by_role("button", name="+15 min").click()
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
