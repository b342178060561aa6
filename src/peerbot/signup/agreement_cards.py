"""What people see of what they agree to: the texts, and what their own groups add."""

from collections.abc import Iterable, Sequence
from typing import Final

from peerbot.confidentiality.cards import agreement_card, clause, limits_card
from peerbot.confidentiality.rules import Text
from peerbot.engine.card import Card
from peerbot.engine.texts import say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.signup.agreeing import Reading

_ROOM: Final = 1800
"""Characters of a card that is filled up with lines; the rest is for what stands around them."""


def read_cards(reading: Reading) -> Sequence[Card]:
    """Return the agreement, the limits, and what somebody's own groups add: as many cards as it takes."""
    blocks = [
        "\n".join((say("agreement-group", group=shown(group.name)), *map(clause, terms.lines(Text.GROUP))))
        for group, terms in reading.groups
        if terms.lines(Text.GROUP)
    ]
    added = [Card(page, ((help_button(),),)) for page in filled(blocks)]
    return [agreement_card(), limits_card(reading.terms.lines(Text.SERVER)), *added]


def filled(blocks: Iterable[str]) -> Sequence[str]:
    """Return blocks of text put together to as few pages as hold them."""
    pages: list[str] = []
    for block in blocks:
        if pages and len(pages[-1]) + len(block) < _ROOM:
            pages[-1] += f"\n{block}"
        else:
            pages.append(block)
    return pages
