"""After a death nothing automatic reaches an account or calls it; help still does, and a lead can take it back."""

from datetime import timedelta

import pytest

from peerbot.demo.world import World
from peerbot.engine import silence
from peerbot.engine.actor import Actor
from peerbot.engine.card import Card
from peerbot.engine.errors import Invalid, NotAllowed
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import person, say
from peerbot.escalation.aftercare.postvention_cards import asking_card, done_card
from peerbot.escalation.rules import Level
from peerbot.servers.service import Answers
from tests.escalation.scene import (
    ANA,
    BEN,
    CHO,
    COORDINATOR,
    DEPUTY,
    FAY,
    GUS,
    LEAD,
    MAY,
    MINUTE,
    MO,
    OWNER,
    SERVER,
    Scene,
)

LATER = timedelta(days=1)


async def silent(scene: Scene, user_id: int) -> None:
    await scene.escalation.postvention.begin(Actor(LEAD, SERVER), user_id)
    await scene.tick.settle()


async def test_no_automatic_message_of_any_kind_reaches_a_silenced_account(world: World) -> None:
    """Every card there is, in every lane: whoever adds one later has it stopped too."""
    app, ana = world.app, world.add("ana", "Ana", "member")
    ben = world.add("ben", "Ben", "member")

    async def card(*_: object) -> Card:
        return Card("something automatic")

    app.makers.cards.update(dict.fromkeys(app.makers.cards, card))
    async with app.desk.transaction() as work:
        await work.all(
            "INSERT INTO server (id, country, zone, set_up_at) VALUES (:id, 'GB', 'Europe/London', 0)",
            id=world.guild.id,
        )
        await silence.keep(work, world.guild.id, ana.actor.id, work.now)
        for who in (ana, ben):
            for name in app.makers.cards:
                for lane in Lane:
                    data = {"user": who.actor.id, "card": name}
                    key = f"test:{who.key}:{name}:{lane}"
                    await work.enqueue(Intent(key, "dm", lane, world.guild.id, data))
    for _ in range(60):
        await world.tick()
    rows = await app.desk.reads.all("SELECT key, state, reason FROM intent WHERE key LIKE 'test:%'")
    assert len(rows) == 2 * len(app.makers.cards) * len(Lane)
    for row in rows:
        _, key, _, lane = row["key"].split(":")
        stopped = key == "ana" and int(lane) != Lane.CONCERN
        assert (row["state"], row["reason"]) == (("dropped", "silenced") if stopped else ("done", "")), row["key"]


async def test_a_silenced_account_is_named_in_no_ping(world: World) -> None:
    app, ana = world.app, world.add("ana", "Ana", "member")

    async def card(*_: object) -> Card:
        return Card(person(ana.actor.id), pings=(ana.actor.id,))

    app.makers.cards["test"] = card
    async with app.desk.transaction() as work:
        await work.all(
            "INSERT INTO server (id, country, zone, set_up_at) VALUES (:id, 'GB', 'Europe/London', 0)",
            id=world.guild.id,
        )
        await silence.keep(work, world.guild.id, ana.actor.id, work.now)
        data = {"channel": world.lounge.id, "card": "test"}
        await work.enqueue(Intent("test:quiet", "post", Lane.OPENING, world.guild.id, data))
    await world.tick()
    posted = [made.sent for made in world.guillotine.made if made.call == "POST /channels/…/messages"]
    assert str(ana.actor.id) in str(posted[-1]["content"])
    assert not posted[-1]["allowed_mentions"].get("users")


async def test_reminders_and_offers_stop_and_what_is_taken_back_goes_on(scene: Scene) -> None:
    await scene.meet()
    async with scene.desk.transaction() as work:
        await work.all("UPDATE peer_group SET capacity = 2")
        await work.all("DELETE FROM free_seat")
    joining = scene.signup.joining
    for user in (CHO, MAY):
        await joining.join(Actor(user, SERVER), scene.group_id, agreed=True, may_remind=True)
    await silent(scene, CHO)
    await joining.leave(Actor(BEN, SERVER), scene.group_id)
    await scene.tick.settle()
    offered = scene.paper.messages("signup.offer")
    assert [one.intent.data["user"] for one in offered] == [MAY]
    rows = await scene.desk.reads.all("SELECT user_id FROM waiting WHERE ended_at IS NULL ORDER BY id")
    assert CHO in [row["user_id"] for row in rows]  # their place stays
    await scene.escalation.postvention.end(Actor(DEPUTY, SERVER), CHO)
    await joining.leave(Actor(ANA, SERVER), scene.group_id)
    await scene.tick.settle()
    assert [one.intent.data["user"] for one in scene.paper.messages("signup.offer")] == [MAY, CHO]


async def test_the_last_news_of_what_they_raised_before_is_not_sent_and_what_they_ask_for_since_is(
    scene: Scene,
) -> None:
    concern = await scene.ask(CHO)
    await scene.wait(MINUTE)
    told = len(scene.told(CHO))
    await silent(scene, CHO)
    await scene.close_by_two(concern)
    assert len(scene.told(CHO)) == told
    await scene.wait(49 * 60 * MINUTE)
    assert (await scene.now(concern)).raiser_id is None
    again = await scene.ask(CHO)
    await scene.take(MO, again)
    assert say("state-taken", person=person(MO)) in scene.told(CHO)[-1]


async def test_only_leads_and_deputies_may_and_never_about_the_team_or_themselves(scene: Scene) -> None:
    use = scene.escalation.postvention
    for user in (MO, FAY, ANA):
        for act in (use.propose, use.begin, use.end):
            with pytest.raises(NotAllowed):
                await act(Actor(user, SERVER), CHO)
    for one in (MO, DEPUTY):
        with pytest.raises(Invalid):
            await use.begin(Actor(LEAD, SERVER), one)
    with pytest.raises(NotAllowed):
        await use.begin(Actor(LEAD, SERVER), LEAD)


async def test_a_facilitator_about_whom_nothing_goes_out_is_no_line_that_is_waited_for(scene: Scene) -> None:
    room = await scene.meet()
    await silent(scene, GUS)
    before = len(scene.paper.calls)
    await scene.ask(ANA, Level.CHECK_IN, channel_id=room)
    await scene.wait(MINUTE)
    asked = {user for call in scene.paper.calls[before:] for user in call.people if "page" in call.intent.data}
    assert FAY in asked
    assert GUS not in asked
    await silent(scene, FAY)
    before = len(scene.paper.calls)
    await scene.ask(BEN, Level.CHECK_IN, channel_id=room)
    await scene.wait(MINUTE)
    asked = {user for call in scene.paper.calls[before:] for user in call.people if "page" in call.intent.data}
    assert asked
    assert not {FAY, GUS} & asked


async def test_nobody_is_taken_into_the_team_who_could_not_be_counted_on(scene: Scene) -> None:
    await silent(scene, CHO)
    with pytest.raises(Invalid) as refused:
        await scene.servers.add_to_team(Actor(LEAD, SERVER), CHO, "moderator")
    assert refused.value.text == "team-is-silenced"
    assert CHO not in await scene.servers.team(scene.desk.reads, SERVER, "moderator")
    owner, coordinator = Actor(OWNER, SERVER, manages_server=True), Actor(COORDINATOR, SERVER)
    await scene.meet()
    for attempt in (
        scene.servers.set_up(owner, Answers("GB", LEAD, CHO, "make", "Europe/London")),
        scene.signup.add_facilitator(coordinator, scene.group_id, CHO, is_bot=False, sure=True),
        scene.signup.facilitating.add_backup(coordinator, scene.group_id, CHO),
    ):
        with pytest.raises(Invalid) as refused:
            await attempt
        assert refused.value.text == "team-is-silenced"
    assert await scene.servers.team(scene.desk.reads, SERVER, "deputy") == (DEPUTY,)
    assert CHO not in await scene.servers.team(scene.desk.reads, SERVER, "facilitator")
    await scene.escalation.postvention.end(Actor(LEAD, SERVER), CHO)
    assert await scene.servers.add_to_team(Actor(LEAD, SERVER), CHO, "moderator")


async def test_it_asks_first_can_be_taken_back_and_is_shown_to_whom_it_is_about(scene: Scene) -> None:
    use, lead = scene.escalation.postvention, Actor(LEAD, SERVER)
    assert asking_card(await use.propose(lead, CHO)).text == say("postvention-ask", person=person(CHO))
    first, second = await use.begin(lead, CHO), await use.begin(lead, CHO)
    assert first == second
    assert asking_card(await use.propose(lead, CHO)) == done_card(first)
    assert {kept.item for kept in await scene.escalation.kept_about(scene.desk.reads, CHO)} == {"kept-silence"}
    acts = await scene.desk.reads.all(
        "SELECT act, user_id FROM staff_act JOIN staff_person AS who ON who.id = person_id WHERE act LIKE 'silen%'"
    )
    assert [(row["act"], row["user_id"]) for row in acts] == [("silenced", LEAD)]
    assert (await use.end(lead, CHO)).since is None
    assert await scene.count("silence") == 0
