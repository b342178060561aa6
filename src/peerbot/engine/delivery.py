"""What to do after an attempt: pure decisions, tested as a table.

Unknown outcome (time-out, 5xx, crash): look before doing it again. In the concern lane look for two seconds, then
send again, marked as a possible repeat: a page may come twice, it may not be lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine.outbox import Lane, Leased


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is done. Ids of what came to be, where there are any."""

    channel_id: int | None = None
    message_id: int | None = None
    people: tuple[int, ...] = ()
    """Where people were looked for: those who are gone."""
    there: tuple[int, ...] = ()
    """Where people were looked for: those who were found. Of who is in neither, nothing is known."""
    joined: tuple[tuple[int, datetime], ...] = ()
    """Where people were looked for: who is there, and since when, as far as Discord says (UTC)."""
    named: tuple[int, ...] = ()
    """Whom a message that others read too names."""


@dataclass(frozen=True, slots=True)
class NotWanted:
    """Rendering found that nobody needs it any more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Discord said no, and would say so again. `code` is Discord's (50007: this person takes no direct messages)."""

    code: int


@dataclass(frozen=True, slots=True)
class Busy:
    """Discord said later."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether it happened. `safe` effects may simply be done again."""

    safe: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """It was looked for and is not there."""


SEEN: Final = -1
"""In place of Discord's code: somebody from whom it is hidden would see it."""

Outcome = Delivered | NotWanted | Refused | Busy | Unknown | Absent


@dataclass(frozen=True, slots=True)
class Finish:
    """Record the end: `done`, `failed` or `dropped`."""

    state: str
    reason: str = ""

    @property
    def seen(self) -> bool:
        """Whether nothing was sent, because somebody would see it from whom it is hidden."""
        return self.reason == str(SEEN)


@dataclass(frozen=True, slots=True)
class Again:
    """Do it again from `at` on; with `look`, look first."""

    at: datetime
    look: bool = False
    tried: bool = True
    """False if this attempt reached nobody, so that the next one is no repeat."""


Decision = Finish | Again

LOOK_FOR: Final = timedelta(seconds=2)
"""How long a concern's message is looked for before it is sent again."""
_SLOWEST: Final = timedelta(minutes=5)
_NEVER_GIVEN_UP: Final = frozenset({"channel.delete", "channel.person", "channel.everyone"})
"""A deletion, and who may see and write, are promises: tried until they are done, whatever Discord answers."""
TOLD_FROM: Final = 3
"""The attempt from which on a promise that Discord refuses is told: what passes by itself is over by then."""
UNKNOWN_CHANNEL: Final = 10003
"""Discord's code for a channel that is not there any more."""
_NOBODY_LEFT: Final = frozenset({UNKNOWN_CHANNEL, 10004, 10007, 10013})
"""Unless the channel, the server or the person is gone: then there is nothing left to promise."""


def pause(lane: Lane, attempts: int) -> timedelta:
    """Return how long to wait before the next attempt: doubling from one second, capped by lane."""
    cap = LOOK_FOR if lane is Lane.CONCERN else _SLOWEST
    return min(timedelta(seconds=2 ** min(max(attempts - 1, 0), 12)), cap)


def too_late(intent: Leased, now: datetime) -> bool:
    """Return whether an intent has lost its meaning: a late reminder is dropped, a late deletion never is.

    One in doubt is looked for first: a room that may have been made must be found, or nobody will ever delete it.
    """
    return intent.not_after is not None and now >= intent.not_after and not intent.look


def decide(intent: Leased, outcome: Outcome, now: datetime) -> Decision:
    """Return what follows from `outcome`, the result of one attempt or one look at `intent`."""
    match outcome:
        case Delivered():
            return Finish("done")
        case NotWanted():
            return Finish("dropped", "not wanted")
        case Busy(seconds):
            wait = timedelta(seconds=max(seconds, 1))
            at = now + (min(wait, LOOK_FOR) if intent.lane is Lane.CONCERN else wait)
            return Again(at, look=intent.look, tried=False)
        case Absent():
            return _search_on(intent, now)
        case Refused() | Unknown() if intent.look and intent.lane is Lane.CONCERN:
            # Whatever keeps us from looking does not hold a concern up.
            return _search_on(intent, now)
        case Refused() | Unknown() if intent.look and (intent.kind == "place.make" or isinstance(outcome, Unknown)):
            # A channel may be there: given up, it would be made once more, and the first never deleted.
            return Again(now + pause(intent.lane, intent.attempts + intent.looks), look=True)
        case Refused(code) if intent.kind not in _NEVER_GIVEN_UP or (
            code in _NOBODY_LEFT and intent.kind != "channel.delete"
        ):
            return Finish("failed", str(code))
        case Refused():
            # A promise. Not hurried in the concern lane either: Discord would say the same, and counts what it refuses.
            return Again(now + pause(Lane.CLOSING, intent.attempts))
        case Unknown(safe=True):
            return Again(now + pause(intent.lane, intent.attempts))
        case Unknown():
            return Again(now, look=True)


def _search_on(intent: Leased, now: datetime) -> Again:
    # Discord may show a message a moment after it took it, so one look is not enough.
    if intent.looks == 0:
        return Again(now + LOOK_FOR, look=True)
    return Again(now if intent.lane is Lane.CONCERN else now + pause(intent.lane, intent.attempts))
