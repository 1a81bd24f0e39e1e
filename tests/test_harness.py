"""The frame of the benchmarks."""

from __future__ import annotations

import time

import pytest

from benchmarks.harness import Comparison, Contender, Timing, compare, machine


def test_a_slower_peer_gets_a_ratio_above_one() -> None:
    result = compare("Sleeping", [Contender("ours", lambda: time.sleep(0.001)), Contender("peer", lambda: time.sleep(0.01))], size="1", repetitions=3)
    ours, peer = result.timings
    assert len(ours.seconds) == len(peer.seconds) == 3
    assert peer.median > 2 * ours.median


def test_the_table_says_what_was_compared_with_which_seed_where() -> None:
    table = Comparison("Sorting", "1,000 numbers", 7, (Timing("ours", (1.0, 2.0, 3.0)), Timing("peer", (4.0, 4.0, 4.0)))).table()
    assert table.splitlines()[0] == "## Sorting"
    assert "- size: 1,000 numbers" in table
    assert "- seed: 7" in table
    assert f"- machine: {machine()}" in table
    assert "| peer | 4 s | ± 0 µs | 2.00 |" in table


def test_nothing_is_compared_with_itself_alone() -> None:
    with pytest.raises(ValueError, match="at least one peer"):
        compare("Alone", [Contender("ours", lambda: None)], size="1")


def test_a_peer_is_named_with_its_version() -> None:
    assert Contender("safe_load", lambda: None, "pyyaml").label.startswith("safe_load (pyyaml 6.")
