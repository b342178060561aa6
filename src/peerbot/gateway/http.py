"""What happens to each request that discord.py makes.

It waits at the door until Discord takes one more.

And discord.py repeats every call that ends in 500, 502, 504 or 524, up to five times, POSTs too. So one wish can make
three channels. Here such an answer to a POST ends the call at once, and the outbox alone decides what follows.
"""

from types import SimpleNamespace
from typing import Final

import aiohttp

from peerbot.gateway.pacing import Pace
from peerbot.gateway.tally import Tally

_NOT_COUNTED: Final = frozenset({"interactions", "webhooks"})
_RETRIED_BY_DISCORD_PY: Final = frozenset({500, 502, 504, 524})


class UncertainResponse(Exception):
    """Discord failed while answering a POST: it may have acted or not."""


async def _refuse_repeats(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    # Raised from aiohttp's public trace hook, it passes through discord.py's retry loop and frees its bucket.
    if params.method == "POST" and params.response.status in _RETRIED_BY_DISCORD_PY:
        raise UncertainResponse(str(params.response.status))


def trace(pace: Pace, tally: Tally) -> aiohttp.TraceConfig:
    """Return the trace for `Client(http_trace=…)`: it holds requests to `pace`, counts, and stops repeats of POSTs."""

    async def at_the_door(_session: object, _context: object, params: aiohttp.TraceRequestStartParams) -> None:
        # Interactions are not bound to the limit over all (topics/rate-limits.mdx, "Global Rate Limit").
        if not _NOT_COUNTED.intersection(params.url.parts):
            await pace.enter()

    async def answered(_session: object, _context: object, params: aiohttp.TraceRequestEndParams) -> None:
        tally.answered(params.response.status, params.response.headers.get("X-RateLimit-Scope", ""))

    async def unanswered(_session: object, _context: object, params: aiohttp.TraceRequestExceptionParams) -> None:
        if not isinstance(params.exception, UncertainResponse):  # Our own, for an answer that was counted.
            tally.unanswered()

    config = aiohttp.TraceConfig()
    config.on_request_start.append(at_the_door)
    config.on_request_end.append(answered)
    config.on_request_exception.append(unanswered)
    config.on_request_end.append(_refuse_repeats)
    return config
