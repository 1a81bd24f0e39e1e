"""What an installation needs: seconds from nothing to a working command, and the room it takes, package by package.

There is no peer for this one; it stands here so that the figures in the documentation are measured and not remembered. Packages come from
wherever pip takes them on this machine, without its cache, so the seconds hold for this machine and its connection alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.harness import machine

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 8


def main() -> None:
    """Print the seconds of each step and the largest packages."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "venv"
        python = folder / "bin" / "python"
        steps = [
            ("make the virtual environment", [sys.executable, "-m", "venv", str(folder)]),
            ("download and install the packages", _pip(python, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt"))),
            ("install tracktwo itself", _pip(python, "--no-deps", "--no-build-isolation", str(ROOT))),
            ("first start: tracktwo --version", [str(folder / "bin" / "tracktwo"), "--version"]),
        ]
        print(f"## From nothing to a working command\n\n- machine: {machine()}\n\n| | seconds |\n| --- | ---: |")
        whole = 0.0
        for name, words in steps:
            begin = time.monotonic()
            subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our own words
            whole += time.monotonic() - begin
            print(f"| {name} | {time.monotonic() - begin:.1f} |")
        print(f"| together | {whole:.1f} |\n")
        site = next((folder / "lib").glob("python*")) / "site-packages"
        sizes = sorted(((_size(path), path.name) for path in site.iterdir()), reverse=True)
        total = _size(folder)
        print(f"The environment takes {_megabytes(total)}:\n\n| | MB |\n| --- | ---: |")
        for size, name in sizes[:SHOWN]:
            print(f"| {name} | {size / 1e6:.0f} |")
        print(f"| all else | {(total - sum(size for size, _ in sizes[:SHOWN])) / 1e6:.0f} |")


def _pip(python: Path, *words: str) -> list[str]:
    return [str(python), "-m", "pip", "install", "--quiet", "--no-cache-dir", "--no-input", "--disable-pip-version-check", *words]


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink()) if path.is_dir() else path.stat().st_size


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
