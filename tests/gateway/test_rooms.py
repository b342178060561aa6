"""Rooms: seen by whom they are for from their first moment to their last, and nothing touched that is not ours."""

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.access import can_access_channel

from peerbot.engine import outbox
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.outbox import Lane
from tests.gateway.doubtful import crash_after, doubtful, lose
from tests.gateway.stage import Stage, open_stage

ROOM = "room-7f3a9c"
ROLE, MEMBER = 0, 1
ALLOWED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    manage_channels=True,
    manage_messages=True,
    manage_roles=True,
    connect=True,
    move_members=True,
    create_public_threads=True,
    create_private_threads=True,
    send_messages_in_threads=True,
)


def sees(stage: Stage, channel_id: int) -> set[str]:
    people = {"mia": stage.mia, "ada": stage.ada}
    return {name for name, person in people.items() if can_access_channel(stage.env, channel_id, person)}


async def room(stage: Stage, **more: Any) -> int:  # noqa: ANN401 - data of the intent
    """A room of ours, made by an intent."""
    stage.allow_bot(ALLOWED)
    await stage.mean("make", "place.make", name=ROOM, **more)
    await stage.settle()
    [made] = stage.channels(ROOM)
    assert stage.reports[-1] == ("make", Delivered(made))
    return made


@pytest.mark.parametrize(("kind", "number"), [("text", 0), ("voice", 2)])
async def test_a_room_is_hidden_from_everyone_but_its_people_from_its_first_moment(
    tmp_path: Path, kind: str, number: int
) -> None:
    async with open_stage(tmp_path) as stage:
        category = stage.guild.create_category("rooms")
        made = await room(stage, shape=kind, parent=category.id, people={stage.mia.id: "look", 5: "nothing"})
        assert sees(stage, made) == {"mia"}
        [sent] = stage.calls("POST", f"/guilds/{stage.guild.id}/channels")
        assert (sent["type"], sent["parent_id"]) == (number, category.id)
        overwrites = {(int(one["id"]), one["type"]): one for one in sent["permission_overwrites"]}
        # Discord takes no heed of what is denied to everyone unless it is marked as a role's.
        everyone = discord.Permissions(int(overwrites.pop((stage.guild.id, ROLE))["deny"]))
        assert everyone.view_channel
        assert everyone.send_messages
        assert everyone.connect
        assert everyone.create_private_threads
        assert set(overwrites) == {(stage.mia.id, MEMBER), (stage.env.backend.bot_user.id, MEMBER)}
        mia = discord.Permissions(int(overwrites[stage.mia.id, MEMBER]["allow"]))
        assert mia.view_channel
        assert not mia.send_messages


async def test_a_category_is_made_open(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, shape="category")
        assert stage.env.backend.channels[made].type == 4


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_room_is_looked_for_before_it_is_made_again(tmp_path: Path, restarted: bool) -> None:  # noqa: FBT001
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        stage.allow_bot(ALLOWED)
        await stage.mean("make", "place.make", name=ROOM)
        if restarted:
            await crash_after(stage, acted=True)
        else:
            lose(stage, "place.make", "answer")
        await stage.settle()
        assert stage.reports == [("make", Delivered(stage.channels(ROOM)[0]))]
        assert len(stage.calls("POST", "/channels")) == len(stage.channels(ROOM)) == 1


async def test_a_room_that_is_not_there_is_made_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        stage.allow_bot(ALLOWED)
        lose(stage, "place.make", "call")
        await stage.mean("make", "place.make", name=ROOM)
        await stage.settle()
        await stage.pass_seconds(2)
        await stage.pass_seconds(1)
        assert stage.reports == [("make", Delivered(stage.channels(ROOM)[0]))]


async def test_of_a_room_made_twice_the_first_stays(tmp_path: Path) -> None:
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        stage.allow_bot(ALLOWED)
        await stage.mean("make", "place.make", name=ROOM)
        async with stage.desk.transaction() as work:
            [leased] = await outbox.lease(work, work.now, 9)
        for _ in range(2):
            await stage.sender._carriers["place.make"].carry(leased)
        first, _ = stage.channels(ROOM)
        await stage.restart()
        await stage.settle()
        assert stage.channels(ROOM) == [first]
        assert stage.reports == [("make", Delivered(first))]


async def test_a_channel_that_only_has_the_same_name_is_neither_taken_nor_touched(tmp_path: Path) -> None:
    """A staff channel's name is no secret: the server may have had one of its own before."""
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        stage.allow_bot(ALLOWED)
        theirs = stage.guild.create_text_channel("moderators").id
        await stage.env.advance_time(3600)
        category = stage.guild.create_category("moderators").id
        lose(stage, "place.make", "answer")
        await stage.mean("make", "place.make", name="moderators")
        await stage.settle()
        [ours] = set(stage.channels("moderators")) - {theirs, category}
        assert stage.reports == [("make", Delivered(ours))]


async def test_a_room_that_we_may_not_make_is_reported(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.inject_error("POST", "/guilds/*/channels", status=403, code=50013)
        await stage.mean("make", "place.make", name=ROOM)
        await stage.settle()
        assert stage.reports == [("make", Finish("failed", "50013"))]


async def test_one_person_is_let_in_and_out_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage)
        assert sees(stage, made) == set()
        await stage.mean("in", "channel.person", channel=made, user=stage.mia.id, may="speak")
        await stage.settle()
        assert sees(stage, made) == {"mia"}
        assert await stage.mia.send(stage.guild.channels[ROOM], "Hello")
        await stage.mean("out", "channel.person", channel=made, user=stage.mia.id, may="nothing")
        await stage.settle()
        assert sees(stage, made) == set()


async def test_who_loses_sight_of_a_voice_room_is_taken_off_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, shape="voice", people={stage.mia.id: "speak"})
        await stage.mia.join_voice(stage.guild.channels[ROOM])
        await stage.mean("out", "channel.person", channel=made, user=stage.mia.id, may="nothing")
        await stage.settle()
        assert stage.calls("PATCH", f"/members/{stage.mia.id}") == [{"channel_id": None}]
        assert stage.mia.id not in stage.guild.voice_states()


async def test_while_nobody_knows_who_is_connected_taking_somebody_off_voice_is_tried_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, shape="voice", people={stage.mia.id: "speak"})
        await stage.mia.join_voice(stage.guild.channels[ROOM])
        guild = stage.bot.get_guild(stage.guild.id)
        assert guild is not None
        guild.unavailable = True
        await stage.mean("out", "channel.person", channel=made, user=stage.mia.id, may="nothing")
        await stage.settle()
        assert sees(stage, made) == set()
        assert stage.calls("PATCH", f"/members/{stage.mia.id}") == []
        assert (await stage.state("out"))[0] == "waiting"
        guild.unavailable = False
        await stage.pass_seconds(300)
        assert stage.mia.id not in stage.guild.voice_states()


async def test_whoever_is_in_a_voice_room_is_taken_off_it_at_the_lock(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, shape="voice", people={stage.mia.id: "speak", stage.ada.id: "speak"})
        for person in (stage.mia, stage.ada):
            await person.join_voice(stage.guild.channels[ROOM])
        await stage.mean("lock", "channel.everyone", channel=made, write=False)
        await stage.settle()
        assert await stage.state("lock") == ("done", "")
        assert not stage.guild.voice_states()


@pytest.mark.parametrize("code", [10003, 10009])
async def test_taking_away_what_is_gone_already_is_done(tmp_path: Path, code: int) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.inject_error("DELETE", "/channels/*/permissions/*", status=404, code=code)
        await stage.mean("out", "channel.person", channel=stage.lounge.id, user=stage.mia.id, may="nothing")
        await stage.settle()
        assert await stage.state("out") == ("done", "")


async def test_who_has_left_the_voice_room_already_is_out(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, shape="voice", people={stage.mia.id: "speak"})
        await stage.mia.join_voice(stage.guild.channels[ROOM])
        stage.env.inject_error("PATCH", "/guilds/*/members/*", status=400, code=40032)
        await stage.mean("out", "channel.person", channel=made, user=stage.mia.id, may="nothing")
        await stage.settle()
        assert await stage.state("out") == ("done", "")


async def test_everybody_who_sees_a_room_may_write_once_it_is_open_and_not_before_or_after(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await room(stage, people={stage.mia.id: "look"})
        channel = stage.guild.channels[ROOM]

        def may_write() -> set[str]:
            found = set[str]()
            for name, person in (("mia", stage.mia), ("ada", stage.ada)):
                allowed = discord.Permissions(
                    stage.env.backend.compute_permissions(stage.guild.id, person.id, channel.id)
                )
                if allowed.view_channel and allowed.send_messages:
                    found.add(name)
            return found

        assert may_write() == set()
        for write, expected in ((True, {"mia"}), (False, set())):
            await stage.mean(f"write {write}", "channel.everyone", channel=channel.id, write=write)
            await stage.settle()
            assert may_write() == expected
            assert sees(stage, channel.id) == {"mia"}


async def test_during_a_pause_nobody_writes_and_whoever_is_in_the_voice_stays(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, shape="voice", people={stage.mia.id: "speak"})
        await stage.mia.join_voice(stage.guild.channels[ROOM])
        await stage.mean("pause", "channel.everyone", channel=made, write=False, pause=True)
        await stage.settle()
        assert await stage.state("pause") == ("done", "")
        assert stage.mia.id in stage.guild.voice_states()


async def test_who_may_only_read_sees_the_room_and_cannot_write_there_while_others_can(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, people={stage.mia.id: "look", stage.ada.id: "look"})
        await stage.mean("open", "channel.everyone", channel=made, write=True)
        await stage.mean("quiet", "channel.person", channel=made, user=stage.mia.id, may="read")
        await stage.settle()
        assert sees(stage, made) == {"mia", "ada"}
        may = [
            discord.Permissions(stage.env.backend.compute_permissions(stage.guild.id, person.id, made)).send_messages
            for person in (stage.mia, stage.ada)
        ]
        assert may == [False, True]


async def test_a_message_is_taken_down_and_one_that_is_gone_is_no_failure(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, people={stage.mia.id: "speak"})
        written = await stage.mia.send(stage.guild.channels[ROOM], "Hello")
        for key in ("down", "down again"):
            await stage.mean(key, "message.delete", channel=made, message=written.id)
            await stage.settle()
            assert stage.reports[-1] == (key, Delivered())
        assert not stage.guild.channels[ROOM].history()


async def test_a_message_that_may_not_be_taken_down_is_reported(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=50013)
        await stage.mean("down", "message.delete", channel=stage.lounge.id, message=1)
        await stage.settle()
        assert stage.reports == [("down", Finish("failed", "50013"))]


async def delete(stage: Stage, channel_id: int, name: str = ROOM) -> None:
    await stage.mean("delete", "channel.delete", Lane.CLOSING, channel=channel_id, name=name)
    await stage.settle()


async def test_a_room_is_deleted_by_its_marker(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await delete(stage, await room(stage))
        assert stage.channels(ROOM) == []
        assert await stage.state("delete") == ("done", "")


async def test_a_channel_without_our_marker_is_not_deleted(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.allow_bot(ALLOWED)
        await delete(stage, stage.lounge.id)
        assert stage.channels("lounge") == [stage.lounge.id]
        assert await stage.state("delete") == ("dropped", "not wanted")
        assert not stage.calls("DELETE", f"/channels/{stage.lounge.id}")


async def test_a_channel_of_another_server_is_not_deleted(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.allow_bot(ALLOWED)
        elsewhere = stage.env.create_guild("Elsewhere").create_text_channel(ROOM)
        await delete(stage, elsewhere.id)
        assert stage.channels(ROOM) == [elsewhere.id]


async def test_a_room_that_is_gone_is_a_promise_kept(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage)
        stage.env.backend.delete_channel(made)
        await delete(stage, made)
        assert await stage.state("delete") == ("done", "")


async def test_a_deletion_that_is_refused_or_hidden_from_us_stays_due(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage)
        for status, code in ((403, 50001), (503, 0), (404, 0)):
            stage.env.inject_error("DELETE", f"/channels/{made}", status=status, code=code)
        stage.env.backend.channels[made].name = "___hidden___"
        await delete(stage, made)
        assert await stage.state("delete") == ("waiting", "")
        stage.env.backend.channels[made].name = ROOM
        for _ in range(3):
            await stage.pass_seconds(300)
            assert await stage.state("delete") == ("waiting", "")
        await stage.pass_seconds(300)
        assert stage.channels(ROOM) == []
        assert await stage.state("delete") == ("done", "")


async def test_a_deletion_under_way_at_a_crash_is_finished(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage)
        await stage.mean("delete", "channel.delete", Lane.CLOSING, channel=made, name=ROOM)
        await crash_after(stage, acted=False)
        for _ in range(3):
            await stage.pass_seconds(2)
        assert stage.channels(ROOM) == []


@pytest.mark.parametrize("shape", ["text", "voice"])
async def test_who_has_not_agreed_yet_sees_the_room_and_neither_writes_nor_talks_when_the_others_do(
    tmp_path: Path, shape: str
) -> None:
    async with open_stage(tmp_path) as stage:
        made = await room(stage, shape=shape, people={stage.mia.id: "wait", stage.ada.id: "look"})
        await stage.mean("open", "channel.everyone", channel=made, write=True)
        await stage.settle()

        def may(person: Any) -> tuple[bool, bool, bool]:  # noqa: ANN401 - one of SimCord's people
            found = discord.Permissions(stage.env.backend.compute_permissions(stage.guild.id, person.id, made))
            return found.view_channel, found.send_messages, found.connect

        assert may(stage.ada) == (True, True, True)
        assert may(stage.mia) == (True, False, False)
        await stage.mean("agreed", "channel.person", channel=made, user=stage.mia.id, may="look")
        await stage.settle()
        assert may(stage.mia) == (True, True, True)
