"""Panels in full size: certified leximins of the public pools and of a made one, in the time that a convenor waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.panel import APART, Instance, instances, ours
from tracktwo.methods.panel.lottery import fair_lottery

LIMITS = {"example_large_200": 0.5, "fixture_22": 2.0, "boot_a_45": 2.0, "track_a_24": 15.0, "track_b_60": 120.0}
"""Instance → seconds."""
GINI = {"example_large_200": 0.0, "fixture_22": 0.1404, "boot_a_45": 0.1180, "track_a_24": 0.2346}
"""What is known of the leximin, to four digits."""


def _instance(name: str, data: Path, scratch: Path) -> Instance:
    return next(one for one in instances(data, scratch) if one.name == name)


@pytest.mark.gate
@pytest.mark.alone
@pytest.mark.parametrize("name", list(LIMITS))
def test_a_leximin_is_certified_in_time(name: str, test_data: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    candidates, rules = _instance(name, test_data, tmp_path).asked()
    began = time.perf_counter()
    lottery = fair_lottery(candidates, rules)
    seconds = time.perf_counter() - began
    figure(f"{name}: {seconds:.2f} s of {LIMITS[name]:g}, shortfall {lottery.certificate.max_shortfall:.0e}, Gini {lottery.gini:.4f}")
    assert lottery.certificate.max_shortfall <= 1e-6
    assert seconds <= LIMITS[name]
    assert lottery.gini == pytest.approx(GINI.get(name, lottery.gini), abs=5e-5)
    by_key = {one.key: one for one in candidates}
    assert not any(rules.broken_by([by_key[key] for key in ticket.people]) for ticket in lottery.tickets)


@pytest.mark.gate
@pytest.mark.parametrize("name", [name for name in LIMITS if name != "track_b_60"])
def test_with_no_contact_pairs_a_leximin_is_certified_too(name: str, test_data: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    seconds, lottery = ours(_instance(name, test_data, tmp_path), "leximin", apart=APART)
    figure(f"{name} with {APART} pairs apart: {seconds:.2f} s, shortfall {lottery.certificate.max_shortfall:.0e}")
    assert lottery.certificate.holds
