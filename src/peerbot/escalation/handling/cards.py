"""What somebody of the team sees, privately, of what they did with a concern."""

from peerbot.engine.card import Button, Card, Menu, Option
from peerbot.engine.texts import person, say
from peerbot.escalation.handling.actions import ACTIONS, OUTCOMES, SHARED_AT_ONCE, Acted
from peerbot.escalation.handling.closing import Closing
from peerbot.escalation.handling.hand_overs import Handing
from peerbot.escalation.handling.levels import Levelled
from peerbot.escalation.rooms.look_ins import Looking
from peerbot.escalation.rules import Level, level_of
from peerbot.escalation.sign_offs.rules import Kind, SignOff
from peerbot.escalation.sign_offs.service import Answered
from peerbot.escalation.store import Concern
from peerbot.servers.help import help_button


def menus(concern: Concern) -> tuple[Menu, ...]:
    """Return what can be written down as done, and how fast the team may answer."""
    args = (concern.id,)
    acts = tuple(Option(act, say(f"action-{act}")) for act in (*ACTIONS, SHARED_AT_ONCE))
    levels = tuple(Option(level.word, say(f"level-{level.word}"), chosen=level is concern.level) for level in Level)
    return (
        Menu("concern.act", say("staff-act-menu"), acts, args),
        Menu("concern.level", say("staff-level-menu"), levels, args),
    )


def acted_card(acted: Acted) -> Card:
    """Return the answer to writing down what was done."""
    number, what = acted.concern.number, say(f"action-{acted.what}")
    if acted.came == "no_room":
        return Card(say("staff-no-side-room", number=number))
    if acted.came == "asked":
        return Card(say("staff-asked", what=say(f"sign-off-{Kind.SHARE}"), number=number))
    text = say("staff-done", number=number, what=what)
    if acted.what == SHARED_AT_ONCE:
        text = f"{text}\n{say('staff-shared-at-once')}"
    return Card(text)


def noted_card(concern: Concern) -> Card:
    """Return the answer to a note."""
    return Card(say("staff-noted", number=concern.number))


def closing_card(closing: Closing) -> Card:
    """Return the answer to asking to close: what came of it is asked for first, where nothing was written down."""
    concern = closing.concern
    if closing.state == "outcome":
        options = tuple(Option(outcome, say(f"action-{outcome}")) for outcome in OUTCOMES)
        menu = Menu("concern.outcome", say("staff-outcome-menu"), options, (concern.id,))
        return Card(say("staff-outcome", number=concern.number), (menu,))
    if not closing.closed:
        return Card(say("staff-needs-second", number=concern.number))
    return closed_card(concern)


def closed_card(concern: Concern) -> Card:
    """Return that it is closed, with what there is for the group it was raised in."""
    aftercare = Button("concern.aftercare", say("staff-aftercare"), (concern.id,))
    row = (aftercare, help_button()) if concern.group_id is not None else (help_button(),)
    return Card(say("staff-closed", number=concern.number), (row,))


def levelled_card(levelled: Levelled) -> Card:
    """Return the answer to changing a level."""
    concern = levelled.concern
    level = say(f"level-{levelled.level.word}")
    if levelled.came == "asked":
        return Card(say("staff-asked", what=say(f"sign-off-{Kind.LOWER}"), number=concern.number))
    if levelled.came == "same":
        return Card(say("staff-level-same", number=concern.number, level=level))
    if levelled.came == "lowered":
        return Card(say("staff-lowered", number=concern.number, level=level))
    take = Button("concern.take", say("staff-take"), (concern.id,), "main")
    return Card(say("staff-raised-level", number=concern.number, level=level), ((take,),))


def handing_card(handing: Handing) -> Card:
    """Return the answer to handing over."""
    to, holder = person(handing.to), person(handing.holder)
    return Card(say("staff-handing", number=handing.concern.number, to=to, holder=holder))


def looking_card(looking: Looking) -> Card:
    """Return the answer to asking to look in, and to *Stop looking*."""
    number = looking.concern.number
    if looking.came == "over":
        return Card(say("staff-look-ended", number=number), ((help_button(),),))
    return Card(say("staff-asked", what=say(f"sign-off-{Kind.LOOK_IN}"), number=number))


def answered_card(answered: Answered) -> Card:
    """Return the answer to agreeing, or to saying that one does not."""
    number, what = answered.concern.number, say(f"sign-off-{answered.asked.kind}")
    if answered.what == "agreed" and answered.asked.kind is Kind.CLOSE:
        return closed_card(answered.concern)
    return Card(say(f"staff-answered-{answered.what}", number=number, what=what))


def reviewed_card(answered: Answered) -> Card:
    """Return the answer to *Looked at*."""
    return Card(say("staff-reviewed", number=answered.concern.number))


def what_is_asked(asked: SignOff) -> str:
    """Return what exactly a second person is asked to agree to."""
    match asked.kind:
        case Kind.LOWER:
            return say("staff-asked-level", level=say(f"level-{level_of(asked.detail).word}"))
        case Kind.LOOK_IN:
            return say("staff-asked-minutes", minutes=asked.detail)
        case _:
            return say("staff-asked-outcome", outcome=say(f"action-{asked.detail}"))
