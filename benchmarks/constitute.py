"""The main job as a process: seconds and memory of `tracktwo constitute` on the example brief, beside what merely starting it costs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.harness import Contender, compare
from tracktwo.library import guide

EXAMPLE = "central-african-republic"
DAY = "2026-11-26"


_WATCH = (
    "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
)
"""A small process that runs the command: the peak of a child counts what its parent held when it was started."""


def run(words: list[str], compiled: Path) -> int:
    """Run the command line in a process of its own, with Python's compiled modules kept in `compiled`; return its peak memory in bytes.

    Raises CalledProcessError where the command fails.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(compiled)}
    command = [sys.executable, "-c", _WATCH, sys.executable, "-m", "tracktwo.cli", *words]
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 - our own words
    return int(told.stdout) * (1 if sys.platform == "darwin" else 1024)


class Constitute:
    """`tracktwo constitute` on the example, over and over; keeps the peak memory of every run.

    Cold: every run has to compile all modules, as the first after an installation does. Warm: only the first.
    """

    def __init__(self, folder: Path, *, cold: bool) -> None:
        self.compiled = folder / "compiled"
        self._folder = folder
        self._cold = cold
        self.peaks: list[int] = []
        (folder / "brief.yaml").write_text(guide.examples()[EXAMPLE], encoding="utf-8")

    def __call__(self) -> None:
        words = ["constitute", str(self._folder / "brief.yaml"), "-o", str(self._folder / "dossier"), "--as-of", DAY, "--replace"]
        if not self._cold:
            self.peaks.append(run(words, self.compiled))
            return
        with tempfile.TemporaryDirectory() as empty:
            self.peaks.append(run(words, Path(empty)))


def main() -> None:
    """Print the time and the peak memory, cold and warm."""
    with tempfile.TemporaryDirectory() as warm_folder, tempfile.TemporaryDirectory() as cold_folder:
        warm, cold = Constitute(Path(warm_folder), cold=False), Constitute(Path(cold_folder), cold=True)
        result = compare(
            "A dossier from the example brief, as a process",
            [
                Contender("constitute, warm: modules compiled", warm),
                Contender("constitute, cold: nothing compiled", cold),
                Contender("only starting: tracktwo --version", lambda: run(["--version"], warm.compiled)),
            ],
            size=f"{EXAMPLE}, {len(guide.examples()[EXAMPLE].splitlines())} lines",
        )
    print(result.table())
    print(f"\nPeak memory: {max(warm.peaks) / 2**20:.0f} MiB warm, {max(cold.peaks) / 2**20:.0f} MiB cold, the most of {len(warm.peaks)} runs each.")


if __name__ == "__main__":
    main()
