"""Every sentence the bot says: Fluent files, one for each pillar, British English first."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal

from fluent.runtime import FluentBundle
from fluent.runtime.types import fluent_number
from fluent.syntax import FluentParser

from peerbot.engine.actor import FORGOTTEN
from peerbot.engine.clock import aware
from peerbot.engine.zones import zone

FIRST_LANGUAGE: Final = "en-GB"
_FILE: Final = "texts.en.ftl"

MomentStyle = Literal["t", "T", "d", "D", "f", "F", "R"]


class MissingText(KeyError):
    """A text id that no file defines, or a text that lacks one of its values."""


def text_files() -> Iterable[Traversable]:
    """Return the text file of every pillar that has one."""
    for folder in sorted(files("peerbot").iterdir(), key=lambda item: item.name):
        if folder.is_dir() and (file := folder.joinpath(_FILE)).is_file():
            yield file


@cache
def _bundle() -> FluentBundle:
    # Isolation marks would show as boxes in some clients; every text here runs left to right.
    bundle = FluentBundle([FIRST_LANGUAGE], use_isolating=False)
    # Not as FluentResource reads them: it keeps where in its file each word stands, which nobody asks for.
    parser = FluentParser(with_spans=False)
    for file in text_files():
        bundle.add_resource(parser.parse(file.read_text(encoding="utf-8")))
    return bundle


def say(text: str, /, **values: object) -> str:
    """Return the text with its values in place.

    Raises:
        MissingText: if there is no such text or one of its values was not given: a defect, never shown half-done.
    """
    bundle = _bundle()
    if not bundle.has_message(text):
        raise MissingText(text)
    pattern = bundle.get_message(text).value
    if pattern is None:
        raise MissingText(text)
    said, problems = bundle.format_pattern(pattern, {name: _plain(value) for name, value in values.items()})
    if problems:
        message = f"{text}: {problems}"
        raise MissingText(message)
    return str(said)


def _plain(value: object) -> object:
    """Return whole numbers to be written as they are typed: concern 123456, not 123,456."""
    return fluent_number(value, useGrouping=False) if isinstance(value, int) else value


def moment(at: datetime, style: MomentStyle = "f") -> str:
    """Return a time that each reader's Discord shows in the reader's own zone and language."""
    return f"<t:{int(aware(at).timestamp())}:{style}>"


def wall(at: datetime, zone_name: str) -> str:
    """Return an instant as the clocks of a zone (IANA name) show it: beside a `moment`, which has the date."""
    there = aware(at).astimezone(zone(zone_name))
    return say("wall", day=say(f"weekday-{there.weekday()}"), at=there, zone=zone_name)


def plain(text: str) -> str:
    """Return a sentence of Discord's as it reads in a file: without marks, times in UTC, nobody's id, on one line."""
    text = re.sub(r"<t:(\d+)(:\w)?>", _utc, text)
    return re.sub(r"<@\d+>", say("somebody"), text).replace("**", "").replace("\n", " ")


def _utc(found: re.Match[str]) -> str:
    return f"{datetime.fromtimestamp(int(found[1]), UTC):%Y-%m-%d %H:%M} UTC"


def person(user_id: int) -> str:
    """Return a mention. In a channel it pings only if the card lists it; one who reads alone sees a name."""
    return say("person-forgotten") if user_id <= FORGOTTEN else f"<@{user_id}>"


def channel(channel_id: int) -> str:
    """Return a link to a channel; who cannot see the channel sees no name."""
    return f"<#{channel_id}>"
