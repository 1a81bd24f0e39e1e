"""What one member holds: every key from one root, and slots that the right words open and nothing else."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tracktwo.vault import identity as ids
from tracktwo.vault.identity import Identity
from tracktwo.vault.primitives import CannotOpen, KeyPair, Stretching, derive, seal, stretch, unseal
from tracktwo.vault.words import NotAWord, secret_words

ME = Identity(b"member-1", bytes(range(32)))
PEPPER, OTHER_PEPPER = b"p" * 32, b"q" * 32
CHEAP = Stretching(memory=19 * 1024, passes=1)
"""The least that is accepted."""
WORDS = "river lantern walnut bridge"
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def test_every_key_comes_from_the_root_for_its_own_purpose() -> None:
    assert ME.pair.public == KeyPair.of(derive(ME.root, "key pair")).public
    assert ME.self_wrap == derive(ME.root, "self wrap")
    assert ME.totp_key == derive(ME.root, "totp")
    assert ME.ballot_pseudonym(b"one") == derive(ME.root, "ballot", b"one")[:16]
    assert len({ME.root, ME.self_wrap, ME.totp_key, derive(ME.root, "key pair"), derive(ME.root, "ballot", b"one")}) == 5


def test_a_ballot_pseudonym_differs_from_one_initiative_to_the_next() -> None:
    assert ME.ballot_pseudonym(b"one") != ME.ballot_pseudonym(b"two")
    assert len(ME.ballot_pseudonym(b"one")) == 16


def test_a_new_member_is_random() -> None:
    one, other = ids.new_identity(), ids.new_identity()
    assert (len(one.member), len(one.root)) == (8, 32)
    assert one.member != other.member
    assert one.root != other.root
    assert len({ids.new_member() for _ in range(20)}) == 20


def test_two_members_share_the_key_that_vouches_and_nobody_else_has_it() -> None:
    one, other, third = (ids.new_identity() for _ in range(3))
    assert one.tag_key(other.pair.public) == other.tag_key(one.pair.public) == one.pair.shared(other.pair.public, "entry tag")
    assert one.tag_key(third.pair.public) != one.tag_key(other.pair.public)


def test_secrets_have_the_bits_that_are_promised() -> None:
    assert (ids.RECOVERY_BYTES * 8, ids.CODE_BYTES * 8, ids.TOKEN_BYTES * 8, ids.MEMBER) == (160, 96, 128, 8)
    assert len(ids.new_secret_words(ids.RECOVERY_BYTES).split("-")) == 11
    assert ids.new_secret_words(12) != ids.new_secret_words(12)
    assert len(ids.suggested_passphrase().split("-")) == 4
    assert ids.suggested_passphrase() != ids.suggested_passphrase()


# Passphrases


def test_a_passphrase_needs_four_different_words_and_sixteen_letters() -> None:
    for good in (WORDS, ids.suggested_passphrase(), "aaaa bbbb cccc dddd", "aaaa-bbbb-cccc-dddd"):
        ids.check_passphrase(good)
    for weak in ("", "peace2026", "river lantern walnut", "river river lantern walnut", "aaaa bbbb cccc ddd", "x" * 60, "a b c d e f"):
        with pytest.raises(ids.WeakPassphrase, match=r"^a passphrase should have at least four different words and sixteen letters, such as '"):
            ids.check_passphrase(weak)


def test_a_passphrase_rests_on_the_pepper_and_a_guess_on_argon2id() -> None:
    salt = bytes(16)
    stretched = stretch(WORDS, salt, CHEAP)
    peppered = hmac.digest(PEPPER, stretched, "sha256")
    assert ids.passphrase_keys(WORDS, salt, CHEAP, PEPPER) == (derive(peppered, "auth"), derive(peppered, "wrap"))
    assert ids.passphrase_keys(WORDS, salt, CHEAP, None) == (derive(stretched, "auth"), derive(stretched, "wrap"))
    auth, wrap = ids.passphrase_keys(WORDS, salt, CHEAP, PEPPER)
    assert ids.verifier(auth) == hashlib.sha256(auth).digest()
    assert auth != wrap


def test_a_slot_opens_by_its_passphrase_on_the_machine_with_the_pepper() -> None:
    value = ids.passphrase_slot(ME, WORDS, PEPPER, CHEAP)
    slot = ids.slot_from(value)
    assert (slot.kind, slot.member, slot.cost, len(slot.salt)) == (ids.PASSPHRASE, ME.member, CHEAP, 16)
    assert ids.open_by_passphrase(slot, WORDS, PEPPER) == ME
    for words, pepper in [(WORDS + "s", PEPPER), (WORDS, OTHER_PEPPER), ("", PEPPER), (WORDS, None)]:
        with pytest.raises(CannotOpen):
            ids.open_by_passphrase(slot, words, pepper)
    assert ids.slot_from(ids.passphrase_slot(ME, WORDS, PEPPER, CHEAP)).salt != slot.salt


def test_a_bundles_slot_opens_without_a_pepper_and_asks_for_a_strong_passphrase() -> None:
    slot = ids.slot_from(ids.passphrase_slot(ME, WORDS, None, CHEAP))
    assert slot.kind == ids.BUNDLE_PASSPHRASE
    assert ids.open_by_passphrase(slot, WORDS, None) == ME
    with pytest.raises(CannotOpen, match=r"^the slot is not one of a passphrase$"):
        ids.open_by_passphrase(slot, WORDS, PEPPER)
    with pytest.raises(ids.WeakPassphrase):
        ids.passphrase_slot(ME, "peace2026", None, CHEAP)
    ids.passphrase_slot(ME, "peace2026", PEPPER, CHEAP)  # a login rests on the pepper, and its strength is the team's affair


def test_a_slot_whose_cost_was_raised_to_a_bomb_or_lowered_is_refused() -> None:
    value = ids.passphrase_slot(ME, WORDS, None, CHEAP)
    head = ids._SLOT
    kind, member, salt, *_ = head.unpack(value[: head.size])
    for cost in [(2**32 - 1, 3, 1), (8, 1, 1), (CHEAP.memory, 255, 1), (CHEAP.memory, 0, 1)]:
        slot = ids.slot_from(head.pack(kind, member, salt, *cost) + value[head.size :])
        with pytest.raises(CannotOpen, match=r"outside what is accepted"):
            ids.open_by_passphrase(slot, WORDS, None)
    cheaper = ids.slot_from(head.pack(kind, member, salt, CHEAP.memory, 2, 1) + value[head.size :])
    with pytest.raises(CannotOpen):
        ids.open_by_passphrase(cheaper, WORDS, None)


@pytest.mark.parametrize("pepper", [PEPPER, None])
def test_a_slot_is_changed_nowhere_unseen(pepper: bytes | None) -> None:
    value = ids.passphrase_slot(ME, WORDS, pepper, CHEAP)
    for at in [*range(0, 9), 9, 24, *range(25, 31), *range(31, len(value), 11)]:
        with pytest.raises(CannotOpen):
            ids.open_by_passphrase(ids.slot_from(value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]), WORDS, pepper)


def test_a_slot_that_is_cut_short_is_refused() -> None:
    value = ids.recovery_slot(ME, ids.new_secret_words(20))
    for end in (0, 1, ids._SLOT.size):
        with pytest.raises(CannotOpen, match=r"^a key slot is cut short$"):
            ids.slot_from(value[:end])
    assert ids.slot_from(value).head + ids.slot_from(value).sealed == value
    assert ids._SLOT.size == 31


# Codes


def test_a_recovery_code_opens_its_slot_without_a_pepper() -> None:
    code = ids.new_secret_words(ids.RECOVERY_BYTES)
    slot = ids.slot_from(ids.recovery_slot(ME, code))
    assert (slot.kind, slot.member, slot.salt, slot.cost) == (ids.RECOVERY, ME.member, bytes(16), Stretching(0, 0, 0))
    assert ids.open_by_recovery_code(slot, code.upper()) == ME
    with pytest.raises(CannotOpen, match=r"does not open it"):
        ids.open_by_recovery_code(slot, ids.new_secret_words(ids.RECOVERY_BYTES))
    with pytest.raises(NotAWord):
        ids.open_by_recovery_code(slot, "lusab")
    other = ids.slot_from(ids.participant_slot(ME))
    with pytest.raises(CannotOpen, match=r"^the slot is not one of a recovery code$"):
        ids.open_by_recovery_code(other, code)


def test_a_card_stands_for_its_participant_on_the_machine_with_the_pepper() -> None:
    code = ids.new_secret_words(ids.CODE_BYTES)
    holder = ids.participant(b"member-2", code, PEPPER)
    slot = ids.slot_from(ids.participant_slot(holder))
    assert (slot.kind, slot.member) == (ids.PARTICIPANT, b"member-2")
    assert ids.open_by_card(slot, code, PEPPER) == holder
    assert len({holder.root, ids.participant(b"member-3", code, PEPPER).root, ids.participant(b"member-2", code, OTHER_PEPPER).root}) == 3
    for words, pepper in [(code, OTHER_PEPPER), (ids.new_secret_words(ids.CODE_BYTES), PEPPER)]:
        with pytest.raises(CannotOpen, match=r"does not open it"):
            ids.open_by_card(slot, words, pepper)
    with pytest.raises(NotAWord):
        ids.participant(b"member-2", ids.new_secret_words(ids.TOKEN_BYTES), PEPPER)
    with pytest.raises(CannotOpen, match=r"^the slot is not one of a participant's card$"):
        ids.open_by_card(ids.slot_from(ids.recovery_slot(ME, ids.new_secret_words(20))), code, PEPPER)


def test_a_slot_that_was_moved_to_another_member_does_not_open() -> None:
    code = ids.new_secret_words(ids.CODE_BYTES)
    value = ids.participant_slot(ids.participant(b"member-2", code, PEPPER))
    with pytest.raises(CannotOpen):
        ids.open_by_card(ids.slot_from(value.replace(b"member-2", b"member-3")), code, PEPPER)


def test_an_invitation_is_good_until_its_minute_and_not_after() -> None:
    token = ids.new_secret_words(ids.TOKEN_BYTES)
    guest = ids.invited(b"member-4", token)
    until = NOW + timedelta(hours=72)
    slot = ids.slot_from(ids.invitation_slot(guest, until))
    assert slot.kind == ids.INVITATION
    assert ids.open_by_invitation(slot, token, NOW) == guest
    assert ids.open_by_invitation(slot, token, until) == guest
    elsewhere = timezone(timedelta(hours=5))
    assert ids.open_by_invitation(slot, token, until.astimezone(elsewhere)) == guest
    for late in (until + timedelta(seconds=1), (until + timedelta(hours=1)).astimezone(elsewhere)):
        with pytest.raises(CannotOpen, match=r"^the invitation was good until 2026-11-29 12:00 UTC; ask for a new one$"):
            ids.open_by_invitation(slot, token, late)
    with pytest.raises(CannotOpen, match=r"does not open it"):
        ids.open_by_invitation(slot, ids.new_secret_words(ids.TOKEN_BYTES), NOW)
    with pytest.raises(CannotOpen, match=r"^the slot is not one of an invitation$"):
        ids.open_by_invitation(ids.slot_from(ids.participant_slot(guest)), token, NOW)
    assert ids.invited(b"member-5", token).root != guest.root
    with pytest.raises(NotAWord):
        ids.invited(b"member-4", ids.new_secret_words(ids.CODE_BYTES))


def test_the_end_of_an_invitation_cannot_be_put_off() -> None:
    token = ids.new_secret_words(ids.TOKEN_BYTES)
    guest = ids.invited(b"member-4", token)
    early = ids.slot_from(ids.invitation_slot(guest, NOW))
    stranger = ids.invited(b"member-4", ids.new_secret_words(ids.TOKEN_BYTES))
    forged = ids.slot_from(early.head + seal(stranger.self_wrap, b"2099-01-01T00:00+00:00", early.head))
    with pytest.raises(CannotOpen):
        ids.open_by_invitation(forged, token, NOW)


def test_the_five_ways_in_never_give_the_same_root() -> None:
    recovery, code, token = (ids.new_secret_words(length) for length in (20, 12, 16))
    roots = {ids.participant(b"m" * 8, code, PEPPER).root, ids.invited(b"m" * 8, token).root, ME.root, ids._recovery_key(recovery)}
    assert len(roots) == 4


def test_a_root_does_not_show_in_what_python_prints() -> None:
    assert repr(ME.root) not in repr(ME)
    assert "0x" not in repr(ME) or ME.root.hex() not in repr(ME)


def test_slots_of_codes_are_written_in_one_way_only() -> None:
    code, until = ids.new_secret_words(20), NOW
    for kind, value in [
        (ids.RECOVERY, ids.recovery_slot(ME, code)),
        (ids.PARTICIPANT, ids.participant_slot(ME)),
        (ids.INVITATION, ids.invitation_slot(ME, until)),
    ]:
        assert value[:31] == bytes([kind]) + ME.member + bytes(22)
    assert unseal(ME.self_wrap, ids.participant_slot(ME)[31:], ids.participant_slot(ME)[:31]) == b""
    assert ids.slot_from(ids.passphrase_slot(ME, WORDS, PEPPER, CHEAP)).head[25:] == (19 * 1024).to_bytes(4, "big") + b"\1\1"
    two = Stretching(CHEAP.memory, 2, 1)
    slot = ids.slot_from(ids.passphrase_slot(ME, WORDS, PEPPER, two))
    assert (slot.cost, slot.head[29:]) == (two, b"\2\1")
    assert ids.open_by_passphrase(slot, WORDS, PEPPER) == ME


def test_a_participants_root_is_that_of_the_threat_model() -> None:
    code = secret_words(bytes(range(12)))
    assert ids.participant(b"member-2", code, PEPPER).root == derive(bytes(range(12)), "participant", PEPPER, b"member-2")
