"""What staff did: the file keeps it until its time, whatever it is asked to do, and a lead and the owner see it."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - sqlcipher3 ships no types

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.database import connect
from peerbot.engine.errors import NotAllowed
from peerbot.engine.migrations import migrate, migrate_to, steps
from peerbot.engine.retention import DAY, YEAR, forget
from peerbot.engine.texts import say
from peerbot.escalation import retention_store as escalation_table
from peerbot.servers import retention_store as servers_table
from peerbot.servers.acts import NOT_LISTED, ON_A_PAGE, StaffActs
from tests.escalation.scene import ANA, CHO, DEPUTY, LEAD, MO, OWNER, SERVER, Scene, open_scene

RECORDS = ("staff_act", "concern_act", "sign_off")
OWNING, LEADING = Actor(OWNER, SERVER, manages_server=True, owns_server=True), Actor(LEAD, SERVER)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A server whose team has closed a concern, for which two people were needed."""
    async with open_scene(tmp_path) as scene:
        concern = await scene.tell(CHO, ANA)
        await scene.look_after(MO, concern)
        await scene.close_by_two(concern)
        yield scene


async def refused(scene: Scene, sql: str) -> bool:
    """Return whether the file itself refuses a statement."""
    try:
        async with scene.desk.transaction() as work:
            await work.all(sql)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM staff_act",
        "UPDATE staff_act SET at = at - 1",
        "UPDATE staff_act SET act = 'silenced'",
        "UPDATE staff_act SET person_id = 1, server_id = 1",
        "UPDATE staff_person SET user_id = 5",
        "UPDATE staff_person SET id = id + 100",
        "DELETE FROM staff_person",
        "DELETE FROM concern_act",
        "UPDATE concern_act SET act = 'opened' WHERE act = 'closed'",
        "UPDATE concern_act SET by_id = 5",
        "UPDATE concern_act SET by_id = NULL WHERE by_id IS NOT NULL",
        "UPDATE concern_act SET at = at + 1",
        "UPDATE concern_act SET concern_id = 'another'",
        "DELETE FROM sign_off",
        "UPDATE sign_off SET state = 'declined'",
        "UPDATE sign_off SET ended_by = 5",
        "UPDATE sign_off SET asked_by = 5",
        "UPDATE sign_off SET detail = 'spoke'",
        "DELETE FROM housekeeping",
    ],
)
async def test_the_file_refuses_to_change_or_delete_what_was_done(scene: Scene, sql: str) -> None:
    async with scene.desk.transaction() as work:
        await forget(work, [*servers_table.ITEMS, *escalation_table.ITEMS])
    before = [await scene.count(table) for table in RECORDS]
    assert all(before)
    assert await refused(scene, sql)
    assert [await scene.count(table) for table in RECORDS] == before


async def test_who_looked_again_at_what_one_person_did_alone_stays_too(scene: Scene) -> None:
    assert not await refused(scene, "UPDATE sign_off SET reviewed_by = 7, reviewed_at = 9")
    assert await refused(scene, "UPDATE sign_off SET reviewed_by = 8")
    assert await refused(scene, "UPDATE sign_off SET reviewed_by = NULL")


async def test_a_record_goes_by_itself_after_a_year_and_not_a_day_sooner(scene: Scene) -> None:
    for passes, left in ((YEAR, True), (DAY, False)):
        scene.clock.move(passes)
        async with scene.desk.transaction() as work:
            await forget(work, [*servers_table.ITEMS, *escalation_table.ITEMS])
        counts = [await scene.count(table) for table in (*RECORDS, "staff_person")]
        assert all(counts) if left else not any(counts)


async def test_a_record_goes_with_its_server(scene: Scene) -> None:
    assert await refused(scene, f"DELETE FROM staff_act WHERE server_id = {SERVER}")  # noqa: S608 - a number of ours
    assert not await refused(scene, f"DELETE FROM server WHERE id = {SERVER}")  # noqa: S608 - as above
    assert not await refused(scene, f"DELETE FROM concern_act WHERE server_id = {SERVER}")  # noqa: S608 - as above
    assert [await scene.count(table) for table in (*RECORDS, "staff_person")] == [0, 0, 0, 0]


async def test_somebody_is_cut_out_of_the_record_and_what_was_done_stays(scene: Scene) -> None:
    before = [await scene.count(table) for table in RECORDS]
    async with scene.desk.transaction() as work:
        for sql in (sql for item in (*servers_table.ITEMS, *escalation_table.ITEMS) for sql in item.forgets):
            for user_id, server_id in ((OWNER, SERVER), (LEAD, SERVER), (DEPUTY, SERVER), (MO, 99)):
                await work.all(sql, user_id=user_id, server_id=server_id)
    assert [await scene.count(table) for table in RECORDS] == before
    held = repr([tuple(row.values()) for each in (*RECORDS, "staff_person") for row in await rows(scene, each)])
    assert str(OWNER) not in held
    assert str(LEAD) not in held
    assert str(MO) in held
    await scene.servers.add_to_team(OWNING, ANA, "moderator")
    acts = (await StaffActs(scene.desk, scene.servers).show(OWNING)).acts
    assert [each.by for each in acts][:2] == [OWNER, None], "who acts again is somebody new"


async def rows(scene: Scene, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in await scene.desk.reads.all(f"SELECT * FROM {table}")]  # noqa: S608 - a table's name


async def test_leads_and_the_owner_see_what_was_done_newest_first_page_by_page(scene: Scene) -> None:
    acts = StaffActs(scene.desk, scene.servers)
    async with scene.desk.transaction() as work:
        for _ in range(ON_A_PAGE):
            await scene.servers.acted(work, LEADING, "group-created")
        for act in sorted(NOT_LISTED):
            await scene.servers.acted(work, LEADING, act)
    first = await acts.show(LEADING)
    assert [each.act for each in first.acts] == ["group-created"] * ON_A_PAGE
    second = await acts.show(replace(OWNING, manages_server=False), first.older)
    assert [each.act for each in second.acts][-1] == "server-set-up"
    assert second.older is None
    for other in (MO, ANA, OWNER):
        with pytest.raises(NotAllowed):
            await acts.show(Actor(other, SERVER, manages_server=True, moderates_members=True))


async def test_what_was_done_before_the_file_kept_people_apart_from_acts_is_still_there(tmp_path: Path) -> None:
    file = connect(tmp_path / "old.sqlite", bytes(32), read_only=False)
    migrate_to(file, [step for step in steps() if step[1] < "0025"])
    file.execute("INSERT INTO server (id, country, zone, set_up_at) VALUES (1, 'GB', 'UTC', 0)")
    done = [(3, "silenced", 70, 5), (4, "silence-ended", 71, 6), (8, "silenced", 70, 7)]
    for act in done:
        file.execute("INSERT INTO staff_act (id, server_id, act, by_id, at) VALUES (?, 1, ?, ?, ?)", act)
    migrate(file)
    kept = file.execute("SELECT staff_act.id, act, user_id, at FROM staff_act JOIN staff_person p ON p.id = person_id")
    assert [tuple(row.values()) for row in kept.fetchall()] == done
    file.close()


async def test_a_lead_reads_the_record_in_a_private_message_that_pings_nobody(world: World) -> None:
    cast = await found(world, members=0)
    shown = await types(world, cast.dana, "escalation acts")
    assert shown.response is not None
    assert shown.response.ephemeral
    lines = shown.response.content.splitlines()
    assert say("act-ways-tested") in lines[2]
    assert say("act-rota-changed") in lines[3]
    assert say("act-series-changed") in lines[4]
    assert f"<@{cast.colin.actor.id}>" in lines[4]
    await types(world, cast.dana, "drill start")
    for _ in range(ON_A_PAGE):
        await types(world, cast.dana, "oncall test", person=cast.mo.actor)
    await types(world, cast.dana, "escalation acts")
    older = await presses(world, cast.dana, say("staff-acts-older"))
    assert older.response is not None
    assert say("act-server-set-up") in older.response.content
    refused = await types(world, cast.mo, "escalation acts")
    assert refused.response is not None
    assert refused.response.content == say("error-not-allowed")
