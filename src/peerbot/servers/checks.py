"""What of a server could stop the bot from keeping its word: permissions, places, the smallest team."""

from collections.abc import Awaitable, Callable, Sequence

from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.engine.ports import Channels, CommandsSeen, GuildView
from peerbot.engine.texts import person, say
from peerbot.servers import rules, store
from peerbot.servers.rules import Server

Check = Callable[[Server], Awaitable[Sequence[Finding]]]
"""One check: what it found of a server. It never finds nothing: what is well is said too."""


class ServerChecks:
    """The checks of this pillar."""

    def __init__(self, desk: Desk, channels: Channels, guild: GuildView, seen: CommandsSeen) -> None:
        """Ask `channels` and `guild` what Discord has told by itself, and `seen` who sees which command."""
        self._desk = desk
        self._channels = channels
        self._guild = guild
        self._seen = seen

    def all(self) -> Sequence[Check]:
        """Return what /doctor looks at, in the order in which it is shown."""
        places = (self.permissions, self.category, self.staff_channels)
        return (*places, self.smallest_team, self.reached, self.commands, self.answers)

    async def permissions(self, server: Server) -> Sequence[Finding]:
        """Whether the bot may do what it promises, in the server and in the category its rooms are made in."""
        found = [
            Finding("permissions", Health.BROKEN, "doctor-permission", {"permission": say(f"permission-{name}")})
            for name in self._guild.missing_permissions(server.id, None)
        ]
        if not found and server.category_id is not None:
            found = [
                Finding(
                    "permissions", Health.BROKEN, "doctor-permission-rooms", {"permission": say(f"permission-{name}")}
                )
                for name in self._guild.missing_permissions(server.id, server.category_id)
            ]
        return found or [Finding("permissions")]

    async def category(self, server: Server) -> Sequence[Finding]:
        """Whether the category that rooms are made in is there."""
        gone = server.category_id is None or self._channels.state_of(server.id, server.category_id) == "gone"
        return [Finding("category", Health.BROKEN, "doctor-category-gone") if gone else Finding("category")]

    async def staff_channels(self, server: Server) -> Sequence[Finding]:
        """Whether pages and notices can be written where the team reads them."""
        found = {
            which: "gone" if channel_id is None else self._channels.state_of(server.id, channel_id)
            for which, channel_id in rules.staff_channels(server).items()
        }
        broken = [
            Finding("channels", Health.BROKEN, f"doctor-channel-{state}", {"which": say(f"staff-channel-{which}")})
            for which, state in found.items()
            if state != "there"
        ]
        return broken or [Finding("channels")]

    async def smallest_team(self, server: Server) -> Sequence[Finding]:
        """Whether there are enough people for groups to be open."""
        team = await store.team(self._desk.reads, server.id)
        return [
            Finding("smallest-team", Health.BROKEN, "doctor-lacking", {"who": say(f"lacking-{name}")})
            for name in rules.lacking(team, server)
        ] or [Finding("smallest-team")]

    async def reached(self, server: Server) -> Sequence[Finding]:
        """Whether groups are open to members: they are once everybody of the smallest team was seen to be reached."""
        if server.opened:
            return [Finding("smallest-team")]
        return [Finding("smallest-team", Health.BROKEN, "doctor-never-reached")]

    async def commands(self, server: Server) -> Sequence[Finding]:
        """Whether each of the team sees the commands they need."""
        needed = rules.commands_needed(await store.team(self._desk.reads, server.id))
        unseen = await self._seen.unseen(server.id, needed)
        if unseen is None:
            return [Finding("commands", Health.WARNED, "doctor-commands-unknown")]
        people: dict[tuple[str, ...], list[str]] = {}
        for user_id, names in unseen.items():
            people.setdefault(names, []).append(person(user_id))
        return [
            Finding(
                "commands",
                Health.WARNED,
                "doctor-commands-unseen",
                {"people": ", ".join(found), "commands": ", ".join(f"**/{name}**" for name in names)},
            )
            for names, found in people.items()
        ] or [Finding("commands")]

    async def answers(self, server: Server) -> Sequence[Finding]:
        """Whether what people are shown in need is set: a country, and somebody outside the team."""
        found: list[Finding] = []
        if server.country == rules.NO_COUNTRY:
            found.append(Finding("answers", Health.WARNED, "doctor-no-country"))
        if not server.outside:
            found.append(Finding("answers", Health.WARNED, "doctor-no-outside"))
        return found or [Finding("answers")]
