"""The real bot at the other end of a socket that cuts, repeats, delays and loses."""

import asyncio
import sys
from pathlib import Path

import pytest

from bench.line import HandClock
from bench.wire import Wire
from bench.wire.faults import EventFault, Fault, Mode, accepted_then_504, refused
from bench.wire.people import Person, labels
from peerbot.app import App
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import say


async def post(app: App, channel_id: int, server_id: int, key: str = "note") -> None:
    """Write down that a message is to be sent, as a use case does."""
    async with app.desk.transaction() as work:
        data = {"channel": channel_id, "card": "late-news"}
        await work.enqueue(Intent(key=key, kind="post", lane=Lane.CLOSING, server_id=server_id, data=data))


async def settle(app: App, clock: HandClock, seconds: int = 0) -> None:
    """Let so many seconds pass, and the bot do whatever is due in each step."""
    for _ in range(max(1, seconds // 5)):
        clock.seconds += 5 if seconds else 0
        await app.tick.settle()


def lounge(wire: Wire) -> dict:
    return next(each for each in wire.world.channels.values() if each.get("name") == "lounge")


def written(wire: Wire) -> list[dict]:
    return list(wire.world.messages[int(lounge(wire)["id"])].values())


async def state_of(app: App, key: str = "note") -> str:
    return (await app.desk.reads.all("SELECT state FROM intent WHERE key = :key", key=key))[0]["state"]


async def test_a_person_asks_for_help_over_a_real_socket(app: App, wire: Wire, ana: Person) -> None:
    asked = await ana.types("help-now")
    assert "112" in asked.text
    assert asked.private
    assert say("ask-now") in labels(asked.message or {})
    assert asked.answers == 1
    assert wire.unknown == []


@pytest.mark.parametrize(
    "fault",
    [
        accepted_then_504("POST /channels/{channel_id}/messages"),
        Fault(Mode.RESET, "POST /channels/{channel_id}/messages", acted=True),
        Fault(Mode.RESET, "POST /channels/{channel_id}/messages"),
        Fault(Mode.STATUS, "POST /channels/{channel_id}/messages", status=500),
        Fault(Mode.STATUS, "POST /channels/{channel_id}/messages", status=503),
        Fault(Mode.LIMITED, "POST /channels/{channel_id}/messages", seconds=60, scope="shared"),
    ],
    ids=lambda fault: f"{fault.mode.name}-{'acted' if fault.acted else 'not'}-{fault.status}",
)
async def test_a_message_arrives_once_whatever_becomes_of_the_answer(
    app: App, wire: Wire, server: int, clock: HandClock, fault: Fault
) -> None:
    wire.faults.add(fault)
    await post(app, int(lounge(wire)["id"]), server)
    await settle(app, clock)
    await settle(app, clock, 300)
    assert await state_of(app) == "done"
    assert len(written(wire)) == 1


async def test_what_discord_refuses_for_good_is_not_tried_for_ever(
    app: App, wire: Wire, server: int, clock: HandClock
) -> None:
    wire.faults.add(refused("POST /channels/{channel_id}/messages", 400, 200_000))
    await post(app, int(lounge(wire)["id"]), server)
    await settle(app, clock)
    await settle(app, clock, 300)
    assert await state_of(app) != "done"
    assert wire.calls.count("POST /channels/{channel_id}/messages") <= 3


async def test_what_happens_while_the_line_is_cut_is_taken_up_when_it_is_mended(
    app: App, wire: Wire, ana: Person
) -> None:
    wire.gateway.drop()
    asked = await ana.types("help-now")
    assert "112" in asked.text
    assert (wire.gateway.identifies, wire.gateway.resumes) == (1, 1)


async def test_a_session_that_is_over_is_begun_anew(app: App, wire: Wire, ana: Person) -> None:
    wire.gateway.refuse_resume = True
    ready = asyncio.ensure_future(app.bot.wait_for("ready"))
    wire.gateway.drop()
    await ready
    assert (wire.gateway.identifies, wire.gateway.resumes) == (2, 0)
    assert "112" in (await ana.types("help-now")).text


async def test_an_event_that_comes_twice_takes_effect_once(app: App, wire: Wire, ana: Person) -> None:
    wire.faults.add(EventFault("INTERACTION_CREATE", copies=2))
    asked = await ana.types("help-now")
    await app.tick.settle()
    assert asked.answers == 1


async def test_a_channel_the_bot_may_not_see_comes_without_its_name(app: App, wire: Wire, server: int) -> None:
    hidden = {"id": str(server), "type": 0, "allow": "0", "deny": str(1 << 10)}
    secret = wire.world.add_channel(server, "committee", overwrites=[hidden])
    guild = app.bot.get_guild(server)
    assert guild is not None
    await app.bot.wait_for("guild_channel_create", timeout=5) if guild.get_channel(int(secret["id"])) is None else None
    found = guild.get_channel(int(secret["id"]))
    assert found is not None
    assert found.name == "___hidden___"
    assert [each["name"] for each in await app.bot.http.get_all_guild_channels(server)] == ["lounge"]


async def test_a_nonce_makes_one_message_and_none_of_one_that_was_deleted(app: App, wire: Wire, server: int) -> None:
    place = lounge(wire)
    body = {"content": "x", "nonce": "n1", "enforce_nonce": True}
    first = wire.world.post(place, wire.world.bot, body)
    assert wire.world.post(place, wire.world.bot, body) is first


async def test_the_program_itself_speaks_to_the_addresses_of_its_settings(
    wire: Wire, server: int, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(wire.token)
    discord = f'token_file = "token"\napi_url = "{wire.api_url}"\ngateway_url = "{wire.gateway_url}"\n'
    (tmp_path / "config.toml").write_text(f"[discord]\n{discord}[health]\nport = 0\n")
    ana = Person.new(wire, "Ana", server)
    command = ("-m", "peerbot.cli", "run", "--config", str(tmp_path / "config.toml"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    await asyncio.wait_for(wire.gateway.began.wait(), 30)
    assert "112" in (await ana.types("help-now")).text
    process.terminate()
    await process.communicate()
    assert process.returncode == 0
