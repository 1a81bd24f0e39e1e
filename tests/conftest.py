"""What all tests share: the real data where it stands, the browser where it is installed, and the report of the gates."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.postgres import Server
    from tests.storing import Database
    from tests.warm import Warm

settings.register_profile("no clock", deadline=None)  # a busy machine is no error
settings.load_profile("no clock")

ROOT = Path(__file__).resolve().parent.parent
MISSING = "missing data: "
"""How the reason of a test begins that is skipped because real data is not there; such tests are counted in the last line."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real data. Not set: the test is skipped and counted; set but not there: the test fails."""
    named = os.environ.get("TRACKTWO_TEST_DATA", "")
    if not named:
        pytest.skip(MISSING + "TRACKTWO_TEST_DATA is not set")
    folder = Path(named)
    assert folder.is_dir(), f"TRACKTWO_TEST_DATA names {named}, which is no folder"
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's chromium. Without it browser tests are skipped, but in CI they fail."""
    path = shutil.which("chromium")
    if path is None:
        assert not os.environ.get("CI"), "chromium is not installed; 'make system-deps' installs it"
        pytest.skip("chromium is not installed; 'make system-deps' installs it")
    return path


@pytest.fixture(scope="session")
def warm_command(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The command line in processes that need not begin by importing it."""
    from tests.warm import warm

    with warm(tmp_path_factory.mktemp("warm")) as started:
        yield started


@pytest.fixture
def without_paper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line in this process with the shipped sources read once, and stand-ins for what takes longest to make: PDF, DOCX and XLSX.

    For tests of what is around a dossier. One that looks into these files asks for `with_paper` as well.
    """
    from tests.making import shelf_of
    from tracktwo.cli import initiative
    from tracktwo.dossier import write

    monkeypatch.setattr(initiative, "open_shelf", shelf_of)
    if "with_paper" not in request.fixturenames:
        for name in ("dossier_pdf", "dossier_docx", "tables_xlsx"):
            monkeypatch.setattr(write, name, lambda reading, voice: b"a stand-in")


@pytest.fixture
def with_paper() -> None:
    """All files of a dossier as they are."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own, started when the first test asks. Without its binaries tests are skipped, but in CI they fail."""
    from tests.postgres import running_server  # here, so that tests run where its driver is not installed

    with running_server() as server:
        yield server


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database of each kind."""
    from tests.storing import Database

    if request.param == "SQLite":
        yield Database("SQLite", str(tmp_path / "record.sqlite"))
        return
    server = request.getfixturevalue("postgres")
    name = server.fresh()
    yield Database("PostgreSQL", server.address(name), server)
    server.drop(name)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--gates", metavar="FILE", help="write what the gates measured to this Markdown file")
    parser.addoption("--gates-add", action="store_true", help="keep what earlier runs wrote there, where this one measures nothing newer")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reports = terminalreporter.stats
    skipped = [report for report in reports.get("skipped", []) if isinstance(report.longrepr, tuple)]
    config.stash[_COUNT] = sum(MISSING in str(report.longrepr[2]) for report in skipped)
    if config.getoption("--gates") is None or hasattr(config, "workerinput"):  # of several processes the one that has every report writes
        return
    ran = [report for outcome in ("passed", "failed") for report in reports.get(outcome, []) if report.when == "call"]
    path = Path(config.getoption("--gates"))
    before = path.read_text(encoding="utf-8").splitlines() if config.getoption("--gates-add") else []
    text = gates_page(sorted(ran, key=lambda report: report.nodeid), [line for line in before if line.startswith("| ")][2:])
    path.write_text(text, encoding="utf-8")


_COUNT = pytest.StashKey[int]()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _COUNT in config.stash:
        print(f"tests skipped for missing data: {config.stash[_COUNT]}")


def gates_page(reports: list[pytest.TestReport], earlier: Sequence[str] = ()) -> str:
    """The page of the gates: what was asked, measured, and whether it held, at which commit; `earlier` rows stay where none is newer."""
    at = f"`{_git('rev-parse', '--short=7', 'HEAD')}`{' with changes' if _git('status', '--porcelain', '--', 'src', 'tests') else ''}"
    rows = {line.split(" | ")[0]: line for line in earlier}
    for report in reports:
        row = f"| {_sentence(report.nodeid)} | {_figure(report)} | {'held' if report.passed else '**did not hold**'} | {at} |"
        rows[row.split(" | ")[0]] = row
    head = [
        "# Gates",
        "",
        "Written by `make gates`: the figures in full size. Each row names the commit at which it was measured; one that is older than the code",
        "it speaks of was not measured again since.",
        "",
        f"- last run: {datetime.now(UTC):%Y-%m-%d}",
        f"- machine: {machine()}",
        "",
        "| Gate | Measured | Result | At |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *(rows[name] for name in sorted(rows)), ""])


def _figure(report: pytest.TestReport) -> str:
    return "; ".join(str(value) for name, value in report.user_properties if name == "figure")


def _sentence(nodeid: str) -> str:
    return nodeid.rsplit("::", 1)[-1].removeprefix("test_").replace("_", " ")


def _git(*words: str) -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    return subprocess.run([git, *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or ""


def machine() -> str:
    """Processor, cores and Python, in one line."""
    from benchmarks.harness import machine as described  # here, so that tests run where benchmarks/ was left out

    return described()


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Call it with a sentence on what a gate measured; `make gates` prints it in docs/gates.md."""
    return lambda text: record_property("figure", text)
