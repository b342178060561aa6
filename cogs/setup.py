"""Setting a server up: /setup, its form and its steps."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.engine.words import number
from peerbot.escalation.crisis import country_names
from peerbot.escalation.drill import cards as drill_cards
from peerbot.escalation.service import Escalation
from peerbot.escalation.ways import cards as ways_cards
from peerbot.gateway.answers import ask, show, think, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.meetings import practice_cards
from peerbot.meetings.service import Meetings
from peerbot.ops.guide import Guiding
from peerbot.ops.guide_cards import guide_card
from peerbot.servers import cards
from peerbot.servers.service import Answers, Servers
from peerbot.signup.groups import cards as group_cards
from peerbot.signup.service import Signup


class SetupMenu(Menu):
    """What an administrator goes through once, and looks at again when something changes."""

    def __init__(
        self, servers: Servers, guiding: Guiding, signup: Signup, meetings: Meetings, escalation: Escalation
    ) -> None:
        """Offer the use cases of each step; `guiding` knows which step is next."""
        self._servers = servers
        self._guiding = guiding
        self._signup = signup
        self._meetings = meetings
        self._escalation = escalation

    @app_commands.command(name="setup", description=say("cmd-setup"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(self, interaction: discord.Interaction) -> None:
        """Show how far the server is, and the next step."""
        await think(interaction)
        guide = await self._guiding.look(actor_of(interaction))
        await show(interaction, guide_card(guide, guide.next_after()))

    @on_press("setup.look")
    async def look(self, press: Press) -> None:
        """*Look again*, *Later*, and *Go on*."""
        await think(press.interaction)
        guide = await self._guiding.look(press.actor)
        step, onwards = (*press.args, "", "")[:2]
        await turn(press.interaction, guide_card(guide, guide.next_after(step) if onwards == "on" else guide.at(step)))

    @on_press("setup.form")
    async def open_form(self, press: Press) -> None:
        """Ask the five questions."""
        await ask(press.interaction, await self.questions(press))

    @form_for("setup.save")
    async def questions(self, press: Press) -> Form:
        """Make the form, with what is known filled in."""
        return cards.setup_form(await self._servers.state(press.actor), country_names())

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

    @on_press("setup.channels")
    async def channels(self, press: Press) -> None:
        """*Choose channels*."""
        await self._servers.state(press.actor)
        await show(press.interaction, cards.choose_channels_card())

    @on_press("setup.channel")
    async def choose_channel(self, press: Press) -> None:
        """Take a staff channel the server already has."""
        which, channel_id = press.arg(0), number(press.choice)
        await self._servers.use_staff_channel(press.actor, which, channel_id)
        await show(press.interaction, cards.channel_saved_card(which, channel_id))

    @on_press("setup.person")
    async def person(self, press: Press) -> None:
        """*Add somebody*."""
        await ask(press.interaction, await self.person_form(press))

    @form_for("setup.person-add")
    async def person_form(self, press: Press) -> Form:
        """Make the form for a person and a part."""
        await self._servers.state(press.actor)
        return cards.person_form()

    @on_press("setup.person-add")
    async def person_added(self, press: Press) -> None:
        """Give somebody a part in the team."""
        user_id, part = number(press.value("person")), press.value("part")
        added = await self._servers.add_to_team(press.actor, user_id, part)
        await show(press.interaction, cards.team_card(user_id, part, added=added, rows=(cards.go_on(),)))

    @on_press("setup.test")
    async def test(self, press: Press) -> None:
        """*Test the whole team*: for leads and deputies."""
        proofs = await self._escalation.proving.test(press.actor, everybody=True)
        await show(press.interaction, ways_cards.sent_card(proofs))

    @on_press("setup.group")
    async def group(self, press: Press) -> None:
        """*Make a group*."""
        await self._signup.may_create(press.actor)
        await ask(press.interaction, group_cards.group_form())

    @on_press("setup.practice")
    async def practice(self, press: Press) -> None:
        """*Practice meeting*: what it would be."""
        await show(press.interaction, practice_cards.plan_card(await self._meetings.practice.plan(press.actor)))

    @on_press("setup.practice-begin")
    async def practice_begins(self, press: Press) -> None:
        """*Begin it*."""
        await turn(press.interaction, practice_cards.begun_card(await self._meetings.practice.begin(press.actor)))

    @on_press("setup.drill")
    async def drill(self, press: Press) -> None:
        """*Practise reaching the team*: what it would be; for leads and deputies."""
        await show(press.interaction, drill_cards.plan_card(await self._escalation.drilling.plan(press.actor)))
