"""`/manage`: what coordinators and administrators set up, each part of it in a file of its own."""

from discord import app_commands
from discord.ext import commands

from peerbot.engine.texts import say
from peerbot.gateway.router import Menu


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class ManageMenu(Menu, commands.GroupCog, group_name="manage", group_description=say("cmd-manage")):
    """The command `/manage`, made of parts.

    A command can belong to one top-level group only, and a cog's groups are copied for each cog made. So each other
    cog hands its part over here, as a command or an `app_commands.Group` of its own. Discord takes 25 parts at most,
    and 8,000 characters of names and descriptions in all; a test counts them.
    """

    def __init__(self, *parts: app_commands.Group | app_commands.Command[Menu, ..., None]) -> None:
        """Offer `parts`."""
        if self.app_command is not None:
            for part in parts:
                self.app_command.add_command(part)
