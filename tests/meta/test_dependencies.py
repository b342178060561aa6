"""Every dependency is pinned and has its reason."""

import re
import tomllib
from collections.abc import Iterable
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.meta.sources import ROOT

_PIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9A-Za-z.!+]*")


def declared() -> set[str]:
    """The name of everything that pyproject.toml asks for, whatever for."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = settings["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return names([*settings["build-system"]["requires"], *project["dependencies"], *extras]) - {project["name"]}


def names(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def reasons() -> dict[str, str]:
    """The rows of the table of dependencies in CONTRIBUTING.md: name and reason."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Za-z0-9._-]+)` \| (.*?) *\|$", guide, re.MULTILINE)
    return {canonicalize_name(name): reason for name, reason in rows}


def test_every_pin_is_a_name_and_one_exact_version() -> None:
    assert not [line for line in pins() if not _PIN.fullmatch(line)]
    assert len(names(pins())) == len(pins())


def test_every_dependency_is_pinned() -> None:
    assert declared()
    assert not declared() - names(pins())


def test_every_dependency_has_its_reason() -> None:
    assert set(reasons()) == declared()
    assert all(len(reason.split()) >= 4 for reason in reasons().values())


def test_the_build_uses_the_pinned_builder() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(settings["build-system"]["requires"]) <= set(pins())
