"""What coordinators and administrators see of a server's settings, and of its team."""

from collections.abc import Mapping, Sequence
from typing import Final

from peerbot.engine.actor import FORGOTTEN
from peerbot.engine.card import MOST_TEXT, Button, Card, ChoicePart, Form, Menu, Option, TextPart
from peerbot.engine.errors import OldButton
from peerbot.engine.texts import moment, person, say
from peerbot.engine.words import shown
from peerbot.servers import rules
from peerbot.servers.acts import Page
from peerbot.servers.cards import ages_line, channels_line, outside_line, seats_line
from peerbot.servers.help import help_button
from peerbot.servers.rules import Server, Teammate
from peerbot.servers.settings import Changed
from peerbot.servers.team import Removal

CHANNELS: Final = "channels"
SEATS: Final = "seats"
_FIELDS: Final = ("country", "zone", CHANNELS, SEATS, "ages", "contact", "outside")


def server_card(server: Server, countries: Mapping[str, str]) -> Card:
    """Return how the server is set, and the menu of what can be changed. `countries` is code → name."""
    lines = [
        say("staff-server"),
        say("staff-server-country", country=countries.get(server.country, server.country)),
        say("staff-server-zone", zone=server.zone),
        channels_line(server),
        seats_line(server),
        ages_line(server),
        outside_line(server),
    ]
    options = tuple(Option(field, say(f"staff-server-field-{field}")) for field in _FIELDS)
    menu = Menu("server.choose", say("staff-server-choose"), options)
    return Card("\n".join(lines), (menu, (help_button(),)))


def server_form(field: str, server: Server, countries: Mapping[str, str]) -> Form:
    """Return the form for one thing, with what is known filled in.

    Raises:
        OldButton: for something that no form asks.
    """
    match field:
        case "country":
            options = tuple(
                Option(code, name, chosen=code == server.country) for code, name in list(countries.items())[:25]
            )
            parts = (ChoicePart("value", say("setup-country"), options, say("setup-country-hint"), menu=True),)
        case "zone":
            parts = (TextPart("value", say("setup-zone"), say("setup-zone-hint"), server.zone, most=60),)
        case "ages":
            last = "" if server.ages.last is None else str(server.ages.last)
            parts = (
                TextPart("value", say("staff-server-first"), say("staff-server-first-hint"), str(server.ages.first)),
                TextPart("last", say("staff-server-last"), say("staff-server-last-hint"), last, required=False),
            )
        case "contact":
            parts = (_contact_part("staff-server-contact", server.contact),)
        case "outside":
            parts = (_contact_part("staff-server-outside", server.outside),)
        case _:
            raise OldButton
    return Form("server.save", say(f"staff-server-field-{field}"), parts, (field,))


def _contact_part(text: str, value: str) -> TextPart:
    return TextPart("value", say(text), say(f"{text}-hint"), value, required=False, most=rules.MOST_IN_CONTACT)


def changed_card(changed: Changed, countries: Mapping[str, str]) -> Card:
    """Return the answer to one thing changed, with the way back."""
    was, now = (_value(changed.field, each, countries) for each in (changed.before, changed.after))
    what = say(f"staff-server-field-{changed.field}")
    if was == now:
        return Card(say("staff-server-same", what=what, now=now))
    lines = [say("staff-server-changed", what=what, was=was, now=now)]
    lines += [say(f"staff-server-lacks-{name}") for name in changed.lacking if name == "contact"]
    return Card("\n".join(lines), _undo(changed))


def _undo(changed: Changed) -> tuple[tuple[Button, ...], ...]:
    before = changed.before
    # What somebody typed does not fit a button: the card shows it, so that it can be typed again.
    values = {
        "country": (before.country,),
        "zone": (before.zone,),
        "ages": (str(before.ages.first), "" if before.ages.last is None else str(before.ages.last)),
    }.get(changed.field)
    return ((Button("server.set", say("staff-undo"), (changed.field, *values)),),) if values else ()


def _value(field: str, server: Server, countries: Mapping[str, str]) -> str:
    match field:
        case "country":
            return countries.get(server.country, server.country)
        case "zone":
            return server.zone
        case "contact":
            return shown(server.contact) or say("staff-server-no-contact")
        case "outside":
            return shown(server.outside) or say("staff-server-no-contact")
        case _:
            return say("ages", first=server.ages.first, last=server.ages.last or 0)


def channels_made_card() -> Card:
    """Return the answer to *Make what is missing*."""
    return Card(say("staff-server-making"))


def team_cards(team: Sequence[Teammate]) -> list[Card]:
    """Return who has which part, in as many messages as it takes."""
    pages = [say("staff-team")]
    for part in rules.PARTS:
        people = rules.people(team, part)
        head = say("staff-team-part", part=say(f"staff-team-{part}"), people=len(people))
        for line in (head, *(f"- {person(user_id)}" for user_id in people)):
            if len(pages[-1]) + len(line) + 1 > MOST_TEXT:
                pages.append(say("staff-team-more"))
            pages[-1] += f"\n{line}"
    return [Card(page) for page in pages]


def acts_card(page: Page) -> Card:
    """Return a page of what staff did, the newest first."""
    lines = [
        say(
            "staff-acts-line",
            when=moment(each.at),
            who=person(each.by or FORGOTTEN),
            act=say(f"act-{each.act}"),
        )
        for each in page.acts
    ]
    older = (Button("acts.older", say("staff-acts-older"), (str(page.older),)),) if page.older is not None else ()
    return Card("\n".join([say("staff-acts"), *(lines or [say("staff-acts-none")])]), (older,) if older else ())


def removal_card(removal: Removal) -> Card:
    """Return what came of taking a part away: done, or asked again because groups would close."""
    values = {"person": person(removal.user_id), "part": say(f"part-{removal.part}")}
    args = (str(removal.user_id), removal.part)
    if not removal.had:
        return Card(say("staff-team-had-not", **values))
    if not removal.done:
        confirm = Button("team.remove", say("staff-team-remove-confirm"), args, "danger")
        return Card(say("staff-team-closes", **values), ((confirm,),))
    lines = [say("staff-team-removed", **values), *([say("staff-team-closed")] if removal.closes else [])]
    return Card("\n".join(lines), ((Button("team.give", say("staff-undo"), args),),))
