"""Every command that a document shows is run: ours here, the system's in tests/hosting, or it has its reason."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import yaml

from bench import operators
from peerbot.cli import _COMMANDS as COMMANDS  # pyright: ignore[reportPrivateUsage] - what the program understands
from peerbot.cli import _parser as parser  # pyright: ignore[reportPrivateUsage] - as above
from peerbot.cli import main
from peerbot.config import HealthSection, load
from peerbot.ops.ending import LONGEST_END
from peerbot.ops.faults import FAULTS
from peerbot.ops.serving import Outside
from tests.meta.sources import ROOT
from tests.ops.stand_ins import DiscordOnLoopback, opens

TYPED: Final = {
    "git",
    "/srv/peerbot/hosting/install",
    "hosting/install",
    "systemctl",
    "journalctl",
    "install",
    "openssl",
    "docker",
}
"""Programs that `tests/hosting` starts, as the documents say: on a machine of its own, or at a container engine."""
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


def test_every_command_that_is_shown_is_one_that_a_test_types() -> None:
    assert len(ALL) > 30
    known = {*TYPED, "make", "peerbot", ".venv/bin/peerbot"}
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
    inside = [command for _, command in ALL if command[:2] == ["docker", "compose"] and "peerbot" in command]
    assert [parser().parse_args(each[each.index("peerbot") :][-1:]).command for each in inside] == ["doctor", "rekey"]


def test_compose_s_file_is_what_compose_understands() -> None:
    schema = ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(ROOT / "compose.yaml")]
    done = subprocess.run([Path(sys.executable).with_name(schema[0]), *schema[1:]], capture_output=True, text=True)  # noqa: S603, PLW1510 - our own file
    assert done.returncode == 0, done.stdout


def test_compose_gives_the_settings_that_there_are_and_the_bot_the_time_to_end(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["peerbot"]
    for name, value in service["environment"].items():
        monkeypatch.setenv(name, value)
    assert str(parser().parse_args(["run"]).config) == "/run/secrets/config.toml"
    settings = load(config)
    assert str(settings.database.path) == "/data/peerbot.sqlite"
    assert {str(settings.discord.token_file), str(settings.key_file)} == {"/run/secrets/token", "/run/secrets/key"}
    assert int(service["stop_grace_period"].removesuffix("s")) > LONGEST_END
    assert f"http://{HealthSection().host}:{HealthSection().port}/healthz" in service["healthcheck"]["test"][-1]


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
    assert int(service["TimeoutStopSec"]) > LONGEST_END
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
