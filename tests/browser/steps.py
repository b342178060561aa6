"""What a person does on the demo's page, in a real Chromium."""

from playwright.sync_api import FrameLocator, Locator, Page, expect


def ready(page: Page) -> None:
    """Wait until the channel takes input: while an action is under way, Preview's send button is off."""
    page.wait_for_function("() => document.getElementById('frame').contentWindow.simcordPreview?.ready")
    expect(composer(page)).to_be_visible()


def channel(page: Page) -> Locator:
    """What stands in the channel: the frame's tools, hidden, have the same words again."""
    return frame(page).get_by_role("main")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("#frame")


def composer(page: Page) -> Locator:
    return frame(page).get_by_role("textbox", name="Message")


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


def run_command(page: Page, command: str) -> None:
    composer(page).click()
    composer(page).press_sequentially(command)
    frame(page).get_by_role("option", name=command).first.click()
    frame(page).get_by_role("button", name="Send").click()
