"""A server set up from nothing on the demo's page, by somebody who presses what is shown and types what is named."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, TimeoutError, expect  # noqa: A004 - its own, not Python's

from peerbot.demo.cast import ABOUT, GROUP
from peerbot.engine.texts import say
from tests.browser.steps import become, channel, frame, pass_time, press, reads, run_command

_TRIES, _PATIENCE = 5, 4_000
Look = Callable[[str], None]
"""What is done at each step, named after it: a picture is taken, or nothing."""


def now(page: Page, step: str) -> None:
    """Wait until /setup shows a step as the one at hand."""
    reads(page, say("setup-now", step=say(f"setup-step-{step}")).replace("**", ""))


def field(page: Page, name: str) -> Locator:
    return frame(page).get_by_role("dialog").locator(f'.modal-field[data-custom-id="{name}"]')


def choose(page: Page, name: str, option: str) -> None:
    """Choose from a menu of the form that is open."""
    field(page, name).get_by_role("combobox").click()
    field(page, name).get_by_role("option", name=re.compile(rf"^{re.escape(option)}")).first.click()


def pick(page: Page, name: str, label: str) -> None:
    """Pick one of the form's radio buttons, and see that it is."""
    radio = field(page, name).get_by_role("radio", name=label)
    expect(radio).to_have_count(1)
    field(page, name).get_by_text(label, exact=True).click()
    expect(radio).to_be_checked()


def send(page: Page) -> None:
    """Send the form that is open; again, as a person would, where the page was busy at that very moment."""
    dialog = frame(page).get_by_role("dialog")
    for _ in range(_TRIES):
        dialog.get_by_role("button", name="Submit").click()
        try:
            dialog.wait_for(state="hidden", timeout=_PATIENCE)
        except TimeoutError:
            continue
        return
    expect(dialog).to_be_hidden()


def again(page: Page) -> None:
    """Type /setup again: it goes on where it was."""
    become(page, "Amira", "lounge")
    run_command(page, "/setup")


def set_up(page: Page, look: Look) -> None:
    """Go through every step."""
    become(page, "Amira")
    run_command(page, "/setup")
    now(page, "answers")
    look("setup-begin")
    press(page, say("setup-press-form"))
    choose(page, "country", "United Kingdom")
    choose(page, "lead", "Dana")
    choose(page, "second", "Ed")
    field(page, "channels").get_by_text(say("setup-channels-make")).click()
    field(page, "zone").get_by_role("textbox").fill("London")
    look("setup-questions")
    send(page)
    reads(page, say("setup-saved-makes").replace("**", ""))
    again(page)
    now(page, "team")
    look("setup-team")
    _team(page)
    _reach(page, look)
    _group(page, look)
    _practice(page, look)


def _team(page: Page) -> None:
    for name, part in (("Fay", "facilitator"), ("Gus", "facilitator"), ("Mo", "moderator"), ("Colin", "coordinator")):
        again(page)
        if name == "Fay":
            press(page, say("setup-press-person"))
            choose(page, "person", name)
            pick(page, "part", say(f"staff-team-{part}"))
            send(page)
        else:
            run_command(page, "/manage team add", {"person": name, "part": part})
        reads(page, f"@{name} is now")


def _reach(page: Page, look: Look) -> None:
    again(page)
    now(page, "reach")
    look("setup-reach")
    become(page, "Dana", "lounge")
    run_command(page, "/oncall test", {"everybody": "True"})
    for name in ("Dana", "Ed", "Mo", "Fay"):
        become(page, name, "Private messages")
        press(page, say("drill-arrived"))
        reads(page, "Now the team knows")


def _group(page: Page, look: Look) -> None:
    again(page)
    now(page, "group")
    look("setup-group")
    press(page, say("setup-press-group"))
    field(page, "name").get_by_role("textbox").fill(GROUP)
    field(page, "about").get_by_role("textbox").fill(ABOUT)
    field(page, "medium").get_by_text(say("staff-group-medium-text")).first.click()
    send(page)
    for name in ("Fay", "Gus"):
        run_command(page, "/manage facilitator add", {"group": GROUP, "person": name})
        reads(page, f"@{name}")
    again(page)
    now(page, "dates")
    look("setup-dates")
    run_command(page, "/manage series add", {"group": GROUP, "weekday": "Tuesday", "time": "19:30"})
    press(page, say("staff-series-confirm"))
    again(page)


def _practice(page: Page, look: Look) -> None:
    now(page, "practice")
    look("setup-practice")
    press(page, say("setup-press-practice"))
    press(page, say("practice-begin"))
    reads(page, "The room is being made.")
    become(page, "Fay", "# room-")
    press(page, say("room-facilitator-here"))
    pass_time(page, "+15 min")
    reads(page, "Welcome to")
    look("setup-practice-room")
    again(page)
    now(page, "drill")
    look("setup-drill")
    become(page, "Dana", "lounge")
    run_command(page, "/drill start")
    press(page, say("drill-start"))
    reads(page, "The practice has begun.")
    again(page)
    reads(page, say("setup-all-done").split("\n")[0].replace("**", "").split(" /doctor")[0])
    look("setup-done")
    expect(channel(page)).to_be_visible()
    run_command(page, "/doctor")
    reads(page, say("doctor-title").replace("**", ""))
    look("setup-doctor")
