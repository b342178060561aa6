"""What coordinators see of the codes into a group."""

from peerbot.engine.card import Button, Card, Form, Line, Menu, Option, TextPart
from peerbot.engine.texts import moment, say
from peerbot.engine.words import shown
from peerbot.signup.invites.rules import LENGTH, USUAL_DAYS
from peerbot.signup.invites.service import Codes
from peerbot.signup.invites.store import Invite

_MOST_DIGITS = 3


def codes_card(codes: Codes, *, withdrawn: str = "") -> Card:
    """Return a group's codes; a fresh one with its letters; and for one just withdrawn the way back."""
    group = codes.group
    lines = [say("staff-invites", group=shown(group.name), private="yes" if group.private else "no")]
    if codes.fresh:
        half = LENGTH // 2
        lines.append(say("staff-invite-fresh", code=f"{codes.fresh[:half]}-{codes.fresh[half:]}"))
    if withdrawn:
        lines.append(say("staff-invite-withdrawn"))
    lines += [_line(n, invite) for n, invite in enumerate(codes.invites, 1)] or [say("staff-invites-none")]
    buttons = [Button("invite.new", say("staff-invite-new"), (group.id,), "main")]
    if withdrawn:
        buttons.append(Button("invite.restore", say("staff-group-undo"), (withdrawn,)))
    buttons.append(Button("manage.show", say("staff-group-back"), (group.id,)))
    rows: list[Line] = [tuple(buttons)]
    if codes.invites:
        options = tuple(Option(invite.id, say("staff-invite-number", n=n)) for n, invite in enumerate(codes.invites, 1))
        rows.append(Menu("invite.withdraw", say("staff-invite-withdraw"), options))
    return Card("\n".join(lines), tuple(rows))


def _line(n: int, invite: Invite) -> str:
    return say(
        "staff-invite-line",
        n=n,
        made=moment(invite.made_at),
        until=moment(invite.expires_at),
        uses="any" if invite.uses_left is None else invite.uses_left,
    )


def code_form(codes: Codes) -> Form:
    """Return the form for a new code."""
    return Form(
        "invite.make",
        say("staff-invite-title"),
        (
            TextPart(
                "uses", say("staff-invite-uses"), say("staff-invite-uses-hint"), required=False, most=_MOST_DIGITS
            ),
            TextPart("days", say("staff-invite-days"), value=str(USUAL_DAYS), most=_MOST_DIGITS),
        ),
        (codes.group.id,),
    )
