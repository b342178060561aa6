"""Who may do what: one table, read by the check, the printed docs and the matrix test.

A use case loads the person's parts inside its own transaction and asks here. Buttons and commands never decide.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from peerbot.engine.errors import NotAllowed


class Part(StrEnum):
    """What a person is, in a server or in one group, at this moment."""

    EVERYBODY = "everybody"
    MEMBER = "member"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    MODERATOR = "moderator"
    DEPUTY = "deputy"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"
    OWNER = "owner"


_COORDINATES = frozenset({Part.COORDINATOR, Part.ADMINISTRATOR})
_SAFEGUARDS = frozenset({Part.MODERATOR, Part.DEPUTY, Part.LEAD})
_LEADS = frozenset({Part.DEPUTY, Part.LEAD})
_FACILITATES = (
    *("console", "close", "extend", "lock-late", "remind", "pause", "step-out", "quiet", "hide"),
    *("cover", "sos", "list"),
)
"""What those who hold a meeting do in it: its facilitators, and who took it over."""

TABLE: Mapping[str, frozenset[Part]] = {
    # Everybody, everywhere. Listed so that the matrix test walks them too.
    "help.ask": frozenset({Part.EVERYBODY}),
    "concern.raise": frozenset({Part.EVERYBODY}),
    "group.find": frozenset({Part.EVERYBODY}),
    "group.join": frozenset({Part.EVERYBODY}),
    "group.leave": frozenset({Part.EVERYBODY}),
    "group.mine": frozenset({Part.EVERYBODY}),
    "meeting.next": frozenset({Part.EVERYBODY}),
    "meeting.coming": frozenset({Part.EVERYBODY}),
    "meeting.calendar": frozenset({Part.EVERYBODY}),
    "agreement.read": frozenset({Part.EVERYBODY}),
    "my-data.show": frozenset({Part.EVERYBODY}),
    "my-data.delete": frozenset({Part.EVERYBODY}),
    "oncall.now": frozenset({Part.EVERYBODY}),
    "agreement.accept": frozenset({Part.MEMBER}),
    # Running a meeting.
    "meeting.away": frozenset({Part.MEMBER, Part.FACILITATOR}),
    "meeting.here": frozenset({Part.MEMBER, Part.FACILITATOR}),
    "meeting.open": frozenset({Part.FACILITATOR}),
    "meeting.call-off": frozenset({Part.FACILITATOR}),
    "meeting.take-over": frozenset({Part.FACILITATOR}),
    "missed.answer": frozenset({Part.MEMBER}),
    **{f"facilitate.{what}": frozenset({Part.FACILITATOR}) for what in _FACILITATES},
    # Setting up.
    "server.setup": frozenset({Part.ADMINISTRATOR}),
    "server.change": _COORDINATES,
    "server.doctor": frozenset({Part.ADMINISTRATOR, Part.LEAD}),
    "team.show": _COORDINATES | {Part.LEAD},
    "team.change": frozenset({Part.ADMINISTRATOR, Part.LEAD}),
    "acts.show": frozenset({Part.LEAD, Part.OWNER}),
    "answer-times.change": frozenset({Part.ADMINISTRATOR, Part.LEAD}),
    "group.create": _COORDINATES,
    "group.change": _COORDINATES,
    "group.roster": _COORDINATES | {Part.FACILITATOR},
    "facilitator.add": _COORDINATES,
    "panel.post": _COORDINATES,
    # Two different people: a coordinator proposes, and one of these confirms.
    "member.pause": _COORDINATES,
    "member.pause-confirm": _COORDINATES | {Part.LEAD, Part.DEPUTY},
    "member.end": _COORDINATES,
    "member.end-confirm": _SAFEGUARDS,
    "member.decide": _COORDINATES | _SAFEGUARDS,
    "member.restore": _COORDINATES,
    "seat.confirm": _COORDINATES,
    "keep-apart.change": _COORDINATES,
    "texts.change": _COORDINATES,
    "series.add": _COORDINATES,
    "practice.meeting": _COORDINATES,
    "series.change": _COORDINATES,
    "room.times": _COORDINATES,
    # Safeguarding.
    "oncall.cover": _SAFEGUARDS,
    "oncall.test": _SAFEGUARDS | {Part.FACILITATOR},
    "oncall.test-others": _LEADS,
    "oncall.rota": _SAFEGUARDS | {Part.COORDINATOR},
    "oncall.gaps": _SAFEGUARDS | {Part.COORDINATOR},
    "oncall.rota-change": _LEADS,
    "oncall.off": _SAFEGUARDS,
    "oncall.off-other": _LEADS,
    "oncall.swap": _SAFEGUARDS,
    "oncall.nights": _SAFEGUARDS,
    "concern.take": _SAFEGUARDS | {Part.FACILITATOR},
    "concern.open": _SAFEGUARDS | {Part.FACILITATOR},
    "room.hold": _SAFEGUARDS,
    "drill.start": frozenset({Part.LEAD, Part.DEPUTY}),
    "drill.show": _SAFEGUARDS,
    "postvention": frozenset({Part.LEAD, Part.DEPUTY}),
    **{
        f"concern.{what}": _SAFEGUARDS | {Part.FACILITATOR}
        for what in ("act", "agree", "hand-over", "level", "look-in")
    },
    "concern.block": frozenset({Part.DEPUTY, Part.LEAD}),
    "concern.close": _SAFEGUARDS | {Part.FACILITATOR},
}


def allowed(action: str, parts: Collection[Part]) -> bool:
    """Return whether a person with these parts may do `action`.

    Raises:
        KeyError: for an action the table does not name, so that nothing is allowed by forgetting it.
    """
    may = TABLE[action]
    return Part.EVERYBODY in may or not may.isdisjoint(parts)


def require(action: str, parts: Collection[Part]) -> None:
    """Do nothing if the person may do `action`.

    Raises:
        NotAllowed: if not.
    """
    if not allowed(action, parts):
        raise NotAllowed
