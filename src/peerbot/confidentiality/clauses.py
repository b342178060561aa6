"""Lines added to the texts: proposed, put in force, taken back. Each step is part of a use case of the pillar above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from peerbot.confidentiality import store, wording_store
from peerbot.confidentiality.rules import (
    MOST_CLAUSES,
    MOST_IN_CLAUSE,
    MOST_SHOWN,
    OLD_EDITION_KEPT,
    Difference,
    Edition,
    Effect,
    Shelf,
    Terms,
    Text,
    Wording,
    differences,
    effect,
)
from peerbot.confidentiality.service import shelf_of
from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.engine.errors import Invalid, Late
from peerbot.engine.texts import say
from peerbot.engine.tokens import new_id
from peerbot.engine.words import clean, shown

NOBODY: Final = Effect(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of added lines, proposed or done.

    Attributes:
        wording: The edition.
        terms: All that people agree to with it.
        effect: Whom it asks again, and whom no longer.
        can_undo: Whether it can be taken back.
        new: Whether nobody had done it before.
        asks: What those it asks again would be shown: the difference to what holds now.
    """

    wording: Wording
    terms: Terms
    effect: Effect = NOBODY
    can_undo: bool = True
    new: bool = True
    asks: Sequence[Difference] = ()


def checked(typed: Sequence[str]) -> tuple[str, ...]:
    """Return the lines as they are kept; empty ones, and one written twice, are left out.

    Raises:
        Invalid: if there are too many, or one or all of them are too long.
    """
    field = say("staff-texts-line")
    lines = tuple(
        dict.fromkeys(clean(line, field=field, most=MOST_IN_CLAUSE, least=2) for line in typed if line.strip())
    )
    if len(lines) > MOST_CLAUSES:
        raise Invalid
    if sum(len(shown(line)) for line in lines) > MOST_SHOWN:
        raise Invalid(text="staff-texts-too-long")
    return lines


async def wording(reads: Reads, wording_id: str) -> Wording | None:
    """Return an edition or a proposal, of any server."""
    return await wording_store.load(reads, wording_id)


async def propose(work: Work, server_id: int, group_id: str, lines: tuple[str, ...]) -> Changed:
    """Keep a proposal: lines a group adds to the agreement or, with no group, the server to the limits.

    Raises:
        Invalid: if these lines hold already.
    """
    shelf, text = await shelf_of(work, server_id), _text(group_id)
    present = shelf.terms(group_id).editions[text]
    if lines == present.lines:
        raise Invalid(text="staff-texts-same")
    proposed = Wording(new_id(), server_id, text, group_id, Edition(0, lines), None, present.number)
    await wording_store.add(work, proposed, work.now)
    return await _changed(work, shelf, proposed)


async def confirm(work: Work, proposed: Wording) -> Changed:
    """Let a proposal hold. Twice is once.

    Raises:
        Late: if other lines hold by now than those it was proposed to follow.
    """
    shelf = await shelf_of(work, proposed.server_id)
    if proposed.since is not None:
        return Changed(proposed, shelf.terms(proposed.group_id), can_undo=_holds(shelf, proposed), new=False)
    number = shelf.terms(proposed.group_id).editions[proposed.text].number
    if number != proposed.follows:
        raise Late(text="staff-texts-meanwhile")
    done = await _changed(work, shelf, proposed)
    await wording_store.put_in_force(work, proposed.id, number + 1, work.now)
    return replace(done, wording=replace(proposed, edition=Edition(number + 1, proposed.edition.lines), since=work.now))


async def take_back(work: Work, held: Wording) -> Changed:
    """Let the lines hold again that held before these: a new edition, equal to the old one. Twice is once.

    Raises:
        Late: if other lines hold by now, or it is too long ago: the old lines may be forgotten.
    """
    shelf = await shelf_of(work, held.server_id)
    number = held.edition.number
    before = shelf.edition(held.text, held.group_id, number - 1)
    newest = shelf.newest(held.text, held.group_id)
    if newest is not None and newest.edition == Edition(number + 1, before.lines) and number:
        return Changed(newest, shelf.terms(held.group_id), new=False)
    if newest is None or newest.id != held.id or newest.since is None or newest.since <= work.now - OLD_EDITION_KEPT:
        raise Late(text="staff-texts-meanwhile")
    again = replace(held, id=new_id(), edition=Edition(number + 1, before.lines), since=work.now, follows=number)
    done = await _changed(work, shelf, again)
    await wording_store.add(work, again, work.now)
    return done


async def _changed(reads: Reads, shelf: Shelf, wording: Wording) -> Changed:
    edition = Edition(wording.follows + 1, wording.edition.lines)
    accepted = await store.held_in_server(reads, wording.server_id)
    found = effect(shelf, accepted, wording.text, wording.group_id, edition)
    present = shelf.terms(wording.group_id)
    terms = present.but(wording.text, edition)
    return Changed(wording, terms, found, asks=differences(present, terms))


def _holds(shelf: Shelf, wording: Wording) -> bool:
    newest = shelf.newest(wording.text, wording.group_id)
    return newest is not None and newest.id == wording.id


def _text(group_id: str) -> Text:
    return Text.GROUP if group_id else Text.SERVER
