"""The pictures in docs/images, taken from the demo's page by `make pictures`. No test, but it uses the tests' hands."""

from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from peerbot.demo.cast import GROUP
from peerbot.engine.texts import say
from tests.browser.serving import chromium, new_world, practice_world, served
from tests.browser.setting_up import set_up
from tests.browser.steps import become, channel, frame, pass_time, press, reads, ready, run_command, wait_for_room

FOLDER = Path(__file__).parents[2] / "docs" / "images"


def take(page: Page, name: str) -> None:
    """Take a picture of the page once nothing on it moves any more."""
    ready(page)
    if channel(page).get_by_role("article").count():
        channel(page).get_by_role("article").last.scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Take them all: of setting up; as somebody who looks for a group, as a member, a facilitator, and as the team."""
    with chromium() as browser:
        of_setting_up(browser)
        of_groups(browser)


def of_setting_up(browser: Browser) -> None:
    """Take those of a server that is set up from nothing."""
    with served(new_world) as address:
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.goto(address)
        ready(page)
        set_up(page, partial(take, page))


def of_groups(browser: Browser) -> None:
    """Take those of looking for a group, of a meeting, and of the team."""
    with served(practice_world) as address:
        page = browser.new_context(viewport={"width": 1280, "height": 1180}).new_page()
        page.goto(address)
        ready(page)

        become(page, "Finn")
        run_command(page, "/group find")
        expect(channel(page).get_by_text(GROUP).first).to_be_visible()
        take(page, "find")
        channel(page).get_by_role("combobox").first.click()
        frame(page).get_by_role("option", name=GROUP).click()
        expect(channel(page).get_by_role("button", name=say("group-join"), exact=True)).to_be_visible()
        take(page, "card")
        press(page, say("group-join"))
        expect(frame(page).get_by_role("dialog")).to_be_visible()
        take(page, "form")
        page.reload()
        ready(page)

        wait_for_room(page, "Fay")
        press(page, say("room-facilitator-here"))
        pass_time(page, "+15 min")
        expect(channel(page).get_by_text("Welcome to")).to_be_visible()
        run_command(page, "/facilitate console")
        expect(channel(page).get_by_text("Your console for")).to_be_visible()
        take(page, "console")
        become(page, "Ana", "# room-")
        take(page, "room")
        of_the_team(page)


def of_the_team(page: Page) -> None:
    """Take those of practice, and of a call for help. Ana's room is open."""
    become(page, "Dana")
    run_command(page, "/drill start")
    press(page, say("drill-start"))
    reads(page, "The practice has begun.")
    become(page, "Mo", "Private messages")
    press(page, say("drill-arrived"))
    reads(page, "Now the team knows")
    become(page, "Ed", "# peerbot-moderators")
    pass_time(page, "+5 min")
    reads(page, "@Dana @Ed @Mo")
    press(page, say("drill-arrived"))
    reads(page, "Now the team knows")
    pass_time(page, "+15 min")
    reads(page, "Every line was asked.")
    take(page, "drill")

    become(page, "Ana", "# room-")
    press(page, say("help-now"))
    reads(page, "If you need someone right now")
    take(page, "crisis-card")
    press(page, say("ask-now"))
    reads(page, "Nobody has picked it up yet.")
    become(page, "Mo", "# peerbot-moderators")
    reads(page, "Urgent: concern 2")
    take(page, "page")
    press(page, say("staff-take"))
    reads(page, "You have concern 2.")
    press(page, say("staff-open"))
    reads(page, "Raised by")
    take(page, "concern")


if __name__ == "__main__":
    main()
