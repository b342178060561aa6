"""The demo's page in a real Chromium, as a person uses it. To try another world, give `SCENE` another value."""

from collections.abc import Callable, Generator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from peerbot.demo.driver import World
from tests.browser.serving import served
from tests.browser.steps import become, channel, composer, frame, ready, run_command
from tests.demo.stand_in import opened

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)


@dataclass(frozen=True)
class Scene:
    """A world, and what somebody does in it."""

    world: Callable[[], AbstractAsyncContextManager[World]]
    person: str
    part: str
    place: str
    command: str
    form: tuple[str, str]
    button: str
    answer: str
    step: str
    appears: str
    other: str
    hidden: str


STAND_IN = Scene(
    world=opened,
    person="Ada",
    part="member",
    place="# welcome",
    command="/book",
    form=("What for?", "a walk"),
    button="Plan it",
    answer="Your room opens in ten minutes.",
    step="+15 min",
    appears="# room-",
    other="Mo",
    hidden="# moderators",
)
SCENE = STAND_IN


@pytest.fixture
def demo_page() -> Generator[str]:
    with served(SCENE.world) as address:
        yield address


@pytest.fixture
def page(browser: Browser, demo_page: str) -> Generator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(demo_page)
        ready(page)
        yield page


def choose_command_to_answer(page: Page) -> None:
    """Go from the command by its form and its button to what is due later."""
    run_command(page, SCENE.command)
    label, value = SCENE.form
    frame(page).get_by_role("textbox", name=label).fill(value)
    frame(page).get_by_role("button", name="Submit").click()
    channel(page).get_by_role("button", name=SCENE.button).click()
    expect(channel(page).get_by_text(SCENE.answer)).to_be_visible()


def test_somebody_uses_the_bot_from_the_command_to_the_room_that_opens(page: Page) -> None:
    become(page, SCENE.person)
    expect(page.locator("#you")).to_have_text(SCENE.person)
    choose_command_to_answer(page)
    expect(page.locator("#due")).to_contain_text("Next due")
    page.get_by_role("button", name=SCENE.step).click()
    room = page.locator("#places").get_by_role("button", name=SCENE.appears)
    expect(room).to_contain_text("1 new")
    expect(page.get_by_role("status")).to_contain_text(f"New here: {SCENE.appears}")
    room.click()
    expect(page.get_by_role("heading", name=f"as {SCENE.person} sees it")).to_contain_text(SCENE.appears)
    ready(page)
    expect(room).to_contain_text("shown")


def test_each_person_is_shown_their_own_channels(page: Page) -> None:
    become(page, SCENE.person)
    expect(page.locator("#places")).not_to_contain_text(SCENE.hidden)
    become(page, SCENE.other)
    page.locator("#places").get_by_role("button", name=SCENE.hidden).click()
    expect(channel(page).get_by_role("heading", level=1)).to_have_text(SCENE.hidden.removeprefix("# "))
    expect(page.locator("#hints li").first).to_be_visible()


def test_the_next_thing_due_is_one_press_away(page: Page) -> None:
    expect(page.get_by_role("button", name="Next thing due")).to_have_attribute("aria-disabled", "true")
    choose_command_to_answer(page)
    page.get_by_role("button", name="Next thing due").click()
    expect(page.locator("#places")).to_contain_text(SCENE.appears)
    expect(page.get_by_role("status")).to_contain_text("It is now")


def test_what_somebody_types_outlives_the_bots_own_posts(page: Page) -> None:
    choose_command_to_answer(page)
    composer(page).fill("half a sen")
    page.get_by_role("button", name=SCENE.step).click()
    expect(page.locator("#places")).to_contain_text(SCENE.appears)
    expect(page.get_by_role("button", name=SCENE.step)).to_be_focused()
    expect(composer(page)).to_have_value("half a sen")
    composer(page).press_sequentially("tence")
    composer(page).press("Enter")
    expect(channel(page).get_by_text("half a sentence", exact=True)).to_be_visible()


def test_pressing_while_time_moves_is_never_refused(page: Page) -> None:
    """Each message meets a beat or a refresh; a lost one would be missing, a refused one told."""
    told: list[str] = []
    page.on("response", lambda answer: told.append(answer.url) if answer.status >= 400 else None)
    for number in range(8):
        ready(page)
        page.get_by_role("button", name="+1 hour").click()
        composer(page).fill(f"message {number}")
        composer(page).press("Enter")
        expect(channel(page).get_by_text(f"message {number}", exact=True)).to_be_visible()
    assert not [url for url in told if "/api/action" in url]
    assert page.locator("#frame").evaluate("frame => frame.contentWindow.simcordPreview.transport.failures") == 0


def test_a_channel_that_was_lost_comes_back_by_itself(page: Page) -> None:
    """As after a phone has slept: Preview has forgotten this page of its."""
    forget = """async frame => {
        const address = new URL(frame.contentWindow.location);
        const id = frame.contentWindow.simcordPreview.contextId;
        const headers = {"X-Simcord-Capability": address.hash.slice(1), "X-Simcord-Context": id};
        await fetch(`/api/pages/${id}`, {method: "DELETE", headers});
        return id;
    }"""
    lost = page.locator("#frame").evaluate(forget)
    page.wait_for_function(
        "lost => { const now = document.getElementById('frame').contentWindow.simcordPreview;"
        " return now && now.authorized && now.contextId !== lost; }",
        arg=lost,
    )
    ready(page)


def test_nothing_is_asked_of_another_machine(browser: Browser, demo_page: str) -> None:
    with browser.new_context() as context:
        asked: set[str | None] = set()
        context.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page = context.new_page()
        page.goto(demo_page)
        ready(page)
        choose_command_to_answer(page)
        assert asked == {"127.0.0.1"}


def test_the_page_says_what_it_is(page: Page) -> None:
    notice = page.get_by_role("banner")
    for words in ("practice world with invented people", "leaves this machine", "not a crisis service"):
        expect(notice).to_contain_text(words)


def test_a_page_whose_world_has_stopped_says_so(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        with served(SCENE.world) as address:
            page.goto(address)
            ready(page)
            expect(page.get_by_role("alert")).to_be_hidden()
        expect(page.get_by_role("alert")).to_contain_text("The practice world has stopped")


def test_the_keyboard_reaches_everything_in_the_order_of_the_page(page: Page) -> None:
    reached: list[str] = []
    page.locator("body").press("Tab")
    expect(page.get_by_role("link", name="Skip to the channel")).to_be_focused()
    page.keyboard.press("Tab")
    while not page.locator("#frame").evaluate("frame => document.activeElement === frame"):
        reached.append(page.evaluate("document.activeElement.closest('[id]')?.id ?? ''"))
        assert len(reached) < 60
        page.keyboard.press("Tab")
    order = list(dict.fromkeys(reached))
    assert [part for part in order if part in {"who", "people", "where", "places", "try", "menus"}] == [
        "who",
        "people",
        "where",
        "places",
        "try",
        "menus",
    ]


def test_every_control_has_a_name_for_a_screen_reader(page: Page) -> None:
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, select, summary, iframe, a")]
            .filter((one) => one.checkVisibility())
            .filter((one) => !(one.textContent.trim() || one.title || one.labels?.length || one.ariaLabel))
            .map((one) => one.outerHTML)"""
    )
    assert nameless == []
    expect(page.locator("#people").get_by_role("button", name=SCENE.person)).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(browser: Browser, demo_page: str, scheme: str) -> None:
    """At least 4.5 to 1, as WCAG 2.2 asks at level AA for text of ordinary size (success criterion 1.4.3)."""
    with browser.new_context(color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        page.goto(demo_page)
        ready(page)
        choose_command_to_answer(page)
        page.get_by_role("button", name=SCENE.step).click()
        expect(page.locator("#places")).to_contain_text("new")
        assert page.evaluate(FAINT) == []


FAINT = """() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a === 1) return colour;
    }
  };
  const light = ({ r, g, b }) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const found = [];
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    if (!own || !one.checkVisibility() || one.closest("[aria-disabled=true], script")) continue;
    const [a, b] = [light(parse(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.push(`${one.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return found;
}"""


def test_the_page_fits_a_phone(browser: Browser, demo_page: str) -> None:
    with browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True) as context:
        page = context.new_page()
        page.goto(demo_page)
        ready(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, summary, select")].filter((one) => one.checkVisibility())
                .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent)"""
        )
        assert small == []
        become(page, SCENE.other)
        expect(page.locator("#people")).to_be_hidden()
        page.locator("#where summary").tap()
        page.locator("#places").get_by_role("button", name=SCENE.hidden).tap()
        expect(page.locator("#places")).to_be_hidden()
        expect(page.locator("#frame")).to_be_in_viewport(ratio=0.8)
