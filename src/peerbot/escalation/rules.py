"""The rules of escalation: how fast, to whom, and what when nobody answers.

Levels say how fast *we* answer (domain.md §0.5, §4.2). A ladder is a list of steps; each pages one line. A line with
nobody on it is skipped at once. After its last step a concern is *unanswered*, and pages go on until a human takes it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from peerbot.escalation.policy import EMERGENCY_ROUNDS, LEAD_AFTER, LEAST_BETWEEN, USUAL, Policy

MOST_MENTIONED: Final = 40
"""People a page in a channel mentions: forty mentions and the page itself stay under Discord's 2,000 characters."""


class Level(IntEnum):
    """How fast the team answers."""

    CHECK_IN = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def word(self) -> str:
        """The level's word, as texts and rows have it."""
        return self.name.lower()


def level_of(word: str) -> Level:
    """Return the level a word names; urgent for a word that names none: whoever asked for somebody is heard."""
    return Level.__members__.get(word.upper(), Level.URGENT)


class Line(StrEnum):
    """A group of people who are paged together."""

    FACILITATORS = "facilitators"
    """Of the meeting going on, in a meeting; nobody otherwise."""
    ON_CALL = "on_call"
    LEADS = "leads"
    """Leads and deputies, at all hours unless away."""
    NIGHTS = "nights"
    """Who chose to be asked when nobody is on the rota."""
    EVERYBODY = "everybody"
    """All of these, and every moderator."""


class State(StrEnum):
    """Where a concern is."""

    OPEN = "open"
    UNANSWERED = "unanswered"
    TAKEN = "taken"
    IN_HAND = "in_hand"
    CLOSED = "closed"


WAITING: Final = frozenset({State.OPEN, State.UNANSWERED})
"""States in which nobody has it yet."""


class Reach(StrEnum):
    """What is true of the team at the moment a concern is passed on: said at once to who raised it."""

    ON_DUTY = "on_duty"
    UNPROVEN = "unproven"
    """Somebody is on duty and asked, but nothing has shown of late that a page reaches them: nothing is promised."""
    OFF_DUTY = "off_duty"
    """Nobody of the rota can be asked; others are, or it waits for the next shift."""
    NOBODY = "nobody"
    """Nobody at all can be asked."""
    NO_LINE = "no_line"
    """It is about somebody of the team, and that person is on every line there is."""


@dataclass(frozen=True, slots=True)
class Step:
    """Page these lines, `after` the ladder began."""

    after: timedelta
    lines: tuple[Line, ...]
    waits_for_cover: bool = False
    """With nobody on these lines, wait for the next shift."""
    without_cover: tuple[Line, ...] = ()
    """The lines paged as well with nobody on the rota whom a page is known to reach."""

    def pages(self, duty: "Duty") -> tuple[Line, ...]:
        """Return the lines it pages now."""
        return (*self.lines, *self.without_cover) if not duty.is_covered else self.lines


@dataclass(frozen=True, slots=True)
class Ladder:
    """What happens at one level while nobody answers."""

    steps: tuple[Step, ...]
    nobody_after: timedelta
    """When the raiser is told that nobody has answered."""


_FIRST: Final = (Line.ON_CALL, Line.FACILITATORS)

LONGEST_WAIT_FOR_A_SHIFT: Final = timedelta(hours=24)
UNANSWERED_OFTEN: Final = timedelta(minutes=10)
UNANSWERED_LATER: Final = timedelta(hours=1)
PAGED_AGAIN_AFTER: Final = timedelta(minutes=1)
"""Presses within a minute of a page are told by that page: fifty presses are fifty answers, not fifty pages."""
REACHED_WITHIN: Final = timedelta(seconds=10)
"""A page that has not arrived by then counts as unanswered: a call takes a second, looking for a lost one two."""


def ladder(level: Level, policy: Policy = USUAL, *, in_meeting: bool, for_leads: bool = False) -> Ladder:
    """Return the ladder of a level: who is asked, at the times of `policy`.

    `for_leads`: somebody may be under 18, so the lead is the first line.
    """
    now = timedelta()
    match level:
        case Level.CHECK_IN if in_meeting:
            first = policy.check_in_meeting
            steps = (Step(now, (Line.FACILITATORS,)), Step(first, _FIRST), Step(LEAD_AFTER * first, (Line.LEADS,)))
            return Ladder(steps, policy.check_in_told)
        case Level.CHECK_IN:
            first, on_call = policy.check_in_first, (Line.ON_CALL,)
            waiting = Step(now, on_call, waits_for_cover=True)
            return Ladder(
                (waiting, Step(first, on_call), Step(LEAD_AFTER * first, (Line.LEADS,))), policy.check_in_told
            )
        case Level.URGENT if for_leads:
            steps = (Step(now, (Line.LEADS,)), Step(policy.urgent_leads, (Line.EVERYBODY,)))
            return Ladder(steps, policy.urgent_told)
        case Level.URGENT:
            steps = (
                Step(now, _FIRST, without_cover=(Line.FACILITATORS, Line.LEADS)),
                # The leads once more: somebody may have gone off duty meanwhile, and nobody have asked them yet.
                Step(policy.urgent_leads, (Line.LEADS,), without_cover=(Line.LEADS, Line.NIGHTS)),
                Step(policy.urgent_everybody, (Line.EVERYBODY,)),
            )
            return Ladder(steps, policy.urgent_told)
        case Level.EMERGENCY:
            rounds = range(EMERGENCY_ROUNDS + 1)
            steps = tuple(Step(number * policy.emergency_again, (Line.EVERYBODY,)) for number in rounds)
            return Ladder(steps, policy.emergency_told)


def acted_within(level: Level, policy: Policy) -> timedelta:
    """Return after how long without an action who has a concern is asked again: acknowledged is not handled."""
    return policy[f"{level.word}_acted"]


@dataclass(frozen=True, slots=True)
class Duty:
    """Who can be paged now, by line, and when the next shift begins. Raiser and subject are left out already."""

    people: Mapping[Line, frozenset[int]]
    next_shift: datetime | None = None
    about_staff: bool = False
    """Whether a line was left out because the person it is about is on it."""
    reached: frozenset[int] | None = None
    """Of those on duty, whom a page is known to reach; None for all of them."""

    @property
    def is_covered(self) -> bool:
        """Whether somebody is on duty whom a page is known to reach."""
        on_call = self.of((Line.ON_CALL,))
        return bool(on_call if self.reached is None else on_call & self.reached)

    def of(self, lines: tuple[Line, ...]) -> frozenset[int]:
        """Return everybody on these lines."""
        return frozenset[int]().union(*(self.people.get(line, frozenset()) for line in lines))

    @property
    def reach(self) -> Reach:
        """What can be said of the team."""
        if not self.of(tuple(Line)):
            return Reach.NO_LINE if self.about_staff else Reach.NOBODY
        if self.is_covered:
            return Reach.ON_DUTY
        return Reach.UNPROVEN if self.of((Line.ON_CALL,)) else Reach.OFF_DUTY


def duty(
    on: Mapping[Line, frozenset[int]],
    *,
    raiser: int | None,
    subject: int | None,
    next_shift: datetime | None,
    reached: frozenset[int] | None = None,
) -> Duty:
    """Return the lines without the raiser, and without every line the subject of the concern is on.

    A concern about staff skips each line that person is on: colleagues are not asked to judge one another alone.
    EVERYBODY is then what the other lines leave.
    """
    left = {
        line: people - {raiser} if raiser is not None else people
        for line, people in on.items()
        if line is not Line.EVERYBODY and (subject is None or subject not in people)
    }
    everybody = on.get(Line.EVERYBODY, frozenset())
    if subject is not None and subject in everybody:
        everybody = frozenset[int]().union(*left.values())
    everybody -= {raiser} if raiser is not None else frozenset()
    about_staff = subject is not None and any(subject in people for people in on.values())
    return Duty({**left, Line.EVERYBODY: everybody}, next_shift, about_staff, reached)


@dataclass(frozen=True, slots=True)
class Position:
    """How far up its ladder a concern is."""

    level: Level
    raised_at: datetime
    """When the present level was asked for."""
    step: int
    """The step to take next; past the ladder's end the concern is unanswered."""
    in_meeting: bool
    for_leads: bool = False
    policy: Policy = USUAL
    """The answer times that held when it was asked for."""

    @property
    def ladder(self) -> Ladder:
        """The ladder it climbs."""
        return ladder(self.level, self.policy, in_meeting=self.in_meeting, for_leads=self.for_leads)

    @property
    def told_at(self) -> datetime:
        """When the raiser is told that nobody has answered."""
        return self.raised_at + self.ladder.nobody_after

    @property
    def at_the_end(self) -> bool:
        """Whether every line of the ladder has been paged."""
        return self.step >= len(self.ladder.steps)


@dataclass(frozen=True, slots=True)
class Page:
    """Page these people now; take step `next_step` at `next_at`. `unanswered`: the ladder has ended."""

    step: int
    people: frozenset[int]
    next_step: int
    next_at: datetime
    unanswered: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Nobody is on duty and this can wait for a shift."""

    until: datetime


def next_action(position: Position, duty: Duty, now: datetime) -> Page | Wait:
    """Return what to do now that a step is due.

    The first line with somebody on it is paged; empty ones are skipped at once. When no line is left the page goes to
    nobody (`people` is empty), the concern is unanswered, and the attempt is repeated for whoever comes on duty.
    The time to the next step counts from now: a late step does not shorten the answer time of the people it pages.
    """
    steps = position.ladder.steps
    for number in range(position.step, len(steps)):
        people = duty.of(steps[number].pages(duty))
        if people:
            following, gap = _following(position, number, now)
            return Page(number, people, following, now + gap, unanswered=False)
        if steps[number].waits_for_cover and number == position.step:
            # Whoever is asked then still has as long as a first line, before the raiser is told.
            left = position.ladder.nobody_after - answers_within(position)
            latest = position.raised_at + min(left, LONGEST_WAIT_FOR_A_SHIFT)
            until = min(duty.next_shift or latest, latest)
            if until > now:
                return Wait(until)
    return after_the_ladder(position, duty, now)


def _following(position: Position, number: int, now: datetime) -> tuple[int, timedelta]:
    """Return the step after one that is taken now, and how long until then."""
    steps = position.ladder.steps
    if number + 1 >= len(steps):
        return number + 1, _last_gap(position, now)
    if steps[number].waits_for_cover and now + steps[-1].after - steps[number].after >= position.told_at:
        # It has waited for a shift: asked once, or the lead would hear only when its raiser is told that nobody has it.
        half = max((position.told_at - now) / 2, UNANSWERED_OFTEN)
        return len(steps) - 1, min(answers_within(position), half)
    return number + 1, steps[number + 1].after - steps[number].after


def passed_on_at(position: Position, duty: Duty, silent: frozenset[int]) -> int:
    """Return the step at which a concern goes on whose holder does nothing: the first that asks anybody else.

    No shift is waited for: somebody was promised an answer already. 0 where there is nobody else.
    """
    steps = position.ladder.steps
    asks = (number for number, step in enumerate(steps) if duty.of(step.pages(duty)) - silent)
    return next(asks, 0)


def after_the_ladder(position: Position, duty: Duty, now: datetime) -> Page:
    """Return the next page to everybody: every ten minutes for an hour, then hourly, without an end."""
    steps = position.ladder.steps
    step = max(position.step, len(steps))
    rounds = step - len(steps)
    gap = UNANSWERED_OFTEN if rounds < UNANSWERED_LATER // UNANSWERED_OFTEN else UNANSWERED_LATER
    return Page(step, duty.of((Line.EVERYBODY, Line.LEADS)), step + 1, now + gap, unanswered=True)


def asked_so_far(position: Position, duty: Duty) -> frozenset[int]:
    """Return the people now on the lines that were paged: who hears that somebody has pressed again."""
    if position.step > len(position.ladder.steps):
        return duty.of((Line.EVERYBODY, Line.LEADS))
    return duty.of(tuple(line for step in position.ladder.steps[: position.step] for line in step.pages(duty)))


def never_empty(people: frozenset[int], away: frozenset[int]) -> frozenset[int]:
    """Return who of a line is not away. Were all of them away, nobody would be: that line has somebody at all hours."""
    return people - away or people


def in_one_message(people: Collection[int]) -> Sequence[tuple[int, ...]]:
    """Return the people of a page in lots small enough for one message each to mention them, in a stable order."""
    some = sorted(people)
    return [tuple(some[start : start + MOST_MENTIONED]) for start in range(0, len(some), MOST_MENTIONED)]


def answers_within(position: Position) -> timedelta:
    """Return how long the people of the first line have to answer a page."""
    return position.ladder.steps[1].after


def _last_gap(position: Position, now: datetime) -> timedelta:
    """Return how long the last line has: until the raiser is told, ten minutes at most in urgent and emergency.

    If that line was asked late, pages go on from the moment at which the raiser is told all the same.
    """
    left = position.ladder.nobody_after - position.ladder.steps[-1].after
    if position.level is Level.CHECK_IN:
        return min(left, max(position.raised_at + position.ladder.nobody_after - now, UNANSWERED_OFTEN))
    return min(max(left, LEAST_BETWEEN), UNANSWERED_OFTEN)


def needs_two_to_close(level: Level) -> bool:
    """Return whether closing needs a second person."""
    return level is not Level.CHECK_IN
