"""What people see of groups: the list, one group, the form for joining, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from peerbot.confidentiality.cards import agreement_text, limits_text
from peerbot.confidentiality.rules import Terms, Text
from peerbot.engine.card import Button, Card, Form, Option, TickPart, Words
from peerbot.engine.database import Reads
from peerbot.engine.places import CardMaker
from peerbot.engine.texts import moment, say
from peerbot.engine.words import shown
from peerbot.servers.help import help_button
from peerbot.servers.rules import AgesAndContact
from peerbot.signup import lines, store
from peerbot.signup.finding.cards import group_card
from peerbot.signup.finding.panel_cards import failed_card, panel_card
from peerbot.signup.finding.panels import FAILED
from peerbot.signup.groups import store as group_store
from peerbot.signup.pages import ON_A_PAGE, page_of
from peerbot.signup.rules import Group, Mine, View
from peerbot.signup.tasting import cards as taster_cards
from peerbot.signup.waitlist import store as waitlist_store

YES: Final = "yes"
MOST_IN_FORM: Final = 4000
"""Characters of text that Discord shows in a form (discord-api-docs, components/reference.mdx, "Text Display")."""
_BESIDE_NEWS: Final = 2
"""Groups in a message that also tells what the team decided."""
_MOST_NAMED: Final = 2
"""Names of groups in one message, so that it fits with the longest of them."""
_CODE: Final = 2
"""Where the custom_id of the form for joining has the code."""


def join_form(
    group: Group,
    terms: Terms,
    age: AgesAndContact,
    who: Sequence[str] = (),
    code: str = "",
    *,
    taste: bool = False,
    writes: bool = False,
) -> Form:
    """Return the form for joining: the agreement, the limits, one box that has to be ticked, and may we write?

    With `taste` it is for trying one meeting. All else is the same. `writes`: they said before that we may write, which
    holds for the whole server; so that box is ticked already, and joining one more group ends no messages by itself.

    `who` says who else can read the room, with fewer and fewer names: the first that fits stands in the form.

    It carries the version of the texts, so that what is accepted is exactly what was shown.
    """
    about = [say("join-about", group=shown(group.name), about=shown(group.about))]
    if taste:
        about.append(say("taster-about"))
    if age.contact:
        about.append(say("join-contact", contact=shown(age.contact)))
    texts = (agreement_text(terms.lines(Text.GROUP)), limits_text(terms.lines(Text.SERVER)))
    about.insert(1, _who_else(who, MOST_IN_FORM - sum(map(len, (*about, *texts))) - len(about)))
    ages = say("join-agree-yes", first=age.ages.first, last=age.ages.last or 0)
    return Form(
        "taster.agree" if taste else "group.agree",
        say("taster-title" if taste else "join-title", group=group.name),
        (
            Words("\n".join(about)),
            *map(Words, texts),
            TickPart("agree", say("join-agree"), (Option(YES, ages),), required=True),
            TickPart(
                "reminders",
                say("join-reminders"),
                (Option(YES, say("join-reminders-yes"), chosen=writes),),
                say("join-reminders-hint"),
            ),
        ),
        (group.id, str(terms.version), *((code,) if code else ())),
    )


def _who_else(who: Sequence[str], space: int) -> str:
    return next((each for each in who if len(each) <= space), say("join-who-else"))


def code_of(args: Sequence[str]) -> str:
    """Return the code that a form for joining carries; an empty text if it was opened without one."""
    return args[_CODE] if len(args) > _CODE else ""


def joined_card(view: View, *, dm: bool = False) -> Card:
    """Return what came of wanting a seat: a seat, or a place in the queue."""
    name = shown(view.group.name)
    match view.mine.where:
        case "tasting" if not view.mine.asked:
            text = f"{say('taster-seat', group=name)}\n{lines.meeting(view)}"
        case "seated":
            text = f"{say('joined-seat', group=name)}\n{lines.meeting(view)}"
        case "waiting":
            text = say("joined-list", group=name, place=view.mine.place)
        case "pending":
            text = say("taster-pending" if view.mine.tries else "joined-pending", group=name, place=view.mine.place)
        case _:
            return group_card(view, dm=dm)
    return Card(text, (*lines.doing(view), lines.around(dm=dm)))


def passed_card(view: View, *, dm: bool = False) -> Card:
    """Return what came of *Not now*; if the offer had been answered otherwise, how things are."""
    if view.mine.where != "waiting":
        return group_card(view, dm=dm)
    text = say("passed-on", group=shown(view.group.name), place=view.mine.place)
    return Card(text, (*lines.doing(view), lines.around(dm=dm)))


def left_card(view: View, *, dm: bool = False) -> Card:
    """Return what is said to somebody who has left a group."""
    return Card(say("left-group", group=shown(view.group.name)), (lines.around(dm=dm),))


def left_list_card(view: View, *, dm: bool = False) -> Card:
    """Return what is said to somebody who has left a queue; if they have a seat by now, how things are."""
    if view.mine.where in {"seated", "paused"}:
        return group_card(view, dm=dm)
    return Card(say("left-list", group=shown(view.group.name)), (lines.around(dm=dm),))


def mine_card(mine: Mine, page: int) -> Card:
    """Return a page of everything somebody has to do with, with a button for each thing that can be done."""
    news = _news(mine)
    if not mine.views:
        return Card(
            "\n".join((say("mine-none"), *news)),
            ((Button("group.find", say("group-all"), look="main"), help_button()),),
        )
    here, page, pages = page_of(mine.views, page, _BESIDE_NEWS if news else ON_A_PAGE)
    told = [f"{lines.named(view)}\n{lines.standing(view)}\n{lines.meeting(view)}" for view in here]
    text = "\n\n".join(
        [
            lines.titled("mine-title", page, pages),
            *told,
            *(news if page == 0 else ()),
            say("mine-reminders", choice=mine.reminders),
        ]
    )
    # The most pressing comes first: its own buttons stand here, those of the others on their cards.
    rows = [*lines.doing(here[0])] if len(here) == 1 or here[0].mine.where == "offered" or here[0].mine.asked else []
    if len(here) > 1:
        rows.append(lines.choose(here))
    return Card(text, (*rows, (*lines.turning("group.mine", page, pages), help_button()), (_reminders(mine),)))


def _news(mine: Mine) -> list[str]:
    """Return what became lately of seats of this person without their doing."""
    news: list[str] = []
    if mine.declined:
        news.append(say("mine-declined", groups=_names(mine.declined)))
    if mine.ended:
        news.append(say("mine-ended", groups=_names(mine.ended), lead=mine.appeal))
    if mine.released:
        news.append(say("mine-released", groups=_names(mine.released)))
    return news


def _names(groups: Sequence[Group]) -> str:
    return ", ".join(shown(group.name) for group in groups[:_MOST_NAMED])


def _reminders(mine: Mine) -> Button:
    if mine.reminders == "on":
        return Button("group.reminders", say("reminders-off"), ("off",))
    return Button("group.reminders", say("reminders-again" if mine.reminders == "closed" else "reminders-on"), ("on",))


class SignupCards:
    """What is rendered when it is sent."""

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {
            "signup.offer": self._offer,
            "signup.taster-asked": taster_cards.asked_message,
            "signup.taster-ended": taster_cards.ended_message,
            "signup.panel": panel_card,
            FAILED: failed_card,
            "signup.group-news": self._news,
            "signup.seat-over": self._seat_over,
        }

    @staticmethod
    async def _offer(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        offer = await waitlist_store.offer(reads, str(data["offer"]))
        if offer is None or offer.state != "open" or now >= offer.ends_at:
            return None
        text = say("offer-message", group=shown(offer.group.name), until=moment(offer.ends_at, "F"))
        return Card(text, (lines.answers(offer.id, offer.group.id), (help_button(),)))

    @staticmethod
    async def _seat_over(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        group = await store.group(reads, str(data["group"]))
        if group is None or int(data["user"]) in await store.members(reads, group.id):  # They may have joined again.
            return None
        return Card(say(f"seat-over-{data['why']}", group=shown(group.name)), ((help_button(),),))

    @staticmethod
    async def _news(reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        group = await store.group(reads, str(data["group"]))
        news, user_id = str(data["news"]), int(data["user"])
        if group is None or not _still_so(group, news):
            return None
        people = (
            *await store.members(reads, group.id),
            *await group_store.waiting(reads, group.id),
            *await store.facilitators(reads, group.id),
        )
        if user_id not in people:  # They may have left since.
            return None
        return Card(say(f"group-news-{news}", day=lines.last_day(group)), ((help_button(),),))


def _still_so(group: Group, news: str) -> bool:
    """Return whether news of a group are still true when they are sent."""
    if group.state == "archived":
        return False
    match news:
        case "paused":
            return group.state == "paused"
        case "resumed":
            return group.state == "open"
        case "ending":
            return group.ends_at is not None
        case _:
            return group.ends_at is None
