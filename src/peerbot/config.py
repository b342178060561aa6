"""The operator's settings: one TOML file, and environment variables, which outrank it.

A variable is named after its setting: `PEERBOT_HEALTH_PORT` for `port` in `[health]`. The two secrets are never in the
TOML file, which people copy and show: the token has a file of its own or is in `PEERBOT_DISCORD_TOKEN` (or
`PEERBOT_TOKEN`), the key has a file of its own or is in `PEERBOT_DATABASE_KEY`.
"""

import ipaddress
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, TypeVar, cast
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AnyUrl,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    WebsocketUrl,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

_PREFIX: Final = "PEERBOT_"
_SHORT_TOKEN: Final = "PEERBOT_TOKEN"  # noqa: S105 - the name of the variable
SECRETS: Final = frozenset({("discord", "token"), ("database", "key")})
"""Settings that only the environment may hold."""


class ConfigMissing(Exception):
    """There is no such file. The message is its path."""


class ConfigUnreadable(Exception):
    """The file is there and cannot be read. The message is its path."""


class NotToml(Exception):
    """The file is no valid TOML. The message says where."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One setting that cannot be used. Holds no value: it may be a secret in the wrong place."""

    written: str
    """As the operator wrote it: `[health] port`, `PEERBOT_HEALTH_PORT` or `[heath]`."""
    kind: str
    """pydantic's name for what is wrong; `secret` if it stands in the file, `variable` if it names a whole section."""
    setting: str
    """`section.name`, whether there is such a setting or not."""
    known: tuple[str, ...] = ()
    """For an unknown one: the names that exist there."""


class ConfigFault(Exception):
    """One or more settings cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep every problem, so that all can be said at once."""
        super().__init__(", ".join(problem.written for problem in problems))
        self.problems = problems


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Url = TypeVar("Url", bound=AnyUrl)


def _sealed(url: Url) -> Url:
    """Take an address to which the token goes: nobody on the way may read it."""
    host = (url.host or "").strip("[]")
    if url.scheme in {"https", "wss"} or host == "localhost":
        return url
    try:
        inside = ipaddress.ip_address(host).is_loopback
    except ValueError:
        inside = False
    if not inside:
        fault = "url_open"
        raise PydanticCustomError(fault, "not encrypted")
    return url


class DiscordSection(_Section):
    """Who the bot is on Discord, and where Discord is."""

    token_file: Path | None = None
    token: SecretStr | None = None
    api_url: Annotated[HttpUrl, AfterValidator(_sealed)] = HttpUrl("https://discord.com/api/v10")
    gateway_url: Annotated[WebsocketUrl, AfterValidator(_sealed)] = WebsocketUrl("wss://gateway.discord.gg")

    @property
    def api(self) -> str:
        """`api_url` as routes are put behind it."""
        return str(self.api_url).rstrip("/")


def _named(path: Path) -> Path:
    if not path.name:
        message = "names no file"
        raise ValueError(message)
    return path


class DatabaseSection(_Section):
    """Where everything is kept."""

    path: Annotated[Path, AfterValidator(_named)] = Path("data/peerbot.sqlite")
    key_file: Path | None = None
    key: SecretStr | None = None


class BackupSection(_Section):
    """Where backups go."""

    folder: Path | None = None


class WatchdogSection(_Section):
    """Who notices when the bot stops."""

    url: HttpUrl | None = None


class HealthSection(_Section):
    """Where `/healthz` and `/readyz` answer, and `/metrics` if wanted; port 0 turns all off."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8470, ge=0, le=65535)
    metrics: bool = False


class LogSection(_Section):
    """What the log shows. Libraries stay at warnings whatever the level."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


ALERT_KINDS: Final = (
    "ntfys",  # Push to a phone, free, its own server if wanted.
    "gotifys",  # Push from a server of one's own.
    "pover",  # Pushover: push that repeats until somebody looks.
    "signals",  # Signal, through a gateway of one's own.
    "threema",  # Threema, for teams that use it.
    "tgram",  # Telegram, for teams that use it.
    "mailtos",  # Mail, where there is nothing better.
    "twilio",  # These three send SMS: they arrive where there is no data connection.
    "vonage",
    "clicksend",
)
"""The kinds of alert, by Apprise's names. All are encrypted on their way. Matrix is left out: where it sends to is
looked up at an address that nobody has checked; so is whatever runs a program or writes a file on this machine."""

_MOST_WAYS: Final = 5


def _way(way: SecretStr) -> SecretStr:
    """Take the address of an alert; the fault says what is wrong with it, never what it is."""
    written = way.get_secret_value()
    kind, _, rest = written.partition("://")
    if kind not in ALERT_KINDS or not rest:
        fault = "alert_kind"
        raise PydanticCustomError(fault, "none of the kinds")
    try:
        host = urlsplit(written).hostname or ""
    except ValueError:
        host = ""
    if not host or re.search(r"[?&]verify=", written):
        fault = "alert_form"
        raise PydanticCustomError(fault, "not written as it must be")
    if host == "localhost" or not _outside(host):
        fault = "alert_inside"
        raise PydanticCustomError(fault, "leads inside")
    return way


def _outside(host: str) -> bool:
    """Return whether a host is not plainly one of this machine's or of a private network; names are asked later."""
    try:
        address = ipaddress.ip_address(host)
        return (getattr(address, "ipv4_mapped", None) or address).is_global
    except ValueError:
        return True


def _some(ways: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    if not 0 < len(ways) <= _MOST_WAYS:
        fault = "too_long" if ways else "too_short"
        raise PydanticCustomError(fault, "too few or too many")
    return ways


class AlertedPerson(_Section):
    """Somebody who is alerted outside Discord too, by each of these ways: addresses as Apprise writes them."""

    id: int = Field(gt=0, lt=2**63)
    ways: Annotated[tuple[Annotated[SecretStr, AfterValidator(_way)], ...], AfterValidator(_some)]


class AlertsSection(_Section):
    """Who is alerted outside Discord. It stands here and never in the database."""

    people: tuple[AlertedPerson, ...] = ()
    operator: tuple[Annotated[SecretStr, AfterValidator(_way)], ...] = ()


class Settings(BaseSettings):
    """Every setting of the program."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    discord: DiscordSection = DiscordSection()
    database: DatabaseSection = DatabaseSection()
    backup: BackupSection = BackupSection()
    watchdog: WatchdogSection = WatchdogSection()
    alerts: AlertsSection = AlertsSection()
    health: HealthSection = HealthSection()
    log: LogSection = LogSection()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment outrank the file."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings

    @property
    def key_file(self) -> Path:
        """Where the key is: as set, or beside the database."""
        return self.database.key_file or self.database.path.with_suffix(".key")

    @property
    def backup_folder(self) -> Path:
        """Where backups are: as set, or in `backups` beside the database."""
        return self.backup.folder or self.database.path.with_name("backups")


NAMES: Final = {
    section: tuple(cast("type[BaseModel]", field.annotation).model_fields)
    for section, field in Settings.model_fields.items()
}
"""The names of the settings of each section."""


def load(file: Path) -> Settings:
    """Return the settings of `file` and of the environment. Relative paths are taken from the folder of `file`.

    Variables that begin with `PEERBOT_` but name no section are left alone: container platforms set some by themselves.

    Raises:
        ConfigMissing: there is no such file.
        ConfigUnreadable: it cannot be read.
        NotToml: it is no valid TOML.
        ConfigFault: settings are unknown or wrong; it names all of them.
    """
    written = _read(file)
    problems = _misplaced(written)
    if (token := os.environ.get(_SHORT_TOKEN)) and isinstance(part := written.setdefault("discord", {}), dict):
        part["token"] = token
    try:
        settings = Settings(**written)
    except ValidationError as error:
        problems += [_problem(detail) for detail in error.errors(include_input=False, include_url=False)]
    except SettingsError:
        # A variable named after a whole section, which `_misplaced` has told, or the one setting that is a list.
        if not problems:
            problems.append(Problem("PEERBOT_ALERTS_PEOPLE", "tuple_type", "alerts.people"))
    else:
        if not problems:
            return _placed(settings, file.parent)
    # The first word about a setting is the exact one.
    raise ConfigFault(list({problem.written: problem for problem in reversed(problems)}.values())[::-1])


def _misplaced(written: dict[str, Any]) -> list[Problem]:
    """Take the secrets out of the file's settings, and tell them and the variables that name a whole section."""
    found: list[Problem] = []
    for section, name in sorted(SECRETS):
        part = written.get(section)
        if isinstance(part, dict) and cast("dict[str, Any]", part).pop(name, None) is not None:
            found.append(Problem(f"[{section}] {name}", "secret", f"{section}.{name}"))
    whole = {section: (_PREFIX + section).upper() for section in NAMES}
    return found + [
        Problem(whole[name], "variable", name, NAMES[name]) for name in NAMES if os.environ.get(whole[name])
    ]


def _problem(detail: ErrorDetails) -> Problem:
    section, *rest = (str(part) for part in detail["loc"])
    setting = ".".join([section, *rest[:1]])
    variable = (_PREFIX + setting.replace(".", "_")).upper()
    from_environment = variable in {name.upper() for name, value in os.environ.items() if value}
    # In a list each place counts from one, as people do: `[alerts] people 2 ways 1`.
    places = [str(int(part) + 1) if part.isdecimal() else part for part in rest]
    in_file = " ".join([f"[{section}]", *places])
    known = NAMES.get(section, ()) if rest else tuple(NAMES)
    return Problem(variable if from_environment else in_file, detail["type"], setting, known)


def _placed(settings: Settings, folder: Path) -> Settings:
    """Say the paths from the file's folder: the same file means the same database wherever the program is started."""
    database, discord, backup = settings.database, settings.discord, settings.backup.folder
    key_file = database.key_file and folder / database.key_file
    token_file = discord.token_file and folder / discord.token_file
    return settings.model_copy(
        update={
            "backup": settings.backup.model_copy(update={"folder": backup and folder / backup}),
            "database": database.model_copy(update={"path": folder / database.path, "key_file": key_file}),
            "discord": discord.model_copy(update={"token_file": token_file}),
        }
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigMissing(str(file)) from error
    except OSError as error:
        raise ConfigUnreadable(str(file)) from error
    except UnicodeDecodeError as error:
        message = "not UTF-8"
        raise NotToml(message) from error
    except tomllib.TOMLDecodeError as error:
        # Only the place: the parser's words may quote the line, and people put tokens into the wrong line.
        place = re.search(r"line \d+, column \d+|end of document", str(error))
        raise NotToml(place[0] if place else "") from None
