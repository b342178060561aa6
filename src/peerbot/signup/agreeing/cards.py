"""What people see of what they agree to: the texts, and what their own groups add."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from peerbot.confidentiality.cards import agreement_card, clause, limits_card
from peerbot.confidentiality.rules import Difference, Text
from peerbot.engine.card import Button, Card
from peerbot.engine.texts import say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.signup.agreeing.service import Asked, Reading
from peerbot.signup.rules import Group

_ROOM: Final = 1800
"""Characters of a card that is filled up with lines; the rest is for what stands around them."""


def read_cards(reading: Reading) -> Sequence[Card]:
    """Return the agreement, the limits, and what somebody's own groups add: as many cards as it takes."""
    blocks = [
        "\n".join((say("agreement-group", group=shown(group.name)), *map(clause, terms.lines(Text.GROUP))))
        for group, terms in reading.groups
        if terms.lines(Text.GROUP)
    ]
    if reading.built_in:
        blocks.append(say("agreement-built-in"))
    added = [Card(page, ((help_button(),),)) for page in filled(blocks)]
    return [agreement_card(), limits_card(reading.terms.lines(Text.SERVER)), *added]


def asked_cards(asked: Asked) -> Sequence[Card]:
    """Return what changed since somebody agreed, as many cards as it takes; the last has the two answers.

    Who has agreed to all of it is told so.
    """
    if not asked.changes:
        return [Card(say("agreement-nothing-new"), ((help_button(),),))]
    head = say("agreement-asked", group=shown(asked.group.name))
    pages = filled([head, *(line for each in asked.changes for line in change_lines(each))])
    group_id = asked.group.id
    agree = Button("agreement.agree", say("agreement-agree"), (group_id, str(asked.terms.version)), "main")
    leave = Button("group.leave", say("agreement-leave"), (group_id,))
    return [*(Card(page) for page in pages[:-1]), Card(pages[-1], ((agree, leave, help_button()),))]


def all_asked_cards(asked: Sequence[Asked]) -> Sequence[Card]:
    """Return what changed in somebody's groups. Who has agreed to all of it, or is in no group, hears the same."""
    if not asked:
        return [Card(say("agreement-nothing-new"), ((help_button(),),))]
    return changed_cards(asked)


def changed_cards(asked: Sequence[Asked]) -> Sequence[Card]:
    """Return what changed in somebody's groups, and nothing where nothing did."""
    return [card for each in asked for card in asked_cards(each)]


def agreed_cards(asked: Asked) -> Sequence[Card]:
    """Return the answer to *I agree*; if the text changed once more meanwhile, what is new now."""
    if asked.changes:
        return asked_cards(asked)
    return [Card(say("agreement-agreed", group=shown(asked.group.name)), ((help_button(),),))]


def withdraw_card(group: Group) -> Card:
    """Return what follows from no longer agreeing, and the button that does it."""
    withdraw = Button("agreement.withdraw", say("agreement-withdraw-confirm"), (group.id,), "danger")
    return Card(say("agreement-withdraw-check", group=shown(group.name)), ((withdraw, help_button()),))


def change_lines(change: Difference) -> Iterator[str]:
    """Return what is new in a text, and what no longer holds, a line each."""
    yield say(f"agreement-part-{change.text}")
    for text, lines in (("agreement-new", change.added), ("agreement-gone", change.gone)):
        for line in lines:
            # The built-in texts are ours to format, what was typed is shown as it is.
            written = line if change.text in {Text.AGREEMENT, Text.LIMITS} else shown(line)
            if line.strip():
                yield say(text, line=written)


def filled(blocks: Iterable[str]) -> Sequence[str]:
    """Return blocks of text put together to as few pages as hold them."""
    pages: list[str] = []
    for block in blocks:
        if pages and len(pages[-1]) + len(block) < _ROOM:
            pages[-1] += f"\n{block}"
        else:
            pages.append(block)
    return pages
