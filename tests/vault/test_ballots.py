"""One vote: sealed to the drop box and to the voter, bound to its place, and of one size whatever it says."""

from __future__ import annotations

import pytest

from tracktwo.vault.ballots import SEALED, Place, box_of, open_vote, own_vote, paper_pseudonym, seal_vote, vouched
from tracktwo.vault.identity import Identity, new_identity
from tracktwo.vault.padding import pad
from tracktwo.vault.primitives import CannotOpen, KeyPair, derive, key_id, mac, packed, random_key, seal, seal_to
from tracktwo.vault.rooms import RoomKey

ME = Identity(b"m" * 8, b"r" * 32)
BOX = KeyPair.of(b"b" * 32)
BOX_ID = b"x" * 16
ROOM = RoomKey(b"i" * 16, b"p" * 16, 1, b"k" * 32)
PLACE = Place(b"i" * 16, b"s" * 16, b"n" * 16)
ELSEWHERE = [
    Place(b"j" * 16, b"s" * 16, b"n" * 16),
    Place(b"i" * 16, b"t" * 16, b"n" * 16),
    Place(b"i" * 16, b"s" * 16, b"o" * 16),
]


def sealed(vote: bytes = b"agree") -> bytes:
    return seal_vote(ME, PLACE, BOX_ID, BOX.public, ROOM, vote)


@pytest.mark.parametrize("vote", [b"", b"agree", b"v" * 83])
def test_a_vote_opens_for_the_box_and_for_the_voter_and_has_one_size(vote: bytes) -> None:
    made = sealed(vote)
    name, authenticator, opened = open_vote(BOX, PLACE, made)
    assert (len(made), box_of(made), name, opened) == (SEALED, BOX_ID, ROOM.id, vote)
    assert vouched(ROOM, PLACE, authenticator, vote)
    assert len(authenticator) == 16
    assert own_vote(ME, PLACE, made) == vote


def test_a_vote_that_is_too_long_for_its_size_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="fit"):
        sealed(b"v" * 84)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_vote_opens_at_its_own_place_alone(place: Place) -> None:
    made = sealed()
    with pytest.raises(CannotOpen):
        open_vote(BOX, place, made)
    with pytest.raises(CannotOpen):
        own_vote(ME, place, made)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_vouches_for_a_vote_at_another_place_under_another_key_or_for_another_vote(place: Place) -> None:
    _, authenticator, vote = open_vote(BOX, PLACE, sealed())
    assert not vouched(ROOM, place, authenticator, vote)
    assert not vouched(ROOM, PLACE, authenticator, b"pass")
    assert not vouched(RoomKey(b"i" * 16, b"p" * 16, 1, b"l" * 32), PLACE, authenticator, vote)


def test_a_vote_opens_with_no_other_key() -> None:
    with pytest.raises(CannotOpen):
        open_vote(KeyPair.of(random_key()), PLACE, sealed())
    with pytest.raises(CannotOpen):
        own_vote(new_identity(), PLACE, sealed())


@pytest.mark.parametrize("at", [0, 16, 100, 191, 192, 250, SEALED - 1])
def test_a_changed_byte_is_noticed_by_the_box_wherever_it_stands(at: int) -> None:
    made = bytearray(sealed())
    made[at] ^= 1
    with pytest.raises(CannotOpen):
        open_vote(BOX, PLACE, bytes(made))


@pytest.mark.parametrize("length", [0, SEALED - 1, SEALED + 1])
def test_what_does_not_have_the_size_of_a_vote_is_none(length: int) -> None:
    with pytest.raises(CannotOpen, match="size"):
        open_vote(BOX, PLACE, bytes(length))
    with pytest.raises(CannotOpen, match="size"):
        own_vote(ME, PLACE, bytes(length))


WRITTEN_BY_NOBODY = (b"", b"x", packed(b"a", b"b"), packed(b"a", b"b")[:-1])


@pytest.mark.parametrize("plain", [bytes(128), *(pad(said, 128) for said in WRITTEN_BY_NOBODY)])
def test_what_the_box_opens_and_no_version_has_written_is_refused(plain: bytes) -> None:
    kept = seal(ME.self_wrap, plain, PLACE.context(b"kept", BOX_ID))
    made = BOX_ID + seal_to(BOX.public, plain, PLACE.context(b"boxed", BOX_ID, kept)) + kept
    assert len(made) == SEALED
    for opens in (lambda: open_vote(BOX, PLACE, made), lambda: own_vote(ME, PLACE, made)):
        with pytest.raises(CannotOpen):
            opens()


def test_a_paper_has_the_same_pseudonym_each_time_and_another_one_for_each_paper_initiative_and_steward() -> None:
    first = paper_pseudonym(ME, b"i" * 16, b"1")
    assert first == paper_pseudonym(ME, b"i" * 16, b"1") == derive(ME.root, "paper ballot", b"i" * 16, b"1")[:16]
    others = [paper_pseudonym(ME, b"i" * 16, b"2"), paper_pseudonym(ME, b"j" * 16, b"1"), paper_pseudonym(new_identity(), b"i" * 16, b"1")]
    assert len({first, ME.ballot_pseudonym(b"i" * 16), *others}) == 5
    assert len(first) == 16


def test_the_room_that_vouches_is_named_by_the_id_of_its_key() -> None:
    assert open_vote(BOX, PLACE, sealed())[0] == key_id(b"k" * 32)


def test_the_form_of_a_ballot_does_not_change_unseen() -> None:
    parts = (b"tracktwo ballot/1", b"i" * 16, b"s" * 16, b"n" * 16)
    assert PLACE.context(b"x", b"y") == packed(*parts, b"x", b"y")
    assert open_vote(BOX, PLACE, sealed())[1] == mac(derive(b"k" * 32, "votes"), packed(*parts, b"vouched"), b"agree")[:16]


def test_a_sealed_vote_has_the_size_that_the_reference_tells() -> None:
    assert SEALED == 348 == 16 + 176 + 156
