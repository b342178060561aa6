"""Each way to somebody fails, by each cause there is: whoever comes next is asked at once, within ten seconds."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.escalation.rules import REACHED_WITHIN, Level
from tests.escalation.discord_on_paper import FAULT, FORBIDDEN, GONE, Call, Paper
from tests.escalation.scene import CHO, DEPUTY, LEAD, MINUTE, MO, OWNER, SERVER, Scene

SECOND = timedelta(seconds=1)
Breaks = Callable[[Paper], None]


def breaks(paper: Paper, causes: str) -> None:
    """Let what stands between the bot and Mo be broken: Mo alone, not the line behind."""
    staff = next(id_ for id_, channel in paper.channels.items() if channel.name == "peerbot-moderators")
    for cause in causes.split(" and "):
        match cause:
            case "closed messages":
                paper.closed.add(MO)
            case "a missing channel":
                paper.channels.pop(staff)
            case "a missing permission":
                paper.refusing[staff] = FORBIDDEN
            case "a channel Discord no longer knows":
                paper.refusing[staff] = GONE
            case "a fault of Discord's own in the channel":
                paper.refusing[staff] = FAULT
            case "a channel Mo cannot see":
                paper.blind.add(MO)
            case "a refused alert":
                paper.dead.add(MO)
            case _:
                raise AssertionError(cause)


CHANNEL = (
    "a missing channel",
    "a missing permission",
    "a channel Discord no longer knows",
    "a fault of Discord's own in the channel",
    "a channel Mo cannot see",
)
REFUSED = ("a missing channel", "a missing permission", "a channel Discord no longer knows")


def to(paper: Paper, user: int, since: int = 0) -> list[Call]:
    """Return the pages to somebody by direct message: no other line has a part in those."""
    return [
        call
        for call in paper.calls[since:]
        if call.sends and call.intent.kind == "dm" and call.intent.data.get("user") == user
        if call.intent.data["card"] == "escalation.page"
    ]


@pytest.mark.parametrize("channel", CHANNEL)
@pytest.mark.parametrize("alerted", [False, True])
async def test_when_no_way_reaches_the_first_line_the_next_is_asked_at_once(
    scene: Scene, channel: str, *, alerted: bool
) -> None:
    await scene.duty(MO)
    await scene.wait(MINUTE)
    scene.phones.ways[MO] = int(alerted)
    breaks(scene.paper, f"closed messages and {channel}" + " and a refused alert" * alerted)
    concern = await scene.ask(CHO)
    asked_at = scene.clock.now()
    await scene.wait(REACHED_WITHIN + SECOND)
    for user in (LEAD, DEPUTY):
        assert min(call.at for call in to(scene.paper, user)) - asked_at <= REACHED_WITHIN
    assert (await scene.now(concern)).step >= 2


@pytest.mark.parametrize("cause", ["closed messages", *CHANNEL, "a refused alert"])
async def test_while_one_way_works_the_first_line_has_its_time(scene: Scene, cause: str) -> None:
    await scene.duty(MO)
    await scene.wait(MINUTE)
    scene.phones.ways[MO] = 1
    breaks(scene.paper, cause)
    await scene.ask(CHO)
    await scene.wait(5 * MINUTE - SECOND)
    assert not to(scene.paper, LEAD)
    await scene.wait(SECOND)
    assert to(scene.paper, LEAD)


@pytest.mark.parametrize("cause", REFUSED)
async def test_a_staff_channel_that_is_missing_is_told_to_owner_and_leads_as_an_emergency(
    scene: Scene, cause: str
) -> None:
    await scene.duty(MO)
    breaks(scene.paper, cause)
    await scene.ask(CHO)
    for user in (OWNER, LEAD, DEPUTY):
        (told,) = scene.paper.seen_by(user, "escalation.no_channel")
        assert told.at == scene.clock.now()


async def test_calls_that_never_return_keep_nobody_from_being_asked(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.wait(MINUTE)
    paper = scene.paper
    paper.hanging = {"escalation.page"}
    await scene.escalation.raising.ask(Actor(CHO, SERVER), SERVER, Level.URGENT, scene.pressed())
    asked_at = scene.clock.now()
    await scene.tick.run()
    await _comes(paper, lambda call: call.people == (MO,) and call.intent.kind == "dm")
    assert not to(paper, LEAD)
    scene.clock.move(REACHED_WITHIN)
    for _ in range(2):  # That nobody was reached, and what follows from it.
        await scene.tick.run()
    lead = await _comes(paper, lambda call: LEAD in call.people)
    assert lead.at - asked_at <= REACHED_WITHIN
    paper.let_go()
    await scene.tick.settle()
    await scene.wait(MINUTE)
    assert {user for page in paper.messages("escalation.page") for user in page.card.pings} >= {MO, LEAD}


async def _comes(paper: Paper, wanted: Callable[[Call], bool]) -> Call:
    while not wanted(call := await paper.come.get()):
        pass
    return call


async def test_without_a_network_every_line_is_tried_within_seconds_and_reached_when_it_is_back(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.wait(MINUTE)
    scene.paper.away = True
    before = len(scene.paper.calls)
    await scene.ask(CHO)
    asked_at = scene.clock.now()
    await scene.wait(3 * REACHED_WITHIN)
    tried = {user: to(scene.paper, user, before) for user in (MO, LEAD, DEPUTY)}
    assert all(calls and calls[0].at - asked_at <= REACHED_WITHIN for calls in tried.values())
    scene.paper.away = False
    back_at = scene.clock.now()
    await scene.wait(5 * SECOND)
    for user in (MO, LEAD, DEPUTY):
        assert min(page.at for page in scene.paper.seen_by(user, "escalation.page")) - back_at <= 4 * SECOND


@pytest.mark.parametrize("level", [Level.URGENT, Level.EMERGENCY])
async def test_where_nothing_works_at_all_the_raiser_reads_at_once_that_nobody_was_reached(
    scene: Scene, level: Level
) -> None:
    await scene.duty(MO)
    breaks(scene.paper, "closed messages and a missing channel")
    scene.paper.refused = {"escalation.page": FORBIDDEN}
    concern = await scene.ask(CHO, level)
    await scene.wait(REACHED_WITHIN)
    now = await scene.now(concern)
    assert now.alerted == 0
    assert now.nobody_at is not None
    assert now.nobody_at - now.raised_at <= REACHED_WITHIN
