"""A direct message is answered even while the database fails: at once, from memory, as seldom as otherwise."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import aiohttp
import discord
import structlog

from peerbot.engine.card import Card
from peerbot.engine.clock import Clock
from peerbot.gateway import draw

PAUSE: Final = timedelta(minutes=10)
"""Nobody is answered more often (product specification, §4)."""
_MOST_KNOWN: Final = 1000
"""People whose last answer is remembered: the oldest are forgotten first, so that memory stays small."""
_log = structlog.get_logger(__name__)


class DirectMessages:
    """Hands each on, unread. Where nothing can be written down it answers by itself: no outbox, no second try."""

    def __init__(self, answer: Callable[[int], Awaitable[None]], clock: Clock, card: Card) -> None:
        """Let `answer` answer, else show `card`; `clock` says how long ago that was."""
        self._answer = answer
        self._clock = clock
        self._card = card
        self._answered = OrderedDict[int, datetime]()

    async def arrived(self, author: discord.User | discord.Member) -> None:
        """Somebody has written: they are answered, whatever fails on our side."""
        try:
            await self._answer(author.id)
        except Exception as error:  # noqa: BLE001 - whatever failed, somebody may need the way to help
            _log.exception("direct message answered from memory", error=type(error).__name__)
            await self._from_memory(author)

    async def _from_memory(self, author: discord.User | discord.Member) -> None:
        now, last = self._clock.now(), self._answered.get(author.id)
        if last is not None and timedelta() <= now - last < PAUSE:
            return
        self._answered[author.id] = now
        self._answered.move_to_end(author.id)
        while len(self._answered) > _MOST_KNOWN:
            self._answered.popitem(last=False)
        try:
            await author.send(**draw.message(self._card, alone=True))
        except (discord.DiscordException, aiohttp.ClientError, OSError) as failed:
            _log.warning("direct message not answered", error=type(failed).__name__)
