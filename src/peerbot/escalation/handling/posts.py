"""Cards of what the team decides, rendered when they go out. They name nobody a concern is about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.places import AccessMaker, CardMaker, May
from peerbot.engine.texts import channel, moment, person, say
from peerbot.escalation import store
from peerbot.escalation.handling.cards import what_is_asked
from peerbot.escalation.rooms import look_in_store
from peerbot.escalation.rules import State
from peerbot.escalation.sign_offs import store as sign_off_store
from peerbot.escalation.sign_offs.rules import NEEDS_LEAD, Kind
from peerbot.servers.help import help_button


class HandlingPosts:
    """Makes what is posted while a concern is handled."""

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {
            **{f"escalation.{kind}_asked": self._asked for kind in Kind},
            "escalation.owner_asked": self._owner_asked,
            "escalation.declined": self._declined,
            "escalation.lapsed": self._declined,
            "escalation.alone_review": self._alone_review,
            "escalation.share_agreed": self._shared,
            "escalation.lowered": self._lowered,
            "escalation.handed": self._handed,
            "escalation.left_open": self._left_open,
            "escalation.look_told": self._look_told,
            "escalation.look_over": self._look_over,
            "escalation.looking": self._looking,
        }

    def access(self, meetings: Mapping[str, AccessMaker]) -> Mapping[str, AccessMaker]:
        """Return what somebody who looks in may do, and what `meetings` say of everybody else in a room.

        Whatever changes a person's access by their seat does not end a look before its time.
        """
        its_own = meetings["meetings.access"]

        async def either(reads: Reads, data: Mapping[str, Any], now: datetime) -> May:
            may = await its_own(reads, data, now)
            return may if may is not May.NOTHING else await self._look_access(reads, data, now)

        return {"escalation.look_in": either, "meetings.access": either}

    async def _asked(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        kind = Kind(str(data["card"]).removeprefix("escalation.").removesuffix("_asked"))
        concern = await store.load(reads, str(data["concern"]))
        asked = await sign_off_store.waiting(reads, str(data["concern"]), kind)
        if concern is None or concern.state is State.CLOSED or asked is None or asked.asked_by is None:
            return None
        who = person(asked.asked_by)
        lines = [say(f"staff-{kind}-asked".replace("_", "-"), number=concern.number, person=who)]
        lines += [what_is_asked(asked)] if asked.detail else []
        lead = kind in NEEDS_LEAD and "any_two" not in data
        lines.append(say("staff-second-lead" if lead else "staff-second-any"))
        agree = Button("concern.agree", say("staff-agree"), (asked.id,), "main")
        disagree = Button("concern.disagree", say("staff-disagree"), (asked.id,))
        look = Button("concern.open", say("staff-open"), (concern.id,))
        return Card("\n".join(lines), ((agree, disagree, look),))

    async def _owner_asked(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        """Ask the owner, who may know nothing of it: the number and the act, and no person."""
        concern = await store.load(reads, str(data["concern"]))
        asked = await sign_off_store.load(reads, str(data["sign_off"]))
        if concern is None or asked is None or not asked.open:
            return None
        text = say("staff-owner-asked", number=concern.number, what=say(f"sign-off-{asked.kind}"))
        agree = Button("concern.agree", say("staff-agree"), (asked.id,), "main")
        return Card(text, ((agree, Button("concern.disagree", say("staff-disagree"), (asked.id,))),))

    async def _declined(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        """Tell who asked that somebody does not agree, or that nobody has answered in time."""
        concern = await store.load(reads, str(data["concern"]))
        asked = await sign_off_store.load(reads, str(data["sign_off"]))
        if concern is None or asked is None:
            return None
        what = say(f"sign-off-{asked.kind}")
        if asked.state == "declined":
            return Card(say("staff-declined", number=concern.number, what=what))
        return Card(say("staff-lapsed", number=concern.number, what=what))

    async def _alone_review(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        asked = await sign_off_store.load(reads, str(data["sign_off"]))
        if concern is None or asked is None or asked.reviewed_by is not None:
            return None
        text = say("staff-alone-review", number=concern.number, what=say(f"sign-off-{asked.kind}"))
        looked = Button("concern.alone-reviewed", say("staff-looked-at"), (asked.id,), "main")
        return Card(text, ((looked, Button("concern.open", say("staff-open"), (concern.id,))),))

    async def _shared(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        every = await sign_off_store.of_concern(reads, str(data["concern"]))
        shares = [each for each in every if each.kind is Kind.SHARE]
        if concern is None or not shares:
            return None
        alone = shares[-1].state == "alone"
        return Card(say("staff-share-alone" if alone else "staff-share-agreed", number=concern.number))

    async def _lowered(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None:
            return None
        text = say("staff-lowered", number=concern.number, level=say(f"level-{concern.level.word}"))
        return Card(text, ((Button("concern.open", say("staff-open"), (concern.id,)),),))

    async def _handed(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED:
            return None
        text = say(f"staff-hand-{data['what']}", number=concern.number, person=person(concern.taken_by or 0))
        if "to" in data:  # No message reached them: where others read it too, it says whom it is for.
            text = f"{person(int(data['to']))}\n{text}"
        return Card(text, ((Button("concern.open", say("staff-open"), (concern.id,)), help_button()),))

    async def _left_open(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is not State.IN_HAND or concern.withdrawn_at is not None:
            return None
        who = person(concern.taken_by or 0)
        buttons = [Button(f"concern.{what}", say(f"staff-{what}"), (concern.id,)) for what in ("close", "open")]
        text = say("staff-left-open", number=concern.number, person=who)
        return Card(text, ((*buttons, help_button()),), (concern.taken_by,) if concern.taken_by else ())

    async def _look_told(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        look = await look_in_store.load(reads, str(data["look"]))
        if look is None:
            return None
        text = say("room-looked-in", person=person(look.user_id), until=moment(look.until, "t"))
        return Card(text, ((help_button(),),))

    async def _look_over(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        return Card(say("room-look-over"), ((help_button(),),))

    async def _looking(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None:
            return None
        look = await look_in_store.load(reads, str(data["look"])) if data["look"] else None
        if look is None:
            return None if data["look"] else Card(say("staff-look-not", number=concern.number), ((help_button(),),))
        where, until = channel(look.channel_id), moment(look.until, "t")
        stop = Button("concern.look-end", say("staff-look-end"), (look.id,))
        return Card(say("staff-looking", number=concern.number, where=where, until=until), ((stop, help_button()),))

    async def _look_access(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> May:
        """Read what is written, and neither write nor join the voice, until the time is over."""
        may = await look_in_store.reads_now(reads, int(data["channel"]), int(data["user"]), now)
        return May.WAIT if may else May.NOTHING
