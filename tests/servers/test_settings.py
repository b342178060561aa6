"""What was set up can be changed, one thing at a time, by those who may; and what that closes."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from peerbot.demo.acts import chooses, fills, presses, types
from peerbot.demo.cast import ABOUT, Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotSetUp
from peerbot.engine.texts import say
from peerbot.servers.rules import Ages, Teammate, lacking, read_ages
from peerbot.servers.settings import Settings
from tests.signup.scene import COORDINATOR, SERVER, open_scene

COORDINATING = Actor(COORDINATOR, SERVER)


@pytest.mark.parametrize(
    ("first", "last", "ages"),
    [
        ("18", "", Ages()),
        ("13", "17", Ages(13, 17)),
        (" 16 ", "", Ages(16)),
        ("16", "16", Ages(16, 16)),
        ("17", "13", None),
        ("12", "17", None),
        ("13", "100", None),
        ("thirteen", "", None),
        ("", "17", None),
        ("13", "all", None),
        ("²", "", None),
    ],
)
def test_ages_are_whole_years_the_youngest_first(first: str, last: str, ages: Ages | None) -> None:
    assert read_ages(first, last) == ages


async def test_each_thing_changes_alone_and_the_country_in_memory_with_it(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        settings = Settings(scene.desk, scene.servers)
        steps: Sequence[tuple[str, tuple[str, ...]]] = (
            ("country", ("GB-NIR",)),
            ("country", ("IE",)),
            ("zone", ("Berlin",)),
            ("ages", ("13", "17")),
            ("contact", ("the  school nurse",)),
            ("outside", ("The  Listening Post, 0800 000 000",)),
        )
        for field, typed in steps:
            before = await settings.show(COORDINATING)
            changed = await settings.change(COORDINATING, field, typed)
            assert changed.before == before
            assert changed.after == await settings.show(COORDINATING) != before
        server = await settings.show(COORDINATING)
        assert (server.country, server.zone, server.contact) == ("IE", "Europe/Berlin", "the school nurse")
        assert (scene.servers.country(SERVER), scene.servers.outside(SERVER)) == ("IE", server.outside)
        assert server.outside == "The Listening Post, 0800 000 000"
        assert [row["act"] for row in await scene.rows("staff_act")][-5:] == ["server-changed"] * 5


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("zone", ("nowhere",)),
        ("ages", ("x", "")),
        ("contact", ("x" * 71,)),
        ("outside", ("x" * 71,)),
        ("set_up_at", ("1",)),
        ("zone", ()),
    ],
)
async def test_what_cannot_be_used_changes_nothing(tmp_path: Path, field: str, typed: Sequence[str]) -> None:
    async with open_scene(tmp_path) as scene:
        settings = Settings(scene.desk, scene.servers)
        before = await settings.show(COORDINATING)
        with pytest.raises(Invalid):
            await settings.change(COORDINATING, field, typed)
        assert await settings.show(COORDINATING) == before


async def test_a_server_for_younger_people_opens_groups_only_with_a_contact(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        settings = Settings(scene.desk, scene.servers)
        group = await scene.group()
        assert (await settings.change(COORDINATING, "ages", ("13", "17"))).lacking == ("contact",)
        with pytest.raises(NotSetUp):
            await scene.join(101, group)
        assert (await settings.change(COORDINATING, "contact", ("the school nurse",))).lacking == ()
        _, about = await scene.signup.joining.form(Actor(101, SERVER), group.id)
        assert about.contact == "the school nurse"
        await scene.join(101, group)
        await settings.change(COORDINATING, "ages", ("18", ""))
        _, about = await scene.signup.joining.form(Actor(102, SERVER), group.id)
        assert about.contact == "", "adults read of no contact"


def test_what_is_lacking_is_said_of_people_and_of_the_contact() -> None:
    team = [Teammate(1, "lead"), Teammate(2, "deputy"), Teammate(3, "facilitator")]
    assert lacking(team) == ()
    assert lacking(team[:2]) == ("facilitator",)


async def test_nobody_else_may_change_or_see_the_settings(tmp_path: Path) -> None:
    async with open_scene(tmp_path) as scene:
        settings = Settings(scene.desk, scene.servers)
        with pytest.raises(NotAllowed):
            await settings.show(Actor(101, SERVER))
        with pytest.raises(NotAllowed):
            await settings.may_choose_channels(COORDINATING)


@pytest.fixture
async def cast(world: World) -> Cast:
    """A group and its staff, before anybody joined."""
    return await found(world, members=0)


async def test_a_coordinator_changes_ages_by_a_menu_and_a_form_and_takes_it_back(world: World, cast: Cast) -> None:
    shown = await types(world, cast.colin, "manage server")
    assert shown.response is not None
    assert shown.response.content.startswith(say("staff-server"))
    form = await chooses(world, cast.colin, shown.response.message, "ages")
    saved = await fills(world, cast.colin, form, {"value": "13", "last": "17"})
    assert saved.response is not None
    assert "13 to 17 years old" in saved.response.content
    assert say("staff-server-lacks-contact") in saved.response.content
    setup = await types(world, cast.amira, "setup")
    assert setup.response is not None
    assert say("doctor-lacking", who=say("lacking-contact")) in setup.response.content
    closed = await types(world, cast.olu, "group find")
    assert closed.response is not None
    assert closed.response.content == say("error-not-set-up")
    await presses(world, cast.colin, say("staff-undo"))
    opened = await types(world, cast.olu, "group find")
    assert opened.response is not None
    assert ABOUT in opened.response.content


async def test_the_contact_outside_the_team_is_asked_for_in_setup_and_shown_once_it_is_named(
    world: World, cast: Cast
) -> None:
    setup = await types(world, cast.amira, "setup")
    assert setup.response is not None
    assert say("setup-no-outside") in setup.response.content
    settings = await types(world, cast.colin, "manage server")
    assert settings.response is not None
    assert say("staff-server-outside-is", contact=say("staff-server-no-contact")) in settings.response.content
    form = await chooses(world, cast.colin, settings.response.message, "outside")
    saved = await fills(world, cast.colin, form, {"value": "The Listening Post, call 0800 @everyone"})
    assert saved.response is not None
    assert "The Listening Post, call 0800 \\@everyone" in saved.response.content
    setup = await types(world, cast.amira, "setup")
    assert setup.response is not None
    assert say("setup-no-outside") not in setup.response.content
    form = await chooses(world, cast.colin, settings.response.message, "outside")
    emptied = await fills(world, cast.colin, form, {"value": ""})
    assert emptied.response is not None
    assert say("staff-server-no-contact") in emptied.response.content
