"""Lengths tell little: steps of 256 bytes, then a few lengths for each power of two; and what was padded comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.vault.padding import STEP, pad, padded_length, unpad


@given(st.integers(0, 10_000_000))
def test_a_padded_length_is_never_shorter_and_wastes_at_most_a_step_or_an_eighth(length: int) -> None:
    padded = padded_length(length)
    assert padded >= max(length, STEP)
    assert padded - length <= max(STEP, length * 0.12)
    assert padded_length(padded) == padded


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_longer_text_is_never_padded_to_less(one: int, other: int) -> None:
    if one <= other:
        assert padded_length(one) <= padded_length(other)


def test_up_to_a_kibibyte_there_are_four_lengths_then_few() -> None:
    assert sorted({padded_length(length) for length in range(1025)}) == [256, 512, 768, 1024]
    assert [padded_length(length) for length in (256, 257, 512, 513, 1024, 1025, 1100, 2047, 2049)] == [
        256,
        512,
        512,
        768,
        1024,
        1088,
        1152,
        2048,
        2176,
    ]
    assert len({padded_length(length) for length in range(1024, 65537)}) < 120


@given(st.binary(max_size=3000))
def test_what_was_padded_comes_back(data: bytes) -> None:
    padded = pad(data)
    assert len(padded) == padded_length(len(data) + 1)
    assert unpad(padded) == data
    assert padded.startswith(data + b"\x80")


@given(st.binary(max_size=63))
def test_ballots_have_one_size(data: bytes) -> None:
    assert len(pad(data, 64)) == 64
    assert unpad(pad(data, 64)) == data


def test_what_does_not_fit_and_what_was_not_padded_are_refused() -> None:
    assert len(pad(bytes(63), 64)) == 64
    with pytest.raises(ValueError, match=r"^it has 64 bytes and at most 63 fit$"):
        pad(bytes(64), 64)
    for wrong in (b"", bytes(256), b"words" + bytes(20), b"\x80words"):
        with pytest.raises(ValueError, match=r"^the padding is not whole$"):
            unpad(wrong)
