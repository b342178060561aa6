"""What the team sees of concerns, privately: what they have, what it says, what is open."""

from collections.abc import Sequence
from typing import Final

from peerbot.engine.card import MOST_TEXT, Button, Card, Menu, Option
from peerbot.engine.texts import channel, moment, person, say
from peerbot.engine.words import shown
from peerbot.escalation import rules
from peerbot.escalation.aftercare.reviews import Review
from peerbot.escalation.handling.cards import menus
from peerbot.escalation.handling.service import Opened, Taken
from peerbot.escalation.limits import cards as limit_cards
from peerbot.escalation.rules import Level, State
from peerbot.escalation.store import Concern

_MOST_LISTED: Final = 15
_MOST_REVIEWS: Final = 5


def taken_card(taken: Taken) -> Card:
    """Return the answer to *I've got it*, for the one who has it and for the one who was second."""
    concern = taken.concern
    if concern.state is State.CLOSED:
        return Card(say("staff-closed-already", number=concern.number))
    if not taken.mine:
        return Card(say("staff-other-has-it", number=concern.number, person=person(taken.by)), _team_buttons(concern))
    lines = [say("staff-you-have-it", number=concern.number), say("staff-what-helps")]
    if concern.level is not Level.CHECK_IN:
        lines.append(say("staff-what-if-danger"))
    return Card("\n".join(lines), _team_buttons(concern))


def opened_card(opened: Opened, *, may_block: bool = False) -> Card:
    """Return the rest of a concern, for one authorised person; for a lead with the way to a block."""
    concern = opened.concern
    title = say("staff-opened", number=concern.number, level=say(f"level-{concern.level.word}"))
    if opened.closed_to_them:
        return Card(f"{title}\n{say('staff-opened-closed')}")
    lines = [
        title,
        say("staff-raised", at=moment(concern.raised_at, "F"), category=say(f"category-{concern.category}")),
        _raised_by(opened),
    ]
    if opened.in_danger:
        lines.insert(1, say("staff-in-danger"))
    if concern.about_other is not None:
        lines.append(say("staff-about", person=person(concern.about_other)))
    if concern.room_name is not None:
        lines.append(say("staff-room", room=concern.room_name))
    if opened.room is not None:
        lines.append(say(f"staff-opened-{opened.room.replace('_', '-')}"))
    if concern.side_channel_id is not None:
        lines.append(say("staff-side-room", where=channel(concern.side_channel_id)))
    if concern.way == "none" and concern.state is not State.CLOSED:
        lines.append(say("staff-unreachable"))
    if concern.note:
        lines.append(say("staff-note", note=shown(concern.note)))
    lines.extend(say("staff-team-note", person=person(note.by), note=shown(note.note)) for note in opened.notes)
    if opened.done:
        lines.append(say("staff-done-so-far", what=", ".join(say(f"action-{act}") for act in opened.done)))
    lines.extend(say("staff-waits-for-second", what=say(f"sign-off-{asked.kind}")) for asked in opened.asked)
    lines.append(say("staff-state", state=say(f"staff-state-{concern.state}")))
    if concern.on_lead_list:
        lines.append(say(f"staff-held-{concern.held}"))
    buttons = _team_buttons(concern)
    block = limit_cards.block_button(concern, may_block=may_block)
    return Card(_within("\n".join(lines)), (*buttons, *(menus(concern) if buttons else ()), *block))


def _raised_by(opened: Opened) -> str:
    if opened.raiser:
        return say("staff-raiser", person=person(opened.raiser))
    return say("staff-raiser-forgotten" if opened.concern.raiser_id is None else "staff-raiser-hidden")


def _within(text: str) -> str:
    """Return the text as long as a message may be: what several forms and notes say in all may be longer."""
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1]}…"


def _team_buttons(concern: Concern) -> tuple[tuple[Button, ...], ...]:
    args = (concern.id,)
    if concern.state is State.CLOSED:
        return ()
    first = (
        Button("concern.take", say("staff-take"), args, "main")
        if concern.state in rules.WAITING
        else Button("concern.with", say("staff-with"), args, "main")
    )
    look, close = (Button(f"concern.{act}", say(f"staff-{act}"), args) for act in ("open", "close"))
    return ((first, look, close),)


def _side_room(concern: Concern) -> str:
    """Return the side room and since when it is open: one that is open for days is not to be forgotten."""
    if concern.side_channel_id is None:
        return ""
    where = say("staff-side-room", where=channel(concern.side_channel_id))
    since = moment(concern.side_made_at, "R") if concern.side_made_at is not None else ""
    return f" · {where}" + (f", {say('staff-side-room-since', since=since)}" if since else "")


def list_card(concerns: Sequence[Concern], blocks: int = 0, reviews: Sequence[Review] = ()) -> Card:
    """Return the open concerns, without names; what is to be looked at again; the way to `blocks` if there are any."""
    rows = (*_reviews_menu(reviews), *limit_cards.blocks_button(blocks))
    if not concerns:
        return Card("\n".join([say("staff-none-open"), *_review_lines(reviews)]), rows)
    lines = [say("staff-list")]
    lines.extend(
        say(
            "staff-list-line",
            number=concern.number,
            level=say(f"level-{concern.level.word}"),
            state=say(f"staff-state-{concern.state}"),
            age=moment(concern.raised_at, "R"),
        )
        + _side_room(concern)
        + (f" · {say('staff-for-lead')}" if concern.on_lead_list else "")
        for concern in concerns[:_MOST_LISTED]
    )
    if len(concerns) > _MOST_LISTED:
        lines.append(say("staff-list-more", count=len(concerns) - _MOST_LISTED))
    return Card("\n".join([*lines, *_review_lines(reviews)]), rows)


def _review_line(review: Review) -> str:
    text = "staff-list-review-alone" if review.alone else "staff-list-review"
    return say(text, number=review.concern.number)


def _review_lines(reviews: Sequence[Review]) -> list[str]:
    if not reviews:
        return []
    lines = [say("staff-list-reviews"), *(_review_line(review) for review in reviews[:_MOST_REVIEWS])]
    more = len(reviews) - _MOST_REVIEWS
    return [*lines, say("staff-list-reviews-more", count=more)] if more > 0 else lines


def _reviews_menu(reviews: Sequence[Review]) -> tuple[Menu, ...]:
    options = tuple(Option(review.key, _review_line(review)) for review in reviews[:_MOST_REVIEWS])
    return (Menu("concern.review-one", say("staff-looked-at"), options),) if options else ()
