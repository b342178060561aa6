"""What administrators see of their server, and the channels the bot makes for its staff."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peerbot.engine.card import Button, Card, ChoicePart, Form, Line, Menu, Option, PersonPart, TextPart
from peerbot.engine.database import Reads
from peerbot.engine.places import AccessMaker, CardMaker, May, Place, PlaceMaker
from peerbot.engine.texts import channel, person, say
from peerbot.engine.words import shown
from peerbot.servers import rules, store
from peerbot.servers.help import help_button
from peerbot.servers.rules import STAFF_CHANNELS, Server, State


def setup_form(state: State, countries: Mapping[str, str]) -> Form:
    """Return the five questions, with what is known filled in. `countries` is code → name."""
    server = state.server
    lead = rules.people(state.team, "lead")
    second = rules.people(state.team, "deputy")
    return Form(
        "setup.save",
        say("setup-title"),
        (
            ChoicePart(
                "country",
                say("setup-country"),
                tuple(
                    Option(code, name, chosen=server is not None and server.country == code)
                    for code, name in countries.items()
                ),
                say("setup-country-hint"),
                menu=True,
            ),
            PersonPart("lead", say("setup-lead"), say("setup-lead-hint"), lead),
            PersonPart("second", say("setup-second"), say("setup-second-hint"), second),
            ChoicePart(
                "channels",
                say("setup-channels"),
                (
                    Option("make", say("setup-channels-make"), chosen=server is None or server.make_staff_channels),
                    Option(
                        "choose",
                        say("setup-channels-choose"),
                        chosen=server is not None and not server.make_staff_channels,
                    ),
                ),
                say("setup-channels-hint"),
            ),
            TextPart("zone", say("setup-zone"), say("setup-zone-hint"), server.zone if server else "", most=60),
        ),
    )


def known_lines(state: State) -> Sequence[str]:
    """Return what a server was set up with, a line each; none before it is."""
    server = state.server
    if server is None:
        return ()
    people = say(
        "setup-known",
        lead=", ".join(person(i) for i in rules.people(state.team, "lead")),
        second=", ".join(person(i) for i in rules.people(state.team, "deputy")),
    )
    return (
        people,
        channels_line(server),
        say("staff-server-zone", zone=server.zone),
        seats_line(server),
        ages_line(server),
        outside_line(server),
    )


def channels_line(server: Server) -> str:
    """Return which the staff channels are."""
    return say(
        "setup-known-channels",
        moderators=_place(server.moderators_channel_id),
        facilitators=_place(server.facilitators_channel_id),
    )


def seats_line(server: Server) -> str:
    """Return whether a coordinator confirms each seat."""
    return say("staff-server-seats", confirmed="yes" if server.confirms_seats else "no")


def ages_line(server: Server) -> str:
    """Return for whom groups are, and for younger people whom they can turn to."""
    ages = say("staff-server-ages", ages=say("ages", first=server.ages.first, last=server.ages.last or 0))
    if not server.ages.for_younger:
        return ages
    return f"{ages}\n{say('staff-server-contact-is', contact=shown(server.contact) or say('staff-server-no-contact'))}"


def outside_line(server: Server) -> str:
    """Return who outside the team is shown when nobody of the team may answer."""
    return say("staff-server-outside-is", contact=shown(server.outside) or say("staff-server-no-contact"))


def _place(channel_id: int | None) -> str:
    return channel(channel_id) if channel_id is not None else say("setup-no-channel")


def choose_channels_card() -> Card:
    """Return the two menus for a server that has its staff channels already."""
    return Card(
        say("setup-choose-channels"),
        (
            Menu("setup.channel", say("setup-choose-moderators"), args=("moderators",), kind="channel"),
            Menu("setup.channel", say("setup-choose-facilitators"), args=("facilitators",), kind="channel"),
            (Button("server.make-channels", say("staff-server-make")),),
        ),
    )


def saved_card(*, makes_channels: bool) -> Card:
    """Return the answer to the five questions."""
    return Card(say("setup-saved-makes" if makes_channels else "setup-saved"), (go_on(),))


def go_on() -> tuple[Button, ...]:
    """Return the way back to what is next."""
    return (Button("setup.look", say("setup-go-on"), look="main"),)


def person_form() -> Form:
    """Return the form that gives somebody a part in the team."""
    parts = tuple(Option(part, say(f"staff-team-{part}")) for part in reversed(rules.PARTS))
    return Form(
        "setup.person-add",
        say("setup-press-person"),
        (
            PersonPart("person", say("cmd-manage-team-add-person")),
            ChoicePart("part", say("cmd-manage-team-add-part"), parts),
        ),
    )


def channel_saved_card(which: str, channel_id: int) -> Card:
    """Return the answer to a staff channel chosen."""
    text = say("setup-channel-saved", which=say(f"staff-channel-{which}"), channel=channel(channel_id))
    return Card(text, (go_on(),))


def team_card(user_id: int, part: str, *, added: bool, rows: tuple[Line, ...] = ()) -> Card:
    """Return the answer to somebody joining the team."""
    text = "team-added" if added else "team-was"
    return Card(say(text, person=person(user_id), part=say(f"part-{part}")), rows)


async def _opened(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
    _ = reads, now
    people = tuple(int(each) for each in data["people"])
    return Card(say("server-opened", people=" ".join(person(each) for each in people)), ((help_button(),),), people)


async def _category(reads: Reads, data: Mapping[str, Any], now: datetime) -> Place | None:
    _ = now
    server = await store.load(reads, int(data["server"]))
    if server is None or server.category_id is not None:
        return None
    return Place(say("place-category"), "category", None, {})


async def _staff_channel(reads: Reads, data: Mapping[str, Any], now: datetime) -> Place | None:
    _ = now
    server = await store.load(reads, int(data["server"]))
    which = str(data["which"])
    if server is None or which not in rules.places_to_make(server):
        return None
    team = await store.team(reads, server.id)
    readers = rules.people(team, *STAFF_CHANNELS[which])
    return Place(say(f"place-{which}"), "text", server.category_id, dict.fromkeys(readers, May.SPEAK))


async def _staff_access(reads: Reads, data: Mapping[str, Any], now: datetime) -> May:
    _ = now
    channel_id, user_id = int(data["channel"]), int(data["user"])
    server_id = await store.server_of_channel(reads, channel_id)
    parts = await store.parts(reads, server_id, user_id) if server_id is not None else frozenset[str]()
    return May.NOTHING if parts.isdisjoint(STAFF_CHANNELS[str(data["which"])]) else May.SPEAK


def makers() -> Mapping[str, CardMaker]:
    """Return the cards that are made when they go out."""
    return {"servers.opened": _opened}


def places() -> Mapping[str, PlaceMaker]:
    """Return the plans of the channels the bot makes for staff."""
    return {
        "servers.category": _category,
        "servers.moderators": _staff_channel,
        "servers.facilitators": _staff_channel,
    }


def access() -> Mapping[str, AccessMaker]:
    """Return who may read the staff channels."""
    return {"servers.staff": _staff_access}
