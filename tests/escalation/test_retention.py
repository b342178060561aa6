"""What is kept of a concern, and for how long."""

from collections.abc import Awaitable, Callable

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.retention import forget_due
from peerbot.engine.texts import say
from peerbot.escalation.rules import Level
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
    DAY,
    DEPUTY,
    HOUR,
    LEAD,
    MAY,
    MINUTE,
    MO,
    OWNER,
    SERVER,
    Scene,
)
from tests.fakes import EVENING

WORDS = "quite particular words"


async def forget(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.escalation)


async def test_with_the_last_news_the_raiser_and_their_words_are_gone_from_every_row(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    concern = await scene.tell(CHO, ANA, note=WORDS)
    await scene.take(MO, concern)
    await scene.withdraw(CHO, concern)
    await scene.tell(CHO, ANA, note="others")
    await scene.look_after(MO, concern)
    await scene.close_by_two(concern)
    await scene.wait(MINUTE)
    for trace in (CHO, WORDS, "others"):
        assert not await scene.keeps(trace), trace
    assert "token-" not in await scene.everything_kept()


async def test_last_news_that_never_arrives_is_given_up_after_48_hours(scene: Scene) -> None:
    concern = await scene.tell(CHO, ANA, note=WORDS)
    scene.paper.away = True
    await scene.close_by_two(concern)
    scene.clock.move(48 * HOUR - MINUTE)
    await scene.tick.settle()
    assert (await scene.now(concern)).raiser_id == CHO
    scene.clock.move(MINUTE)
    await scene.tick.settle()
    kept = await scene.now(concern)
    assert (kept.raiser_id, kept.note, kept.token) == (None, None, None)
    scene.paper.away = False
    await scene.wait(10 * MINUTE)
    assert say("state-closed") not in "".join(scene.told(CHO))
    assert not await scene.keeps(CHO)


async def test_somebody_who_takes_no_message_and_has_no_room_is_forgotten_at_closing(scene: Scene) -> None:
    scene.paper.closed.add(CHO)
    scene.paper.refused["place.make"] = 50013
    concern = await scene.tell(CHO, ANA, note=WORDS)
    await scene.close_by_two(concern)
    assert (await scene.now(concern)).raiser_id is None


async def test_a_check_in_is_kept_for_30_days_others_for_12_months_and_the_person_for_90_days(scene: Scene) -> None:
    small = await scene.tell(CHO, ANA, Level.CHECK_IN)
    large = await scene.tell(CHO, BEN)
    await scene.take(MO, large)
    await scene.close(MO, small)
    await scene.close_by_two(large)

    async with scene.desk.transaction() as work:
        await work.all("UPDATE concern SET group_id = 'group', room_channel_id = 7, side_people = '[900013]'")

    async def left() -> list[tuple[int, int | None, int | None]]:
        rows = await scene.desk.reads.all("SELECT * FROM concern ORDER BY level")
        for row in rows:
            where = (row["group_id"], row["room_channel_id"], row["side_people"])
            assert where == (("group", 7, "[900013]") if row["subject_id"] else (None, None, "[]"))
        return [(row["number"], row["subject_id"], row["taken_by"]) for row in rows]

    for days, expected in (
        (30, [(small.number, ANA, None), (large.number, BEN, MO)]),
        (31, [(large.number, BEN, MO)]),
        (90, [(large.number, BEN, MO)]),
        (91, [(large.number, None, None)]),
        (365, [(large.number, None, None)]),
        (366, []),
    ):
        scene.clock.move(EVENING + days * DAY - scene.clock.now())
        await forget(scene)
        assert await left() == expected, days
    assert await scene.count("page") == await scene.count("concern_act") == 0


async def test_what_is_open_is_never_forgotten(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.withdraw(CHO, concern)
    scene.clock.move(800 * DAY)
    await forget(scene)
    assert (await scene.now(concern)).raiser_id == CHO


async def test_shifts_go_90_days_after_their_end_and_notes_of_answered_messages_after_a_day(scene: Scene) -> None:
    await scene.duty(MO, 10)
    await scene.escalation.raising.answer_message(CHO)
    await scene.tick.settle()
    scene.clock.move(DAY)
    await forget(scene)
    assert await scene.count("dm_answer") == 1
    scene.clock.move(MINUTE)
    await forget(scene)
    assert await scene.count("dm_answer") == 0
    scene.clock.move(89 * DAY)
    await forget(scene)
    assert await scene.count("shift") == 1
    scene.clock.move(10 * HOUR)
    await forget(scene)
    assert await scene.count("shift") == 0
    assert not await scene.keeps(CHO)


async def test_the_token_goes_after_15_minutes_whatever_happens(scene: Scene) -> None:
    concern = await scene.ask(CHO)
    await scene.wait(15 * MINUTE - MINUTE)
    assert (await scene.now(concern)).token == "token-1"
    await scene.wait(MINUTE)
    assert not await scene.keeps("token-1")


async def test_the_team_is_shown_what_is_kept_of_their_work(scene: Scene) -> None:
    await scene.duty(MAY)
    concern = await scene.ask(CHO)
    await scene.take(MAY, concern)
    await scene.look_after(MAY, concern)
    kept = {item.item: item for item in await scene.escalation.kept_about(scene.desk.reads, MAY)}
    assert set(kept) == {"kept-shift", "kept-rota-dates", "kept-acts", "kept-pages", "kept-sight", "kept-proof"}
    assert kept["kept-acts"].values == {"times": 2}
    assert all(say(item.item, **item.values) for item in kept.values())
    await scene.close_by_two(concern)
    assert await scene.escalation.kept_about(scene.desk.reads, CHO) == []
    assert await scene.escalation.kept_about(scene.desk.reads, LEAD)


async def test_once_it_is_forgotten_whom_a_concern_was_about_it_opens_to_nobody(scene: Scene) -> None:
    about, own = await scene.tell(CHO, LEAD), await scene.ask(ANA)
    for concern in (about, own):
        await scene.close(MO, concern)
    await scene.wait(10 * DAY)
    asked = await scene.desk.reads.one("SELECT id FROM sign_off WHERE concern_id = :id", id=about.id)
    assert asked is not None
    escalation = scene.escalation

    async def opens_to(user_id: int) -> list[str]:
        """Return by which ways what was about the lead can still be found."""
        actor = Actor(user_id, SERVER)
        ways: dict[str, Callable[[], Awaitable[object]]] = {
            "number": lambda: escalation.handling.open_number(actor, about.number),
            "close": lambda: escalation.closings.close(actor, about.id),
            "aftercare": lambda: escalation.aftercare.words(actor, about.id),
            "reviewed": lambda: escalation.aftercare.reviewed(actor, about.id),
            "alone": lambda: escalation.sign_offs.review(actor, asked["id"]),
        }
        listed = {each.concern.number for each in await escalation.reviews.waiting(actor)}
        found = ["list"] if about.number in listed else []
        for name, way in ways.items():
            try:
                await way()
            except NotFound:
                continue
            found.append(name)
        return found

    assert await opens_to(LEAD) == []
    assert set(await opens_to(DEPUTY)) == {"list", "number", "close", "aftercare", "reviewed", "alone"}
    async with scene.desk.transaction() as work:
        # As if nobody had looked at it: the file itself would not let go of that.
        await work.all("DROP TRIGGER concern_act_goes_in_its_time")
        await work.all("DELETE FROM concern_act")
        await work.all("UPDATE sign_off SET reviewed_at = NULL")
    scene.clock.move(91 * DAY)
    await forget(scene)
    for user_id in (LEAD, DEPUTY, MO, OWNER):
        assert await opens_to(user_id) == []
    assert (await escalation.handling.open_number(Actor(LEAD, SERVER), own.number)).concern.id == own.id
