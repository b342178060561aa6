"""The client: the least it can ask of Discord, and nothing remembered."""

import logging
from pathlib import Path

import discord
import pytest
from discord import app_commands
from structlog.testing import capture_logs

from peerbot.gateway.answers import show
from peerbot.gateway.bot import intents
from peerbot.gateway.people import PeopleOnDiscord
from tests.gateway.stage import Booth, booth_card, open_stage

RULE_2 = {
    *("guilds", "guild_messages", "dm_messages", "moderation", "voice_states", "auto_moderation_configuration"),
}
"""Product rule 2: arrival of messages, bans, voice rooms, AutoMod's settings; nothing privileged."""


def test_the_intents_are_exactly_those_of_rule_2() -> None:
    asked = discord.Intents.none()
    for name in RULE_2:
        setattr(asked, name, True)
    assert intents() == asked
    privileged = discord.Intents(message_content=True, members=True, presences=True)
    assert not intents().value & privileged.value


async def test_the_client_asks_for_no_more_and_remembers_nothing(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.post("k")
        await stage.settle()
        await stage.mia.send(stage.lounge, "Good evening")
        await stage.mia.join_voice(stage.guild.create_voice_channel("voice"))
        bot = stage.bot
        assert bot.intents == intents()
        assert not bot.cached_messages
        assert bot._connection._messages is None
        assert {member.id for guild in bot.guilds for member in guild.members} <= {bot.user and bot.user.id}
        assert bot.allowed_mentions is not None
        assert not any(bot.allowed_mentions.to_dict().values())


async def test_commands_are_told_to_discord_once_and_again_only_when_they_changed(tmp_path: Path) -> None:
    class Newer(Booth):
        @app_commands.command(name="another", description="Another one")
        async def another(self, interaction: discord.Interaction) -> None:
            await show(interaction, booth_card())

    async with open_stage(tmp_path) as stage:
        assert len(stage.calls("PUT", "/commands")) == 1
        await stage.restart()
        await stage.restart()
        assert len(stage.calls("PUT", "/commands")) == 1
        stage.parts.menus = lambda heard: [Newer(heard)]
        await stage.restart()
        await stage.restart()
        assert len(stage.calls("PUT", "/commands")) == 2
        assert (await stage.mia.slash(stage.lounge, "another")).response is not None


async def test_commands_that_discord_does_not_take_are_told_at_the_next_start_and_keep_nothing_else_from_working(
    tmp_path: Path,
) -> None:
    class Newer(Booth):
        @app_commands.command(name="another", description="Another one")
        async def another(self, interaction: discord.Interaction) -> None:
            await show(interaction, booth_card())

    async with open_stage(tmp_path) as stage:
        stage.env.inject_error("PUT", "/applications/*/commands", status=403, code=20012)
        stage.parts.menus = lambda heard: [Newer(heard)]
        with capture_logs() as log:
            await stage.restart()
        assert [entry["status"] for entry in log if entry["log_level"] == "error"] == [403]
        assert (await stage.mia.slash(stage.lounge, "booth")).response is not None
        await stage.restart()
        assert (await stage.mia.slash(stage.lounge, "another")).response is not None


async def test_a_start_frightens_nobody_with_warnings(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        async with open_stage(tmp_path):
            pass
    assert not [record.message for record in caplog.records if record.name.startswith("discord")]


async def test_a_direct_message_is_heard_of_and_what_is_said_in_a_server_is_not(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.mia.send(stage.lounge, "!booth hello")
        assert not stage.heard
        await stage.mia.send_dm("I need somebody")
        assert stage.heard == [("written by", stage.mia.id)]
        await stage.mean("k", "dm", user=stage.mia.id)
        await stage.settle()
        assert [message.content for message in stage.mia.user.dm_channel.history()] == ["I need somebody", "Post "]
        assert stage.heard == [("written by", stage.mia.id)]


async def test_a_ban_is_heard_of(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.allow_bot(discord.Permissions(ban_members=True))
        guild = stage.bot.get_guild(stage.guild.id)
        assert guild is not None
        await guild.ban(discord.Object(stage.mia.id))
        await stage.env.settle()
        assert stage.heard == [("banned", stage.guild.id, stage.mia.id)]


async def test_a_person_shares_with_the_bot_the_servers_that_have_both(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.create_guild("Elsewhere")
        stranger = stage.env.create_user("stranger")
        people = PeopleOnDiscord(lambda: stage.bot)
        assert await people.shared_with(stage.mia.id) == [(stage.guild.id, "Harbour Street Community")]
        assert await people.shared_with(stranger.id) == []


async def test_who_joins_a_voice_channel_is_handed_on_and_so_is_who_was_there_at_the_start(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        voice = stage.guild.create_voice_channel("evening")
        await stage.mia.join_voice(voice)
        await stage.mia.set_voice(self_mute=True)
        joined = ("in voice", stage.guild.id, voice.id, stage.mia.id)
        assert [each for each in stage.heard if each == joined] == [joined]
        stage.heard.clear()
        await stage.restart()
        await stage.settle()
        assert stage.heard == [joined]
