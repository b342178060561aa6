"""The authority table at every command and at every search: typed by everybody there is, as a modified client could.

Who is banned has no commands in a server; what they can press is in test_every_entry.py.
"""

from collections.abc import Mapping
from typing import Final

import pytest
from discord import app_commands

from peerbot.demo.cast import GROUP
from peerbot.demo.world import World
from peerbot.engine.authority import TABLE, Part
from tests.escalation.everything_there import everything
from tests.escalation.test_every_forged_press import changed
from tests.evening.entries import ALL, OWN
from tests.evening.test_every_entry import BANNED, KINDS, Presses, refused
from tests.evening.typist import Field, Typist

CONCERN: Final = "concern"
"""Which concerns somebody of the team may see is in tests/escalation: here it is nobody else."""
HANDLES: Final = {Part.MODERATOR, Part.DEPUTY, Part.LEAD, Part.FACILITATOR}
COMMANDS: Final[Mapping[str, str]] = {
    **{f"agreement {it}": ALL for it in ("accept", "read", "who-can-read")},
    **dict.fromkeys(("concern", "group find", "group join", "group mine", "help-now", "oncall now"), ALL),
    **{f"meeting {it}": ALL for it in ("calendar", "coming", "next")},
    **{f"my-data {it}": ALL for it in ("delete", "export", "settings", "show")},
    **dict.fromkeys(("agreement withdraw", "group leave", "meeting away"), OWN),
    **{f"escalation {it}": CONCERN for it in ("close", "hand-over", "level", "list")},
    **{f"escalation {it}": CONCERN for it in ("look-in", "note", "show", "take")},
    "escalation acts": "acts.show",
    "manage acts": "acts.show",
    "doctor": "server.doctor",
    "setup": "server.setup",
    "drill report": "drill.show",
    "drill start": "drill.start",
    "postvention": "postvention",
    **{f"oncall {it}": f"oncall.{it}" for it in ("cover", "gaps", "off", "rota", "swap", "test")},
    **{f"facilitate {it}": f"facilitate.{it}" for it in ("close", "console", "cover", "extend", "hide", "lock-late")},
    **{f"facilitate {it}": f"facilitate.{it}" for it in ("pause", "quiet", "remind", "sos", "step-out")},
    "facilitate open": "meeting.open",
    "manage answer-times": "answer-times.change",
    "manage facilitator add": "facilitator.add",
    **{f"manage facilitator {it}": "group.change" for it in ("backup", "remove")},
    "manage group create": "group.create",
    "manage group roster": "group.roster",
    **{f"manage group {it}": "group.change" for it in ("archive", "edit", "invite", "pause", "resume")},
    **{f"manage keep-apart {it}": "keep-apart.change" for it in ("add", "list", "remove")},
    "manage limits": "texts.change",
    "manage texts": "texts.change",
    "manage member confirm": "seat.confirm",
    **{f"manage member {it}": f"member.{it}" for it in ("end", "pause", "restore")},
    "manage panel": "panel.post",
    "manage room times": "room.times",
    "manage series add": "series.add",
    **{f"manage series {it}": "series.change" for it in ("end", "list", "move", "pause", "resume", "skip")},
    "manage server": "server.change",
    "manage team list": "team.show",
    **{f"manage team {it}": "team.change" for it in ("add", "remove")},
}
OFFERS_ALL: Final = {"manage series add weekday", "manage series add zone"}
"""Searches that offer what everybody may know: the days of the week, time zones."""


@pytest.fixture
async def typist(world: World) -> Typist:
    """Everything there is, and everybody; shortly before the end of a meeting."""
    presses = Presses(await everything(world))
    await presses.prepare()
    found = Typist(presses.there)
    await found.look()
    return found


def may(rule: str, key: str) -> bool:
    if rule == "oncall.test" and key in {"hal", "gus"}:
        return True  # Facilitators of whatever group: they are paged in its meetings.
    return bool((HANDLES if rule == CONCERN else TABLE[rule]) & KINDS[key])


async def test_no_command_is_left_out(world: World) -> None:
    commands = world.app.bot.tree.walk_commands()
    assert set(COMMANDS) == {one.qualified_name for one in commands if isinstance(one, app_commands.Command)}


async def test_whoever_may_not_is_refused_by_every_command(typist: Typist) -> None:
    before = await typist.there.kept()
    for name, rule in COMMANDS.items():
        for key in KINDS:
            if rule not in {ALL, OWN} and not may(rule, key) and key != BANNED:
                answer = await typist.command(Field(name, "", by=key), None)
                assert refused(repr(answer.texts)), (name, key, answer)
    assert await changed(typist.there, before) == set()


@pytest.mark.deep
async def test_whoever_may_is_let_by_every_command(typist: Typist) -> None:
    for name, rule in COMMANDS.items():
        for key in KINDS:
            if rule not in {OWN, CONCERN} and (rule == ALL or may(rule, key)) and key != BANNED:
                answer = await typist.command(Field(name, "", by=key), None)
                assert answer.given, (name, key)
                assert not refused(repr(answer.texts)), (name, key, answer)


async def test_no_search_offers_anything_to_whoever_may_not(typist: Typist) -> None:
    for field in typist.completed():
        rule = COMMANDS[field.entry]
        for key in KINDS:
            if key == BANNED:
                continue
            answer = await typist.command(Field(field.entry, field.name, by=key), "", focused=True)
            if rule == OWN and key not in {"ana", "fay"}:
                assert not any(GROUP in choice for choice in answer.choices or ()), (str(field), key, answer)
            elif rule not in {ALL, OWN} and not may(rule, key) and str(field).replace(":", "") not in OFFERS_ALL:
                assert not answer.choices, (str(field), key, answer)
