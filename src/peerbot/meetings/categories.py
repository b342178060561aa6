"""Which category a room goes into: the server's own, or a further one of ours once that is full."""

from collections.abc import Collection
from typing import Final

from peerbot.engine.desk import Work
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.ports import GuildView
from peerbot.meetings import rooms_store
from peerbot.meetings.rules import Meeting, category_with_room
from peerbot.servers.service import Servers

CATEGORY_MADE: Final = "meetings.category-made"


class Categories:
    """Finds room for rooms. Only categories that the bot made for a server are ever used."""

    def __init__(self, servers: Servers, guild: GuildView) -> None:
        """Count with `guild` what Discord shows; nothing is asked over the network."""
        self._servers = servers
        self._guild = guild

    async def choose(self, work: Work, meeting: Meeting, without: Collection[int]) -> tuple[bool, int | None]:
        """Return whether there is a place for a meeting's room, and the category it goes into.

        Rooms that are just being made count too. Before the server's own category is made, a room goes into none.
        """
        server = await self._servers.load(work, meeting.server_id)
        if server.category_id is None:
            return True, None
        coming = await rooms_store.being_made(work, server.id, meeting.id)
        ours = (server.category_id, *await rooms_store.categories(work, server.id))
        left = {each: self._guild.places_left(server.id, each) - coming.get(each, 0) for each in ours}
        category = category_with_room(left, without)
        return category is not None, category

    async def make(self, work: Work, server_id: int) -> None:
        """Mean to make one more category, unless that is under way."""
        number = len(await rooms_store.categories(work, server_id)) + 2
        key = f"server:{server_id}:rooms:{number}"
        if not await work.means_to(f"{key}:"):
            await work.enqueue(
                Intent(
                    key=f"{key}:{work.now:%Y%m%d%H%M%S}",
                    kind="place.make",
                    lane=Lane.OPENING,
                    server_id=server_id,
                    data={"place": "meetings.category", "number": number},
                    report=CATEGORY_MADE,
                )
            )
