"""Buttons, menus and forms: they work live and after a restart, always answer, and tell nobody's words to the log."""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import simcord
import structlog

from peerbot.engine.actor import Actor
from peerbot.engine.card import Button, Card, Menu, Option
from peerbot.engine.errors import NotAllowed, OldButton
from peerbot.engine.texts import say
from peerbot.gateway import answers, router
from peerbot.gateway.router import Press, on_press
from peerbot.ops import logging as log
from tests.fakes import FakeClock
from tests.gateway.stage import SECRET, Booth, Stage, open_stage

FILLED: dict[str, Any] = {"name": "Tuesday", "medium": "c", "agree": ["a", "c"]}
GONE = {"status": 404, "code": 10062, "message": "Unknown interaction"}


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """The log as an operator reads it, through the real gate."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level, hooks = root.handlers, root.level, (threading.excepthook, sys.unraisablehook)
    raising = logging.raiseExceptions
    log.set_up(bytes(32), FakeClock(), "debug", stream=written)
    logging.captureWarnings(capture=False)
    yield written
    root.handlers, logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    threading.excepthook, sys.unraisablehook = hooks
    structlog.reset_defaults()


async def booth(stage: Stage) -> simcord.ResponseMessage:
    return shown(await stage.mia.slash(stage.lounge, "booth"))


def shown(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """The answer to a person: there is one, and nobody else sees it."""
    answer = result.followups[-1] if result.followups else result.response
    assert answer is not None
    assert answer.ephemeral
    return answer


async def opened(stage: Stage) -> simcord.InteractionResult:
    form = await stage.mia.click(await booth(stage), label="Form")
    assert form.modal is not None
    return form


def in_the_form(form: simcord.InteractionResult) -> dict[str, Any]:
    """What a form shows before anything is typed."""
    assert form.modal is not None
    found: dict[str, Any] = {}
    for part in (row["component"] for row in form.modal["components"] if "component" in row):
        if "options" in part:
            found[part["custom_id"]] = [option["value"] for option in part["options"] if option["default"]]
        elif "default_values" in part:
            found[part["custom_id"]] = [int(one["id"]) for one in part["default_values"]]
        else:
            found[part["custom_id"]] = part.get("value", "")
    return found


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_button_does_what_it_says_live_and_after_a_restart(tmp_path: Path, restarted: bool) -> None:  # noqa: FBT001
    async with open_stage(tmp_path) as stage:
        card = await booth(stage)
        if restarted:
            await stage.restart()
        assert shown(await stage.mia.click(card, label="Press")).content == "Pressed"
        assert stage.heard == [("pressed", ("a1", "b2"), stage.mia.id)]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_form_is_taken_live_and_after_a_restart(tmp_path: Path, restarted: bool) -> None:  # noqa: FBT001
    async with open_stage(tmp_path) as stage:
        form = await opened(stage)
        if restarted:
            await stage.restart()
        sent = await stage.mia.submit_modal(form, {**FILLED, "who": [stage.ada]})
        assert shown(sent).content == "Saved"
        filled = {"name": ("Tuesday",), "medium": ("c",), "agree": ("a", "c"), "who": (str(stage.ada.id),)}
        assert stage.heard == [("saved", ("a1",), filled)]


async def test_what_was_left_empty_in_a_form_has_no_value(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.mia.submit_modal(await opened(stage), {"name": "Tuesday", "medium": "a"})
        [(_, _, filled)] = stage.heard  # type: ignore[misc] - what `Booth.save` heard
        press = Press(None, Actor(1, 2), filled=filled)  # type: ignore[arg-type] - nothing is answered
        assert [press.value(part) for part in ("name", "agree", "who", "nowhere")] == ["Tuesday", "", "", ""]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_form_that_cannot_be_taken_comes_back_filled_in_with_what_was_typed(
    tmp_path: Path,
    restarted: bool,  # noqa: FBT001
) -> None:
    async with open_stage(tmp_path) as stage:
        refused = shown(await stage.mia.submit_modal(await opened(stage), {**FILLED, "name": "no", "who": [stage.ada]}))
        assert say("error-invalid") in refused.content
        if restarted:
            await stage.restart()
        again = await stage.mia.click(refused, label=say("try-again"))
        assert in_the_form(again) == {"name": "no", "medium": ["c"], "agree": ["a", "c"], "who": [stage.ada.id]}
        assert again.modal is not None
        assert again.modal["custom_id"] == "pb:booth.save:a1"
        assert shown(await stage.mia.submit_modal(again, FILLED)).content == "Saved"


async def test_a_menu_tells_what_was_chosen(tmp_path: Path) -> None:
    class Chooser(Booth):
        @on_press("booth.press")
        async def press(self, press: Press) -> None:
            options = (Option("x", "X"), Option("y", "Y"))
            await answers.show(press.interaction, Card("Choose", (Menu("booth.choose", "Which?", options),)))

    async with open_stage(tmp_path, menus=lambda heard: [Chooser(heard)]) as stage:
        menu = shown(await stage.mia.click(await booth(stage), label="Press"))
        assert shown(await stage.mia.select(menu, ["y"])).content == "Chosen"
        assert stage.heard == [("chosen", ("y",))]


async def test_who_asks_is_what_discord_says_at_this_moment(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.mia.slash(stage.lounge, "refuse")
        await stage.ada.slash(stage.lounge, "refuse")
        mia, ada = stage.heard
        assert isinstance(mia, Actor)
        assert isinstance(ada, Actor)
        assert (mia.user_id, mia.server_id, mia.manages_server) == (stage.mia.id, stage.guild.id, False)
        assert (ada.user_id, ada.manages_server, ada.moderates_members) == (stage.ada.id, True, False)
        assert stage.guild.roles["boss"].id in ada.role_ids
        await stage.mia.user.slash("refuse")
        private = stage.heard[-1]
        assert isinstance(private, Actor)
        assert (private.server_id, private.manages_server, private.role_ids) == (None, False, frozenset())


async def test_a_button_of_an_older_version_is_answered_kindly(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        for label in ("Old", "Short"):  # no such action; made without its argument
            old = shown(await stage.mia.click(await booth(stage), label=label))
            assert old.content == say("error-old-button")


async def test_a_form_of_an_older_version_is_answered_kindly(tmp_path: Path) -> None:
    class Newer(Booth):
        def routes(self) -> Iterator[tuple[str, Any]]:
            return (route for route in super().routes() if route[0] != "booth.save")

        def forms(self) -> Iterator[tuple[str, Any]]:
            return iter(())

    async with open_stage(tmp_path) as stage:
        refused = shown(await stage.mia.submit_modal(await opened(stage), {**FILLED, "name": "no"}))
        form = await opened(stage)
        stage.parts.menus = lambda heard: [Newer(heard)]
        await stage.restart()
        assert shown(await stage.mia.submit_modal(form, FILLED)).content == say("error-old-button")
        assert shown(await stage.mia.click(refused, label=say("try-again"))).content == say("error-old-button")


async def test_a_refusal_is_told_wherever_it_comes_from(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        by_button = await stage.mia.click(await booth(stage), label="No")
        by_command = await stage.mia.slash(stage.lounge, "refuse")
        assert shown(by_button).content == shown(by_command).content == say(NotAllowed.text)


async def test_a_defect_is_told_plainly_and_the_log_learns_no_words(tmp_path: Path, log_lines: io.StringIO) -> None:
    async with open_stage(tmp_path) as stage:
        by_button = await stage.mia.click(await booth(stage), label="Crash")
        by_command = await stage.mia.slash(stage.lounge, "crash")
        by_form = await stage.mia.submit_modal(await opened(stage), {**FILLED, "name": SECRET})
        for result in (by_button, by_command, by_form):
            assert shown(result).content == say("error-unexpected")
        written = log_lines.getvalue()
        assert written.count("entry failed") == 3
        for entry in ("booth.crash", "crash", "booth.save"):
            assert f"entry={entry} " in written
        assert "error=ValueError" in written
        assert SECRET not in written
        assert str(stage.mia.id) not in written


async def test_an_interaction_that_is_gone_stands_and_its_news_goes_elsewhere(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        card = await booth(stage)
        stage.env.inject_error("POST", "/interactions/*/callback", **GONE)
        await stage.mia.click(card, label="Press")
        stage.env.inject_error("POST", "/interactions/*/callback", **GONE)
        await stage.mia.slash(stage.lounge, "booth")
        assert stage.heard == [("pressed", ("a1", "b2"), stage.mia.id)]
        assert [(one.server_id, one.user_id) for one in stage.gone] == [(stage.guild.id, stage.mia.id)] * 2


@pytest.mark.parametrize("fault", [GONE, {"status": 502}, {"status": 403, "code": 50001}])
@pytest.mark.parametrize("label", ["No", "Crash"])
async def test_what_cannot_be_answered_at_all_ends_in_the_log_and_nowhere_else(
    tmp_path: Path, label: str, fault: dict[str, Any], log_lines: io.StringIO
) -> None:
    async with open_stage(tmp_path) as stage:
        card = await booth(stage)
        stage.env.inject_error("POST", "/interactions/*/callback", times=None, **fault)
        await stage.mia.click(card, label=label)
        assert "answer not given" in log_lines.getvalue()
        assert not stage.gone


async def test_an_answer_that_failed_is_given_again(tmp_path: Path, log_lines: io.StringIO) -> None:
    async with open_stage(tmp_path) as stage:
        card = await booth(stage)
        stage.env.inject_error("POST", "/interactions/*/callback", status=500)
        assert shown(await stage.mia.click(card, label="Press")).content == "Pressed"


async def test_an_answer_that_was_refused_is_followed_by_the_plain_truth(
    tmp_path: Path, log_lines: io.StringIO
) -> None:
    async with open_stage(tmp_path) as stage:
        card = await booth(stage)
        stage.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035)
        assert shown(await stage.mia.click(card, label="Press")).content == say("error-unexpected")


async def test_an_answer_that_discord_has_already_is_no_failure(tmp_path: Path, log_lines: io.StringIO) -> None:
    async with open_stage(tmp_path) as stage:
        card = await booth(stage)
        stage.env.inject_error("POST", "/interactions/*/callback", status=400, code=40060)
        await stage.mia.click(card, label="Press")
        assert "entry failed" not in log_lines.getvalue()


async def test_a_private_message_changes_when_pressed_and_a_public_one_stays(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        card = await booth(stage)
        await stage.mia.click(card, label="Press")
        assert card.content == "Pressed"
        await stage.post("k", n="public")
        await stage.settle()
        [public] = stage.lounge.history()
        answer = shown(await stage.mia.click(public, label="Press"))
        assert (answer.content, stage.posts()) == ("Pressed", ["Post public"])


async def test_two_methods_for_one_action_are_a_defect(tmp_path: Path) -> None:
    class Twice(Booth):
        @on_press("booth.press")
        async def another(self, press: Press) -> None:
            raise OldButton

    with pytest.raises(ValueError, match=r"booth\.press"):
        router.Router().add(Twice([]))


async def test_nothing_that_is_not_ours_is_answered_as_ours(tmp_path: Path) -> None:
    assert router.filled_in({}) == {}
    assert router.filled_in({"components": [{"type": 10}, {"component": {"type": 10}}]}) == {}
    parts = [{"component": {"custom_id": "a", "value": "x"}}, {"component": {"custom_id": "b", "values": []}}]
    empty = [{"component": {"custom_id": "c", "value": None}}]
    assert router.filled_in({"components": parts + empty}) == {"a": ("x",), "b": (), "c": ()}


def test_a_button_names_its_card_s_action() -> None:
    assert Button("booth.press", "Press").args == ()
