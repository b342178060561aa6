"""One wish is one request: against a server of our own that fails as Discord does."""

import asyncio
import json
from collections.abc import AsyncGenerator

import aiohttp
import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.http import HTTPClient, Route

from peerbot.gateway import http
from peerbot.gateway.bot import PeerBot
from peerbot.gateway.http import UncertainResponse
from peerbot.gateway.pacing import Pace
from peerbot.gateway.tally import Tally


class Failing:
    """Answers the first calls with a status, and then with what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.statuses: list[int] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path}")
        status = self.statuses.pop(0) if self.statuses else 200
        if status != 200:
            return web.Response(status=status, text="<html>" + "bad gateway " * 20_000, content_type="text/html")
        found = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "name": "room"}
        return web.Response(body=json.dumps(found).encode(), content_type="application/json")


@pytest.fixture
async def discord_api(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Failing]:
    failing = Failing()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", failing.answer)
    really = asyncio.sleep
    async with TestServer(app) as server:
        monkeypatch.setattr(Route, "BASE", str(server.make_url("")).rstrip("/"))
        # discord.py sleeps between its repeats.
        monkeypatch.setattr("discord.http.asyncio.sleep", lambda _seconds: really(0))
        yield failing


@pytest.fixture
async def client(discord_api: Failing) -> AsyncGenerator[PeerBot]:
    async def nothing(*_: object) -> None:
        return None

    does = dict.fromkeys(("on_direct_message", "on_ban", "on_voice", "on_gone"), nothing)
    bot = PeerBot([], **does, notes=(nothing, nothing))
    async with bot:
        await bot.http.static_login("not a token")
        del discord_api.asked[:]
        yield bot


@pytest.mark.parametrize("status", [500, 502, 504, 524])
async def test_a_post_that_ends_in_doubt_is_sent_exactly_once(
    discord_api: Failing, client: PeerBot, status: int
) -> None:
    discord_api.statuses = [status] * 5
    with pytest.raises(UncertainResponse, match=str(status)):
        await client.http.create_channel(7, 0, name="room-7f3a9c")
    assert discord_api.asked == ["POST /guilds/7/channels"]


async def test_the_next_post_goes_through_after_one_that_ended_in_doubt(discord_api: Failing, client: PeerBot) -> None:
    discord_api.statuses = [502]
    with pytest.raises(UncertainResponse):
        await client.http.create_channel(7, 0, name="room-7f3a9c")
    async with asyncio.timeout(5):
        made = await client.http.create_channel(7, 0, name="room-7f3a9c")
    assert made["name"] == "room"
    assert len(discord_api.asked) == 2


async def test_a_get_is_repeated_by_discord_py(discord_api: Failing, client: PeerBot) -> None:
    discord_api.statuses = [502, 500]
    assert (await client.http.get_channel(5))["name"] == "room"
    assert discord_api.asked == ["GET /channels/5"] * 3


async def test_without_the_trace_discord_py_would_make_five_rooms(discord_api: Failing) -> None:
    """Why the trace is there. When this fails, discord.py has changed, and the trace can perhaps go."""
    client = HTTPClient(asyncio.get_running_loop())
    await client.static_login("not a token")
    del discord_api.asked[:]
    discord_api.statuses = [502] * 5
    with pytest.raises(discord.DiscordServerError):
        await client.create_channel(7, 0, name="room-7f3a9c")
    assert discord_api.asked == ["POST /guilds/7/channels"] * 5
    await client.close()


@pytest.mark.parametrize(
    ("method", "status", "ends"),
    [("POST", 503, False), ("POST", 400, False), ("PUT", 502, False), ("DELETE", 502, False), ("POST", 502, True)],
)
async def test_only_a_post_that_discord_py_would_repeat_is_ended(
    discord_api: Failing,
    method: str,
    status: int,
    ends: bool,  # noqa: FBT001
) -> None:
    discord_api.statuses = [status]
    async with aiohttp.ClientSession(trace_configs=[http.trace(Pace(), Tally())]) as session:
        try:
            async with session.request(method, Route.BASE) as response:
                assert response.status == status
            ended = False
        except UncertainResponse:
            ended = True
        assert ended is ends
        connector = session.connector
        assert connector is not None
        assert not connector._acquired, "a connection was not given back"


@pytest.mark.parametrize(("path", "counts"), [("/channels/1/messages", True), ("/interactions/1/x/callback", False)])
async def test_each_request_waits_at_the_door_but_for_answers_to_people(
    discord_api: Failing,
    path: str,
    counts: bool,  # noqa: FBT001
) -> None:
    seconds, waited = [100.0], list[float]()

    async def sleep(wait: float) -> None:
        waited.append(wait)
        seconds[0] += wait

    pace = Pace(seconds=lambda: seconds[0], sleep=sleep)
    async with aiohttp.ClientSession(trace_configs=[http.trace(pace, Tally())]) as session:
        for _ in range(51):
            async with session.post(Route.BASE + path) as response:
                assert response.status == 200
    assert bool(waited) is counts
