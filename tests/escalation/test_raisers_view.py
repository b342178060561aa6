"""What a raiser reads in each state, sentence by sentence, by direct message and in a side room alike."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from peerbot.engine.texts import person, say
from peerbot.escalation import crisis
from peerbot.escalation.raising.raiser_cards import Meanwhile, receipt_card
from peerbot.escalation.rules import Level, Reach, State
from tests.escalation.scene import CHO, DAY, HOUR, LEAD, MINUTE, MO, Concern, Scene

ANA_IS_ABOUT = 900_150
"""Somebody who belongs to nothing here."""
OPEN_LINES = ("Samaritans", "116 123", "SHOUT", "85258", "findahelpline.com")
THANKS = (
    "Thank you for speaking up. You don't need to be sure. The person won't be told it was you.",
    "If a life may be in danger and you know where they are, call the emergency services there. Don't wait for us.",
    "And how are you? If this has shaken you, press **Help now**.",
)
NOT_ALONE = "You don't have to look after this alone: the team takes it from here."


@pytest.fixture(params=["dm", "room"])
def way(request: pytest.FixtureRequest) -> str:
    """How news reaches the raiser."""
    return str(request.param)


async def raised(scene: Scene, way: str, about: int | None = CHO, level: Level = Level.URGENT) -> Concern:
    await scene.duty(MO)
    if way == "room":
        scene.paper.closed.add(CHO)
    return await (scene.ask(CHO, level) if about == CHO else scene.tell(CHO, about, level))


def newest(scene: Scene, way: str) -> str:
    """The newest news as the raiser reads it; in the side room it begins by mentioning them."""
    message = scene.paper.seen_by(CHO, "escalation.news")[-1]
    assert (message.intent.kind == "dm") is (way == "dm")
    assert message.card.pings == (() if way == "dm" else (CHO,))
    assert message.text.startswith(person(CHO)) is (way == "room")
    way_line = "News comes to you by direct message." if way == "dm" else "where only you and a few of the team"
    assert (way_line in message.text) is message.button("concern.withdraw")
    assert message.button("help.ask")
    return message.text


def says_all(text: str, sentences: Sequence[str]) -> None:
    for sentence in sentences:
        assert sentence in text, (sentence, text)


def says_none(text: str, sentences: Sequence[str]) -> None:
    for sentence in sentences:
        assert sentence not in text, (sentence, text)


async def test_before_anybody_has_it_the_raiser_reads_how_many_were_alerted_when_they_hear_and_whom_to_call(
    scene: Scene, way: str
) -> None:
    await raised(scene, way)
    text = newest(scene, way)
    at = scene.clock.now() + 30 * MINUTE
    says_all(
        text,
        (
            "It is with the team. **Nobody has picked it up yet.** People I have alerted: 1.",
            f"I tell you the moment someone has it. If no one has it by <t:{at.timestamp():.0f}:t>, I tell you that.",
            "If you're in danger, please don't wait for us: call **999** now. There are also these lines:",
            *OPEN_LINES,
        ),
    )
    says_none(text, (*THANKS, NOT_ALONE))
    (message,) = scene.paper.seen_by(CHO, "escalation.news")
    assert message.button("concern.danger")
    assert message.button("concern.withdraw")


async def test_when_nobody_has_answered_the_raiser_reads_the_number_and_the_countrys_lines(
    scene: Scene, way: str
) -> None:
    await raised(scene, way)
    await scene.wait(31 * MINUTE)
    says_all(
        newest(scene, way),
        (
            "I'm sorry. I've tried everyone on the list and **no one from the team has answered.**",
            "**Please use one of these now:** call **999**, or one of these lines:",
            *OPEN_LINES,
            "If there is a person near you, go to them or call them.",
            "I keep trying the team, and I tell you if someone comes.",
        ),
    )


async def test_once_seen_the_raiser_reads_by_whom_and_what_is_theirs_to_decide(scene: Scene, way: str) -> None:
    concern = await raised(scene, way)
    await scene.take(MO, concern)
    text = newest(scene, way)
    says_all(
        text,
        (
            f"**Thank you for telling us. {person(MO)} has your message.**",
            "You haven't done anything wrong, and you won't lose your place.",
            "You decide how much to say.",
            "If anything needs to be shared further, we talk about it with you first if we possibly can.",
            "If it gets too much before then, call **999**, or use **Help now**.",
            "116 123",
        ),
    )
    where = ("You can talk with them in <#", "A few of the team can see that room, so that nobody is on their own")
    (says_all if way == "room" else says_none)(text, where)
    says_none(text, ("is here now", "Nobody has picked it up"))


async def test_while_looked_after_the_raiser_reads_who_is_there(scene: Scene, way: str) -> None:
    concern = await raised(scene, way)
    await scene.look_after(MO, concern)
    text = newest(scene, way)
    says_all(text, (f"**{person(MO)} is here now and is looking after this with you.**", "You decide how much to say."))


async def test_closed_the_raiser_reads_that_they_may_press_again(scene: Scene, way: str) -> None:
    concern = await raised(scene, way)
    await scene.close_by_two(concern)
    text = newest(scene, way)
    says_all(text, ("**The team has closed this.** You can press **Help now** again at any time.",))
    says_none(text, ("It is with the team", "999"))
    assert not scene.paper.seen_by(CHO, "escalation.news")[-1].button("concern.danger")


async def test_about_somebody_else_each_state_says_so_and_asks_how_the_raiser_is(scene: Scene, way: str) -> None:
    concern = await raised(scene, way, ANA_IS_ABOUT)
    says_all(newest(scene, way), (*THANKS, NOT_ALONE))
    await scene.wait(31 * MINUTE)
    says_all(newest(scene, way), (*THANKS, "call **999**, or one of these lines"))
    says_none(newest(scene, way), (NOT_ALONE,))
    await scene.take(MO, concern)
    says_all(newest(scene, way), (*THANKS, NOT_ALONE, f"**{person(MO)} has your message.**"))
    says_none(newest(scene, way), ("You haven't done anything wrong", "You decide how much to say"))
    await scene.look_after(MO, concern)
    says_all(newest(scene, way), (*THANKS, f"**{person(MO)} is looking after this.**"))
    await scene.close_by_two(concern)
    says_all(
        newest(scene, way),
        (
            "**The team has looked at this and closed it.** Thank you for speaking up. We can't tell you more.",
            "And how are you? If this has shaken you, press **Help now**.",
        ),
    )


async def test_with_nobody_to_ask_the_team_is_not_said_to_take_it_from_here(scene: Scene) -> None:
    await scene.tell(CHO, LEAD)
    says_none(newest(scene, "dm"), (NOT_ALONE,))


async def test_what_waits_for_a_shift_says_when_somebody_is_asked_and_that_nobody_has_it(scene: Scene) -> None:
    await scene.duty(MO, starts_in=3 * HOUR)
    await scene.ask(CHO, Level.CHECK_IN)
    starts = scene.clock.now() + 3 * HOUR
    text = newest(scene, "dm")
    says_all(text, ("so nobody has it yet.**", f"I ask them at <t:{starts.timestamp():.0f}", *OPEN_LINES))


async def test_where_nobody_at_all_can_be_asked_somebody_outside_is_named(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("DELETE FROM team WHERE user_id <> :lead", lead=LEAD)
        await work.all("UPDATE server SET outside_contact = 'Sam, 0161 496 0000'")
    await scene.servers.remember_countries()
    concern = await scene.ask(LEAD)
    says_all(scene.receipt(concern), (say("state-nobody-to-ask"), say("state-outside", contact="Sam, 0161 496 0000")))


async def test_the_longest_news_there_is_fits_a_message_in_every_country(scene: Scene) -> None:
    concern = await scene.now(await scene.tell(CHO, LEAD, hide=True))
    room = {"side_name": "room-000000", "side_channel_id": 10**18, "side_people": (10**18,), "way": "room"}
    for country, state in product(crisis.country_names(), State):
        meanwhile = Meanwhile(country, "@" * 70, scene.clock.now() + 400 * DAY)
        for held in (
            replace(concern, state=state, taken_by=10**18, nobody_at=concern.raised_at, alerted=99, **room),
            replace(concern, state=state, taken_by=10**18, subject_id=CHO, reach=Reach.OFF_DUTY, alerted=99, **room),
        ):
            assert len(receipt_card(held, meanwhile).text) < 1900
