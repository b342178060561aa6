"""What somebody is told of the meetings to come: those of their own groups, and those that will take place."""

from dataclasses import replace
from datetime import date, timedelta

from peerbot.engine.actor import Actor
from peerbot.engine.card import MOST_TEXT
from peerbot.meetings import cards
from peerbot.meetings.rules import MOST_COMING, Coming
from peerbot.meetings.series import store as series_store
from tests.meetings.scene import ANA, COORDINATOR, ENDS, FAY, SERVER, STARTS, WEEKLY, Scene

WEEK = timedelta(weeks=1)


async def coming(scene: Scene, user: int = ANA) -> list[date]:
    return [one.meeting.on for one in await scene.meetings.coming_for(Actor(user, SERVER))]


async def test_members_and_facilitators_see_the_next_weeks_and_others_nothing(scene: Scene) -> None:
    await scene.weekly()
    weeks = [WEEKLY.first_on + n * WEEK for n in range(8)]
    assert await coming(scene) == await coming(scene, FAY) == weeks
    assert await coming(scene, COORDINATOR) == await coming(scene, 999) == []


async def test_a_skipped_meeting_is_not_told_and_one_in_progress_is_until_its_end(scene: Scene) -> None:
    await scene.weekly()
    (series,) = await series_store.every(scene.desk.reads)
    second = WEEKLY.first_on + WEEK
    await scene.meetings.timetable.skip(Actor(COORDINATOR, SERVER), series.id, second, second)
    await scene.until(STARTS - timedelta(minutes=10))
    await scene.facilitator_here()
    await scene.until(STARTS + timedelta(minutes=30))
    assert (await coming(scene))[:2] == [WEEKLY.first_on, WEEKLY.first_on + 2 * WEEK]
    (first, *_) = await scene.meetings.coming_for(Actor(ANA, SERVER))
    assert first.channel_id == scene.channel()
    await scene.until(ENDS)
    assert (await coming(scene))[0] == WEEKLY.first_on + 2 * WEEK


async def test_the_longest_list_there_can_be_fits_a_message(scene: Scene) -> None:
    await scene.weekly(replace(WEEKLY, zone="America/Argentina/ComodRivadavia"))
    meeting = await scene.meeting()
    card = cards.next_card([Coming("*" * 40, meeting, 10**19)] * (MOST_COMING + 99), asked=True)
    assert len(card.text) <= MOST_TEXT
    assert "99 more" in card.text


async def test_what_a_list_has_no_place_for_is_counted_with_its_last_day(scene: Scene) -> None:
    await scene.weekly(replace(WEEKLY, repeat="daily"))
    found = await scene.meetings.coming_for(Actor(ANA, SERVER))
    assert len(found) == 56
    card = cards.next_card(found)
    assert card.text.count("<t:") == MOST_COMING + 1
    assert "48 more" in card.text
    assert f"<t:{int(found[-1].meeting.starts_at.timestamp())}:D>" in card.text
    assert "more" not in cards.next_card(found[:MOST_COMING]).text
