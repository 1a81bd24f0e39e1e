"""The secret file: what the newest master wraps opens, what a forgotten one wrapped is noise, and no other file is taken for one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.vault.primitives import CannotOpen, key_id
from tracktwo.vault.secret import NotASecret, Secret

ONE = Secret(b"p" * 32, (b"a" * 32,))


def test_a_fresh_secret_is_random_and_has_one_master() -> None:
    one, other = Secret.fresh(), Secret.fresh()
    assert len({one.pepper, other.pepper, *one.masters, *other.masters}) == 4
    assert (len(one.pepper), len(one.masters), len(one.masters[0])) == (32, 1, 32)


@given(st.binary(min_size=32, max_size=32), st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=3))
def test_a_secret_is_read_as_it_was_written(pepper: bytes, masters: list[bytes]) -> None:
    secret = Secret(pepper, tuple(masters))
    text = secret.to_json()
    assert Secret.from_json(text) == secret
    assert text.endswith("}\n")
    assert json.loads(text) == {"format": "secret/1", "pepper": pepper.hex(), "erasure": [master.hex() for master in masters]}


GOOD = {"format": "secret/1", "pepper": "00" * 32, "erasure": ["11" * 32]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[" * 100_000,
        "null",
        "[]",
        '"text"',
        *(json.dumps({key: value for key, value in GOOD.items() if key != gone}) for gone in GOOD),
        *(
            json.dumps(GOOD | changed)
            for changed in (
                {"format": "secret/2"},
                {"pepper": "00" * 31},
                {"pepper": "zz" * 32},
                {"pepper": 3},
                {"erasure": []},
                {"erasure": ["11" * 32, "11" * 33]},
                {"erasure": "11"},
                {"erasure": None},
            )
        ),
    ],
)
def test_what_is_no_secret_file_is_refused_in_a_sentence(text: str) -> None:
    assert Secret.from_json(json.dumps(GOOD)).pepper == bytes(32)
    with pytest.raises(NotASecret, match=r"^it is not a secret file of tracktwo \(secret/1\)$"):
        Secret.from_json(text)


@given(st.binary(max_size=200), st.binary(max_size=48))
def test_what_was_wrapped_opens_in_its_place_alone(inner: bytes, place: bytes) -> None:
    wrapped = ONE.wrap(inner, place)
    assert ONE.unwrap(wrapped, place) == inner
    assert wrapped[:4] == key_id(ONE.masters[0])[:4]
    with pytest.raises(CannotOpen):
        ONE.unwrap(wrapped, place + b"!")


def test_while_a_master_is_changed_both_open_and_afterwards_the_old_one_opens_nothing() -> None:
    old = ONE.wrap(b"doomed", b"place")
    both = ONE.with_new_master()
    assert (both.pepper, both.masters[1:]) == (ONE.pepper, ONE.masters)
    assert both.unwrap(old, b"place") == b"doomed"  # the control: it is still there
    kept = both.wrap(b"kept", b"place")
    assert (both.newest(old), both.newest(kept), ONE.newest(old)) == (False, True, True)
    settled = both.settled()
    assert (settled.pepper, settled.masters) == (ONE.pepper, both.masters[:1])
    assert settled.unwrap(kept, b"place") == b"kept"
    with pytest.raises(CannotOpen, match=r"^it was wrapped under an erasure master that is no longer there$"):
        settled.unwrap(old, b"place")
    with pytest.raises(CannotOpen, match=r"no longer there"):
        ONE.unwrap(kept, b"place")


def test_a_change_anywhere_in_what_was_wrapped_is_refused() -> None:
    wrapped = ONE.wrap(b"words", b"place")
    for at in range(len(wrapped)):
        with pytest.raises(CannotOpen):
            ONE.unwrap(wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :], b"place")
    with pytest.raises(CannotOpen):
        ONE.unwrap(b"", b"place")


def test_masters_do_not_show_in_what_python_prints() -> None:
    assert ONE.pepper.hex() not in repr(ONE)
    assert "pppp" not in repr(ONE)
