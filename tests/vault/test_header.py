"""A header: canonical bytes, every field in the hash, and the same fields when it is read again."""

from __future__ import annotations

import hashlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.vault.header import HEADER_BYTES, START, SealedEntry, header_bytes, header_from

sixteen = st.binary(min_size=16, max_size=16)
headers = st.tuples(
    sixteen, sixteen, sixteen, st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1), sixteen, st.binary(min_size=32, max_size=32), sixteen
)
ONE = SealedEntry(b"i" * 16, b"r" * 16, b"c" * 16, 7, 3, b"k" * 16, b"p" * 32, b"d" * 16, b"h" * 32, b"body")


def test_a_header_is_the_formats_name_and_the_fields_in_order() -> None:
    integers = (7).to_bytes(8, "big") + (3).to_bytes(4, "big")
    expected = b"tracktwo entry/1" + b"i" * 16 + b"r" * 16 + b"c" * 16 + integers + b"k" * 16 + b"p" * 32 + b"d" * 16
    assert ONE.header == expected
    assert len(expected) == HEADER_BYTES + 16 == 140
    assert ONE.hash == hashlib.sha256(expected + b"h" * 32).digest()
    assert bytes(32) == START


@given(headers)
def test_a_header_is_read_as_it_was_written(fields: tuple[bytes, bytes, bytes, int, int, bytes, bytes, bytes]) -> None:
    written = header_bytes(*fields)
    assert header_from(written[16:]) == fields


def test_every_field_but_the_body_itself_changes_the_hash() -> None:
    changed = dict(initiative=b"I" * 16, room=b"R" * 16, replica=b"C" * 16, seq=8, epoch=4, key_id=b"K" * 16)
    changed |= dict(prev_hash=b"P" * 32, idem=b"D" * 16, body_hash=b"H" * 32)
    hashes = {ONE._replace(**{field: value}).hash for field, value in changed.items()} | {ONE.hash}
    assert len(hashes) == 10
    assert ONE._replace(body=None).hash == ONE.hash  # so that a body can be destroyed and the chain stays whole
    in_header = {ONE._replace(**{field: value}).header for field, value in changed.items()}
    assert len(in_header) == 9


def test_a_header_of_another_length_is_refused() -> None:
    with pytest.raises(struct.error):
        header_from(ONE.header[17:])
