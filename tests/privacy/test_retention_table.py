"""One table says what is kept: the schema, what people are shown of themselves, and the housekeeping agree with it."""

import json
from collections import Counter
from datetime import timedelta
from typing import Final

import pytest

from peerbot.confidentiality.service import Confidentiality
from peerbot.engine import retention
from peerbot.engine.desk import Desk
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.retention import Item
from peerbot.privacy import retention_store
from peerbot.privacy.service import Privacy
from tests.escalation.scene import CHO, DAY, SERVER, Scene
from tests.meta.fluent_texts import ids

NOTHING_OF_ANYBODY: Final = {
    # Ids of ours, drawn at random, and states from fixed lists.
    "id", "group_id", "series_id", "meeting_id", "concern_id", "waiting_id", "weekly_id", "shift_id", "free_seat_id",
    "person_id",
    "state", "kind", "held", "reach", "way", "act", "part", "what", "ended_how", "outcome", "detail", "medium", "text",
    # What Discord calls the server and its channels, and what the program itself needs.
    "server_id", "channel_id", "message_id", "category_id", "moderators_channel_id", "facilitators_channel_id",
    "room_channel_id", "side_channel_id", "nonce", "stream", "reason",
    # When, and how often.
    "times", "answer_times", "wall_time", "zone", "tzdata", "repeat", "on_date", "first_on", "last_on", "until",
    "starts", "ends", "days", "next_meeting_zone", "gone", "country", "language",
}  # fmt: skip
"""Columns of these names hold neither an id of a person nor what somebody wrote, in whatever table they are."""
OTHERWISE: Final = {"note.name", "taster.answer_by"}
"""A name of ours, and a time."""


@pytest.fixture
def privacy(scene: Scene) -> Privacy:
    return Privacy(
        scene.desk, scene.servers, (scene.servers, scene.signup, Confidentiality(), scene.meetings, scene.escalation)
    )


@pytest.fixture
def table(privacy: Privacy) -> list[Item]:
    return privacy.table


async def columns(desk: Desk) -> dict[str, str]:
    """Return `table.column` → its type, of everything in the schema."""
    tables = await desk.reads.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {
        f"{table['name']}.{column['name']}": column["type"]
        for table in tables
        for column in await desk.reads.all(f"PRAGMA table_info({table['name']})")
    }


def named(item: Item) -> set[str]:
    return {f"{table}.{column}" for table, columns in item.columns.items() for column in columns.split()}


def may_name_somebody(column: str, kind: str) -> bool:
    name = column.split(".")[1]
    if name in NOTHING_OF_ANYBODY or column in OTHERWISE:
        return False
    return kind in {"TEXT", "BLOB"} or name.endswith(("_id", "_by")) or name in {"named", "people"}


async def test_every_column_that_holds_an_id_or_text_has_its_row(scene: Scene, table: list[Item]) -> None:
    held = {column for column, kind in (await columns(scene.desk)).items() if may_name_somebody(column, kind)}
    assert len(held) > 50
    assert sorted(held - {column for item in table for column in named(item)}) == []


async def test_the_table_names_no_column_that_is_not_there(scene: Scene, table: list[Item]) -> None:
    assert not {column for item in table for column in named(item)} - set(await columns(scene.desk))


def test_a_column_that_nobody_thought_of_is_found() -> None:
    assert may_name_somebody("seat.nickname", "TEXT")
    assert may_name_somebody("seat.friend_id", "INTEGER")
    assert not may_name_somebody("seat.since", "INTEGER")


def test_every_item_has_a_name_of_its_own(table: list[Item]) -> None:
    assert not [name for name, times in Counter(item.name for item in table).items() if times > 1]


def test_what_people_are_shown_of_themselves_is_in_the_table_once(table: list[Item]) -> None:
    shown = Counter(text for item in table for text in item.kept)
    assert set(shown) == {text for text in ids() if text.startswith("kept-")}
    assert set(shown.values()) == {1}


def test_what_is_deleted_goes_when_the_table_says(table: list[Item]) -> None:
    timed = [item for item in table if item.deletions]
    assert timed
    assert not [item.name for item in timed if item.lasts.time not in {each.after for each in item.deletions}]


async def test_each_run_of_the_housekeeping_leaves_a_receipt_in_numbers(scene: Scene, privacy: Privacy) -> None:
    await scene.escalation.raising.answer_message(CHO)
    assert await retention_store.last_run(scene.desk.reads) is None
    scene.clock.move(2 * DAY)
    assert await privacy.housekeeping() == 1
    (receipt,) = await scene.desk.reads.all("SELECT at, gone FROM forgetting")
    assert json.loads(receipt["gone"]) == {"dm-answer": 1}
    assert await retention_store.last_run(scene.desk.reads) == scene.clock.now()
    scene.clock.move(retention_store.RECEIPTS_KEPT + DAY)
    await privacy.housekeeping()
    assert len(await scene.desk.reads.all("SELECT at FROM forgetting")) == 1


async def test_only_what_was_carried_out_long_ago_is_forgotten_of_what_is_to_be_done(scene: Scene) -> None:
    work_item = next(item for item in retention_store.ITEMS if item.name == "work")
    later = scene.clock.now() + timedelta(days=400)
    async with scene.desk.transaction() as work:
        await work.enqueue(Intent("waiting", "dm", Lane.REMINDER, SERVER, {}, due_at=later))
    await scene.escalation.raising.answer_message(CHO)
    await scene.tick.settle()
    before = len(await scene.desk.reads.all("SELECT key FROM intent"))
    scene.clock.move(retention_store.INTENTS_KEPT)
    async with scene.desk.transaction() as work:
        assert not +await retention.forget(work, [work_item])
    scene.clock.move(timedelta(seconds=1))
    async with scene.desk.transaction() as work:
        assert await retention.forget(work, [work_item]) == {"work": before - 1}
    assert [row["key"] for row in await scene.desk.reads.all("SELECT key FROM intent")] == ["waiting"]
