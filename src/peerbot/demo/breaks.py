"""Effects that can be switched off, one at a time, to show that the tour fails when the bot does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import discord

from peerbot.app import App
from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Leased


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
    _without_button("group.agree"),
    _without_button("help.ask"),
    Break("rooms hidden from outsiders", _open_to_all),
)
