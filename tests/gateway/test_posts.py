"""Messages: found again when their end was in doubt, never twice where once was promised, pinging nobody unasked."""

from datetime import timedelta
from pathlib import Path

import pytest

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.outbox import Lane
from peerbot.gateway.custom_ids import parse
from tests.gateway.doubtful import crash_after, doubtful, lose
from tests.gateway.stage import open_stage


async def test_a_post_carries_its_nonce_in_every_button_and_to_discord(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.post("k", n=1)
        await stage.settle()
        [message] = stage.lounge.history()
        row = await stage.desk.reads.one("SELECT nonce FROM intent WHERE key = 'k'")
        [sent] = stage.calls("POST", f"/channels/{stage.lounge.id}/messages")
        custom_id = parse(sent["components"][0]["components"][0]["custom_id"])
        assert row is not None
        assert custom_id is not None
        assert custom_id.nonce == sent["nonce"] == row["nonce"]
        assert sent["enforce_nonce"] is True
        assert stage.reports == [("k", Delivered(stage.lounge.id, message.id))]


async def test_a_post_pings_only_whom_its_card_lists(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.post("a")
        await stage.post("b", pings=[stage.mia.id])
        await stage.settle()
        quiet, loud = (sent["allowed_mentions"] for sent in stage.calls("POST", "/messages"))
        assert not any(quiet.values())
        assert (loud["parse"], [int(user) for user in loud["users"]]) == ([], [stage.mia.id])


async def test_a_direct_message_brings_the_names_of_those_it_mentions(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.mean("k", "dm", Lane.OPENING, user=stage.mia.id, n="<@42> has it")
        await stage.settle()
        (sent,) = stage.calls("POST", "/messages")
        assert [int(user) for user in sent["allowed_mentions"]["users"]] == [42]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_post_whose_answer_was_lost_is_found_and_not_posted_twice(tmp_path: Path, restarted: bool) -> None:  # noqa: FBT001
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        await stage.post("k", n=1)
        if restarted:
            await crash_after(stage, acted=True)
        else:
            lose(stage, "post", "answer")
        await stage.settle()
        [message] = stage.lounge.history()
        assert stage.reports == [("k", Delivered(stage.lounge.id, message.id))]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_post_that_never_arrived_is_posted_again_once(tmp_path: Path, restarted: bool) -> None:  # noqa: FBT001
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        await stage.post("k", n=1)
        if restarted:
            await crash_after(stage, acted=False)
        else:
            lose(stage, "post", "call")
        await stage.settle()
        assert stage.posts() == []
        await stage.pass_seconds(2)
        await stage.pass_seconds(1)
        assert stage.posts() == ["Post 1"]
        await stage.pass_seconds(600)
        assert stage.posts() == ["Post 1"]
        assert await stage.state("k") == ("done", "")


async def test_a_post_is_found_behind_everything_people_have_written_since(tmp_path: Path) -> None:
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        await stage.post("k", n=1)
        await crash_after(stage, acted=True)
        for number in range(90):
            stage.env.backend.create_message(stage.lounge.id, stage.mia.id, f"line {number}")
        await stage.env.advance_time(600)
        await stage.settle()
        assert await stage.state("k") == ("done", "")
        assert stage.posts().count("Post 1") == 1


async def test_an_ordinary_repeat_has_the_same_nonce_so_that_discord_can_drop_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.inject_error("POST", "/channels/*/messages", status=502)
        await stage.post("k")
        await stage.settle()
        await stage.pass_seconds(2)
        await stage.pass_seconds(1)
        first, second = stage.calls("POST", "/messages")
        assert first["nonce"] == second["nonce"]
        assert stage.posts() == ["Post "]


async def test_a_page_sent_again_says_so_and_cannot_be_dropped_as_a_repeat(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.inject_error("POST", "/channels/*/messages", status=502)
        await stage.post("k", Lane.CONCERN)
        await stage.settle()
        await stage.pass_seconds(2)
        first, second = stage.calls("POST", "/messages")
        assert first["nonce"] != second["nonce"]
        assert len(second["nonce"]) <= 25
        assert stage.posts() == ["May be a repeat"]


async def test_a_page_lost_twice_is_found_by_the_same_mark(tmp_path: Path) -> None:
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        await stage.post("k", Lane.CONCERN)
        lose(stage, "post", "call", "answer")
        await stage.settle()
        await stage.pass_seconds(2)
        assert stage.posts() == ["May be a repeat"]
        assert await stage.state("k") == ("done", "")


async def test_a_post_nobody_wants_any_more_is_not_made(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.post("k", gone=True)
        await stage.settle()
        assert stage.posts() == []
        assert await stage.state("k") == ("dropped", "not wanted")


async def test_a_late_reminder_is_not_posted(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.post("k", Lane.REMINDER, not_after=stage.desk.now + timedelta(minutes=1))
        await stage.pass_seconds(60)
        assert stage.posts() == []
        assert stage.reports == [("k", Finish("dropped", "too late"))]


async def test_a_direct_message_arrives_and_is_found_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path, wrap=doubtful) as stage:
        lose(stage, "dm", "answer")
        await stage.mean("k", "dm", user=stage.mia.id, n=1)
        await stage.settle()
        assert [message.content for message in stage.mia.user.dm_channel.history()] == ["Post 1"]
        assert await stage.state("k") == ("done", "")


async def test_closed_direct_messages_are_reported_and_not_tried_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        dm = stage.mia.user.dm_channel
        stage.env.inject_error("POST", f"/channels/{dm.id}/messages", status=403, code=50007, times=None)
        await stage.mean("k", "dm", Lane.CONCERN, user=stage.mia.id)
        await stage.settle()
        await stage.pass_seconds(3600)
        assert stage.reports == [("k", Finish("failed", "50007"))]
        assert len(stage.calls("POST", f"/channels/{dm.id}/messages")) == 1


async def test_what_was_asked_for_waits_in_vain_where_messages_are_known_to_be_refused_and_the_rest_is_tried(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path) as stage:
        stage.parts.closed.add((stage.guild.id, stage.mia.id))
        for lane in Lane:
            await stage.mean(lane.name, "dm", lane, user=stage.mia.id, n=lane.name)
        await stage.settle()
        got = {message.content for message in stage.mia.user.dm_channel.history()}
        dropped = {"REMINDER", "COSMETIC"}
        assert got == {f"Post {lane.name}" for lane in Lane if lane.name not in dropped}
        assert {lane.name for lane in Lane if await stage.state(lane.name) == ("dropped", "not wanted")} == dropped
        stage.parts.closed.clear()
        await stage.mean("again", "dm", Lane.REMINDER, user=stage.mia.id)
        await stage.settle()
        assert await stage.state("again") == ("done", "")


async def test_a_private_answer_is_changed_by_its_token_even_after_a_crash(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        shown = await stage.mia.slash(stage.lounge, "booth")
        assert shown.response is not None
        await stage.mean("k", "answer", token=shown._interaction.token, n="changed")
        await crash_after(stage, acted=False)
        for _ in range(3):
            await stage.pass_seconds(2)
        assert shown.response.content == "Post changed"
        assert shown.response.ephemeral
        assert await stage.state("k") == ("done", "")
        row = await stage.desk.reads.one("SELECT data FROM intent WHERE key = 'k'")
        assert row == {"data": "{}"}
