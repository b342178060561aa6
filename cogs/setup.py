"""Setting a server up: /setup and its form."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.engine.words import number
from peerbot.escalation.crisis import country_names
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.servers import cards
from peerbot.servers.service import Answers, Servers


class SetupMenu(Menu):
    """What an administrator uses once, and again when something changes."""

    def __init__(self, servers: Servers) -> None:
        """Offer `servers`' use cases."""
        self._servers = servers

    @app_commands.command(name="setup", description=say("cmd-setup"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(self, interaction: discord.Interaction) -> None:
        """Show how far the server is."""
        state = await self._servers.state(actor_of(interaction), interaction.app_permissions.value)
        await show(interaction, cards.setup_card(state))

    @on_press("setup.form")
    async def open_form(self, press: Press) -> None:
        """Ask the five questions."""
        await ask(press.interaction, await self.questions(press))

    @form_for("setup.save")
    async def questions(self, press: Press) -> Form:
        """Make the form, with what is known filled in."""
        state = await self._servers.state(press.actor, press.interaction.app_permissions.value)
        return cards.setup_form(state, country_names())

    @on_press("setup.save")
    async def save(self, press: Press) -> None:
        """Take the five answers."""
        answers = Answers(
            press.value("country"),
            number(press.value("lead")),
            number(press.value("second")),
            press.value("channels"),
            press.value("zone"),
        )
        server = await self._servers.set_up(press.actor, answers)
        await turn(press.interaction, cards.saved_card(makes_channels=server.make_staff_channels))
        if not server.make_staff_channels:
            await show(press.interaction, cards.choose_channels_card())

    @on_press("setup.channel")
    async def choose_channel(self, press: Press) -> None:
        """Take a staff channel the server already has."""
        which, channel_id = press.arg(0), number(press.choice)
        await self._servers.use_staff_channel(press.actor, which, channel_id)
        await show(press.interaction, cards.channel_saved_card(which, channel_id))
