"""The composition root: everything is made here, once, and handed what it needs."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog

from cogs.acts import ActsMenu
from cogs.aftercare import AftercareMenu
from cogs.answer_times import AnswerTimesMenu
from cogs.attendance import AttendanceMenu
from cogs.concerns import ConcernsMenu
from cogs.confidentiality import ConfidentialityMenu
from cogs.console import ConsoleMenu
from cogs.doctor import DoctorMenu
from cogs.drill import DrillMenu
from cogs.escalation import EscalationMenu
from cogs.facilitate import FacilitateMenu
from cogs.facilitators import FacilitatorCommands, FacilitatorsMenu
from cogs.groups import GroupCommands, GroupsMenu
from cogs.invites import InvitesMenu
from cogs.limits import LimitsMenu
from cogs.manage import ManageMenu
from cogs.meetings import MeetingsMenu
from cogs.members import MemberCommands, MembersMenu
from cogs.oncall import OncallMenu
from cogs.panel import PanelMenu
from cogs.postvention import PostventionMenu
from cogs.privacy import PrivacyMenu
from cogs.rooms import RoomCommands, RoomsMenu
from cogs.rota import RotaMenu
from cogs.seats import KeepApartCommands, SeatsMenu
from cogs.series import SeriesCommands, SeriesMenu
from cogs.server import ServerMenu
from cogs.setup import SetupMenu
from cogs.signup import SignupMenu
from cogs.tasters import TasterMenu
from cogs.team import TeamCommands, TeamMenu
from cogs.texts import TextsMenu, text_commands
from cogs.ways import WaysMenu
from peerbot.confidentiality.seeing import Seeing
from peerbot.confidentiality.service import Confidentiality
from peerbot.engine import notes, outbox
from peerbot.engine.card import Card
from peerbot.engine.clock import Clock
from peerbot.engine.database import Database, Reads
from peerbot.engine.desk import Desk
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import say
from peerbot.engine.tick import Tick
from peerbot.escalation.aftercare import cards as aftercare_cards
from peerbot.escalation.crisis import emergency_number
from peerbot.escalation.handling.posts import HandlingPosts
from peerbot.escalation.posts import EscalationPosts
from peerbot.escalation.raising.cards import dm_answer_card
from peerbot.escalation.service import Escalation
from peerbot.escalation.ways.posts import WaysPosts
from peerbot.gateway.authors import AuthorsOnDiscord
from peerbot.gateway.bot import PeerBot
from peerbot.gateway.carriers import Makers, carriers
from peerbot.gateway.channels import ChannelsOnDiscord, on_deleted
from peerbot.gateway.command_sight import CommandsOnDiscord
from peerbot.gateway.direct import DirectMessages
from peerbot.gateway.failures import Gone
from peerbot.gateway.identifies import Identifies
from peerbot.gateway.pacing import Pace
from peerbot.gateway.pager import AddressBook, Pager
from peerbot.gateway.people import GuildOnDiscord, PeopleOnDiscord
from peerbot.gateway.presence import Presence
from peerbot.gateway.sender import Sender
from peerbot.gateway.sighting import SightingOnDiscord
from peerbot.gateway.ticker import Ticker
from peerbot.gateway.vitals import BotVitals
from peerbot.meetings.around import Around, Tie
from peerbot.meetings.cards import MeetingCards
from peerbot.meetings.facilitating import posts as facilitating_posts
from peerbot.meetings.service import Meetings
from peerbot.ops.checks import HostChecks
from peerbot.ops.doctor import Doctor
from peerbot.ops.figures import Figures
from peerbot.ops.guide import Guiding, StepChecks
from peerbot.ops.keeping import Keeping
from peerbot.privacy import watch_cards
from peerbot.privacy.checks import PrivacyChecks
from peerbot.privacy.ours import OurChannels
from peerbot.privacy.service import Privacy
from peerbot.privacy.watch import ReaderWatch
from peerbot.privacy.wishes import Choosing
from peerbot.servers import cards as server_cards
from peerbot.servers.acts import StaffActs
from peerbot.servers.checks import Check, ServerChecks
from peerbot.servers.help import help_button
from peerbot.servers.service import Servers
from peerbot.servers.settings import Settings
from peerbot.servers.team import Team
from peerbot.signup.cards import SignupCards
from peerbot.signup.confirming.cards import ConfirmCards
from peerbot.signup.measures.cards import MeasureCards
from peerbot.signup.seating import OFFER_REPORT
from peerbot.signup.service import Signup

_NEWS_LASTS: Final = timedelta(hours=1)
_LONGEST_START: Final = 60.0  # Seconds.
_log = structlog.get_logger(__name__)


async def _late_card(_reads: Reads, _data: Mapping[str, Any], _now: datetime) -> Card:
    return Card(say("late-news"), ((help_button(),),))


class App:
    """peerbot, put together over one database. `open` it, `run` it, `close` it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        book: AddressBook | None = None,
        pace: Pace | None = None,
        *,
        watched: bool = False,
        keeping: Keeping | None = None,
    ) -> None:
        """Compose every part; nothing connects yet.

        `pace` is Discord's, unless what is connected to has another. `watched`: somebody notices if the bot stops.
        `keeping` makes backups; without it there are none.
        """
        book, pace = book or AddressBook(), pace or Pace()
        self._database = database
        self.desk = Desk(database, clock)
        guild = GuildOnDiscord(lambda: self.bot)
        self.servers = Servers(self.desk, guild)
        self.settings = Settings(self.desk, self.servers)
        self.team = Team(self.desk, self.servers)
        self.staff_acts = StaffActs(self.desk, self.servers)
        self.confidentiality = Confidentiality()
        self.seeing = Seeing(SightingOnDiscord(lambda: self.bot))
        self.signup = Signup(self.desk, self.servers, self.confidentiality, self.seeing)
        self.team.needed(self.signup.holds)
        channels = ChannelsOnDiscord(lambda: self.bot)
        authors = AuthorsOnDiscord(lambda: self.bot)
        around = Around(self._second_line, self._urgent_in_room, guild, self._open_concern, authors.is_ours)
        self.meetings = Meetings(self.desk, self.servers, self.signup, channels.count, around)
        people = PeopleOnDiscord(lambda: self.bot)
        self.escalation = Escalation(self.desk, self.servers, self.signup, self.meetings, people, book, guild)
        keepers = (self.servers, self.signup, self.confidentiality, self.meetings, self.escalation)
        self.privacy = Privacy(self.desk, self.servers, keepers)
        ours = OurChannels(self.desk, self.servers, self.meetings, self.escalation, lambda: self.makers.access)
        self.reader_watch = ReaderWatch(self.desk, self.servers, self.seeing, ours.of_server)
        backups = keeping.backups if keeping is not None else None
        host = HostChecks(self.desk, database, self.meetings.quiet_from, backups, watched=watched)
        server_checks = ServerChecks(self.desk, guild, guild, CommandsOnDiscord(lambda: self.bot))
        self.doctor = Doctor(self.desk, self.servers, self._checks(server_checks, host))
        guiding = Guiding(self.desk, self.servers, self._steps(server_checks))
        server_menu = ServerMenu(self.servers, self.settings, self.signup)
        ways_menu = WaysMenu(self.escalation.proving)
        acts_menu = ActsMenu(self.staff_acts)
        panel_menu = PanelMenu(self.signup.panels)
        answer_times_menu = AnswerTimesMenu(self.escalation.answer_times)
        recall, remember = partial(notes.recall, self.desk), partial(notes.remember, self.desk)
        self.bot = PeerBot(
            [
                SetupMenu(self.servers, guiding, self.signup, self.meetings, self.escalation),
                ManageMenu(
                    GroupCommands(self.signup),
                    FacilitatorCommands(self.signup),
                    SeriesCommands(self.meetings, self.signup),
                    RoomCommands(self.meetings.times, self.signup),
                    TeamCommands(self.servers, self.team),
                    server_menu.part(),
                    MemberCommands(self.signup),
                    KeepApartCommands(self.signup),
                    panel_menu.part(),
                    answer_times_menu.part(),
                    acts_menu.part(),
                    *text_commands(self.signup),
                ),
                GroupsMenu(self.signup),
                InvitesMenu(self.signup),
                FacilitatorsMenu(self.signup),
                SignupMenu(self.signup),
                TasterMenu(self.signup),
                panel_menu,
                MeetingsMenu(self.meetings),
                FacilitateMenu(self.meetings, self.escalation),
                ConsoleMenu(self.meetings),
                AttendanceMenu(self.meetings),
                SeriesMenu(self.meetings),
                server_menu,
                acts_menu,
                MembersMenu(self.signup),
                SeatsMenu(self.signup),
                TeamMenu(self.servers, self.team),
                RoomsMenu(self.meetings.times, self.meetings.holds),
                ConfidentialityMenu(self.signup, ours.includes),
                TextsMenu(self.signup),
                EscalationMenu(self.escalation, self.servers, clock),
                ConcernsMenu(self.escalation, acts_menu.part()),
                DoctorMenu(self.doctor),
                DrillMenu(self.escalation),
                LimitsMenu(self.escalation),
                AftercareMenu(self.escalation),
                PostventionMenu(self.escalation),
                OncallMenu(self.escalation, ways_menu.part()),
                ways_menu,
                RotaMenu(self.escalation),
                answer_times_menu,
                PrivacyMenu(self.privacy, Choosing(self.desk, self.servers, self.signup, self.meetings, people)),
            ],
            on_direct_message=DirectMessages(self.escalation.raising.answer_message, clock, dm_answer_card()).arrived,
            on_ban=self.privacy.erasing.left,
            on_voice=self.meetings.attendance.joined_voice,
            on_gone=self._late_news,
            notes=(recall, remember),
            pace=pace,
        )
        self.bot.add_listener(on_deleted(self.escalation.watch.channel_deleted), "on_guild_channel_delete")
        Presence(self.bot, self.privacy.erasing).listen()
        self.makers = self._makers()
        self.carriers = carriers(self.bot, self.makers, self.desk.reads, clock)
        self._pager = Pager(self.makers.cards, self.desk.reads, clock, book)
        self.bot.identifies = Identifies(recall, remember, clock, self.bot.sessions_left, self._pager.tell_operator)
        self._keeping = keeping
        self.carriers["alert"] = self._pager
        self.sender = Sender(self.desk, self.carriers, pace, ended=self.bot.tally.ended)
        for back in ("on_ready", "on_resumed"):
            self.bot.add_listener(self.sender.hurry, back)
        self.tick = Tick(self.desk, self.sender)
        self.vitals = BotVitals(self.bot, self.tick, self.sender, clock, database.glance, backups)
        self.ticker = Ticker(self.tick.run, self._nightly, self._hourly)
        self.desk.on_commit(self.ticker.poke)

    @classmethod
    async def open(
        cls,
        path: Path,
        key: bytes,
        clock: Clock,
        book: AddressBook | None = None,
        pace: Pace | None = None,
        *,
        watched: bool = False,
        keeping: Keeping | None = None,
    ) -> "App":
        """Open the database, compose the bot, and pick up what the last process left in doubt.

        Raises:
            DatabaseFault: if the file cannot be used; it names why.
        """
        database = await Database.open(path, key)
        try:
            app = cls(database, clock, book, pace, watched=watched, keeping=keeping)
            async with app.desk.transaction(quiet=True) as work:
                await outbox.recover(work, work.now)
            await app.servers.remember_countries()
            await app.meetings.recompute_if_zone_data_changed()
            await app.escalation.roster.extend_if_zone_data_changed()
        except BaseException:
            await database.close()
            raise
        return app

    def _checks(self, server: ServerChecks, host: HostChecks) -> Sequence[Check]:
        """What /doctor looks at, pillar by pillar."""
        pillars = (self.escalation.checks, self.signup.checks, self.meetings.checks)
        privacy = PrivacyChecks(self.desk, self.seeing, self.reader_watch)
        checks = [server.all(), *(pillar.all() for pillar in pillars), privacy.all(), host.all()]
        return [check for each in checks for check in each]

    def _steps(self, server: ServerChecks) -> Sequence[StepChecks]:
        """What /setup goes through after the five questions, and the checks that say whether it is done."""
        signup, escalation = self.signup.checks, self.escalation.checks
        return (
            StepChecks("permissions", (server.permissions,)),
            StepChecks("channels", (server.category, server.staff_channels)),
            StepChecks("team", (server.smallest_team,)),
            StepChecks("commands", (server.commands,)),
            StepChecks("reach", (server.reached, escalation.team_reachable), enough=True),
            StepChecks("group", (signup.first_group, signup.facilitators)),
            StepChecks("dates", (signup.first_date,)),
            StepChecks("practice", (self.meetings.checks.first_meeting,)),
            StepChecks("drill", (escalation.practised,)),
        )

    def _makers(self) -> Makers:
        posts, handling_posts = EscalationPosts(self.servers, self.seeing), HandlingPosts()
        meeting_cards = MeetingCards(self.signup, self.servers, emergency_number)
        makers = Makers()
        makers.closed = self.signup.closed
        makers.hidden_from = posts.hidden_from
        makers.cards.update({"late-news": _late_card, **server_cards.makers()})
        for made in (
            posts.makers(),
            WaysPosts().makers(),
            handling_posts.makers(),
            aftercare_cards.makers(),
            meeting_cards.makers(),
            self.meetings.missed.makers(),
            facilitating_posts.makers(self.confidentiality),
            SignupCards().makers(),
            MeasureCards(self.servers).makers(),
            ConfirmCards().makers(),
            watch_cards.makers(self.seeing),
        ):
            makers.cards.update(made)
        for planned in (posts.places(), meeting_cards.places(), server_cards.places()):
            makers.places.update(planned)
        in_rooms = handling_posts.access(meeting_cards.access())
        for allowed in (posts.access(), in_rooms, server_cards.access()):
            makers.access.update(allowed)
        return makers

    async def _open_concern(self, reads: Reads, server_id: int, user_id: int) -> bool:
        """Ask *escalation*, which is made after *meetings*."""
        return await self.escalation.has_open_concern(reads, server_id, user_id)

    async def _second_line(self, reads: Reads, server_id: int, at: datetime, without: Collection[int]) -> bool:
        """*meetings* asks *escalation*, which stands higher and is made after it."""
        return await self.escalation.second_line(reads, server_id, at, without)

    async def _urgent_in_room(self, reads: Reads, channel_id: int) -> Tie | None:
        """As above."""
        return await self.escalation.urgent_in_room(reads, channel_id)

    async def _late_news(self, interaction: Gone) -> None:
        """The answer came too late for Discord: what was pressed stands, and who allows messages is told so by one."""
        if interaction.server_id is None:
            return
        async with self.desk.transaction() as work:
            if await self.signup.may_remind(work, interaction.server_id, interaction.user_id):
                await work.enqueue(
                    Intent(
                        key=f"late:{interaction.id}",
                        kind="dm",
                        lane=Lane.REMINDER,
                        server_id=interaction.server_id,
                        data={"user": interaction.user_id, "card": "late-news"},
                        report=OFFER_REPORT,
                        not_after=work.now + _NEWS_LASTS,
                    )
                )

    async def _nightly(self) -> None:
        # At a start people wait for the bot, and this can: but not for a Discord that is away.
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_START):
                await self.bot.wait_until_ready()
        await self.privacy.housekeeping()
        await self.privacy.leaving.look()
        await self.meetings.extend()
        await self.escalation.roster.extend()

    async def _hourly(self) -> None:
        """Leave nothing that was deleted in the log, and have a backup of last night."""
        if not await self._database.truncate_log():
            _log.warning("the write-ahead log was not emptied; the next hour tries again")
        await self.reader_watch.look_everywhere()
        if self._keeping is not None:
            await self._keeping.hourly(self.desk.clock, self._pager.tell_operator)

    async def run(self, token: str, minutely: Callable[[], Awaitable[object]], each_cycle: Callable[[], None]) -> None:
        """Log in, connect, and work until cancelled. `each_cycle` ends every full cycle; `minutely` is called beside.

        Raises:
            discord.LoginFailure: for a wrong token.
            aiohttp.ClientError: if Discord cannot be reached at login.
        """
        async with self.bot:
            await self.bot.login(token)
            self.tick.each_cycle = each_cycle
            self.ticker.start(minutely)
            try:
                await self.bot.connect()
            finally:
                await self._end()

    async def figures(self) -> Figures:
        """Return what `/metrics` shows."""
        return await self.vitals.figures()

    async def _end(self) -> None:
        """Start nothing new, give what is under way a moment, and stop."""
        self.sender.paused = True
        await self.ticker.stop()
        try:
            async with asyncio.timeout(5):
                await self.sender.idle()
        except TimeoutError:
            _log.info("ended with calls under way")

    async def close(self) -> None:
        """Close the database. Whatever was being sent is looked for at the next start."""
        await self._database.close()
