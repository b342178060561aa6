"""The wire stand-in: a loopback server that speaks Discord's REST and gateway as discord.py 2.7.1 uses them.

SimCord plays Discord inside the bot's own process; this one sits at the other end of a socket, so it can do what only a
network can: answer late, twice, wrongly or never, cut a connection, and take notice of a limit. `world` is what exists
there, `rest` the routes, `gateway` the events, `limits` and `faults` what stands in the way, `people` those who use it.
Numbers and shapes are those of discord-api-docs; where it names none, the line says so.
"""

from bench.wire.server import Wire

__all__ = ["Wire"]
