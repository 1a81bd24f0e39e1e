"""The few constructions seal what they are given to, for the key and context they are given, and say so in a sentence where they cannot."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.vault.primitives import (
    KEY,
    MEMORY_CEILING,
    MEMORY_FLOOR,
    CannotOpen,
    KeyPair,
    Stretching,
    derive,
    key_id,
    keystream,
    mac,
    packed,
    random_key,
    same_mac,
    seal,
    seal_to,
    stretch,
    unseal,
    unseal_from,
)

A, B = bytes(range(32)), bytes(range(1, 33))
SALT = b"salt of 16 bytes"
CHEAP = Stretching(memory=19 * 1024, passes=1)
"""The least that is accepted."""
parts = st.lists(st.binary(max_size=40), max_size=5)


def test_a_key_has_32_random_bytes() -> None:
    assert KEY == 32
    assert len({random_key() for _ in range(50)}) == 50
    assert {len(random_key()) for _ in range(5)} == {32}


@given(st.binary(max_size=3000), st.binary(max_size=100))
def test_what_was_sealed_opens_under_the_same_key_and_context(plain: bytes, context: bytes) -> None:
    sealed = seal(A, plain, context)
    assert unseal(A, sealed, context) == plain
    assert len(sealed) == 12 + len(plain) + 16
    assert plain == b"" or len(plain) < 6 or plain not in sealed


def test_nothing_opens_under_another_key_or_context_or_after_a_change() -> None:
    sealed = seal(A, b"words", b"place")
    for key, what, context in [
        (B, sealed, b"place"),
        (A, sealed, b"elsewhere"),
        (A, sealed, b""),
        (A, sealed[:-1], b"place"),
        (A, sealed + b"\0", b"place"),
        (A, b"", b"place"),
        (A, sealed[:12], b"place"),
        *((A, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], b"place") for at in range(len(sealed))),
    ]:
        with pytest.raises(CannotOpen, match=r"^the key does not open it, or it was changed$"):
            unseal(key, what, context)


def test_the_same_words_are_never_sealed_the_same_way_twice() -> None:
    assert len({seal(A, b"words", b"place")[:12] for _ in range(100)}) == 100


@given(parts, parts)
def test_packed_parts_are_told_apart(one: list[bytes], other: list[bytes]) -> None:
    assert (packed(*one) == packed(*other)) == (one == other)


def test_parts_are_packed_after_their_length_in_four_bytes() -> None:
    assert packed(b"ab", b"") == b"\0\0\0\2ab\0\0\0\0"
    assert packed() == b""


def hkdf(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 with SHA-256, no salt, one block."""
    return hmac.digest(hmac.digest(bytes(32), secret, "sha256"), info + b"\1", "sha256")


@given(st.binary(min_size=1, max_size=64), st.text("abc ", max_size=8), parts)
def test_a_derived_key_is_hkdf_over_purpose_and_context(secret: bytes, purpose: str, context: list[bytes]) -> None:
    assert derive(secret, purpose, *context) == hkdf(secret, b"tracktwo/1 " + purpose.encode() + b"\0" + packed(*context))


def test_keys_for_different_purposes_and_contexts_differ() -> None:
    asked = [("auth", ()), ("wrap", ()), ("wrap", (b"",)), ("wrap", (b"a",)), ("wrap", (b"a", b"b")), ("wrap", (b"ab",))]
    assert len({derive(A, purpose, *context) for purpose, context in asked} | {derive(B, "auth")}) == len(asked) + 1


def test_an_authenticator_is_hmac_over_the_packed_parts() -> None:
    assert mac(A, b"one", b"two") == hmac.digest(A, packed(b"one", b"two"), "sha256")
    assert mac(A, b"one", b"two") != mac(A, b"onetwo") != mac(B, b"onetwo")
    assert same_mac(mac(A, b"x"), mac(A, b"x"))
    assert not same_mac(mac(A, b"x"), mac(A, b"y"))
    assert not same_mac(b"", mac(A, b"y"))


def test_the_id_of_a_key_commits_to_it_in_sixteen_bytes() -> None:
    assert key_id(A) == hashlib.sha256(b"tracktwo/1 key id\0" + A).digest()[:16]
    assert key_id(A) != key_id(B)


@given(st.integers(0, 300).map(lambda block: block * 64), st.integers(0, 300))
def test_a_stretch_of_the_keystream_is_the_same_wherever_one_starts(start: int, length: int) -> None:
    assert keystream(A, start, length) == keystream(A, 0, start + length)[start:]


def test_the_keystream_is_that_of_rfc_8439() -> None:
    assert keystream(bytes(32), 0, 16).hex() == "76b8e0ada0f13d90405d6ae55386bd28"  # RFC 8439, A.1, test vector 1
    assert keystream(bytes(32), 64, 16).hex() == "9f07e7be5551387a98ba977c732d080d"  # test vector 2, block counter 1


def test_a_keystream_has_an_end() -> None:
    assert len(keystream(A, (64 << 32) - 64, 64)) == 64
    for start, length in [((64 << 32) - 64, 65), (64 << 32, 1), (2**70, 16)]:
        with pytest.raises(CannotOpen, match=r"^its number is beyond the end of every chain$"):
            keystream(A, start, length)


def test_two_people_share_a_key_that_differs_for_every_purpose_and_pair() -> None:
    one, two, three = (KeyPair.of(bytes([number] * 32)) for number in (1, 2, 3))
    assert one.shared(two.public, "tag") == two.shared(one.public, "tag")
    others = {one.shared(two.public, "wrap"), one.shared(three.public, "tag"), two.shared(three.public, "tag")}
    assert one.shared(two.public, "tag") not in others
    assert len(others) == 3
    assert len(one.public) == 32


def test_a_public_half_that_is_none_is_refused_in_a_sentence() -> None:
    pair = KeyPair.of(A)
    for public in (bytes(32), b"short", b"\1" + bytes(31)):
        with pytest.raises(CannotOpen, match=r"^a public key is not usable$"):
            pair.shared(public, "tag")
    for public in (bytes(32), b"short"):
        with pytest.raises(CannotOpen, match=r"^a public key is not usable$"):
            seal_to(public, b"words", b"place")


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_only_the_holder_of_the_pair_opens_what_was_sealed_to_it_in_its_context(plain: bytes, info: bytes) -> None:
    pair = KeyPair.of(A)
    sealed = seal_to(pair.public, plain, info)
    assert unseal_from(pair, sealed, info) == plain
    assert len(sealed) == 32 + len(plain) + 16
    for holder, what, where in [(KeyPair.of(B), sealed, info), (pair, sealed, info + b"!"), (pair, sealed[:-1], info), (pair, b"", info)]:
        with pytest.raises(CannotOpen, match=r"^the key does not open it, or it was changed$"):
            unseal_from(holder, what, where)


def test_a_sealed_box_is_changed_nowhere_unseen() -> None:
    pair = KeyPair.of(A)
    sealed = seal_to(pair.public, b"words", b"place")
    for at in range(len(sealed)):
        with pytest.raises(CannotOpen):
            unseal_from(pair, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], b"place")


def test_a_passphrase_is_stretched_by_argon2id() -> None:
    assert stretch("four words of mine", SALT, CHEAP) == stretch("four words of mine", SALT, CHEAP)
    others = [
        stretch("four words of Mine", SALT, CHEAP),
        stretch("four words of mine", SALT[::-1], CHEAP),
        stretch("four words of mine", SALT, Stretching(CHEAP.memory + 1, 1)),
        stretch("four words of mine", SALT, Stretching(CHEAP.memory, 2)),
        stretch("four words of mine", SALT, Stretching(CHEAP.memory, 1, 2)),
    ]
    assert len({stretch("four words of mine", SALT, CHEAP), *others}) == 6


def test_stretching_agrees_with_libsodium() -> None:
    from nacl.pwhash import argon2id

    other = argon2id.kdf(32, "فكرة words".encode(), SALT, opslimit=1, memlimit=CHEAP.memory * 1024)
    assert stretch("فكرة words", SALT, CHEAP) == other


def test_the_usual_cost_is_that_of_the_threat_model() -> None:
    assert Stretching() == Stretching(memory=128 * 1024, passes=3, lanes=1)
    assert (MEMORY_FLOOR, MEMORY_CEILING) == (19 * 1024, 512 * 1024)


@pytest.mark.parametrize(
    "cost",
    [
        Stretching(MEMORY_FLOOR - 1),
        Stretching(MEMORY_CEILING + 1),
        Stretching(0, 0, 0),
        Stretching(MEMORY_FLOOR, 0),
        Stretching(MEMORY_FLOOR, 17),
        Stretching(MEMORY_FLOOR, 1, 0),
        Stretching(MEMORY_FLOOR, 1, 5),
        Stretching(2**32 - 1, 2**32 - 1, 255),
    ],
)
def test_a_cost_that_is_too_low_or_would_fill_the_memory_is_refused_before_anything_is_computed(cost: Stretching) -> None:
    with pytest.raises(CannotOpen, match=r"outside what is accepted"):
        stretch("four words of mine", SALT, cost)


@pytest.mark.parametrize("cost", [Stretching(MEMORY_FLOOR, 1), Stretching(MEMORY_CEILING, 16), Stretching(MEMORY_FLOOR, 1, 4)])
def test_a_cost_within_the_bounds_is_accepted(cost: Stretching) -> None:
    cost.check()


def test_keys_do_not_show_in_what_python_prints() -> None:
    assert "private" not in repr(KeyPair.of(A))
