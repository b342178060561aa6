"""Codes that lead into a private group: made for a coordinator to pass on, and typed by whoever got one.

A code is kept as a hash only. Whatever is wrong with one, the answer is the same; guessing is slow.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound, NotSetUp
from peerbot.engine.tokens import new_id
from peerbot.engine.words import number
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.groups.service import Groups
from peerbot.signup.invites import store as invite_store
from peerbot.signup.invites.rules import (
    ALPHABET,
    LENGTH,
    MOST_CODES,
    MOST_DAYS,
    MOST_USES,
    MOST_WRONG,
    WRONG_LASTS,
)
from peerbot.signup.invites.store import Invite
from peerbot.signup.rules import Group


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a group that lead somewhere. `fresh` is the one made just now, which is shown only this once."""

    group: Group
    invites: Sequence[Invite]
    fresh: str = ""


class Invites:
    """Use cases around codes."""

    def __init__(self, desk: Desk, servers: Servers, groups: Groups) -> None:
        """Work at `desk`."""
        self._desk = desk
        self._servers = servers
        self._groups = groups

    async def of_group(self, actor: Actor, group_id: str) -> Codes:
        """Return a group's codes.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
        """
        reads = self._desk.reads
        group = await self._groups.living(reads, actor, group_id)
        return Codes(group, await invite_store.valid(reads, group.id, self._desk.now))

    async def make(self, actor: Actor, group_id: str, uses: str, days: str) -> Codes:
        """Make a code for so many people (any number, if empty) and so many days.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: for a number that cannot be used, or if the group has too many codes.
        """
        async with self._desk.transaction() as work:
            group = await self._groups.living(work, actor, group_id)
            left = number(uses.strip()) if uses.strip() else None
            lasts = number(days.strip())
            if not 1 <= lasts <= MOST_DAYS or (left is not None and not 1 <= left <= MOST_USES):
                raise Invalid(text="staff-invite-numbers", uses=MOST_USES, days=MOST_DAYS)
            if len(await invite_store.valid(work, group.id, work.now)) >= MOST_CODES:
                raise Invalid(text="staff-invite-too-many", most=MOST_CODES)
            code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            expires_at = work.now + timedelta(days=lasts)
            invite = Invite(new_id(), group.id, group.server_id, work.now, expires_at, left)
            await invite_store.add(work, invite, _hashed(group.server_id, code))
            await self._servers.acted(work, actor, "invite-made")
            return Codes(group, await invite_store.valid(work, group.id, work.now), code)

    async def withdraw(self, actor: Actor, invite_id: str, *, withdrawn: bool = True) -> Codes:
        """Let a code lead nowhere, or let it lead there again.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such code here.
        """
        async with self._desk.transaction() as work:
            require("group.change", await self._servers.parts(work, actor))
            invite = await invite_store.load(work, invite_id)
            if invite is None:
                raise NotFound
            group = await self._groups.living(work, actor, invite.group_id)
            await invite_store.withdraw(work, invite.id, work.now if withdrawn else None)
            await self._servers.acted(work, actor, "invite-changed")
            return Codes(group, await invite_store.valid(work, group.id, work.now))

    async def enter(self, actor: Actor, typed: str) -> tuple[Group, str]:
        """Return the group that a code leads to, and the code as it is written.

        A wrong code is counted; after five, none leads anywhere until an hour after the first of them.

        Raises:
            NotSetUp: while groups are not open on the server.
            NotFound: for a code that leads nowhere, whatever the reason.
        """
        code = written(typed)
        async with self._desk.transaction() as work:
            require("group.join", await self._servers.parts(work, actor))
            if not await self._servers.open_for_groups(work, actor.here):
                raise NotSetUp
            since = work.now - WRONG_LASTS
            wrong = await invite_store.wrong_tries(work, actor.here, actor.user_id, since)
            group = await self._led_to(work, actor.here, code) if wrong < MOST_WRONG else None
            if group is None and wrong < MOST_WRONG:
                await invite_store.add_wrong_try(work, actor.here, actor.user_id, since, work.now)
        # Only now: an error inside would take the count back.
        if group is None:
            raise NotFound(text="join-code-unknown")
        return group, code

    async def opens(self, reads: Reads, group: Group, code: str) -> bool:
        """Return whether a code leads to this group, which takes people."""
        found = await self._led_to(reads, group.server_id, code)
        return found is not None and found.id == group.id

    async def use(self, work: Work, group: Group, code: str) -> None:
        """Count somebody who came in by a code."""
        invite = await invite_store.by_code(work, group.server_id, _hashed(group.server_id, code), work.now)
        if invite is not None:
            await invite_store.use(work, invite.id)

    async def _led_to(self, reads: Reads, server_id: int, code: str) -> Group | None:
        invite = await invite_store.by_code(reads, server_id, _hashed(server_id, code), self._desk.now)
        group = await store.group(reads, invite.group_id) if invite is not None else None
        return group if group is not None and group.takes_people(self._desk.now) else None


def written(typed: str) -> str:
    """Return a code as it is compared: capitals and digits, whatever was typed between them."""
    return "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c in ALPHABET)[: LENGTH + 1]


def _hashed(server_id: int, code: str) -> str:
    return hashlib.sha256(f"{server_id}:{code}".encode()).hexdigest()
