"""Who can read a channel, who could come to, and who can find out who is in it: computed as Discord computes it. Pure.

Discord's order (discord-api-docs, topics/permissions.mdx): the owner may everything; then what everybody and one's
roles may in the server; an administrator may everything; then, in the channel, what is set for everybody, for one's
roles (what one allows outranks what another denies), and for oneself.

The bot does not know who has which role. So what it says of roles is at most: whoever reads is the owner, is let in by
name, or has a role that is named; and a role is named if somebody who has it, and no other, would read.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

ADMINISTRATOR: Final = 1 << 3
MANAGE_CHANNELS: Final = 1 << 4
MANAGE_SERVER: Final = 1 << 5
AUDIT_LOG: Final = 1 << 7
VIEW: Final = 1 << 10
MANAGE_ROLES: Final = 1 << 28
_LETS_IN: Final = MANAGE_ROLES | MANAGE_CHANNELS | MANAGE_SERVER
"""What lets somebody change who reads: by roles, by overwrites, or by a rule that copies words out (Manage Server)."""
_EVERYTHING: Final = ~0


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a server. `people`: how many have it, None where that is not known. `bot`: whose own role it is."""

    id: int
    name: str
    permissions: int
    people: int | None = None
    bot: int | None = None


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What is set in a channel for a role (the server's own id is everybody), or for a person."""

    target: int
    is_role: bool
    allow: int
    deny: int


@dataclass(frozen=True, slots=True)
class Sight:
    """A channel, and all that decides who reads it. `everybody`: what everybody may in the server."""

    server_id: int
    owner_id: int | None
    everybody: int
    roles: tuple[Role, ...]
    overwrites: tuple[Overwrite, ...] = ()


def permissions(sight: Sight, user_id: int, role_ids: Collection[int]) -> int:
    """Return what somebody with these roles may do in the channel, as Discord's bits."""
    if user_id == sight.owner_id:
        return _EVERYTHING
    base = in_server(sight, role_ids)
    if base & ADMINISTRATOR:
        return _EVERYTHING
    for overwrite in sight.overwrites:
        if overwrite.is_role and overwrite.target == sight.server_id:
            base = base & ~overwrite.deny | overwrite.allow
    allow = deny = 0
    for overwrite in sight.overwrites:
        if overwrite.is_role and overwrite.target in role_ids and overwrite.target != sight.server_id:
            allow, deny = allow | overwrite.allow, deny | overwrite.deny
    base = base & ~deny | allow
    for overwrite in sight.overwrites:
        if not overwrite.is_role and overwrite.target == user_id:
            base = base & ~overwrite.deny | overwrite.allow
    return base


def in_server(sight: Sight, role_ids: Collection[int]) -> int:
    """Return what somebody with these roles may do in the server."""
    base = sight.everybody
    for role in sight.roles:
        if role.id in role_ids:
            base |= role.permissions
    return base


def reads(sight: Sight, user_id: int, role_ids: Collection[int]) -> bool:
    """Return whether somebody can read what is said in the channel while they are looking at it."""
    return bool(permissions(sight, user_id, role_ids) & VIEW)


def could_read(sight: Sight, user_id: int, role_ids: Collection[int]) -> bool:
    """Return whether somebody who does not read could let themselves in, or have copied out what is said."""
    return not reads(sight, user_id, role_ids) and bool(in_server(sight, role_ids) & _LETS_IN)


def could_find_out(sight: Sight, user_id: int, role_ids: Collection[int]) -> bool:
    """Return whether somebody who neither reads nor could come to can still see who was let in: in the audit log."""
    may = in_server(sight, role_ids)
    return bool(may & AUDIT_LOG) and not may & _LETS_IN and not reads(sight, user_id, role_ids)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads a channel, by class.

    Attributes:
        everybody: Whether everybody on the server reads; could come to; could find out.
        roles: The roles whose people read.
        could: The roles whose people could let themselves in.
        finds: The roles whose people only find out who is in it.
        bots: The bots that read, by id, ours left out.
        people: Those who were let in by name, bots left out.
    """

    everybody: tuple[bool, bool, bool]
    roles: tuple[Role, ...]
    could: tuple[Role, ...]
    finds: tuple[Role, ...]
    bots: tuple[int, ...]
    people: tuple[int, ...]


_NOBODY: Final = 0
"""An id that no account has: somebody of whom nothing is known but their roles."""


def readers(sight: Sight, ours: int | None = None) -> Readers:
    """Return who reads a channel; `ours` is the bot's own id, which is not counted."""
    bots = {role.bot for role in sight.roles if role.bot is not None}
    nameless = replace(sight, owner_id=None)
    kinds = [(role, _kind(nameless, (role.id,))) for role in sight.roles]
    let_in = {each.target for each in sight.overwrites if not each.is_role and each.allow & VIEW}
    return Readers(
        tuple(each(nameless, _NOBODY, ()) for each in (reads, could_read, could_find_out)),  # pyright: ignore[reportArgumentType] - three of them
        _people_of(kinds, "reads"),
        _people_of(kinds, "could"),
        _people_of(kinds, "finds"),
        tuple(sorted(_bots(sight, bots, let_in) - {ours})),
        tuple(sorted(let_in - bots - {ours})),
    )


def _kind(sight: Sight, role_ids: Sequence[int]) -> str:
    for name, test in (("reads", reads), ("could", could_read), ("finds", could_find_out)):
        if test(sight, _NOBODY, role_ids):
            return name
    return ""


def _people_of(kinds: Sequence[tuple[Role, str]], wanted: str) -> tuple[Role, ...]:
    """Return the roles of people of one kind; a bot's own role has nobody else in it, and one without people nobody."""
    return tuple(role for role, kind in kinds if kind == wanted and role.bot is None and role.people != 0)


def _bots(sight: Sight, bots: Collection[int | None], let_in: Collection[int]) -> set[int]:
    """Return the bots that read, as far as their own roles tell: other roles of theirs are not known."""
    own = {role.bot: role.id for role in sight.roles if role.bot is not None}
    return {bot for bot in bots if bot is not None and (bot in let_in or reads(sight, bot, (own[bot],)))}


@dataclass(frozen=True, slots=True)
class Change:
    """Who reads, or could, and did not when it was last looked at."""

    roles: tuple[int, ...] = ()
    could: tuple[int, ...] = ()
    bots: tuple[int, ...] = ()
    rules: tuple[int, ...] = ()
    grown: tuple[int, ...] = ()
    """Roles of either kind that have more people than before."""

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return any((self.roles, self.could, self.bots, self.rules, self.grown))


@dataclass(frozen=True, slots=True)
class Known:
    """Who read when it was last looked at: role → people (None: not known), bots, and rules that copy words out."""

    roles: dict[int, int | None]
    could: dict[int, int | None]
    bots: frozenset[int]
    rules: frozenset[int]


def known(found: Readers, rules: Collection[int]) -> Known:
    """Return what is to be remembered of who reads."""
    return Known(
        {role.id: role.people for role in found.roles},
        {role.id: role.people for role in found.could},
        frozenset(found.bots),
        frozenset(rules),
    )


def change(before: Known, now: Known) -> Change:
    """Return who reads, or could, and did not before. Who no longer does is no news that anybody has to act on."""
    return Change(
        tuple(sorted(set(now.roles) - set(before.roles))),
        tuple(sorted(set(now.could) - set(before.could) - set(before.roles))),
        tuple(sorted(now.bots - before.bots)),
        tuple(sorted(now.rules - before.rules)),
        tuple(sorted(_grown(before, now))),
    )


def _grown(before: Known, now: Known) -> Iterator[int]:
    had = {**before.could, **before.roles}
    for role_id, people in {**now.could, **now.roles}.items():
        earlier = had.get(role_id)
        if people is not None and earlier is not None and people > earlier:
            yield role_id
