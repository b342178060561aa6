"""Cards of the rota in a direct message: each button says of which server it is, as Discord does not say it there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.card import Button, Card, Line
from peerbot.engine.words import number

_AT: Final = "at"
_ROTA: Final = "rota."


def there(card: Card, server_id: int | None) -> Card:
    """Return a card whose buttons of the rota say which server's they are; as it is, without a server."""
    return card if server_id is None else replace(card, rows=tuple(_row(row, f"{_AT}{server_id}") for row in card.rows))


def _row(row: Line, at: str) -> Line:
    if isinstance(row, tuple):
        return tuple(_button(button, at) for button in row)
    return replace(row, args=(*row.args, at)) if row.action.startswith(_ROTA) else row


def _button(button: Button, at: str) -> Button:
    return replace(button, args=(*button.args, at)) if button.action.startswith(_ROTA) else button


def whose(actor: Actor, args: Sequence[str]) -> Actor:
    """Return who pressed as somebody of the server that the button names, where Discord names none.

    It carries no permission of Discord: what they may do there is the database's to say.
    """
    last = args[-1] if args else ""
    if actor.server_id is not None or not last.startswith(_AT):
        return actor
    return Actor(actor.user_id, number(last.removeprefix(_AT)) or None)


def named(actor: Actor, args: Sequence[str]) -> int | None:
    """Return the server that what follows a press has to name again: in a direct message only."""
    return whose(actor, args).server_id if actor.server_id is None else None
