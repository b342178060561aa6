"""Two stand-ins for one Discord: where both can answer, they answer the same, and the bot says the same on both."""

from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from simcord.backend.errors import BackendError
from simcord.http import router

from bench.wire import Wire
from bench.wire.people import Person, labels
from peerbot.app import App
from peerbot.demo import acts
from peerbot.demo.cast import Cast
from peerbot.demo.world import World, open_world

VIEW, SEND = 1 << 10, 1 << 11
HIDDEN = {"type": 0, "allow": "0", "deny": str(VIEW)}
SHOWN = ("name", "type", "content", "parent_id", "username", "deny", "allow")
"""What of an answer the bot reads, apart from ids, which differ."""


class Both:
    """The same server twice: `sim` in this process, `wire` behind a socket. Names stand for ids in paths and bodies."""

    def __init__(self, world: World, wire: Wire, server: int, http: aiohttp.ClientSession) -> None:
        self.world = world
        self.wire = wire
        self._http = http
        everyone = {"GUILD": (world.guild.id, server)}
        self.ids: dict[str, tuple[int, int]] = everyone
        olu = Cast(world).olu
        person = Person.new(wire, "Olu", server)
        self.ids["OLU"] = (olu.actor.user.id, person.id)
        self.ids["BOT"] = (world.env.backend.bot_user.id, int(wire.world.bot["id"]))
        self.ids["LOUNGE"] = (world.lounge.id, next(int(c["id"]) for c in wire.world.channels.values()))
        self.ids["NOBODY"] = (123456, 123456)

    def _filled(self, text: str, side: int) -> str:
        for name, ids in self.ids.items():
            text = text.replace(name, str(ids[side]))
        return text

    def _body(self, body: Mapping[str, Any] | None, side: int) -> dict[str, Any] | None:
        if body is None:
            return None
        return {
            key: self._filled(value, side)
            if isinstance(value, str)
            else [self._body(each, side) for each in value]
            if isinstance(value, list)
            else value
            for key, value in body.items()
        }

    def sim(self, method: str, path: str, body: Mapping[str, Any] | None) -> tuple[int, Any]:
        backend = self.world.env.backend
        try:
            answer = router.dispatch(backend, method, self._filled(path, 0), json=self._body(body, 0))
        except BackendError as error:
            return error.code, None
        return 0, answer

    async def real(self, method: str, path: str, body: Mapping[str, Any] | None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {self.wire.token}"}
        url = self.wire.api_url + self._filled(path, 1)
        async with self._http.request(method, url, json=self._body(body, 1), headers=headers) as answer:
            shown = await answer.json() if answer.status != 204 else None
            return (shown["code"], None) if shown is not None and answer.status >= 400 else (0, shown)

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, keep: str = "") -> int:
        """Ask both, hold their answers against each other, and return Discord's code; `keep` names what was made."""
        (code, one), (other_code, other) = self.sim(method, path, body), await self.real(method, path, body)
        assert code == other_code, (method, path)
        assert self._shown(one) == self._shown(other), (method, path)
        if keep:
            self.ids[keep] = (int(one["id"]), int(other["id"]))
        return code

    def _shown(self, answer: object) -> object:
        if isinstance(answer, list):
            return sorted((self._shown(each) for each in answer), key=str)
        if not isinstance(answer, dict):
            return None
        names = {str(each): name for name, ids in self.ids.items() for each in ids}
        told: dict[str, object] = {
            key: names.get(str(answer[key]), answer[key]) for key in SHOWN if answer.get(key) is not None
        }
        overwrites = answer.get("permission_overwrites")
        if overwrites is not None:
            told["overwrites"] = sorted(
                (names.get(each["id"], each["id"]), int(each["allow"]), int(each["deny"])) for each in overwrites
            )
        return told


@pytest.fixture
async def both(wire: Wire, server: int, tmp_path: Path) -> AsyncGenerator[Both]:
    async with open_world(tmp_path) as world, aiohttp.ClientSession() as http:
        yield Both(world, wire, server, http)


async def test_a_room_lives_the_same_life(both: Both) -> None:
    overwrites = [
        {"id": "GUILD", **HIDDEN},
        {"id": "BOT", "type": 1, "allow": str(VIEW | SEND | 1 << 4), "deny": "0"},
        {"id": "OLU", "type": 1, "allow": str(VIEW), "deny": str(SEND)},
    ]
    made = {"name": "room-7f3a9c", "type": 0, "permission_overwrites": overwrites}
    assert await both.ask("POST", "/guilds/GUILD/channels", {"name": "Meeting rooms", "type": 4}, keep="PARENT") == 0
    assert await both.ask("POST", "/guilds/GUILD/channels", {**made, "parent_id": "PARENT"}, keep="ROOM") == 0
    assert await both.ask("GET", "/channels/ROOM") == 0
    assert await both.ask("GET", "/guilds/GUILD/channels") == 0
    said = {"content": "Hello", "allowed_mentions": {"parse": []}}
    assert await both.ask("POST", "/channels/ROOM/messages", said, keep="MESSAGE") == 0
    assert await both.ask("GET", "/channels/ROOM/messages/MESSAGE") == 0
    assert await both.ask("GET", "/channels/ROOM/messages") == 0
    allowed = {"type": 1, "allow": str(VIEW | SEND), "deny": "0"}
    assert await both.ask("PUT", "/channels/ROOM/permissions/OLU", allowed) == 0
    assert await both.ask("GET", "/channels/ROOM") == 0
    assert await both.ask("DELETE", "/channels/ROOM/permissions/OLU") == 0
    assert await both.ask("GET", "/channels/ROOM") == 0
    assert await both.ask("DELETE", "/channels/ROOM/messages/MESSAGE") == 0
    assert await both.ask("DELETE", "/channels/ROOM") == 0


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("GET", "/channels/NOBODY", None, 10003),
        ("DELETE", "/channels/NOBODY", None, 10003),
        ("GET", "/channels/LOUNGE/messages/NOBODY", None, 10008),
        ("DELETE", "/channels/LOUNGE/messages/NOBODY", None, 10008),
        ("GET", "/guilds/GUILD/members/NOBODY", None, 10007),
        ("GET", "/guilds/NOBODY/channels", None, 10004),
        ("PATCH", "/guilds/GUILD/members/OLU", {"channel_id": None}, 40032),
    ],
)
async def test_what_cannot_be_is_refused_with_the_same_code(
    both: Both, method: str, path: str, body: Mapping[str, Any] | None, code: int
) -> None:
    assert await both.ask(method, path, body) == code


async def test_people_and_their_messages_are_the_same(both: Both) -> None:
    assert await both.ask("GET", "/guilds/GUILD/members/OLU") == 0
    assert await both.ask("POST", "/users/@me/channels", {"recipient_id": "OLU"}, keep="DM") == 0
    assert await both.ask("POST", "/channels/DM/messages", {"content": "hello"}) == 0
    assert await both.ask("GET", "/channels/DM/messages") == 0


@pytest.mark.parametrize(
    "command", ["help-now", "group find", "group mine", "oncall now", "my-data show", "meeting next"]
)
async def test_the_bot_says_the_same_on_both(app: App, wire: Wire, server: int, tmp_path: Path, command: str) -> None:
    olu = Person.new(wire, "Olu", server)
    asked = await olu.types(command)
    (tmp_path / "sim").mkdir()
    async with open_world(tmp_path / "sim") as world:
        shown = await acts.types(world, Cast(world).olu, command)
        assert shown.response is not None
        assert shown.response.content == asked.text
        buttons = [item["label"] for row in shown.response.components for item in row["components"] if "label" in item]
        assert [each for each in buttons if each] == labels(asked.message or {})


async def test_it_refuses_what_discord_refuses_and_simcord_lets_pass(both: Both) -> None:
    beyond = [{"id": "OLU", "type": 1, "allow": str(1 << 3), "deny": "0"}]
    made = {"name": "x", "type": 0, "permission_overwrites": beyond}
    assert await both.real("POST", "/guilds/GUILD/channels", made) == (50013, None)
    assert await both.real("POST", "/channels/LOUNGE/messages", {"content": ""}) == (50006, None)
