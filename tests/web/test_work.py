"""Long work: one child at a time, what it may know, and whose the results are."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.making import EXAMPLE, ROOT, TODAY
from tracktwo.constitute import considered, constitute, let_out
from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.language import voice
from tracktwo.model.finding import Listing, Message, Money
from tracktwo.record.entries import Entry, entries_of
from tracktwo.record.gate import Released
from tracktwo.record.initiative import replay
from tracktwo.record.revision import stamped
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.shelf import open_shelf
from tracktwo.web.carried import carried, taken
from tracktwo.web.jobs import STEPS, Job
from tracktwo.web.work import IDLE, Work
from tracktwo.web.worker import do

MINE, OTHER = b"m" * 32, b"o" * 32

SLOW = """
import json, os, sys, time
def send(data):
    frame = json.dumps(data).encode()
    sys.stdout.buffer.write(len(frame).to_bytes(4, "big") + frame)
    sys.stdout.buffer.flush()
language = json.loads(sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big")))["language"]
send({"step": "record"})
if language == "fr":
    os._exit(1)
if language == "ar":
    time.sleep(60)
if language == "zu":
    send({"failed": "ValueError"})
    os._exit(0)
send({"result": '{"said.txt": "' + "eHh4" * 250 + 'eHh4"}'})
"""
"""A stand-in for the child: in French it dies, in Arabic it takes a minute, else it has a file of 753 bytes. It imports little: it starts often."""


def stand_in() -> list[str]:
    return [sys.executable, "-I", "-S", "-c", SLOW]


def entries(name: str = "friendship") -> tuple[Entry, ...]:
    brief = read_brief(ROOT / "tests" / "briefs" / f"{name}.yaml", load_countries().resolve)
    return stamped(entries_of(brief, TODAY))


def job(language: str = "en", day: int = 1) -> Job:
    return Job.of("files", (), date(2026, 1, day), language=language)


@pytest.fixture
def quick() -> Iterator[Work]:
    made = Work(stand_in)
    yield made
    made.close()


@pytest.fixture
def real() -> Iterator[Work]:
    made = Work()
    yield made
    made.close()


def until(condition: object, seconds: float = 10) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def test_what_was_released_comes_out_of_the_pipe_as_it_went_in() -> None:
    brief = read_brief(EXAMPLE, load_countries().resolve)
    released = let_out(constitute(brief, open_shelf(None, TODAY), as_of=TODAY), voice(), names=True)
    back = taken(Released, json.loads(json.dumps(carried(released))))
    assert back == released
    assert dossier_json(back, voice()) == dossier_json(released, voice())


def test_words_that_look_like_a_day_or_an_amount_stay_words() -> None:
    params = {
        "a": "2021",
        "b": Decimal("2021"),
        "c": "2021-01-01",
        "d": date(2021, 1, 1),
        "e": True,
        "f": 1,
        "g": Money(amount=Decimal("1.50"), currency="EUR"),
    }
    message = Message(code="any", params=params | {"all": Listing(items=tuple(params.values()))})
    assert repr(taken(Message, json.loads(json.dumps(carried(message))))) == repr(message)


def test_the_child_makes_the_files_of_a_dossier_in_the_language_that_was_asked_for(real: Work) -> None:
    number = real.ask(MINE, Job.of("files", entries(), TODAY, language="ar"))
    standing = real.wait(MINE, number, 60)
    assert standing is not None
    assert standing.state == "done"
    files = real.files(MINE, number)
    assert files is not None
    assert {"dossier.html", "dossier.pdf", "dossier.docx", "tables.xlsx", "dossier.json"} <= files.keys()
    assert b'dir="rtl"' in files["dossier.html"]
    assert files["dossier.pdf"].startswith(b"%PDF")


def test_entries_that_amount_to_no_initiative_are_a_fault_and_no_crash(quick: Work) -> None:
    with pytest.raises(ValueError, match="no InitiativeOpened"):
        do(Job.of("findings", (), TODAY), lambda step: None)
    number = quick.ask(MINE, job("zu"))
    standing = quick.wait(MINE, number, 30)
    assert standing is not None
    assert (standing.state, standing.fault) == ("failed", "no initiative")


def readable(path: Path) -> bytes:
    """What a file of a process says; nothing where the process lets nobody but root look into it, as ours do."""
    try:
        return path.read_bytes()
    except PermissionError:
        return b""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_child_finds_what_the_library_finds_and_is_told_nothing_by_its_arguments_its_environment_or_a_file(
    real: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = "ZEBRA-9731"
    for name in ("TRACKTWO_SECRET_FILE", "DATABASE_URL", "TRACKTWO_PASSPHRASE_FD", "SOMETHING_ELSE"):
        monkeypatch.setenv(name, planted)
    opening, *rest = entries()
    opening = opening.model_copy(update={"body": opening.body.model_copy(update={"title": planted})})
    wanted = Job.of("findings", (opening, *rest), TODAY)
    number = real.ask(MINE, wanted)
    until(lambda: real._child is not None and (standing := real.standing(MINE, number)) is not None and standing.step == "library", 30)
    assert real._child is not None
    of_child = Path(f"/proc/{real._child.pid}")
    told = (of_child / "cmdline").read_bytes() + readable(of_child / "environ")
    assert b"tracktwo.web.worker" in told  # the control: this is the child
    assert planted.encode() not in told
    assert b"TRACKTWO" not in told
    limits = (of_child / "limits").read_text()
    assert next(line for line in limits.splitlines() if line.startswith("Max core file size")).split()[4:6] == ["0", "0"]
    with suppress(PermissionError):
        written = [str(file.readlink()) for file in (of_child / "fd").iterdir()]
        assert [name for name in written if name.startswith(("/tmp", str(Path.home())))] == []
    seen: list[str] = []
    while (standing := real.standing(MINE, number)) and standing.state == "running":
        if standing.step and standing.step not in seen:
            seen.append(standing.step)
        time.sleep(0.002)
    found = real.findings(MINE, number)
    assert found is not None
    assert found.title == planted  # the control: it did come through the pipe
    assert seen == sorted(seen, key=STEPS.index)
    assert len(seen) > 3
    assert found == let_out(considered(replay(wanted.read_entries()), open_shelf(None, TODAY), as_of=TODAY), voice())


def test_jobs_are_done_one_at_a_time_in_the_order_in_which_they_were_asked_for(quick: Work) -> None:
    first = quick.ask(MINE, job("ar"))
    second, third = quick.ask(MINE, job(day=2)), quick.ask(OTHER, job(day=3))
    until(lambda: (standing := quick.standing(MINE, first)) and standing.state == "running")
    standings = [quick.standing(MINE, second), quick.standing(OTHER, third)]
    assert [(standing.state, standing.before) for standing in standings if standing] == [("waiting", 1), ("waiting", 2)]
    quick.cancel(MINE, first)
    done = quick.wait(OTHER, third, 30)
    assert done is not None
    assert done.state == "done"


def test_a_job_that_is_taken_back_ends_its_child_and_has_no_result(quick: Work) -> None:
    number = quick.ask(MINE, job("ar"))
    until(lambda: (standing := quick.standing(MINE, number)) and standing.step == "record")
    child = quick._child
    assert child is not None
    assert quick.cancel(MINE, number)
    until(lambda: child.poll() is not None)
    standing = quick.standing(MINE, number)
    assert standing is not None
    assert (standing.state, quick.files(MINE, number)) == ("cancelled", None)
    assert not quick.cancel(MINE, number)


def test_a_child_that_dies_is_told_and_the_next_job_is_done(quick: Work) -> None:
    bad, good = quick.ask(MINE, job("fr")), quick.ask(MINE, job("en"))
    quick.wait(MINE, good, 30)
    crashed = quick.standing(MINE, bad)
    assert crashed is not None
    assert (crashed.state, crashed.fault) == ("failed", "crashed")
    assert quick.files(MINE, good) == {"said.txt": b"x" * 753}


def test_a_job_that_takes_too_long_is_stopped() -> None:
    patient = Work(stand_in, longest=0.5)
    number = patient.ask(MINE, job("ar"))
    standing = patient.wait(MINE, number, 30)
    patient.close()
    assert standing is not None
    assert (standing.state, standing.fault) == ("failed", "took too long")


def test_nobody_else_can_see_or_take_back_a_job(quick: Work) -> None:
    running, done = quick.ask(MINE, job("ar")), quick.ask(MINE, job("en"))
    assert quick.standing(OTHER, running) is None
    assert not quick.cancel(OTHER, running)
    quick.cancel(MINE, running)
    quick.wait(MINE, done, 30)
    assert quick.files(OTHER, done) is None
    assert quick.files(MINE, done) is not None


def test_the_same_job_asked_twice_is_one_job_but_another_key_makes_it_another(quick: Work) -> None:
    number = quick.ask(MINE, job())
    assert quick.ask(MINE, job()) == number
    assert quick.ask(MINE, job(day=2)) != number
    assert quick.ask(OTHER, job()) != number


def test_a_job_that_was_taken_back_can_be_asked_for_again(quick: Work) -> None:
    blocking = quick.ask(MINE, job("ar"))
    number = quick.ask(MINE, job())
    quick.cancel(MINE, number)
    quick.cancel(MINE, blocking)
    assert quick.ask(MINE, job()) == number
    standing = quick.wait(MINE, number, 30)
    assert standing is not None
    assert standing.state == "done"


def test_results_are_forgotten_when_nobody_asked_for_them_in_a_while() -> None:
    now = [1000.0]
    made = Work(stand_in, clock=lambda: now[0])
    number = made.ask(MINE, job())
    made.wait(MINE, number, 30)
    now[0] += IDLE - 1
    assert made.files(MINE, number) is not None
    now[0] += IDLE - 1
    assert made.files(MINE, number) is not None
    now[0] += IDLE + 1
    assert made.files(MINE, number) is None
    assert made.standing(MINE, number) is None
    made.close()


def test_when_results_are_too_large_together_the_one_that_was_looked_at_least_goes() -> None:
    made = Work(stand_in, memory=2000)
    numbers = [made.ask(MINE, job(day=day)) for day in (1, 2)]
    made.wait(MINE, numbers[1], 30)
    assert made.files(MINE, numbers[0]) is not None  # looked at again, so the second one is the older now
    numbers.append(made.ask(MINE, job(day=3)))
    made.wait(MINE, numbers[2], 30)
    until(lambda: made.files(MINE, numbers[1]) is None)
    assert made.files(MINE, numbers[0]) is not None
    assert made.files(MINE, numbers[2]) is not None
    made.close()


def test_whoever_leaves_leaves_no_result_behind(quick: Work) -> None:
    number, running = quick.ask(MINE, job()), quick.ask(MINE, job("ar"))
    kept = quick.ask(OTHER, job())
    quick.wait(MINE, number, 30)
    quick.forget(MINE)
    assert quick.files(MINE, number) is None
    assert quick.standing(MINE, running) is None
    done = quick.wait(OTHER, kept, 30)
    assert done is not None
    assert done.state == "done"


def test_a_queue_that_is_full_says_so(quick: Work) -> None:
    quick.ask(MINE, job("ar"))
    numbers = [quick.ask(MINE, Job.of("files", (), date(2026, 2, 1), home=f"/{number}")) for number in range(60)]
    last = quick.standing(MINE, numbers[-1])
    assert last is not None
    assert (last.state, last.fault) == ("failed", "too many")
