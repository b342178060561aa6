"""Who may do what: nothing by forgetting it, and the few rows that must never slip."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.actor import Actor
from peerbot.engine.authority import TABLE, Part, allowed, require
from peerbot.engine.errors import NeedsServer, NotAllowed

parts = st.frozensets(st.sampled_from(Part))
ALL = frozenset(Part)


@given(parts=parts)
def test_what_the_table_does_not_name_nobody_may(parts: Collection[Part]) -> None:
    with pytest.raises(KeyError):
        allowed("group.read-all", parts)
    with pytest.raises(KeyError):
        require("", parts)


@given(action=st.sampled_from(sorted(TABLE)), fewer=parts, more=parts)
def test_another_part_never_takes_a_right_away(action: str, fewer: frozenset[Part], more: frozenset[Part]) -> None:
    assert not allowed(action, fewer) or allowed(action, fewer | more)


@given(action=st.sampled_from(sorted(TABLE)), parts=parts)
def test_the_check_follows_the_answer(action: str, parts: frozenset[Part]) -> None:
    if allowed(action, parts):
        require(action, parts)
    else:
        with pytest.raises(NotAllowed):
            require(action, parts)


@pytest.mark.parametrize("action", ["help.ask", "concern.raise", "group.leave", "my-data.show", "agreement.read"])
def test_help_and_leaving_and_ones_own_data_are_open_to_everybody(action: str) -> None:
    assert allowed(action, ())


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("server.setup", {Part.ADMINISTRATOR}),
        ("team.change", {Part.ADMINISTRATOR, Part.LEAD}),
        ("group.create", {Part.COORDINATOR, Part.ADMINISTRATOR}),
        ("meeting.open", {Part.FACILITATOR}),
        ("oncall.cover", {Part.MODERATOR, Part.DEPUTY, Part.LEAD}),
        ("oncall.off", {Part.MODERATOR, Part.DEPUTY, Part.LEAD}),
        # Who plans meetings sees when somebody is there; whose turn it is, leads and deputies decide.
        ("oncall.rota", {Part.MODERATOR, Part.DEPUTY, Part.LEAD, Part.COORDINATOR}),
        ("oncall.rota-change", {Part.DEPUTY, Part.LEAD}),
        ("oncall.off-other", {Part.DEPUTY, Part.LEAD}),
        # Whoever runs the server hears nothing of a concern by that alone.
        ("concern.take", {Part.MODERATOR, Part.DEPUTY, Part.LEAD, Part.FACILITATOR}),
        ("postvention", {Part.LEAD, Part.DEPUTY}),
        ("concern.agree", {Part.MODERATOR, Part.DEPUTY, Part.LEAD, Part.FACILITATOR}),
        ("concern.level", {Part.MODERATOR, Part.DEPUTY, Part.LEAD, Part.FACILITATOR}),
        ("concern.open", {Part.MODERATOR, Part.DEPUTY, Part.LEAD, Part.FACILITATOR}),
    ],
)
def test_only_these_may(action: str, who: set[Part]) -> None:
    assert {part for part in ALL if allowed(action, {part})} == who


def test_somebody_without_any_part_may_only_what_everybody_may() -> None:
    assert {action for action in TABLE if allowed(action, ())} == {
        action for action, who in TABLE.items() if Part.EVERYBODY in who
    }


def test_somebody_in_a_direct_message_is_in_no_server() -> None:
    assert Actor(1, 7).here == 7
    with pytest.raises(NeedsServer):
        _ = Actor(1, None).here
