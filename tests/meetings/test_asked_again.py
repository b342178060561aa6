"""What people agree to has changed: at their next meeting they read what is new, and write once they agree."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.card import Button, Card
from peerbot.engine.errors import NotAllowed, NotFound
from peerbot.engine.places import May
from peerbot.engine.texts import say
from peerbot.gateway import draw
from peerbot.meetings import cards
from peerbot.signup.agreeing import cards as agreement_cards
from peerbot.signup.agreeing.clauses import SERVER as LIMITS
from tests.meetings.scene import ANA, BEN, CLEO, COORDINATOR, ENDS, FAY, MINUTE, SERVER, STARTS, Scene

COLIN = Actor(COORDINATOR, SERVER)
QUIET, LATE = "We keep phones on quiet.", "Whoever comes late just sits down."
ROOM = STARTS - 15 * MINUTE


@pytest.fixture(autouse=True)
async def _weekly(scene: Scene) -> None:
    await scene.weekly()


async def add(scene: Scene, *lines: str, limits: bool = False) -> str:
    """Add lines to the group's agreement or the server's limits; return the id of the edition."""
    which = LIMITS if limits else scene.group.id
    proposed = await scene.signup.clauses.propose(COLIN, which, lines)
    done = await scene.signup.clauses.confirm(COLIN, proposed.changed.wording.id)
    await scene.tick.settle()
    return done.changed.wording.id


async def agree(scene: Scene, user: int, version: str | None = None) -> bool:
    """Let somebody press *I agree* on what they were shown; return whether nothing more is asked of them."""
    asked = await scene.signup.agreeing.asked_for(Actor(user, SERVER), scene.group.id)
    shown = version or str(asked.terms.version)
    left = await scene.signup.agreeing.agree(Actor(user, SERVER), scene.group.id, shown)
    await scene.tick.settle()
    return not left.changes


def people(scene: Scene) -> dict[int, May]:
    place = scene.told("place.make")[-1].place
    assert place is not None
    return dict(place.people)


def changed(scene: Scene) -> list[tuple[int, May | None]]:
    return [(sent.data["user"], sent.may) for sent in scene.told("meetings.access")]


def asks(card: Card | None) -> bool:
    assert card is not None
    assert draw.message(card)
    buttons = [each for row in card.rows if isinstance(row, tuple) for each in row if isinstance(each, Button)]
    return "agreement.changed" in {each.action for each in buttons}


async def test_where_nothing_has_changed_nobody_is_asked_anything(scene: Scene) -> None:
    await scene.until(ROOM)
    await scene.facilitator_here()
    await scene.until(STARTS)
    assert people(scene) == {ANA: May.LOOK, BEN: May.LOOK, FAY: May.SPEAK}
    assert not asks(scene.told("meetings.lobby")[0].card)
    assert not asks(scene.told("meetings.opening")[0].card)
    assert await scene.signup.agreeing.asked(Actor(ANA, SERVER)) == []


@pytest.mark.parametrize("limits", [False, True])
async def test_after_a_change_each_member_reads_until_they_agree(scene: Scene, limits: bool) -> None:  # noqa: FBT001
    await add(scene, QUIET, limits=limits)
    await scene.until(ROOM)
    assert people(scene) == {ANA: May.WAIT, BEN: May.WAIT, FAY: May.SPEAK}
    lobby = scene.told("meetings.lobby")[0]
    assert asks(lobby.card)
    assert f"<@{ANA}>" not in lobby.text
    assert await agree(scene, ANA)
    assert await agree(scene, ANA)
    assert changed(scene) == [(ANA, May.LOOK)]
    await scene.facilitator_here()
    await scene.until(STARTS)
    assert asks(scene.told("meetings.opening")[0].card)
    assert await agree(scene, BEN)
    assert changed(scene) == [(ANA, May.LOOK), (BEN, May.LOOK)]


async def test_once_everybody_has_agreed_the_next_room_asks_nobody(scene: Scene) -> None:
    await add(scene, QUIET)
    for user in (ANA, BEN):
        assert await agree(scene, user)
    await scene.until(ROOM)
    assert people(scene) == {ANA: May.LOOK, BEN: May.LOOK, FAY: May.SPEAK}
    assert not asks(scene.told("meetings.lobby")[0].card)


async def test_what_changes_while_the_room_is_there_is_asked_about_at_the_next_meeting(scene: Scene) -> None:
    await scene.until(ROOM)
    await scene.facilitator_here()
    await scene.until(STARTS)
    scene.clock.move(MINUTE)
    await add(scene, QUIET)
    await scene.leave(BEN)
    await scene.join(BEN)
    await scene.tick.settle()
    async with scene.desk.transaction() as work:
        await work.record("seat.taken", group=scene.group.id, user=ANA)
    await scene.tick.settle()
    assert changed(scene)[-1] == (ANA, May.LOOK)
    await scene.until(ROOM + timedelta(days=7))
    assert people(scene) == {ANA: May.WAIT, BEN: May.LOOK, FAY: May.SPEAK}


async def test_taking_a_change_back_lets_those_write_at_once_who_had_agreed_to_the_old_words(scene: Scene) -> None:
    edition = await add(scene, QUIET)
    await scene.until(ROOM)
    await agree(scene, ANA)
    await scene.signup.clauses.undo(COLIN, edition)
    await scene.tick.settle()
    assert changed(scene) == [(ANA, May.LOOK), (BEN, May.LOOK)]
    await scene.until(ROOM + timedelta(days=7))
    assert people(scene) == {ANA: May.WAIT, BEN: May.LOOK, FAY: May.SPEAK}


async def test_nobody_agrees_to_what_changed_once_more_while_they_read(scene: Scene) -> None:
    await add(scene, QUIET)
    await scene.until(ROOM)
    await add(scene, QUIET, LATE)
    assert not await agree(scene, ANA, "1.1.0.1")
    assert changed(scene) == []
    left = await scene.signup.agreeing.agree(Actor(ANA, SERVER), scene.group.id, "1.1.0.1")
    shown = "\n".join(card.text for card in agreement_cards.agreed_cards(left))
    assert QUIET in shown
    assert LATE in shown
    assert await agree(scene, ANA)
    assert changed(scene) == [(ANA, May.LOOK)]


async def test_what_is_shown_is_what_is_new_and_what_no_longer_holds(scene: Scene) -> None:
    await add(scene, QUIET)
    assert await agree(scene, ANA)
    await add(scene, LATE)
    (asked,) = await scene.signup.agreeing.asked(Actor(ANA, SERVER))
    (card,) = agreement_cards.asked_cards(asked)
    assert say("agreement-new", line=LATE) in card.text
    assert say("agreement-gone", line=QUIET) in card.text
    assert "screenshots" not in card.text


async def test_who_is_in_no_group_is_asked_nothing_and_learns_nothing(scene: Scene) -> None:
    await add(scene, QUIET)
    outsider = Actor(CLEO, SERVER)
    assert await scene.signup.agreeing.asked(outsider) == []
    for group_id in (scene.group.id, "0badc0de"):
        for attempt in (
            scene.signup.agreeing.asked_for(outsider, group_id),
            scene.signup.agreeing.agree(outsider, group_id, "1.1.0.1"),
            scene.signup.agreeing.own(outsider, group_id),
        ):
            with pytest.raises(NotFound) as told:
                await attempt
            assert told.value.text == "error-not-found"
    with pytest.raises(NotAllowed):
        await scene.signup.agreeing.agree(Actor(FAY, SERVER), scene.group.id, "1.1.0.1")


async def test_the_message_before_a_meeting_says_so_to_those_alone_who_are_asked(scene: Scene) -> None:
    await add(scene, QUIET)
    await scene.until(STARTS - 29 * MINUTE)
    assert say("meeting-remind-changed") in scene.told("meetings.remind")[-1].text
    assert await agree(scene, ANA)
    await scene.until(ENDS + timedelta(days=6))
    assert say("meeting-remind-changed") not in scene.told("meetings.remind")[-1].text


async def test_the_list_of_ones_meetings_leads_to_what_changed_until_one_agrees(scene: Scene) -> None:
    await add(scene, QUIET)

    async def listed(user: int) -> Card:
        actor = Actor(user, SERVER)
        return cards.next_card(await scene.meetings.next_for(actor), asked=await scene.meetings.asked_again(actor))

    for user, expected in ((ANA, True), (FAY, False), (CLEO, False)):
        assert (say("meeting-agreement-changed") in (await listed(user)).text) is expected
    assert await agree(scene, ANA)
    assert say("meeting-agreement-changed") not in (await listed(ANA)).text


async def test_who_comes_late_is_shown_alone_what_was_said_at_the_opening(scene: Scene) -> None:
    await scene.until(ROOM)
    await scene.facilitator_here()
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    assert not await scene.meetings.here(Actor(ANA, SERVER), meeting.id)
    await scene.until(STARTS + 5 * MINUTE)
    assert await scene.meetings.here(Actor(BEN, SERVER), meeting.id)
    assert "What's said here stays here" in cards.here_card(late=True).text
    assert "What's said here stays here" not in cards.here_card(late=False).text
    assert len(scene.told("meetings.opening")) == 1
