"""Secrets as words: what is written down is read back, and a slip of the pen is told from a wrong secret."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.vault.words import NotAWord, secret_from, secret_words, words

secrets = st.integers(1, 12).flatmap(lambda half: st.binary(min_size=2 * half, max_size=2 * half))


def test_words_are_those_of_the_proposal() -> None:
    assert words(bytes([127, 0, 0, 1])) == "lusab-babad"  # the example of arXiv:0901.4016
    assert words(bytes([63, 84, 220, 193])) == "gutih-tugad"


@given(secrets)
def test_a_secret_is_read_back_however_it_is_spaced_and_cased(secret: bytes) -> None:
    told = secret_words(secret)
    assert re.fullmatch(r"[a-z]{5}(-[a-z]{5})*", told)
    assert len(told.split("-")) == len(secret) // 2 + 1
    for typed in (told, told.upper(), told.replace("-", " "), f"  {told.replace('-', chr(10))}.", told.replace("-", "_"), told.replace("-", " — ")):
        assert secret_from(typed, len(secret)) == secret


def test_all_sixteen_bits_of_a_word_count() -> None:
    assert len({words(number.to_bytes(2, "big")) for number in range(65536)}) == 65536


@given(st.binary(min_size=12, max_size=12), st.integers(0, 6), st.integers(0, 4), st.sampled_from("abdfghijklmnoprstuvz"))
# One in 65,536 would not be; the examples are the same each time.
@settings(derandomize=True)
def test_one_wrong_letter_is_noticed(secret: bytes, word: int, letter: int, put: str) -> None:
    told = secret_words(secret)
    at = 6 * word + letter
    typed = told[:at] + put + told[at + 1 :]
    if typed == told:
        return
    try:
        outcome: object = secret_from(typed, 12)
    except NotAWord as error:
        outcome = str(error)
    misread = "the words do not fit together; one of them was misread"
    assert outcome in (misread, f"word {word + 1} is not one of ours: each has five letters, such as 'lusab'")


def test_the_sentence_says_what_is_wrong() -> None:
    told = secret_words(b"twelve bytes")
    with pytest.raises(NotAWord, match=r"^word 2 is not one of ours: each has five letters, such as 'lusab'$"):
        secret_from("lusab peace lusab", 4)
    with pytest.raises(NotAWord, match=r"^6 words were given, and it has 7$"):
        secret_from(told.rsplit("-", 1)[0], 12)
    with pytest.raises(NotAWord, match=r"^7 words were given, and it has 8$"):
        secret_from(told, 14)
    with pytest.raises(NotAWord, match=r"^0 words were given, and it has 7$"):
        secret_from("", 12)
    first, second, *rest = told.split("-")
    with pytest.raises(NotAWord, match=r"do not fit together"):
        secret_from("-".join([second, first, *rest]), 12)


def test_words_typed_in_full_width_letters_are_read_too() -> None:
    told = secret_words(b"ab")
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != "-" else "-" for letter in told)
    assert secret_from(wide, 2) == b"ab"


def test_the_check_never_changes_from_one_version_to_the_next() -> None:
    assert secret_words(bytes(20)) == "babab-" * 10 + "papum"  # files that people hold on paper must stay readable
