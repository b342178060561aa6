"""Ten thousand cards that were really sent, to channels and to people, leave nothing in memory."""

import gc
import tracemalloc

import pytest

from bench.wire import Wire
from bench.wire.people import Person
from peerbot.app import App
from peerbot.engine.outbox import Intent, Lane

MANY = 10_000
AT_ONCE = 250
TRACED = 1_000
LEAST = 40
"""Bytes: less than anything takes that is kept of a card."""


class Posts:
    """Cards that are sent, with nothing kept of them at the other end of the line."""

    def __init__(self, app: App, wire: Wire, server_id: int) -> None:
        self._app = app
        self._wire = wire
        self._server_id = server_id
        self._places = [{"channel": wire.world.add_channel(server_id, f"room{each}")["id"]} for each in range(10)]
        self._places += [{"user": Person.new(wire, f"Person {each}", server_id).id} for each in range(10)]
        self._number = 0
        self.sent = 0

    async def send(self, number: int) -> None:
        for _ in range(0, number, AT_ONCE):
            async with self._app.desk.transaction() as work:
                for _ in range(AT_ONCE):
                    await work.enqueue(self._next())
            await self._app.tick.settle()
            self._forget()

    def _next(self) -> Intent:
        self._number += 1
        where = self._places[self._number % len(self._places)]
        kind, data = "post" if "channel" in where else "dm", {**where, "card": "late-news"}
        return Intent(f"note{self._number}", kind, Lane.CONCERN, self._server_id, data)

    def _forget(self) -> None:
        world = self._wire.world
        self.sent += len(world.made)
        assert all(each["components"] for each in world.made), "a card has a button"
        world.made.clear()
        world._nonces.clear()
        self._wire.calls.clear()
        for place in world.messages.values():
            place.clear()
        for session in self._wire.gateway._sessions.values():
            session.sent.clear()


def objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.deep
async def test_ten_thousand_cards_that_were_sent_leave_no_growth(app: App, wire: Wire, server: int) -> None:
    posts = Posts(app, wire, server)
    await posts.send(TRACED)
    before = objects()
    await posts.send(MANY)
    assert objects() - before < MANY / 20
    tracemalloc.start()
    try:
        await posts.send(TRACED)
        began = traced()
        await posts.send(2 * TRACED)
        assert traced() - began < 2 * TRACED * LEAST
    finally:
        tracemalloc.stop()
    assert posts.sent == MANY + 4 * TRACED
