"""Pages: who is asked when, what counts as a page that failed, and what comes next."""

from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.escalation.rules import Level, Reach, State
from peerbot.escalation.ways import store as ways_store
from tests.escalation.discord_on_paper import FORBIDDEN, GONE
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
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
    TEAM,
    Scene,
)
from tests.fakes import EVENING
from tests.leaving import leave

NOW = timedelta()


def since(scene: Scene, concern_at: timedelta) -> list[tuple[timedelta, set[int]]]:
    return [(at - concern_at, people) for at, people in scene.paged() if at >= concern_at]


async def test_urgent_goes_to_who_is_on_duty_then_to_the_leads_then_to_everybody_and_never_ends(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO)
    await scene.wait(95 * MINUTE)
    everybody = set(TEAM)
    assert scene.paged()[:3] == [(NOW, {MO}), (5 * MINUTE, {LEAD, DEPUTY}), (15 * MINUTE, everybody)]
    assert [at for at, _ in scene.paged()[3:]] == [m * MINUTE for m in (25, 35, 45, 55, 65, 75, 85)]
    await scene.wait(5 * HOUR)
    assert all(people == everybody for _, people in scene.paged()[3:])
    assert len(scene.paged()) > 14


async def test_with_nobody_on_the_rota_urgent_goes_to_the_leads_at_once_and_the_raiser_is_told_so_at_once(
    scene: Scene,
) -> None:
    concern = await scene.ask(CHO)
    assert scene.paged() == [(NOW, {LEAD, DEPUTY})]
    assert (concern.reach, concern.alerted) == (Reach.OFF_DUTY, 2)
    assert say("state-off-duty", count=2) in scene.told(CHO)[0]


async def test_in_a_meeting_with_nobody_on_the_rota_co_facilitators_and_leads_hear_at_once(scene: Scene) -> None:
    room = await scene.meet()
    start = scene.clock.now() - EVENING
    await scene.ask(ANA, Level.URGENT, room)
    assert since(scene, start) == [(NOW, {FAY, GUS, LEAD, DEPUTY})]


async def test_emergency_goes_to_every_line_at_once_and_again_every_two_minutes_five_times(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO, Level.EMERGENCY)
    await scene.wait(19 * MINUTE)
    assert scene.paged() == [(n * 2 * MINUTE, set(TEAM)) for n in range(6)]
    assert len([text for text in scene.told(CHO) if say("state-nobody") in text]) == 1


async def test_a_check_in_at_night_waits_for_the_next_shift_and_the_raiser_is_told_when(scene: Scene) -> None:
    await scene.duty(MO, 8, starts_in=9 * HOUR)
    concern = await scene.ask(CHO, Level.CHECK_IN)
    assert scene.paged() == []
    assert concern.waits_until == EVENING + 9 * HOUR
    assert "Nobody from the team is on duty right now, so nobody has it yet" in scene.told(CHO)[0]
    await scene.wait(10 * HOUR)
    assert scene.paged() == [(9 * HOUR, {MO})]
    assert len(scene.paper.dms[MO]) == 1


async def test_a_check_in_with_no_shift_to_come_waits_a_day_and_then_goes_to_the_leads(scene: Scene) -> None:
    await scene.ask(CHO, Level.CHECK_IN)
    await scene.wait(DAY + MINUTE)
    assert scene.paged() == [(DAY, {LEAD, DEPUTY})]


async def test_before_the_raiser_hears_that_nobody_has_answered_every_line_was_asked(scene: Scene) -> None:
    await scene.duty(MO, 24, starts_in=23 * HOUR)
    await scene.ask(CHO, Level.CHECK_IN)
    await scene.wait(36 * HOUR + MINUTE)
    assert scene.paged() == [(23 * HOUR, {MO}), (29.5 * HOUR, {LEAD, DEPUTY}), (36 * HOUR, set(TEAM))]
    assert say("state-nobody") in scene.told(CHO)[-1]


async def test_whoever_comes_on_duty_hears_at_once_of_what_nobody_has_answered(scene: Scene) -> None:
    await scene.ask(CHO)
    await scene.wait(2 * HOUR)
    before = len(scene.paper.seen_by(MAY, "escalation.page"))
    await scene.duty(MAY, starts_in=17 * MINUTE)
    await scene.wait(17 * MINUTE)
    after = scene.paper.seen_by(MAY, "escalation.page")[before:]
    assert [page.card.pings for page in after if page.at == scene.clock.now()] == [(MAY,), (MAY,)]


async def test_somebody_who_has_left_the_team_is_not_on_duty_whatever_the_rota_says(scene: Scene) -> None:
    await scene.duty(MO)
    await leave(scene.desk, scene.servers, SERVER, MO)
    await scene.ask(CHO)
    assert scene.paged() == [(NOW, {LEAD, DEPUTY})]


async def test_somebody_on_duty_who_needs_somebody_is_not_told_that_they_themselves_are_there(scene: Scene) -> None:
    await scene.duty(MO)
    _, cover = await scene.escalation.whose_team(SERVER, MO)
    assert cover is not None
    assert cover.on_duty_until is None
    await scene.ask(MO)
    assert scene.paged() == [(NOW, {LEAD, DEPUTY})]
    assert all(MO not in page.card.pings for page in scene.paper.messages("escalation.page"))
    assert scene.paper.dms[MO][0].intent.data["card"] == "escalation.news"


async def test_in_a_meeting_a_check_in_goes_to_the_facilitators_those_who_took_it_over_included(scene: Scene) -> None:
    room = await scene.meet()
    row = await scene.desk.reads.one("SELECT id FROM meeting ORDER BY starts_at LIMIT 1")
    assert row is not None
    async with scene.desk.transaction() as work:
        await scene.servers.give_part(work, SERVER, MAY, "facilitator")
        await work.all(
            "INSERT INTO stand_in (server_id, meeting_id, user_id, at) VALUES (:s, :m, :u, 1)",
            s=SERVER, m=row["id"], u=MAY,
        )  # fmt: skip
    start = scene.clock.now() - EVENING
    await scene.ask(ANA, Level.CHECK_IN, room)
    await scene.wait(25 * MINUTE)
    assert since(scene, start)[0] == (NOW, {FAY, GUS, MAY})
    assert since(scene, start)[-1] == (20 * MINUTE, {LEAD, DEPUTY})


async def test_a_press_in_a_room_that_is_over_is_no_press_in_a_meeting(scene: Scene) -> None:
    room = await scene.meet()
    await scene.wait(3 * HOUR)
    concern = await scene.ask(ANA, Level.URGENT, room)
    assert concern.room_name is None


async def test_who_asks_again_from_a_meeting_reaches_its_facilitators_too(scene: Scene) -> None:
    await scene.duty(MO)
    room = await scene.meet()
    await scene.withdraw(ANA, await scene.ask(ANA, Level.CHECK_IN))
    await scene.wait(HOUR)
    start = scene.clock.now() - EVENING
    concern = await scene.ask(ANA, Level.CHECK_IN, room)
    assert concern.room_channel_id == room
    assert since(scene, start) == [(NOW, {FAY, GUS})]


# A page that fails counts as unanswered: the next way, or the next line, at once.


async def test_a_closed_direct_message_leaves_the_staff_channel(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed = {MO}
    await scene.ask(CHO)
    assert [page.intent.kind for page in scene.paper.seen_by(MO, "escalation.page")] == ["post"]
    await scene.wait(MINUTE)
    assert scene.paged() == [(NOW, {MO})]


@pytest.mark.parametrize("code", [GONE, FORBIDDEN, 50001])
async def test_a_staff_channel_that_refuses_leaves_the_direct_message_and_is_told_to_owner_and_leads(
    scene: Scene, code: int
) -> None:
    await scene.duty(MO)
    server = await scene.servers.load(scene.desk.reads, SERVER)
    assert server.moderators_channel_id is not None
    scene.paper.refusing[server.moderators_channel_id] = code
    await scene.ask(CHO)
    assert [page.intent.kind for page in scene.paper.seen_by(MO, "escalation.page")] == ["dm"]
    told = scene.paper.messages("escalation.no_channel")
    assert {int(message.intent.data["user"]) for message in told} == {OWNER, LEAD, DEPUTY}
    await scene.wait(30 * MINUTE)
    assert len(scene.paper.messages("escalation.no_channel")) == 3


async def test_a_server_without_a_staff_channel_pages_by_message_and_tells_owner_and_leads(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("UPDATE server SET moderators_channel_id = NULL, facilitators_channel_id = NULL")
    await scene.duty(MO)
    await scene.ask(CHO)
    assert [page.intent.kind for page in scene.paper.messages("escalation.page")] == ["dm"] * 3
    assert scene.paper.seen_by(OWNER, "escalation.no_channel")


async def test_a_missing_channel_reaches_the_leads_outside_discord_where_no_message_does(scene: Scene) -> None:
    await scene.duty(MO)
    scene.phones.ways = {LEAD: 1, DEPUTY: 2}
    scene.paper.closed |= {LEAD, DEPUTY, OWNER}
    scene.paper.refused["post"] = 50013
    await scene.ask(CHO)
    for user_id, places in ((LEAD, 1), (DEPUTY, 2)):
        texts = [alert.text for alert in scene.paper.phones[user_id]]
        assert texts.count(say("alert-no-channel")) == places


async def test_when_no_way_reaches_the_first_line_the_next_is_asked_at_once(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed = {MO}
    scene.paper.refused["post"] = FORBIDDEN
    concern = await scene.ask(CHO)
    assert scene.paged() == [(NOW, {LEAD, DEPUTY})]
    assert (await scene.now(concern)).alerted == 2


async def test_an_answer_that_counted_somebody_who_then_was_not_reached_is_corrected(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO)
    scene.paper.refused["post"] = FORBIDDEN
    scene.paper.closed = {LEAD, DEPUTY, MAY}
    await scene.wait(7 * MINUTE)
    shown = await scene.ask(CHO)
    assert shown.alerted == 4
    await scene.wait(10 * timedelta(seconds=1))
    assert "People I have alerted: 1." in scene.paper.answers["token-2"].text


async def test_when_no_way_reaches_anybody_the_raiser_hears_at_once_that_nobody_could_be_reached(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed = set(TEAM)
    scene.paper.refused["post"] = FORBIDDEN
    concern = await scene.now(await scene.ask(CHO))
    assert (concern.alerted, concern.state) == (0, State.UNANSWERED)
    assert concern.nobody_at == EVENING
    assert say("state-nobody") in scene.told(CHO)[-1]
    await scene.wait(3 * MINUTE)
    assert "People I have alerted: 1" not in scene.paper.answers["token-1"].text
    # And it goes on: as soon as a way is open again, everybody hears of it.
    scene.paper.closed.clear()
    await scene.wait(10 * MINUTE)
    assert scene.paged()[-1][1] == set(TEAM)


async def test_under_18_moves_on_from_the_leads_when_they_cannot_be_reached(scene: Scene) -> None:
    scene.paper.closed = {LEAD, DEPUTY}
    server = await scene.servers.load(scene.desk.reads, SERVER)
    scene.paper.refused["post"] = FORBIDDEN
    assert server.moderators_channel_id is not None
    await scene.tell(ANA, BEN, Level.CHECK_IN, "under_18")
    assert scene.paged() == [(NOW, {MO, MAY})]


async def test_somebody_who_may_be_under_18_is_urgent_and_the_leads_however_often_it_is_pressed(scene: Scene) -> None:
    await scene.duty(MO)
    concern = await scene.tell(ANA, BEN, Level.CHECK_IN, "under_18")
    assert concern.level is Level.URGENT
    await scene.wait(2 * MINUTE)
    await scene.tell(ANA, BEN, Level.CHECK_IN, "other")
    assert scene.paged() == [(NOW, {LEAD, DEPUTY})]


async def test_a_page_with_an_unknown_outcome_is_looked_for_and_sent_again_marked_as_a_repeat(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.lost = [False, False, False]
    await scene.ask(CHO)
    await scene.wait(10 * MINUTE)
    pages = scene.paper.seen_by(MO, "escalation.page")
    assert [say("staff-page-repeat") in page.text for page in pages if MO in page.card.pings][:2] == [True, True]


async def test_a_page_that_arrived_though_its_answer_was_lost_is_not_sent_again(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.lost = [True, True]
    await scene.ask(CHO)
    await scene.wait(MINUTE)
    assert [page.intent.kind for page in scene.paper.seen_by(MO, "escalation.page")] == ["post", "dm"]


async def test_while_discord_is_away_no_line_is_waited_for_and_all_are_paged_when_it_is_back(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.away = True
    await scene.ask(CHO)
    await scene.wait(MINUTE)
    scene.paper.away = False
    await scene.wait(10 * timedelta(seconds=1))
    assert {person for _, people in scene.paged() for person in people} == set(TEAM)


@pytest.mark.deep
async def test_a_team_too_large_to_be_mentioned_in_one_message_is_paged_in_several(scene: Scene) -> None:
    many = {700_000_000_000_000_000 + n for n in range(95)}
    for user_id in many:
        await scene.servers.add_to_team(Actor(OWNER, SERVER, manages_server=True), user_id, "moderator")
    await scene.ask(CHO, Level.EMERGENCY)
    in_channels = [page for page in scene.paper.messages("escalation.page") if page.intent.kind == "post"]
    assert set().union(*(page.card.pings for page in in_channels)) == many | set(TEAM)
    assert max(len(page.text) for page in in_channels) <= 2000
    assert len(in_channels) == 3


@pytest.mark.parametrize("down", [timedelta(seconds=20), 7 * MINUTE, 29 * MINUTE, 31 * MINUTE, 3 * HOUR, 8 * DAY])
async def test_after_any_time_away_the_bot_pages_first_and_says_how_old_it_is(scene: Scene, down: timedelta) -> None:
    await scene.duty(MO)
    await scene.ask(CHO)
    scene.paper.dms.clear()
    await scene.stop()
    scene.clock.move(down)
    await scene.start()
    before = max(intent["id"] for intent in await scene.desk.reads.all("SELECT id FROM intent"))
    await scene.tick.settle()
    await scene.wait(6 * MINUTE)
    sent = await scene.desk.reads.all("SELECT key FROM intent WHERE id > :before ORDER BY id", before=before)
    assert ":page:" in sent[0]["key"]
    pages = scene.paper.seen_by(LEAD, "escalation.page")
    assert f"<t:{EVENING.timestamp():.0f}:R>" in pages[-1].text
    assert any(page.intent.kind == "dm" for page in pages)
    told = [text for text in scene.told(CHO) if say("state-nobody") in text]
    assert len(told) == (down >= 29 * MINUTE)


async def test_a_clock_that_is_set_back_stops_nothing(scene: Scene) -> None:
    await scene.duty(MO)
    await scene.ask(CHO)
    scene.clock.move(-20 * MINUTE)
    await scene.wait(26 * MINUTE)
    assert {LEAD, DEPUTY} in [people for _, people in scene.paged()]


async def test_a_page_holds_level_number_and_room_and_nothing_of_the_person(scene: Scene) -> None:
    room = await scene.meet()
    concern = await scene.ask(ANA, Level.URGENT, room)
    for page in scene.paper.messages("escalation.page"):
        assert page.button("concern.take")
        assert say("staff-page", level="Urgent", number=concern.number) in page.text
        assert scene.paper.channels[room].name in page.text
        assert str(ANA) not in page.text


async def test_the_direct_page_points_only_those_to_the_staff_channel_who_can_read_it(scene: Scene) -> None:
    server = await scene.servers.load(scene.desk.reads, SERVER)
    pointer = f"<#{server.moderators_channel_id}>"
    await scene.duty(MO)
    room = await scene.meet()
    await scene.ask(ANA, Level.URGENT, room)
    assert pointer in scene.paper.dms[MO][-1].text
    assert pointer not in scene.paper.dms[FAY][-1].text


async def test_the_cover_command_says_until_when_without_a_gap_somebody_is_on_duty(scene: Scene) -> None:
    await scene.duty(MO, 4)
    await scene.duty(MAY, 4, starts_in=3 * HOUR)
    await scene.duty(LEAD, 4, starts_in=20 * HOUR)
    cover = await scene.escalation.cover_now(Actor(CHO, SERVER))
    assert cover.on_duty_until == EVENING + 7 * HOUR
    await scene.wait(8 * HOUR)
    cover = await scene.escalation.cover_now(Actor(CHO, SERVER))
    assert (cover.on_duty_until, cover.next_shift) == (None, EVENING + 20 * HOUR)


async def test_a_press_on_a_page_proves_that_its_way_reaches_who_was_asked_and_nobody_else(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("DELETE FROM proof")
    await scene.duty(MO)
    concern = await scene.ask(CHO)
    page = next(page for page in scene.paper.messages("escalation.page") if page.intent.data.get("user") == MO)
    page_id = str(page.intent.data["page"])
    handling = scene.escalation.handling
    await handling.open(Actor(MAY, SERVER), concern.id, page_id)
    assert await ways_store.proven(scene.desk.reads, SERVER) == {}
    await handling.take(Actor(MO, None), concern.id, page_id)
    assert await ways_store.proven(scene.desk.reads, SERVER) == {MO: {"dm": scene.clock.now()}}
    row = await scene.desk.reads.one("SELECT pressed_by, pressed_at FROM page WHERE id = :id", id=page_id)
    assert row is not None
    assert row["pressed_by"] == MO
