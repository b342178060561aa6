"""Series, meetings and their rooms.

A quiet room takes ten calls to Discord: made, lobby card, opened, opening reminder, mid reminder, closing reminder,
locked, card about the lock, looked at, deleted. The end has no card of its own: the closing reminder, five minutes
before, says until when the room stays.

Two minutes before it is made, each of its people is looked up on the server; that is one call more for each of them.
"""
