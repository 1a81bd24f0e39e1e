"""Long work, asked for by the pages: a queue of jobs, one child at a time, progress, cancelling, and results that stay in memory for a while.

A job belongs to the key under which it was asked for; under another key it can be neither seen nor cancelled. A page gives a key that only those
have who may see the result, such as one made from a room's key.
"""

from __future__ import annotations

import atexit
import hashlib
import hmac
import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from tracktwo.record.gate import Released
from tracktwo.record.inside import Inside
from tracktwo.web.carried import carried, receive, send, taken
from tracktwo.web.jobs import STEPS, Job, unpacked_files

State = Literal["waiting", "running", "done", "failed", "cancelled"]
Fault = Literal["crashed", "took too long", "no initiative", "too many"]
"""Why a job has no result: the child died; it was stopped after `LONGEST` seconds; the entries amount to nothing; the queue is full."""

LONGEST = 300.0
IDLE = 600.0
"""Seconds after which a result that nobody asked for is forgotten."""
MEMORY = 256 * 1024 * 1024
MOST_WAITING = 50
_GROWS = 8
"""How many times larger findings are as nouns than as the JSON in which they came, at most."""


@dataclass(frozen=True)
class Standing:
    """How a job stands."""

    state: State
    before: int = 0
    """How many jobs come first."""
    step: str | None = None
    done: int = 0
    steps: int = len(STEPS)
    fault: Fault | None = None


@dataclass
class _Asked:
    """A job with what came of it."""

    owner: bytes
    job: Job | None
    """None from when it was handed to the child: what it holds is not kept twice."""
    what: str
    state: State = "waiting"
    step: str | None = None
    fault: Fault | None = None
    result: Any = None
    size: int = 0
    touched: float = 0.0


def child_command() -> list[str]:
    """The child's command line: no word of the job is in it."""
    return [sys.executable, "-I", "-X", "utf8", "-m", "tracktwo.web.worker"]


class Work:
    """The queue of one server process. Safe to call from any thread."""

    def __init__(
        self,
        command: Callable[[], list[str]] = child_command,
        *,
        clock: Callable[[], float] = time.monotonic,
        longest: float = LONGEST,
        memory: int = MEMORY,
    ) -> None:
        self._command, self._clock, self._longest, self._memory = command, clock, longest, memory
        self._jobs: OrderedDict[str, _Asked] = OrderedDict()
        self._changed = threading.Condition()
        self._child: subprocess.Popen[bytes] | None = None
        self._running: str | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    # What pages call

    def ask(self, owner: bytes, job: Job) -> str:
        """Put a job into the queue and return its number: 32 hexadecimal digits. The same job asked again under the same key is the same one."""
        number = hmac.new(owner, job.model_dump_json().encode(), hashlib.sha256).hexdigest()[:32]
        with self._changed:
            self._forget()
            found = self._jobs.get(number)
            if found is None or found.state == "cancelled" or (found.state == "failed" and found.fault == "too many"):
                full = sum(asked.state == "waiting" for asked in self._jobs.values()) >= MOST_WAITING
                found = _Asked(owner, None, job.what, state="failed", fault="too many") if full else _Asked(owner, job, job.what)
                self._jobs[number] = found
                self._jobs.move_to_end(number)
            found.touched = self._clock()
            self._start()
            self._changed.notify_all()
        return number

    def standing(self, owner: bytes, number: str) -> Standing | None:
        """How a job stands; None where this key never asked for it, or its result was forgotten."""
        with self._changed:
            asked = self._mine(owner, number)
            if asked is None:
                return None
            before = 0
            if asked.state == "waiting":
                names = list(self._jobs)
                ahead = names[: names.index(number)]
                before = sum(self._jobs[name].state in ("waiting", "running") for name in ahead)
            steps = len(STEPS) - (asked.what in ("findings", "people"))
            return Standing(asked.state, before, asked.step, STEPS.index(asked.step) if asked.step in STEPS else 0, steps, asked.fault)

    def findings(self, owner: bytes, number: str) -> Released | None:
        """The findings of a job that is done; None of any other."""
        found = self._result(owner, number)
        return found if isinstance(found, Released) else None

    def inside(self, owner: bytes, number: str) -> Inside | None:
        """What concerns people, of a job that is done; None of any other."""
        found = self._result(owner, number)
        return found if isinstance(found, Inside) else None

    def files(self, owner: bytes, number: str) -> dict[str, bytes] | None:
        """The files of a job that is done: name → bytes; None of any other."""
        found = self._result(owner, number)
        return found if isinstance(found, dict) else None

    def cancel(self, owner: bytes, number: str) -> bool:
        """Take a job back; the child that works on it is killed, and one that failed may be asked for anew. False where there is nothing to do."""
        with self._changed:
            asked = self._mine(owner, number)
            if asked is None or asked.state not in ("waiting", "running", "failed"):
                return False
            asked.state, asked.job = "cancelled", None
            if self._running == number and self._child is not None:
                self._child.kill()
            self._changed.notify_all()
            return True

    def forget(self, owner: bytes) -> None:
        """Take back and forget everything that was asked for under a key, as when somebody leaves."""
        with self._changed:
            for number in [number for number, asked in self._jobs.items() if hmac.compare_digest(asked.owner, owner)]:
                self.cancel(owner, number)
                del self._jobs[number]

    def wait(self, owner: bytes, number: str, seconds: float) -> Standing | None:
        """How a job stands once it has ended, or after so many seconds: for the command line and for tests, not for pages."""
        until = time.monotonic() + seconds
        with self._changed:
            while True:
                asked = self._mine(owner, number)
                left = until - time.monotonic()
                if asked is None or asked.state not in ("waiting", "running") or left <= 0:
                    break
                self._changed.wait(min(left, 1.0))
        return self.standing(owner, number)

    def close(self) -> None:
        """End the child and forget everything."""
        with self._changed:
            self._closed = True
            self._jobs.clear()
            if self._child is not None:
                self._child.kill()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=5)

    # What happens behind them

    def _mine(self, owner: bytes, number: str) -> _Asked | None:
        asked = self._jobs.get(number)
        return asked if asked is not None and hmac.compare_digest(asked.owner, owner) else None

    def _result(self, owner: bytes, number: str) -> Any:
        with self._changed:
            self._forget()
            asked = self._mine(owner, number)
            if asked is None or asked.state != "done":
                return None
            asked.touched = self._clock()
            self._jobs.move_to_end(number)
            return asked.result

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="long work", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closed and (number := self._next()) is None:
                    self._changed.wait(IDLE / 10)
                    self._forget()
                if self._closed or number is None:
                    return
                asked, self._running = self._jobs[number], number
                job, asked.job, asked.state = asked.job, None, "running"
            assert job is not None
            try:
                self._do(asked, job)
            finally:
                with self._changed:
                    self._running = None
                    self._forget()
                    self._changed.notify_all()

    def _next(self) -> str | None:
        return next((number for number, asked in self._jobs.items() if asked.state == "waiting"), None)

    def _do(self, asked: _Asked, job: Job) -> None:
        child = self._spawn(asked)
        if child is None or child.stdin is None or child.stdout is None:
            return
        late = threading.Timer(self._longest, self._too_long, (asked, child))
        late.daemon = True
        late.start()
        try:
            with suppress(BrokenPipeError):
                send(child.stdin, carried(job))
            while (frame := receive(child.stdout)) is not None and asked.state == "running":
                self._told(asked, frame)
            self._ended(asked, "failed", "crashed")
        finally:
            late.cancel()
            child.kill()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):
                    pipe.close()
            child.wait()
            with self._changed:
                self._child = None

    def _spawn(self, asked: _Asked) -> subprocess.Popen[bytes] | None:
        with self._changed:
            if asked.state != "running":
                return None
            try:
                self._child = subprocess.Popen(  # noqa: S603 - our own module, and no argument of anybody's
                    self._command(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ},
                    cwd=Path(sys.executable).anchor,
                    start_new_session=True,
                )
            except OSError:
                asked.state, asked.fault = "failed", "crashed"
            return self._child

    def _told(self, asked: _Asked, frame: dict[str, Any]) -> None:
        if "step" in frame:
            with self._changed:
                asked.step = str(frame["step"])
                self._changed.notify_all()
        elif "failed" in frame:
            self._ended(asked, "failed", "no initiative" if frame["failed"] == "ValueError" else "crashed")
        else:
            self._ended(asked, "done", None, *_opened(asked.what, frame["result"]))

    def _ended(self, asked: _Asked, state: State, fault: Fault | None, result: Any = None, size: int = 0) -> None:
        with self._changed:
            if asked.state == "running":  # and not taken back in the meantime
                asked.state, asked.fault, asked.touched = state, fault, self._clock()
                asked.result, asked.size = result, size
                self._changed.notify_all()

    def _too_long(self, asked: _Asked, child: subprocess.Popen[bytes]) -> None:
        self._ended(asked, "failed", "took too long")
        child.kill()

    def _forget(self) -> None:
        """Let go of what nobody has asked for in a while; and while the results are too large together, of the one that was looked at least."""
        now = self._clock()
        for number, asked in list(self._jobs.items()):
            if asked.state not in ("waiting", "running") and now - asked.touched > IDLE:
                del self._jobs[number]
        ended = [number for number, asked in self._jobs.items() if asked.state == "done"]
        held = sum(self._jobs[number].size for number in ended)
        for number in ended[:-1]:  # the newest stays, however large
            if held <= self._memory:
                break
            held -= self._jobs.pop(number).size


def _opened(what: str, result: Any) -> tuple[Released | Inside | dict[str, bytes], int]:
    """A result as pages use it, and about how much memory it takes."""
    if what in ("findings", "people"):
        found = taken(Released, result) if what == "findings" else taken(Inside, result)
        return found, _GROWS * len(repr(result))
    files = unpacked_files(result)
    return files, sum(map(len, files.values()))


@cache
def work() -> Work:
    """The queue of this process."""
    made = Work()
    atexit.register(made.close)
    return made
