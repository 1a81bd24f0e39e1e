"""The wheel: the same bytes from the same source, and everything in it that the package needs."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tracktwo"


def build(folder: Path) -> Path:
    """Build the wheel of the checkout into the folder, without a network."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.gate
def test_two_builds_of_the_wheel_are_equal_to_the_byte(tmp_path: Path, figure: Callable[[str], None]) -> None:
    first, second = build(tmp_path / "first").read_bytes(), build(tmp_path / "second").read_bytes()
    assert first == second
    figure(f"{len(first):,} bytes twice, SHA-256 {hashlib.sha256(first).hexdigest()[:12]}…")


@pytest.mark.gate
def test_the_wheel_holds_every_file_of_the_package_and_every_licence(tmp_path: Path, figure: Callable[[str], None]) -> None:
    with zipfile.ZipFile(build(tmp_path)) as wheel:
        held = set(wheel.namelist())
    made = {"__pycache__", ".mypy_cache"}
    wanted = {f"tracktwo/{path.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.rglob("*") if path.is_file() and not made & set(path.parts)}
    assert wanted - held == set()
    assert {name.rsplit("/", 1)[1] for name in held if ".dist-info/licenses/" in name} >= {"LICENSE", "NOTICE"}
    figure(f"{len(wanted)} files")
