"""What facilitators do with a meeting: end it, make it longer, pause it, say a reminder again, take a message down."""

from datetime import datetime, timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late
from peerbot.meetings.facilitating.cards import console_card
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.rules import State
from tests.meetings.scene import ANA, CATEGORY, ENDS, FAY, MINUTE, SERVER, STAFF, STARTS, Scene, Sent

HELD = Actor(FAY, SERVER)
A_MESSAGE = 99_999


async def opened(scene: Scene, at: datetime = STARTS + 5 * MINUTE) -> Where:
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(at)
    scene.paper.sent.clear()
    return Where(scene.channel())


def writing(scene: Scene) -> list[tuple[datetime, bool, bool]]:
    """When everybody's writing was switched, to what, and whether whoever is in the voice may stay."""
    return [(s.at, bool(s.data["write"]), bool(s.data.get("pause"))) for s in scene.told("channel.everyone")]


def last(scene: Scene, card: str) -> Sent:
    return scene.told(f"meetings.{card}")[-1]


async def test_a_meeting_made_longer_ends_is_locked_and_goes_that_much_later(scene: Scene) -> None:
    where = await opened(scene, ENDS - MINUTE)
    held, before = await scene.meetings.facilitating.extend(HELD, where, 15)
    later = ENDS + 15 * MINUTE
    assert (held.meeting.ends_at, before) == (later, ENDS)
    await scene.until(later + timedelta(hours=25))
    assert "a little more time" in last(scene, "extended").text
    # Its closing words were said for the old end; for the new one they are said again.
    assert last(scene, "closing").at == later - 5 * MINUTE
    assert writing(scene) == [(later + 10 * MINUTE, False, False)]
    assert (
        last(scene, "channel.delete".removeprefix("meetings."))
        if False
        else scene.told("channel.delete")[-1].at == (later + timedelta(hours=24))
    )


async def test_a_meeting_is_made_longer_by_half_an_hour_in_all_and_by_a_press_once(scene: Scene) -> None:
    where = await opened(scene)
    does = scene.meetings.facilitating
    for _ in range(2):
        await does.extend(HELD, where, 10, ENDS)
    assert (await scene.meeting()).ends_at == ENDS + 10 * MINUTE
    await does.extend(HELD, where, 20)
    for minutes in (4, 5, 30):
        with pytest.raises(Invalid):
            await does.extend(HELD, where, minutes)
    assert (await scene.meeting()).ends_at == ENDS + 30 * MINUTE
    held = await does.shorten(HELD, where, ENDS)
    assert (await does.shorten(HELD, where, ENDS)).meeting == held.meeting
    with pytest.raises(Late):
        await does.shorten(HELD, where, STARTS)
    await scene.until(ENDS + 11 * MINUTE)
    assert "as planned" in last(scene, "extended").text
    assert last(scene, "closing").at == ENDS - 5 * MINUTE
    assert writing(scene) == [(ENDS + 10 * MINUTE, False, False)]


@pytest.mark.parametrize("at_once", [False, True])
async def test_a_meeting_ended_early_says_goodbye_and_goes_a_day_after_that(scene: Scene, at_once: bool) -> None:  # noqa: FBT001
    now = STARTS + 40 * MINUTE
    where = await opened(scene, now)
    for _ in range(2):
        await scene.meetings.facilitating.close(HELD, where, at_once=at_once)
    await scene.until(now + timedelta(hours=25))
    goodbyes = [sent for card in ("closing", "ended-now") for sent in scene.told(f"meetings.{card}")]
    assert [(sent.at, sent.what) for sent in goodbyes] == [
        (now, "meetings.ended-now" if at_once else "meetings.closing")
    ]
    assert writing(scene) == [(now if at_once else now + 10 * MINUTE, False, False)]
    assert scene.told("channel.delete")[-1].at == now + timedelta(hours=24)
    assert not scene.told("meetings.half-way")


async def test_the_closing_words_are_said_once_however_a_meeting_ends(scene: Scene) -> None:
    where = await opened(scene, ENDS - 2 * MINUTE)
    await scene.meetings.facilitating.close(HELD, where, at_once=False)
    await scene.until(ENDS + 30 * MINUTE)
    assert not scene.told("meetings.closing")
    with pytest.raises(Late):
        await scene.meetings.facilitating.close(HELD, where, at_once=False)


async def test_what_was_ended_can_still_be_locked_at_once(scene: Scene) -> None:
    where = await opened(scene)
    await scene.meetings.facilitating.close(HELD, where, at_once=False)
    await scene.until(STARTS + 7 * MINUTE)
    meeting = await scene.meetings.facilitating.close(HELD, where, at_once=True)
    await scene.tick.settle()
    assert meeting.ends_at == STARTS + 5 * MINUTE
    assert (await scene.meeting()).state is State.LOCKED


async def test_a_pause_ends_by_itself_even_if_the_bot_was_down_meanwhile(scene: Scene) -> None:
    where = await opened(scene)
    for _ in range(2):
        await scene.meetings.facilitating.pause(HELD, where, 5)
    await scene.tick.settle()
    assert len(scene.told("meetings.paused")) == 1
    await scene.wake(STARTS + 20 * MINUTE)
    assert writing(scene) == [(STARTS + 5 * MINUTE, False, True), (STARTS + 20 * MINUTE, True, False)]
    assert len(scene.told("meetings.goes-on")) == 1


async def test_a_pause_can_be_ended_at_once_and_made_longer(scene: Scene) -> None:
    where = await opened(scene)
    does = scene.meetings.facilitating
    await does.pause(HELD, where, 1)
    await does.pause(HELD, where, 10)
    await scene.until(STARTS + 7 * MINUTE)
    assert not any(write for _, write, _ in writing(scene))
    for _ in range(2):
        await does.go_on(HELD, where)
    await scene.until(STARTS + 20 * MINUTE)
    assert writing(scene)[-1] == (STARTS + 7 * MINUTE, True, False)
    assert len(scene.told("meetings.goes-on")) == 1
    for minutes in (0, 11):
        with pytest.raises(Invalid):
            await does.pause(HELD, where, minutes)


async def test_a_pause_never_opens_a_room_that_is_locked_meanwhile(scene: Scene) -> None:
    where = await opened(scene, ENDS + 6 * MINUTE)
    await scene.meetings.facilitating.pause(HELD, where, 10)
    await scene.until(ENDS + 30 * MINUTE)
    assert writing(scene)[-1][1:] == (False, False)


@pytest.mark.parametrize(
    ("what", "cards"),
    [
        ("opening", ["opening"]),
        ("half-way", ["half-way"]),
        ("closing", ["closing"]),
        ("agreement", ["agreement", "limits"]),
    ],
)
async def test_a_reminder_is_said_again_once_for_two_presses(scene: Scene, what: str, cards: list[str]) -> None:
    where = await opened(scene)
    for _ in range(2):
        await scene.meetings.facilitating.remind(HELD, where, what)
    await scene.tick.settle()
    assert [sent.what for sent in scene.paper.sent] == [f"meetings.{card}" for card in cards]
    with pytest.raises(Invalid):
        await scene.meetings.facilitating.remind(HELD, where, "weather")


async def test_a_message_of_the_room_is_taken_down_once_and_a_refusal_is_told(scene: Scene) -> None:
    where = await opened(scene)
    does = scene.meetings.facilitating
    link = f"https://discord.com/channels/{SERVER}/{scene.channel()}/{A_MESSAGE}"
    for typed in (link, str(A_MESSAGE)):
        assert (await does.may_hide(HELD, where, typed))[1] == A_MESSAGE
    for typed in ("", "hello", "12", link.replace(str(scene.channel()), str(CATEGORY))):
        with pytest.raises(Invalid):
            await does.may_hide(HELD, where, typed)
    with pytest.raises(Invalid):
        await does.may_hide(HELD, where, link, ours=True)
    scene.paper.refused["message.delete"] = 50013
    await does.hide(HELD, where, A_MESSAGE)
    await scene.tick.settle()
    told = last(scene, "not-hidden")
    assert told.data["channel"] == STAFF
    assert "50013" in told.text
    scene.paper.refused.clear()
    for _ in range(2):
        await does.hide(HELD, where, A_MESSAGE)
        await does.say_hidden(HELD, where)
        await scene.tick.settle()
    assert [sent.data["message"] for sent in scene.told("message.delete")] == [A_MESSAGE]
    assert len(scene.told("meetings.hidden")) == 1
    assert not last(scene, "hidden").pings


async def test_a_room_that_is_locked_can_still_have_a_message_taken_down(scene: Scene) -> None:
    where = await opened(scene, ENDS + 20 * MINUTE)
    await scene.meetings.facilitating.hide(HELD, where, A_MESSAGE)
    await scene.tick.settle()
    assert scene.told("message.delete")


async def test_the_console_shows_numbers_and_what_can_be_done_now(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    where = Where(scene.channel())
    lobby = console_card(await scene.meetings.consoles.console(HELD, where))
    assert [button.action for row in lobby.rows if isinstance(row, tuple) for button in row] == [
        "meeting.open",
        "facilitate.one",
    ]
    await scene.facilitator_here()
    await scene.until(STARTS + MINUTE)
    await scene.meetings.here(Actor(ANA, SERVER), (await scene.meeting()).id)
    card = console_card(await scene.meetings.consoles.console(HELD, Where()))
    assert "1 of 2" in card.text
    assert str(ANA) not in card.text
    await scene.until(ENDS + timedelta(hours=1))
    over = console_card(await scene.meetings.consoles.console(HELD, where))
    assert [button.action for row in over.rows if isinstance(row, tuple) for button in row] == ["facilitate.list"]
