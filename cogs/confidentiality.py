"""`/agreement`: what stays private and what cannot, agreeing to it again, and no longer agreeing."""

from collections.abc import Awaitable, Callable, Sequence

import discord
from discord import app_commands

from peerbot.confidentiality.cards import who_card
from peerbot.engine.card import Card
from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.signup import cards
from peerbot.signup.agreeing import cards as agreement_cards
from peerbot.signup.service import Signup


class ConfidentialityMenu(Menu):
    """`/agreement`, for everybody."""

    agreement = app_commands.Group(name="agreement", description=say("cmd-agreement"))

    def __init__(self, signup: Signup, confidential: Callable[[int, int], Awaitable[bool]]) -> None:
        """Offer the use cases around what people agree to; `confidential` knows which channels are ours."""
        self._confidential = confidential
        self._agreeing = signup.agreeing
        self._signup = signup

    @agreement.command(name="read", description=say("cmd-agreement-read"))
    async def read(self, interaction: discord.Interaction) -> None:
        """Show the agreement, beside it the limits, and what the person's own groups add."""
        await _show(interaction, agreement_cards.read_cards(await self._agreeing.read(actor_of(interaction))))

    @on_press("agreement.read")
    async def read_pressed(self, press: Press) -> None:
        """*Read the agreement*."""
        await _show(press.interaction, agreement_cards.read_cards(await self._agreeing.read(press.actor)))

    @agreement.command(name="who-can-read", description=say("cmd-agreement-who"))
    async def who_can_read(self, interaction: discord.Interaction) -> None:
        """Say who can read the room this is typed in; anywhere else, who could read one."""
        server_id, channel_id = interaction.guild_id, interaction.channel_id
        ours = None not in {server_id, channel_id} and await self._confidential(server_id or 0, channel_id or 0)
        lines = self._signup.seeing.lines(server_id, channel_id if ours else None)
        await show(interaction, who_card(lines, here=ours, elsewhere=server_id is None))

    @agreement.command(name="accept", description=say("cmd-agreement-accept"))
    async def accept(self, interaction: discord.Interaction) -> None:
        """Show what has changed in each of the person's groups."""
        await _show(interaction, agreement_cards.all_asked_cards(await self._agreeing.asked(actor_of(interaction))))

    @on_press("agreement.accept")
    async def accept_pressed(self, press: Press) -> None:
        """*Read what changed*, outside a room."""
        await _show(press.interaction, agreement_cards.all_asked_cards(await self._agreeing.asked(press.actor)))

    @on_press("agreement.changed")
    async def changed(self, press: Press) -> None:
        """*Read what changed*, in a room."""
        asked = await self._agreeing.asked_for(press.actor, press.arg(0))
        await _show(press.interaction, agreement_cards.asked_cards(asked))

    @on_press("agreement.agree")
    async def agree(self, press: Press) -> None:
        """*I agree*."""
        first, *more = agreement_cards.agreed_cards(
            await self._agreeing.agree(press.actor, press.arg(0), next(iter(press.args[1:]), ""))
        )
        await turn(press.interaction, first)
        await _show(press.interaction, more)

    @agreement.command(name="withdraw", description=say("cmd-agreement-withdraw"))
    @app_commands.describe(group_id=say("cmd-agreement-withdraw-group"))
    @app_commands.rename(group_id="group")
    async def withdraw(self, interaction: discord.Interaction, group_id: str) -> None:
        """Ask whether the person means to leave the group."""
        group = await self._agreeing.own(actor_of(interaction), group_id)
        await show(interaction, agreement_cards.withdraw_card(group))

    @withdraw.autocomplete("group_id")
    async def groups(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the person's own groups."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "leave")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @on_press("agreement.withdraw")
    async def withdrawn(self, press: Press) -> None:
        """*Withdraw and leave*."""
        view, seat = await self._signup.joining.leave_any(press.actor, press.arg(0))
        await turn(press.interaction, cards.left_card(view) if seat else cards.left_list_card(view))


async def _show(interaction: discord.Interaction, shown: Sequence[Card]) -> None:
    for card in shown:
        await show(interaction, card)
