"""What tests of the gateway stand on: a bot with a small menu on SimCord, over a real encrypted database."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import discord
import simcord
from discord import app_commands

from peerbot.engine import notes, outbox
from peerbot.engine.card import Button, Card, ChoicePart, Form, Option, PersonPart, TextPart, TickPart, Words
from peerbot.engine.database import Database, Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotAllowed
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.places import May, Place
from peerbot.engine.tick import Tick
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.bot import PeerBot
from peerbot.gateway.carriers import Makers, carriers
from peerbot.gateway.failures import Gone
from peerbot.gateway.pacing import Pace
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.gateway.sender import LONGEST_CALL, Carrier, Sender
from tests.fakes import EVENING

SECRET: Final = "I have not slept since my brother died"
"""Something people write and the bot must never repeat in a log."""
OPTIONS: Final = (Option("a", "Yes, please"), Option("b", "No"), Option("c", "No, thank you"))
MEMBERS_MAY: Final = discord.Permissions(
    view_channel=True, send_messages=True, read_message_history=True, connect=True, use_application_commands=True
)


class Booth(Menu):
    """A menu with one of each: a command, a button, a form, and everything that can go wrong."""

    def __init__(self, heard: list[object]) -> None:
        self.heard = heard

    @app_commands.command(name="booth", description="Show the booth")
    async def booth(self, interaction: discord.Interaction) -> None:
        await show(interaction, booth_card())

    @app_commands.command(name="crash", description="Fail")
    async def crash(self, interaction: discord.Interaction) -> None:
        raise ValueError(SECRET)

    @app_commands.command(name="refuse", description="Say no")
    async def refuse(self, interaction: discord.Interaction) -> None:
        self.heard.append(actor_of(interaction))
        raise NotAllowed

    @on_press("booth.press")
    async def press(self, press: Press) -> None:
        self.heard.append(("pressed", press.args, press.actor.user_id))
        await turn(press.interaction, Card("Pressed"))

    @on_press("booth.choose")
    async def choose(self, press: Press) -> None:
        self.heard.append(("chosen", press.values))
        await turn(press.interaction, Card("Chosen"))

    @on_press("booth.short")
    async def short(self, press: Press) -> None:
        press.arg(0)

    @on_press("booth.crash")
    async def crash_pressed(self, press: Press) -> None:
        self.heard.append("crashed")
        raise ValueError(SECRET)

    @on_press("booth.no")
    async def no(self, press: Press) -> None:
        raise NotAllowed

    @on_press("booth.open")
    async def open_form(self, press: Press) -> None:
        await ask(press.interaction, await self.form(press))

    @form_for("booth.save")
    async def form(self, press: Press) -> Form:
        return Form(
            "booth.save",
            "The booth",
            (
                Words("Please fill this in."),
                TextPart("name", "Name", most=40),
                ChoicePart("medium", "Medium", OPTIONS),
                TickPart("agree", "Agree", OPTIONS),
                PersonPart("who", "Who", required=False),
            ),
            press.args,
        )

    @on_press("booth.save")
    async def save(self, press: Press) -> None:
        self.heard.append(("saved", press.args, press.filled))
        if press.value("name") == "no":
            raise Invalid
        if press.value("name") == SECRET:
            raise ValueError(SECRET)
        await show(press.interaction, Card("Saved"))


def booth_card() -> Card:
    return Card(
        "The booth",
        (
            (Button("booth.press", "Press", ("a1", "b2")), Button("booth.open", "Form", ("a1",), "main")),
            (Button("booth.crash", "Crash"), Button("booth.no", "No"), Button("booth.old", "Old", look="danger")),
            (Button("booth.short", "Short"),),
        ),
    )


async def booth_maker(_reads: Reads, data: Mapping[str, Any], _now: datetime) -> Card | None:
    """What is posted: one button, so that it can be found again."""
    if data.get("gone"):
        return None
    text = "May be a repeat" if data.get("repeat") else f"Post {data.get('n', '')}"
    return Card(text, ((Button("booth.press", "Press", ("a1",)),),), pings=tuple(data.get("pings", ())))


async def room_maker(_reads: Reads, data: Mapping[str, Any], _now: datetime) -> Place | None:
    people = {int(user): May(may) for user, may in data.get("people", {}).items()}
    return Place(data["name"], data.get("shape", "text"), data.get("parent"), people)


async def access_maker(_reads: Reads, data: Mapping[str, Any], _now: datetime) -> May:
    return May(data["may"])


class EnvClock:
    """SimCord's clock as the bot's."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None

    def now(self) -> datetime:
        return self.env.now() if self.env is not None else EVENING


@dataclass
class Parts:
    """What a stage is made with."""

    folder: Path
    pace: Pace
    longest_call: float
    wrap: Callable[[Mapping[str, Carrier]], Mapping[str, Carrier]]
    menus: Callable[[list[object]], list[Menu]]
    closed: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    """(server, person) of those who are known to take no messages."""


@dataclass
class Stage:
    """A server with Mia and Ada in it, and the bot."""

    parts: Parts
    clock: EnvClock
    desk: Desk
    bot: PeerBot
    sender: Sender
    heard: list[object]
    reports: list[tuple[str, Delivered | Finish]] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)

    def __post_init__(self) -> None:
        assert self.clock.env is not None
        self.env = self.clock.env
        self.guild = self.env.create_guild("Harbour Street Community")
        self.env.backend.guilds[self.guild.id].everyone_role.permissions = MEMBERS_MAY.value
        self.lounge = self.guild.create_text_channel("lounge")
        self.mia = self.guild.add_member(self.env.create_user("mia"))
        boss = self.guild.create_role("boss", permissions=discord.Permissions(manage_guild=True))
        self.ada = self.guild.add_member(self.env.create_user("ada"), roles=[boss])

    async def mean(self, key: str, kind: str, lane: Lane = Lane.OPENING, **more: Any) -> None:  # noqa: ANN401
        """Mean to do something; what is no field of an intent is its data."""
        fields = {name: more.pop(name) for name in ("stream", "due_at", "not_after") if name in more}
        data = {"card": "booth", "place": "room", "access": "booth", **more}
        async with self.desk.transaction() as work:
            await work.enqueue(Intent(key, kind, lane, self.guild.id, data, "told", **fields))

    async def post(self, key: str, lane: Lane = Lane.OPENING, **more: Any) -> None:  # noqa: ANN401
        await self.mean(key, "post", lane, channel=self.lounge.id, **more)

    async def settle(self) -> None:
        await Tick(self.desk, self.sender).settle()

    async def pass_seconds(self, seconds: float) -> None:
        await self.env.advance_time(seconds)
        await self.settle()

    async def state(self, key: str) -> tuple[str, str]:
        row = await self.desk.reads.one("SELECT state, reason FROM intent WHERE key = :key", key=key)
        assert row is not None
        return row["state"], row["reason"]

    async def restart(self) -> None:
        """A new bot in the same world, on the same database."""
        self.bot, self.sender = compose(self.parts, self.desk, self.clock, self.heard, self.gone)
        async with self.desk.transaction() as work:
            await outbox.recover(work, work.now)
        await self.env.restart_bot(self.bot)

    def allow_bot(self, permissions: discord.Permissions) -> None:
        """Give the bot these permissions in the server, and no others."""
        role = self.guild.roles[self.env.backend.bot_user.name]
        self.env.backend.guilds[self.guild.id].roles[role.id].permissions = permissions.value

    def calls(self, method: str, ending: str) -> list[Any]:
        """The bodies of the calls the bot made to such a route."""
        return [one.json for one in self.env.http_requests if one.method == method and one.path.endswith(ending)]

    def posts(self) -> list[str]:
        return [message.content for message in self.lounge.history()]

    def channels(self, name: str) -> list[int]:
        return sorted(channel.id for channel in self.env.backend.channels.values() if channel.name == name)


def compose(parts: Parts, desk: Desk, clock: EnvClock, heard: list[object], gone: list[Gone]) -> tuple[PeerBot, Sender]:
    async def on_direct_message(author: discord.User | discord.Member) -> None:
        heard.append(("written by", author.id))

    async def on_ban(server_id: int, user_id: int) -> None:
        heard.append(("banned", server_id, user_id))

    async def on_voice(server_id: int, channel_id: int, user_id: int) -> None:
        heard.append(("in voice", server_id, channel_id, user_id))

    async def on_gone(interaction: Gone) -> None:
        gone.append(interaction)

    bot = PeerBot(
        parts.menus(heard),
        on_direct_message=on_direct_message,
        on_ban=on_ban,
        on_voice=on_voice,
        on_gone=on_gone,
        notes=(partial(notes.recall, desk), partial(notes.remember, desk)),
    )

    async def closed(reads: Reads, server_id: int, user_id: int) -> bool:
        _ = reads
        return (server_id, user_id) in parts.closed

    makers = Makers()
    makers.closed = closed
    makers.cards["booth"] = booth_maker
    makers.places["room"] = room_maker
    makers.access["booth"] = access_maker
    carried = parts.wrap(carriers(bot, makers, desk.reads, clock))
    return bot, Sender(desk, carried, parts.pace, parts.longest_call)


@asynccontextmanager
async def open_stage(
    folder: Path,
    *,
    pace: Pace | None = None,
    longest_call: float = LONGEST_CALL,
    wrap: Callable[[Mapping[str, Carrier]], Mapping[str, Carrier]] = dict,
    menus: Callable[[list[object]], list[Menu]] = lambda heard: [Booth(heard)],
) -> AsyncGenerator[Stage]:
    """Open a server with the bot in it. Fails at the end if the bot let an error through to discord.py."""
    parts = Parts(folder, pace or Pace(10_000), longest_call, wrap, menus)
    clock, heard, gone = EnvClock(), list[object](), list[Gone]()
    database = await Database.open(folder / "peerbot.sqlite", bytes(32))
    try:
        desk = Desk(database, clock)
        bot, sender = compose(parts, desk, clock, heard, gone)
        async with simcord.run(bot, check_errors=False) as env:
            clock.env = env
            stage = Stage(parts, clock, desk, bot, sender, heard, gone=gone)

            async def told(_work: Work, intent: Leased, result: Delivered | Finish) -> None:
                stage.reports.append((intent.key, result))

            desk.handlers.on_report("told", told)
            await env.settle()
            yield stage
            # SimCord also notes what a command raised and our handler answered. Anything else slipped through.
            slipped = [error for error in env.errors if not isinstance(error, app_commands.AppCommandError)]
            if slipped:
                what = "past our handler"
                raise BaseExceptionGroup(what, slipped)
    finally:
        await database.close()
