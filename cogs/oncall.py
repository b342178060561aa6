"""Who is on duty: /oncall."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.escalation.rota import cards as rota_cards
from peerbot.escalation.rota import oncall_cards
from peerbot.escalation.rota.typed import MOST_TYPED
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, actor_of

Typed = app_commands.Range[str, 1, MOST_TYPED]
Choices = list[app_commands.Choice[str]]


class OncallMenu(Menu):
    """Who is there when somebody needs help."""

    oncall = app_commands.Group(name="oncall", description=say("cmd-oncall"), guild_only=True)

    def __init__(self, escalation: Escalation, *parts: app_commands.Command[Menu, ..., None]) -> None:
        """Offer `escalation`'s use cases around duty, and the `parts` of other menus."""
        for part in parts:
            self.oncall.add_command(part)
        self._escalation = escalation

    @oncall.command(name="now", description=say("cmd-oncall-now"))
    async def oncall_now(self, interaction: discord.Interaction) -> None:
        """Say whether somebody is on duty."""
        await show(interaction, oncall_cards.cover_card(await self._escalation.cover_now(actor_of(interaction))))

    @oncall.command(name="rota", description=say("cmd-oncall-rota"))
    async def oncall_rota(self, interaction: discord.Interaction) -> None:
        """Show the rota to the team."""
        await show(interaction, rota_cards.week_card(await self._escalation.rostering.week(actor_of(interaction)), 0))

    @oncall.command(name="gaps", description=say("cmd-oncall-gaps"))
    async def oncall_gaps(self, interaction: discord.Interaction) -> None:
        """Show when nobody is on duty."""
        await show(interaction, rota_cards.gaps_card(await self._escalation.rostering.gaps(actor_of(interaction)), 0))

    @oncall.command(name="cover", description=say("cmd-oncall-cover"))
    @app_commands.describe(
        person=say("cmd-oncall-cover-person"),
        hours=say("cmd-oncall-cover-hours"),
        when=say("cmd-oncall-cover-when"),
        instead_of=say("cmd-oncall-cover-instead"),
    )
    async def oncall_cover(
        self,
        interaction: discord.Interaction,
        person: discord.User,
        hours: app_commands.Range[int, 1, 24],
        when: Typed = "now",
        instead_of: discord.User | None = None,
    ) -> None:
        """Put a teammate on duty."""
        instead = instead_of.id if instead_of is not None else None
        put = await self._escalation.rostering.cover_typed(actor_of(interaction), person.id, when, hours, instead)
        await show(interaction, rota_cards.put_card(put))

    @oncall.command(name="off", description=say("cmd-oncall-off"))
    @app_commands.describe(
        until=say("cmd-oncall-off-until"), start=say("cmd-oncall-off-from"), person=say("cmd-oncall-off-person")
    )
    async def oncall_off(
        self,
        interaction: discord.Interaction,
        until: Typed = "",
        start: Typed = "now",
        person: discord.User | None = None,
    ) -> None:
        """Let somebody be away at once."""
        who = person.id if person is not None else None
        away = await self._escalation.rostering.off(actor_of(interaction), until, start, who)
        await show(interaction, rota_cards.off_card(away))

    @oncall.command(name="swap", description=say("cmd-oncall-swap"))
    @app_commands.describe(
        mine=say("cmd-oncall-swap-mine"), person=say("cmd-oncall-swap-person"), theirs=say("cmd-oncall-swap-theirs")
    )
    async def oncall_swap(self, interaction: discord.Interaction, mine: str, person: discord.User, theirs: str) -> None:
        """Ask a teammate to exchange shifts."""
        asked = await self._escalation.swapping.ask(actor_of(interaction), mine, theirs, person.id)
        await show(interaction, rota_cards.asked_card(asked))

    @oncall_swap.autocomplete("mine")
    async def my_shifts(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer one's own shifts."""
        return await self._shifts(interaction, interaction.user.id, typed)

    @oncall_swap.autocomplete("theirs")
    async def their_shifts(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the shifts of the person chosen before."""
        chosen = getattr(interaction.namespace, "person", None)
        mine = str(getattr(interaction.namespace, "mine", ""))
        return await self._shifts(interaction, int(getattr(chosen, "id", 0)), typed, mine)

    async def _shifts(self, interaction: discord.Interaction, user_id: int, typed: str, mine: str = "") -> Choices:
        slots, zone = await self._escalation.swapping.choices(actor_of(interaction), user_id, mine)
        named = [(rota_cards.choice(slot.span, zone), slot.key) for slot in slots]
        return [app_commands.Choice(name=name, value=key) for name, key in named if typed.casefold() in name.casefold()]
