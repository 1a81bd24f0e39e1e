"""The frame of the benchmarks."""

from __future__ import annotations

from functools import partial

import pytest

from benchmarks.harness import Comparison, Contender, Timing, compare, machine


def test_a_slower_peer_gets_a_ratio_above_one(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]  # a clock of our own: on a busy machine a short sleep takes as long as a long one

    def work(seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr("benchmarks.harness.time.perf_counter", lambda: clock[0])
    result = compare("Working", [Contender("ours", partial(work, 1.0)), Contender("peer", partial(work, 10.0))], size="1", repetitions=3)
    ours, peer = result.timings
    assert ours.seconds == (1.0, 1.0, 1.0)
    assert peer.seconds == (10.0, 10.0, 10.0)
    assert "| 10.00 |" in result.table()


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
