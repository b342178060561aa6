"""What the tour promises at a step, each read through SimCord's permissions as the named person sees it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import discord
from fluent.runtime import FluentBundle, FluentResource

from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import FIRST_LANGUAGE, text_files

_GAP = "\x00"
_CHOICE = re.compile(r"\{\s*\$[\w-]+\s*->.*?\n    \}", flags=re.DOTALL)
_VALUE = re.compile(r"\{\s*\$[\w-]+\s*\}")


def fragments(text: str) -> tuple[str, ...]:
    """Return the fixed parts of a text, so that a promise follows every change of its words.

    Raises:
        LookupError: if no file has such a text.
    """
    for file in text_files():
        match = re.search(
            rf"^{re.escape(text)} =(.*(?:\n+    .*)*)", file.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        if match is not None:
            # The bot's own parser reads it; only its values and choices become gaps.
            bundle = FluentBundle([FIRST_LANGUAGE], use_isolating=False)
            bundle.add_resource(FluentResource(_VALUE.sub(_GAP, _CHOICE.sub(_GAP, match[0]))))
            pattern = bundle.get_message(text).value
            said = str(bundle.format_pattern(pattern)[0]) if pattern is not None else ""
            return tuple(part.strip() for part in said.split(_GAP) if any(letter.isalnum() for letter in part))
    raise LookupError(text)


def says(message: discord.Message, text: str) -> bool:
    """Return whether a message says a text."""
    return all(part in message.content for part in fragments(text))


class Promise(Protocol):
    """Something that is true now."""

    def kept(self, world: World) -> bool:
        """Return whether it is."""
        ...

    def told(self) -> str:
        """Say it."""
        ...


@dataclass(frozen=True, slots=True)
class Reads:
    """`person` can read `text` in `place` (a channel's name, `dm`, or the lounge), `times` times; 0 is any number."""

    person: Person
    text: str
    place: str = "lounge"
    times: int = 0
    shown: bool = True

    def messages(self, world: World) -> list[discord.Message]:
        """Return the messages that say it."""
        if self.place == "dm":
            seen = world.dms(self.person)
        else:
            place = world.place(self.person, self.place)
            seen = world.reads(self.person, place) if place is not None else []
        return [message for message in seen if says(message, self.text)]

    def kept(self, world: World) -> bool:
        """Return whether it is so."""
        found = len(self.messages(world))
        return found == self.times if self.times else found > 0

    def told(self) -> str:
        """Say it."""
        once = f", {self.times} time(s) and no more" if self.times else ""
        return f"{self.person.name} reads it in {self.place}{once}"


@dataclass(frozen=True, slots=True)
class ReadsNowhere:
    """None of `people` can read `text` anywhere."""

    people: tuple[Person, ...]
    text: str

    def kept(self, world: World) -> bool:
        """Return whether it is so."""
        return not any(
            says(message, self.text)
            for person in self.people
            for place in world.places(person)
            for message in world.reads(person, place)
        )

    def told(self) -> str:
        """Say it."""
        return f"{_names(self.people)} cannot read it anywhere"


@dataclass(frozen=True, slots=True)
class Words:
    """Nothing that `people` can read anywhere, or with `dms_only` in direct messages, holds any of `words`."""

    people: tuple[Person, ...]
    words: tuple[str, ...]
    told_as: str
    dms_only: bool = False

    def kept(self, world: World) -> bool:
        """Return whether it is so."""
        return not any(
            word in message.content
            for word in self.words
            for person in self.people
            for place in world.places(person)
            if place.is_dm or not self.dms_only
            for message in world.reads(person, place)
        )

    def told(self) -> str:
        """Say it."""
        return self.told_as


@dataclass(frozen=True, slots=True)
class Sees:
    """`people` see a channel called `place`, or with `hidden` do not."""

    people: tuple[Person, ...]
    place: str
    hidden: bool = False

    def kept(self, world: World) -> bool:
        """Return whether it is so."""
        return all((world.place(person, self.place) is None) is self.hidden for person in self.people)

    def told(self) -> str:
        """Say it."""
        return f"{_names(self.people)} {'cannot see' if self.hidden else 'can see'} {self.place}"


@dataclass(frozen=True, slots=True)
class MayWrite:
    """`people` may write in `place`, or with `denied` may not."""

    people: tuple[Person, ...]
    place: str
    denied: bool = False

    def kept(self, world: World) -> bool:
        """Return whether Discord's permissions say so."""
        return all(self._may(world, person) is not self.denied for person in self.people)

    def _may(self, world: World, person: Person) -> bool:
        place = world.place(person, self.place)
        if place is None:
            return False
        permissions = world.env.backend.compute_permissions(world.guild.id, person.actor.id, place.handle.id)
        return bool(permissions & discord.Permissions.send_messages.flag)

    def told(self) -> str:
        """Say it."""
        return f"{_names(self.people)} {'cannot write' if self.denied else 'can write'} there"


@dataclass(frozen=True, slots=True)
class Holds:
    """Something else that is true."""

    check: Callable[[World], bool]
    told_as: str

    def kept(self, world: World) -> bool:
        """Return whether it is so."""
        return self.check(world)

    def told(self) -> str:
        """Say it."""
        return self.told_as


def _names(people: tuple[Person, ...]) -> str:
    names = [person.name for person in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
