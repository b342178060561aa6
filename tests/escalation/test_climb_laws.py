"""Whatever rota, answer times, failures, stops and answers there are: what the ladder promises holds at each instant.

A concern is walked up its ladder by nothing but the rules: people come on and go off duty, take a page or do not, the
bot is down for a while. What went out, and when, is compared with what was promised.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.escalation import rules
from peerbot.escalation.policy import BOUNDS, Policy
from peerbot.escalation.rules import Duty, Level, Line, Page, Position, Wait

NOW = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
MINUTE, HOUR, TICK = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)
MODERATORS, LEADS, FACILITATORS = (1, 2, 3, 4), (5, 6), (7, 8)
TEAM = (*MODERATORS, *LEADS, *FACILITATORS)
OUTSIDE = 9
Span = tuple[timedelta, timedelta]


@dataclass(frozen=True, slots=True)
class Sent:
    """A page that went out."""

    at: datetime
    people: frozenset[int]
    step: int
    everybody: bool
    """Whether its step says all."""


@dataclass(slots=True)
class Walk:
    """One concern while nobody, or somebody, answers."""

    level: Level
    policy: Policy
    shifts: Sequence[tuple[int, Span]]
    """Who is on duty from when to when, after the concern was raised."""
    raiser: int
    subject: int | None
    in_meeting: bool
    for_leads: bool
    unreachable: frozenset[int]
    """People whom no way reaches."""
    answers: dict[int, timedelta]
    """Who takes it, so long after a page has reached them."""
    down: Sequence[Span]
    """When the bot is not running."""
    nights: frozenset[int] = frozenset()
    """Who of the moderators chose to be asked when nobody is on duty."""
    away: Sequence[tuple[int, Span]] = ()
    """Who is away from when to when, whatever the rota says; leads too."""
    pages: list[Sent] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    told_at: datetime | None = None
    taken_at: datetime | None = None

    def duty(self, at: datetime) -> Duty:
        """Return who can be asked at an instant, as the service puts it together."""
        on_call = {user for user, (begins, ends) in self.shifts if NOW + begins <= at < NOW + ends}
        facilitators = frozenset(FACILITATORS if self.in_meeting else ())
        away = frozenset(user for user, (begins, ends) in self.away if NOW + begins <= at < NOW + ends)
        concerned = frozenset({self.raiser, self.subject})

        def there(people: tuple[int, ...]) -> frozenset[int]:
            return rules.never_empty(frozenset(people) - concerned, away) | (frozenset(people) & concerned)

        coming = [NOW + begins for _, (begins, _) in self.shifts if NOW + begins > at]
        return rules.duty(
            {
                Line.ON_CALL: frozenset(on_call) - away,
                Line.FACILITATORS: facilitators,
                Line.LEADS: there(LEADS),
                Line.NIGHTS: self.nights - away,
                Line.EVERYBODY: there((*MODERATORS, *LEADS)) | there(LEADS) | facilitators,
            },
            raiser=self.raiser,
            subject=self.subject,
            next_shift=min(coming, default=None),
        )

    def up(self, at: datetime) -> datetime:
        """Return when the bot first runs from an instant on."""
        for begins, ends in sorted(self.down):
            if NOW + begins <= at < NOW + ends:
                at = NOW + ends
        return at

    def run(self, until: datetime) -> "Walk":
        """Do what is due, in order, until an instant; what is overdue goes first when the bot is up again."""
        position = Position(self.level, NOW, 0, self.in_meeting, self.for_leads, self.policy)
        step_at, nobody_at = NOW, NOW + position.ladder.nobody_after
        while self.taken_at is None:
            due = min(step_at, nobody_at) if self.told_at is None else step_at
            at = self.up(due)
            taken = self._taken_before(at)
            if taken is not None or at > until:
                self.taken_at = taken if taken is not None and taken <= until else None
                return self
            if self.told_at is None and nobody_at <= step_at:
                self.told_at = at
                if position.at_the_end:
                    continue
                action: Page | Wait = rules.after_the_ladder(position, self.duty(at), at)
            else:
                action = rules.next_action(position, self.duty(at), at)
            if isinstance(action, Wait):
                self.waits.append(action)
                step_at = action.until
                continue
            steps = position.ladder.steps
            lines = steps[action.step].lines if action.step < len(steps) else (Line.EVERYBODY,)
            self.pages.append(Sent(at, action.people, action.step, Line.EVERYBODY in lines or action.unanswered))
            position = Position(self.level, NOW, action.next_step, self.in_meeting, self.for_leads, self.policy)
            step_at = action.next_at
            if action.people <= self.unreachable and not position.at_the_end:
                step_at = at + rules.REACHED_WITHIN
        return self

    def _taken_before(self, at: datetime) -> datetime | None:
        """Return when somebody took it, if that was before an instant; a press counts while the bot runs."""
        pressed = [
            self.up(page.at + self.answers[user])
            for page in self.pages
            for user in page.people - self.unreachable
            if user in self.answers
        ]
        return min((each for each in pressed if each < at), default=None)


def spans(longest: int) -> st.SearchStrategy[Span]:
    """Return spans of minutes within the walk."""
    return st.tuples(st.integers(-600, 2400), st.integers(1, longest)).map(
        lambda pair: (pair[0] * MINUTE, (pair[0] + pair[1]) * MINUTE)
    )


def times(name: str) -> st.SearchStrategy[timedelta]:
    bounds = BOUNDS[name]
    return st.integers(bounds.least // bounds.unit, bounds.most // bounds.unit).map(lambda n: n * bounds.unit)


policies = st.builds(Policy, **{name: times(name) for name in BOUNDS}).filter(lambda policy: not policy.too_soon)
minutes = st.integers(0, 3000).map(lambda n: n * MINUTE / 4)
walks = st.builds(
    Walk,
    level=st.sampled_from(Level),
    policy=st.just(Policy()) | policies,
    shifts=st.lists(st.tuples(st.sampled_from((*MODERATORS, *LEADS)), spans(1440)), max_size=5),
    raiser=st.sampled_from((OUTSIDE, *TEAM)),
    subject=st.none() | st.sampled_from(TEAM),
    in_meeting=st.booleans(),
    for_leads=st.booleans(),
    unreachable=st.frozensets(st.sampled_from(TEAM), max_size=8),
    answers=st.dictionaries(st.sampled_from(TEAM), minutes, max_size=2),
    down=st.lists(spans(300), max_size=2),
    nights=st.frozensets(st.sampled_from(MODERATORS), max_size=3),
    away=st.lists(st.tuples(st.sampled_from((*MODERATORS, *LEADS)), spans(1440)), max_size=4),
)
UNTIL = NOW + 50 * HOUR


@settings(max_examples=1500)
@given(walks)
def test_a_concern_is_taken_or_its_raiser_told_in_time_and_nobody_is_asked_who_should_not_be(walk: Walk) -> None:
    climbed(walk)


@pytest.mark.deep
@settings(max_examples=5000)
@given(walks)
def test_of_thousands_of_concerns_none_is_left_without_an_answer_or_a_word(walk: Walk) -> None:
    climbed(walk)


def climbed(walk: Walk) -> None:
    walk.run(UNTIL)
    told_due = (
        NOW + rules.ladder(walk.level, walk.policy, in_meeting=walk.in_meeting, for_leads=walk.for_leads).nobody_after
    )
    in_time = walk.up(told_due)
    assert (walk.taken_at is not None and walk.taken_at <= in_time) or walk.told_at == in_time
    _goes_on(walk)
    _asks_whom_it_may(walk)
    _begins_at_once(walk)


def _goes_on(walk: Walk) -> None:
    """Nothing goes out once it is taken; until then, never an hour without a page once it is unanswered."""
    if walk.taken_at is not None:
        assert all(page.at <= walk.taken_at for page in walk.pages)
    steps = [page.step for page in walk.pages]
    assert steps == sorted(set(steps)), "a step was taken twice"
    if walk.told_at is None:
        return
    ends = walk.taken_at or UNTIL
    instants = [walk.told_at, *(page.at for page in walk.pages if page.at > walk.told_at)]
    for earlier, later in zip(instants, [*instants[1:], ends], strict=True):
        assert later <= walk.up(earlier + rules.UNANSWERED_LATER)


def _asks_whom_it_may(walk: Walk) -> None:
    """Off duty are asked only leads and deputies, or whoever there is where the level says all."""
    for page in walk.pages:
        assert not page.people & {walk.raiser, walk.subject}
        duty = walk.duty(page.at)
        on_duty = duty.of((Line.ON_CALL, Line.FACILITATORS, Line.LEADS))
        if not duty.is_covered and walk.level is not Level.CHECK_IN:
            on_duty |= duty.of((Line.NIGHTS,))
        assert page.everybody or page.people <= on_duty
        gone = {user for user, (begins, ends) in walk.away if NOW + begins <= page.at < NOW + ends}
        # Were all of a line away, it would be nobody's: then, and only then, it is asked all the same.
        concerned = {walk.raiser, walk.subject}
        lines = (set(LEADS), {*MODERATORS, *LEADS})
        assert page.people & gone <= set().union(*(line for line in lines if line - concerned <= gone))


def _begins_at_once(walk: Walk) -> None:
    """The first line with somebody on it is asked at once; only a check-in outside a meeting waits, a day at most."""
    first = walk.up(NOW)
    if walk.taken_at is not None and walk.taken_at < first:
        return
    if not walk.waits:
        assert walk.pages[0].at == first
    else:
        assert walk.level is Level.CHECK_IN
        assert not walk.in_meeting
        assert all(wait.until <= NOW + rules.LONGEST_WAIT_FOR_A_SHIFT for wait in walk.waits)
    can_be_asked = walk.duty(first).of((Line.ON_CALL, Line.FACILITATORS, Line.LEADS)) - walk.unreachable
    if walk.level is not Level.CHECK_IN and can_be_asked:
        # A line that no way reaches costs ten seconds, not its time.
        soon = first + 3 * (rules.REACHED_WITHIN + TICK)
        reached = [page.at for page in walk.pages if page.people - walk.unreachable]
        assert reached
        assert walk.up(min(reached)) <= max(soon, walk.up(soon))
