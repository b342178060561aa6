"""What /setup shows: the step at hand with its reasons and buttons, what is done, and what is still to come."""

from collections.abc import Mapping, Sequence
from typing import Final

from peerbot.engine.card import MOST_TEXT, Button, Card
from peerbot.engine.texts import say
from peerbot.ops.guide import Guide, Step
from peerbot.servers.cards import known_lines
from peerbot.servers.help import help_button
from peerbot.servers.rules import Server

_ACTIONS: Final[Mapping[str, Sequence[str]]] = {
    "answers": ("setup.form",),
    "channels": ("server.make-channels", "setup.channels"),
    "team": ("setup.person",),
    "reach": ("setup.test",),
    "group": ("setup.group",),
    "practice": ("setup.practice",),
    "drill": ("setup.drill",),
}
"""What can be pressed for a step, at most two: *Look again* stands beside it."""
_OF_LEADS: Final = frozenset({"setup.test", "setup.drill"})
_KEPT_FREE: Final = 500
"""Characters for what stands below the findings."""


def guide_card(guide: Guide, step: Step | None) -> Card:
    """Return how far the server is, with one step to do; None if all are done."""
    if step is None:
        return _all_done(guide)
    server = guide.state.server
    number = [each.name for each in guide.steps].index(step.name) + 1
    lines = [say("setup-begin" if server is None else "setup-goes-on", number=number, all=len(guide.steps))]
    lines.append(say("setup-now", step=say(f"setup-step-{step.name}")))
    lines.append(say(f"setup-do-{step.name}"))
    lines += _amiss(step)
    if (done := [each for each in guide.steps if each.done]) and server is not None:
        lines.append(say("setup-done", steps=_named(done)))
    if to_come := [each for each in guide.steps if not each.done and each is not step]:
        lines.append(say("setup-to-come", steps=_named(to_come)))
    lines += _outside(server)
    return Card("\n".join(lines), _rows(guide, step, more=bool(to_come)))


def _amiss(step: Step) -> Sequence[str]:
    lines: list[str] = []
    for finding in step.amiss:
        line = f"• {say(finding.text, **finding.values)}"
        if sum(map(len, lines)) + len(line) > MOST_TEXT - 3 * _KEPT_FREE:
            return [*lines, say("setup-more")]
        lines.append(line)
    return lines


def _named(steps: Sequence[Step]) -> str:
    return ", ".join(say(f"setup-step-{step.name}") for step in steps)


def _rows(guide: Guide, step: Step, *, more: bool) -> tuple[tuple[Button, ...], ...]:
    actions = [each for each in _ACTIONS.get(step.name, ()) if guide.leads or each not in _OF_LEADS]
    buttons = [Button(action, say(f"setup-press-{action.split('.')[1]}"), look="main") for action in actions]
    if guide.state.server is None:
        return ((*buttons, help_button()),)
    around = [Button("setup.look", say("setup-look-again"), (step.name, "here"))]
    if more:
        around.append(Button("setup.look", say("setup-skip"), (step.name, "on")))
    around.append(Button("setup.form", say("setup-change")))
    return (tuple(buttons), tuple(around)) if buttons else (tuple(around),)


def _all_done(guide: Guide) -> Card:
    lines = [say("setup-all-done"), *known_lines(guide.state), *_outside(guide.state.server)]
    return Card("\n".join(lines), ((Button("setup.form", say("setup-change")), help_button()),))


def _outside(server: Server | None) -> Sequence[str]:
    return (say("setup-no-outside"),) if server is not None and not server.outside else ()
