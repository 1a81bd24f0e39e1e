"""Ten minutes of damage guided by coverage for each importer of lists."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.fuzz_lists import FORMATS
from tracktwo.sources.lists.opened import taste
from tracktwo.sources.lists.reading import FORMATS as READ
from tracktwo.sources.lists.reading import format_of

SECONDS = 600


def test_every_importer_is_fuzzed():
    assert {format_of(taste(path)) for path in FORMATS.values()} == set(READ)
    assert len(FORMATS) == len(READ)


@pytest.mark.gate
@pytest.mark.parametrize("name", FORMATS)
def test_ten_minutes_of_guided_damage_find_nothing_but_sentences(name: str, root: Path, record_property: Callable[[str, object], None]) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed; 'make gates' installs it where it can")
    command = [sys.executable, "-m", "tools.fuzz_lists", name, "--seconds", str(SECONDS)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=SECONDS + 300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    runs = re.search(r"Done (\d+) runs", done.stderr)
    assert runs is not None
    record_property("figure", f"{name}: {int(runs[1]):,} inputs in {SECONDS} s, each read or refused in a sentence")
