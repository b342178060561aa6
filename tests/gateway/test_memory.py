"""Nothing that was sent stays in memory; and what discord.py does of itself, which we rely on or work around."""

from pathlib import Path

import discord
from discord import ui

from peerbot.engine.card import Button, Card, Form, TextPart
from peerbot.gateway import draw
from tests.gateway.stage import Stage, booth_card, open_stage


def kept(stage: Stage) -> dict[str, int]:
    """How much discord.py holds to dispatch presses to."""
    store = stage.bot._connection._view_store
    held = {name: getattr(store, name) for name in ("_views", "_synced_message_views", "_modals", "_dynamic_items")}
    return {name: len(items) for name, items in held.items() if items}


async def test_ten_thousand_cards_leave_nothing_behind(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        card = Card("The booth", ((Button("booth.press", "Press", ("a1",)),),))
        state = stage.bot._connection
        for number in range(10_000):
            view = draw.message(card, "0123456789abcdef")["view"]
            # As every `send` and `edit` of discord.py does.
            if not view.is_finished() and view.is_dispatchable():
                state.store_view(view, number)
        for number in range(20):
            await stage.post(f"k{number}")
        await stage.settle()
        assert len(stage.posts()) == 20
        assert kept(stage) == {}


async def test_answers_and_forms_leave_nothing_behind(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        for _ in range(3):
            shown = await stage.mia.slash(stage.lounge, "booth")
            assert shown.response is not None
            form = await stage.mia.click(shown.response, label="Form")
            await stage.mia.submit_modal(form, {"name": "no", "medium": "a"})
            await stage.mia.click(shown.response, label="Press")
        assert kept(stage) == {}


async def test_a_view_and_a_form_are_finished_before_they_are_sent() -> None:
    assert draw.message(booth_card())["view"].is_finished()
    assert draw.modal(Form("booth.save", "The booth", (TextPart("name", "Name"),))).is_finished()


async def test_discord_py_keeps_a_view_that_was_not_stopped(tmp_path: Path) -> None:
    """Why ours are. When this fails, discord.py has changed."""
    async with open_stage(tmp_path) as stage:
        channel = stage.bot.get_channel(stage.lounge.id)
        assert isinstance(channel, discord.TextChannel)
        for stopped in (True, False):
            view = ui.View(timeout=None)
            view.add_item(ui.Button(label="Press", custom_id="pb:booth.press"))
            if stopped:
                view.stop()
            await channel.send("A card", view=view)
            assert bool(kept(stage)) is not stopped
        view.stop()


async def test_discord_py_would_take_an_id_that_is_no_cached_role_for_a_members(tmp_path: Path) -> None:
    """Why `access.make` writes its overwrites out. When this fails, discord.py has changed."""
    async with open_stage(tmp_path) as stage:
        stage.allow_bot(discord.Permissions(administrator=True))
        guild = stage.bot.get_guild(stage.guild.id)
        assert guild is not None
        everyone = discord.Object(guild.id, type=discord.Role)
        await guild.create_text_channel("x", overwrites={everyone: discord.PermissionOverwrite(view_channel=False)})
        [sent] = stage.calls("POST", f"/guilds/{guild.id}/channels")
        member = 1
        assert [(int(one["id"]), one["type"]) for one in sent["permission_overwrites"]] == [(guild.id, member)]
