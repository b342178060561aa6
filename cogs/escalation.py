"""Reaching a human: /help-now, /concern and *Help now*."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.clock import Clock
from peerbot.engine.texts import say
from peerbot.engine.words import number
from peerbot.escalation import crisis
from peerbot.escalation.raising import cards
from peerbot.escalation.raising.raiser_cards import receipt_card
from peerbot.escalation.raising.rules import About, Pressed
from peerbot.escalation.rules import Level, level_of
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import ask, rewrite, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.servers.service import Servers


class EscalationMenu(Menu):
    """What a person in trouble presses."""

    def __init__(self, escalation: Escalation, servers: Servers, clock: Clock) -> None:
        """Offer `escalation`'s use cases; take a server's country from `servers`' memory."""
        self._escalation = escalation
        self._servers = servers
        self._clock = clock

    def message_menus(self) -> list[app_commands.ContextMenu]:
        """Return *Raise a concern*, for the menu of every message."""
        menu = app_commands.ContextMenu(name=say("cmd-concern-message"), callback=self.concern_on_message)
        menu.guild_only = True
        return [menu]

    @app_commands.command(name="help-now", description=say("cmd-help-now"))
    async def help_now(self, interaction: discord.Interaction) -> None:
        """Show the crisis card: from memory first, then what is true of the team."""
        await self._card(interaction)

    @on_press("help.ask")
    async def help_pressed(self, press: Press) -> None:
        """*Help now* on any message."""
        await self._card(press.interaction)

    async def _card(self, interaction: discord.Interaction) -> None:
        here, now = interaction.guild_id, self._clock.now()
        await show(interaction, cards.crisis_card(self._servers.country(here), now, server_id=here))
        server_id, cover = await self._escalation.whose_team(here, interaction.user.id)
        if cover is not None:
            await rewrite(interaction, cards.crisis_card(self._servers.country(server_id), now, cover, server_id))

    @on_press("help.card")
    async def just_the_card(self, press: Press) -> None:
        """*Just the card*: nothing is recorded."""
        await show(press.interaction, cards.just_the_card())

    @on_press("help.elsewhere")
    async def elsewhere(self, press: Press) -> None:
        """Show the menu of countries."""
        await show(press.interaction, cards.elsewhere_card(crisis.country_names()))

    @on_press("help.country")
    async def country(self, press: Press) -> None:
        """Show the card of the country chosen; the choice is not kept."""
        here, now = press.actor.server_id, self._clock.now()
        await turn(press.interaction, cards.crisis_card(press.choice, now, server_id=here))
        server_id, cover = await self._escalation.whose_team(here, press.actor.user_id)
        if cover is not None:
            await rewrite(press.interaction, cards.crisis_card(press.choice, now, cover, server_id))

    @on_press("concern.ask")
    async def ask_team(self, press: Press) -> None:
        """One of the three ways to ask for somebody."""
        server_id = press.number(1) or press.actor.server_id
        if server_id is None:
            teams = await self._escalation.teams_for(press.actor.user_id)
            if len(teams) != 1:
                await show(press.interaction, cards.choose_team_card(press.arg(0), teams))
                return
            server_id = teams[0][0]
        await self._ask(press, level_of(press.arg(0)), server_id)

    @on_press("concern.for")
    async def ask_chosen_team(self, press: Press) -> None:
        """The server chosen in a direct message."""
        await self._ask(press, level_of(press.arg(0)), number(press.choice))

    @on_press("concern.tell")
    async def tell_facilitator(self, press: Press) -> None:
        """*Tell a facilitator* in a room: a check-in, first of all to those who hold it."""
        await self._ask(press, Level.CHECK_IN, press.actor.here)

    async def _ask(self, press: Press, level: Level, server_id: int) -> None:
        interaction = press.interaction
        concern = await self._escalation.raising.ask(press.actor, server_id, level, _pressed(interaction))
        await show(interaction, receipt_card(concern, self._escalation.meanwhile(concern.server_id)))

    @on_press("concern.danger")
    async def danger(self, press: Press) -> None:
        """*I'm in danger now* on news of one's own concern."""
        concern = await self._escalation.raising.danger(press.actor, press.arg(0), _pressed(press.interaction))
        await show(press.interaction, receipt_card(concern, self._escalation.meanwhile(concern.server_id)))

    @on_press("concern.withdraw")
    async def withdraw(self, press: Press) -> None:
        """*I no longer need this*."""
        concern = await self._escalation.raising.withdraw(press.actor, press.arg(0))
        await show(press.interaction, receipt_card(concern, self._escalation.meanwhile(concern.server_id)))

    @on_press("concern.leave")
    async def leave_side_room(self, press: Press) -> None:
        """*Leave this room*, pressed in a side room."""
        await self._escalation.raising.leave_side_room(press.actor, press.arg(0), press.interaction.channel_id)
        await show(press.interaction, cards.left_card())

    @app_commands.command(name="concern", description=say("cmd-concern"))
    @app_commands.describe(person=say("cmd-concern-person"))
    @app_commands.guild_only()
    async def concern(self, interaction: discord.Interaction, person: discord.User | None = None) -> None:
        """Open the form."""
        cover = await self._escalation.cover_for_form(actor_of(interaction))
        await ask(interaction, cards.concern_form(person.id if person and not person.bot else None, cover))

    async def concern_on_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Open the form about a message's author, if that is a person; the message itself is dropped unread."""
        cover = await self._escalation.cover_for_form(actor_of(interaction))
        await ask(interaction, cards.concern_form(None if message.author.bot else message.author.id, cover))

    @form_for("concern.send")
    async def concern_form(self, press: Press) -> Form:
        """Make the form."""
        return cards.concern_form(press.number(0) or None, await self._escalation.cover_for_form(press.actor))

    @on_press("concern.send")
    async def concern_sent(self, press: Press) -> None:
        """Take the form."""
        about = About(
            level_of(press.value("level")),
            press.value("category"),
            press.number(0) or None,
            press.value("note"),
            hides_name=bool(press.value("hide")),
        )
        interaction = press.interaction
        concern = await self._escalation.raising.raise_(press.actor, about, _pressed(interaction))
        await show(interaction, receipt_card(concern, self._escalation.meanwhile(concern.server_id)))
        if concern.on_lead_list:
            here = concern.server_id
            await show(interaction, cards.crisis_card(self._servers.country(here), self._clock.now(), server_id=here))


def _pressed(interaction: discord.Interaction) -> Pressed:
    return Pressed(interaction.token, interaction.channel_id)
