"""An append waits for the disk, and for little else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import append
from tests.storing import Database, broken_links


def appended(database: Database, rounds: int) -> append.Timed:
    """Append so many rounds, and see that what was timed is a whole chain."""
    with database.store() as store:
        timed = append.Timed(append.ours(store, random.Random(append.SEED)))
        for _ in range(rounds):
            timed()
        (initiative,) = store.initiatives()
        found = list(store.entries(initiative))
    assert (len(found), broken_links(found)) == (rounds * append.APPENDS, 0)
    return timed


def test_what_the_benchmark_times_is_a_whole_chain_of_entries(database: Database) -> None:
    assert len(appended(database, 1).seconds) == append.APPENDS


@pytest.mark.gate
def test_ninety_nine_of_a_hundred_appends_to_the_store_are_on_the_disk_within_five_milliseconds(
    database: Database, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    bare = append.Timed(append.disk(tmp_path / "page", random.Random(append.SEED)))
    bare()
    timed = appended(database, 10)
    figure(
        f"{database.kind}, {len(timed.seconds)} appends: p50 {timed.percentile(50):.2f} ms, p99 {timed.percentile(99):.2f} ms"
        f" (a page and fdatasync alone: p50 {bare.percentile(50):.2f}, p99 {bare.percentile(99):.2f} ms)"
    )
    assert timed.percentile(99) <= 5
