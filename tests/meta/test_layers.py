"""What the import contracts in pyproject.toml cannot say themselves."""

import ast
import sys
import tomllib
from collections.abc import Iterable
from typing import Any, Final

import pytest

from tests.meta.sources import COGS, PACKAGE, PILLARS, ROOT, imported, named, python_files, tree

RULES_MAY_IMPORT: Final = sys.stdlib_module_names | {"dateutil", "peerbot"}


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


def foreign_to_rules(module: ast.AST) -> list[str]:
    return [name for name in imported(module) if name.split(".")[0] not in RULES_MAY_IMPORT]


def stores_of_others(module: ast.AST, own: str) -> list[str]:
    """The imports that reach past another pillar's service into its rows."""
    return [
        name
        for name in imported(module)
        for pillar in PILLARS
        if pillar != own
        and name.startswith(f"peerbot.{pillar}.")
        and any(part.endswith("store") for part in name.split(".")[2:])
    ]


def test_every_package_is_in_the_order_of_layers() -> None:
    ordered = next(contract["layers"] for contract in contracts() if contract.get("exhaustive"))
    packages = {path.parent.name for path in PACKAGE.glob("*/*.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert packages
    assert packages | modules <= {layer.strip("()") for layer in ordered}


def test_every_room_of_a_pillar_keeps_its_order_too() -> None:
    ordered = next(contract["containers"] for contract in contracts() if "room" in contract["name"])
    rooms = {f"peerbot.{path.parts[-3]}.{path.parts[-2]}" for path in PACKAGE.glob("*/*/__init__.py")}
    assert set(ordered) == {room for room in rooms if room.split(".")[1] in PILLARS}


def test_both_contracts_have_the_same_order() -> None:
    inside = next(contract["layers"] for contract in contracts() if contract.get("exhaustive"))
    across = next(contract["layers"] for contract in contracts() if "cogs" in contract.get("layers", []))
    assert [f"peerbot.{layer}" for layer in inside if layer != "(__main__)"] == [x for x in across if x != "cogs"]


def test_rules_import_the_standard_library_and_dateutil() -> None:
    foreign = {named(path): foreign_to_rules(tree(path)) for path in PACKAGE.rglob("*rules.py")}
    assert not {path: names for path, names in foreign.items() if names}


def test_a_pillar_reaches_another_only_through_its_service() -> None:
    reached = {
        named(path): stores_of_others(tree(path), path.relative_to(PACKAGE).parts[0] if PACKAGE in path.parents else "")
        for path in python_files(PACKAGE, COGS)
    }
    assert not {path: names for path, names in reached.items() if names}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import datetime, dateutil.tz\nfrom peerbot.engine.clock import aware", []),
        ("import structlog", ["structlog"]),
        ("from discord.ext import commands", ["discord.ext.commands"]),
    ],
)
def test_what_rules_may_not_import_is_found(code: str, found: Iterable[str]) -> None:
    assert foreign_to_rules(ast.parse(code)) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from peerbot.signup import service", []),
        ("from peerbot.meetings import store", []),
        ("from peerbot.signup import store", ["peerbot.signup.store"]),
        ("from peerbot.signup.seat_store import seats", ["peerbot.signup.seat_store.seats"]),
    ],
)
def test_an_import_of_the_rows_of_another_pillar_is_found(code: str, found: Iterable[str]) -> None:
    assert stores_of_others(ast.parse(code), "meetings") == found
