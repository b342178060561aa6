"""What stops the program: the sentence and the exit code of each fault, as one table.

| code | what is wrong | does starting again help? |
|---|---|---|
| 0 | nothing: it was told to end | |
| 1 | `doctor` found something broken | |
| 2 | the command line (argparse) | no |
| 65 | the key does not open the database or the backup | no |
| 66 | the key is missing or unusable; there is no such database or backup | no |
| 67 | Discord ended the connection, or refuses the intents | not by itself |
| 69 | no network, or Discord is down | yes, later |
| 70 | a defect of peerbot, or an end that took too long | yes |
| 71 | the port of /healthz or of the demo is taken | no |
| 72 | the demo is not installed, or SQLite is too old | no |
| 73 | the directory or the file cannot be written | no |
| 74 | the disk is full or broken | no |
| 75 | another process holds the database | no |
| 76 | a newer peerbot wrote the database | no |
| 77 | no token, or one that Discord refuses | no |
| 78 | the config file | no |
| 130 | Ctrl-C before there was anything to end | |

Where a number has a meaning in sysexits.h it was chosen for that. A supervisor should start again after 69 and 70
only, and not more than once a minute: Discord allows a bot 1,000 identifies a day and then resets its token.
"""

import errno
import os
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from peerbot.config import SECRETS, ConfigFault, Problem
from peerbot.ops.sentences import say


@dataclass(frozen=True, slots=True)
class Fault:
    """How one kind of fault is told."""

    code: int
    text: str


DEFECT: Final = Fault(70, "operator-defect")
HARD_END: Final = Fault(70, "operator-hard-end")

# By name, because most of these modules take long to import and some are not ours to import here. A number after the
# name stands for the error's own `code` or `errno`.
FAULTS: Final[Mapping[str, Fault]] = {
    "peerbot.config.ConfigMissing": Fault(78, "operator-config-missing"),
    "peerbot.config.ConfigUnreadable": Fault(78, "operator-config-unreadable"),
    "peerbot.config.NotToml": Fault(78, "operator-config-not-toml"),
    "peerbot.config.ConfigFault": Fault(78, "operator-config-problem"),
    "peerbot.ops.preflight.NoToken": Fault(77, "operator-no-token"),
    "peerbot.ops.preflight.TokenUnreadable": Fault(77, "operator-token-unreadable"),
    "peerbot.ops.preflight.OddToken": Fault(77, "operator-token-odd"),
    "peerbot.ops.preflight.WrongToken": Fault(77, "operator-token-wrong"),
    "discord.errors.LoginFailure": Fault(77, "operator-token-wrong"),
    "discord.errors.ConnectionClosed 4004": Fault(77, "operator-token-wrong"),
    "peerbot.ops.preflight.DirectoryClosed": Fault(73, "operator-directory"),
    "peerbot.engine.database.ReadOnly": Fault(73, "operator-read-only"),
    "peerbot.engine.key.KeyMissing": Fault(66, "operator-key-missing"),
    "peerbot.engine.key.KeyUnreadable": Fault(66, "operator-key-unusable"),
    "peerbot.ops.preflight.OddKey": Fault(66, "operator-key-odd"),
    "peerbot.engine.database.WrongKey": Fault(65, "operator-key-wrong"),
    "peerbot.engine.database.NewerDatabase": Fault(76, "operator-newer"),
    "peerbot.engine.database.InUse": Fault(75, "operator-in-use"),
    "peerbot.engine.database.DiskFull": Fault(74, "operator-disk-full"),
    "peerbot.engine.database.OldSQLite": Fault(72, "operator-old-sqlite"),
    "peerbot.engine.copies.CopyFault": Fault(74, "operator-copy-bad"),
    "peerbot.ops.update.UpdateFailed": Fault(70, "operator-update-failed"),
    "peerbot.ops.restore.BackupLocked": Fault(65, "operator-backup-locked"),
    "peerbot.ops.restore.NoSuchBackup": Fault(66, "operator-no-backup"),
    "peerbot.ops.commands.NoDatabase": Fault(66, "operator-no-database"),
    "peerbot.ops.commands.KeyFileTaken": Fault(66, "operator-no-new-key-file"),
    f"builtins.FileExistsError {errno.EEXIST}": Fault(73, "operator-file-there"),
    f"builtins.OSError {errno.ENOSPC}": Fault(74, "operator-disk-full"),
    "builtins.NotADirectoryError": Fault(73, "operator-directory"),
    "builtins.PermissionError": Fault(73, "operator-directory"),
    f"builtins.OSError {errno.EROFS}": Fault(73, "operator-directory"),
    "peerbot.engine.database.DatabaseFault": Fault(74, "operator-database"),
    "peerbot.ops.health.PortTaken": Fault(71, "operator-port"),
    f"builtins.OSError {errno.EADDRINUSE}": Fault(71, "operator-demo-port"),
    "aiohttp.client_exceptions.ClientError": Fault(69, "operator-no-network"),
    "builtins.TimeoutError": Fault(69, "operator-no-network"),
    "discord.errors.HTTPException": Fault(69, "operator-discord-down"),
    "discord.errors.ConnectionClosed": Fault(67, "operator-connection-over"),
    "peerbot.ops.ending.ConnectionOver": Fault(67, "operator-connection-over"),
    "discord.errors.PrivilegedIntentsRequired": Fault(67, "operator-intents"),
    "peerbot.ops.preflight.DemoMissing": Fault(72, "operator-demo-missing"),
}

_WRONG: Final[Mapping[str, str]] = {
    "extra_forbidden": "operator-wrong-unknown",
    "secret": "operator-wrong-secret",
    "variable": "operator-wrong-variable",
    "int_parsing": "operator-wrong-number",
    "int_type": "operator-wrong-number",
    "int_from_float": "operator-wrong-number",
    "int_parsing_size": "operator-wrong-range",
    "less_than_equal": "operator-wrong-range",
    "greater_than_equal": "operator-wrong-range",
    "string_too_short": "operator-wrong-empty",
    "value_error": "operator-wrong-empty",
    "bool_parsing": "operator-wrong-choice",
    "bool_type": "operator-wrong-choice",
    "literal_error": "operator-wrong-choice",
    "alert_kind": "operator-wrong-alert-kind",
    "alert_form": "operator-wrong-alert-form",
    "alert_inside": "operator-wrong-alert-inside",
    "too_short": "operator-wrong-empty",
    "too_long": "operator-wrong-range",
    "greater_than": "operator-wrong-range",
    "less_than": "operator-wrong-range",
    "url_parsing": "operator-wrong-address",
    "url_scheme": "operator-wrong-address",
    "url_too_long": "operator-wrong-address",
    "url_open": "operator-wrong-open",
    "url_type": "operator-wrong-text",
    "path_type": "operator-wrong-text",
    "string_type": "operator-wrong-text",
    "model_type": "operator-wrong-section",
    "model_attributes_type": "operator-wrong-section",
}
HOW: Final[Mapping[str, str]] = {
    "discord.token": "operator-how-token",
    "discord.token_file": "operator-how-token-file",
    "discord.api_url": "operator-how-api-url",
    "discord.gateway_url": "operator-how-gateway-url",
    "database.path": "operator-how-path",
    "database.key_file": "operator-how-key-file",
    "database.key": "operator-how-key",
    "backup.folder": "operator-how-folder",
    "alerts.operator": "operator-how-operator",
    "watchdog.url": "operator-how-url",
    "alerts.people": "operator-how-alerts",
    "health.host": "operator-how-host",
    "health.port": "operator-how-port",
    "health.metrics": "operator-how-metrics",
    "log.level": "operator-how-level",
    "log.format": "operator-how-format",
}
"""How to write each setting."""


def fault_of(error: BaseException) -> Fault:
    """Return how `error` is told: by its own name or that of its nearest ancestor; a defect if none is listed."""
    for kind in type(error).__mro__:
        name = f"{kind.__module__}.{kind.__qualname__}"
        number = getattr(error, "code", getattr(error, "errno", None))
        found = FAULTS.get(f"{name} {number}") or FAULTS.get(name)
        if found is not None:
            return found
    return DEFECT


def told(error: BaseException, *, config: Path, database: Path | None = None) -> str:
    """Return the sentence about `error`, one a line if it holds several problems.

    An error's own message is shown only by the texts that ask for `$what`: those whose messages are paths and ports.
    """
    if isinstance(error, ConfigFault):
        return "\n".join(_problem(problem, config) for problem in error.problems)
    sentence = say(
        fault_of(error).text,
        what=_what(error),
        why=_why(error),
        config=str(config),
        database=str(database or ""),
        code=str(getattr(error, "code", "")),
        status=str(getattr(error, "status", "")),
        kind=type(error).__name__,
        place=" < ".join(places(error)) or "?",
    )
    return " ".join([sentence, *getattr(error, "__notes__", [])])


def _problem(problem: Problem, config: Path) -> str:
    # A variable is written in capitals and stands in no file.
    written = problem.written
    if not written.isupper():
        written = say("operator-config-in-file", written=written, config=str(config))
    wrong = say(_WRONG.get(problem.kind, "operator-wrong-other"))
    return say("operator-config-problem", written=written, wrong=wrong, how=_how(problem))


def _how(problem: Problem) -> str:
    if problem.kind == "variable":
        return say("operator-how-variable", written=problem.written)
    if how := HOW.get(problem.setting):
        return say(how)
    if problem.kind == "extra_forbidden":
        section = problem.setting.partition(".")[0]
        known = [name for name in problem.known if (section, name) not in SECRETS or problem.written.isupper()]
        return say("operator-how-unknown", known=", ".join(known))
    return say("operator-how-section", setting=problem.setting)


def _what(error: BaseException) -> str:
    """Return what an error is about: the file where the system names one, else its own message."""
    named = error.filename if isinstance(error, OSError) else None
    return str(error) if named is None else str(named)


def _why(error: BaseException) -> str:
    for one in chain(error):
        if isinstance(one, OSError):
            if one.errno is not None and one.errno in errno.errorcode:
                return os.strerror(one.errno)
            return one.strerror or type(one).__name__
    return type(error).__name__


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, then what it came from."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def places(error: BaseException) -> list[str]:
    """Return where in our own code `error` passed, the innermost first: file and line, never a message."""
    found: list[str] = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        module, _, _ = str(frame.f_globals.get("__name__", "")).partition(".")
        if module in {"peerbot", "cogs"}:
            found.append(f"{Path(frame.f_code.co_filename).name}:{line}")
    return found[::-1]
