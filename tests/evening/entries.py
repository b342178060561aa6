"""Every button, menu and form but those of escalation, with who may press it: what a modified client would send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

OWN: Final = "own"
"""It answers by what one has oneself: to whoever has nothing, as if the thing were not there."""
ALL: Final = "all"
"""Everybody is answered, and nobody is refused."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to press: the row of `engine/authority` that decides (or `OWN`, `ALL`), the arguments, and what is sent.

    `fields` are those of a form, `choice` what is chosen from a menu. `once`: there is nothing left for the next one.
    """

    rule: str
    args: str = ""
    choice: str = ""
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    once: bool = False


_WORDS: Final = {"name": "Fresh air", "about": "People who walk", "language": "English", "medium": "text"}
_EVENING: Final[tuple[str, ...]] = ("made_before", "asked_after", "called_off_after", "closing_before", "locked_after")
_TIMES: Final = dict[str, str](zip(_EVENING, ("20", "4", "12", "6", "15"), strict=True))
_RULE: Final = "{group}|3|1800|Europe/London|1|60|2026-12-03|"

ENTRIES: Final[Mapping[str, tuple[Entry, ...]]] = {
    # What only shows.
    "acts.older": (Entry("acts.show", "9999"),),
    "agreement.read": (Entry(ALL),),
    "agreement.accept": (Entry(ALL),),
    "group.find": (Entry(ALL),),
    "group.filter": (Entry(ALL),),
    "group.mine": (Entry(ALL),),
    "group.show": (Entry(ALL, "", "{group}"),),
    "group.join": (Entry(ALL, "{group}"),),
    "group.taste": (Entry(ALL, "{group}"),),
    "missed.others": (Entry(ALL),),
    "my-data.keep": (Entry(ALL),),
    "my-data.choose": (Entry(ALL, "{server}|notes|on"), Entry(ALL, "{server}|writing|on")),
    "group.roster": (Entry("group.roster", "{group}"),),
    "manage.show": (Entry("group.change", "{group}"),),
    "manage.words": (Entry("group.change", "{group}"),),
    "manage.terms": (Entry("group.change", "{group}"),),
    "manage.pause": (Entry("group.change", "{group}"),),
    "manage.end": (Entry("group.change", "{group}"),),
    "manage.end-day": (Entry("group.change", "{group}"),),
    "manage.end-ask": (Entry("group.change", "{group}", fields={"day": "1 March"}),),
    "invite.list": (Entry("group.change", "{group}"),),
    "invite.new": (Entry("group.change", "{group}"),),
    "texts.change": (Entry("texts.change", "{group}"), Entry("texts.change", "server")),
    "room.change": (Entry("room.times", "{group}|evening"),),
    "room.times": (Entry("room.times", "{group}|evening", fields=_TIMES),),
    "seats.list": (Entry("seat.confirm", "0"),),
    "seats.ask-decline": (Entry("seat.confirm", "{waiting}"),),
    "measure.open": (Entry("member.pause-confirm", "{pause}"), Entry("member.end-confirm", "{end}")),
    "setup.look": (Entry("server.setup"),),
    "setup.form": (Entry("server.setup"),),
    "setup.channels": (Entry("server.setup"),),
    "setup.person": (Entry("server.setup"),),
    "setup.group": (Entry("group.create"),),
    "setup.practice": (Entry("practice.meeting"),),
    "setup.drill": (Entry("drill.start"),),
    "server.choose": (Entry("server.change", "", "zone"), Entry("server.setup", "", "channels")),
    # What changes something, and can be done by one after the other.
    "manage.group": (Entry("group.create", "", fields=_WORDS | {"places": "5"}),),
    "manage.words-set": (Entry("group.change", "{other}", fields=_WORDS | {"name": "Winter"}),),
    "manage.terms-ask": (Entry("group.change", "{other}", fields={"kind": "open", "places": "6"}),),
    "manage.terms-set": (Entry("group.change", "{other}|open|7||"),),
    "manage.switch": (Entry("group.change", "{other}|slow|on|yes"),),
    "manage.pause-yes": (Entry("group.change", "{other}"),),
    "manage.resume": (Entry("group.change", "{other}"),),
    "manage.end-yes": (Entry("group.change", "{other}|2027-01-31"),),
    "manage.stay": (Entry("group.change", "{other}"),),
    "invite.make": (Entry("group.change", "{group}", fields={"uses": "", "days": "3"}),),
    "invite.withdraw": (Entry("group.change", "", "{invite}"),),
    "invite.restore": (Entry("group.change", "{invite}"),),
    "facilitator.add": (Entry("facilitator.add", "{other}|{olu}"),),
    "facilitator.remove": (Entry("group.change", "{other}|{olu}"),),
    "facilitator.back": (Entry("facilitator.add", "{other}|{olu}"),),
    "backup.add": (Entry("group.change", "{group}|{finn}"),),
    "backup.sure": (Entry("group.change", "{group}|{finn}"),),
    "backup.remove": (Entry("group.change", "{group}|{finn}"),),
    "texts.write": (Entry("texts.change", "{group}", fields={"line-0": "We begin with a minute of quiet."}),),
    "texts.use": (Entry("texts.change", "{wording}"),),
    "texts.undo": (Entry("texts.change", "{wording}"),),
    "room.set": (Entry("room.times", "{group}|evening|20|4|12|6|15"),),
    "room.keep": (Entry("room.hold", "{meeting}"),),
    "panel.post": (Entry("panel.post", "x"),),
    "seats.turn": (Entry("server.change", "on"),),
    "seats.confirm": (Entry("seat.confirm", "{waiting}|0"),),
    "seats.decline": (Entry("seat.confirm", "{waiting}"),),
    "apart.add": (Entry("keep-apart.change", "{cho}|{olu}"),),
    "apart.remove": (Entry("keep-apart.change", "{cho}|{olu}|"),),
    "server.save": (Entry("server.change", "zone", fields={"value": "London"}),),
    "server.set": (Entry("server.change", "zone|Europe/London"),),
    "server.make-channels": (Entry("server.setup"),),
    "setup.save": (
        Entry(
            "server.setup",
            "",
            fields={"country": "GB", "lead": "{dana}", "second": "{ed}", "channels": "make", "zone": "London"},
        ),
    ),
    "setup.person-add": (Entry("team.change", "", fields={"person": "{mo}", "part": "moderator"}),),
    "setup.practice-begin": (Entry("practice.meeting"),),
    "setup.test": (Entry("oncall.test-others"),),
    "team.give": (Entry("team.change", "{mo}|moderator"),),
    "team.remove": (Entry("team.change", "{olu}|moderator"),),
    "measure.confirm": (Entry("member.pause-confirm", "{pause}"), Entry("member.end-confirm", "{end}")),
    "measure.decline": (Entry("member.pause-confirm", "{pause}"), Entry("member.end-confirm", "{end}")),
    "measure.restore": (Entry("member.restore", "{pause}"),),
    # Who holds the meeting.
    "facilitate.console": (Entry("facilitate.console", "{meeting}"),),
    "facilitate.end": (Entry("facilitate.close", "{meeting}"),),
    "facilitate.which": (Entry("facilitate.remind", "{meeting}"),),
    "facilitate.one": (Entry("facilitate.step-out", "{meeting}"),),
    "facilitate.door": (Entry("facilitate.lock-late", "{meeting}"),),
    "facilitate.cover": (Entry("facilitate.cover", "{meeting}"),),
    "facilitate.list": (Entry("facilitate.list", "{meeting}"),),
    "facilitate.list-change": (Entry("facilitate.list", "{meeting}"),),
    "facilitate.listed": (Entry("facilitate.list", "{meeting}", fields={"who": "{ana}"}),),
    "facilitate.list-right": (Entry("facilitate.list", "{meeting}"),),
    "facilitate.remind": (Entry("facilitate.remind", "{meeting}", "agreement"),),
    "facilitate.pause": (Entry("facilitate.pause", "{meeting}"),),
    "facilitate.go-on": (Entry("facilitate.pause", "{meeting}"),),
    "facilitate.hide": (Entry("facilitate.hide", "{meeting}|1"),),
    "facilitate.hide-say": (Entry("facilitate.hide", "{meeting}"),),
    "facilitate.limit": (Entry("facilitate.step-out", "{meeting}", fields={"who": "{ben}", "what": "out"}),),
    "facilitate.ease": (Entry("facilitate.step-out", "{meeting}|{ben}"),),
    "facilitate.shut": (Entry("facilitate.lock-late", "{meeting}"),),
    "facilitate.door-open": (Entry("facilitate.lock-late", "{meeting}"),),
    "facilitate.extend": (Entry("facilitate.extend", "{meeting}|{ends}"),),
    "facilitate.shorten": (Entry("facilitate.extend", "{meeting}|{ends}"),),
    "facilitate.call": (Entry("facilitate.cover", "{meeting}"),),
    "facilitate.come": (Entry("meeting.take-over", "{meeting}"),),
    "facilitate.close": (Entry("facilitate.close", "{meeting}|no"),),
    "meeting.open": (Entry("meeting.open", "{later}"),),
    "meeting.reduced": (Entry("meeting.open", "{later}"),),
    "meeting.take-over": (Entry("meeting.take-over", "{later}"),),
    "meeting.off": (Entry("meeting.call-off", "{later}"),),
    "meeting.off-yes": (Entry("meeting.call-off", "{later}"),),
    # One's own.
    "meeting.here": (Entry(OWN, "{meeting}"),),
    "meeting.away": (Entry(OWN, "{later}"),),
    "meeting.back": (Entry(OWN, "{later}"),),
    "missed.come": (Entry(OWN, "{group}"),),
    "missed.stop": (Entry(OWN, "{group}"),),
    "missed.again": (Entry(OWN, "{group}"),),
    "agreement.changed": (Entry(OWN, "{group}"),),
    "agreement.agree": (Entry(OWN, "{group}|1.1.0.0"),),
    "agreement.withdraw": (Entry(OWN, "{group}"),),
    "group.leave": (Entry(OWN, "{group}"),),
    "group.leave-list": (Entry(OWN, "{group}"),),
    "offer.accept": (Entry(OWN, "{group}"),),
    "offer.pass": (Entry(OWN, "{group}"),),
    "taster.yes": (Entry(OWN, "{group}"),),
    "taster.no": (Entry(OWN, "{group}"),),
    "group.take": (Entry(OWN, "{group}"),),
    "group.agree": (Entry(ALL, "{group}", fields={"reminders": "no"}),),
    "taster.agree": (Entry(ALL, "{group}", fields={"reminders": "no"}),),
    "group.reminders": (Entry(ALL, "off"),),
    # What is not undone.
    "series.add": (Entry("series.add", _RULE),),
    "series.skip": (Entry("series.change", "{series}|2026-12-08|2026-12-08"),),
    "series.unskip": (Entry("series.change", "{series}|2026-12-08|2026-12-08"),),
    "series.move": (Entry("series.change", "{series}|2026-12-15|1797361200"),),
    "series.pause": (Entry("series.change", "{series}|"),),
    "series.go-on": (Entry("series.change", "{series}"),),
    "series.end": (Entry("series.change", "{series}", once=True),),
    "series.resume": (Entry("series.change", "{series}"),),
    "setup.channel": (Entry("server.setup", "moderators", "{lounge}"),),
    "my-data.delete": (Entry(ALL, "here"),),
}
"""In the order in which those who may press them one after the other."""
