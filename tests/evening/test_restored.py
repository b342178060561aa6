"""A backup is put back after people were told something: no reminder comes twice, and no page gets lost."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.promises import fragments
from peerbot.demo.world import KEY, World
from peerbot.engine.actor import Actor
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import say
from peerbot.escalation.raising.service import Pressed
from peerbot.escalation.rules import Level
from peerbot.ops.backup import Backups
from peerbot.ops.restore import restore
from tests.evening.plot import START

MINUTE = timedelta(minutes=1)
REMINDED = START - 30 * MINUTE


@pytest.fixture
async def cast(world: World) -> Cast:
    """A group an hour before its meeting; its members allowed reminders."""
    cast = await found(world, members=2)
    await types(world, cast.members[0], "my-data settings")
    if not await world.app.signup.may_remind(world.app.desk.reads, world.guild.id, cast.members[0].actor.id):
        await presses(world, cast.members[0], say("my-data-press-reminders-on"))
    await world.until(START - 60 * MINUTE)
    return cast


def reminders(world: World, cast: Cast) -> int:
    parts = fragments("meeting-remind")
    return sum(all(part in message.content for part in parts) for message in world.dms(cast.members[0]))


def paged(world: World, cast: Cast) -> int:
    return sum(len(world.dms(person)) for person in (cast.mo, cast.dana, cast.ed))


async def backed_up(world: World) -> Path:
    made, _ = await asyncio.to_thread(Backups(world.file, world.file.parent / "backups").make, KEY, world.now)
    return made.file


async def put_back(world: World, backup: Path) -> None:
    backups = Backups(world.file, world.file.parent / "backups")

    async def restored(file: Path) -> None:
        await asyncio.to_thread(
            restore, backup, file, [KEY], backups, world.now, lambda text, what="": None, lambda *_: 0
        )

    await world.restart(restored)
    await world.tick()


async def test_a_reminder_that_was_sent_since_the_backup_is_not_sent_again(world: World, cast: Cast) -> None:
    backup = await backed_up(world)
    before = reminders(world, cast)
    await world.until(REMINDED + 5 * MINUTE)
    assert reminders(world, cast) == before + 1
    await put_back(world, backup)
    await world.pass_time(MINUTE)
    assert reminders(world, cast) == before + 1


async def test_a_reminder_of_which_nobody_knows_is_not_sent_but_one_that_is_due_later_is(
    world: World, cast: Cast
) -> None:
    async with world.app.desk.transaction() as work:
        for name, due_at in (("before", world.now + MINUTE), ("after", world.now + 20 * MINUTE)):
            await work.enqueue(Intent(name, "dm", Lane.REMINDER, world.guild.id, {"user": 1}, due_at=due_at))
    backup, before = await backed_up(world), reminders(world, cast)
    await world.env.advance_time(600)
    await put_back(world, backup)
    kept = {row["key"]: row for row in await world.app.desk.reads.all("SELECT * FROM intent")}
    assert (kept["before"]["state"], kept["before"]["reason"], kept["before"]["data"]) == ("dropped", "restored", "{}")
    assert kept["after"]["state"] == "waiting"
    async with world.app.desk.transaction() as work:
        await work.withdraw("after")
    await world.until(REMINDED + MINUTE)
    assert reminders(world, cast) == before + 1


async def test_a_page_that_was_due_since_the_backup_goes_out_in_any_case(world: World, cast: Cast) -> None:
    await types(world, cast.members[0], "help-now")
    await presses(world, cast.members[0], say("ask-now"))
    backup = await backed_up(world)
    await world.pass_time(6 * MINUTE)
    before = paged(world, cast)
    await put_back(world, backup)
    assert paged(world, cast) > before


async def test_a_page_that_waited_in_the_backup_and_arrived_is_found_and_not_sent_again(
    world: World, cast: Cast
) -> None:
    ana = Actor(cast.members[0].actor.id, world.guild.id)
    await world.app.escalation.raising.ask(ana, world.guild.id, Level.URGENT, Pressed("token"))
    backup, before = await backed_up(world), paged(world, cast)
    await world.tick()
    arrived = paged(world, cast)
    assert arrived > before
    await put_back(world, backup)
    await world.pass_time(timedelta(seconds=10))
    assert paged(world, cast) == arrived
