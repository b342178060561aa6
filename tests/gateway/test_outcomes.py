"""What an exception of a call to Discord says about whether it happened."""

import aiohttp
import discord
import pytest

from peerbot.engine.delivery import SEEN, Busy, Outcome, Refused, Unknown
from peerbot.gateway.http import UncertainResponse
from peerbot.gateway.outcomes import SeenAnyway, outcome_of


class Response:
    """As much of a response as discord.py's exceptions read."""

    reason = "reason"

    def __init__(self, status: int) -> None:
        self.status = status


def error(status: int, code: int = 0, kind: type[discord.HTTPException] = discord.HTTPException) -> Exception:
    return kind(Response(status), {"code": code, "message": "words"})  # type: ignore[arg-type] - see `Response`


@pytest.mark.parametrize("safe", [True, False])
@pytest.mark.parametrize(
    ("ended_with", "outcome"),
    [
        # Discord said no.
        (error(403, 50007, discord.Forbidden), Refused(50007)),
        (error(404, 10003, discord.NotFound), Refused(10003)),
        (error(400, 50035), Refused(50035)),
        (error(401), Refused(0)),
        # It was not asked.
        (SeenAnyway(), Refused(SEEN)),
        # Discord said later.
        (discord.RateLimited(31.5), Busy(31.5)),
        (error(429), Busy(60)),
        # Nobody knows.
        (error(500, kind=discord.DiscordServerError), None),
        (error(503, kind=discord.DiscordServerError), None),
        (UncertainResponse("502"), None),
        (TimeoutError(), None),
        (ConnectionResetError(), None),
        (OSError(), None),
        (aiohttp.ServerDisconnectedError(), None),
        (aiohttp.ClientPayloadError(), None),
    ],
)
def test_what_an_exception_says(ended_with: Exception, outcome: Outcome | None, safe: bool) -> None:  # noqa: FBT001
    assert outcome_of(ended_with, safe=safe) == (outcome or Unknown(safe))


@pytest.mark.parametrize("defect", [KeyError("card"), ValueError("a card of 3000"), AssertionError()])
def test_a_defect_of_ours_says_nothing(defect: Exception) -> None:
    assert outcome_of(defect, safe=True) is None
