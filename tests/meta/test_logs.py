"""What is logged is said in the source: no sentence of ours, and none of the libraries' we show, is made of values."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from peerbot.ops.logging import CONSTANT, SAFE
from tests.meta.sources import COGS, PACKAGE, named, python_files, tree

LEVELS: Final = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
PATHS: Final = "src/peerbot/ops/serving.py"
"""Says which file was updated or backed up; it has no server yet, and so nobody's words."""


def calls(module: ast.Module) -> Iterator[ast.Call]:
    """Return every call that logs something."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
            logger = ast.unparse(node.func.value).lower()
            if logger.endswith(("log", "logger")) or "get_logger" in logger:
                yield node


def made_of_values(sentence: ast.expr) -> bool:
    """Return whether a sentence is put together where it is logged."""
    return isinstance(sentence, ast.JoinedStr | ast.BinOp) or (
        isinstance(sentence, ast.Call)
        and ast.unparse(sentence.func).split(".")[-1] in {"format", "str", "repr", "join"}
    )


def test_every_line_of_ours_is_a_sentence_with_named_values_that_may_be_written() -> None:
    found = [(named(path), call) for path in python_files(PACKAGE, COGS) for call in calls(tree(path))]
    assert len(found) > 20
    for where, call in found:
        (sentence,) = call.args
        assert where == PATHS or isinstance(sentence, ast.Constant), (where, call.lineno)
        for value in call.keywords:
            name = value.arg or "**"
            assert name in SAFE or name == "exc_info" or name.endswith("_id"), (where, call.lineno, name)
            assert not made_of_values(value.value), (where, call.lineno, name)
            assert name != "error" or ast.unparse(value.value).startswith("type("), (where, call.lineno)


@pytest.mark.parametrize("library", sorted(CONSTANT))
def test_no_library_whose_sentences_we_show_makes_them_of_values(library: str) -> None:
    folder = Path(str(import_module(library).__file__)).parent
    found = [
        f"{path.relative_to(folder)}:{call.lineno}"
        for path in sorted(folder.rglob("*.py"))
        for call in calls(ast.parse(path.read_text(encoding="utf-8")))
        if call.args and made_of_values(call.args[0])
        if isinstance(call.func, ast.Attribute) and call.func.attr not in {"debug", "info"}
    ]
    assert found == []


@pytest.mark.parametrize("line", ['_log.info(f"{name} left")', '_log.info("%s left" % name)', "_log.info(str(error))"])
def test_a_sentence_made_of_values_is_found(line: str) -> None:
    (call,) = calls(ast.parse(line))
    assert made_of_values(call.args[0])
