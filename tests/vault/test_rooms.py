"""The keys of a room: what belongs to another room, epoch, member or maker does not open, and nobody can vouch without the key before."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.vault.identity import Identity
from tracktwo.vault.primitives import CannotOpen, KeyPair, derive, key_id, keystream, mac, packed, seal, seal_to
from tracktwo.vault.rooms import (
    Epoch,
    Parent,
    RoomKey,
    box_body_key,
    is_kept,
    keep,
    keep_body_key,
    kept_body_key,
    place,
    unpacked,
    unwrap,
    wrap_for,
)

HERE, ROOM = b"i" * 16, b"r" * 16
OLD, NEW = RoomKey(HERE, ROOM, 1, b"a" * 32), RoomKey(HERE, ROOM, 2, b"b" * 32)
ELSEWHERE = [
    RoomKey(b"j" * 16, ROOM, 2, NEW.secret),
    RoomKey(HERE, b"s" * 16, 2, NEW.secret),
    RoomKey(HERE, ROOM, 3, NEW.secret),
    RoomKey(HERE, ROOM, 2, b"c" * 32),
]
"""The same key in another initiative, room and epoch, and another key in the same place."""
MAKER, READER, STRANGER = (Identity(bytes([number] * 8), bytes([number] * 32)) for number in (1, 2, 3))
BODY = b"y" * 32
LABEL = b'["author", "x", ""]'


def flipped(value: bytes) -> list[bytes]:
    return [value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :] for at in range(len(value))]


def test_a_fresh_key_is_random_and_its_id_commits_to_it() -> None:
    one, other = RoomKey.fresh(HERE, ROOM, 1), RoomKey.fresh(HERE, ROOM, 1)
    assert one.secret != other.secret
    assert (one.initiative, one.room, one.epoch, len(one.secret)) == (HERE, ROOM, 1, 32)
    assert one.id == key_id(one.secret)


def test_every_use_of_a_room_key_has_a_key_of_its_own() -> None:
    assert NEW.box.public == KeyPair.of(derive(NEW.secret, "drop box")).public
    uses = ["drop box", "body keys", "mac", "roster", "link", "head words"]
    assert len({derive(NEW.secret, use) for use in uses} | {NEW.secret}) == 7


def test_a_place_names_initiative_room_and_epoch() -> None:
    assert place(HERE, ROOM, 2, b"x") == packed(b"tracktwo room/1", HERE, ROOM, b"\0\0\0\2", b"x")


# The veil over body keys


@given(st.binary(min_size=16, max_size=16), st.lists(st.integers(1, 2000), min_size=1, max_size=6))
def test_a_veil_comes_off_with_the_same_key_in_any_order(name: bytes, places: list[int]) -> None:
    fresh = RoomKey(HERE, ROOM, 2, NEW.secret)
    veiled = [fresh.veiled(name, b"c" * 16, seq) for seq in places]
    assert [RoomKey(HERE, ROOM, 2, NEW.secret).veiled(veil, b"c" * 16, seq) for veil, seq in zip(veiled, places, strict=True)] == [name] * len(places)


def test_a_veil_is_the_keystream_of_its_place() -> None:
    for seq in (1, 2, 255, 256, 257, 258, 513, 1):
        stream = keystream(derive(NEW.secret, "veil", b"c" * 16), 0, seq * 16)[-16:]
        assert NEW.veiled(bytes(16), b"c" * 16, seq) == stream
    assert len({NEW.veiled(bytes(16), b"c" * 16, seq) for seq in range(1, 600)}) == 599
    assert NEW.veiled(bytes(16), b"d" * 16, 1) != NEW.veiled(bytes(16), b"c" * 16, 1) != OLD.veiled(bytes(16), b"c" * 16, 1)


def test_head_words_differ_with_key_and_heads() -> None:
    assert len(NEW.head_words_of(b"heads")) == 10
    assert len({NEW.head_words_of(b"heads"), NEW.head_words_of(b"other"), OLD.head_words_of(b"heads")}) == 3


# What is sealed in a room


def test_a_roster_opens_in_its_room_and_epoch_alone() -> None:
    sealed = NEW.seal_roster(b"who")
    assert NEW.open_roster(sealed) == b"who"
    for key in ELSEWHERE:
        with pytest.raises(CannotOpen):
            key.open_roster(sealed)
    with pytest.raises(CannotOpen):
        NEW.open_roster(NEW.wrap_body_key(b"who", b""))


def test_a_link_leads_to_the_key_before_and_to_no_other() -> None:
    link = NEW.link_to(OLD)
    found = NEW.follow(link, OLD.id, 1)
    assert (found.secret, found.epoch, found.room, found.initiative) == (OLD.secret, 1, ROOM, HERE)
    for key in ELSEWHERE:
        with pytest.raises(CannotOpen):
            key.follow(link, OLD.id, 1)
    with pytest.raises(CannotOpen):
        NEW.follow(link, b"x" * 16, 1)
    planted = seal(derive(NEW.secret, "link"), b"z" * 32, place(HERE, ROOM, 2, b"link", OLD.id))
    with pytest.raises(CannotOpen, match=r"^the room's history leads to another key$"):
        NEW.follow(planted, OLD.id, 1)


def test_only_the_key_before_vouches() -> None:
    vouched = OLD.vouch(b"statement")
    assert OLD.check_vouched(b"statement", vouched)
    assert not OLD.check_vouched(b"another", vouched)
    assert not NEW.check_vouched(b"statement", vouched)
    assert not OLD.check_vouched(b"statement", b"")
    assert vouched == mac(derive(OLD.secret, "mac"), b"epoch", b"statement")


def test_a_body_key_opens_in_its_room_under_its_own_name() -> None:
    sealed = NEW.wrap_body_key(BODY, LABEL)
    assert NEW.unwrap_body_key(sealed, key_id(BODY)) == (BODY, LABEL)
    for key in ELSEWHERE:
        with pytest.raises(CannotOpen):
            key.unwrap_body_key(sealed, key_id(BODY))
    with pytest.raises(CannotOpen):
        NEW.unwrap_body_key(sealed, key_id(b"z" * 32))
    for wrong in flipped(sealed):
        with pytest.raises(CannotOpen):
            NEW.unwrap_body_key(wrong, key_id(BODY))


def test_a_body_key_that_is_not_the_one_that_is_named_is_refused() -> None:
    name = key_id(BODY)
    planted = seal(derive(NEW.secret, "body keys"), b"z" * 32 + LABEL, place(HERE, ROOM, 2, b"body key", name))
    with pytest.raises(CannotOpen, match=r"^a body key is not the one that its entry names$"):
        NEW.unwrap_body_key(planted, name)
    boxed = seal_to(NEW.box.public, b"z" * 32 + LABEL, place(HERE, ROOM, 2, b"boxed key", name, b"kept"))
    with pytest.raises(CannotOpen, match=r"^a body key is not the one"):
        NEW.unbox_body_key(boxed, b"kept", name)
    kept = seal(READER.self_wrap, b"z" * 32 + LABEL, place(HERE, ROOM, 2, b"kept key", NEW.id, name))
    with pytest.raises(CannotOpen, match=r"^a body key is not the one"):
        kept_body_key(READER, HERE, ROOM, 2, NEW.id, kept, name)


def test_what_is_put_into_a_drop_box_opens_for_its_holders_and_for_the_writer() -> None:
    kept = keep_body_key(READER, HERE, ROOM, 2, NEW.id, BODY, LABEL)
    boxed = box_body_key(HERE, ROOM, 2, NEW.box.public, BODY, LABEL, kept)
    assert NEW.unbox_body_key(boxed, kept, key_id(BODY)) == (BODY, LABEL)
    assert kept_body_key(READER, HERE, ROOM, 2, NEW.id, kept, key_id(BODY)) == (BODY, LABEL)
    for key in ELSEWHERE:
        with pytest.raises(CannotOpen):
            key.unbox_body_key(boxed, kept, key_id(BODY))
    for who, initiative, room, epoch, name in [
        (STRANGER, HERE, ROOM, 2, key_id(BODY)),
        (READER, b"j" * 16, ROOM, 2, key_id(BODY)),
        (READER, HERE, b"s" * 16, 2, key_id(BODY)),
        (READER, HERE, ROOM, 3, key_id(BODY)),
        (READER, HERE, ROOM, 2, b"n" * 16),
    ]:
        with pytest.raises(CannotOpen):
            kept_body_key(who, initiative, room, epoch, NEW.id, kept, name)
    with pytest.raises(CannotOpen):
        kept_body_key(READER, HERE, ROOM, 2, OLD.id, kept, key_id(BODY))
    with pytest.raises(CannotOpen):
        NEW.unbox_body_key(boxed, kept[:-1] + b"!", key_id(BODY))  # the writer's copy was swapped: who looks into the box sees it
    with pytest.raises(CannotOpen):
        NEW.unbox_body_key(boxed, kept, b"n" * 16)


# Epochs


def epoch_of(key: RoomKey, *parents: RoomKey, maker: Identity = MAKER, box: bytes = b"") -> Epoch:
    made = tuple(Parent(old.id, b"s" * 32, b"", key.link_to(old)) for old in parents)
    return Epoch(key.epoch, key.id, maker.member, box, key.seal_roster(b"who"), made)


def test_a_statement_covers_everything_but_the_authenticators() -> None:
    epoch = epoch_of(NEW, OLD, box=b"x" * 32)
    (parent,) = epoch.parents
    said = epoch.statement(HERE, ROOM)
    assert len(said) == 32
    assert replace(epoch, parents=(replace(parent, authenticator=b"m"),)).statement(HERE, ROOM) == said
    others = [
        epoch.statement(b"j" * 16, ROOM),
        epoch.statement(HERE, b"s" * 16),
        *(
            changed.statement(HERE, ROOM)
            for changed in (
                replace(epoch, number=3),
                replace(epoch, key_id=b"k" * 16),
                replace(epoch, maker=b"m" * 8),
                replace(epoch, box=b""),
                replace(epoch, roster=b"others"),
                replace(epoch, parents=()),
                replace(epoch, parents=(parent, parent)),
                replace(epoch, parents=(replace(parent, id=b"p" * 16),)),
                replace(epoch, parents=(replace(parent, statement=b"t" * 32),)),
                replace(epoch, parents=(replace(parent, link=b""),)),
            )
        ),
    ]
    assert len({said, *others}) == len(others) + 1


def test_a_statement_is_that_of_the_documentation() -> None:
    epoch = Epoch(7, b"k" * 16, b"m" * 8, b"b" * 32, b"roster", (Parent(b"p" * 16, b"s" * 32, b"a", b"link"), Parent(b"q" * 16, b"t" * 32, b"", b"")))
    parents, links = packed(b"p" * 16 + b"s" * 32, b"q" * 16 + b"t" * 32), packed(b"link", b"")
    stated = packed(b"tracktwo epoch/1", HERE, ROOM, b"\0\0\0\7", b"k" * 16, b"m" * 8, b"b" * 32, parents, links)
    assert epoch.statement(HERE, ROOM) == hashlib.sha256(packed(stated, b"roster")).digest()
    assert epoch.to_bytes()[:8] == b"\0\0\0\4\0\0\0\7"


def test_head_words_are_those_of_the_documentation() -> None:
    assert NEW.head_words_of(b"heads") == hmac.digest(derive(NEW.secret, "head words"), b"heads", "sha256")[:10]


def test_keys_do_not_show_in_what_python_prints() -> None:
    assert repr(NEW.secret) not in repr(NEW)
    assert "secret" not in repr(NEW)


@given(
    st.integers(0, 2**32 - 1),
    st.binary(max_size=40),
    st.binary(max_size=40),
    st.lists(st.tuples(*[st.binary(max_size=40)] * 4), max_size=3),
)
def test_an_epoch_is_read_as_it_was_written(number: int, name: bytes, roster: bytes, parents: list[tuple[bytes, bytes, bytes, bytes]]) -> None:
    epoch = Epoch(number, name, b"m" * 8, b"", roster, tuple(Parent(*parent) for parent in parents))
    assert Epoch.from_bytes(epoch.to_bytes()) == epoch


def test_a_row_of_the_keyring_can_be_written_in_one_way_only() -> None:
    good = epoch_of(NEW, OLD)
    fields = [good.number.to_bytes(4, "big"), good.key_id, good.maker, good.box, good.roster]
    (parent,) = good.parents
    four = packed(parent.id, parent.statement, parent.authenticator, parent.link)
    assert Epoch.from_bytes(packed(*fields, four)) == good  # the control
    for wrong in (
        packed(b"\0" * 4 + fields[0], *fields[1:], four),
        packed(b"\2", *fields[1:], four),
        packed(*fields, four + packed(b"more")),
        packed(*fields[:4]),
        packed(*fields, packed(b"one", b"two")),
        packed(*fields, four)[:-1],
        packed(*fields, four) + b"\0",
        b"",
    ):
        with pytest.raises(CannotOpen, match=r"^a row of the keyring "):
            Epoch.from_bytes(wrong)


@given(st.lists(st.binary(max_size=30), max_size=6))
def test_packed_parts_come_apart_again(parts: list[bytes]) -> None:
    assert unpacked(packed(*parts), least=0) == parts
    with pytest.raises(CannotOpen, match=r"^a row of the keyring is cut short$"):
        unpacked(packed(*parts), least=len(parts) + 1)


@pytest.mark.parametrize("wrong", [b"\0", b"\0\0\0", b"\0\0\0\1", b"\0\0\0\5four", b"\xff" * 4, b"\0\0\0\1ab"])
def test_parts_that_are_cut_short_are_refused(wrong: bytes) -> None:
    with pytest.raises(CannotOpen, match=r"^a row of the keyring is cut short$"):
        unpacked(wrong, least=0)


# A room's key for one member


def wrapped(maker: Identity = MAKER, key: RoomKey = NEW, reader: Identity = READER, epoch: Epoch | None = None) -> bytes:
    stated = (epoch or epoch_of(NEW, OLD)).statement(HERE, ROOM)
    return wrap_for(maker, key, reader.member, reader.pair.public, stated)


EPOCH = epoch_of(NEW, OLD)


def test_a_room_key_opens_for_the_member_it_was_sealed_to() -> None:
    value = wrapped(epoch=EPOCH)
    found = unwrap(READER, HERE, ROOM, EPOCH, value, [STRANGER.pair.public, MAKER.pair.public])
    assert (found.secret, found.epoch, found.room, found.initiative) == (NEW.secret, 2, ROOM, HERE)
    assert not is_kept(value)


def test_a_room_key_from_somebody_else_in_another_place_or_of_another_roster_is_refused() -> None:
    value = wrapped(epoch=EPOCH)
    makers = [MAKER.pair.public]
    for who, initiative, room, epoch, what, known in [
        (STRANGER, HERE, ROOM, EPOCH, value, makers),
        (Identity(STRANGER.member, READER.root), HERE, ROOM, EPOCH, value, makers),
        (READER, b"j" * 16, ROOM, EPOCH, value, makers),
        (READER, HERE, b"s" * 16, EPOCH, value, makers),
        (READER, HERE, ROOM, replace(EPOCH, number=3), value, makers),
        (READER, HERE, ROOM, replace(EPOCH, roster=NEW.seal_roster(b"more people")), value, makers),
        (READER, HERE, ROOM, replace(EPOCH, maker=STRANGER.member), value, makers),
        (READER, HERE, ROOM, EPOCH, value, []),
        (READER, HERE, ROOM, EPOCH, value, [STRANGER.pair.public]),
        (READER, HERE, ROOM, EPOCH, wrapped(STRANGER, epoch=EPOCH), makers),
        (READER, HERE, ROOM, EPOCH, wrapped(reader=STRANGER, epoch=EPOCH), makers),
        (READER, HERE, ROOM, EPOCH, b"", makers),
        (READER, HERE, ROOM, EPOCH, b"\3" + value[1:], makers),
        (READER, HERE, ROOM, EPOCH, value + packed(b"more"), makers),
    ]:
        with pytest.raises(CannotOpen):
            unwrap(who, initiative, room, epoch, what, known)


def test_the_sentence_tells_a_stranger_from_another_key() -> None:
    with pytest.raises(CannotOpen, match=r"^the key does not come from anybody who may give the room a key$"):
        unwrap(READER, HERE, ROOM, EPOCH, wrapped(STRANGER, epoch=EPOCH), [MAKER.pair.public])
    other = RoomKey(HERE, ROOM, 2, b"z" * 32)
    sealed = seal_to(READER.pair.public, other.secret, place(HERE, ROOM, 2, b"wrap", NEW.id, READER.member))
    stated = EPOCH.statement(HERE, ROOM)
    tagged = b"\1" + packed(sealed, mac(MAKER.pair.shared(READER.pair.public, "wrap tag"), stated, READER.member, sealed))
    with pytest.raises(CannotOpen, match=r"^the key is not the one that the epoch names$"):
        unwrap(READER, HERE, ROOM, EPOCH, tagged, [MAKER.pair.public])
    with pytest.raises(CannotOpen, match=r"in a way that this version does not know$"):
        unwrap(READER, HERE, ROOM, EPOCH, b"\0" + tagged[1:], [MAKER.pair.public])


def test_a_wrap_is_changed_nowhere_unseen() -> None:
    for wrong in flipped(wrapped(epoch=EPOCH)):
        with pytest.raises(CannotOpen):
            unwrap(READER, HERE, ROOM, EPOCH, wrong, [MAKER.pair.public])


def test_a_key_that_was_opened_once_is_kept_under_the_readers_own_key_with_what_was_stated() -> None:
    stated = EPOCH.statement(HERE, ROOM)
    value = keep(READER, NEW, stated)
    assert is_kept(value)
    assert unwrap(READER, HERE, ROOM, EPOCH, value, []).secret == NEW.secret
    changed = replace(EPOCH, roster=NEW.seal_roster(b"more people"))
    with pytest.raises(CannotOpen, match=r"^the list of who is in the room was changed after it was first opened$"):
        unwrap(READER, HERE, ROOM, changed, value, [MAKER.pair.public])
    for who, initiative, room, epoch in [
        (STRANGER, HERE, ROOM, EPOCH),
        (Identity(STRANGER.member, READER.root), HERE, ROOM, EPOCH),
        (READER, b"j" * 16, ROOM, EPOCH),
        (READER, HERE, b"s" * 16, EPOCH),
        (READER, HERE, ROOM, replace(EPOCH, number=3)),
        (READER, HERE, ROOM, replace(EPOCH, key_id=OLD.id)),
    ]:
        with pytest.raises(CannotOpen):
            unwrap(who, initiative, room, epoch, value, [])
    for wrong in flipped(value):
        with pytest.raises(CannotOpen):
            unwrap(READER, HERE, ROOM, EPOCH, wrong, [MAKER.pair.public])


def test_a_kept_key_that_is_not_the_one_of_the_epoch_is_refused() -> None:
    stated = EPOCH.statement(HERE, ROOM)
    sealed = seal(READER.self_wrap, b"z" * 32 + stated, place(HERE, ROOM, 2, b"kept", NEW.id, READER.member))
    with pytest.raises(CannotOpen, match=r"^the key is not the one that the epoch names$"):
        unwrap(READER, HERE, ROOM, EPOCH, b"\2" + sealed, [])
