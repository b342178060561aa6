"""What facilitators let a room hear, and what somebody is told in private, rendered when it is sent."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from peerbot.confidentiality import cards as reminders
from peerbot.confidentiality.rules import Text
from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import moment, person, say
from peerbot.meetings import store
from peerbot.meetings.facilitating import rules as facilitating_rules
from peerbot.meetings.facilitating import store as facilitating_store
from peerbot.meetings.facilitating.rules import Facilitation
from peerbot.meetings.rules import LIVE, Meeting, State
from peerbot.servers.help import help_button


def makers(confidentiality: Confidentiality) -> Mapping[str, CardMaker]:
    """Return the cards by name; `confidentiality` knows what a server and a group add to the texts."""
    return {
        "meetings.extended": _extended,
        "meetings.ended-now": _ended_now,
        "meetings.paused": _paused,
        "meetings.goes-on": _goes_on,
        "meetings.agreement": partial(_agreed, confidentiality),
        "meetings.limits": partial(_agreed, confidentiality),
        "meetings.clauses": partial(_agreed, confidentiality),
        "meetings.hidden": _hidden,
        "meetings.door-shuts": _door_shuts,
        "meetings.door-opens": _door_opens,
        "meetings.limited": _limited,
        "meetings.limited-untold": _untold,
    }


def _card(text: str, *buttons: Button) -> Card:
    return Card(text, ((help_button(), *buttons),))


def _tell_button() -> Button:
    return Button("concern.tell", say("reminder-tell"))


async def _open(reads: Reads, data: Mapping[str, Any]) -> tuple[Meeting, Facilitation] | None:
    """Return a meeting in progress and what was done in it: what is said of one that is over comes too late."""
    meeting = await store.meeting(reads, str(data["meeting"]))
    if meeting is None or meeting.state is not State.OPEN:
        return None
    return meeting, await facilitating_store.facilitation(reads, meeting.id)


async def _extended(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = now
    found = await _open(reads, data)
    if found is None:
        return None
    meeting, done = found
    longer = done.planned_end is not None and meeting.ends_at > done.planned_end
    ends = moment(meeting.ends_at, "t")
    return _card(say("room-longer", ends=ends) if longer else say("room-as-planned", ends=ends))


async def _ended_now(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    meeting = await store.meeting(reads, str(data["meeting"]))
    if meeting is None:
        return None
    following = await store.next_of_group(reads, meeting.group_id, max(now, meeting.starts_at))
    return _card(say("room-ended-now", next="none" if following is None else moment(following.starts_at, "F")))


async def _paused(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    found = await _open(reads, data)
    if found is None or found[1].paused_until is None or not facilitating_rules.paused(found[1], now):
        return None
    return _card(say("room-paused", until=moment(found[1].paused_until, "R")), _tell_button())


async def _goes_on(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    found = await _open(reads, data)
    if found is None or facilitating_rules.paused(found[1], now):
        return None
    return _card(say("room-goes-on"), _tell_button())


async def _agreed(
    confidentiality: Confidentiality, reads: Reads, data: Mapping[str, Any], now: datetime
) -> Card | None:
    """Show the agreement, the limits beside it as a card of their own, and what the group adds if it adds something."""
    _ = now
    found = await _open(reads, data)
    if found is None:
        return None
    terms = await confidentiality.terms(reads, found[0].server_id, found[0].group_id)
    added = terms.lines(Text.GROUP)
    match str(data["card"]):
        case "meetings.agreement":
            return reminders.agreement_card()
        case "meetings.limits":
            return reminders.limits_card(terms.lines(Text.SERVER))
        case _:
            return _card("\n".join((say("room-clauses"), *map(reminders.clause, added)))) if added else None


async def _hidden(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = reads, data, now
    return _card(say("room-hidden"), _tell_button())


async def _door_shuts(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = now
    found = await _open(reads, data)
    if found is None or found[1].door_shut_at is None:
        return None
    here = Button("meeting.here", say("reminder-here"), (found[0].id,), "main")
    return _card(say("room-door-shuts", at=moment(found[1].door_shut_at, "R")), here)


async def _door_opens(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = now
    found = await _open(reads, data)
    return _card(say("room-door-opens")) if found is not None and found[1].door_shut_at is None else None


async def _limited(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    """Tell one person, in neutral words: others may see the screen. An overtaken one is never said."""
    _ = now
    meeting = await store.meeting(reads, str(data["meeting"]))
    if meeting is None or meeting.state not in LIVE:
        return None
    holds = (await facilitating_store.limits(reads, meeting.id)).get(int(data["user"]), "back")
    return _card(say(f"meeting-limit-{holds}")) if holds == data["what"] else None


async def _untold(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    """Tell who asked for it that one person could not be told. What was taken back since is nobody's news."""
    _ = now
    meeting = await store.meeting(reads, str(data["meeting"]))
    if meeting is None or meeting.state not in LIVE:
        return None
    holds = (await facilitating_store.limits(reads, meeting.id)).get(int(data["who"]), "back")
    return _card(say("staff-limited-untold", person=person(int(data["who"])))) if holds == data["what"] else None
