"""The disk is full, or somebody else holds the database: who asks is answered, and nothing is half done."""

import asyncio
import resource
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bench.evening import plot
from bench.evening.cast import option, shown
from bench.evening.plot import BEGINS, MINUTE
from bench.line import KEY
from peerbot.engine import copies
from peerbot.engine.database import connect, sqlcipher
from peerbot.engine.texts import say
from tests.wire.scene import Scene

BULK = 3 << 20
"""Bytes by which the log is made longer than every other file that this process writes."""


@asynccontextmanager
async def full_disk(scene: Scene) -> AsyncGenerator[None]:
    """Let the file system refuse every byte that the database would add."""
    writer = scene.app._database._writer
    await writer.all("PRAGMA wal_autocheckpoint = 0")
    async with scene.app.desk.transaction(quiet=True) as work:
        await work.all("INSERT INTO note (name, value) VALUES ('bulk', :bulk)", bulk="x" * BULK)
    async with scene.app.desk.transaction(quiet=True) as work:
        await work.all("DELETE FROM note WHERE name = 'bulk'")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = scene.file.with_name(scene.file.name + "-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        await writer.all("PRAGMA wal_autocheckpoint = 1000")


async def test_a_full_disk_keeps_nobody_from_the_card_and_is_said_plainly(scene: Scene) -> None:
    ana, eve = scene.cast.members[0], scene.cast.members[4]
    panel = shown(await scene.stage.types(eve, "group find"))
    card = await scene.stage.chooses(eve, panel, option(panel, "Tuesday Circle"))
    form = await scene.stage.presses(eve, card.message, say("group-join"))
    async with full_disk(scene):
        asked = await ana.types("help-now")
        assert "999" in asked.text
        refused = await ana.presses(shown(asked), say("ask-now"))
        assert say("concern-not-passed-on", number="999", finder="findahelpline.com") == refused.text
        sent = await eve.fills(form, agree=["yes"], reminders=["yes"])
        assert sent.text == say("error-unexpected")
        with pytest.raises(sqlcipher.OperationalError):
            async with scene.app.desk.transaction() as work:
                await work.record("nothing")
    assert await scene.rows("SELECT 1 FROM concern") == []
    assert eve.id not in [each["user_id"] for each in await scene.rows("SELECT user_id FROM seat")]
    scene.evening.raisers.add(ana)
    again = await scene.stage.presses(ana, shown(asked), say("ask-now"))
    assert say("receipt-title") in again.text
    await plot.told(scene.evening)
    await scene.open_until_quiet()
    assert await scene.wrongs() == []


async def test_what_goes_out_while_the_disk_is_full_is_recorded_when_there_is_space(scene: Scene) -> None:
    await scene.evening.until(BEGINS - 16 * MINUTE)
    scene.clock.seconds = BEGINS - 15 * MINUTE
    async with full_disk(scene):
        with pytest.raises(sqlcipher.OperationalError):
            await scene.app.tick.settle()
    await plot.told(scene.evening)
    await scene.open_until_quiet()
    assert await scene.wrongs() == []


async def test_somebody_else_who_writes_in_the_file_delays_a_concern_and_loses_none(scene: Scene) -> None:
    ana = scene.cast.members[0]
    other = connect(scene.file, KEY, read_only=False)
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
    asked = await ana.types("help-now")
    assert "999" in asked.text
    waiting = asyncio.ensure_future(ana.presses(shown(asked), say("ask-now")))
    assert "999" in (await scene.cast.members[1].types("help-now")).text
    assert not waiting.done()
    other.execute("ROLLBACK")
    other.close()
    assert say("receipt-title") in (await waiting).text
    assert len(await scene.rows("SELECT 1 FROM concern")) == 1


async def test_copies_that_are_made_meanwhile_hold_nothing_up(scene: Scene) -> None:
    made = 0

    async def copy() -> None:
        nonlocal made
        while True:
            made += 1
            target = scene.file.with_name(f"copy{made}.sqlite")
            await asyncio.to_thread(copies.copy, scene.file, KEY, target)

    copying = asyncio.ensure_future(copy())
    await plot.told(scene.evening)
    copying.cancel()
    assert await scene.wrongs() == []
    assert made > 1
