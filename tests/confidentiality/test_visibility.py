"""Who can read a room: exactly whom Discord's own rules let read it, and in classes never fewer."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from simcord.backend.permissions import compute
from simcord.enums import OverwriteType

from peerbot.confidentiality.visibility import (
    ADMINISTRATOR,
    AUDIT_LOG,
    MANAGE_CHANNELS,
    MANAGE_ROLES,
    MANAGE_SERVER,
    VIEW,
    Known,
    Overwrite,
    Readers,
    Role,
    Sight,
    change,
    could_find_out,
    could_read,
    in_server,
    known,
    permissions,
    readers,
    reads,
)

SERVER, OWNER, BOT, OTHER_BOT = 1, 2, 3, 4
PEOPLE: Final = tuple(range(100, 108))
ROLES: Final = tuple(range(10, 16))
NOW: Final = datetime(2026, 12, 1, tzinfo=UTC)
_BITS: Final = (VIEW, ADMINISTRATOR, MANAGE_ROLES, MANAGE_CHANNELS, MANAGE_SERVER, AUDIT_LOG, 1 << 11, 1 << 16)

some_permissions = st.sets(st.sampled_from(_BITS), max_size=4).map(sum)
in_channel = st.sets(st.sampled_from((VIEW, 1 << 11, 1 << 16)), max_size=3).map(sum)
roles = st.lists(st.builds(Role, st.sampled_from(ROLES), st.just("x"), some_permissions), unique_by=lambda r: r.id)
overwrites = st.lists(
    st.one_of(
        st.builds(Overwrite, st.sampled_from((SERVER, *ROLES)), st.just(True), in_channel, in_channel),
        st.builds(Overwrite, st.sampled_from(PEOPLE), st.just(False), in_channel, in_channel),
    ),
    unique_by=lambda o: o.target,
    max_size=8,
)
sights = st.builds(Sight, st.just(SERVER), st.just(OWNER), some_permissions, roles.map(tuple), overwrites.map(tuple))
holding = st.dictionaries(st.sampled_from((*PEOPLE, OWNER)), st.sets(st.sampled_from(ROLES)), min_size=1)


def by_discord(sight: Sight, held: dict[int, set[int]], user_id: int) -> int:
    """What SimCord's own engine says somebody may do there."""
    guild = SimpleNamespace(
        id=SERVER,
        owner_id=OWNER,
        everyone_role=SimpleNamespace(permissions=sight.everybody),
        roles={role.id: role for role in sight.roles},
        members={who: SimpleNamespace(role_ids=list(own), timed_out_until=None) for who, own in held.items()},
    )
    channel = SimpleNamespace(
        overwrites=[
            SimpleNamespace(
                target_id=each.target,
                type=OverwriteType.ROLE if each.is_role else OverwriteType.MEMBER,
                allow=each.allow,
                deny=each.deny,
            )
            for each in sight.overwrites
        ]
    )
    return compute(guild, user_id, channel, now=NOW)  # pyright: ignore[reportArgumentType] - it asks for these names only


@given(sights, holding)
def test_whoever_discord_lets_read_is_counted_and_nobody_else(sight: Sight, held: dict[int, set[int]]) -> None:
    by_us = {who for who, own in held.items() if reads(sight, who, own)}
    assert by_us == {who for who in held if by_discord(sight, held, who) & VIEW}


@given(sights, holding)
def test_every_bit_is_as_discord_has_it(sight: Sight, held: dict[int, set[int]]) -> None:
    for who, own in held.items():
        theirs = by_discord(sight, held, who)
        assert {bit for bit in _BITS if permissions(sight, who, own) & bit} == {bit for bit in _BITS if theirs & bit}


def named(found: Readers, who: int, own: set[int]) -> bool:
    return bool(found.everybody[0] or who in found.people or {role.id for role in found.roles} & own)


@given(sights, holding)
def test_who_reads_is_the_owner_or_of_a_class_that_is_named(sight: Sight, held: dict[int, set[int]]) -> None:
    found = readers(sight)
    for who, own in held.items():
        mine = own & {role.id for role in sight.roles}
        if reads(sight, who, mine):
            assert who == OWNER or named(found, who, mine)
        elif could_read(sight, who, mine):
            assert found.everybody[1] or named(found, who, mine) or {role.id for role in found.could} & mine
        elif could_find_out(sight, who, mine):
            assert found.everybody[2] or named(found, who, mine) or {role.id for role in found.finds} & mine


@given(sights)
def test_a_class_is_named_only_if_somebody_in_it_would(sight: Sight) -> None:
    found, stranger = readers(sight), 9
    assert all(reads(sight, stranger, (role.id,)) for role in found.roles)
    assert all(could_read(sight, stranger, (role.id,)) for role in found.could)
    assert all(could_find_out(sight, stranger, (role.id,)) for role in found.finds)
    assert found.everybody[0] == reads(sight, stranger, ())


@given(sights, holding)
def test_the_three_kinds_exclude_each_other(sight: Sight, held: dict[int, set[int]]) -> None:
    for who, own in held.items():
        assert [reads(sight, who, own), could_read(sight, who, own), could_find_out(sight, who, own)].count(True) <= 1
        if who != OWNER and in_server(sight, own) & ADMINISTRATOR:
            assert reads(sight, who, own)


ROOM: Final = Sight(SERVER, OWNER, VIEW, (), (Overwrite(SERVER, True, 0, VIEW), Overwrite(100, False, VIEW, 0)))


def test_a_bot_is_named_once_and_ours_not_at_all() -> None:
    sight = replace(
        ROOM,
        roles=(Role(10, "peerbot", ADMINISTRATOR, 1, BOT), Role(11, "Logger", ADMINISTRATOR, 1, OTHER_BOT)),
        overwrites=(*ROOM.overwrites, Overwrite(BOT, False, VIEW, 0)),
    )
    found = readers(sight, BOT)
    assert (found.bots, found.roles, found.people) == ((OTHER_BOT,), (), (100,))


def test_a_bot_that_was_let_in_by_name_is_a_bot_and_not_one_of_the_people() -> None:
    sight = replace(
        ROOM,
        roles=(Role(11, "Logger", 0, 1, OTHER_BOT),),
        overwrites=(*ROOM.overwrites, Overwrite(OTHER_BOT, False, VIEW, 0)),
    )
    assert (readers(sight).bots, readers(sight).people) == ((OTHER_BOT,), (100,))


def test_a_role_that_nobody_has_is_not_named() -> None:
    sight = replace(ROOM, roles=(Role(10, "Old admins", ADMINISTRATOR, 0), Role(11, "Admins", ADMINISTRATOR, 2)))
    assert [role.name for role in readers(sight).roles] == ["Admins"]


def test_what_changed_is_who_reads_or_could_and_did_not_before() -> None:
    before = Known({10: 2, 11: None}, {12: 5}, frozenset({3}), frozenset({7}))
    assert not change(before, before)
    now = Known({10: 3, 12: 5, 13: 1}, {14: 1}, frozenset({4}), frozenset({7, 8}))
    found = change(before, now)
    assert (found.roles, found.could, found.bots, found.rules, found.grown) == ((12, 13), (14,), (4,), (8,), (10,))
    assert not change(now, Known({}, {}, frozenset(), frozenset())), "who no longer reads is no news"
    assert known(readers(ROOM), [5]) == Known({}, {}, frozenset(), frozenset({5}))
