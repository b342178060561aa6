"""The table of faults names real errors, documented codes and texts that can be said."""

import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from peerbot.engine import database, key
from peerbot.ops import faults
from peerbot.ops.faults import FAULTS, Fault, fault_of, told

CONFIG = Path("config.toml")


def test_every_name_in_the_table_is_an_error() -> None:
    for name in FAULTS:
        module, _, kind = name.split()[0].rpartition(".")
        assert issubclass(getattr(import_module(module), kind), Exception), name


def test_every_code_is_in_the_table_that_operators_read() -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", faults.__doc__ or "", re.MULTILINE)}
    assert {fault.code for fault in FAULTS.values()} | {0, 1, 2, 70, 130} == documented


def test_each_text_has_one_code() -> None:
    codes: dict[str, set[int]] = {}
    for fault in FAULTS.values():
        codes.setdefault(fault.text, set()).add(fault.code)
    assert all(len(found) == 1 for found in codes.values())


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_is_one_sentence_without_gaps(name: str) -> None:
    module, _, kind = name.split(maxsplit=1)[0].rpartition(".")
    error = _made(cast("type[Exception]", getattr(import_module(module), kind)))
    if isinstance(error, faults.ConfigFault):
        error = faults.ConfigFault([faults.Problem("[health] port", "int_parsing", "health.port")])
    sentence = told(error, config=CONFIG, database=Path("bot.sqlite"))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "{" not in sentence


def _made(kind: type[Exception]) -> Exception:
    made = kind.__new__(kind)
    made.args = ("the thing",)
    return made


def closed(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(cast("Any", SimpleNamespace(close_code=code)), shard_id=None, code=code)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (key.KeyMissing("x"), 66),
        (key.KeyUnreadable("x"), 66),
        (database.WrongKey("x"), 65),
        (database.InUse("x"), 75),
        (database.ReadOnly("x"), 73),
        (database.DiskFull("x"), 74),
        (database.NewerDatabase("x"), 76),
        (database.DatabaseFault("x: disk I/O error"), 74),
        (discord.LoginFailure("Improper token"), 77),
        (closed(4004), 77),
        (closed(4013), 67),
        (discord.PrivilegedIntentsRequired(None), 67),
        (aiohttp.ServerDisconnectedError(), 69),
        (TimeoutError(), 69),
        (OSError(98, "Address already in use"), 71),
        (OSError(5, "Input/output error"), 70),
        (RuntimeError("x"), 70),
    ],
)
def test_each_kind_of_error_has_its_code(error: Exception, code: int) -> None:
    assert fault_of(error).code == code


def test_discord_out_of_order_is_told_by_its_status_and_not_by_its_answer() -> None:
    answer = cast("Any", SimpleNamespace(status=503, reason="Service Unavailable"))
    error = discord.DiscordServerError(answer, "<html>upstream</html>")
    assert fault_of(error) == Fault(69, "operator-discord-down")
    sentence = told(error, config=CONFIG)
    assert "503" in sentence
    assert "upstream" not in sentence


def test_numbers_stand_as_they_are_written() -> None:
    assert "127.0.0.1:8470" in told(_port_taken(), config=CONFIG)
    assert "4013" in told(closed(4013), config=CONFIG)


def _port_taken() -> Exception:
    return import_module("peerbot.ops.health").PortTaken("127.0.0.1:8470")
