"""The agreement and the limits are promises: their words change only on purpose, and with a new version."""

from datetime import timedelta
from hashlib import sha256

import pytest

from peerbot.confidentiality import cards
from peerbot.confidentiality.service import AGREEMENT_VERSION, LIMITS_VERSION
from peerbot.engine.card import MOST_TEXT, Button, Card
from tests.fakes import EVENING

_AGREEMENTS = {1: "a703bb85295bbc95c90e1d42ce8813133210a67595fa6366a0875342db0e94c4"}
_LIMITS = {1: "2ceb6e19c2ec8d16e21477366bf9f8b1c93e765635bd8f1e5468a2059539b9bd"}


def _opening(group: str = "Night owls", facilitators: tuple[int, ...] = (11, 12), medium: str = "text") -> Card:
    return cards.opening_reminder("0a1b2c3d", group, medium, facilitators, EVENING + timedelta(minutes=90), "999")


def test_a_change_of_the_agreement_needs_a_new_version() -> None:
    assert sha256(cards.agreement_text().encode()).hexdigest() == _AGREEMENTS[AGREEMENT_VERSION]


def test_a_change_of_the_limits_needs_a_new_version() -> None:
    assert sha256(cards.limits_text().encode()).hexdigest() == _LIMITS[LIMITS_VERSION]


def test_the_agreement_has_ten_lines_that_begin_with_their_number() -> None:
    lines = cards.agreement_text().splitlines()[1:]
    assert [line.split(".")[0] for line in lines] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(
    "card",
    [
        cards.agreement_card(),
        cards.limits_card(),
        _opening(group="x" * 100, facilitators=tuple(range(10**17, 10**17 + 6)), medium="voice"),
        cards.mid_reminder(),
        cards.closing_reminder(EVENING, EVENING, None),
    ],
)
def test_every_card_fits_in_a_message_and_has_help_now_first(card: Card) -> None:
    assert len(card.text) <= MOST_TEXT
    first_row = card.rows[0]
    assert isinstance(first_row, tuple)
    assert first_row[0].action == "help.ask"
    assert len(first_row) <= 3
    assert card.pings == ()


def test_the_opening_reminder_names_facilitators_the_number_and_where_helplines_are() -> None:
    card = _opening()
    assert "<@11>, <@12>" in card.text
    assert "999" in card.text
    assert "findahelpline.com" in card.text
    assert "http" not in card.text
    row = card.rows[0]
    assert isinstance(row, tuple)
    assert Button("concern.tell", "Tell a facilitator") in row
    assert Button("meeting.here", "I'm here", ("0a1b2c3d",), "main") in row


def test_a_voice_room_opens_with_words_that_make_writing_as_welcome_as_speaking() -> None:
    welcome = "Writing in this room's chat is as welcome as speaking."
    assert welcome in _opening(medium="voice").text.splitlines()
    assert welcome not in _opening().text


def test_a_typed_group_name_cannot_format_or_mention() -> None:
    assert r"\*\*\@everyone\*\*" in _opening(group="**@everyone**").text


def test_the_closing_reminder_gives_the_next_date_or_says_there_is_none() -> None:
    next_at = EVENING + timedelta(days=7)
    assert f"<t:{int(next_at.timestamp())}:F>" in cards.closing_reminder(EVENING, EVENING, next_at).text
    assert "No next meeting is planned yet." in cards.closing_reminder(EVENING, EVENING, None).text
