"""*Help now* works for everybody, everywhere, at any time, and its card never waits for the database."""

from typing import Never

import pytest
import simcord

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found, set_up
from peerbot.demo.driver import Person, Place
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import channel, say
from peerbot.escalation.raising import cards
from peerbot.escalation.rules import Level
from peerbot.gateway.direct import PAUSE
from peerbot.servers.service import Answers
from tests.escalation.discord_on_paper import pages_to


def card(world: World, country: str) -> str:
    """The crisis card as it stands in memory, before anything is known of a team."""
    return cards.crisis_card(country, world.now).text


def text(result: simcord.InteractionResult) -> str:
    assert result.response is not None
    return result.response.content


def dm(world: World, person: Person) -> Place:
    return next(place for place in world.places(person) if place.is_dm)


async def rows(world: World) -> dict[str, int]:
    """Return how many rows each table has."""
    reads = world.app.desk.reads
    tables = await reads.all("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {t["name"]: len(await reads.all(f"SELECT 1 AS one FROM {t['name']}")) for t in tables}  # noqa: S608


async def second_server(world: World, *people: Person, country: str = "US") -> int:
    """Bring the bot and these people to another server that is set up."""
    guild = world.env.create_guild("Riverside")
    for person in people:
        guild.add_member(person.actor.user)
    await world.env.settle()
    answers = Answers(country, people[-1].actor.id, 5, "choose", "Europe/London")
    await world.app.servers.set_up(Actor(1, guild.id, manages_server=True), answers)
    return guild.id


# In a server.


async def test_before_set_up_the_card_is_there_and_says_that_there_is_no_team(world: World) -> None:
    cast = Cast(world)
    shown = text(await types(world, cast.olu, "help-now"))
    assert shown == f"{card(world, '*')}\n{say('team-line-none')}"
    for label in ("ask-danger", "ask-now", "ask-next-day"):
        assert text(await presses(world, cast.olu, say(label))) == say("concern-no-team")
    assert (await rows(world))["concern"] == 0


async def test_somebody_in_no_group_sees_the_servers_card_and_reaches_the_team(world: World) -> None:
    cast = await found(world, members=0)
    shown = text(await types(world, cast.olu, "help-now"))
    assert shown.startswith(card(world, "GB"))
    assert "Someone from the team is on duty until" in shown
    receipt = text(await presses(world, cast.olu, say("ask-now")))
    assert say("state-waiting", count=1) in receipt
    await types(world, cast.olu, "help-now")
    assert say("state-waiting", count=1) in _newest(world, cast.olu)


async def test_help_now_pressed_fifty_times_gives_fifty_truthful_answers_and_one_concern(world: World) -> None:
    cast = await found(world, members=0)
    help_card = await types(world, cast.olu, "help-now")
    assert help_card.response is not None
    answers = [await cast.olu.actor.click(help_card.response, label=say("ask-now")) for _ in range(50)]
    assert all(say("state-waiting", count=1) in text(answer) for answer in answers)
    await world.tick()
    shown = [text(await cast.olu.actor.click(help_card.response, label=say("ask-now"))) for _ in range(2)]
    assert all(say("receipt-way-dm") in answer for answer in shown)
    assert (await rows(world))["concern"] == 1
    assert len(pages_to(world, cast.mo)) == 1
    assert len(world.dms(cast.olu)) == 1


async def test_just_the_card_records_nothing_and_neither_does_another_country(world: World) -> None:
    cast = await found(world, members=0)
    before = await rows(world)
    await types(world, cast.olu, "help-now")
    menu = await presses(world, cast.olu, say("ask-elsewhere"))
    assert menu.response is not None
    await cast.olu.actor.select(menu.response, ["NZ"])
    shown = _newest(world, cast.olu)
    assert shown.startswith(card(world, "NZ"))
    assert "on duty until" in shown
    assert text(await presses(world, cast.olu, say("ask-card"))) == say("just-the-card")
    await world.tick()
    assert await rows(world) == before
    assert pages_to(world, cast.mo) == []


def _newest(world: World, person: Person) -> str:
    return world.reads(person, world.lounge)[-1].content


# With a database that fails.


class Broken:
    """A database that answers nothing any more."""

    in_transaction = False

    async def all(self, *_: object, **__: object) -> Never:
        raise OSError

    async def one(self, *_: object, **__: object) -> Never:
        raise OSError

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
async def broken(world: World) -> Cast:
    """A server whose database fails from now on."""
    cast = await found(world, members=0)
    await types(world, cast.olu, "help-now")
    database = world.app._database
    await database._reader.close()
    await database._writer.close()
    database.reads = database._reader = database._writer = Broken()  # pyright: ignore[reportAttributeAccessIssue]
    return cast


async def test_a_failing_database_changes_the_sentence_about_the_team_and_never_the_card(
    world: World, broken: Cast
) -> None:
    shown = await broken.olu.actor.slash(world.lounge, "help-now")
    assert text(shown) == f"{card(world, 'GB')}\n{say('team-line-unknown')}"


@pytest.mark.parametrize("label", ["ask-danger", "ask-now", "ask-next-day"])
async def test_who_asks_while_the_database_fails_is_told_not_to_wait_and_whom_to_call(
    world: World, broken: Cast, label: str
) -> None:
    shown = await broken.olu.actor.slash(world.lounge, "help-now")
    assert shown.response is not None
    answer = text(await broken.olu.actor.click(shown.response, label=say(label)))
    assert answer == say("concern-not-passed-on", number="999", finder="findahelpline.com")


async def test_everything_on_the_card_that_needs_no_database_works_without_one(world: World, broken: Cast) -> None:
    shown = await broken.olu.actor.slash(world.lounge, "help-now")
    assert shown.response is not None
    menu = await broken.olu.actor.click(shown.response, label=say("ask-elsewhere"))
    assert menu.response is not None
    await broken.olu.actor.select(menu.response, ["IE"])
    assert _newest(world, broken.olu).startswith(card(world, "IE"))
    assert text(await broken.olu.actor.click(shown.response, label=say("ask-card"))) == say("just-the-card")


async def test_in_a_direct_message_the_card_stands_without_a_database_too(world: World, broken: Cast) -> None:
    shown = await broken.olu.actor.user.slash("help-now")
    assert text(shown) == f"{card(world, '*')}\n{say('team-line-unknown')}"


async def test_a_direct_message_is_answered_without_a_database_too_once_in_ten_minutes(
    world: World, broken: Cast
) -> None:
    place, answer = dm(world, broken.olu), say("dm-answer")

    async def answers() -> int:
        await broken.olu.actor.send_dm("hello")
        return sum(message.content == answer for message in world.reads(broken.olu, place))

    assert await answers() == 1
    assert await answers() == 1
    await world.env.advance_time(PAUSE.total_seconds())
    assert await answers() == 2


# In a direct message.


async def test_in_a_direct_message_somebody_with_no_team_is_told_so_and_given_a_number(world: World) -> None:
    cast = Cast(world)
    place = dm(world, cast.olu)
    shown = text(await types(world, cast.olu, "help-now", place))
    assert shown == f"{card(world, '*')}\n{say('team-line-none')}"
    answer = text(await presses(world, cast.olu, say("ask-danger"), place))
    assert answer == say("no-team-anywhere", number="112", finder="findahelpline.com")


async def test_in_a_direct_message_the_one_team_there_is_is_asked_and_its_countrys_card_shown(world: World) -> None:
    cast = await found(world, members=0)
    place = dm(world, cast.olu)
    shown = text(await types(world, cast.olu, "help-now", place))
    assert shown.startswith(card(world, "GB"))
    assert "on duty until" in shown
    await presses(world, cast.olu, say("ask-now"), place)
    row = await world.app.desk.reads.one("SELECT server_id, raiser_id, level FROM concern")
    assert row is not None
    assert dict(row) == {"server_id": world.guild.id, "raiser_id": cast.olu.actor.id, "level": int(Level.URGENT)}
    assert pages_to(world, cast.mo)


async def test_in_a_direct_message_with_two_teams_the_person_picks_whose(world: World) -> None:
    cast = await found(world, members=0)
    other = await second_server(world, cast.olu, cast.finn)
    place = dm(world, cast.olu)
    assert text(await types(world, cast.olu, "help-now", place)) == card(world, "*")
    menu = await presses(world, cast.olu, say("ask-danger"), place)
    assert text(menu) == say("choose-team")
    assert menu.response is not None
    await cast.olu.actor.user.select(menu.response, [str(other)])
    await world.tick()
    row = await world.app.desk.reads.one("SELECT server_id, level FROM concern")
    assert row is not None
    assert dict(row) == {"server_id": other, "level": int(Level.EMERGENCY)}
    assert world.dms(cast.finn)
    assert not pages_to(world, cast.mo)
    assert "**911**" in world.dms(cast.olu)[-1].content


async def test_any_direct_message_is_answered_unread_with_a_button_that_works(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    for _ in range(3):
        await cast.olu.actor.send_dm("I would rather not be here")
        await world.tick()
    answers = [message for message in world.dms(cast.olu) if message.author.bot]
    assert [answer.content for answer in answers] == [say("dm-answer")]
    await presses(world, cast.olu, say("help-now"), dm(world, cast.olu))
    assert world.dms(cast.olu)[-1].content.startswith(card(world, "GB"))
    await presses(world, cast.olu, say("ask-now"), dm(world, cast.olu))
    assert (await rows(world))["concern"] == 1


# The forms.


async def test_the_form_about_a_person_and_the_one_on_their_message_reach_the_team(world: World) -> None:
    cast = await found(world, members=2)
    form = await types(world, cast.olu, "concern", person=cast.members[0].actor)
    values = {"level": "urgent", "category": ["conduct"], "note": "three words only", "hide": []}
    receipt = await cast.olu.actor.submit_modal(form, values)
    await world.tick()
    assert say("receipt-about-other") in text(receipt)
    said = await cast.members[1].actor.send(world.lounge, "something")
    form = await cast.olu.actor.context_menu(world.lounge, say("cmd-concern-message"), said)
    await cast.olu.actor.submit_modal(form, {"level": "check_in", "category": ["other"], "note": "", "hide": ["yes"]})
    await world.tick()
    kept = await world.app.desk.reads.all("SELECT subject_id, level, hides_name, note FROM concern ORDER BY level DESC")
    assert [tuple(row.values()) for row in kept] == [
        (cast.members[0].actor.id, 2, 0, "three words only"),
        (cast.members[1].actor.id, 1, 1, None),
    ]


async def test_the_card_links_nobody_to_a_channel_they_cannot_see(world: World) -> None:
    cast = await found(world, members=0)
    await types(world, cast.olu, "help-now")
    server = await world.app.servers.load(world.app.desk.reads, world.guild.id)
    assert channel(server.moderators_channel_id or 0) not in _newest(world, cast.olu)
