"""The texts of the bot, read from the Fluent files without the bot."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fluent.syntax import FluentParser, ast, visitor

from tests.meta.sources import PACKAGE

PLACE: Final = "{}"
"""Stands for a value that is filled in when the text is said."""

# Names of commands, and what is said to the team, to the operator and to the log.
NOT_FOR_MEMBERS: Final = ("cmd-", "staff-", "operator-", "log-")


@dataclass(frozen=True, slots=True)
class Said:
    """One way a text can read: a text that depends on a number has one for each of its forms."""

    id: str
    text: str
    file: Path

    @property
    def for_members(self) -> bool:
        return not self.id.startswith(NOT_FOR_MEMBERS)


def text_files(folder: Path = PACKAGE) -> list[Path]:
    return sorted(folder.rglob("texts.en.ftl"))


@cache
def entries(file: Path) -> list[ast.EntryType]:
    return FluentParser().parse(file.read_text(encoding="utf-8")).body


def texts(folder: Path = PACKAGE) -> list[Said]:
    """Every reading of every text."""
    return [
        Said(entry.id.name, reading, file)
        for file in text_files(folder)
        for entry in entries(file)
        if isinstance(entry, ast.Message | ast.Term)
        for pattern in (entry.value, *(attribute.value for attribute in entry.attributes))
        if pattern
        for reading in readings(pattern)
    ]


def ids(folder: Path = PACKAGE) -> list[str]:
    """The id of every text, twice if it is defined twice. Parts of texts that only texts use (terms) are left out."""
    return [e.id.name for file in text_files(folder) for e in entries(file) if isinstance(e, ast.Message)]


def quoted(folder: Path = PACKAGE) -> set[str]:
    """The ids that other texts quote, as in `{ emergency-line }`."""
    seen = _Quotes()
    for file in text_files(folder):
        seen.visit(ast.Resource(entries(file)))
    return seen.ids


class _Quotes(visitor.Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 (the visitor's own naming)
        self.ids.add(node.id.name)


def readings(pattern: ast.Pattern) -> Iterator[str]:
    """The pattern once for each form, values replaced by PLACE; where texts fork twice, the forks go side by side."""
    for form in range(max((_forms(element) for element in pattern.elements), default=1)):
        yield "".join(_read(element, form) for element in pattern.elements)


def _forms(element: ast.TextElement | ast.Placeable) -> int:
    match element:
        case ast.Placeable(expression=ast.SelectExpression(variants=variants)):
            return len(variants)
        case _:
            return 1


def _read(element: ast.TextElement | ast.Placeable, form: int) -> str:
    match element:
        case ast.TextElement(value=text):
            return text
        case ast.Placeable(expression=ast.SelectExpression(variants=variants)):
            chosen = variants[min(form, len(variants) - 1)].value
            return "".join(_read(part, form) for part in chosen.elements)
        case ast.Placeable(expression=ast.StringLiteral() as literal):
            return str(literal.parse()["value"])
        case _:
            return PLACE
