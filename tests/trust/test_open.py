"""A long record opens in the time of a breath and in little memory, with everything in it checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import open_record


def test_what_is_timed_is_a_record_that_is_read_whole(tmp_path: Path) -> None:
    open_record.fill(tmp_path, 300)
    assert open_record.ours(tmp_path) == open_record.bare(tmp_path) - 2 == 298


@pytest.mark.gate
@pytest.mark.alone
def test_fifty_thousand_entries_open_and_replay_within_1200_milliseconds_and_250_megabytes(tmp_path: Path, figure: Callable[[str], None]) -> None:
    open_record.fill(tmp_path)
    runs = [open_record.seconds_and_megabytes(tmp_path) for _ in range(5)]
    seconds, megabytes = min(run[0] for run in runs), max(run[1] for run in runs)
    figure(
        f"{open_record.ENTRIES} entries: {seconds:.2f} s at best of {len(runs)}, {sorted(run[0] for run in runs)[2]:.2f} s median, {megabytes:.0f} MB"
    )
    assert megabytes <= 250
    assert seconds <= 1.2
