"""Merging is a union: whatever the order and however often, three laptops come to the same bytes and the same initiative."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import recording as r
from tests.recording import Machine, word
from tracktwo.record.bundle import Bundle
from tracktwo.record.keyring import BODY, EPOCH
from tracktwo.record.merge import merge


@dataclass(frozen=True)
class Written:
    """What one laptop writes before the three meet."""

    laptop: int
    room: str
    about: str | None
    erases: bool


writings = st.builds(
    Written,
    st.integers(0, 2),
    st.sampled_from(["team", "sealed"]),
    st.sampled_from([None, "A-01", "B-02"]),
    st.sampled_from([False, False, False, True]),
)


def amount(machine: Machine) -> tuple[object, ...]:
    """Everything that two laptops must agree on: the entries byte by byte, the keys of rooms and bodies, what is read and replayed."""
    bundle, record = machine.bundle(), machine.record()
    reading = record.read()
    assert reading.problems == ()
    keys = tuple(row for row in bundle.keys if row.kind in (BODY, EPOCH))
    return Bundle(machine.initiative, bundle.entries, keys).to_bytes(), reading.initiative(), reading.destroyed, record.head_words("team")


def met(base: Machine, bundles: tuple[Bundle, ...]) -> Machine:
    laptop = r.another_laptop(base)
    for bundle in bundles:
        merge(laptop.record(), bundle)
    return laptop


def hold(written: list[Written]) -> None:
    """The laws, for three laptops that wrote this."""
    base = r.machine(rooms=["team"])
    base.record().append([r.opening(), word("BASE", "team", about="A-01")])
    laptops = [r.another_laptop(base) for _ in range(3)]
    for number, one in enumerate(written):
        laptop = laptops[one.laptop]
        if one.erases and one.about:
            try:
                r.erase_person(laptop.record(), laptop.keeper, one.about, r.TODAY)
            except ValueError:
                continue
        else:
            laptop.record().append([word(f"{number}", one.room, about=one.about)])
    bundles = tuple(laptop.bundle() for laptop in laptops)
    orders = [met(base, order) for order in itertools.permutations(bundles)]
    expected = amount(orders[0])
    for other in orders[1:]:  # commutative
        assert amount(other) == expected
    together = met(base, bundles[:2]).bundle()
    apart = met(base, bundles[1:]).bundle()
    assert amount(met(base, (together, bundles[2]))) == amount(met(base, (bundles[0], apart))) == expected  # associative
    for bundle in (*bundles, orders[0].bundle()):  # idempotent
        assert merge(orders[0].record(), bundle).entries == 0
    assert amount(orders[0]) == expected
    words = {r._text(entry) for entry in orders[0].record().read().entries}
    kept = {str(number) for number, one in enumerate(written) if not one.erases and one.about is None}
    assert kept <= words  # nothing was lost


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(writings, max_size=10))
def test_merging_is_commutative_associative_and_idempotent(written: list[Written]) -> None:
    hold(written)


@pytest.mark.gate
def test_the_laws_of_merging_hold_over_1000_examples(figure: Callable[[str], None]) -> None:
    count = 0

    @settings(max_examples=1000, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(writings, max_size=10))
    def law(written: list[Written]) -> None:
        nonlocal count
        hold(written)
        count += 1

    law()
    figure(f"{count:,} examples of three laptops, every order of merging: equal bytes, equal initiative, equal head words")
