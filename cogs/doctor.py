"""/doctor: whether the bot can keep its word here."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, think
from peerbot.gateway.router import Menu, actor_of
from peerbot.ops.doctor import Doctor
from peerbot.ops.doctor_cards import doctor_card


class DoctorMenu(Menu):
    """What an administrator or lead asks when something seems wrong, and now and then."""

    def __init__(self, doctor: Doctor) -> None:
        """Offer `doctor`'s use case."""
        self._doctor = doctor

    @app_commands.command(name="doctor", description=say("cmd-doctor"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def doctor(self, interaction: discord.Interaction) -> None:
        """Show what every check found."""
        await think(interaction)
        findings = await self._doctor.look(actor_of(interaction), interaction.created_at)
        await show(interaction, doctor_card(findings))
