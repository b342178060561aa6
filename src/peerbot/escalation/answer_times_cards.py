"""What is seen of a server's answer times: each number, and what it means in words."""

from peerbot.engine.card import Button, Card, Form, TextPart
from peerbot.engine.texts import say
from peerbot.escalation.answer_times import AnswersChange, in_units, label, names_of, spoken
from peerbot.escalation.policy import BOUNDS, Policy
from peerbot.escalation.rules import Level

_MOST_DIGITS = 4


def answers_card(policy: Policy) -> Card:
    """Return the answer times with their bounds, and a button for each level's form."""
    lines = [say("staff-answers"), say("staff-answers-counted")]
    for level in Level:
        lines.append(say("staff-answers-level", level=say(f"level-{level.word}")))
        lines += [f"- {line(name, policy)} {_limits(name)}" for name in names_of(level.word)]
    buttons = tuple(
        Button("answers.change", say(f"staff-answers-change-{level.word}"), (level.word,)) for level in Level
    )
    return Card("\n".join(lines), (buttons,))


def answers_form(level: str, policy: Policy) -> Form:
    """Return the form for one level, filled in with what holds now.

    Raises:
        OldButton: if there is no such level.
    """
    parts = tuple(_part(name, policy) for name in names_of(level))
    return Form("answers.times", say(f"staff-answers-change-{level}"), parts, (level,))


def _part(name: str, policy: Policy) -> TextPart:
    bounds = BOUNDS[name]
    limits = {"least": in_units(name, bounds.least), "most": in_units(name, bounds.most)}
    unit = "minutes" if bounds.unit == BOUNDS["urgent_leads"].unit else "hours"
    hint = say(f"staff-answers-hint-{unit}", **limits)
    return TextPart(name, label(name), hint, value=str(in_units(name, policy[name])), most=_MOST_DIGITS)


def check_card(change: AnswersChange) -> Card:
    """Return what a change would touch, in words, and the button that does it."""
    if change.was == change.now:
        return Card(say("staff-answers-same"))
    changed = [name for name in names_of(change.level.word) if change.was[name] != change.now[name]]
    told = [
        say("staff-answers-line-was", line=line(name, change.now), was=spoken(name, change.was[name]))
        for name in changed
    ]
    head = say("staff-answers-check", people=change.people)
    lines = (head, *(f"- {each}" for each in told), say("staff-answers-open"), say("staff-answers-told"))
    confirm = Button("answers.set", say("staff-answers-confirm"), _args(change, change.now), "main")
    return Card("\n".join(lines), ((confirm,),))


def set_card(change: AnswersChange) -> Card:
    """Return the answer to times that were set, with the way back."""
    if change.was == change.now:
        return Card(say("staff-answers-same"))
    lines = (say("staff-answers-set"), *_lines(change.level.word, change.now), say("staff-answers-open"))
    undo = Button("answers.set", say("staff-undo"), _args(change, change.was))
    return Card("\n".join(lines), ((undo,),))


def news_card(level: str, policy: Policy) -> Card:
    """Return what the team reads of times that were changed."""
    head = say("staff-answers-news", level=say(f"level-{level}"))
    return Card("\n".join((head, *_lines(level, policy), say("staff-answers-open"))))


def line(name: str, policy: Policy) -> str:
    """Return what one of the times means, in words."""
    return say(f"staff-answers-line-{name.replace('_', '-')}", time=spoken(name, policy[name]))


def _lines(level: str, policy: Policy) -> list[str]:
    return [f"- {line(name, policy)}" for name in names_of(level)]


def _limits(name: str) -> str:
    bounds = BOUNDS[name]
    return say("staff-answers-from-to", least=in_units(name, bounds.least), most=spoken(name, bounds.most))


def _args(change: AnswersChange, policy: Policy) -> tuple[str, ...]:
    level = change.level.word
    return level, *(str(in_units(name, policy[name])) for name in names_of(level))
