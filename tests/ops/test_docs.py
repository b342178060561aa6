"""Every command that a document shows is run here, or its program is named with the reason why it cannot be."""

import configparser
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from bench import operators
from peerbot.cli import _COMMANDS as COMMANDS  # pyright: ignore[reportPrivateUsage] - what the program understands
from peerbot.cli import _parser as parser  # pyright: ignore[reportPrivateUsage] - as above
from peerbot.cli import main
from peerbot.ops.faults import FAULTS
from peerbot.ops.serving import Outside
from tests.meta.sources import ROOT
from tests.ops.stand_ins import DiscordOnLoopback, opens

OTHERS: Final = {
    "git": "it needs the network",
    "cd": "the shell's own",
    "python3": "it makes an environment of its own, as `make` does for every test",
    ".venv/bin/pip": "as above",
    "useradd": "it changes the machine",
    "install": "as above",
    "cp": "as above",
    "systemctl": "as above",
    "journalctl": "it shows the machine's own log",
    "podman": "it makes an image and runs it",
}
"""Programs that a test does not start, and why."""
DOCUMENTS: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BOX: Final = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def shown(document: Path) -> Iterator[list[str]]:
    """Every command in a document's boxes, as the shell would take it apart."""
    for box in BOX.findall(document.read_text(encoding="utf-8")):
        for line in box.splitlines():
            if line.strip():
                yield shlex.split(line, comments=True)


ALL: Final = [(document.name, command) for document in DOCUMENTS for command in shown(document)]
OURS: Final = sorted({tuple(command[1:]) for _, command in ALL if command[0].rpartition("/")[2] == "peerbot"})


def test_every_command_that_is_shown_is_ours_or_has_its_reason() -> None:
    assert len(ALL) > 30
    known = {*OTHERS, "make", "peerbot", ".venv/bin/peerbot"}
    assert not {(document, command[0]) for document, command in ALL if command[0] not in known}


def test_every_target_of_make_that_is_shown_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {command[1] for _, command in ALL if command[0] == "make"}
    assert targets
    assert not {target for target in targets if not re.search(rf"^{re.escape(target)}[: ]", makefile, re.MULTILINE)} - {
        ".venv/.ready"
    }


def test_every_command_of_ours_is_shown_somewhere() -> None:
    assert {command[0] for command in OURS} | {"demo"} == set(COMMANDS)


def test_what_runs_in_a_container_is_a_command_of_ours() -> None:
    (inside,) = [command for _, command in ALL if command[:2] == ["podman", "exec"]]
    assert parser().parse_args(inside[4:]).command == "doctor"


@pytest.mark.parametrize("command", OURS, ids=" ".join)
def test_each_command_of_ours_does_what_the_document_says(
    made: Path, discord_api: DiscordOnLoopback, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    if command[0] in {"run", "demo"}:
        assert parser().parse_args(command).command == command[0]  # tests/ops/test_run_*.py and tests/browser run them.
        return
    folder = made.parent.parent
    monkeypatch.chdir(folder)
    (folder / "config.toml").write_text('[database]\npath = "data/bot.sqlite"\n[health]\nport = 0\n')
    assert main(["backup", "--to", "prepared.sqlite"]) == 0
    for wanted in (each for each in command if each.endswith(".sqlite") and command[0] == "restore"):
        Path(wanted).parent.mkdir(exist_ok=True)
        shutil.copyfile("prepared.sqlite", wanted)
    assert main(list(command), Outside(opens(), discord_api.api)) == 0


@pytest.mark.parametrize("document", operators.DOCUMENTS, ids=lambda document: document.name)
def test_what_comes_from_the_program_is_the_program_s(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert text == operators.filled(text), "Something a document shows has changed: run `make docs`"
    assert "make docs -->\n<!-- end" not in text


def test_the_unit_starts_ours_and_does_not_start_again_what_that_does_not_help() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - its names have capitals
    unit.read(ROOT / "hosting" / "peerbot.service", encoding="utf-8")
    service = unit["Service"]
    assert parser().parse_args(shlex.split(service["ExecStart"])[1:]).command == "run"
    helped = {69, 70}
    never = {int(code) for code in service["RestartPreventExitStatus"].split()}
    assert never == {fault.code for fault in FAULTS.values()} - helped
    assert int(service["TimeoutStopSec"]) > 9, "longer than the bot takes to end"
    for name in ("NoNewPrivileges", "PrivateTmp", "ProtectHome"):
        assert service[name] == "yes"


def test_the_container_s_command_is_one_of_ours() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    (command,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    assert parser().parse_args([each.strip(' "') for each in command.strip("[]").split(",")]).command == "run"


def test_every_link_between_documents_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), (document.name, target)
