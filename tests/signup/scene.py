"""A server with its team and one group, on a real database: where the tests of this pillar begin."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.database import Database, Row
from peerbot.engine.desk import Desk, Work
from peerbot.engine.facts import Fact
from peerbot.engine.tick import Tick
from peerbot.servers.service import Answers, Servers
from peerbot.signup.rules import Group, NextMeeting, View
from peerbot.signup.service import NewGroup, Signup
from tests.fakes import FakeClock, IdleSender
from tests.opening import open_groups

SERVER, OTHER_SERVER = 1, 2
LEAD, SECOND, FACILITATOR, COORDINATOR = 11, 12, 13, 14
ANA, BEN, CLEO, DEV, ESI, FIN = 101, 102, 103, 104, 105, 106
CIRCLE = NewGroup("Tuesday Circle", "People who find evenings long", "text", "4", "English")
BOSS = Actor(1, SERVER, manages_server=True)
FACTS = (
    "group.created",
    "facilitator.added",
    "facilitator.ended",
    "seat.taken",
    "seat.ended",
    "group.changed",
    "access.paused",
    "access.restored",
)


class Scene:
    """One server, its signup, and a clock that can be moved."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.clock = clock
        self.desk = Desk(database, clock)
        self.servers = Servers(self.desk)
        self.confidentiality = Confidentiality()
        self.signup = Signup(self.desk, self.servers, self.confidentiality)
        self.tick = Tick(self.desk, IdleSender())
        self.facts: list[tuple[str, dict[str, Any]]] = []
        for kind in FACTS:
            self.desk.handlers.on_fact(kind, self._heard)

    async def _heard(self, work: Work, fact: Fact) -> None:
        self.facts.append((fact.kind, dict(fact.data)))

    async def set_up(self, server_id: int = SERVER) -> None:
        admin = replace(BOSS, server_id=server_id)
        await self.servers.set_up(admin, Answers("GB", LEAD, SECOND, "choose", "Europe/London"))
        await self.servers.add_to_team(admin, FACILITATOR, "facilitator")
        await self.servers.add_to_team(admin, COORDINATOR, "coordinator")
        await open_groups(self.desk, server_id)

    async def group(self, wanted: NewGroup = CIRCLE, server_id: int = SERVER) -> Group:
        return await self.signup.create(Actor(COORDINATOR, server_id), wanted)

    async def join(self, user: int, group: Group, *, may_remind: bool = False) -> View:
        return await self.signup.joining.join(at(user, group), group.id, agreed=True, may_remind=may_remind)

    async def taste(self, user: int, group: Group, *, may_remind: bool = False) -> View:
        return await self.signup.tasting.taste(at(user, group), group.id, agreed=True, may_remind=may_remind)

    async def took_place(self, group: Group, began: datetime) -> None:
        async with self.desk.transaction() as work:
            await self.signup.tasting.took_place(work, group.id, began)

    async def leave(self, user: int, group: Group) -> View:
        return await self.signup.joining.leave(at(user, group), group.id)

    async def leave_list(self, user: int, group: Group) -> View:
        return await self.signup.joining.leave_list(at(user, group), group.id)

    async def view(self, user: int, group: Group) -> View:
        return await self.signup.show(at(user, group), group.id)

    async def offer_to(self, user: int, group: Group) -> str:
        mine = (await self.view(user, group)).mine
        assert mine.where == "offered", mine
        return mine.offer

    async def accept(self, user: int, offer: str) -> View:
        return await self.signup.waitlist.accept(Actor(user, SERVER), offer)

    async def not_now(self, user: int, offer: str) -> View:
        return await self.signup.waitlist.not_now(Actor(user, SERVER), offer)

    async def meets_at(self, group: Group, when: datetime | None) -> None:
        async with self.desk.transaction() as work:
            planned = NextMeeting(when, when + timedelta(minutes=90), "Europe/London") if when is not None else None
            await self.signup.next_meeting_is(work, group.id, planned)

    async def pass_time(self, by: timedelta) -> None:
        self.clock.move(by)
        await self.tick.settle()

    async def full(self, wanted: NewGroup = CIRCLE) -> Group:
        """A group whose four seats are taken by people 201 to 204."""
        group = await self.group(wanted)
        for user in (201, 202, 203, 204):
            await self.join(user, group)
        return group

    async def full_with_waiting(self, *waiting: int, may_remind: bool = False) -> Group:
        group = await self.full()
        for user in waiting:
            await self.join(user, group, may_remind=may_remind)
        return group

    async def messages(self) -> Sequence[Row]:
        """What is, or was, to be sent to people."""
        return await self.desk.reads.all("SELECT * FROM intent WHERE kind = 'dm' ORDER BY id")

    async def rows(self, table: str) -> Sequence[Row]:
        return await self.desk.reads.all(f"SELECT * FROM {table}")  # noqa: S608 - a test names the table itself


def at(user: int, group: Group) -> Actor:
    """Somebody on the group's server."""
    return Actor(user, group.server_id)


@asynccontextmanager
async def open_scene(folder: Path, clock: FakeClock | None = None) -> AsyncGenerator[Scene]:
    """Begin; with the `clock` of an earlier scene in the same folder, go on where that one stopped."""
    database = await Database.open(folder / "peerbot.sqlite", bytes(32))
    try:
        scene = Scene(database, clock or FakeClock())
        if clock is None:
            await scene.set_up()
        yield scene
    finally:
        await database.close()
