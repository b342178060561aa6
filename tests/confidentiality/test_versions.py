"""Versions of what people agree to: an acceptance stands for exactly what was read, and nothing built-in ever goes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peerbot.confidentiality import cards
from peerbot.confidentiality.rules import (
    Acceptance,
    Edition,
    Shelf,
    Terms,
    Text,
    Version,
    Wording,
    covers,
    differences,
    effect,
    version_of,
)
from peerbot.confidentiality.service import built_in
from peerbot.engine.words import shown

START = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
GROUPS = ("0a1b2c3d", "4e5f6071")
ANA, BEN = 7_001, 7_002
clauses = st.lists(st.sampled_from(["We begin on time.", "No food talk.", "Cameras off."]), max_size=2, unique=True)
changes = st.lists(st.tuples(st.sampled_from(["", *GROUPS]), clauses.map(tuple)), max_size=8)
steps = st.lists(st.tuples(st.sampled_from([ANA, BEN]), st.sampled_from(GROUPS), st.integers(0, 8)), max_size=8)


def shelf_after(made: Sequence[tuple[str, tuple[str, ...]]]) -> Shelf:
    """The shelf after some changes, one an hour."""
    shelf = Shelf(built_in(), ())
    for hour, (group, lines) in enumerate(made):
        text = Text.GROUP if group else Text.SERVER
        number = shelf.terms(group).editions[text].number
        since = START + timedelta(hours=hour)
        wording = Wording(f"{hour:08x}", 1, text, group, Edition(number + 1, lines), since, number)
        shelf = Shelf(shelf.built_in, (*shelf.wordings, wording))
    return shelf


def built_in_kept(shelf: Shelf) -> Shelf:
    """The same with the built-in texts kept, as they are from the first acceptance on."""
    kept = [Wording(text, 1, text, "", edition, START, 0) for text, edition in shelf.built_in.items()]
    return Shelf(shelf.built_in, (*kept, *shelf.wordings))


def acceptance(person: int, group: str, version: Version) -> Acceptance:
    return Acceptance(1, group, person, None, version, START, None)


def read(terms: Terms) -> dict[Text, tuple[str, ...]]:
    return {text: terms.lines(text) for text in Text}


@given(changes, changes, st.sampled_from(GROUPS))
def test_an_acceptance_stands_for_exactly_what_was_read_whatever_changes_later(
    before: Sequence[tuple[str, tuple[str, ...]]], after: Sequence[tuple[str, tuple[str, ...]]], group: str
) -> None:
    was_read = built_in_kept(shelf_after(before)).terms(group)
    later = built_in_kept(shelf_after([*before, *after]))
    assert read(later.accepted(acceptance(ANA, group, was_read.version))) == read(was_read)
    assert version_of(str(was_read.version)) == was_read.version


@given(changes, st.sampled_from(GROUPS))
def test_who_accepted_what_holds_is_asked_nothing_and_who_accepted_other_words_is_shown_each_of_them(
    made: Sequence[tuple[str, tuple[str, ...]]], group: str
) -> None:
    shelf = built_in_kept(shelf_after(made))
    present = shelf.terms(group)
    for count in range(len(made) + 1):
        accepted = built_in_kept(shelf_after(made[:count])).terms(group)
        found = {each.text: each for each in differences(accepted, present)}
        assert bool(found) is not covers(accepted, present)
        assert (read(accepted) == read(present)) is (not found)
        for text, each in found.items():
            held = [line for line in accepted.lines(text) if line not in each.gone]
            assert {*held, *each.added} == set(present.lines(text))


@given(changes, steps, st.sampled_from(["", *GROUPS]), clauses.map(tuple))
def test_a_change_asks_exactly_those_again_who_agreed_before_it_and_do_not_after_it(
    made: Sequence[tuple[str, tuple[str, ...]]],
    accepting: Sequence[tuple[int, str, int]],
    changed: str,
    lines: tuple[str, ...],
) -> None:
    shelf, changed_shelf = built_in_kept(shelf_after(made)), built_in_kept(shelf_after([*made, (changed, lines)]))
    accepted = [
        acceptance(p, g, shelf_after(made[:n]).terms(g).version) for p, g, n in sorted(accepting, key=lambda s: s[2])
    ]

    def agreeing(shelf: Shelf) -> set[tuple[str, int | None]]:
        last = {(each.group_id, each.user_id): each for each in accepted}
        return {key for key, each in last.items() if covers(shelf.accepted(each), shelf.terms(key[0]))}

    text = Text.GROUP if changed else Text.SERVER
    new = changed_shelf.terms(changed).editions[text]
    found = effect(shelf, accepted, text, changed, new)
    assert found.asked == agreeing(shelf) - agreeing(changed_shelf)
    assert found.settled == agreeing(changed_shelf) - agreeing(shelf)
    assert found.people == len({person for _, person in found.asked})


@given(changes, st.integers(0, 8), st.sampled_from(GROUPS))
def test_what_held_at_an_instant_is_what_had_been_made_until_then(
    made: Sequence[tuple[str, tuple[str, ...]]], hour: int, group: str
) -> None:
    at = START + timedelta(hours=hour, minutes=30)
    assert read(shelf_after(made).terms(group, at)) == read(shelf_after(made[: hour + 1]).terms(group))


@given(st.lists(st.text(min_size=1, max_size=100), max_size=4))
def test_the_built_in_limits_stand_first_and_whole_whatever_a_server_adds(added: list[str]) -> None:
    assert cards.limits_text(added).startswith(cards.limits_text())
    assert cards.agreement_text(added).startswith(cards.agreement_text())
    assert all(shown(line) in cards.limits_text(added) for line in added)


def test_a_new_edition_of_a_built_in_text_is_asked_about_like_any_other() -> None:
    first = built_in_kept(Shelf(built_in(), ()))
    accepted = acceptance(ANA, GROUPS[0], first.terms(GROUPS[0]).version)
    old = first.built_in[Text.AGREEMENT]
    changed = Edition(old.number + 1, (*old.lines[:-1], "10. Tell a facilitator if you are worried."))
    shelf = Shelf({**first.built_in, Text.AGREEMENT: changed}, first.wordings)
    (found,) = differences(shelf.accepted(accepted), shelf.terms(GROUPS[0]))
    assert (found.text, found.added, found.gone) == (Text.AGREEMENT, changed.lines[-1:], old.lines[-1:])
