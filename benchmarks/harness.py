"""The frame of every benchmark: what is compared, sizes, seed, machine, medians and ratios, printed as one table."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

Work = Callable[[], object]


@dataclass(frozen=True)
class Contender:
    """One way to do the work: its name, the distribution it comes from (None for ours), and the call that is timed."""

    name: str
    work: Work
    distribution: str | None = None

    @property
    def label(self) -> str:
        return self.name if self.distribution is None else f"{self.name} ({self.distribution} {metadata.version(self.distribution)})"


@dataclass(frozen=True)
class Timing:
    """Wall-clock seconds of every repetition of one contender."""

    contender: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Half of the distance between the quartiles, in seconds; 0 for fewer than four repetitions."""
        if len(self.seconds) < 4:
            return 0.0
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return (high - low) / 2


@dataclass(frozen=True)
class Comparison:
    """One table: the same work by several contenders. The first is ours; ratios say how many times its time each takes."""

    title: str
    size: str
    seed: int | None
    timings: tuple[Timing, ...]

    def table(self) -> str:
        """The table in Markdown, with the machine and the number of repetitions."""
        ours = self.timings[0].median
        rows = [
            f"| {timing.contender} | {_duration(timing.median)} | ± {_duration(timing.spread)} | {timing.median / ours:.2f} |"
            for timing in self.timings
        ]
        facts = [
            f"size: {self.size}",
            "seed: none, no chance is used" if self.seed is None else f"seed: {self.seed}",
            f"repetitions: {len(self.timings[0].seconds)}, in turns",
            f"machine: {machine()}",
        ]
        return "\n".join(
            [
                f"## {self.title}",
                "",
                *(f"- {fact}" for fact in facts),
                "",
                "| | median | half quartile distance | times ours |",
                "| --- | ---: | ---: | ---: |",
                *rows,
            ]
        )


def compare(title: str, contenders: Sequence[Contender], *, size: str, seed: int | None = None, repetitions: int = 7) -> Comparison:
    """Time the contenders in turns, so that a busy moment of the machine touches all of them alike; one warm-up each is not counted.

    The first contender is ours. Raises ValueError where there is nothing to compare or to take a median of.
    """
    if len(contenders) < 2:
        raise ValueError("a comparison needs ours and at least one peer")
    if repetitions < 1:
        raise ValueError("a comparison needs at least one repetition")
    for contender in contenders:
        contender.work()
    seconds: list[list[float]] = [[] for _ in contenders]
    for _ in range(repetitions):
        for taken, contender in zip(seconds, contenders, strict=True):
            with _no_collection():
                start = time.perf_counter()
                contender.work()
                taken.append(time.perf_counter() - start)
    timings = tuple(Timing(contender.label, tuple(taken)) for contender, taken in zip(contenders, seconds, strict=True))
    return Comparison(title, size, seed, timings)


@contextmanager
def _no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def machine() -> str:
    """Processor, cores, memory, system and Python, in one line and without the machine's name."""
    parts = [
        _processor(),
        f"{os.cpu_count() or 1} cores",
        *_memory(),
        platform.system(),
        f"{platform.python_implementation()} {platform.python_version()}",
    ]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> list[str]:
    info = Path("/proc/meminfo")
    if not info.exists():
        return []
    kibibytes = int(info.read_text(encoding="utf-8").split("MemTotal:")[1].split()[0])
    return [f"{kibibytes / 2**20:.0f} GiB"]


def _duration(seconds: float) -> str:
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1 or unit == "µs":
            return f"{seconds * factor:.3g} {unit}"
    raise AssertionError("unreachable: the last unit takes every duration")
