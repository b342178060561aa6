"""What can be said of who reads a room: asked of what Discord has told, and said in two plain lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from peerbot.confidentiality.visibility import Readers, Role, Sight, readers
from peerbot.engine.texts import say
from peerbot.engine.words import shown

MOST_NAMED: Final = 3
"""Roles or bots in one line by name; the others are counted."""
_LONGEST_NAME: Final = 24


@dataclass(frozen=True, slots=True)
class Rules:
    """AutoMod's rules that copy what they catch into another channel: id → name. `known`: whether Discord says."""

    copying: Mapping[int, str]
    known: bool


class Sighting(Protocol):
    """What Discord has told of who reads a channel."""

    def of_channel(self, server_id: int, channel_id: int) -> Sight | None:
        """Return what decides who reads a channel, from memory; None where that is not known."""
        ...

    def of_new_room(self, server_id: int) -> Sight | None:
        """Return the same for a room that is made now, its own people left out."""
        ...

    def our_id(self) -> int | None:
        """Return the bot's own id."""
        ...

    def name_of(self, server_id: int, bot_id: int) -> str:
        """Return what a bot is called, as far as its own role tells."""
        ...

    def rules(self, server_id: int) -> Rules:
        """Return the rules as they were when they were last asked for."""
        ...

    async def ask(self, server_id: int) -> None:
        """Ask Discord how many people each role has, and for the rules; keep that for what is said from memory."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """Who reads a channel, with what names are needed to say it. `members`: whether it is a group's room."""

    readers: Readers
    bots: Mapping[int, str]
    rules: Rules


class Seeing:
    """Says who can read a room."""

    def __init__(self, sighting: Sighting) -> None:
        """Say what `sighting` knows."""
        self.sighting = sighting

    def look(self, server_id: int, channel_id: int | None = None) -> Seen | None:
        """Return who reads a channel, or a room that is made now; None where nothing is known. From memory."""
        sight = (
            self.sighting.of_new_room(server_id)
            if channel_id is None
            else self.sighting.of_channel(server_id, channel_id)
        )
        if sight is None:
            return None
        found = readers(sight, self.sighting.our_id())
        names = {bot: self.sighting.name_of(server_id, bot) for bot in found.bots}
        return Seen(found, names, self.sighting.rules(server_id))

    def lines(self, server_id: int | None, channel_id: int | None = None, most: int = MOST_NAMED) -> str:
        """Return the two plain lines: who can read the words, and who can find out who is in the group.

        A group's own people are not named: those a room was opened to one by one are its people. `most` roles are
        named in one place, and the others counted.
        """
        seen = self.look(server_id, channel_id) if server_id is not None else None
        if seen is None:
            return say("sight-unknown")
        return f"{say('sight-reads')} {_words(seen, most)}\n{say('sight-finds')} {_finds(seen.readers, most)}"

    def who_else(self, server_id: int) -> Sequence[str]:
        """Return the two lines of a room that is made now with ever fewer names: for where there is little room."""
        return [self.lines(server_id, most=most) for most in range(MOST_NAMED, 0, -1)]


class NobodySees(Sighting):
    """Discord has told nothing."""

    def of_channel(self, server_id: int, channel_id: int) -> Sight | None:
        """Return that nothing is known."""
        _ = server_id, channel_id
        return None

    def of_new_room(self, server_id: int) -> Sight | None:
        """Return that nothing is known."""
        _ = server_id
        return None

    def our_id(self) -> int | None:
        """Return that nothing is known."""
        return None

    def name_of(self, server_id: int, bot_id: int) -> str:
        """Return a number for a name."""
        _ = server_id
        return str(bot_id)

    def rules(self, server_id: int) -> Rules:
        """Return that nothing is known."""
        _ = server_id
        return Rules({}, known=False)

    async def ask(self, server_id: int) -> None:
        """Ask nobody."""


def _words(seen: Seen, most: int) -> str:
    found = seen.readers
    if found.everybody[0]:
        return say("sight-everybody")
    said = [say("sight-owner")]
    if found.roles:
        said.append(say("sight-roles", roles=named(found.roles, most)))
    if seen.bots:
        said.append(say("sight-bots", bots=_list([plain_name(name) for name in seen.bots.values()], most)))
    if found.everybody[1]:
        said.append(say("sight-could-everybody"))
    elif found.could:
        said.append(say("sight-could", roles=named(found.could, most)))
    if seen.rules.copying:
        said.append(say("sight-copies", rules=_list([plain_name(name) for name in seen.rules.copying.values()], most)))
    return " ".join(said)


def _finds(found: Readers, most: int) -> str:
    if found.everybody[0]:
        return say("sight-finds-same")
    if found.everybody[2]:
        return say("sight-finds-everybody")
    return say("sight-finds-roles", roles=named(found.finds, most)) if found.finds else say("sight-finds-same")


def named(roles: Sequence[Role], most: int = MOST_NAMED) -> str:
    """Return roles by name, each with how many people have it, the first few of them."""
    return _list([_named(role) for role in roles], most)


def _named(role: Role) -> str:
    name = plain_name(role.name)
    if role.people is None:
        return say("sight-role-uncounted", role=name)
    return say("sight-role", role=name, people=role.people)


def _list(names: Sequence[str], most: int) -> str:
    more = [say("sight-more", count=len(names) - most)] if len(names) > most else []
    return ", ".join([*names[:most], *more])


def plain_name(name: str) -> str:
    """Return a name as it is shown: nobody is pinged by it, and nothing in it is a link."""
    return shown(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")
