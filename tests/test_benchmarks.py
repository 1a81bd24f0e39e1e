"""The benchmarks measure what they say: a process of its own, and only one that did its work."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks import constitute


@pytest.fixture(autouse=True)
def from_the_checkout(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))


def test_the_peak_memory_of_a_process_is_told_in_bytes() -> None:
    assert 10 * 2**20 < constitute.run(["--version"]) < 2**30


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        constitute.run(["constitute", str(tmp_path / "nowhere.yaml"), "-o", str(tmp_path / "dossier")])


def test_a_cold_run_has_to_compile_every_module_anew(tmp_path: Path) -> None:
    compiled = tmp_path / "compiled"
    constitute.run(["--version"], compiled)
    assert len(list(compiled.rglob("countries.*.pyc"))) == 1
    with constitute._empty(True) as first, constitute._empty(True) as second:
        assert first is not None
        assert second is not None
        assert first != second
        assert not list(first.iterdir())
