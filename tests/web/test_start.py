"""How soon the server answers, and how much memory it keeps while nobody does anything."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.web.house import house, opened
from tests.web.live import running
from tests.web.planted import plant


def _resident(root: int) -> int:
    """Kilobytes that a process and all below it keep."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    family, grown = {root}, True
    while grown:
        more = {pid for pid, parent, _ in rows if parent in family} - family
        family, grown = family | more, bool(more)
    return sum(size for pid, _, size in rows if pid in family)


@pytest.mark.gate
@pytest.mark.alone
def test_the_server_shows_its_first_page_within_three_seconds_and_rests_below_300_megabytes(tmp_path: Path, figure: Callable[[str], None]) -> None:
    with opened(tmp_path):
        plant(house())
    seconds, memory = [], 0
    for _ in range(5):
        began = time.monotonic()
        with running(tmp_path, library=True) as live:
            seconds.append(time.monotonic() - began)
            time.sleep(1)
            memory = max(memory, _resident(live.process.pid))
    middle = sorted(seconds)[2]
    figure(f"first page of both sites after {middle:.1f} s (median of 5), {memory / 1024:.0f} MB for the entrance and the library together")
    assert middle <= 3
    assert memory < 300 * 1024
