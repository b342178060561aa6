"""The stand-in says no as Discord says it: in headers, and in 429s that tell how long and to whom."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bench.line import HandClock, connected
from bench.wire import Wire
from bench.wire.limits import Limits
from bench.wire.world import World
from peerbot.gateway.pacing import Pace


class Asker:
    """Somebody who asks without a library that would wait."""

    def __init__(self, wire: Wire, http: aiohttp.ClientSession) -> None:
        self.wire = wire
        self._http = http

    async def __call__(self, method: str, path: str, body: object = None) -> tuple[int, dict, dict]:
        headers = {"Authorization": f"Bot {self.wire.token}"}
        async with self._http.request(method, self.wire.api_url + path, json=body, headers=headers) as answer:
            shown = await answer.json() if answer.status != 204 else {}
            return answer.status, shown, dict(answer.headers)


@pytest.fixture
async def ask(clock: HandClock) -> AsyncGenerator[Asker]:
    wire = Wire(World(lambda: clock.seconds), Limits(50, lambda: clock.seconds))
    await wire.start()
    async with aiohttp.ClientSession() as http:
        yield Asker(wire, http)
    await wire.close()


async def test_the_fifty_first_request_of_a_second_is_refused_over_all(ask: Asker, clock: HandClock) -> None:
    server = ask.wire.world.add_server("Harbour Street", 8)
    people = [ask.wire.world.add_person(str(each)) for each in range(3)]
    assert [(await ask("GET", "/users/@me"))[0] for _ in range(50)] == [200] * 50
    status, shown, headers = await ask("GET", f"/guilds/{server}/members/{people[0]}")
    assert (status, shown["global"], headers["X-RateLimit-Scope"]) == (429, True, "global")
    assert shown["retry_after"] == pytest.approx(1.0)
    assert ask.wire.limits.refused == {"global": 1}
    clock.seconds += 1
    assert (await ask("GET", "/users/@me"))[0] == 200


async def test_however_much_the_bot_asks_nothing_is_refused_over_all(clock: HandClock, tmp_path: Path) -> None:
    seconds = [0.0]

    async def sleep(wait: float) -> None:
        seconds[0] += wait

    wire = Wire(World(lambda: clock.seconds), Limits(50, lambda: seconds[0]))
    await wire.start()
    server = wire.world.add_server("Harbour Street", 8)
    rooms = [int(wire.world.add_channel(server, str(number))["id"]) for number in range(120)]
    async with connected(wire, tmp_path / "bot.sqlite", clock, Pace(seconds=lambda: seconds[0], sleep=sleep)) as app:
        for room in rooms:
            await app.bot.http.get_channel(room)
    assert wire.limits.refused == {}
    assert seconds[0] > 2
    await wire.close()


async def test_answers_to_people_are_not_counted_over_all(ask: Asker) -> None:
    for _ in range(50):
        await ask("GET", "/users/@me")
    assert (await ask("POST", "/interactions/1/nobody/callback", {"type": 4}))[0] == 404


async def test_a_bucket_tells_what_is_left_and_refuses_what_is_not(ask: Asker, clock: HandClock) -> None:
    server = ask.wire.world.add_server("Harbour Street", 8)
    rooms = [ask.wire.world.add_channel(server, name)["id"] for name in ("one", "two")]
    answers = [await ask("POST", f"/channels/{rooms[0]}/messages", {"content": "x"}) for _ in range(6)]
    assert [status for status, _, _ in answers] == [200] * 5 + [429]
    assert [headers["X-RateLimit-Remaining"] for _, _, headers in answers] == ["4", "3", "2", "1", "0", "0"]
    assert len({headers["X-RateLimit-Bucket"] for _, _, headers in answers}) == 1
    _, shown, headers = answers[-1]
    assert (shown["global"], headers["X-RateLimit-Scope"]) == (False, "user")
    assert float(headers["Retry-After"]) == pytest.approx(5.0)
    assert (await ask("POST", f"/channels/{rooms[1]}/messages", {"content": "x"}))[0] == 200
    clock.seconds += 5
    assert (await ask("POST", f"/channels/{rooms[0]}/messages", {"content": "x"}))[0] == 200
    assert ask.wire.limits.invalid == 1


async def test_a_third_name_in_ten_minutes_is_refused_though_the_bucket_has_room(ask: Asker) -> None:
    server = ask.wire.world.add_server("Harbour Street", 8)
    room = ask.wire.world.add_channel(server, "one")["id"]
    answers = [await ask("PATCH", f"/channels/{room}", {"name": f"n{each}"}) for each in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 429]
    assert int(answers[-1][2]["X-RateLimit-Remaining"]) > 0
    assert answers[-1][1]["retry_after"] == pytest.approx(600)


async def test_a_wrong_token_and_an_unknown_route_are_told_apart(ask: Asker) -> None:
    assert (await ask("GET", "/nothing"))[0] == 404
    assert ask.wire.unknown == ["GET /api/v10/nothing"]
    ask.wire.token = "another"
    real, ask.wire.token = ask.wire.token, "wrong"
    headers = {"Authorization": f"Bot {real}"}
    async with aiohttp.ClientSession() as http, http.get(ask.wire.api_url + "/users/@me", headers=headers) as answer:
        assert answer.status == 401
    assert ask.wire.limits.invalid == 1
