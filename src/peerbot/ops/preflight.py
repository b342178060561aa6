"""What must hold before anything is written: a token, a directory that takes files, on a first run a login."""

import tempfile
from pathlib import Path
from typing import Final

from peerbot.config import Settings
from peerbot.engine import key

_LONGEST_LOGIN: Final = 15.0
"""Seconds (rule P32)."""
UNAUTHORIZED: Final = 401
"""Discord's answer to a token that it does not know."""


class NoToken(Exception):
    """Neither the environment nor a file gives a token."""


class TokenUnreadable(Exception):
    """The token file cannot be read. The message is its path."""


class OddToken(Exception):
    """What should be a token is empty or not one word. The message says where it stands."""


class WrongToken(Exception):
    """Discord does not know the token."""


class OddKey(Exception):
    """What should be a key is not. The message says where it stands."""


class DirectoryClosed(Exception):
    """The directory cannot be made or takes no files. The message is its path."""


class DemoMissing(Exception):
    """The packages of the demo are not installed."""


def token_of(settings: Settings) -> str:
    """Return the token from the environment or else from its file.

    Raises:
        NoToken: none is set.
        TokenUnreadable: its file cannot be read.
        OddToken: it is empty, or not one word of plain characters, which no header can carry.
    """
    file = settings.discord.token_file
    if settings.discord.token is not None:
        token, place = settings.discord.token.get_secret_value().strip(), "PEERBOT_DISCORD_TOKEN"
    elif file is None:
        raise NoToken
    else:
        try:
            token, place = file.read_text(encoding="utf-8").strip(), str(file)
        except OSError as error:
            raise TokenUnreadable(str(file)) from error
        except UnicodeDecodeError:
            raise OddToken(str(file)) from None
    if not (token.isascii() and token.isprintable() and token.split() == [token]):
        raise OddToken(place)
    return token


def key_of(settings: Settings) -> bytes:
    """Return the key from the environment or else from its file, which is made on a first run.

    Raises:
        OddKey: what is there is not a key.
        KeyMissing: the database is there, the key file is not.
        KeyUnreadable: the key file cannot be read or made.
    """
    if settings.database.key is not None:
        try:
            return key.parse(settings.database.key.get_secret_value())
        except ValueError:
            place = "PEERBOT_DATABASE_KEY"
            raise OddKey(place) from None
    try:
        return key.load_or_make(settings.key_file, settings.database.path)
    except key.KeyUnreadable as error:
        if isinstance(error.__cause__, ValueError):
            raise OddKey(str(settings.key_file)) from None
        raise


def check_directory(directory: Path) -> None:
    """See that files can be made in `directory`, or in the nearest one above that exists. Leaves nothing behind.

    Raises:
        DirectoryClosed: they cannot.
    """
    nearest = directory
    try:
        while not nearest.exists() and nearest != nearest.parent:
            nearest = nearest.parent
        # The attempt itself: permission bits say little about mounts, containers and root.
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise DirectoryClosed(str(directory)) from error


async def check_token(token: str, api: str) -> None:
    """Ask Discord whether it knows `token`, so that a first run with a wrong one makes neither key nor database.

    Raises:
        WrongToken: it does not.
        aiohttp.ClientError, TimeoutError: Discord cannot be reached.
    """
    import aiohttp  # noqa: PLC0415 - heavy, and needed on a first run alone

    headers = {"Authorization": f"Bot {token}", "User-Agent": "DiscordBot (peerbot, 0)"}
    limit = aiohttp.ClientTimeout(total=_LONGEST_LOGIN)
    async with (
        aiohttp.ClientSession(timeout=limit, headers=headers) as http,
        http.get(f"{api}/users/@me") as answer,
    ):
        if answer.status == UNAUTHORIZED:
            raise WrongToken
