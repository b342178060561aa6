"""The pictures in docs/images, taken from the demo's page by `make pictures`. No test, but it uses the tests' hands."""

from pathlib import Path

from playwright.sync_api import Page, expect

from peerbot.demo.cast import GROUP
from peerbot.engine.texts import say
from tests.browser.serving import chromium, practice_world, served
from tests.browser.steps import become, channel, frame, pass_time, press, ready, run_command, wait_for_room

FOLDER = Path(__file__).parents[2] / "docs" / "images"


def take(page: Page, name: str) -> None:
    """Take a picture of the page once nothing on it moves any more."""
    ready(page)
    page.wait_for_timeout(800)
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Take them all: as somebody who looks for a group, as a member, and as a facilitator."""
    with chromium() as browser, served(practice_world) as address:
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


if __name__ == "__main__":
    main()
