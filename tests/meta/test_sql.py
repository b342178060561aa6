"""SQL stands in stores, in the engine's own tables and in migrations, and nowhere else."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.meta.sources import COGS, PACKAGE, named, python_files, strings, tree

MAY_HOLD_SQL: Final = (
    "src/peerbot/*/store.py",
    "src/peerbot/*/*_store.py",
    "src/peerbot/*/*/store.py",
    "src/peerbot/*/*/*_store.py",
    "src/peerbot/engine/database.py",
    "src/peerbot/engine/copies.py",
    "src/peerbot/engine/timers.py",
    "src/peerbot/engine/facts.py",
    "src/peerbot/engine/outbox.py",
    "src/peerbot/engine/notes.py",
    "src/peerbot/engine/silence.py",
    "src/peerbot/engine/forgetting.py",
    "src/peerbot/engine/clock_work.py",
    "src/peerbot/engine/lease.py",
    "src/peerbot/engine/migrations/*",
)
SQL: Final = re.compile(r"\bSELECT\s|\bINSERT (OR \w+ )?INTO\b|\bUPDATE (OR \w+ )?\w+\s+SET\b|\bDELETE FROM\b")


def lines_with_sql(module: ast.AST) -> list[int]:
    return sorted({line for line, text in strings(module) if SQL.search(text)})


def may_hold_sql(path: str) -> bool:
    return any(Path(path).match(pattern) for pattern in MAY_HOLD_SQL)


def test_only_stores_the_engine_and_migrations_hold_sql() -> None:
    found = {named(path): lines_with_sql(tree(path)) for path in python_files(PACKAGE, COGS)}
    assert any(found.values())
    assert not {path: lines for path, lines in found.items() if lines and not may_hold_sql(path)}


@pytest.mark.parametrize(
    "statement",
    [
        'x = "SELECT id FROM seat"',
        'x = f"DELETE FROM {table}"',
        'x = """\nINSERT INTO seat\nVALUES (1)"""',
        'x = "UPDATE seat\\nSET ended = 1"',
    ],
)
def test_sql_is_found(statement: str) -> None:
    assert lines_with_sql(ast.parse(statement))


@pytest.mark.parametrize("words", ['"Select a group"', 'def f():\n    """Send SELECT statements."""', "# DELETE FROM"])
def test_words_are_not_sql(words: str) -> None:
    assert not lines_with_sql(ast.parse(words))


def test_a_cog_may_not_hold_sql() -> None:
    assert not may_hold_sql("cogs/signup.py")
    assert may_hold_sql("src/peerbot/signup/seat_store.py")
