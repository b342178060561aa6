"""The form of /concern takes whatever is typed, answers, and pings nobody; *Help now* is on every way in."""

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid
from peerbot.engine.texts import moment, say
from peerbot.engine.words import shown
from peerbot.escalation.handling import team_cards
from peerbot.escalation.posts import EscalationPosts
from peerbot.escalation.raising import cards
from peerbot.escalation.rota.cover import Cover
from peerbot.escalation.rules import Level
from tests.escalation.scene import ANA, CHO, FAY, LEAD, MINUTE, MO, SERVER, Scene
from tests.fakes import EVENING

CARD = say("crisis-card-title", country="United Kingdom")
HOSTILE = (
    "@everyone @here <@900011> <@&900012> <#900013>",
    "**bold** __under__ ~~struck~~ `code` ||spoiler|| > quote\n# head",
    "[a link](https://example.org) <https://example.org> <t:0:R>",
    "\u202egnirts desrever\u202c \u2066isolated\u2069 a\u200bb",
    "<@!900011>\u2028<@900012>",
    "'; DROP TABLE concern; --",
    "{ $number } {0} %s",
)


def test_the_form_says_what_belongs_in_it_and_offers_each_thing_there_is_to_say() -> None:
    form = cards.concern_form(ANA, Cover(on_duty_until=EVENING))
    whole = repr(form)
    assert say("team-line-covered", until=moment(EVENING)) in whole
    assert say("team-line-unknown") in repr(cards.concern_form(ANA, Cover(known=False)))
    for text in ("concern-cover", "concern-level", "concern-category", "concern-note", "concern-hide-yes"):
        assert say(text).splitlines()[0] in whole
    assert "No quotes, no diagnosis" in whole
    assert [option.value for option in form.parts[1].options] == ["check_in", "urgent", "emergency"]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]


@pytest.mark.parametrize("note", HOSTILE)
async def test_hostile_words_are_kept_as_they_are_shown_escaped_and_ping_nobody(scene: Scene, note: str) -> None:
    await scene.duty(MO)
    concern = await scene.tell(CHO, ANA, note=note)
    assert concern.note is not None
    assert not set(concern.note) & set("\u202e\u202c\u2066\u2069\u200b\u2028\n")
    opened = team_cards.opened_card(await scene.escalation.handling.open(Actor(MO, SERVER), concern.id))
    assert say("staff-note", note=shown(concern.note)) in opened.text
    assert opened.pings == ()
    for message in (*scene.paper.messages("escalation.page"), *scene.paper.messages("escalation.news")):
        assert concern.note not in message.text
        assert set(message.card.pings) <= {MO}


@pytest.mark.parametrize("note", ["x" * 6000, "<@900011>" * 600, "\u202e" * 6000 + "x" * 201])
async def test_six_thousand_characters_are_refused_with_a_text_and_nothing_is_kept_or_paged(
    scene: Scene, note: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await scene.tell(CHO, ANA, note=note)
    assert say(refused.value.text, **refused.value.values)
    assert await scene.count("concern") == await scene.count("alias_count") == 0
    assert scene.paper.messages("escalation.page") == []


@pytest.mark.parametrize("raiser", [FAY, MO, LEAD])
@pytest.mark.parametrize("level", list(Level))
async def test_facilitators_and_the_team_raise_with_a_level_and_are_not_asked_themselves(
    scene: Scene, raiser: int, level: Level
) -> None:
    await scene.duty(MO)
    concern = await scene.tell(raiser, ANA, level)
    assert concern.level is level
    await scene.wait(31 * MINUTE)
    assert raiser not in {user for _, people in scene.paged() for user in people}


async def test_a_hidden_name_stands_in_no_card_message_or_room_that_a_moderator_can_read(scene: Scene) -> None:
    await scene.duty(MO)
    scene.paper.closed.add(CHO)
    concern = await scene.tell(CHO, ANA, hide=True, note="words")
    await scene.take(MO, concern)
    await scene.wait(31 * MINUTE)
    await scene.withdraw(CHO, concern)
    makers = EscalationPosts(scene.servers).makers()
    everything = [message.text for card in makers for message in scene.paper.seen_by(MO, card)]
    handling = scene.escalation.handling
    everything.append(team_cards.opened_card(await handling.open(Actor(MO, SERVER), concern.id)).text)
    everything.append(team_cards.list_card(await handling.listed(Actor(MO, SERVER))).text)
    assert everything
    assert not [text for text in everything if str(CHO) in text]
    lead = team_cards.opened_card(await handling.open(Actor(LEAD, SERVER), concern.id)).text
    assert str(CHO) in lead


@pytest.fixture
async def cast(world: World) -> Cast:
    """A server with a group; Mo is on duty."""
    return await found(world, members=1)


async def test_the_panels_button_shows_the_card_and_reaches_the_team(world: World, cast: Cast) -> None:
    await types(world, cast.amira, "manage panel")
    await presses(world, cast.amira, "Yes, post it")
    await presses(world, cast.olu, say("help-now"))
    assert world.reads(cast.olu, world.lounge)[-1].content.startswith(CARD)
    await presses(world, cast.olu, say("ask-now"))
    assert await world.app.desk.reads.all("SELECT id FROM concern")


async def test_the_reminders_button_in_a_direct_message_does_too(world: World, cast: Cast) -> None:
    await world.until(world.now.replace(hour=19, minute=5))
    ana = cast.members[0]
    place = next(place for place in world.places(ana) if place.is_dm)
    assert world.dms(ana)
    await presses(world, ana, say("help-now"), place)
    assert world.dms(ana)[-1].content.startswith(CARD)
    await presses(world, ana, say("ask-now"), place)
    assert await world.app.desk.reads.all("SELECT id FROM concern")


async def test_who_is_banned_is_shown_the_card_and_told_truly_that_no_team_of_theirs_can_be_asked(
    world: World, cast: Cast
) -> None:
    ana = cast.members[0]
    place = next(place for place in world.places(ana) if place.is_dm)
    await types(world, ana, "help-now", place)
    world.env.backend.apply_ban(world.guild.id, ana.actor.id, None)
    await world.tick()
    shown_card = await types(world, ana, "help-now", place)
    assert shown_card.response is not None
    assert shown_card.response.content.startswith(say("crisis-card-title", country=say("crisis-anywhere")))
    assert say("team-line-none") in shown_card.response.content
    answer = await presses(world, ana, say("ask-danger"), place)
    assert answer.response is not None
    assert "112" in answer.response.content
