"""What coordinators see of the lines they add: what people read now, the form, what would hold, what holds."""

from collections.abc import Sequence
from dataclasses import replace

from peerbot.confidentiality.cards import agreement_text, limits_text
from peerbot.confidentiality.rules import MOST_CLAUSES, MOST_IN_CLAUSE, Terms, Text
from peerbot.engine.card import Button, Card, Form, TextPart, Words
from peerbot.engine.texts import say
from peerbot.engine.words import shown
from peerbot.signup.agreeing.cards import change_lines
from peerbot.signup.agreeing.clauses import SERVER, Change, Shown
from peerbot.signup.rules import Group


def present_card(seen: Shown) -> Card:
    """Return what people now read, and the button that opens the form."""
    name = {"group": shown(seen.group.name)} if seen.group else {}
    head = say("staff-texts-group" if seen.group else "staff-texts-server", **name)
    change = Button("texts.change", say("staff-texts-change"), (_which(seen.group),), "main")
    return Card(f"{head}\n\n{_whole(seen.group, seen.terms)}", ((change,),))


def clause_form(seen: Shown) -> Form:
    """Return the form for the lines, with those that hold now."""
    lines = seen.terms.lines(_text(seen.group))
    return Form(
        "texts.write",
        say("staff-texts-title-group" if seen.group else "staff-texts-title-server"),
        (
            Words(say("staff-texts-about")),
            *(
                TextPart(
                    f"line-{n}",
                    say("staff-texts-line-n", n=n + 1),
                    value=lines[n] if n < len(lines) else "",
                    required=False,
                    most=MOST_IN_CLAUSE,
                )
                for n in range(MOST_CLAUSES)
            ),
        ),
        (_which(seen.group),),
    )


def proposed_cards(change: Change) -> Sequence[Card]:
    """Return what people would read and how many are asked again; what those are shown; and the button to go ahead."""
    confirm = Button("texts.use", say("staff-texts-confirm"), (change.changed.wording.id,), "main")
    cards = [Card(_told("staff-texts-check", "staff-texts-people", change))]
    if change.changed.effect.people:
        shown_then = [line for each in change.changed.asks for line in change_lines(each)]
        cards.append(Card("\n".join((say("staff-texts-then"), *shown_then))))
    return [*cards[:-1], replace(cards[-1], rows=((confirm,),))]


def done_card(change: Change) -> Card:
    """Return the answer to a change, with the way back."""
    undo = Button("texts.undo", say("staff-texts-undo"), (change.changed.wording.id,))
    return Card(_told("staff-texts-done", "staff-texts-asked", change), ((undo,),) if change.changed.can_undo else ())


def undone_card(change: Change) -> Card:
    """Return the answer to a change that was taken back."""
    return Card(_told("staff-texts-done", "staff-texts-asked", change))


def _told(head: str, count: str, change: Change) -> str:
    people = say(count, people=change.changed.effect.people)
    return f"{say(head)} {people}\n\n{_whole(change.group, change.changed.terms)}"


def _whole(group: Group | None, terms: Terms) -> str:
    added = terms.lines(_text(group))
    return agreement_text(added) if group else limits_text(added)


def _text(group: Group | None) -> Text:
    return Text.GROUP if group else Text.SERVER


def _which(group: Group | None) -> str:
    return group.id if group else SERVER
