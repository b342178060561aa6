"""Who no longer holds a group, and who may be asked to take a meeting of it over."""

from dataclasses import dataclass

from peerbot.engine.actor import Actor
from peerbot.engine.desk import Desk
from peerbot.engine.errors import Invalid
from peerbot.servers.service import Servers
from peerbot.signup import store
from peerbot.signup.confirming import store as confirm_store
from peerbot.signup.confirming.service import apart_in
from peerbot.signup.groups import store as group_store
from peerbot.signup.groups.rules import People
from peerbot.signup.groups.service import Groups, people
from peerbot.signup.rules import Group


@dataclass(frozen=True, slots=True)
class Addition:
    """Somebody is to hold a group.

    Attributes:
        added: Whether they do from now on, and did not before.
        apart: Who has to do with the group from whom they are to be kept apart: it is asked about first.
    """

    group: Group
    user_id: int
    added: bool = False
    apart: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """Somebody no longer holds a group. Not `done`: nobody else would, so it is asked about first."""

    group: Group
    user_id: int
    people: People
    done: bool


@dataclass(frozen=True, slots=True)
class Backups:
    """Who may be asked to take a meeting of a group over.

    Attributes:
        apart: Who has to do with the group from whom the one to be added is to be kept apart: it is asked about first.
    """

    group: Group
    people: tuple[int, ...]
    apart: tuple[int, ...] = ()


class Facilitating:
    """Use cases of a coordinator around those who hold a group."""

    def __init__(self, desk: Desk, servers: Servers, groups: Groups) -> None:
        """Work at `desk`."""
        self._desk = desk
        self._servers = servers
        self._groups = groups

    async def remove(self, actor: Actor, group_id: str, user_id: int, *, sure: bool) -> Removal:
        """Let somebody not facilitate a group any more; their access to its rooms ends at once.

        They stay in the team. If nobody else facilitates the group it is asked about first, unless `sure`.

        Raises:
            NotAllowed: unless the actor is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: if the person does not facilitate it.
        """
        async with self._desk.transaction() as work:
            group = await self._groups.living(work, actor, group_id)
            holding = await store.facilitators(work, group.id)
            touched = await people(work, group)
            if user_id not in holding and not sure:
                raise Invalid(text="staff-facilitator-was-not")
            if holding == (user_id,) and not sure:
                return Removal(group, user_id, touched, done=False)
            if await group_store.remove_facilitator(work, group.id, user_id):
                await store.forget_idle_choice(work, group.server_id, user_id)
                await work.record("facilitator.ended", server=group.server_id, group=group.id, user=user_id)
                await self._servers.acted(work, actor, "facilitators-changed")
            return Removal(group, user_id, touched, done=True)

    async def backups(self, actor: Actor, group_id: str) -> Backups:
        """Return who may be asked to take a meeting of a group over.

        Raises:
            NotAllowed: unless the actor is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
        """
        group = await self._groups.living(self._desk.reads, actor, group_id)
        return Backups(group, await group_store.backups(self._desk.reads, group.id))

    async def add_backup(
        self, actor: Actor, group_id: str, user_id: int, *, is_bot: bool = False, sure: bool = False
    ) -> Backups:
        """Let somebody be asked to take a meeting over. They are in the team of facilitators from then on.

        They learn which group it is only when they take one over. If somebody there is to be kept apart from them it
        is asked about first, unless `sure`.

        Raises:
            NotAllowed: unless the actor is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: for a bot, a silenced account, or somebody who facilitates the group.
        """
        async with self._desk.transaction() as work:
            group = await self._groups.living(work, actor, group_id)
            if is_bot:
                raise Invalid(text="staff-facilitator-is-bot")
            if user_id in await store.facilitators(work, group.id):
                raise Invalid(text="staff-backup-facilitates")
            there = await group_store.backups(work, group.id)
            if not sure and user_id not in there:
                apart = await apart_in(work, group, user_id, await confirm_store.pairs(work, group.server_id))
                if apart:
                    return Backups(group, there, apart)
            await self._servers.give_part(work, group.server_id, user_id, "facilitator")
            await group_store.add_backup(work, group, user_id, work.now)
            await self._servers.acted(work, actor, "facilitators-changed")
            return Backups(group, await group_store.backups(work, group.id))

    async def remove_backup(self, actor: Actor, group_id: str, user_id: int) -> Backups:
        """Let somebody not be asked any more. They stay in the team.

        Raises:
            NotAllowed: unless the actor is a coordinator or administrator.
            NotFound: if there is no such group here, or it has ended.
            Invalid: if the person is none of them.
        """
        async with self._desk.transaction() as work:
            group = await self._groups.living(work, actor, group_id)
            if user_id not in await group_store.backups(work, group.id):
                raise Invalid(text="staff-backup-was-not")
            await group_store.remove_backup(work, group.id, user_id)
            await self._servers.acted(work, actor, "facilitators-changed")
            return Backups(group, await group_store.backups(work, group.id))
