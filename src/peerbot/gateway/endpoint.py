"""Where Discord is. discord.py keeps both addresses on its classes, so they are those of the whole process."""

import discord.gateway
import yarl
from discord.http import Route


def use(api_url: str, gateway_url: str) -> None:
    """Speak to this REST address (its version included) and this gateway from now on.

    For a server of one's own that speaks Discord's protocol, and for the stand-in that the tests use.
    """
    Route.BASE = api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
