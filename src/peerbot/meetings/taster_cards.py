"""What facilitators are told of people who come to try a meeting: how many, never who."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Card
from peerbot.engine.database import Reads
from peerbot.engine.texts import moment, person, say
from peerbot.meetings import store
from peerbot.servers.help import help_button
from peerbot.signup.service import Signup


async def newcomers_card(signup: Signup, reads: Reads, data: Mapping[str, Any], _now: datetime) -> Card | None:
    """Return the notice in the staff channel; a room's name says which meeting it is."""
    meeting = await store.meeting(reads, str(data["meeting"]))
    room = await store.room(reads, str(data["meeting"]))
    if meeting is None or room is None:
        return None
    people = tuple(int(each) for each in data["people"])
    text = say(
        "staff-meeting-newcomers",
        count=await signup.tasting.expected(reads, meeting.group_id),
        room=room.name,
        starts=moment(meeting.starts_at),
        people=" ".join(person(each) for each in people),
    )
    return Card(text, ((help_button(),),), people)
