"""The benchmarks measure what they say: a process of its own, and only one that did its work."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks import constitute


@pytest.fixture(autouse=True)
def from_the_checkout(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))


def test_the_peak_memory_of_a_process_is_told_in_bytes(tmp_path: Path) -> None:
    assert 10 * 2**20 < constitute.run(["--version"], tmp_path) < 2**30


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        constitute.run(["constitute", str(tmp_path / "nowhere.yaml"), "-o", str(tmp_path / "dossier")], tmp_path / "compiled")


def test_only_a_warm_run_finds_the_modules_of_the_run_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    kept: list[Path] = []
    ran = constitute.run

    def run(words: list[str], compiled: Path) -> int:
        kept.append(compiled)
        assert not list(compiled.rglob("countries.*.pyc")) or compiled == warm.compiled
        peak = ran(["--version"], compiled)
        assert len(list(compiled.rglob("countries.*.pyc"))) == 1
        return peak

    monkeypatch.setattr(constitute, "run", run)
    for name in ("warm", "cold"):
        (tmp_path / name).mkdir()
    warm, cold = constitute.Constitute(tmp_path / "warm", cold=False), constitute.Constitute(tmp_path / "cold", cold=True)
    for work in (warm, cold, warm, cold):
        work()
    assert kept[0] == kept[2] == warm.compiled
    assert len({*kept}) == 3
