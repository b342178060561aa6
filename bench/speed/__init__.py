"""How fast peerbot is, beside the floor: a bare discord.py bot that answers with an embed and keeps no state.

Both talk to the wire stand-in over a socket, one after the other in turns, each in a process of its own. What is
compared is a ratio: it carries over to other machines, seconds do not.
"""
