"""A body: its words in their place alone, one tag for each reader, and a length that tells little."""

from __future__ import annotations

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.vault.body import TAG, Opener, seal_body, tag
from tracktwo.vault.padding import padded_length
from tracktwo.vault.primitives import CannotOpen, seal

KEY, HEADER = b"k" * 32, b"a header"
readers = st.lists(st.binary(min_size=32, max_size=32), max_size=8)


@given(st.binary(max_size=2000), readers)
def test_words_and_tags_come_back_in_the_order_of_the_readers(stored: bytes, keys: list[bytes]) -> None:
    body = seal_body(KEY, HEADER, stored, keys)
    opened, tags = Opener(KEY).open(HEADER, body)
    assert opened == stored
    assert tags[: TAG * len(keys)] == b"".join(tag(key, HEADER, stored) for key in keys)
    assert tags[TAG * len(keys) :].rstrip(b"\0") == b"\x80"
    assert len(body) == 12 + padded_length(4 + len(stored) + TAG * len(keys) + 1) + 16


def test_a_tag_is_sixteen_bytes_of_hmac_over_place_and_words() -> None:
    assert tag(KEY, HEADER, b"words") == hmac.digest(KEY, HEADER + b"words", "sha256")[:16]
    assert TAG == 16
    assert len({tag(KEY, HEADER, b"words"), tag(b"j" * 32, HEADER, b"words"), tag(KEY, b"b", b"words"), tag(KEY, HEADER, b"word")}) == 4


def test_a_body_opens_nowhere_else_and_is_changed_nowhere_unseen() -> None:
    body = seal_body(KEY, HEADER, b"words", [b"t" * 32])
    wrong = [(b"j" * 32, HEADER, body), (KEY, b"another header", body), (KEY, HEADER, b""), (KEY, HEADER, body[:20]), (KEY, HEADER, body + b"\0")]
    wrong += [(KEY, HEADER, body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]) for at in range(len(body))]
    for key, header, what in wrong:
        with pytest.raises(CannotOpen, match=r"^its words were changed, or belong to another place$"):
            Opener(key).open(header, what)


@pytest.mark.parametrize("plain", [b"\0\0\0\2a", b"\xff\xff\xff\xff" + bytes(300)])
def test_words_that_claim_to_be_longer_than_they_are_are_refused(plain: bytes) -> None:
    with pytest.raises(CannotOpen, match=r"^its words are cut short$"):
        Opener(KEY).open(HEADER, seal(KEY, plain, HEADER))
    assert Opener(KEY).open(HEADER, seal(KEY, b"\0\0\0\1a", HEADER)) == (b"a", b"")
