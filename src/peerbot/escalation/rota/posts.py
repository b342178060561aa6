"""What the team reads of the rota in its channel or by direct message, rendered when it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card
from peerbot.engine.clock import from_row
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import moment, person, say
from peerbot.escalation.rota import cards as rota_cards
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota import swap_store, swapping, unplanned_store
from peerbot.escalation.rota.rules import NOBODY, Gap, Span
from peerbot.escalation.rota.there import there
from peerbot.servers.help import help_button
from peerbot.servers.service import Servers


class RotaPosts:
    """Makes the cards. What has been settled meanwhile is not said."""

    def __init__(self, servers: Servers) -> None:
        """Ask `servers` for the zone of a server."""
        self._servers = servers

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {
            "escalation.rota_gap": self._gap,
            "escalation.rota_unplanned": self._unplanned,
            "escalation.rota_wanted": self._wanted,
            "escalation.rota_covered": self._covered,
            "escalation.rota_cover": self._cover,
            "escalation.rota_uncovered": self._uncovered,
            "escalation.rota_swap": self._swap,
            "escalation.rota_swap_answer": self._swap_answer,
            "escalation.rota_leads_away": self._leads_away,
        }

    async def _gap(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        server_id = int(data["server"])
        gaps = await self._left(reads, server_id, data, now)
        if not gaps:
            return None
        lines = [say("staff-rota-gap-told"), *await self._lines(reads, server_id, gaps), say("staff-rota-gap-hint")]
        return _card("\n".join(lines), data, Button("rota.gaps", say("staff-rota-gaps"), ("0",)))

    async def _unplanned(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        known = [one.gap for one in await unplanned_store.known(reads, int(data["server"]))]
        spans = [gap.span for gap in known if gap.id in data["gaps"] and gap.span.ends_at > now]
        if not spans:
            return None
        lines = [say("staff-rota-unplanned-told"), *rota_cards.unplanned_lines(spans)]
        lines.append(say("staff-rota-unplanned-hint"))
        return _card("\n".join(lines), data, Button("rota.gaps", say("staff-rota-gaps"), ("0",)))

    async def _wanted(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        server_id = int(data["server"])
        gaps = await self._left(reads, server_id, data, now)
        off = next((each for each in await rota_store.offs(reads, server_id) if each.id == data["off"]), None)
        if not gaps or off is None:
            return None
        lines = [say("staff-rota-wanted", person=person(off.user_id)), *await self._lines(reads, server_id, gaps)]
        return _card("\n".join(lines), data, Button("rota.wanted", say("staff-rota-can-cover"), (off.id,), "main"))

    @staticmethod
    async def _left(reads: Reads, server_id: int, data: Mapping[str, Any], now: datetime) -> list[Gap]:
        known = await rota_store.gaps(reads, server_id)
        return [gap for gap in known if gap.id in data["gaps"] and gap.span.ends_at > now]

    async def _lines(self, reads: Reads, server_id: int, gaps: list[Gap]) -> list[str]:
        server = await self._servers.load(reads, server_id)
        return rota_cards.gap_lines(gaps, server.zone)

    async def _covered(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        cover = await rota_store.cover(reads, int(data["server"]), str(data["cover"]))
        if cover is None or cover.user_id == NOBODY:
            return None
        return _card(say("staff-rota-covered", person=person(cover.user_id), **_times(cover.span)), data)

    async def _cover(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        cover = await rota_store.cover(reads, int(data["server"]), str(data["cover"]))
        if cover is None or cover.user_id == NOBODY:
            return None
        lines = [say("staff-rota-cover-told", person=person(cover.user_id), **_times(cover.span))]
        if cover.instead_of is not None:
            lines.append(say("staff-rota-cover-instead-told", person=person(cover.instead_of)))
        return _card("\n".join(lines), data)

    @staticmethod
    async def _uncovered(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = reads, now
        begins, ends = (moment(from_row(int(data[name])), "F") for name in ("starts", "ends"))
        who = ", ".join(person(int(each)) for each in data["people"])
        return _card(say("staff-rota-uncovered-told", person=who, **{"from": begins}, to=ends), data)

    async def _swap(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        swap = await swap_store.load(reads, int(data["server"]), str(data["swap"]))
        asked = await swapping.asked(reads, swap, self._servers) if swap is not None else None
        if asked is None or asked.swap.ends_at <= now:
            return None
        swap = asked.swap
        lines = [say("staff-rota-swap-told", person=person(swap.other_id), by=person(swap.by_id))]
        lines += rota_cards.swap_lines(asked, swap.other_id)
        agree = Button("rota.agree", say("staff-rota-agree"), (swap.id,), "main")
        return _card("\n".join(lines), data, agree, Button("rota.decline", say("staff-rota-decline"), (swap.id,)))

    @staticmethod
    async def _swap_answer(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = reads, now
        return _card(say(f"staff-rota-answer-{data['answer']}", person=person(int(data["by"]))), data)

    @staticmethod
    async def _leads_away(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = reads, now
        return _card(say("staff-rota-leads-away", at=moment(from_row(int(data["at"])), "F")), data)


def _times(span: Span) -> dict[str, str]:
    return {"from": moment(span.starts_at, "F"), "to": moment(span.ends_at, "F")}


def _card(text: str, data: Mapping[str, Any], *buttons: Button) -> Card:
    """Return a card that calls those it is for, where others read it too.

    It always has a button: by that a message is found whose sending was cut off (docs/adr/0002).
    """
    people = tuple(int(each) for each in data["people"])
    if "user" in data:
        return there(Card(text, (buttons or (help_button(),),), people), int(data["server"]))
    called = " ".join(person(each) for each in people if person(each) not in text)
    shown = buttons or (Button("rota.page", say("staff-rota-open"), ("0",)),)
    return Card(f"{called}\n{text}" if called else text, (shown,), people)
