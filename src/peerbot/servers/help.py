"""The *Help now* button, on every message the bot posts."""

from peerbot.engine.card import Button
from peerbot.engine.texts import say


def help_button() -> Button:
    """Return *Help now*. It works for everybody, everywhere, at any time."""
    return Button("help.ask", say("help-now"), look="danger")
