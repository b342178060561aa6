"""One table says what is kept, why, for how long and who sees it: the notice, the program and the bot agree."""

import json
from datetime import timedelta

import pytest

from peerbot.cli import main
from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.texts import say
from peerbot.privacy import table
from tests.meta.sources import ROOT
from tests.privacy.traces import rows_about

FIELDS = {"item", "server", "what", "why", "kept", "until", "seen_by"}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await found(world, members=2)


async def test_every_item_has_a_line_and_no_line_is_without_one(world: World) -> None:
    items = world.app.privacy.table
    assert [each.name for each in items] == list(dict.fromkeys(each.name for each in items))
    assert set(table.SEEN_BY) == {each.name for each in items}
    rows = table.rows(items)
    assert len(rows) == len(items) + len(table.OUTSIDE) + 1
    assert all(row.what and row.kept for row in rows)


async def test_the_notice_the_program_and_the_bot_say_the_same(
    world: World, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table.rows(world.app.privacy.table)
    assert table.as_markdown(rows) in (ROOT / "docs" / "privacy-notice.md").read_text(encoding="utf-8")
    assert main(["data-map", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"name": row.name, "what": row.what, "why": row.why, "kept": row.kept, "seen": row.seen} for row in rows
    ]
    assert main(["data-map"]) == 0
    assert capsys.readouterr().out == table.as_text(rows)
    shown = await types(world, cast.members[0], "my-data show")
    assert shown.response is not None
    seat = next(row for row in rows if row.name == "seat")
    assert say("my-data-seen", seen=seat.seen) in shown.response.content


@pytest.mark.parametrize("in_dm", [False, True])
async def test_the_export_is_what_is_shown_as_the_document_describes_it(
    world: World, cast: Cast, *, in_dm: bool
) -> None:
    ana = cast.members[0]
    place = next(place for place in world.places(ana) if place.is_dm) if in_dm else None
    given = await types(world, ana, "my-data export", place)
    assert given.response is not None
    (file,) = given.response.attachments
    document = json.loads(await file.read())
    described = (ROOT / "docs" / "my-data-export.md").read_text(encoding="utf-8")
    assert set(document) == {"format", "at", "kept", "not_shown", "never_kept"}
    assert all(f"| `{name}` |" in described for name in (*document, *FIELDS))
    kept = await world.app.privacy.show(ana.actor.id)
    assert len(document["kept"]) == len(kept) > 1
    assert {frozenset(each) for each in document["kept"]} == {frozenset(FIELDS)}
    assert "seat" in {each["item"] for each in document["kept"]}
    for other in (*cast.facilitators, cast.members[1]):
        assert str(other.actor.id) not in json.dumps(document)


async def test_choices_are_shown_and_changed_and_forgotten(world: World, cast: Cast) -> None:
    ana = cast.members[0]
    shown = await types(world, ana, "my-data settings")
    assert shown.response is not None
    assert f"{say('my-data-wish-reminders')}: {say('my-data-value-on')}" in shown.response.content
    await presses(world, ana, say("my-data-press-reminders-off"))
    await presses(world, ana, say("my-data-press-notes-off"))
    told = world.reads(ana, world.lounge)[-1].content
    assert f"{say('my-data-wish-reminders')}: {say('my-data-value-off')}" in told
    assert f"{say('my-data-wish-notes')}: {say('my-data-value-off')}" in told
    await presses(world, ana, say("my-data-press-notes-on"))
    assert f"{say('my-data-wish-notes')}: {say('my-data-value-on')}" in world.reads(ana, world.lounge)[-1].content


async def test_that_somebody_would_rather_write_is_exported_and_deleted(world: World, cast: Cast) -> None:
    ana = cast.members[0]
    await types(world, ana, "my-data settings")
    await presses(world, ana, say("my-data-press-writing-on"))
    assert (await rows_about(world, ana))["rather_write"] == 1
    given = await types(world, ana, "my-data export")
    assert given.response is not None
    (file,) = given.response.attachments
    (told,) = [each for each in json.loads(await file.read())["kept"] if each["item"] == "writing"]
    assert (told["what"], told["until"], told["seen_by"]) == (say("kept-writing"), None, say("seen-yourself-number"))
    await types(world, ana, "my-data delete")
    await presses(world, ana, say("my-data-delete-press-here"))
    assert "rather_write" not in await rows_about(world, ana)


async def test_who_has_only_that_wish_and_leaves_the_server_is_forgotten(world: World, cast: Cast) -> None:
    olu = cast.olu
    await types(world, olu, "my-data settings")
    await presses(world, olu, say("my-data-press-writing-on"))
    world.env.backend.remove_member(world.guild.id, olu.actor.id)
    await world.app.privacy.leaving.look()
    await world.pass_time(timedelta(minutes=12))
    assert await rows_about(world, olu) == {}


@pytest.mark.parametrize("what", ["reminders-on", "notes-off", "writing-on"])
async def test_a_choice_in_a_server_that_is_not_set_up_is_refused_kindly(world: World, what: str) -> None:
    ana = world.add("ana", "Ana", "member")
    await types(world, ana, "my-data settings")
    answer = await presses(world, ana, say(f"my-data-press-{what}"))
    assert answer.response is not None
    assert answer.response.content == say("error-not-set-up")
    assert await rows_about(world, ana) == {}


async def test_in_a_direct_message_each_shared_server_is_named_and_can_be_changed(world: World, cast: Cast) -> None:
    ana = cast.members[0]
    place = next(place for place in world.places(ana) if place.is_dm)
    shown = await types(world, ana, "my-data settings", place)
    assert shown.response is not None
    assert "Harbour Street Community" in shown.response.content
    await presses(world, ana, say("my-data-press-reminders-off"), place)
    assert not await world.app.signup.may_remind(world.app.desk.reads, world.guild.id, ana.actor.id)


async def test_a_zone_that_was_remembered_can_be_forgotten(world: World, cast: Cast) -> None:
    async with world.app.desk.transaction() as work:
        await work.all(
            "INSERT INTO person_zone (user_id, server_id, zone) VALUES (:user, :server, 'Europe/Berlin')",
            user=cast.colin.actor.id,
            server=world.guild.id,
        )
    shown = await types(world, cast.colin, "my-data settings")
    assert shown.response is not None
    assert "Europe/Berlin" in shown.response.content
    await presses(world, cast.colin, say("my-data-press-zone"))
    assert not await world.app.desk.reads.all("SELECT 1 FROM person_zone")
