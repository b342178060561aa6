"""What leads see of blocks: by number, since when and from which concern; never whose they are."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.card import Button, Card
from peerbot.engine.texts import moment, say
from peerbot.escalation.limits.service import Lifted
from peerbot.escalation.limits.store import Block
from peerbot.escalation.store import Concern
from peerbot.servers.help import help_button

_MOST_LISTED: Final = 12
"""Three buttons in a row, in four rows beneath the list; the rest follows once one is lifted."""


def block_button(concern: Concern, *, may_block: bool) -> tuple[tuple[Button, ...], ...]:
    """Return the row with the way to a block, on a concern from which one can be made."""
    if not may_block:
        return ()
    return ((Button("limits.block", say("limits-block"), (concern.id,)),),)


def blocks_button(count: int) -> tuple[tuple[Button, ...], ...]:
    """Return the row with the way to the list of blocks, if there are any."""
    return ((Button("limits.blocks", say("limits-blocks", count=count)),),) if count else ()


def ask_block_card(concern: Concern) -> Card:
    """Return the question before a block."""
    confirm = Button("limits.block-yes", say("limits-block-yes"), (concern.id,), "danger")
    return Card(say("limits-block-ask", number=concern.number), ((confirm, help_button()),))


def blocked_card(block: Block) -> Card:
    """Return the answer to a block, with the way back."""
    undo = Button("limits.lift-yes", say("staff-undo"), (block.id,))
    return Card(say("limits-blocked", number=block.number, concern=block.concern_number), ((undo, help_button()),))


def blocks_card(blocks: Sequence[Block]) -> Card:
    """Return the blocks there are, each with a button to lift it."""
    if not blocks:
        return Card(say("limits-no-blocks"), ((help_button(),),))
    first = blocks[:_MOST_LISTED]
    lines = [say("limits-list"), *(_line(block) for block in first)]
    if len(blocks) > len(first):
        lines.append(say("limits-list-more", count=len(blocks) - len(first)))
    buttons = [Button("limits.lift", say("limits-lift", number=block.number), (block.id,)) for block in first]
    rows = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    return Card("\n".join(lines), (*rows, (help_button(),)))


def ask_lift_card(block: Block) -> Card:
    """Return the question before a block is lifted."""
    confirm = Button("limits.lift-yes", say("limits-lift-yes", number=block.number), (block.id,), "main")
    return Card(f"{say('limits-lift-ask')}\n{_line(block)}", ((confirm, help_button()),))


def lifted_card(lifted: Lifted) -> Card:
    """Return the answer to a block lifted, with the way back while it is known from which concern."""
    again = (Button("limits.block-yes", say("staff-undo"), (lifted.concern_id,)),) if lifted.concern_id else ()
    return Card(say("limits-lifted", number=lifted.block.number), ((*again, help_button()),))


def note_card(count: int, where: str) -> Card:
    """Return the note to leads of what is on their list."""
    return Card("\n".join(line for line in (say("limits-note", count=count), where) if line), ((help_button(),),))


def _line(block: Block) -> str:
    return say("limits-line", number=block.number, since=moment(block.since, "D"), concern=block.concern_number)
