"""What the team and the raiser see of what follows a concern."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import person, say
from peerbot.escalation import store
from peerbot.escalation.aftercare import next_day_store
from peerbot.escalation.aftercare.next_day_store import NextDay
from peerbot.escalation.handling import acts_store
from peerbot.escalation.rota.there import there
from peerbot.escalation.store import Concern
from peerbot.servers.help import help_button


def makers() -> Mapping[str, CardMaker]:
    """Return the cards that go out, by name."""
    return {"escalation.debrief": _debrief, "escalation.next_day": _next_day, "escalation.review": _review}


async def _debrief(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = now
    concern = await store.load(reads, str(data["concern"]))
    if concern is None:
        return None
    skip = Button("rota.skip", say("staff-rota-skip"))
    return there(Card(say("staff-debrief", number=concern.number), ((skip, help_button()),)), concern.server_id)


async def _next_day(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = now
    concern = await store.load(reads, str(data["concern"]))
    if concern is None or await next_day_store.load(reads, concern.id) is None:
        return None
    who = Button("concern.next-who", say("staff-next-day-who"), (concern.id,), "main")
    done = Button("concern.next-done", say("staff-next-day-done"), (concern.id,))
    return Card(say("staff-next-day", number=concern.number), ((who, done),))


async def _review(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = now
    concern = await store.load(reads, str(data["concern"]))
    if concern is None or await acts_store.any_of(reads, concern.id, ("concern_reviewed",)):
        return None
    looked = Button("concern.reviewed", say("staff-looked-at"), (concern.id,), "main")
    return Card(say("staff-review", number=concern.number), ((looked,),))


def note_question(concern: Concern) -> tuple[str, tuple[Button, ...]]:
    """Return the question whether somebody may write the next day, and its two answers."""
    yes = Button("concern.next-day", say("next-day-yes"), (concern.id, "yes"))
    no = Button("concern.next-day", say("next-day-no"), (concern.id, "no"))
    return say("next-day-ask"), (yes, no)


def note_card(concern_id: str, *, wants: bool) -> Card:
    """Return the answer to the raiser's choice, with the way back."""
    if not wants:
        return Card(say("next-day-not"), ((help_button(),),))
    back = Button("concern.next-day", say("next-day-back"), (concern_id, "no"))
    return Card(say("next-day-wanted"), ((back, help_button()),))


def who_card(note: NextDay) -> Card:
    """Return to whom a note is to be written, to one person of the team."""
    done = Button("concern.next-done", say("staff-next-day-done"), (note.concern_id,), "main")
    return Card(say("staff-next-day-to", person=person(note.user_id)), ((done,),))


def written_card() -> Card:
    """Return the thanks for a note."""
    return Card(say("staff-next-day-written"))


def words_card() -> Card:
    """Return the words for the group, to copy.

    The bot does not post them itself: who is in the room, and whether this is the moment, only a person there can see.
    """
    return Card(f"{say('staff-words')}\n>>> {say('group-aftercare')}", ())


def reviewed_card(concern: Concern) -> Card:
    """Return the thanks for looking at a concern again."""
    return Card(say("staff-reviewed", number=concern.number))
