"""Every text is well-formed, said somewhere, and nothing is said that no file holds."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from fluent.syntax.ast import Junk

from tests.meta.fluent_texts import entries, ids, quoted, text_files, texts
from tests.meta.sources import COGS, PACKAGE, PILLARS, called, named, python_files, strings, tree

# `say(f"level-{level}")` says every text that begins with "level-"; the test sees that by itself. A family whose ids
# are put together farther from where they are said is declared here: its beginning, and why it is put together there.
TEXT_FAMILIES: Final[dict[str, str]] = {}

_ID: Final = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")
_SAYS: Final = {"say", "Text"}


def asked(module: ast.AST) -> Iterator[ast.expr]:
    """What a module gives as an id: `say(…)`, `Text(…)`, `text=…`, either side of an `if` included."""
    given: list[ast.expr] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            given += node.args[:1] if called(node) in _SAYS else []
            given += [keyword.value for keyword in node.keywords if keyword.arg == "text"]
    for expr in given:
        yield from (expr.body, expr.orelse) if isinstance(expr, ast.IfExp) else (expr,)


def said(module: ast.AST) -> set[str]:
    """The ids that a module says by their full name."""
    return {expr.value for expr in asked(module) if isinstance(expr, ast.Constant) and isinstance(expr.value, str)}


def families(module: ast.AST) -> set[str]:
    """The beginnings of the ids that a module puts together as it says them."""
    heads = [expr.values[0] for expr in asked(module) if isinstance(expr, ast.JoinedStr)]
    return {str(head.value) for head in heads if isinstance(head, ast.Constant) and str(head.value).endswith("-")}


def code() -> list[tuple[str, ast.Module]]:
    return [(named(path), tree(path)) for path in python_files(PACKAGE, COGS)]


def unused(every: Iterable[str], literals: set[str], beginnings: Iterable[str]) -> set[str]:
    return {text for text in every if text not in literals and not text.startswith(tuple(beginnings))}


def test_every_pillar_has_its_texts() -> None:
    pillars = [PACKAGE / pillar for pillar in PILLARS if (PACKAGE / pillar).is_dir()]
    assert pillars
    assert not [named(pillar) for pillar in pillars if not (pillar / "texts.en.ftl").is_file()]


def test_every_text_file_can_be_read_to_its_end() -> None:
    junk = {named(f): [e.content for e in entries(f) if isinstance(e, Junk)] for f in text_files()}
    assert junk
    assert not {file: parts for file, parts in junk.items() if parts}


def test_no_text_is_defined_twice() -> None:
    assert not {text: times for text, times in Counter(ids()).items() if times > 1}


def test_every_id_is_in_lower_case() -> None:
    assert not {text for text in ids() if not _ID.fullmatch(text)}


def test_no_text_is_empty() -> None:
    assert not {text.id for text in texts() if not text.text.strip()}


def test_every_text_is_said_somewhere() -> None:
    modules = [module for _, module in code()]
    literals = {text for module in modules for _, text in strings(module)}
    beginnings = {head for module in modules for head in families(module)}
    assert not unused(ids(), literals | quoted(), beginnings | set(TEXT_FAMILIES))


def test_every_text_that_is_said_exists() -> None:
    known = set(ids())
    missing = {path: said(module) - known for path, module in code()}
    assert not {path: names for path, names in missing.items() if names}


def test_every_family_that_is_said_has_texts() -> None:
    said_by = {head: path for path, module in code() for head in families(module)} | TEXT_FAMILIES
    assert not {head: by for head, by in said_by.items() if not any(text.startswith(head) for text in ids())}


def test_every_declared_family_is_put_together_somewhere() -> None:
    literals = {text for _, module in code() for _, text in strings(module)}
    assert not set(TEXT_FAMILIES) - literals


@pytest.mark.parametrize(
    ("line", "found", "heads"),
    [
        ('say("seat-free", n=1)', {"seat-free"}, set()),
        ('texts.say("seat-free" if n else "seat-none")', {"seat-free", "seat-none"}, set()),
        ('Intent(kind="post", text="room-opened")', {"room-opened"}, set()),
        ('Text("room-opened")', {"room-opened"}, set()),
        ('say(f"level-{level}")', set(), {"level-"}),
        ('log.info(f"level-{level}")', set(), set()),
    ],
)
def test_what_is_said_is_found(line: str, found: set[str], heads: set[str]) -> None:
    assert said(ast.parse(line)) == found
    assert families(ast.parse(line)) == heads


def test_a_text_nobody_says_is_found() -> None:
    assert unused(["level-urgent", "seat-free", "forgotten"], {"seat-free"}, ["level-"]) == {"forgotten"}


def test_every_form_of_a_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "texts.en.ftl").write_text(
        'seats = { $n ->\n    [one] One seat.\n   *[other] { $n } seats.\n }\nplace = { seats } { "{" }.\nbroken\n'
    )
    assert [text.text for text in texts(tmp_path)] == ["One seat.", "{} seats.", "{} {."]
    assert quoted(tmp_path) == {"seats"}
    assert [e for e in entries(tmp_path / "texts.en.ftl") if isinstance(e, Junk)]
