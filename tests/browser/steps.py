"""What a person does on the demo's page, in a real Chromium."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from playwright.sync_api import FrameLocator, Locator, Page, expect

MORE: Final = re.compile(r"^\+ ?\d* ?(more|options)$")
NOTHING: Final = MappingProxyType[str, str]({})


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


def pass_time(page: Page, label: str) -> None:
    """Let time pass by one of the buttons, and wait until it has."""
    page.get_by_role("button", name=label).click()
    expect(page.get_by_role("status")).to_contain_text("It is now")
    ready(page)


def wait_for_room(page: Page, name: str) -> None:
    """As somebody, let time pass until their room is there, and look into it."""
    become(page, name)
    for _ in range(12):
        if page.locator("#places").get_by_role("button", name="# room-").count():
            break
        pass_time(page, "Next thing due")
    become(page, name, "# room-")


def press(page: Page, label: str) -> None:
    ready(page)
    channel(page).get_by_role("button", name=label).last.click()


def reads(page: Page, words: str) -> None:
    """Wait until a message in the channel says it."""
    expect(channel(page).get_by_role("article").filter(has_text=words).last).to_be_visible()


def run_command(page: Page, command: str, options: Mapping[str, str] = NOTHING) -> None:
    """Type a command, give each of the options, and send it."""
    ready(page)
    composer(page).click()
    composer(page).press_sequentially(command)
    frame(page).get_by_role("option", name=command).first.click()
    for name, value in options.items():
        give(page, name, value)
    frame(page).get_by_role("button", name="Send").click()


def give(page: Page, name: str, value: str) -> None:
    """Fill in an option of a command: one that can be left out is first chosen from those behind *+ more*."""
    field = frame(page).locator(f'.command-option-input[data-option="{name}"]')
    if not field.count():
        frame(page).get_by_role("button", name=MORE).click()
        frame(page).get_by_role("option", name=name).click()
    field.click()
    field.press_sequentially(value)
    if field.get_attribute("role") == "combobox":
        frame(page).get_by_role("option", name=value).first.click()
