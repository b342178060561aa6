"""What goes out to people of the team by the ways that reach them: alerts outside Discord."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import say
from peerbot.escalation import rules, store
from peerbot.escalation.paging import HANDED
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rules import State
from peerbot.escalation.ways import cards as ways_cards
from peerbot.escalation.ways import store as ways_store


class WaysPosts:
    """Makes what is sent."""

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {
            "escalation.alert": self._alert,
            "escalation.no_channel_alert": self._no_channel_alert,
            "escalation.test_page": self._test_page,
            "escalation.test_alert": self._test_alert,
        }

    @staticmethod
    async def _test_page(reads: Reads, data: Mapping[str, Any], _now: datetime) -> Card | None:
        page = await ways_store.test_page(reads, str(data["page"]))
        if page is None:
            return None
        return ways_cards.test_card(page.user_id, page.id, mention="channel" in data, coded=bool(data["coded"]))

    @staticmethod
    async def _test_alert(reads: Reads, data: Mapping[str, Any], _now: datetime) -> Card | None:
        page = await ways_store.test_page(reads, str(data["page"]))
        return Card(say("test-alert", code=page.code)) if page is not None and page.code is not None else None

    @staticmethod
    async def _no_channel_alert(reads: Reads, data: Mapping[str, Any], _now: datetime) -> Card | None:
        _ = reads, data
        return Card(say("alert-no-channel"))

    @staticmethod
    async def _alert(reads: Reads, data: Mapping[str, Any], _now: datetime) -> Card | None:
        """Return what a phone shows to whoever holds it: how urgent, a number, a room. Nothing else leaves Discord."""
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED:
            return None
        if concern.withdrawn_at is not None and data.get("why") != HANDED:
            return None
        if (concern.state in rules.WAITING) is bool(data.get("why")):
            return None  # It was for whoever had it, and nobody has it any more; or the other way round.
        if not await duty_store.page_people(reads, str(data["page"])):
            return None  # A newer one says the same.
        again = [say("staff-page-repeat")] if data.get("repeat") else []
        if concern.practice:
            return Card("\n".join([say("alert-practice", number=concern.number), *again]))
        lines = [say("alert-page", level=say(f"level-{concern.level.word}"), number=concern.number)]
        if concern.room_name is not None:
            lines.append(say("alert-room", room=concern.room_name))
        return Card("\n".join([*lines, *again]))
