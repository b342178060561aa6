"""What a button carries comes back as it was, for as long as the message lives."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peerbot.gateway.custom_ids import MOST, CustomId, parse

actions = st.from_regex(r"[a-z][a-z.-]{0,20}", fullmatch=True)
arg = st.text(st.sampled_from(string.ascii_letters + string.digits + "/_-:. é"), max_size=12)
nonces = st.one_of(st.just(""), st.from_regex(r"[0-9a-f]{16}", fullmatch=True))


@given(action=actions, args=st.lists(arg, max_size=4), nonce=nonces)
def test_what_is_written_is_read_back(action: str, args: list[str], nonce: str) -> None:
    written = CustomId(action, tuple(args), nonce)
    assume(len(action) + sum(len(one) + 1 for one in args) + len(nonce) + 5 <= MOST)
    assert parse(str(written)) == written
    assert len(str(written)) <= MOST


@given(text=st.text(max_size=120))
def test_what_is_not_ours_is_nobody_s(text: str) -> None:
    parsed = parse(text)
    assert parsed is None or text.startswith("pb:")


@pytest.mark.parametrize("text", ["", "pb:", "pb:1", "pb:Join:a", "other:join:a", "PB:join", "pb:join~", " pb:join"])
def test_nothing_else_is_taken_for_one_of_ours(text: str) -> None:
    assert parse(text) is None


@given(action=actions, nonce=st.from_regex(r"[0-9a-f]{16}", fullmatch=True))
def test_the_nonce_changes_nothing_of_what_a_button_does(action: str, nonce: str) -> None:
    plain, marked = parse(str(CustomId(action, ("a1",)))), parse(str(CustomId(action, ("a1",), nonce)))
    assert plain is not None
    assert marked is not None
    assert (plain.action, plain.args) == (marked.action, marked.args)
    assert (plain.nonce, marked.nonce) == ("", nonce)


def test_one_too_long_for_discord_is_a_defect() -> None:
    assert len(str(CustomId("join", ("a" * 92,)))) == MOST
    with pytest.raises(ValueError, match="101"):
        str(CustomId("join", ("a" * 93,)))


@pytest.mark.parametrize("broken", [CustomId("join", ("a|b",)), CustomId("join", ("a~b",)), CustomId("join_it")])
def test_one_that_would_come_back_as_something_else_is_a_defect(broken: CustomId) -> None:
    with pytest.raises(ValueError, match="something else"):
        str(broken)
