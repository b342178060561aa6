"""What a person is shown of what is kept about them."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.card import MOST_TEXT, Card
from peerbot.engine.retention import Kept
from peerbot.engine.texts import moment, say
from peerbot.servers.help import help_button

_ROOM_FOR_MORE: Final = 320


def my_data_cards(kept: Sequence[Kept]) -> list[Card]:
    """Return what is kept and until when, in as many messages as it takes."""
    if not kept:
        return [Card(f"{say('my-data-nothing')}\n{say('my-data-apart')}", ((help_button(),),))]
    pages = [say("my-data-title")]
    for item in kept:
        until = say("my-data-until", at=moment(item.until, "D")) if item.until else say("my-data-while")
        line = f"- {say(item.item, **item.values)} {until}"
        if len(pages[-1]) + len(line) + _ROOM_FOR_MORE > MOST_TEXT:
            pages.append(say("my-data-more"))
        pages[-1] += f"\n{line}"
    pages[-1] += f"\n{say('my-data-apart')}\n{say('my-data-never')}"
    return [Card(page, ((help_button(),),)) for page in pages]
