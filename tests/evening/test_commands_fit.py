"""What Discord takes of a command, counted on the commands as they are sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from peerbot.demo.world import World

MOST_CHARACTERS = 8000
"""Names, descriptions and values of a command with all its parts (application-commands.mdx, "Limits")."""
MOST_PARTS = 25


def characters(part: Mapping[str, Any]) -> int:
    own = sum(len(str(part.get(field, ""))) for field in ("name", "description", "value"))
    return own + sum(characters(each) for field in ("options", "choices") for each in part.get(field, ()))


def parts(command: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield command
    for option in command.get("options", ()):
        yield from parts(option)


async def test_every_command_fits_into_what_discord_takes(world: World) -> None:
    tree = world.app.bot.tree
    for command in tree.get_commands():
        payload = command.to_dict(tree)
        assert characters(payload) <= MOST_CHARACTERS, payload["name"]
        for part in parts(payload):
            assert len(part.get("options", ())) <= MOST_PARTS, part["name"]
