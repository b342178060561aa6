"""Who takes no messages from the bot is not tried again, even with what had been meant for them before."""

from datetime import timedelta

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import say

HOUR = timedelta(hours=1)


async def mean(world: World, key: str, person: Person, after: timedelta = timedelta()) -> None:
    """Mean to write to somebody, some time from now."""
    async with world.app.desk.transaction() as work:
        data = {"user": person.actor.id, "card": "late-news"}
        due = work.now + after
        await work.enqueue(Intent(key, "dm", Lane.REMINDER, world.guild.id, data, "signup.offer", due_at=due))


async def state(world: World, key: str) -> tuple[str, str]:
    row = await world.app.desk.reads.one("SELECT state, reason FROM intent WHERE key = :key", key=key)
    assert row is not None
    return row["state"], row["reason"]


async def test_what_waits_in_the_queue_is_dropped_once_discord_has_refused_until_the_person_says_yes_again(
    world: World,
) -> None:
    ana = (await found(world, members=1)).members[0]
    await mean(world, "waits", ana, HOUR)
    world.close_dms(ana)
    await mean(world, "first", ana)
    await world.tick()
    assert await state(world, "first") == ("failed", "50007")
    tries = len(world.env.http_requests)
    await world.pass_time(HOUR)
    assert await state(world, "waits") == ("dropped", "not wanted")
    sent = [one.path for one in world.env.http_requests[tries:] if one.method == "POST"]
    assert not [path for path in sent if str(ana.actor.user.dm_channel.id) in path]
    await types(world, ana, "group mine")
    await presses(world, ana, say("reminders-again"))
    await mean(world, "again", ana)
    await world.tick()
    assert await state(world, "again") == ("failed", "50007"), "it was tried"
