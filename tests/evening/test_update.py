"""An update, and rolling it back, in the middle of a meeting: it goes on, and nothing is said or made twice."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from peerbot.demo.acts import presses
from peerbot.demo.cast import Cast, found
from peerbot.demo.promises import fragments
from peerbot.demo.world import KEY, World
from peerbot.engine import migrations
from peerbot.engine.database import NewerDatabase
from peerbot.engine.texts import say
from peerbot.ops import restore, update
from peerbot.ops.backup import Backups
from tests.evening.plot import ONCE_IN_THE_ROOM, START

HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
async def cast(world: World) -> Cast:
    """A meeting under way: its room is open, and people are there."""
    cast = await found(world, members=3)
    await world.until(START - timedelta(minutes=14))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(START + timedelta(minutes=20))
    return cast


def silent(_text: str, _what: str) -> None:
    return


def with_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next version: one more step."""
    real = migrations.steps()
    more = [*real, (real[-1][0] + 1, "later", "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;")]
    monkeypatch.setattr(migrations, "steps", lambda: more)


async def stop(world: World) -> tuple[Path, Backups]:
    """Stop the bot; half a minute passes until it is back."""
    file = world.app._database.path
    await world.app.close()
    await world.env.advance_time(HALF_A_MINUTE.total_seconds())
    return file, Backups(file, file.parent / "backups")


async def start(world: World, file: Path) -> None:
    await world._start(file)
    await world.tick()


async def goes_on(world: World, cast: Cast, said_before: Mapping[str, int]) -> None:
    """The rest of the evening: every reminder once, one room, locked on time and gone the next day."""
    (room,) = world.rooms(cast.fay)
    assert said(world, cast) == said_before
    await world.until(START + timedelta(minutes=100, seconds=5))
    assert said(world, cast) == dict.fromkeys(ONCE_IN_THE_ROOM, 1)
    assert world.place(cast.members[0], room.label) is not None
    await world.until(START + timedelta(hours=26))
    assert not world.rooms(cast.fay)
    assert not world.env.errors


def said(world: World, cast: Cast) -> dict[str, int]:
    """How often each of the room's messages stands in it."""
    (room,) = world.rooms(cast.fay)
    texts = [message.content for message in world.reads(cast.fay, room)]
    found = {text: sum(_says(content, text) for content in texts) for text in ONCE_IN_THE_ROOM}
    return {text: times for text, times in found.items() if times}


def _says(content: str, text: str) -> bool:
    return all(part in content for part in fragments(text))


async def test_a_meeting_goes_on_over_an_update(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    before = said(world, cast)
    file, backups = await stop(world)
    with_one_more(monkeypatch)
    assert update.bring_up_to_date(file, KEY, backups, world.now, silent) == 1
    await start(world, file)
    await goes_on(world, cast, before)


async def test_a_meeting_goes_on_over_an_update_that_is_rolled_back(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = said(world, cast)
    file, backups = await stop(world)
    with monkeypatch.context() as newer:
        with_one_more(newer)
        update.bring_up_to_date(file, KEY, backups, world.now, silent)
        await start(world, file)
        await world.pass_time(timedelta(minutes=5))
        await stop(world)
    with pytest.raises(NewerDatabase):
        await start(world, file)
    (backup,) = [each for each in backups.listed() if "before-update" in each.file.name]
    restore.restore(backup.file, file, [KEY], backups, world.now, silent, lambda *_: 0)
    await start(world, file)
    await goes_on(world, cast, before)
