"""`/manage texts` and `/manage limits`: what groups add to the agreement, and servers to the limits."""

from typing import cast

import discord
from discord import app_commands

from peerbot.confidentiality.rules import MOST_CLAUSES
from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.signup.agreeing import clause_cards
from peerbot.signup.agreeing.clauses import SERVER
from peerbot.signup.service import Signup

Part = app_commands.Command[Menu, ..., None]


def text_commands(signup: Signup) -> tuple[Part, ...]:
    """Return the commands that `/manage` takes over."""

    @app_commands.command(name="texts", description=say("cmd-manage-texts"))
    @app_commands.describe(group=say("cmd-manage-texts-group"))
    async def texts(interaction: discord.Interaction, group: str) -> None:
        await show(interaction, clause_cards.present_card(await signup.clauses.show(actor_of(interaction), group)))

    @texts.autocomplete("group")
    async def groups(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @app_commands.command(name="limits", description=say("cmd-manage-limits"))
    async def limits(interaction: discord.Interaction) -> None:
        await show(interaction, clause_cards.present_card(await signup.clauses.show(actor_of(interaction), SERVER)))

    # discord.py leaves the cog of a command that is in none unknown.
    return cast("tuple[Part, ...]", (texts, limits))


class TextsMenu(Menu):
    """The form and the buttons of added lines."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around added lines."""
        self._signup = signup

    @on_press("texts.change")
    async def change(self, press: Press) -> None:
        """*Change the added lines*."""
        await ask(press.interaction, await self.form(press))

    @form_for("texts.write")
    async def form(self, press: Press) -> Form:
        """Make the form."""
        return clause_cards.clause_form(await self._signup.clauses.show(press.actor, press.arg(0)))

    @on_press("texts.write")
    async def written(self, press: Press) -> None:
        """Show what people would read."""
        typed = [press.value(f"line-{n}") for n in range(MOST_CLAUSES)]
        change = await self._signup.clauses.propose(press.actor, press.arg(0), typed)
        first, *more = clause_cards.proposed_cards(change)
        await turn(press.interaction, first)
        for card in more:
            await show(press.interaction, card)

    @on_press("texts.use")
    async def use(self, press: Press) -> None:
        """*Yes, use this text*."""
        await turn(
            press.interaction, clause_cards.done_card(await self._signup.clauses.confirm(press.actor, press.arg(0)))
        )

    @on_press("texts.undo")
    async def undo(self, press: Press) -> None:
        """*Undo*."""
        await turn(
            press.interaction, clause_cards.undone_card(await self._signup.clauses.undo(press.actor, press.arg(0)))
        )
