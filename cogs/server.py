"""`/manage server`: what `/setup` asked, and what else belongs to a server, one thing at a time."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.escalation.crisis import country_names
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.servers import cards, settings_cards
from peerbot.servers.service import Servers
from peerbot.servers.settings import Settings
from peerbot.signup.confirming import cards as confirm_cards
from peerbot.signup.service import Signup


class ServerMenu(Menu):
    """`/manage server`, its menu and its forms."""

    def __init__(self, servers: Servers, settings: Settings, signup: Signup) -> None:
        """Offer `settings`' use cases; `servers` makes staff channels, `signup` has seats confirmed."""
        self._signup = signup
        self._servers = servers
        self._settings = settings

    def part(self) -> app_commands.Command[Menu, ..., None]:
        """Return the command, for the menu that holds `/manage`."""
        return app_commands.Command(name="server", description=say("cmd-manage-server"), callback=self.server)

    async def server(self, interaction: discord.Interaction) -> None:
        """Show how the server is set."""
        found = await self._settings.show(actor_of(interaction))
        await show(interaction, settings_cards.server_card(found, country_names()))

    @on_press("server.choose")
    async def choose(self, press: Press) -> None:
        """Ask for what was chosen from the menu."""
        if press.choice == settings_cards.CHANNELS:
            await self._settings.may_choose_channels(press.actor)
            await show(press.interaction, cards.choose_channels_card())
        elif press.choice == settings_cards.SEATS:
            await show(press.interaction, confirm_cards.switch_card(await self._signup.confirming.show(press.actor)))
        else:
            await ask(press.interaction, await self._form(press, press.choice))

    @form_for("server.save")
    async def form(self, press: Press) -> Form:
        """Make the form for one thing again."""
        return await self._form(press, press.arg(0))

    async def _form(self, press: Press, field: str) -> Form:
        return settings_cards.server_form(field, await self._settings.show(press.actor), country_names())

    @on_press("server.save")
    async def save(self, press: Press) -> None:
        """Take what was typed."""
        changed = await self._settings.change(press.actor, press.arg(0), (press.value("value"), press.value("last")))
        await show(press.interaction, settings_cards.changed_card(changed, country_names()))

    @on_press("server.set")
    async def undo(self, press: Press) -> None:
        """Take a change back."""
        changed = await self._settings.change(press.actor, press.arg(0), press.args[1:])
        await turn(press.interaction, settings_cards.changed_card(changed, country_names()))

    @on_press("server.make-channels")
    async def make_channels(self, press: Press) -> None:
        """Make the staff channels that are not there."""
        await self._servers.make_channels(press.actor)
        await turn(press.interaction, settings_cards.channels_made_card())
