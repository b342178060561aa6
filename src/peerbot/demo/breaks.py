"""Effects that can be switched off, one at a time, to show that the tour fails when the bot does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import discord

from peerbot.app import App
from peerbot.engine.actor import Actor
from peerbot.engine.card import Card
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Leased
from peerbot.escalation.handling.service import Opened
from peerbot.escalation.limits.rules import Held


@dataclass(frozen=True, slots=True)
class Break:
    """One effect switched off."""

    name: str
    apply: Callable[[App], None]


def _without_card(card: str) -> Break:
    async def nothing(*_: Any) -> None:  # noqa: ANN401 - a maker's arguments
        return None

    def apply(app: App) -> None:
        app.makers.cards[card] = nothing

    return Break(f"card {card}", apply)


class _DoesNothing:
    """A carrier that says it did it."""

    safe = True
    calls = 1

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        _ = intent
        return Delivered()

    async def look(self, intent: Leased) -> Delivered | Absent:
        _ = intent
        return Delivered()


def _without_kind(kind: str) -> Break:
    def apply(app: App) -> None:
        app.carriers[kind] = _DoesNothing()

    return Break(f"intent {kind}", apply)


def _without_button(action: str) -> Break:
    async def nothing(_: Any) -> None:  # noqa: ANN401 - a press
        return

    def apply(app: App) -> None:
        class _Broken(dict[str, Any]):
            def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as dict's
                return nothing if key == action else super().get(key, default)

        app.bot.router.routes = _Broken()

    return Break(f"button {action}", apply)


def _without_timer(kind: str) -> Break:
    async def nothing(*_: Any) -> None:  # noqa: ANN401 - a timer's arguments
        return

    def apply(app: App) -> None:
        app.desk.handlers.on_timer(kind, nothing)

    return Break(f"timer {kind}", apply)


class _OpenToAll:
    """Makes a room, then shows it to the whole server."""

    safe = False
    calls = 2

    def __init__(self, app: App) -> None:
        self._app = app
        self._real = app.carriers["place.make"]
        self.look = self._real.look

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        made = await self._real.carry(intent)
        if isinstance(made, Delivered) and intent.data["place"] == "meetings.room":
            seen = str(discord.Permissions(view_channel=True, read_message_history=True).value)
            await self._app.bot.http.edit_channel_permissions(made.channel_id or 0, intent.server_id or 0, seen, "0", 0)
        return made


def _open_to_all(app: App) -> None:
    app.carriers["place.make"] = _OpenToAll(app)


def _without_news(what: str) -> Break:
    """Keep one news from whoever raised something."""

    def apply(app: App) -> None:
        real = app.makers.cards["escalation.news"]

        async def made(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
            return None if data["what"] == what else await real(reads, data, now)

        app.makers.cards["escalation.news"] = made

    return Break(f"news {what}", apply)


def _names_shown(app: App) -> None:
    """Show moderators who raised a concern, whatever was asked for."""
    real = app.escalation.handling.open

    async def shows(actor: Actor, concern_id: str, page_id: str | None = None) -> Opened:
        opened = await real(actor, concern_id, page_id)
        return replace(opened, raiser=opened.concern.raiser_id)

    vars(app.escalation.handling)["open"] = shows


def _nothing_held(app: App) -> None:
    """Page the team for each concern about others, however many there are."""

    async def judge(*_: Any) -> Held:  # noqa: ANN401 - whatever is judged
        return Held.NO

    vars(app.escalation.limits)["judge"] = judge


BREAKS: Final = (
    _without_card("meetings.lobby"),
    _without_card("meetings.opening"),
    _without_card("meetings.half-way"),
    _without_card("meetings.closing"),
    _without_card("meetings.locked"),
    _without_kind("channel.everyone"),
    _without_kind("channel.delete"),
    _without_card("escalation.page"),
    _without_timer("concern.step"),
    _without_timer("concern.nobody"),
    _without_card("escalation.news"),
    _without_card("escalation.side_first"),
    _without_button("concern.ask"),
    _without_button("concern.act"),
    _without_card("escalation.close_asked"),
    _without_button("concern.agree"),
    _without_news("closed"),
    _without_card("escalation.handed"),
    Break("names hidden from moderators", _names_shown),
    Break("the fourth concern in a day held back", _nothing_held),
    _without_card("escalation.look_told"),
    _without_timer("concern.look_in"),
    _without_button("concern.next-day"),
    _without_card("escalation.next_day"),
    _without_button("concern.aftercare"),
    _without_button("postvention.begin"),
    _without_button("drill.arrived"),
    _without_card("escalation.drill_report"),
    _without_card("escalation.rota_wanted"),
    _without_button("group.agree"),
    _without_button("help.ask"),
    Break("rooms hidden from outsiders", _open_to_all),
)
