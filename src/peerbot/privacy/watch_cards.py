"""What coordinators read when somebody new can read rooms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peerbot.confidentiality.seeing import Seeing, named, plain_name
from peerbot.confidentiality.visibility import Role
from peerbot.engine.card import Card
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import channel, person, say
from peerbot.privacy.watch import CARD
from peerbot.servers.help import help_button


def makers(seeing: Seeing) -> Mapping[str, CardMaker]:
    """Return the card by name. Roles and bots are named as they are called when it is sent."""

    async def changed(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        _ = reads, now
        server_id = int(data["server"])
        sight = seeing.sighting.of_new_room(server_id)
        if sight is None:
            return None
        roles = {role.id: role for role in sight.roles}
        people = tuple(int(each) for each in data["people"])
        lines = [say("readers-changed", people=" ".join(map(person, people)))]
        for what in ("roles", "could", "grown"):
            lines += _of_roles(what, [roles[each] for each in data[what] if each in roles])
        lines += [say("readers-bot", bot=plain_name(seeing.sighting.name_of(server_id, each))) for each in data["bots"]]
        rules = seeing.sighting.rules(server_id).copying
        lines += [say("readers-rule", rule=plain_name(rules.get(each, str(each)))) for each in data["rules"]]
        lines += [say("readers-room", room=channel(int(each))) for each in data["rooms"]]
        return Card("\n".join((*lines, say("readers-do"))), ((help_button(),),), people)

    return {CARD: changed}


def _of_roles(what: str, roles: Sequence[Role]) -> Sequence[str]:
    return [say(f"readers-{what}", roles=named(roles))] if roles else []
