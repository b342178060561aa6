"""`peerbot doctor`: what the operator can see from the machine, beside a running bot or without one.

It changes nothing. What only a bot that is connected can know of a server, `/doctor` says there.
"""

import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from peerbot.config import Settings
from peerbot.engine import copies
from peerbot.engine.clock import Clock
from peerbot.engine.database import DatabaseFault
from peerbot.engine.findings import Finding, Health
from peerbot.engine.key import KeyFault
from peerbot.engine.texts import plain, say
from peerbot.ops import faults, preflight, rekey, update
from peerbot.ops.backup import Backups
from peerbot.ops.checks import backup_age, clock_beside, room_on_disk

HOST: Final = "host"
SEEN_ON_DISCORD: Final = frozenset(
    {"permissions", "category", "channels", "commands", "places", "work", "readers", "strangers", "copies"}
)
"""Checks that ask what Discord has told a connected bot; what waits to be sent waits while no bot runs."""
_LOOKED_AT_HERE: Final = frozenset({"watched", "backup", "disk", "database"})
_ONE_FOR_ALL: Final = frozenset({"update", "housekeeping"})
"""Checks that find the same for every server."""
_LONGEST: Final = 10.0
"""Seconds for one call."""
_OTHERS: Final = 0o077
_OK: Final = 200

ServerFindings = Callable[[bytes], Awaitable[Mapping[int, Sequence[Finding]]]]
"""Every server's findings, by its id, read with the key; nothing connects."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding, and where: `host`, or a server's id."""

    where: str
    finding: Finding

    def told(self) -> str:
        """Return the sentence as it reads on a terminal; empty where all is well and there is nothing to say."""
        return plain(say(self.finding.text, **self.finding.values)) if self.finding.text else ""


@dataclass(slots=True)
class Examination:
    """What is found, as it is found."""

    settings: Settings
    clock: Clock
    api: str
    seen: list[Seen] = field(default_factory=list[Seen])

    def note(self, finding: Finding) -> None:
        """Keep what was found of the machine."""
        self.seen.append(Seen(HOST, finding))

    def fault(self, check: str, error: Exception) -> None:
        """Keep a fault that `peerbot run` would end with, in the same words."""
        told = faults.told(error, config=Path("config.toml"), database=self.settings.database.path)
        self.note(Finding(check, Health.BROKEN, "doctor-fault", {"told": told}))


async def examine(settings: Settings, clock: Clock, api: str, servers: ServerFindings) -> Sequence[Seen]:
    """Return everything that could stop the bot from keeping its word, as seen from this machine. Never raises."""
    found = Examination(settings, clock, api)
    await _discord(found)
    key = _key(found)
    if key is not None and _database(found, key):
        for server_id, findings in (await servers(key)).items():
            for each in findings:
                seen = Seen(HOST if each.check in _ONE_FOR_ALL else str(server_id), each)
                if each.check not in SEEN_ON_DISCORD | _LOOKED_AT_HERE and seen not in found.seen:
                    found.seen.append(seen)
    backups = Backups(settings.database.path, settings.backup_folder)
    found.note(backup_age(backups.latest(), clock.now()))
    found.note(room_on_disk(_free(settings.database.path)))
    watched = settings.watchdog.url is not None
    found.note(Finding("watched") if watched else Finding("watched", Health.WARNED, "doctor-unwatched"))
    await _running(found)
    return found.seen


async def _discord(found: Examination) -> None:
    """Whether there is a token that Discord knows, and whether its clock is ours."""
    import aiohttp  # noqa: PLC0415 - heavy, and needed by this command alone

    try:
        token = preflight.token_of(found.settings)
    except (preflight.NoToken, preflight.TokenUnreadable, preflight.OddToken) as error:
        found.fault("token", error)
        return
    _private(found, "token", found.settings.discord.token_file)
    headers = {"Authorization": f"Bot {token}", "User-Agent": "DiscordBot (peerbot, 0)"}
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_LONGEST), headers=headers) as http,
            http.get(f"{found.api}/users/@me") as answer,
        ):
            status, date = answer.status, answer.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        found.fault("token", error)
        return
    if status == _OK:
        found.note(Finding("token"))
    elif status == preflight.UNAUTHORIZED:
        found.fault("token", preflight.WrongToken())
    else:
        found.note(Finding("token", Health.WARNED, "doctor-discord-answers", {"status": status}))
    with suppress(ValueError, TypeError):
        found.note(clock_beside(parsedate_to_datetime(date).astimezone(UTC), found.clock.now()))


def _key(found: Examination) -> bytes | None:
    """Whether there is a key that others cannot read. None is made here."""
    settings = found.settings
    if settings.database.key is None and not settings.key_file.exists() and not settings.database.path.exists():
        found.note(Finding("key", Health.WARNED, "doctor-no-database"))
        return None
    try:
        key = preflight.key_of(settings)
    except (KeyFault, preflight.OddKey) as error:
        found.fault("key", error)
        return None
    found.note(Finding("key"))
    if settings.database.key is None:
        _private(found, "key", settings.key_file)
        if rekey.new_of(settings.key_file).exists() or rekey.old_of(settings.key_file).exists():
            found.note(Finding("key", Health.WARNED, "doctor-rekey-cut-short"))
    return key


def _private(found: Examination, check: str, file: Path | None) -> None:
    with suppress(OSError):
        if file is not None and file.stat().st_mode & _OTHERS:
            found.note(Finding(check, Health.WARNED, "doctor-file-open", {"file": str(file)}))


def _database(found: Examination, key: bytes) -> bool:
    """Whether the database opens with its key, is whole, and is of this version."""
    path = found.settings.database.path
    if not path.exists():
        found.note(Finding("database", Health.WARNED, "doctor-no-database"))
        return False
    try:
        copies.verify(path, key)
        lacking = update.steps_lacking(path, key)
    except (DatabaseFault, OSError) as error:
        found.fault("database", error)
        return False
    sqlite, cipher = copies.versions(path, key)
    found.note(Finding("database", text="doctor-versions", values={"sqlite": sqlite, "cipher": cipher}))
    if lacking:
        found.note(Finding("database", Health.WARNED, "doctor-update-waits", {"steps": lacking}))
    return not lacking


def _free(path: Path) -> int:
    import shutil  # noqa: PLC0415 - beside its one use

    nearest = path.parent
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    return shutil.disk_usage(nearest).free


async def _running(found: Examination) -> None:
    """Whether a bot runs on this database, and whether it says that it is well."""
    import aiohttp  # noqa: PLC0415 - as above

    path = found.settings.database.path
    lock = FileLock(path.with_name(path.name + ".lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout:
        pass
    except OSError as error:
        found.fault("running", error)
        return
    else:
        lock.release()
        found.note(Finding("running", Health.WARNED, "doctor-not-running"))
        return
    health = found.settings.health
    if not health.port:
        found.note(Finding("running"))
        return
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_LONGEST)) as http,
            http.get(f"http://{health.host}:{health.port}/healthz") as answer,
        ):
            well = answer.status == _OK
    except (aiohttp.ClientError, TimeoutError, OSError):
        well = False
    found.note(Finding("running") if well else Finding("running", Health.BROKEN, "doctor-running-unwell"))


def shown(seen: Sequence[Seen], *, as_json: bool, now: datetime) -> str:
    """Return what was found, for people or for programs; the worst first."""
    order = (Health.BROKEN, Health.WARNED, Health.WELL)
    ordered = sorted(seen, key=lambda each: order.index(each.finding.health))
    if as_json:
        return json.dumps(_document(ordered, now), indent=2) + "\n"
    lines = [_line(each) for each in ordered]
    return "\n".join([*lines, plain(say("doctor-elsewhere"))]) + "\n"


def _document(seen: Sequence[Seen], now: datetime) -> Mapping[str, Any]:
    """Return the JSON of docs/operators-guide.md, "peerbot doctor"."""
    return {
        "well": not any(each.finding.health is Health.BROKEN for each in seen),
        "at": now.isoformat(timespec="seconds"),
        "findings": [
            {
                "where": each.where,
                "check": each.finding.check,
                "health": each.finding.health.value,
                "says": each.told(),
            }
            for each in seen
        ],
    }


def _line(each: Seen) -> str:
    name = say(f"doctor-check-{each.finding.check}")
    line = plain(say(f"doctor-{each.finding.health.value}", check=name, told=each.told())).rstrip()
    return line if each.where == HOST else say("doctor-of-server", line=line, server=each.where)


def run(settings: Settings, clock: Clock, api: str, servers: ServerFindings, *, as_json: bool) -> int:
    """Examine, say what was found, and return the exit code: 0, or 1 if something is broken."""
    import asyncio  # noqa: PLC0415 - as above

    seen = asyncio.run(examine(settings, clock, api, servers))
    sys.stdout.write(shown(seen, as_json=as_json, now=clock.now()))
    return int(any(each.finding.health is Health.BROKEN for each in seen))
