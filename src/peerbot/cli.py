"""The command line. Every fault is one sentence and an exit code: see `ops.faults`.

Heavy modules are imported when a command needs them: `peerbot --help` answers at once.
"""
# ruff: noqa: PLC0415 - for the reason above

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from peerbot.ops.sentences import say

if TYPE_CHECKING:
    from peerbot.config import Settings
    from peerbot.engine.clock import Clock
    from peerbot.engine.findings import Finding
    from peerbot.ops.serving import Outside, RunningApp
    from peerbot.privacy.rules import Mark

_DEMO_PORT: Final = 8480
_INTERRUPTED: Final = 130
_COMMANDS: Final = {
    "run": "operator-cli-run",
    "demo": "operator-cli-demo",
    "backup": "operator-cli-backup",
    "restore": "operator-cli-restore",
    "migrate": "operator-cli-migrate",
    "rekey": "operator-cli-rekey",
    "doctor": "operator-cli-doctor",
    "data-map": "operator-cli-data-map",
}


def main(arguments: Sequence[str] | None = None, outside: "Outside | None" = None) -> int:
    """Do what the command line says and return the exit code. A test brings its own `outside`."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        if given.command == "run":
            return _run(given.config, outside)
        if given.command == "data-map":
            return _data_map(as_json=given.json)
        if given.command == "doctor":
            return _doctor(given, outside)
        if given.command != "demo":
            return _on_files(given)
        if given.broken is not None and not given.tour:
            parser.error(say("operator-cli-break-alone"))
        return _demo(given)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run(file: Path, outside: "Outside | None") -> int:
    from peerbot import config
    from peerbot.ops import serving

    settings = None
    try:
        settings = config.load(file)
        serving.run(settings, outside or serving.Outside(partial(_open_app, settings), settings.discord.api))
    except Exception as error:  # noqa: BLE001 - whatever it is, the operator reads one sentence
        return _tell(error, file, settings and settings.database.path)
    return 0


def _on_files(given: argparse.Namespace) -> int:
    from peerbot import config
    from peerbot.engine.clock import SystemClock
    from peerbot.ops import commands

    settings, clock = None, SystemClock()
    try:
        settings = config.load(given.config)
        if given.command == "backup":
            commands.back_up(settings, clock, given.to)
        elif given.command == "restore":
            commands.put_back(settings, clock, given.file, given.key_file, partial(_replay, clock))
        elif given.command == "migrate":
            commands.migrate(settings, clock)
        else:
            commands.change_key(settings, given.new_key_file)
    except Exception as error:  # noqa: BLE001 - as in `_run`
        return _tell(error, given.config, settings and settings.database.path)
    return 0


def _data_map(*, as_json: bool) -> int:
    from peerbot.confidentiality.service import Confidentiality
    from peerbot.escalation.service import Escalation
    from peerbot.meetings.service import Meetings
    from peerbot.privacy import table
    from peerbot.privacy.service import items_of
    from peerbot.servers.service import Servers
    from peerbot.signup.service import Signup

    rows = table.rows(items_of((Servers, Signup, Confidentiality, Meetings, Escalation)))
    sys.stdout.write(table.as_json(rows) if as_json else table.as_text(rows))
    return 0


def _doctor(given: argparse.Namespace, outside: "Outside | None") -> int:
    from peerbot import config
    from peerbot.engine.clock import SystemClock
    from peerbot.ops import host_doctor

    settings = None
    try:
        settings = config.load(given.config)
        api = outside.discord_api if outside else settings.discord.api
        findings = partial(_server_findings, settings)
        return host_doctor.run(settings, SystemClock(), api, findings, as_json=given.json)
    except Exception as error:  # noqa: BLE001 - as in `_run`
        return _tell(error, given.config, settings and settings.database.path)


async def _server_findings(settings: "Settings", key: bytes) -> "Mapping[int, Sequence[Finding]]":
    from peerbot.app import App
    from peerbot.engine.clock import SystemClock
    from peerbot.engine.database import Database
    from peerbot.gateway.pager import AddressBook

    database = await Database.open_to_read(settings.database.path, key)
    try:
        return await App(database, SystemClock(), AddressBook(settings.alerts)).doctor.look_everywhere()
    finally:
        await database.close()


def _replay(clock: "Clock", file: Path, key: bytes, newer: "Sequence[tuple[Path, bytes]]") -> int:
    """Delete again, in a restored file, whom newer files say was deleted since; return how many that were."""
    import asyncio

    from peerbot.privacy.service import deleted_since

    marks = deleted_since(file, key, newer)
    return asyncio.run(_delete_again(clock, file, key, marks)) if marks else 0


async def _delete_again(clock: "Clock", file: Path, key: bytes, marks: "Sequence[Mark]") -> int:
    from peerbot.app import App

    app = await App.open(file, key, clock)
    try:
        return await app.privacy.erasing.again(marks)
    finally:
        await app.close()
        file.with_name(file.name + ".lock").unlink(missing_ok=True)


async def _open_app(settings: "Settings", database: Path, key: bytes, clock: "Clock") -> "RunningApp":
    from peerbot.app import App
    from peerbot.gateway import endpoint
    from peerbot.gateway.pager import AddressBook
    from peerbot.ops.backup import Backups
    from peerbot.ops.keeping import Keeping

    endpoint.use(settings.discord.api, str(settings.discord.gateway_url))
    backups = Backups(database, settings.backup_folder)
    watched = settings.watchdog.url is not None
    return await App.open(
        database, key, clock, AddressBook(settings.alerts), watched=watched, keeping=Keeping(backups, key)
    )


def _demo(given: argparse.Namespace) -> int:
    import asyncio

    from peerbot.ops.preflight import DemoMissing

    try:
        from peerbot.demo import run_demo, run_tour

        playing = (
            run_tour(given.broken) if given.tour else run_demo(given.port, open_browser=given.browser, new=given.new)
        )
        return asyncio.run(playing)
    except ModuleNotFoundError as error:
        return _tell(DemoMissing() if error.name == "simcord" else error)
    except Exception as error:  # noqa: BLE001 - as in `_run`
        return _tell(error)


def _tell(error: Exception, config: Path = Path(), database: Path | None = None) -> int:
    from peerbot.ops import faults

    sys.stderr.write(faults.told(error, config=config, database=database) + "\n")
    return faults.fault_of(error).code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("peerbot", description=say("operator-cli"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(_COMMANDS))
    usual = Path(os.environ.get("PEERBOT_CONFIG") or "config.toml")
    made = {name: commands.add_parser(name, help=say(text), description=say(text)) for name, text in _COMMANDS.items()}
    for name, command in made.items():
        if name not in {"demo", "data-map"}:
            command.add_argument("--config", type=Path, default=usual, help=say("operator-cli-config"))
    made["backup"].add_argument("--to", type=Path, metavar="FILE", help=say("operator-cli-to"))
    made["restore"].add_argument("file", type=Path, help=say("operator-cli-file"))
    made["restore"].add_argument("--key-file", type=Path, metavar="FILE", help=say("operator-cli-key-file"))
    made["rekey"].add_argument("--new-key-file", type=Path, metavar="FILE", help=say("operator-cli-new-key-file"))
    for name in ("doctor", "data-map"):
        made[name].add_argument("--json", action="store_true", help=say("operator-cli-json"))
    demo = made["demo"]
    demo.add_argument("--tour", action="store_true", help=say("operator-cli-tour"))
    demo.add_argument("--break", dest="broken", type=int, metavar="N", help=say("operator-cli-break"))
    demo.add_argument("--new", action="store_true", help=say("operator-cli-new"))
    demo.add_argument("--port", type=int, default=_DEMO_PORT, help=say("operator-cli-port"))
    demo.add_argument("--no-browser", dest="browser", action="store_false", help=say("operator-cli-no-browser"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
