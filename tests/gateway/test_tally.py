"""What counts as a page, and as one that failed."""

from datetime import UTC, datetime

import pytest

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.outbox import Lane, Leased
from peerbot.escalation.paging import PAGED
from peerbot.escalation.ways.sight import PAGE_SEEN
from peerbot.gateway.tally import Tally

AT = datetime(2026, 12, 8, 19, tzinfo=UTC)


def intent(report: str | None) -> Leased:
    return Leased(1, "k", "post", Lane.CONCERN, 1, {}, report, "n", 0, False, 0, AT, None)


@pytest.mark.parametrize(
    ("report", "result", "arrived", "failed"),
    [
        (PAGED, Delivered(), 1, 0),
        (PAGED, Finish("failed"), 0, 1),
        (PAGED, Finish("dropped"), 0, 0),  # Nobody need be paged any more.
        (PAGE_SEEN, Delivered(people=(7, 8)), 0, 2),  # Two of those who were paged cannot see the channel.
        (PAGE_SEEN, Delivered(), 0, 0),
        ("signup.posted", Finish("failed"), 0, 0),
        (None, Delivered(), 0, 0),
    ],
)
def test_a_page_counts_once_it_ended_and_as_failed_for_whom_it_did_not_reach(
    report: str | None, result: Delivered | Finish, arrived: int, failed: int
) -> None:
    tally = Tally()
    tally.ended(intent(report), result, 3)
    pages = tally.pages()
    assert (pages.arrived, pages.failed) == (arrived, failed)


def test_how_long_they_took_is_kept_as_prometheus_adds_it_up() -> None:
    tally = Tally()
    for seconds in (0, 1, 4, 60, 61, 9_999):
        tally.ended(intent(PAGED), Delivered(), seconds)
    pages = tally.pages()
    assert pages.within == (2, 2, 3, 3, 4, 5)
    assert (pages.arrived, pages.seconds) == (6, 10_125)
