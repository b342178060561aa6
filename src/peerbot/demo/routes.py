"""What of Discord the stand-in lacks and the bot asks: how many people have each role, as a number without names."""

from collections import Counter
from functools import cache

from simcord.http.router import RequestContext, route


@cache
def serve() -> None:
    """Let the stand-in answer these, from now on."""
    route("GET", "/guilds/{guild_id}/roles/member-counts")(role_member_counts)


def role_member_counts(ctx: RequestContext) -> dict[str, int]:
    """Answer as Discord does (discord-api-docs, resources/guild.mdx, "Get Guild Role Member Counts")."""
    guild_id = ctx.int_arg("guild_id")
    ctx.require_guild_permissions(guild_id, "manage_roles")
    guild = ctx.backend.get_guild(guild_id)
    people = Counter(role_id for member in guild.members.values() for role_id in member.role_ids)
    return {str(role_id): people[role_id] for role_id in guild.roles if role_id != guild_id}
