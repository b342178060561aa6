"""What a person is shown of what is kept about them."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.card import MOST_TEXT, Attachment, Button, Card
from peerbot.engine.retention import Item, Kept
from peerbot.engine.texts import moment, say
from peerbot.engine.words import shown
from peerbot.privacy import table
from peerbot.privacy.rules import Deletion
from peerbot.privacy.wishes import Wishes
from peerbot.servers.help import help_button

_ROOM_FOR_MORE: Final = 320


def my_data_cards(kept: Sequence[Kept], items: Sequence[Item]) -> list[Card]:
    """Return what is kept, until when and who sees it, in as many messages as it takes."""
    if not kept:
        return [Card(f"{say('my-data-nothing')}\n{say('my-data-apart')}", ((help_button(),),))]
    pages = [say("my-data-title")]
    for item in kept:
        until = say("my-data-until", at=moment(item.until, "D")) if item.until else say("my-data-while")
        line = f"- {say(item.item, **item.values)} {until} {say('my-data-seen', seen=table.seen_of(items, item))}"
        if len(pages[-1]) + len(line) + _ROOM_FOR_MORE > MOST_TEXT:
            pages.append(say("my-data-more"))
        pages[-1] += f"\n{line}"
    pages[-1] += f"\n{say('my-data-apart')}\n{say('my-data-never')}"
    return [Card(page, ((help_button(),),)) for page in pages]


def export_card(content: bytes) -> Card:
    """Return the file with what is kept."""
    return Card(say("my-data-export"), ((help_button(),),), attachment=Attachment("peerbot-my-data.json", content))


def settings_card(wishes: Wishes) -> Card:
    """Return what somebody chose in one server, with a button for each thing that can be chosen otherwise."""
    title = say("my-data-settings-of", server=shown(wishes.name)) if wishes.name else say("my-data-settings")
    values = {
        "reminders": say(f"my-data-value-{wishes.reminders}"),
        "notes": say("my-data-value-on" if wishes.notes else "my-data-value-off"),
        "writing": say("my-data-value-on" if wishes.writing else "my-data-value-off"),
        "zone": wishes.zone or say("my-data-value-unset"),
    }
    lines = [
        say("my-data-settings-line", what=say(f"my-data-wish-{name}"), value=each) for name, each in values.items()
    ]
    server = str(wishes.server_id)
    on = {"reminders": wishes.reminders == "on", "notes": wishes.notes, "writing": wishes.writing}
    others = {name: "off" if chosen else "on" for name, chosen in on.items()}
    buttons = [
        Button("my-data.choose", say(f"my-data-press-{name}-{other}"), (server, name, other))
        for name, other in others.items()
    ]
    last = [help_button()]
    if wishes.zone:
        last.insert(0, Button("my-data.choose", say("my-data-press-zone"), (server, "zone", "off")))
    return Card("\n".join((title, *lines, say("my-data-writing"))), (tuple(buttons), tuple(last)))


def nowhere_card() -> Card:
    """Return that there is no server in which anything could be chosen."""
    return Card(say("my-data-nothing"), ((help_button(),),))


def deletion_card(asked: Deletion) -> Card:
    """Return what goes and what stays, and the question; whether here or everywhere, where that differs."""
    if asked.nothing:
        return Card(f"{say('my-data-delete-nothing')}\n{_stays(asked)}".strip(), ((help_button(),),))
    lines = [say("my-data-delete-title")]
    if asked.here is not None:
        lines.append(say("my-data-delete-here", count=asked.here))
    if asked.elsewhere:
        lines.append(say("my-data-delete-elsewhere", count=asked.elsewhere, servers=asked.servers))
    lines += [say("my-data-delete-goes"), *([say("my-data-delete-team")] if asked.staff else [])]
    lines += [say("my-data-delete-traces"), _stays(asked)]
    buttons: list[Button] = []
    if asked.here:
        buttons.append(Button("my-data.delete", say("my-data-delete-press-here"), ("here",), "danger"))
    if asked.elsewhere:
        buttons.append(Button("my-data.delete", say("my-data-delete-press-everywhere"), ("everywhere",), "danger"))
    buttons.append(Button("my-data.keep", say("my-data-delete-press-keep")))
    return Card("\n".join(line for line in lines if line), (tuple(buttons), (help_button(),)))


def deleted_card(done: Deletion) -> Card:
    """Return what was deleted, and what stays."""
    lines = [say("my-data-deleted", count=(done.here or 0) + done.elsewhere), _stays(done)]
    return Card("\n".join(line for line in lines if line), ((help_button(),),))


def kept_card() -> Card:
    """Return that nothing was deleted."""
    return Card(say("my-data-delete-kept"), ((help_button(),),))


def _stays(asked: Deletion) -> str:
    return say("my-data-delete-concern", count=asked.stays) if asked.stays else ""
