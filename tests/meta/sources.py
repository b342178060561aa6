"""The project's own files, as the meta tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "src" / "peerbot"
COGS: Final = ROOT / "cogs"
TESTS: Final = ROOT / "tests"
PILLARS: Final = ("servers", "confidentiality", "signup", "meetings", "escalation", "privacy")

Docstringed = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: Path) -> list[Path]:
    """Every module below the folders, in a steady order."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def named(path: Path) -> str:
    """The path as a reader knows it: from the root of the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def strings(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string of a module with its line, the fixed parts of f-strings too, docstrings left out."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, Docstringed) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def imported(module: ast.AST) -> Iterator[str]:
    """The full name of everything a module imports."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(call: ast.Call) -> str:
    """The last name of what is called: `sleep` for `asyncio.sleep(1)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
