"""A concern about somebody of the team: their lines are skipped, and they learn nothing of it."""

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.texts import person, say
from peerbot.engine.words import shown
from peerbot.escalation.posts import EscalationPosts
from peerbot.escalation.raising.rules import About
from peerbot.escalation.rules import Level, Reach
from peerbot.servers.settings import Settings
from tests.escalation.scene import (
    ANA,
    CHO,
    COORDINATOR,
    DAY,
    DEPUTY,
    FAY,
    GUS,
    HOUR,
    LEAD,
    MAY,
    MINUTE,
    MO,
    OWNER,
    SERVER,
    Scene,
)


def pings(scene: Scene) -> set[int]:
    return {user for _, people in scene.paged() for user in people}


def what_reached(scene: Scene, user: int) -> list[str]:
    """Return every text about a concern that one person can read."""
    makers = [card for card in EscalationPosts(scene.servers).makers() if not card.startswith("escalation.rota_")]
    return [message.text for card in makers for message in scene.paper.seen_by(user, card)]


@pytest.mark.parametrize("level", list(Level))
async def test_the_moderator_on_duty_hears_nothing_of_a_concern_about_them(scene: Scene, level: Level) -> None:
    await scene.duty(MO)
    await scene.duty(MAY)
    concern = await scene.tell(CHO, MO, level)
    await scene.wait(2 * DAY)
    assert pings(scene) == {LEAD, DEPUTY}
    assert what_reached(scene, MO) == []
    assert all(page.intent.kind == "dm" for page in scene.paper.messages("escalation.page"))
    handling = scene.escalation.handling
    for use in (handling.take, handling.open, handling.look_after, scene.escalation.closings.close):
        with pytest.raises(NotFound):
            await use(Actor(MO, SERVER), concern.id)
    with pytest.raises(NotFound):
        await handling.open_number(Actor(MO, SERVER), concern.number)
    assert await handling.listed(Actor(MO, SERVER)) == []
    assert [found.id for found in await handling.listed(Actor(MAY, SERVER))] == [concern.id]


async def test_what_the_staff_channel_would_say_goes_by_message_to_those_who_were_asked(scene: Scene) -> None:
    concern = await scene.tell(CHO, MO)
    await scene.take(LEAD, concern)
    await scene.close(LEAD, concern)
    assert scene.paper.seen_by(DEPUTY, "escalation.close_asked")
    assert scene.paper.seen_by(DEPUTY, "escalation.taken")
    assert what_reached(scene, MO) == []
    assert what_reached(scene, MAY) == []
    assert (await scene.close(DEPUTY, concern)).closed
    assert what_reached(scene, MO) == []


async def test_about_a_facilitator_the_co_facilitator_is_not_asked_either(scene: Scene) -> None:
    await scene.duty(MO)
    room = await scene.meet()
    scene.paper.channels[room].messages.clear()
    about = About(Level.URGENT, "conduct", FAY, "", hides_name=False)
    concern = await scene.escalation.raising.raise_(Actor(ANA, SERVER), about, scene.pressed(room))
    await scene.tick.settle()
    await scene.wait(HOUR)
    assert concern.room_name is not None
    assert pings(scene).isdisjoint({FAY, GUS})
    assert {MO, LEAD, DEPUTY} <= pings(scene)
    assert what_reached(scene, FAY) == []


async def test_about_the_lead_who_is_on_duty_is_asked_and_neither_lead_nor_deputy(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.tell(CHO, LEAD)
    await scene.wait(HOUR)
    assert pings(scene) == {MO}


async def test_when_no_line_is_left_the_raiser_is_told_so_at_once_and_shown_help_outside(scene: Scene) -> None:
    concern = await scene.tell(CHO, LEAD)
    assert (concern.reach, concern.alerted) == (Reach.NO_LINE, 0)
    told = scene.told(CHO)[0]
    assert "there is nobody else there I can ask now" in told
    assert "findahelpline.com" in told
    # Nobody was tried, so that is not said later either.
    await scene.wait(31 * MINUTE)
    assert len(scene.told(CHO)) == 2
    assert say("state-nobody") not in scene.told(CHO)[1]
    # Somebody who comes on duty later is asked, and the raiser hears the difference.
    await scene.duty(MO, starts_in=20 * MINUTE)
    await scene.wait(21 * MINUTE)
    assert pings(scene) == {MO}
    await scene.take(MO, concern)
    assert say("state-taken-other", person=person(MO)) in scene.told(CHO)[-1]


async def test_when_no_line_is_left_the_contact_outside_the_team_is_shown_as_it_was_typed(scene: Scene) -> None:
    typed = "The Listening Post, call <@900011> or *mail* help@example.org"
    await Settings(scene.desk, scene.servers).change(Actor(COORDINATOR, SERVER), "outside", (typed,))
    concern = await scene.tell(CHO, LEAD)
    for told in (scene.told(CHO)[0], scene.receipt(concern)):
        assert say("state-outside", contact=shown(typed)) in told
        assert say("state-no-outside", finder="findahelpline.com") not in told
    # Where there is somebody to ask, nobody is sent away.
    await scene.duty(MO)
    await scene.tell(ANA, LEAD)
    assert all("Listening Post" not in told for told in scene.told(ANA))


async def test_nobody_is_asked_about_themselves(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.duty(LEAD)
    concern = await scene.ask(LEAD, Level.EMERGENCY)
    await scene.wait(3 * HOUR)
    assert LEAD not in pings(scene)
    assert {MO, MAY, DEPUTY} <= pings(scene)
    with pytest.raises(NotFound):
        await scene.escalation.handling.take(Actor(LEAD, SERVER), concern.id)
    assert await scene.escalation.handling.listed(Actor(LEAD, SERVER)) == []


async def test_what_a_teammate_may_open_here_opens_in_no_other_server(scene: Scene) -> None:
    concern = await scene.tell(CHO, ANA)
    handling = scene.escalation.handling
    for use in (handling.take, handling.open, handling.look_after, scene.escalation.closings.close):
        with pytest.raises(NotFound):
            await use(Actor(MO, SERVER + 1), concern.id)
    assert (await handling.take(Actor(MO, None), concern.id)).mine


async def test_nobody_closes_what_they_raised_or_what_is_about_them(scene: Scene) -> None:
    about_deputy = await scene.tell(LEAD, DEPUTY)
    for user in (LEAD, DEPUTY):
        with pytest.raises(NotFound):
            await scene.escalation.closings.close(Actor(user, SERVER), about_deputy.id)


async def test_the_person_it_is_about_is_not_told_of_a_missing_channel_and_not_in_the_side_room(scene: Scene) -> None:
    scene.paper.refused["post"] = 50013
    scene.paper.closed.add(CHO)
    scene.shared.owner = DEPUTY
    await scene.tell(CHO, DEPUTY)
    await scene.wait(HOUR)
    assert what_reached(scene, DEPUTY) == []
    assert all(DEPUTY not in room.people for room in scene.paper.side_rooms())
    assert OWNER not in scene.paper.dms


async def test_an_owner_it_is_about_hears_nothing_of_a_channel_that_is_missing(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.refused["post"] = 50013
    scene.shared.owner = FAY
    await scene.tell(CHO, FAY)
    # They read every channel, so it is not even tried to post there.
    assert scene.paper.messages("escalation.no_channel") == []
    assert scene.paper.seen_by(LEAD, "escalation.page") or scene.paper.seen_by(MO, "escalation.page")
    assert what_reached(scene, FAY) == []


async def test_my_data_does_not_show_anybody_what_was_raised_about_them(scene: Scene) -> None:
    await scene.tell(CHO, MO, note="words")
    own = {kept.item for kept in await scene.escalation.kept_about(scene.desk.reads, MO)}
    assert own == {"kept-sight", "kept-proof"}
    kept = await scene.escalation.kept_about(scene.desk.reads, CHO)
    assert {item.item for item in kept} == {"kept-concern-open", "kept-counted"}


async def test_the_receipt_of_a_concern_about_another_says_that_they_are_not_told(scene: Scene) -> None:
    concern = await scene.tell(CHO, ANA)
    assert say("receipt-about-other") in scene.receipt(concern)
    await scene.wait(2 * DAY)
    assert not scene.paper.dms.get(ANA)


@pytest.mark.parametrize("about", [LEAD, DEPUTY])
async def test_no_lead_is_in_the_side_room_of_a_concern_about_one_of_them(scene: Scene, about: int) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    await scene.tell(CHO, about)
    (room,) = scene.paper.side_rooms()
    assert set(room.people) == {CHO}
