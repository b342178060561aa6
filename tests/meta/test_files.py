"""Files stay small enough to read, and have names that say what is in them."""

from pathlib import Path
from typing import Final

import pytest

from tests.meta.sources import COGS, PACKAGE, ROOT, TESTS, named, python_files

MOST_LINES: Final = 400
MOST_LINES_OF_A_COG: Final = 250
SAYING_NOTHING: Final = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
FOLDERS: Final = (PACKAGE, COGS, TESTS, ROOT / "bench")


def too_long(lines: int, *, cog: bool) -> bool:
    return lines >= MOST_LINES_OF_A_COG if cog else lines > MOST_LINES


def says_nothing(path: Path) -> bool:
    return bool(SAYING_NOTHING & set(path.stem.split("_")))


def test_no_file_is_too_long_to_read() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*FOLDERS)}
    assert lengths
    long = {named(path): lines for path, lines in lengths.items() if too_long(lines, cog=COGS in path.parents)}
    assert not long


def test_every_name_says_what_is_in_the_file() -> None:
    paths = [path for folder in FOLDERS for path in folder.rglob("*") if path.is_dir() or path.suffix == ".py"]
    assert not [named(path) for path in paths if says_nothing(path)]


@pytest.mark.parametrize(
    ("lines", "cog", "long"), [(400, False, False), (401, False, True), (249, True, False), (250, True, True)]
)
def test_a_file_may_have_400_lines_and_a_cog_fewer_than_250(lines: int, cog: bool, long: bool) -> None:  # noqa: FBT001
    assert too_long(lines, cog=cog) is long


@pytest.mark.parametrize("name", ["utils.py", "seat_helpers.py", "misc", "room_manager.py"])
def test_a_name_that_says_nothing_is_found(name: str) -> None:
    assert says_nothing(Path(name))
