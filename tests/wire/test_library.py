"""What discord.py 2.7.1 does that we work around. When an upgrade turns one red, look whether we still need to.

Others of its kind stand beside what works around them: `tests/gateway/test_http.py` (a POST repeated), `test_memory.py`
(views kept, ids taken for a member's), `test_ticker.py` (APScheduler's own defaults), `tests/wire/test_hidden.py`
(channels whose name is kept from us), `tests/engine/test_database.py` (a caller cancelled, SQLite's versions).
"""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import MultipartParameters
from discord.utils import MISSING
from discord.webhook.async_ import AsyncWebhookAdapter

from bench.wire import Wire
from bench.wire.faults import ALWAYS, Fault, Mode
from bench.wire.limits import Limits
from peerbot.gateway import endpoint

Slept = list[float]


@pytest.fixture
async def client(wire: Wire, server: int) -> AsyncGenerator[discord.Client]:
    """A bot of discord.py's own, logged in and not connected."""
    endpoint.use(wire.api_url, wire.gateway_url)
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(wire.token)
        yield client


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> Slept:
    """For how long it wanted to sleep; it does not."""
    really, slept = asyncio.sleep, Slept()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await really(0)

    monkeypatch.setattr("discord.http.asyncio.sleep", sleep)
    return slept


@pytest.fixture
def lounge(wire: Wire, server: int) -> int:
    return int(next(iter(wire.world.channels_of(server)))["id"])


# The sender counts a call that takes long as unknown, and looks for what it made: gateway/sender.py.
async def test_the_message_that_takes_the_last_of_a_bucket_returns_only_when_it_is_full_again(
    client: discord.Client, wire: Wire, lounge: int, slept: Slept
) -> None:
    wire.limits = Limits()
    place = client.get_partial_messageable(lounge)
    for _ in range(4):
        await place.send("x")
    assert slept == []
    await place.send("x")
    assert slept == [pytest.approx(5, abs=1)]


# Nothing of ours is ever renamed. A longer wait than 30 seconds comes back to the outbox: gateway/bot.py.
async def test_a_limit_within_a_limit_is_slept_through_inside_the_call(
    client: discord.Client, wire: Wire, lounge: int, slept: Slept
) -> None:
    wire.limits = Limits()
    for number in range(2):
        await client.http.edit_channel(lounge, name=f"n{number}")
    with pytest.raises(discord.HTTPException):
        await client.http.edit_channel(lounge, name="n2")
    assert max(slept) > 590


# Each intent has its nonce, so that its repeat is one message: gateway/carriers.py.
async def test_every_nonce_is_enforced(client: discord.Client, wire: Wire, lounge: int) -> None:
    place = client.get_partial_messageable(lounge)
    assert (await place.send("x", nonce="7")).id == (await place.send("x", nonce="7")).id


# Answers are tried three times, each for as long as we say: gateway/answers.py.
async def test_an_answer_to_an_interaction_is_repeated_five_times_whatever_fault_discord_has(
    client: discord.Client, wire: Wire, slept: Slept
) -> None:
    wire.faults.add(Fault(Mode.STATUS, "/callback", status=503, times=ALWAYS))
    before = len(wire.calls)
    async with aiohttp.ClientSession() as session:
        answer = AsyncWebhookAdapter().create_interaction_response(
            1, "token", session=session, params=MultipartParameters({"type": 5}, None, None)
        )
        with pytest.raises(discord.DiscordServerError):
            await answer
    assert len(wire.calls) - before == 5


async def _hanging(client: discord.Client, wire: Wire, lounge: int) -> asyncio.Task[Any]:
    """Begin a call that gets no answer, and wait until it is there."""
    wire.faults.add(hang := Fault(Mode.HANG, "GET /channels/{channel_id}"))
    call = asyncio.create_task(client.http.get_channel(lounge))
    while hang.times:  # noqa: ASYNC110 - what is waited for happens in the stand-in
        await asyncio.sleep(0)
    return call


# Every call of ours has a limit of its own: LONGEST_CALL, gateway/sender.py.
async def test_a_call_may_take_five_minutes(client: discord.Client) -> None:
    assert getattr(client.http, "_HTTPClient__session").timeout.total == 300  # noqa: B009 - its name is its own


async def test_a_call_that_is_cancelled_leaves_its_bucket_usable(
    client: discord.Client, wire: Wire, lounge: int
) -> None:
    wire.limits = Limits()
    call = await _hanging(client, wire, lounge)
    call.cancel()
    assert int((await client.http.get_channel(lounge))["id"]) == lounge


# What is under way is let end, or looked for at the next start: ops/ending.py.
async def test_closing_breaks_what_is_under_way(client: discord.Client, wire: Wire, lounge: int) -> None:
    call = await _hanging(client, wire, lounge)
    await client.close()
    with pytest.raises((aiohttp.ClientError, asyncio.CancelledError)):
        await call


# Libraries' loggers are never below INFO, and nothing of theirs is written as it came: ops/logging.py.
async def test_at_debug_it_logs_what_is_written(
    client: discord.Client, lounge: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "discord.http"):
        await client.get_partial_messageable(lounge).send("nobody may read this")
    assert "nobody may read this" in caplog.text


class _Numbered(discord.ui.DynamicItem[discord.ui.Button], template=r"n:\d+"):
    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label="n", custom_id="n:1"))


# Buttons are routed by their custom_id alone, with no view behind them: gateway/router.py.
def _registered(client: discord.Client) -> bool:
    return bool(client._connection._view_store._dynamic_items)


@pytest.mark.parametrize("mixed", [True, False])
async def test_a_view_that_goes_takes_the_patterns_of_all_its_kind_along(
    client: discord.Client, *, mixed: bool
) -> None:
    client.add_dynamic_items(_Numbered)
    view = discord.ui.View(timeout=None)
    view.add_item(_Numbered())
    if mixed:
        view.add_item(discord.ui.Button(label="m", custom_id="m"))
    store = client._connection._view_store
    store.add_view(view)
    assert _registered(client)
    store.remove_view(view)
    assert _registered(client) is not mixed


# Forms are routed like buttons: a restart loses no text that somebody was writing.
async def test_a_form_it_does_not_know_is_discarded(client: discord.Client, caplog: pytest.LogCaptureFixture) -> None:
    anything: Any = SimpleNamespace()
    with caplog.at_level(logging.DEBUG, "discord.ui.view"):
        client._connection._view_store.dispatch_modal("from before the restart", anything, [], anything)
    assert "Discarding" in caplog.text


# The tree of ours answers whatever went wrong: gateway/bot.py.
async def test_a_fault_before_a_command_reaches_no_handler_of_errors(client: discord.Client) -> None:
    heard: list[Exception] = []

    class Tree(app_commands.CommandTree):
        async def interaction_check(self, interaction: discord.Interaction) -> bool:
            raise ValueError

        async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
            heard.append(error)

    before = asyncio.all_tasks()
    pressed: Any = SimpleNamespace()
    Tree(client)._from_interaction(pressed)
    (task,) = asyncio.all_tasks() - before
    await asyncio.wait({task})
    assert isinstance(task.exception(), ValueError)
    assert heard == []


# Hidden is known by the name alone: gateway/access.py.
def test_a_channel_has_no_flags_that_say_it_is_hidden() -> None:
    assert not hasattr(discord.TextChannel, "flags")


def _connecting(how: Callable[[], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def connect(*_: object, **_more: object) -> None:
        await how()

    return connect


# The process ends and is started again: the unit and the container say so. On Linux the number is another.
async def test_a_first_connection_that_is_reset_ends_in_a_fault_of_its_own(
    client: discord.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reset() -> None:
        raise OSError(54, "reset")

    monkeypatch.setattr(DiscordWebSocket, "from_client", _connecting(reset))
    with pytest.raises(AttributeError):
        await client.connect()


class Refusing(discord.Client):
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        raise PermissionError


# The line is hung up: gateway/bot.py, `_hang_up`.
async def test_a_hook_that_refuses_a_session_leaves_the_line_open_and_beating(wire: Wire, server: int) -> None:
    endpoint.use(wire.api_url, wire.gateway_url)
    async with Refusing(intents=discord.Intents.none()) as client:
        await client.login(wire.token)
        with pytest.raises(PermissionError):
            await DiscordWebSocket.from_client(client)
        beating = [each for each in threading.enumerate() if isinstance(each, KeepAliveHandler)]
        open_lines = [each.ws for each in beating if not each._stop_ev.is_set()]
        assert len(open_lines) == 1
        await open_lines[0].close()


# What still waits for servers is ended before: gateway/bot.py, `close`.
async def test_a_closed_client_has_no_loop_to_tell_anybody_of_anything(client: discord.Client) -> None:
    await client.close()
    assert client.loop is MISSING
