"""The lasting panel: one message in a channel that leads everybody to the list of groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.servers.rules import missing_permissions
from peerbot.servers.service import Servers
from peerbot.servers.telling import tell
from peerbot.signup.finding import panel_store
from peerbot.signup.finding.panel_store import Panel

POSTED: Final = "signup.panel"
FAILED: Final = "signup.panel-failed"
_WHY: Final[Mapping[str, str]] = {"50013": "lacks", "50001": "unseen", "10003": "gone", "too late": "late"}
"""Discord's codes, and our own word, for why something could not be posted."""
_TRIED_FOR: Final = timedelta(minutes=10)
_NEEDED: Final = frozenset({"view-channel", "send-messages"})
_NEEDED_IN_THREAD: Final = frozenset({"view-channel", "write-in-threads"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel, or a thread, as a place for a panel: what the bot lacks there, and the panel that is there already."""

    server_id: int
    channel_id: int
    thread: bool = False
    missing: tuple[str, ...] = ()
    there: Panel | None = None

    @property
    def seen(self) -> str:
        """What a button keeps, so that one press posts one panel: which one was there when it was asked."""
        return "0" if self.there is None else f"{self.there.asked_at:%Y%m%d%H%M%S}"


class Panels:
    """Use cases of a coordinator who posts the panel."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Work at `desk`, and hear whether a panel was posted."""
        self._desk = desk
        self._servers = servers
        desk.handlers.on_report(POSTED, self._reported)

    async def propose(self, actor: Actor, channel_id: int, permissions: int, *, thread: bool = False) -> Spot:
        """Return what is to be known before a panel is posted in a channel. Nothing is posted.

        `permissions` are the bot's own in that channel, as Discord's bits; a `thread` has one for writing of its own.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
        """
        return await self._spot(self._desk.reads, actor, channel_id, permissions, thread=thread)

    async def post(
        self, actor: Actor, channel_id: int, permissions: int, seen: str, *, thread: bool = False
    ) -> Spot | None:
        """Post the panel in a channel. Returns None if it will be, else what stands in the way.

        `seen` says which panel was there when the person was asked: a second press finds the new one, and posts none.
        If Discord then refuses it, the person is told.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotSetUp: before /setup.
        """
        async with self._desk.transaction() as work:
            spot = await self._spot(work, actor, channel_id, permissions, thread=thread)
            if spot.missing or spot.seen != seen:
                return spot
            await panel_store.save(work, spot.server_id, channel_id, work.now)
            await self._servers.acted(work, actor, "panel-posted")
            await work.enqueue(
                Intent(
                    key=f"panel:{channel_id}:{work.now:%Y%m%d%H%M%S}",
                    kind="post",
                    lane=Lane.COSMETIC,
                    server_id=spot.server_id,
                    data={"channel": channel_id, "card": "signup.panel", "by": actor.user_id},
                    report=POSTED,
                    not_after=work.now + _TRIED_FOR,
                )
            )
            return None

    async def _spot(self, reads: Reads, actor: Actor, channel_id: int, permissions: int, *, thread: bool) -> Spot:
        require("panel.post", await self._servers.parts(reads, actor))
        server = await self._servers.load(reads, actor.here)
        needed = _NEEDED_IN_THREAD if thread else _NEEDED
        missing = tuple(name for name in missing_permissions(permissions) if name in needed)
        there = await panel_store.panel(reads, channel_id)
        return Spot(server.id, channel_id, thread, missing, there)

    async def _reported(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        channel_id = int(intent.data["channel"])
        if isinstance(result, Delivered) and result.message_id is not None:
            await panel_store.save_message(work, channel_id, result.message_id)
        elif isinstance(result, Finish):
            await panel_store.forget(work, channel_id)
            await self._say_so(work, intent, channel_id, result.reason)

    async def _say_so(self, work: Work, intent: Leased, channel_id: int, reason: str) -> None:
        """Tell who wanted the panel that it could not be posted."""
        by, server_id = intent.data.get("by"), intent.server_id
        if by is None or server_id is None or await self._servers.find(work, server_id) is None:
            return
        data = {"card": FAILED, "where": channel_id, "why": _WHY.get(reason, "refused"), "code": reason}
        await tell(work, server_id, key=f"{intent.key}:failed", people=(int(by),), data=data)
