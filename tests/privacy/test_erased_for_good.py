"""What was deleted stands nowhere any more: not in freed pages, not in the log, and not after a backup was put back."""

import asyncio
import struct
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from peerbot import cli
from peerbot.demo.driver import Person
from peerbot.demo.world import KEY, World
from peerbot.ops.backup import Backups
from peerbot.ops.restore import restore
from tests.escalation.everything_there import Everything, everything
from tests.privacy.pages import pages
from tests.privacy.traces import rows_about

MINUTE = timedelta(minutes=1)
WORDS = b"quite particular words"


def bytes_about(world: World, *people: Person) -> dict[str, int]:
    """Return which traces of people stand in the file, as SQLite writes numbers and as text, and in how many pages."""
    traces = {WORDS.decode(): WORDS}
    for person in people:
        traces[person.key] = struct.pack(">q", person.actor.id)
        traces[f"{person.key} in words"] = str(person.actor.id).encode()
    read = list(pages(world.file, KEY))
    assert read[0].startswith(b"\x10\x00"), "decrypted: the size of a page stands first"
    return {name: n for name, trace in traces.items() if (n := sum(trace in page for page in read))}


async def settled(world: World) -> None:
    """Let the housekeeping run, and the log be folded into the file."""
    await world.pass_time(12 * MINUTE)
    await world.app.privacy.housekeeping()
    assert await world.app._database.truncate_log()  # pyright: ignore[reportPrivateUsage] - as the app does each hour


async def with_words(world: World) -> Everything:
    """Let there be one of everything, and a closed concern of Finn's, with words, whose last news is not read yet."""
    there = await everything(world)
    async with world.app.desk.transaction() as work:
        await work.all(
            "UPDATE concern SET note = :note, raiser_id = :finn WHERE state = 'closed' AND practice = 0",
            note=WORDS.decode(),
            finn=world.person("finn").actor.id,
        )
    return there


async def test_no_byte_of_whoever_was_deleted_is_left_in_the_file_or_beside_it(world: World) -> None:
    there = await with_words(world)
    people = [world.person(key) for key in ("finn", "mo", "cho", "colin")]
    await settled(world)
    assert {WORDS.decode(), "finn", "mo", "cho", "colin", "mo in words"} <= set(bytes_about(world, *people))
    for person in people:
        await world.app.privacy.delete(there.by(person.key), everywhere=True)
    await settled(world)
    assert bytes_about(world, *people) == {}
    assert world.file.with_name(world.file.name + "-wal").stat().st_size == 0
    beside = {file.name.removeprefix(world.file.name) for file in world.file.parent.iterdir()}
    assert beside == {"", "-wal", "-shm", ".lock"}


@pytest.mark.parametrize("known", ["in use", "in a backup", "nowhere"])
async def test_a_backup_that_is_put_back_brings_nobody_back_who_was_deleted_since(world: World, known: str) -> None:
    there = await everything(world)
    backups = Backups(world.file, world.file.parent / "backups")
    kept, _ = backups.make(KEY, world.now)
    cho, mo = world.person("cho"), world.person("mo")
    await world.pass_time(MINUTE)
    for person in (cho, mo):
        await world.app.privacy.delete(there.by(person.key), everywhere=True)
    async with world.app.desk.transaction() as work:
        await world.app.privacy.erasing.forget_server(work, there.riverside.id)
    if known == "in a backup":
        backups.make(KEY, world.now)
    said: list[str] = []

    async def put_back(file: Path) -> None:
        if known != "in use":
            await asyncio.to_thread(file.unlink)
        replay = partial(cli._replay, world.clock)  # pyright: ignore[reportPrivateUsage] - as the command does
        done = await asyncio.to_thread(
            restore, kept.file, file, [KEY], backups, world.now, lambda text, what: said.append(text), replay
        )
        assert done.deleted_again == (0 if known == "nowhere" else 3)
        assert done.knows_all is (known == "in use")
        assert {each.name.removeprefix(file.name) for each in file.parent.glob("*.sqlite*")} <= {"", ".lock"}

    await world.restart(put_back)
    await settled(world)
    servers = await world.app.desk.reads.all("SELECT id FROM server")
    if known == "nowhere":
        assert await rows_about(world, cho)
        assert len(servers) == 2
    else:
        assert await rows_about(world, cho) == await rows_about(world, mo) == {}
        assert known == "in a backup" or bytes_about(world, cho, mo) == {}
        assert [row["id"] for row in servers] == [world.guild.id]


async def test_whoever_came_back_before_the_backup_was_made_stays(world: World) -> None:
    there = await everything(world)
    backups = Backups(world.file, world.file.parent / "backups")
    ana = there.by("ana")
    await world.app.privacy.delete(ana, everywhere=True)
    await world.pass_time(MINUTE)
    (group,) = await world.app.desk.reads.all("SELECT id FROM peer_group WHERE name = 'Tuesday Circle'")
    await world.app.signup.joining.join(ana, group["id"], agreed=True, may_remind=False)
    kept, _ = backups.make(KEY, world.now)

    async def put_back(file: Path) -> None:
        replay = partial(cli._replay, world.clock)  # pyright: ignore[reportPrivateUsage] - as above
        done = await asyncio.to_thread(
            restore, kept.file, file, [KEY], backups, world.now, lambda text, what="": None, replay
        )
        assert done.deleted_again == 0

    await world.restart(put_back)
    assert ana.user_id in await world.app.signup.members(world.app.desk.reads, group["id"])
