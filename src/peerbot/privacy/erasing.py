"""Deleting somebody, or a whole server: at once what can be, then what Discord has to do first, then the last trace.

A use case ends what somebody was part of, and means to take their access away; that names them until Discord has done
it. So it is looked at again soon, and again, until nothing names them any more.
"""

import hmac
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import structlog

from peerbot.engine import named_store
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.outbox import Leased
from peerbot.engine.retention import DAY, Keeper, forget_person
from peerbot.engine.timers import Timer
from peerbot.meetings.leavers import LEFT
from peerbot.privacy import erasing_store
from peerbot.privacy.rules import Mark

AGAIN: Final = "privacy.again"
"""Timer; its subject is the server, the person, and whether they asked for it."""
SERVER_GOES: Final = "privacy.server"
"""Timer; its subject is the server."""
_SOON: Final = timedelta(minutes=1)
_LATER: Final = timedelta(minutes=10)
SERVER_KEPT: Final = 7 * DAY
"""After the bot was removed from a server: adding it again before that brings everything back."""
_log = structlog.get_logger(__name__)


class Erasing:
    """Use cases of deletion. Each is part of a transaction, and can be done again."""

    def __init__(self, desk: Desk, keepers: Sequence[Keeper], forget_answers: Callable[[int], None]) -> None:
        """Let go of people through `keepers`, the lowest first; listen for who has left a server.

        `forget_answers` drops what the process itself remembers of a server.
        """
        self._desk = desk
        self._forget_answers = forget_answers
        self._keepers = keepers
        desk.handlers.on_fact(LEFT, self._left)
        desk.handlers.on_timer(AGAIN, self._again)
        desk.handlers.on_timer(SERVER_GOES, self._server_goes)
        desk.handlers.on_report(named_store.UNNAMED, self._unnamed)

    async def forget(self, work: Work, server_id: int, user_id: int, *, asked: bool) -> None:
        """Delete somebody from a server. `asked`: they asked for it, so that what protects others goes too."""
        await self._forget(work, server_id, user_id, asked=asked)
        key = await erasing_store.key(work)
        await erasing_store.mark(work, server_id, erasing_store.hashed(key, server_id, user_id, asked=asked), work.now)
        await work.set_timer(AGAIN, f"{server_id}:{user_id}:{int(asked)}", work.now + _SOON, server_id)

    async def _forget(self, work: Work, server_id: int, user_id: int, *, asked: bool) -> None:
        await forget_person(work, self._keepers, server_id, user_id, asked=asked)
        await erasing_store.withdraw_messages(work, server_id, user_id, work.now)
        await erasing_store.forget_ended(work, server_id, user_id)
        for intent in await named_store.to_unname(work, server_id, user_id):
            await work.enqueue(intent)

    async def _again(self, work: Work, timer: Timer) -> None:
        server_id, user_id, asked = (int(part) for part in timer.subject.split(":"))
        refused = await erasing_store.unnaming_refused(work, server_id, user_id)
        await self._forget(work, server_id, user_id, asked=bool(asked))
        if refused:
            # The bot may have lost the channel, and get it back.
            await work.set_timer(AGAIN, timer.subject, work.now + DAY, server_id)
        elif await erasing_store.still_named(work, server_id, user_id):
            await work.set_timer(AGAIN, timer.subject, work.now + _LATER, server_id)

    async def _unnamed(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        if isinstance(result, Delivered) or result.state == "dropped":
            await named_store.unnamed(work, int(intent.data["message"]), int(intent.data["user"]))

    async def left(self, server_id: int, user_id: int) -> None:
        """Somebody left a server, or was banned from it: deletion starts."""
        async with self._desk.transaction() as work:
            await self.forget(work, server_id, user_id, asked=False)

    async def _left(self, work: Work, fact: Fact) -> None:
        await self.forget(work, int(fact.data["server"]), int(fact.data["user"]), asked=False)

    async def servers_now(self, present: Sequence[int]) -> None:
        """At each start: `present` are the servers that have the bot; the others' deletion starts, theirs ends."""
        for server_id in await erasing_store.servers(self._desk.reads):
            if server_id in present:
                await self.server_back(server_id)
            else:
                await self.server_gone(server_id)

    async def server_gone(self, server_id: int) -> None:
        """The bot was removed from a server: a week later nothing is kept of it. The first removal counts."""
        async with self._desk.transaction() as work:
            if server_id in await erasing_store.servers(work) and not await erasing_store.going(work, server_id):
                await work.set_timer(SERVER_GOES, str(server_id), work.now + SERVER_KEPT, server_id)

    async def server_back(self, server_id: int) -> None:
        """The bot is in a server (again): what is kept of it stays."""
        if await erasing_store.going(self._desk.reads, server_id):
            async with self._desk.transaction() as work:
                await work.cancel_timer(SERVER_GOES, str(server_id))

    async def _server_goes(self, work: Work, timer: Timer) -> None:
        await self.forget_server(work, int(timer.subject))

    async def forget_server(self, work: Work, server_id: int) -> None:
        """Delete everything that is kept of a server, in memory too."""
        self._forget_answers(server_id)
        await erasing_store.forget_server(work, server_id)
        await erasing_store.mark(work, server_id, erasing_store.EVERYBODY, work.now)
        _log.info("a server was deleted")

    async def again(self, marks: Sequence[Mark]) -> int:
        """Delete in a restored file whom marks of newer files speak of; return how many people and servers that were.

        Whom the file does not name in a server need not be deleted there.
        """
        done = 0
        for mark in marks:
            async with self._desk.transaction() as work:
                if mark.who == erasing_store.EVERYBODY:
                    if mark.server_id in await erasing_store.servers(work):
                        await self.forget_server(work, mark.server_id)
                        done += 1
                    continue
                for user_id in await erasing_store.everybody(work, mark.server_id):
                    for asked in (True, False):
                        if hmac.compare_digest(
                            erasing_store.hashed(mark.key, mark.server_id, user_id, asked=asked), mark.who
                        ):
                            await self.forget(work, mark.server_id, user_id, asked=asked)
                            done += 1
        return done
