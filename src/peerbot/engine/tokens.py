"""Names nobody can guess and that say nothing."""

import secrets


def new_id() -> str:
    """Return eight hexadecimal digits: the id of a row that a button or a person may name."""
    return secrets.token_hex(4)


def new_room_name() -> str:
    """Return a channel name such as `room-7f3a9c`. It is the room's marker and tells nothing about it."""
    return f"room-{secrets.token_hex(3)}"


def new_nonce() -> str:
    """Return sixteen hexadecimal digits, unique for each message the bot ever means to send.

    Discord allows 25 characters and checks them per author (discord-api-docs, message.mdx, "nonce").
    """
    return secrets.token_hex(8)
