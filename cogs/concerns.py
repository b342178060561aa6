"""What the team does with a concern: the buttons of a page, and /escalation."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.escalation.handling import cards as handling_cards
from peerbot.escalation.handling import team_cards
from peerbot.escalation.handling.actions import MOST_NOTE
from peerbot.escalation.rooms.look_ins import MINUTES
from peerbot.escalation.rules import Level, level_of
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, Press, actor_of, on_press

_LEVELS = [app_commands.Choice(name=say(f"level-{level.word}"), value=level.word) for level in Level]
_MINUTES = [app_commands.Choice(name=str(minutes), value=minutes) for minutes in MINUTES]


class ConcernsMenu(Menu):
    """The team's side of a concern."""

    escalation = app_commands.Group(
        name="escalation",
        description=say("cmd-escalation"),
        guild_only=True,
        default_permissions=discord.Permissions(moderate_members=True),
    )

    def __init__(self, escalation: Escalation, *parts: app_commands.Command[Menu, ..., None]) -> None:
        """Offer `escalation`'s use cases, and the `parts` of other menus."""
        for part in parts:
            self.escalation.add_command(part)
        self._escalation = escalation

    @on_press("concern.take")
    async def take(self, press: Press) -> None:
        """*I've got it*."""
        taken = await self._escalation.handling.take(press.actor, press.arg(0), _page(press))
        await show(press.interaction, team_cards.taken_card(taken))

    @on_press("concern.open")
    async def open(self, press: Press) -> None:
        """Show the rest, to one person."""
        opened = await self._escalation.handling.open(press.actor, press.arg(0), _page(press))
        may_block = await self._escalation.limits.offers_block(press.actor, opened.concern)
        await show(press.interaction, team_cards.opened_card(opened, may_block=may_block))

    @on_press("concern.with")
    async def look_after(self, press: Press) -> None:
        """*I'm with them*."""
        taken = await self._escalation.handling.look_after(press.actor, press.arg(0), _page(press))
        await show(press.interaction, team_cards.taken_card(taken))

    @on_press("concern.act")
    async def act(self, press: Press) -> None:
        """What was done, chosen from the list."""
        acted = await self._escalation.actions.act(press.actor, press.arg(0), press.choice)
        await show(press.interaction, handling_cards.acted_card(acted))

    @on_press("concern.level")
    async def level(self, press: Press) -> None:
        """Another level, chosen from the three."""
        levelled = await self._escalation.levels.change(press.actor, press.arg(0), level_of(press.choice))
        await show(press.interaction, handling_cards.levelled_card(levelled))

    @on_press("concern.close")
    async def close(self, press: Press) -> None:
        """Close, or ask for the second person."""
        closing = await self._escalation.closings.close(press.actor, press.arg(0))
        await show(press.interaction, handling_cards.closing_card(closing))

    @on_press("concern.outcome")
    async def close_with(self, press: Press) -> None:
        """Close with what came of it."""
        closing = await self._escalation.closings.close(press.actor, press.arg(0), press.choice)
        await show(press.interaction, handling_cards.closing_card(closing))

    @on_press("concern.agree")
    async def agree(self, press: Press) -> None:
        """*I agree*."""
        answered = await self._escalation.sign_offs.answer(press.actor, press.arg(0), agrees=True)
        await show(press.interaction, handling_cards.answered_card(answered))

    @on_press("concern.disagree")
    async def disagree(self, press: Press) -> None:
        """*I don't agree*."""
        answered = await self._escalation.sign_offs.answer(press.actor, press.arg(0), agrees=False)
        await show(press.interaction, handling_cards.answered_card(answered))

    @on_press("concern.alone-reviewed")
    async def alone_reviewed(self, press: Press) -> None:
        """Somebody has looked at what one person did alone."""
        answered = await self._escalation.sign_offs.review(press.actor, press.arg(0))
        await show(press.interaction, handling_cards.reviewed_card(answered))

    @on_press("concern.look-end")
    async def look_end(self, press: Press) -> None:
        """*Stop looking*."""
        looking = await self._escalation.look_ins.stop(press.actor, press.arg(0))
        await show(press.interaction, handling_cards.looking_card(looking))

    @escalation.command(name="list", description=say("cmd-escalation-list"))
    async def escalation_list(self, interaction: discord.Interaction) -> None:
        """List open concerns."""
        actor = actor_of(interaction)
        listed = await self._escalation.handling.listed(actor)
        blocks, reviews = await self._escalation.limits.count_for(actor), await self._escalation.reviews.waiting(actor)
        await show(interaction, team_cards.list_card(listed, blocks, reviews))

    @escalation.command(name="show", description=say("cmd-escalation-show"))
    @app_commands.describe(number=say("cmd-escalation-show-number"))
    async def escalation_show(self, interaction: discord.Interaction, number: int) -> None:
        """Open one concern."""
        opened = await self._escalation.handling.open_number(actor_of(interaction), number)
        may_block = await self._escalation.limits.offers_block(actor_of(interaction), opened.concern)
        await show(interaction, team_cards.opened_card(opened, may_block=may_block))

    @escalation.command(name="take", description=say("cmd-escalation-take"))
    @app_commands.describe(number=say("cmd-escalation-show-number"))
    async def escalation_take(self, interaction: discord.Interaction, number: int) -> None:
        """*I've got it*, by number."""
        taken = await self._escalation.handling.take(actor_of(interaction), await self._id(interaction, number))
        await show(interaction, team_cards.taken_card(taken))

    @escalation.command(name="note", description=say("cmd-escalation-note"))
    @app_commands.describe(number=say("cmd-escalation-show-number"), text=say("cmd-escalation-note-text"))
    async def escalation_note(
        self, interaction: discord.Interaction, number: int, text: app_commands.Range[str, 1, MOST_NOTE]
    ) -> None:
        """Keep a few words."""
        actor, concern_id = actor_of(interaction), await self._id(interaction, number)
        concern = await self._escalation.actions.note(actor, concern_id, text)
        await show(interaction, handling_cards.noted_card(concern))

    @escalation.command(name="level", description=say("cmd-escalation-level"))
    @app_commands.describe(number=say("cmd-escalation-show-number"), level=say("cmd-escalation-level-level"))
    @app_commands.choices(level=_LEVELS)
    async def escalation_level(self, interaction: discord.Interaction, number: int, level: str) -> None:
        """Change how soon the team answers."""
        actor, concern_id = actor_of(interaction), await self._id(interaction, number)
        levelled = await self._escalation.levels.change(actor, concern_id, level_of(level))
        await show(interaction, handling_cards.levelled_card(levelled))

    @escalation.command(name="hand-over", description=say("cmd-escalation-hand-over"))
    @app_commands.describe(number=say("cmd-escalation-show-number"), person=say("cmd-escalation-hand-over-person"))
    async def escalation_hand_over(self, interaction: discord.Interaction, number: int, person: discord.User) -> None:
        """Ask one teammate to have it."""
        actor, concern_id = actor_of(interaction), await self._id(interaction, number)
        handing = await self._escalation.hand_overs.ask(actor, concern_id, person.id)
        await show(interaction, handling_cards.handing_card(handing))

    @escalation.command(name="look-in", description=say("cmd-escalation-look-in"))
    @app_commands.describe(number=say("cmd-escalation-show-number"), minutes=say("cmd-escalation-look-in-minutes"))
    @app_commands.choices(minutes=_MINUTES)
    async def escalation_look_in(self, interaction: discord.Interaction, number: int, minutes: int) -> None:
        """Ask for a second person, to read a room for a while."""
        actor, concern_id = actor_of(interaction), await self._id(interaction, number)
        looking = await self._escalation.look_ins.ask(actor, concern_id, minutes)
        await show(interaction, handling_cards.looking_card(looking))

    @escalation.command(name="close", description=say("cmd-escalation-close"))
    @app_commands.describe(number=say("cmd-escalation-show-number"))
    async def escalation_close(self, interaction: discord.Interaction, number: int) -> None:
        """Close, or ask for the second person."""
        actor, concern_id = actor_of(interaction), await self._id(interaction, number)
        closing = await self._escalation.closings.close(actor, concern_id)
        await show(interaction, handling_cards.closing_card(closing))

    async def _id(self, interaction: discord.Interaction, number: int) -> str:
        return await self._escalation.handling.find(actor_of(interaction), number)


def _page(press: Press) -> str | None:
    """Return which page the button was on; None on every other card."""
    return press.args[1] if len(press.args) > 1 else None
