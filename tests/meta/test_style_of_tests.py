"""Tests go through real parts, at once, and all of them: nothing sleeps, nothing is mocked, nothing is left out."""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from tests.meta.sources import TESTS, called, imported, named, python_files, tree

LEFT_OUT: Final = {"skip", "skipif", "skipIf", "skipUnless", "xfail", "importorskip", "expectedFailure"}
MOCKS: Final = {"Mock", "MagicMock", "AsyncMock", "NonCallableMock", "create_autospec"}
OURS: Final = ("peerbot", "cogs", "store")


def faults(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Everything in a test file that the house does not do, with its line."""
    for name in imported(module):
        if name.startswith(("unittest.mock", "mock.")) or name == "mock":
            yield 1, "a mock: put a fake behind a port instead"
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, fault) for fault in _faults_of_call(node))
        elif isinstance(node, ast.Attribute) and node.attr in LEFT_OUT and "mark" in ast.unparse(node.value):
            yield node.lineno, "a test left out"


def _faults_of_call(call: ast.Call) -> Iterator[str]:
    name, source = called(call), ast.unparse(call.func)
    if name in LEFT_OUT and "pytest" in source and "mark" not in source:
        yield "a test left out"
    if name in MOCKS:
        yield "a mock: put a fake behind a port instead"
    if name == "sleep" and not _is_nought(call.args):
        yield "a sleep: move the clock instead"
    if source in {"monkeypatch.setattr", "monkeypatch.setitem"} and call.args and _is_ours(call.args[0]):
        yield "a part of ours replaced: put a fake behind a port instead"


def _is_nought(args: list[ast.expr]) -> bool:
    return len(args) == 1 and isinstance(args[0], ast.Constant) and args[0].value == 0


def _is_ours(target: ast.expr) -> bool:
    return any(part in ast.unparse(target).casefold() for part in OURS)


def test_no_test_sleeps_mocks_or_is_left_out() -> None:
    found = {named(path): sorted(set(faults(tree(path)))) for path in python_files(TESTS)}
    assert not {path: lines for path, lines in found.items() if lines}


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.sleep(1)",
        "await asyncio.sleep(0.1)",
        "from unittest.mock import patch",
        "import unittest.mock",
        "store = MagicMock()",
        "monkeypatch.setattr(store, 'seats', 1)",
        "monkeypatch.setattr('peerbot.engine.clock.now', 1)",
        "@pytest.mark.skip\ndef test_x(): ...",
        "@pytest.mark.xfail(reason='later')\ndef test_x(): ...",
        "pytest.skip('not today')",
        "pytest.importorskip('simcord')",
    ],
)
def test_a_fault_is_found(code: str) -> None:
    assert list(faults(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "await asyncio.sleep(0)",
        "monkeypatch.setenv('PEERBOT_TOKEN', 'x')",
        "monkeypatch.chdir(tmp_path)",
        "@pytest.mark.parametrize('x', [1])\ndef test_x(x): ...",
        "rota.skip(monday)",
    ],
)
def test_what_is_allowed_is_no_fault(code: str) -> None:
    assert not list(faults(ast.parse(code)))
