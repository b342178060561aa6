"""The demo's page without a browser: what it answers, and that nobody ever meets SimCord's locks."""

import asyncio
import json
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any

import discord
import pytest
from aiohttp import ClientConnectorError, ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from peerbot.demo.driver import Driver, Taken
from peerbot.demo.page import Page, open_page
from tests.demo.stand_in import ROOM_AFTER, StandInWorld, opened

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def world() -> AsyncGenerator[StandInWorld]:
    async with opened() as world:
        yield world


@pytest.fixture
def driver(world: StandInWorld) -> Driver:
    now = world.env.now()
    return Driver(world, real=lambda: now)


class Visitor:
    """What a browser does with the page, and what Preview's own script does in its frame."""

    def __init__(self, page: Page, client: TestClient[Any, Any]) -> None:
        self.page = page
        self.client = client
        self._sequence = 0

    async def state(self) -> dict[str, Any]:
        return await (await self.client.get("/demo/state")).json()

    async def post(self, path: str, **body: object) -> dict[str, Any]:
        answer = await self.client.post(path, json=body)
        assert answer.status == 200
        return await answer.json()

    async def open_frame(self) -> dict[str, Any]:
        """Load the frame, as its script would, and return the channel as it is shown."""
        self._sequence = 0
        self._headers = {"X-Simcord-Capability": (await self.state())["frame"].partition("#")[2]}
        self.shown = await (await self.client.post("/api/pages", json={}, headers=self._headers)).json()
        self._headers["X-Simcord-Context"] = self.shown["context"]["id"]
        return self.shown

    async def read(self) -> dict[str, Any]:
        self.shown = await (await self.client.get("/api/state", headers=self._headers)).json()
        return self.shown

    async def act(self, kind: str, **extra: object) -> dict[str, Any]:
        """Do something in the channel as it was last shown, which may be behind what it is."""
        self._sequence += 1
        envelope = {
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"request-{self._sequence}",
            "generation": self.shown["context"]["generation"],
            "bot_generation": self.shown["botGeneration"],
            "published_revision": self.shown["publishedRevision"],
            "kind": kind,
        }
        answer = await self.client.post("/api/action", json=envelope | extra, headers=self._headers)
        assert answer.status == 200
        return await answer.json()

    async def command(self, name: str) -> dict[str, Any]:
        catalog = await (await self.client.get("/api/commands", headers=self._headers)).json()
        entry = next(entry for entry in catalog["entries"] if entry["invocation"] == name)
        return await self.act(
            "run_command",
            command_id=entry["commandId"],
            path=entry["path"],
            schema_fingerprint=entry["schemaFingerprint"],
            options={},
        )

    def texts(self) -> list[str]:
        return [self.shown["messages"][key]["content"] for key in self.shown["timeline"]]


@pytest.fixture
async def visitor(world: StandInWorld, driver: Driver) -> AsyncGenerator[Visitor]:
    page = Page(world, driver)
    async with TestClient(TestServer(page.app())) as client:
        yield Visitor(page, client)
    await page.close()


def place(state: dict[str, Any], label: str) -> dict[str, Any]:
    return next(one for one in state["places"] if one["label"].startswith(label))


# Who sees what


async def test_nobody_is_shown_a_channel_that_is_closed_to_them(visitor: Visitor, world: StandInWorld) -> None:
    state = await visitor.post("/demo/look", person="ada", place=str(world.staff.id))
    assert state["place"] == str(world.welcome.id)
    assert (await visitor.open_frame())["channel"]["name"] == "welcome"


async def test_somebody_else_looks_at_the_same_channel_where_they_can(visitor: Visitor, world: StandInWorld) -> None:
    await visitor.post("/demo/look", person="mo", place=str(world.staff.id))
    assert (await visitor.open_frame())["channel"]["name"] == "moderators"
    before = (await visitor.state())["frame"].partition("#")[0]
    assert (await visitor.post("/demo/look", person="ben"))["place"] == str(world.welcome.id)
    assert (await visitor.open_frame())["viewerId"] == str(world.people[1].actor.id)
    assert (await visitor.state())["frame"].partition("#")[0] != before


async def test_a_person_nobody_has_heard_of_is_refused(visitor: Visitor) -> None:
    answer = await visitor.client.post("/demo/look", json={"person": "nobody"})
    assert answer.status == 409


# The page


async def test_the_state_tells_all_that_the_page_draws(visitor: Visitor, world: StandInWorld) -> None:
    world.plan(world.people[0].actor.id)
    state = await visitor.state()
    assert datetime.fromisoformat(state["now"]) == world.env.now()
    assert datetime.fromisoformat(state["next_due"]) == world.env.now() + ROOM_AFTER
    assert state["zone"] == "Europe/London"
    assert state["people"][2] | {"hints": ()} == {"key": "mo", "name": "Mo", "part": "moderator", "hints": ()}
    assert (state["person"], state["voice"], state["menus"]) == ("ada", None, ["Raise a concern"])


async def test_the_page_can_show_the_channel_in_a_frame_and_no_other_site_can(visitor: Visitor) -> None:
    address = (await visitor.state())["frame"]
    answer = await visitor.client.get(address.partition("#")[0])
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "/demo/frame.css" in await answer.text()


async def test_the_frame_loads_its_fonts_once_and_everything_else_anew(visitor: Visitor) -> None:
    await visitor.state()
    font = await visitor.client.get("/fonts/noto-sans-latin-v2.015.ttf")
    assert (font.status, font.headers["Cache-Control"], "Pragma" in font.headers) == (200, "max-age=86400", False)
    assert (await visitor.client.get("/app.js")).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}])
async def test_another_site_open_in_the_same_browser_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    assert (await visitor.client.get("/demo/state", headers=headers)).status == 403
    assert (await visitor.client.post("/demo/time", json={"minutes": 1}, headers=headers)).status == 403


@pytest.mark.parametrize("body", ["[]", "no JSON", '{"minutes": 0}', '{"minutes": "1"}', '{"minutes": 99999}'])
async def test_a_step_that_is_no_step_is_refused(visitor: Visitor, driver: Driver, body: str) -> None:
    before = driver.now
    assert (await visitor.client.post("/demo/time", data=body)).status == 400
    assert driver.now == before


async def test_time_moves_by_what_was_pressed(visitor: Visitor, driver: Driver) -> None:
    before = driver.now
    state = await visitor.post("/demo/time", minutes=15)
    assert datetime.fromisoformat(state["now"]) == driver.now == before + 15 * MINUTE


async def test_what_the_bot_does_later_is_shown_and_counted_as_new(visitor: Visitor, world: StandInWorld) -> None:
    await visitor.open_frame()
    world.plan(world.people[0].actor.id)
    state = await visitor.post("/demo/time")
    assert place(state, "room")["new"] == 1
    private = place(state, world.env.backend.bot_user.name)
    assert private["new"] == 1
    await visitor.post("/demo/look", person="ada", place=private["key"])
    await visitor.open_frame()
    assert visitor.texts() == ["Your room is open."]
    assert place(await visitor.state(), world.env.backend.bot_user.name)["new"] == 0
    assert place(await visitor.post("/demo/look", person="mo"), "room")["new"] == 1


async def test_what_somebody_wrote_is_new_to_all_but_themselves(visitor: Visitor, world: StandInWorld) -> None:
    ada, ben, _ = world.people
    await ben.actor.send(world.welcome, "hello")
    private = world.places(ben)[-1].key
    assert place(await visitor.post("/demo/look", person="ben", place=private), "welcome")["new"] == 0
    private = world.places(ada)[-1].key
    assert place(await visitor.post("/demo/look", person="ada", place=private), "welcome")["new"] == 1


async def test_what_the_bot_does_in_the_channel_on_show_appears_by_itself(
    visitor: Visitor, world: StandInWorld, driver: Driver
) -> None:
    await visitor.open_frame()
    await speak(world)
    await driver.beat()
    await visitor.read()
    assert visitor.texts() == ["The bot speaks."]


async def test_a_room_that_is_deleted_gives_way_to_the_first_channel(
    visitor: Visitor, world: StandInWorld, driver: Driver
) -> None:
    world.plan(world.people[0].actor.id)
    room = place(await visitor.post("/demo/time"), "room")["key"]
    assert (await visitor.post("/demo/look", person="ada", place=room))["place"] == room
    channel = world.bot.get_channel(int(room))
    assert isinstance(channel, discord.TextChannel)
    await channel.delete()
    await driver.beat()
    state = await visitor.state()
    assert state["place"] == str(world.welcome.id)
    assert (await visitor.open_frame())["channel"]["name"] == "welcome"
    assert state["faults"] == 0


async def test_a_person_joins_and_leaves_a_voice_room(visitor: Visitor, world: StandInWorld) -> None:
    voice = place(await visitor.state(), "quiet-voice")["key"]
    assert (await visitor.post("/demo/look", person="ada", place=voice))["voice"] == "out"
    ticks = len(world.ticks)
    assert (await visitor.post("/demo/voice", join=True))["voice"] == "in"
    assert len(world.ticks) == ticks + 1  # what the bot makes of it is there already
    assert list(world.people[0].actor.guild.voice_states()) == [world.people[0].actor.id]
    other = place(await visitor.state(), "other-voice")["key"]
    assert (await visitor.post("/demo/look", person="ada", place=other))["voice"] == "out"
    await visitor.post("/demo/look", person="ada", place=voice)
    assert (await visitor.post("/demo/voice", join=False))["voice"] == "out"


async def test_what_discord_does_not_allow_is_told_as_that(visitor: Visitor, world: StandInWorld) -> None:
    answer = await visitor.client.post("/demo/voice", json={"join": True})  # #welcome is no voice room
    assert answer.status == 409
    said = await world.people[1].actor.send(world.welcome, "hello")
    for menu, message in (("Raise a concern", "1"), ("No such menu", str(said.id))):
        answer = await visitor.client.post("/demo/menu", json={"menu": menu, "message": message})
        assert answer.status == 409


async def test_there_are_no_message_menus_in_private_messages(visitor: Visitor, world: StandInWorld) -> None:
    private = world.places(world.people[0])[-1].key
    assert (await visitor.post("/demo/look", person="ada", place=private))["menus"] == []


async def test_a_message_menu_opens_its_form_in_the_frame(visitor: Visitor, world: StandInWorld) -> None:
    await visitor.state()
    ada, ben, _ = (person.actor for person in world.people)
    await ben.send(world.welcome, "hello")
    await ada.send(world.welcome, "one's own")
    listed = await (await visitor.client.get("/demo/messages")).json()
    assert [(one["author"], one["text"]) for one in listed["messages"]] == [("Ben", "hello")]
    before = (await visitor.state())["frame"]
    state = await visitor.post("/demo/menu", menu="Raise a concern", message=listed["messages"][0]["id"])
    assert state["frame"] != before
    modal = (await visitor.open_frame())["modal"]
    await visitor.act("modal_submit", modal_handle=modal["handle"], values={"line": "a line"})
    await visitor.read()
    assert visitor.texts() == ["hello", "one's own", "Your concern is with the team."]
    listed = await (await visitor.client.get("/demo/messages")).json()
    assert [one["text"] for one in listed["messages"]] == ["hello"]


# The frame's actions


async def speak(world: StandInWorld) -> None:
    """Let the bot post in #welcome of its own accord."""
    channel = world.bot.get_channel(world.welcome.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send("The bot speaks.")


async def test_a_form_is_opened_and_sent_and_its_button_pressed(visitor: Visitor, world: StandInWorld) -> None:
    await visitor.open_frame()
    assert (await visitor.command("book"))["settlement"] == "settled"
    modal = (await visitor.read())["modal"]
    await visitor.act("modal_submit", modal_handle=modal["handle"], values={"purpose": "a walk"})
    await visitor.read()
    assert visitor.texts() == ["Booked for a walk."]
    message = visitor.shown["messages"][visitor.shown["timeline"][0]]
    key = message["components"][0]["components"][0]["control_key"]
    receipt = await visitor.act("click", target_id=message["id"], control_key=key)
    assert receipt["settlement"] == "settled"
    assert await world.next_due() == world.env.now() + ROOM_AFTER


async def test_an_action_on_a_page_that_is_behind_is_not_refused(
    visitor: Visitor, world: StandInWorld, driver: Driver
) -> None:
    """Preview answers `stale-revision` and shows *Action was not completed* until the person presses again."""
    await visitor.open_frame()
    await speak(world)
    await driver.beat()  # refreshes the channel, which this visitor has not read since
    receipt = await visitor.act("send_message", content="I type on")
    assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")
    await visitor.read()
    assert visitor.texts() == ["The bot speaks.", "I type on"]


async def test_an_action_while_time_moves_is_done_once(visitor: Visitor, world: StandInWorld) -> None:
    """Preview answers 400 to an action that meets another operation, and its page never acts again."""
    await visitor.open_frame()
    receipt, *_ = await asyncio.gather(
        visitor.act("send_message", content="hello"),
        *(visitor.post("/demo/time", minutes=60) for _ in range(3)),
    )
    assert receipt["settlement"] == "settled"
    assert len(world.welcome.history()) == 1


async def test_an_action_that_meets_the_worlds_own_doing_is_done_once(
    visitor: Visitor, world: StandInWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.open_frame()
    refused = asyncio.Event()
    act = visitor.page._stage.act

    async def watched(request: web.Request) -> web.Response:
        try:
            return await act(request)
        except Taken:
            refused.set()
            raise

    monkeypatch.setattr(visitor.page._stage, "act", watched)
    world.bot.pause.clear()
    holding = asyncio.create_task(world.people[1].actor.send(world.welcome, "held until the bot goes on"))
    acting = asyncio.create_task(visitor.act("send_message", content="hello"))
    await refused.wait()
    world.bot.pause.set()
    assert (await acting)["settlement"] == "settled"
    await holding
    assert [message.content for message in world.welcome.history()] == ["held until the bot goes on", "hello"]


async def test_two_people_in_the_same_second_do_not_refuse_each_other(visitor: Visitor, world: StandInWorld) -> None:
    other = Visitor(visitor.page, visitor.client)
    await visitor.open_frame()
    await other.open_frame()
    receipts = await asyncio.gather(
        visitor.act("send_message", content="one"), other.act("send_message", content="two")
    )
    assert [receipt["settlement"] for receipt in receipts] == ["settled", "settled"]
    assert len(world.welcome.history()) == 2


async def test_a_page_that_is_over_takes_no_channel_up_again(visitor: Visitor, driver: Driver) -> None:
    assert (await visitor.state())["frame"] is not None
    await visitor.page.close()
    await driver.beat()
    assert (await visitor.state())["frame"] is None


async def test_the_page_stops_with_its_world(world: StandInWorld) -> None:
    async with open_page(world, port=0) as address, ClientSession() as session:
        async with session.get(address) as answer:
            assert answer.status == 200
            assert "not a crisis service" in await answer.text()
        async with session.get(f"{address}demo/state") as answer:
            assert json.loads(await answer.text())["faults"] == 0
    async with ClientSession() as session:
        with pytest.raises(ClientConnectorError):
            await session.get(address)
    assert world.env.preview(world.welcome, viewers=[world.people[0].actor])  # which none but the last may have
