"""A group under a coordinator's hands: its places, its kind, its rest and its end, and what its people keep."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.card import Card
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.retention import forget_due
from peerbot.signup.cards import SignupCards
from peerbot.signup.groups import rules as group_rules
from peerbot.signup.groups import store as group_store
from peerbot.signup.groups.cards import end_card
from peerbot.signup.groups.rules import Terms
from peerbot.signup.groups.service import TypedTerms, Wording
from peerbot.signup.rules import Group, Kind, Offer, Queue, Standing, Waiting, places_of, too_few, too_many
from tests.signup.scene import ANA, BEN, BOSS, CIRCLE, COORDINATOR, FACILITATOR, OTHER_SERVER, SERVER, Scene, at

DAY = timedelta(days=1)
TODAY = date(2026, 12, 1)


def terms(kind: Kind = "open", places: int = 4, first: date | None = None, last: date | None = None) -> Terms:
    return Terms(kind, places, first, last)


async def change(scene: Scene, group: Group, wanted: Terms) -> None:
    await scene.signup.groups.change_terms(BOSS, group.id, wanted)


async def news(scene: Scene) -> dict[int, list[str]]:
    """Who would be told what, of all that is still to be sent: the first line of each message."""
    told: dict[int, list[str]] = {}
    rows = await scene.desk.reads.all("SELECT key, data FROM intent WHERE state = 'waiting' AND key LIKE 'group:%'")
    for row in rows:
        group_id, user, what = row["key"].split(":")[1:4]
        data = {"group": group_id, "user": int(user), "news": what}
        card = await SignupCards().makers()["signup.group-news"](scene.desk.reads, data, scene.clock.now())
        if isinstance(card, Card):
            told.setdefault(int(user), []).append(card.text.split("**")[1])
    return told


@pytest.mark.parametrize(("kind", "fewest", "most"), [("open", 4, 12), ("closed", 4, 12), ("drop_in", 4, 25)])
def test_a_group_has_as_many_places_as_its_kind_allows(kind: Kind, fewest: int, most: int) -> None:
    assert (min(places_of(kind)), max(places_of(kind))) == (fewest, most)


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        (terms(places=3), "staff-group-places-wrong"),
        (terms(places=13), "staff-group-places-wrong"),
        (terms("drop_in", 25), ""),
        (terms("drop_in", 26), "staff-group-places-wrong"),
        (terms("closed"), ""),
        (terms("closed", 4, TODAY, None), "staff-group-cycle-half"),
        (terms("closed", 4, TODAY, TODAY), ""),
        (terms("closed", 4, TODAY - 30 * DAY, TODAY + DAY), ""),
        (terms("closed", 4, TODAY + DAY, TODAY), "staff-group-cycle-backward"),
        (terms("closed", 4, TODAY - 30 * DAY, TODAY - DAY), "staff-group-cycle-backward"),
        (terms("closed", 4, TODAY, TODAY + 400 * DAY), "staff-group-cycle-backward"),
        (terms("closed", 4, TODAY + 400 * DAY, TODAY + 410 * DAY), "staff-group-cycle-far"),
    ],
)
def test_terms_that_cannot_be_are_named(wanted: Terms, wrong: str) -> None:
    assert group_rules.terms_wrong(wanted, TODAY) == wrong


def test_days_are_those_of_the_servers_zone_and_come_back_as_they_were() -> None:
    group = Group("1", 1, "", "", "text", 4, "", "open", None)
    wanted = terms("closed", 6, date(2027, 3, 1), date(2027, 3, 28))
    changed = group_rules.with_terms(group, wanted, "America/New_York")
    assert changed.cycle_from == datetime(2027, 3, 1, 5, tzinfo=UTC)
    assert changed.cycle_until == datetime(2027, 3, 29, 4, tzinfo=UTC)
    assert group_rules.terms_of(changed, "America/New_York") == wanted
    assert group_rules.with_terms(changed, terms(), "America/New_York") == group
    ends_at = group_rules.ends_after(date(2027, 3, 13), "America/New_York")
    assert ends_at == datetime(2027, 3, 14, 9, tzinfo=UTC)
    assert group_rules.last_day_of(ends_at, "America/New_York") == date(2027, 3, 13)


@pytest.mark.parametrize(
    ("free", "offered", "taken", "capacity", "more", "gone"),
    [
        ((1, 2), (), 2, 4, 0, ()),
        ((1, 2), (), 2, 6, 2, ()),
        ((1, 2, 3), (), 3, 4, 0, (3, 2)),
        ((1, 2, 3), (3,), 3, 4, 0, (2, 1)),
        ((1,), (1,), 6, 4, 0, ()),
        ((), (), 6, 4, 0, ()),
    ],
)
def test_free_seats_come_and_go_with_the_places_but_none_that_is_taken_or_promised(
    free: tuple[int, ...], offered: tuple[int, ...], taken: int, capacity: int, more: int, gone: tuple[int, ...]
) -> None:
    ends = datetime(2026, 12, 2, tzinfo=UTC)
    waits = tuple(Waiting(seat, seat) for seat in offered)
    queue = Queue(free, waits, tuple(Offer(str(seat), seat, seat, ends, open=True) for seat in offered))
    assert (too_few(queue, taken, capacity), too_many(queue, taken, capacity)) == (more, gone)


async def test_more_places_are_offered_at_once_to_those_who_wait(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await change(scene, group, terms(places=6))
    assert [(await scene.view(user, group)).mine.where for user in (ANA, BEN)] == ["offered", "offered"]


async def test_with_fewer_places_nobody_loses_a_seat_and_a_promise_is_kept(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    await change(scene, group, terms(places=4))
    await change(scene, group, terms(places=6))
    offers = [await scene.offer_to(user, group) for user in (ANA, BEN)]
    await change(scene, group, terms(places=4))
    await scene.accept(ANA, offers[0])
    assert len(await scene.signup.members(scene.desk.reads, group.id)) == 4
    await scene.not_now(BEN, offers[1])
    assert not await scene.rows("free_seat"), "a seat passed on is one too many"
    await change(scene, group, terms(places=5))
    assert (await scene.view(BEN, group)).mine.where == "offered"


async def test_a_closed_group_takes_people_before_its_cycle_and_asks_again_before_the_next(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await change(scene, group, terms("closed", 4, TODAY + DAY, TODAY + 30 * DAY))
    assert [seen.group.id for seen in (await scene.signup.finding.find(Actor(BEN, SERVER))).views] == [group.id]
    await scene.leave(201, group)
    offered = (await scene.view(ANA, group)).mine
    assert offered.ends_at == datetime(2026, 12, 2, tzinfo=UTC), "no offer lasts into the cycle"
    await scene.pass_time(DAY)
    assert (await scene.view(ANA, group)).mine == Standing("waiting", 1)
    assert not (await scene.signup.finding.find(Actor(BEN, SERVER))).views
    with pytest.raises(NotFound):
        await scene.join(BEN, group)
    view = await scene.signup.joining.take(at(ANA, group), group.id)
    assert (view.mine.where, view.places) == ("waiting", 0)
    await change(scene, group, terms("closed", 4, TODAY + 40 * DAY, TODAY + 70 * DAY))
    assert not (await scene.view(ANA, group)).mine.offer, "nobody is asked twice about one seat"
    await scene.leave(202, group)
    assert (await scene.view(ANA, group)).mine.where == "offered"


async def test_terms_are_shown_first_where_people_are_touched_and_done_at_once_where_not(scene: Scene) -> None:
    group = await scene.group()
    typed = TypedTerms("drop_in", "20", "", "")
    done = await scene.signup.groups.ask_terms(BOSS, group.id, typed)
    assert (done.done, done.after.capacity, done.people.total) == (True, 20, 0)
    await scene.join(ANA, group)
    asked = await scene.signup.groups.ask_terms(BOSS, group.id, TypedTerms("closed", "6", "5 Dec", "5 Feb"))
    assert (asked.done, asked.people.total) == (False, 1)
    assert group_rules.terms_of(asked.after, "Europe/London") == terms("closed", 6, date(2026, 12, 5), date(2027, 2, 5))
    assert (await scene.view(ANA, group)).group.kind == "drop_in"
    for words in ({"kind": "secret"}, {"places": "x"}, {"places": "²"}, {"first": "1/2", "last": "5 Feb"}):
        with pytest.raises(Invalid):
            await scene.signup.groups.ask_terms(
                BOSS, group.id, TypedTerms(**{"kind": "closed", "places": "6", "first": "", "last": "", **words})
            )


async def test_words_are_changed_and_a_name_is_taken_once(scene: Scene) -> None:
    group = await scene.group()
    other = Wording(" Night  owls ", "Late people", "Deutsch", "voice")
    managed, before = await scene.signup.groups.change_words(BOSS, group.id, other)
    assert (managed.group.name, managed.group.medium, before) == ("Night owls", "voice", group)
    await scene.group()
    with pytest.raises(Invalid) as caught:
        await scene.signup.groups.change_words(BOSS, group.id, Wording("TUESDAY circle", "xx", "English", "text"))
    assert caught.value.text == "staff-group-name-taken"
    await scene.signup.groups.change_words(BOSS, group.id, Wording("night owls", "Late people", "English", "text"))


async def test_a_group_becomes_private_only_when_asked_twice_while_it_has_people(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    asked = await scene.signup.groups.switch(BOSS, group.id, "private", on=True, sure=False)
    assert (asked.done, (await scene.view(ANA, group)).group.private) == (False, False)
    assert (await scene.signup.groups.switch(BOSS, group.id, "tasters", on=False, sure=False)).done
    assert (await scene.signup.groups.switch(BOSS, group.id, "private", on=True, sure=True)).done
    assert not (await scene.signup.finding.find(Actor(BEN, SERVER))).views
    assert (await scene.view(ANA, group)).mine == Standing("seated")
    with pytest.raises(NotFound):
        await scene.join(BEN, group)


async def test_a_group_that_rests_keeps_its_people_and_its_word(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN, may_remind=True)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    assert (await scene.signup.life.propose_pause(BOSS, group.id)).people.total == 5
    await scene.signup.life.pause(BOSS, group.id)
    await scene.signup.life.pause(BOSS, group.id)
    with pytest.raises(Invalid, match="staff-group-paused-already"):
        await scene.signup.life.propose_pause(BOSS, group.id)
    with pytest.raises(NotFound):
        await scene.join(106, group)
    await scene.accept(ANA, offer)
    await scene.leave(202, group)
    assert (await scene.view(BEN, group)).mine == Standing("waiting", 1), "a group that rests offers nothing new"
    assert await news(scene) == {
        ANA: ["One of your groups is paused."],
        BEN: ["One of your groups is paused."],
    }
    await scene.signup.life.resume(BOSS, group.id)
    assert (await scene.view(BEN, group)).mine.where == "offered"
    assert await news(scene) == {}, "who was not told that it rests is not told that it goes on"
    with pytest.raises(Invalid, match="staff-group-not-paused"):
        await scene.signup.life.resume(BOSS, group.id)


async def test_an_end_is_announced_ahead_and_can_be_taken_back(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, may_remind=True)
    ending = await scene.signup.life.propose_end(BOSS, group.id, "")
    assert (ending.last_day, ending.people.total) == (date(2026, 12, 29), 5)
    await scene.signup.life.end(BOSS, group.id, date(2026, 12, 20))
    await scene.signup.life.end(BOSS, group.id, date(2026, 12, 20))
    assert await news(scene) == {ANA: ["One of your groups comes to an end."]}
    again = await scene.signup.life.propose_end(BOSS, group.id, "")
    assert (ending.announced_at, again.announced_at is not None) == (None, True)
    assert "manage.stay" not in str(end_card(ending))
    assert "manage.stay" in str(end_card(again)), "who asks again is told, and led to the way back"
    with pytest.raises(NotFound):
        await scene.join(BEN, group)
    assert not (await scene.signup.finding.find(Actor(BEN, SERVER))).views
    await scene.leave(201, group)
    assert (await scene.view(ANA, group)).mine.where == "waiting"
    await scene.signup.life.stay(BOSS, group.id)
    assert (await scene.view(ANA, group)).mine.where == "offered"
    await scene.pass_time(timedelta(days=40))
    assert (await scene.view(202, group)).group.state == "open"
    for day in ("30 November 2026", "1 Jan 2029", "1/2", "soon"):
        with pytest.raises(Invalid):
            await scene.signup.life.propose_end(BOSS, group.id, day)


async def test_a_group_that_ends_lets_everybody_go_and_is_deleted_thirty_days_later(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA)
    await scene.signup.add_facilitator(BOSS, group.id, FACILITATOR, is_bot=False)
    await scene.leave(201, group)
    offer = await scene.offer_to(ANA, group)
    await scene.signup.life.end(BOSS, group.id, TODAY)
    await scene.pass_time(timedelta(hours=15, minutes=59))
    assert (await scene.view(202, group)).mine.where == "seated"
    scene.facts.clear()
    await scene.pass_time(timedelta(minutes=1))
    ended = [(kind, data.get("user")) for kind, data in scene.facts]
    assert ended == [
        *[("seat.ended", user) for user in (202, 203, 204)],
        ("facilitator.ended", FACILITATOR),
        ("group.changed", None),
    ]
    reads = scene.desk.reads
    assert await scene.signup.members(reads, group.id) == await scene.signup.facilitators(reads, group.id) == ()
    assert {row["state"] for row in await scene.rows("offer")} == {"withdrawn"}
    assert not await scene.rows("reminder_choice")
    assert (await scene.signup.groups.show(BOSS, group.id)).group.state == "archived"
    for attempt in (
        scene.accept(ANA, offer),
        scene.view(ANA, group),
        scene.signup.life.stay(BOSS, group.id),
        scene.signup.group(reads, SERVER, group.id),
        scene.signup.groups.change_terms(BOSS, group.id, terms()),
    ):
        with pytest.raises((NotFound, Late)):
            await attempt
    async with scene.desk.transaction() as work:
        assert not await group_store.archived_before(work, work.now - timedelta(days=30))
    await scene.pass_time(timedelta(days=30, seconds=1))
    async with scene.desk.transaction() as work:
        await forget_due(work, scene.signup)
    assert not [table for table in ("peer_group", "seat", "waiting", "offer") if await scene.rows(table)]


@pytest.mark.parametrize("user", [FACILITATOR, ANA])
async def test_only_coordinators_change_a_group_and_only_of_their_own_server(scene: Scene, user: int) -> None:
    await scene.set_up(OTHER_SERVER)
    group = await scene.group()
    outsider, elsewhere = Actor(user, SERVER), Actor(COORDINATOR, OTHER_SERVER)
    groups, life = scene.signup.groups, scene.signup.life
    for actor, error in ((outsider, NotAllowed), (elsewhere, NotFound)):
        for attempt in (
            groups.show(actor, group.id),
            groups.change_words(actor, group.id, Wording("xx", "xx", "xx", "text")),
            groups.ask_terms(actor, group.id, TypedTerms("open", "4", "", "")),
            groups.change_terms(actor, group.id, terms()),
            groups.switch(actor, group.id, "private", on=True, sure=True),
            life.propose_pause(actor, group.id),
            life.pause(actor, group.id),
            life.resume(actor, group.id),
            life.propose_end(actor, group.id, ""),
            life.end(actor, group.id, TODAY),
            life.stay(actor, group.id),
        ):
            with pytest.raises(error):
                await attempt


async def test_who_is_in_a_group_is_shown_to_its_facilitators_and_coordinators_alone(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    other = await scene.group(replace(CIRCLE, name="Another"))
    await scene.signup.add_facilitator(BOSS, group.id, FACILITATOR, is_bot=False)
    for actor in (BOSS, Actor(COORDINATOR, SERVER), Actor(FACILITATOR, SERVER)):
        roster = await scene.signup.groups.roster(actor, group.id)
        assert [one.user_id for one in roster.seated] == [201, 202, 203, 204]
        assert (roster.waiting, roster.facilitators) == (2, (FACILITATOR,))
    for actor, group_id in (
        (Actor(FACILITATOR, SERVER), other.id),
        (Actor(201, SERVER), group.id),
        (Actor(ANA, SERVER), group.id),
        (Actor(COORDINATOR, OTHER_SERVER), group.id),
        (BOSS, "ffffffff"),
    ):
        with pytest.raises(NotFound):
            await scene.signup.groups.roster(actor, group_id)
