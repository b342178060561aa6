"""What is kept about a person's seats and queues, and when it goes."""

from collections.abc import Sequence

from peerbot.engine.database import Reads
from peerbot.engine.desk import Work
from peerbot.engine.retention import Kept
from peerbot.engine.texts import moment
from peerbot.engine.words import shown
from peerbot.signup import store
from peerbot.signup.groups import store as group_store
from peerbot.signup.invites import store as invite_store
from peerbot.signup.invites.rules import WRONG_LASTS
from peerbot.signup.measures import standing_store
from peerbot.signup.measures import store as measure_store
from peerbot.signup.measures.rules import Measure
from peerbot.signup.rules import KEPT_AFTER, WAITLIST_LASTS
from peerbot.signup.seating import Seating
from peerbot.signup.store import Span
from peerbot.signup.tasting import store as tasting_store
from peerbot.signup.waitlist import store as waitlist_store
from peerbot.signup.writing import store as writing_store


async def kept_about(reads: Reads, user_id: int) -> Sequence[Kept]:
    """Return every seat, place in a queue, offer, facilitation and choice kept about a person, in any server."""
    return [
        *[_seat(span) for span in await store.seats_kept(reads, user_id)],
        *[_wait(span) for span in await waitlist_store.waits_kept(reads, user_id)],
        *[
            Kept(
                "kept-offer",
                kept.group.server_id,
                {"group": shown(kept.group.name), "made": moment(kept.made_at), "answer": kept.state},
                (kept.ended_at or kept.ends_at) + KEPT_AFTER,
            )
            for kept in await waitlist_store.offers_kept(reads, user_id)
        ],
        *[_measure(measure) for measure in await measure_store.of_person(reads, user_id)],
        *[_measure(measure) for measure in await _standing(reads, user_id)],
        *[
            Kept(
                "kept-taster",
                taster.server_id,
                {"since": moment(taster.since), "outcome": taster.outcome or "none"},
                None if taster.ended_at is None else taster.ended_at + KEPT_AFTER,
            )
            for taster in await tasting_store.kept(reads, user_id)
        ],
        *[
            Kept("kept-backup", server_id, {"since": moment(since)})
            for server_id, since in await group_store.backing_up_since(reads, user_id)
        ],
        *[
            Kept("kept-code-tries", server_id, {}, since + WRONG_LASTS)
            for server_id, since in await invite_store.tries_kept(reads, user_id)
        ],
        *[Kept("kept-facilitating", *_about(span)) for span in await store.facilitating_kept(reads, user_id)],
        *[
            Kept("kept-reminders", server_id, {"choice": choice})
            for server_id, choice in await store.choices_kept(reads, user_id)
        ],
        *[Kept("kept-writing", server_id) for server_id in await writing_store.kept(reads, user_id)],
    ]


async def _standing(reads: Reads, user_id: int) -> Sequence[Measure]:
    """Return what stands about somebody who was gone: their account leads back to it."""
    found: list[Measure] = []
    for server_id in await standing_store.servers(reads):
        number = await standing_store.number(reads, server_id, user_id)
        found.extend(await measure_store.of_person(reads, number, server_id))
    return found


def _measure(measure: Measure) -> Kept:
    state = "stands" if measure.stands else "proposed" if measure.proposed else "over"
    values: dict[str, object] = {"group": shown(measure.group.name), "kind": measure.kind, "state": state}
    until = measure.over_at + KEPT_AFTER if measure.over_at is not None else None
    return Kept("kept-measure", measure.group.server_id, values, until)


def _about(span: Span) -> tuple[int, dict[str, object]]:
    return span.group.server_id, {"group": shown(span.group.name), "since": moment(span.since)}


def _seat(span: Span) -> Kept:
    server_id, values = _about(span)
    if span.ended_at is None:
        return Kept("kept-seat", server_id, values)
    return Kept("kept-seat-ended", server_id, {**values, "ended": moment(span.ended_at)}, span.ended_at + KEPT_AFTER)


def _wait(span: Span) -> Kept:
    server_id, values = _about(span)
    values["tries"] = "yes" if span.tries else "no"
    last = span.since + WAITLIST_LASTS
    if span.ended_at is None:
        return Kept("kept-wait", server_id, values, last)
    ended = {**values, "ended": moment(span.ended_at)}
    return Kept("kept-wait-ended", server_id, ended, min(span.ended_at + KEPT_AFTER, last))


async def before_forgetting(work: Work, seating: Seating) -> None:
    """End the places in queues that have waited for 180 days: the next in turn is asked."""
    for group_id, user_id in await waitlist_store.waits_since_before(work, work.now - WAITLIST_LASTS):
        group = await store.group(work, group_id)
        if group is not None:
            await seating.end_wait(work, group, user_id)
