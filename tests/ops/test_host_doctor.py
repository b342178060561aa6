"""`peerbot doctor`: each thing that could stop the bot is broken on the machine, and told; nothing is changed by it."""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from peerbot.cli import main
from peerbot.engine import migrations
from peerbot.engine.actor import Actor
from peerbot.engine.clock import SystemClock
from peerbot.engine.database import Database, connect, hold
from peerbot.engine.desk import Desk
from peerbot.engine.texts import plain
from peerbot.ops.backup import Backups
from peerbot.ops.serving import Outside
from peerbot.servers.service import Answers, Servers
from tests.ops.running import KEY, nothing_changes
from tests.ops.stand_ins import DiscordOnLoopback, opens

Doctor = Callable[..., tuple[int, Mapping[str, Any]]]
ADMIN = Actor(1, 31, manages_server=True)


@pytest.fixture
def doctor(config: Path, discord_api: DiscordOnLoopback, capfd: pytest.CaptureFixture[str]) -> Doctor:
    """Ask for JSON, and give back the exit code and what was found."""

    def doctor(api: str = discord_api.api) -> tuple[int, Mapping[str, Any]]:
        code = main(["doctor", "--config", str(config), "--json"], Outside(opens(), api))
        out, err = capfd.readouterr()
        assert err == ""
        return code, json.loads(out)

    return doctor


def says(found: tuple[int, Mapping[str, Any]], check: str) -> list[tuple[str, str]]:
    return [(each["health"], each["says"]) for each in found[1]["findings"] if each["check"] == check]


def well(found: tuple[int, Mapping[str, Any]], check: str) -> bool:
    return {health for health, _ in says(found, check)} == {"well"}


async def set_up(database: Path) -> None:
    """One server, whose team is a lead and a second person."""
    opened = await Database.open(database, KEY)
    servers = Servers(Desk(opened, SystemClock()))
    await servers.set_up(ADMIN, Answers("GB", 900_011, 900_012, "choose", "Europe/London"))
    await opened.close()


@pytest.fixture
def in_order(made: Path) -> Path:
    """A database with a server and a backup."""
    asyncio.run(set_up(made))
    made.with_suffix(".key").chmod(0o600)
    Backups(made, made.parent / "backups").make(KEY, datetime.now(UTC))
    return made


def test_a_machine_in_good_order_is_well_and_nothing_on_it_changes(doctor: Doctor, in_order: Path) -> None:
    with nothing_changes(in_order.parent):
        found = doctor()
    for check in ("token", "key", "database", "backup", "disk", "update", "crisis"):
        assert well(found, check), says(found, check)
    assert "SQLCipher 4" in says(found, "database")[0][1]
    assert set(found[1]) == {"well", "at", "findings"}
    assert {tuple(each) for each in found[1]["findings"]} == {("where", "check", "health", "says")}


def test_a_server_s_findings_name_nobody_and_come_under_its_number(doctor: Doctor, in_order: Path) -> None:
    code, found = doctor()
    assert (code, found["well"]) == (1, False), "the smallest team is not there"
    team = [each for each in found["findings"] if each["check"] == "smallest-team"]
    assert {(each["where"], each["health"]) for each in team} == {("31", "broken")}
    assert "a facilitator" in team[0]["says"]
    assert "/oncall test" in team[1]["says"]
    assert "900" not in json.dumps(found)
    assert not {each["check"] for each in found["findings"]} & {"permissions", "channels", "commands", "places"}
    assert found["findings"][0]["health"] == "broken"


def test_in_words_the_worst_comes_first_and_what_is_seen_elsewhere_last(
    config: Path, in_order: Path, discord_api: DiscordOnLoopback, capfd: pytest.CaptureFixture[str]
) -> None:
    assert in_order.exists()
    assert main(["doctor", "--config", str(config)], Outside(opens(), discord_api.api)) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("Broken: ")
    assert "(server 31)" in lines[0]
    assert lines[-1].endswith("/doctor shows on the server.")
    assert not [line for line in lines if "**" in line or "<" in line]


def test_a_token_that_discord_does_not_know_is_broken(doctor: Doctor, in_order: Path) -> None:
    assert in_order.exists()
    with DiscordOnLoopback(401) as discord:
        assert says(doctor(discord.api), "token")[0][0] == "broken"
    with DiscordOnLoopback(503) as discord:
        assert says(doctor(discord.api), "token") == [
            ("warned", "Discord answered with status 503. Look at discordstatus.com, then try again.")
        ]


def test_no_network_and_no_token_are_broken(
    doctor: Doctor, in_order: Path, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_order.exists()
    assert "cannot be reached" in says(doctor(f"http://127.0.0.1:{closed_port}"), "token")[0][1]
    monkeypatch.delenv("PEERBOT_TOKEN")
    assert "There is no token" in says(doctor(), "token")[0][1]


def test_a_clock_that_is_not_discord_s_is_told(doctor: Doctor, in_order: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_order.exists()
    assert well(doctor(), "clock")
    monkeypatch.setattr(SystemClock, "now", lambda _self: datetime(2031, 1, 1, tzinfo=UTC))
    assert says(doctor(), "clock")[0][0] == "broken"


def test_a_lost_and_a_wrong_key_are_broken_and_none_is_made(doctor: Doctor, in_order: Path) -> None:
    key = in_order.with_suffix(".key")
    key.unlink()
    with nothing_changes(in_order.parent):
        assert "has lost its key" in says(doctor(), "key")[0][1]
    key.write_text("11" * 32)
    assert "does not open" in says(doctor(), "database")[0][1]
    key.write_text("no key")
    assert says(doctor(), "key")[0][0] == "broken"


def test_a_key_that_others_can_read_is_told(doctor: Doctor, in_order: Path) -> None:
    in_order.with_suffix(".key").chmod(0o644)
    told = f"Other accounts of this machine can read {in_order.with_suffix('.key')}. Let only this account: chmod 600."
    assert ("warned", told) in says(doctor(), "key")


def test_a_change_of_keys_that_was_cut_short_is_told(doctor: Doctor, in_order: Path) -> None:
    in_order.with_name("bot.key.old").write_text(KEY.hex())
    with nothing_changes(in_order.parent):
        assert "was cut short" in says(doctor(), "key")[0][1]


def test_a_database_in_which_a_byte_is_another_is_broken(doctor: Doctor, in_order: Path) -> None:
    held = bytearray(in_order.read_bytes())
    held[-4096 * 3 + 100] ^= 1
    in_order.write_bytes(held)
    assert says(doctor(), "database")[0][0] == "broken"


def test_a_database_of_another_version_is_told(doctor: Doctor, in_order: Path) -> None:
    with closing(connect(in_order, KEY, read_only=False)) as connection:
        connection.execute("PRAGMA user_version=9999")
    assert "A newer peerbot wrote" in says(doctor(), "database")[0][1]
    with closing(connect(in_order, KEY, read_only=False)) as connection:
        connection.execute(f"PRAGMA user_version={migrations.newest() - 1}")
    assert says(doctor(), "database")[0] == (
        "warned",
        "The next start takes 1 steps to bring it up to date, after a backup. Servers are looked at then.",
    )


def test_without_a_database_nothing_is_made(doctor: Doctor, config: Path) -> None:
    with nothing_changes(config.parent):
        found = doctor()
    assert {"There is no database yet. The first start makes it, with its key."} == {
        said for _, said in says(found, "key")
    }


def test_backups_that_are_missing_are_told(doctor: Doctor, made: Path) -> None:
    assert made.exists()
    assert says(doctor(), "backup")[0][0] == "warned"


def test_a_bot_that_does_not_run_and_one_that_is_not_well_are_told(
    doctor: Doctor, in_order: Path, config: Path, closed_port: int
) -> None:
    assert says(doctor(), "running") == [("warned", "No bot runs on this database.")]
    lock = hold(in_order)
    try:
        assert well(doctor(), "running"), "it has no /healthz that could be asked"
        text = config.read_text(encoding="utf-8").replace("port = 0", f"port = {closed_port}")
        config.write_text(text, encoding="utf-8")
        assert says(doctor(), "running")[0][0] == "broken"
    finally:
        lock.release()


def test_a_config_that_cannot_be_used_is_told_as_run_tells_it(config: Path, capfd: pytest.CaptureFixture[str]) -> None:
    config.write_text("[heath]\nport = 1\n", encoding="utf-8")
    assert main(["doctor", "--config", str(config), "--json"]) == 78
    assert "[heath]" in capfd.readouterr().err


def test_times_and_people_read_well_on_a_terminal() -> None:
    said = "**Look:** <@900> since <t:1796126400:F>, again <t:1796126400>\nand more"
    assert plain(said) == "Look: somebody since 2026-12-01 12:00 UTC, again 2026-12-01 12:00 UTC and more"
