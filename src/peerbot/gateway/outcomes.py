"""What an attempt to act on Discord came to, from the exception it ended with."""

import aiohttp
import discord

from peerbot.engine.delivery import SEEN, Busy, Outcome, Refused, Unknown
from peerbot.gateway.http import UncertainResponse

_TOO_MANY = 429


class NotSent(Exception):
    """An alert outside Discord was not taken, and would not be taken now."""


class SeenAnyway(Exception):
    """Somebody sees the channel from whom what would be there must be hidden."""


class NotThere(Exception):
    """Whom it would be for is no longer on the server."""


_UNKNOWN_MEMBER = 10007
_SERVER_FAULT = 500


def outcome_of(error: BaseException, *, safe: bool) -> Outcome | None:
    """Return the outcome an exception stands for, or None if it is a defect of ours.

    `safe` says that the effect may simply be repeated (a PUT or DELETE).
    """
    match error:
        case NotSent():
            return Refused(0)
        case NotThere():
            return Refused(_UNKNOWN_MEMBER)
        case SeenAnyway():
            return Refused(SEEN)
        case discord.RateLimited(retry_after=seconds):
            return Busy(seconds)
        case discord.HTTPException() if error.status == _TOO_MANY:
            return Busy(60)
        case discord.HTTPException() if error.status >= _SERVER_FAULT:
            return Unknown(safe)
        case discord.HTTPException():
            return Refused(error.code)
        case UncertainResponse() | aiohttp.ClientError() | TimeoutError() | OSError():
            return Unknown(safe)
        case _:
            return None
