"""What staff see of a pause or an end of somebody's membership, and what the person it is about reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import moment, person, say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.servers.service import Servers
from peerbot.signup.measures import store as measure_store
from peerbot.signup.measures.rules import Measure


def proposed_card(measure: Measure) -> Card:
    """Return the answer to who proposed something, with the way back."""
    lines = [say("staff-member-proposed", lapses=moment(measure.lapses_at, "R")), _what(measure)]
    back = Button("measure.decline", say("staff-member-withdraw"), (measure.id,))
    return Card("\n".join(lines), ((back,),))


def decide_card(measure: Measure, viewer_id: int) -> Card:
    """Return what waits for a second person, to them alone; who proposed it can only take it back."""
    if viewer_id == measure.proposed_by:
        return proposed_card(measure)
    by = "" if measure.proposed_by is None else person(measure.proposed_by)
    lines = [
        say("staff-member-decide", by=by, lapses=moment(measure.lapses_at, "R")),
        _what(measure),
        say(f"staff-member-then-{measure.kind}"),
    ]
    buttons = (
        Button("measure.confirm", say(f"staff-member-confirm-{measure.kind}"), (measure.id,), "danger"),
        Button("measure.decline", say("staff-member-decline"), (measure.id,)),
    )
    return Card("\n".join(lines), (buttons,))


def confirmed_card(measure: Measure) -> Card:
    """Return the answer to the second person."""
    back = Button("measure.restore", say("staff-undo"), (measure.id,))
    return Card(f"{say('staff-member-confirmed')}\n{_what(measure)}", ((back,),))


def declined_card(measure: Measure) -> Card:
    """Return the answer to a proposal that is none any more."""
    return Card(f"{say('staff-member-declined')}\n{_what(measure)}")


def found_card(measure: Measure) -> Card:
    """Return what is proposed or stands about somebody, and the button that takes it back."""
    head = say("staff-member-found", state="stands" if measure.stands else "proposed")
    confirm = Button("measure.restore", say("staff-member-restore"), (measure.id,), "main")
    return Card(f"{head}\n{_what(measure)}\n{say(f'staff-member-back-{measure.kind}')}", ((confirm,),))


def restored_card(measure: Measure) -> Card:
    """Return the answer to something taken back."""
    return Card(f"{say('staff-member-restored')}\n{_what(measure)}")


def _what(measure: Measure) -> str:
    until = moment(measure.until, "F") if measure.until is not None else ""
    return say(
        f"staff-member-{measure.kind}", person=person(measure.user_id), group=shown(measure.group.name), until=until
    )


class MeasureCards:
    """What is rendered when it is sent."""

    def __init__(self, servers: Servers) -> None:
        """Ask `servers` whom somebody can turn to."""
        self._servers = servers

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {"signup.second": self._second, "signup.measure": self._news}

    @staticmethod
    async def _second(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        measure = await measure_store.load(reads, str(data["measure"]))
        if measure is None or not measure.proposed or now >= measure.too_late:
            return None
        people = tuple(int(each) for each in data["people"])
        names = " ".join(person(each) for each in people) or "-"
        text = say("staff-second", people=names, lapses=moment(measure.lapses_at, "R"))
        return Card(
            text, ((Button("measure.open", say("staff-member-open"), (measure.id,), "main"), help_button()),), people
        )

    async def _news(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = now
        measure = await measure_store.load(reads, str(data["measure"]))
        if measure is None or (data["news"] == "begun") is not measure.stands:
            return None
        news = measure.kind if measure.stands else f"{measure.kind}-over"
        until = moment(measure.until, "F") if measure.until is not None else ""
        lead = await self._servers.appeal(reads, measure.group.server_id)
        text = say(f"member-{news}", group=shown(measure.group.name), until=until, lead=lead)
        return Card(text, ((help_button(),),))
