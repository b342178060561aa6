"""A group that can be walked into at random, in the real store through the use cases."""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.signup.groups.rules import Terms
from peerbot.signup.tasting import store as tasting_store
from peerbot.signup.waitlist import store as waitlist_store
from tests.fakes import FakeClock
from tests.leaving import leave
from tests.signup.scene import BOSS, SERVER, Scene, at, open_scene
from tests.signup.walked import Seen

T = TypeVar("T")
OUTSIDER = 404


class InStore:
    """A group in the real store, through the use cases."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._open = AsyncExitStack()
        self._folder = tempfile.TemporaryDirectory()
        self._scene = self._run(self._begin())
        self._group = self._run(self._scene.group())

    def _run(self, step: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(step)

    async def _begin(self, clock: FakeClock | None = None) -> Scene:
        return await self._open.enter_async_context(open_scene(Path(self._folder.name), clock))

    def ban(self, person: int) -> None:
        self._run(leave(self._scene.desk, self._scene.signup, SERVER, person))

    def restart(self) -> None:
        self._run(self._open.aclose())
        self._scene = self._run(self._begin(self._scene.clock))

    def see(self) -> Seen:
        return self._run(self._see())

    async def _see(self) -> Seen:
        reads, group_id = self._scene.desk.reads, self._group.id
        seated = await self._scene.signup.members(reads, group_id)
        queue = (await waitlist_store.queues(reads, SERVER, {group_id}))[group_id]
        group = await self._scene.signup.group_by_id(reads, group_id)
        tried = {each.user_id: each for each in await tasting_store.of_group(reads, group_id)}
        for person in (OUTSIDER, *seated[:1], *[each.user_id for each in queue.waiting[:1]]):
            await self._is_listed_as_it_is(Actor(person, SERVER))
        return Seen(self._scene.clock.now(), group, seated, queue, tried)

    async def _is_listed_as_it_is(self, actor: Actor) -> None:
        """The long list reads less than the group itself, and says the same."""
        try:
            whole = [await self._scene.signup.show(actor, self._group.id)]
        except NotFound:
            whole = []
        listed = await self._scene.signup.finding._there(actor)
        assert [(each.takes_now, each.mine) for each in listed] == [
            (view.places > 0, view.mine.where != "outside") for view in whole
        ]

    def join(self, person: int) -> None:
        with suppress(NotFound):
            self._run(self._scene.join(person, self._group))

    def taste(self, person: int) -> None:
        with suppress(NotFound, NotAllowed, Late):
            self._run(self._scene.taste(person, self._group))

    def keep(self, person: int) -> None:
        self._run(self._scene.signup.tasting.keep(at(person, self._group), self.see().tried[person].id))

    def give_up(self, person: int) -> None:
        self._run(self._scene.signup.tasting.release(at(person, self._group), self.see().tried[person].id))

    def meet(self) -> None:
        self._run(self._scene.took_place(self._group, self._scene.clock.now()))

    def leave(self, person: int) -> None:
        if person in self.see().seated:
            self._run(self._scene.leave(person, self._group))

    def leave_list(self, person: int) -> None:
        if self.see().queue.place(person):
            self._run(self._scene.leave_list(person, self._group))

    def accept(self, person: int) -> None:
        offer = self.see().queue.open_offer(person)
        if offer is not None:
            self._run(self._scene.signup.waitlist.accept(at(person, self._group), offer.id))

    def not_now(self, person: int) -> None:
        offer = self.see().queue.open_offer(person)
        if offer is not None:
            self._run(self._scene.signup.waitlist.not_now(at(person, self._group), offer.id))

    def pass_time(self, by: timedelta) -> None:
        self._run(self._scene.pass_time(by))

    def plan(self, meeting: datetime | None) -> None:
        self._run(self._scene.meets_at(self._group, meeting))

    def change(self, terms: Terms) -> None:
        self._run(self._scene.signup.groups.change_terms(BOSS, self._group.id, terms))

    def pause(self, *, paused: bool) -> None:
        life = self._scene.signup.life
        with suppress(Invalid):  # Going on without having been paused.
            self._run((life.pause if paused else life.resume)(BOSS, self._group.id))

    def announce_end(self, last_day: date | None) -> None:
        life, group_id = self._scene.signup.life, self._group.id
        self._run(life.stay(BOSS, group_id) if last_day is None else life.end(BOSS, group_id, last_day))

    def _waiting(self, person: int) -> int:
        asking = self._run(self._scene.signup.confirming.waiting(BOSS))
        return next((each.waiting for each in asking if each.user_id == person), 0)

    def confirm(self, person: int) -> None:
        waiting_id = self._waiting(person)
        with suppress(Late):  # There may be nothing to try now.
            self._run(self._scene.signup.confirming.confirm(BOSS, waiting_id))
            once = self.see()
            self._run(self._scene.signup.confirming.confirm(BOSS, waiting_id))
            assert self.see() == once

    def decline(self, person: int) -> None:
        waiting_id = self._waiting(person)
        if waiting_id:
            self._run(self._scene.signup.confirming.decline(BOSS, waiting_id))
            self._run(self._scene.signup.confirming.decline(BOSS, waiting_id))

    def turn(self, *, on: bool) -> None:
        with suppress(Invalid):
            self._run(self._scene.signup.confirming.turn(BOSS, on=on))

    def keep_apart(self, one: int, other: int) -> None:
        self._run(self._scene.signup.keep_apart.add(BOSS, one, other))

    def together(self, one: int, other: int) -> None:
        self._run(self._scene.signup.keep_apart.remove(BOSS, one, other))

    def close(self) -> None:
        self._run(self._open.aclose())
        self._runner.close()
        self._folder.cleanup()
