"""What coordinators see of those who hold a group."""

from peerbot.engine.card import Button, Card
from peerbot.engine.texts import person, say
from peerbot.engine.words import shown
from peerbot.signup.groups.facilitating import Addition, Backups, Removal

_MOST_SHOWN = 20


def addition_card(addition: Addition) -> Card:
    """Return the answer to a facilitator added; or with whom they would meet from whom they are to be kept apart."""
    values = {"person": person(addition.user_id), "group": shown(addition.group.name)}
    if addition.apart:
        people = ", ".join(person(each) for each in addition.apart[:_MOST_SHOWN])
        text = say("staff-facilitator-apart", people=people, **values)
        args = (addition.group.id, str(addition.user_id))
        return Card(text, ((Button("facilitator.add", say("staff-facilitator-apart-confirm"), args, "danger"),),))
    return Card(say("staff-facilitator-added" if addition.added else "staff-facilitator-was", **values))


def removal_card(removal: Removal) -> Card:
    """Return the answer to a facilitator taken out, with the way back; or what it touches if nobody else holds it."""
    args = (removal.group.id, str(removal.user_id))
    values = {"person": person(removal.user_id), "group": shown(removal.group.name)}
    if removal.done:
        undo = Button("facilitator.back", say("staff-group-undo"), args)
        return Card(say("staff-facilitator-removed", **values), ((undo,),))
    text = say("staff-facilitator-last", seated=removal.people.seated, waiting=removal.people.waiting, **values)
    return Card(text, ((Button("facilitator.remove", say("staff-facilitator-remove-confirm"), args, "danger"),),))


def backups_card(backups: Backups, *, added: int = 0, removed: int = 0) -> Card:
    """Return who may take a meeting over, and the way back from what was just changed.

    If the one to be added is to be kept apart from somebody there, the answer is that, and a button to go on.
    """
    if backups.apart:
        people = ", ".join(person(each) for each in backups.apart[:_MOST_SHOWN])
        text = say("staff-backup-apart", person=person(added), people=people, group=shown(backups.group.name))
        args = (backups.group.id, str(added))
        return Card(text, ((Button("backup.sure", say("staff-facilitator-apart-confirm"), args, "danger"),),))
    named = " ".join(person(each) for each in backups.people[:_MOST_SHOWN]) or "none"
    lines = [say("staff-backups", group=shown(backups.group.name), people=named)]
    if added:
        lines.insert(0, say("staff-backup-added", person=person(added)))
    if removed:
        lines.insert(0, say("staff-backup-removed", person=person(removed)))
    if not added and not removed:
        return Card(lines[0])
    args = (backups.group.id, str(added or removed))
    undo = Button("backup.remove" if added else "backup.add", say("staff-group-undo"), args)
    return Card("\n".join(lines), ((undo,),))
