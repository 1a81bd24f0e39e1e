"""The command line: bad input gets one sentence and exit code 2, nothing is half-written, JSON stands alone."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.making import EXAMPLE
from tracktwo import cli
from tracktwo.cli import initiative

GOOD = "title: Two towns\ncountries: [Mali]\nparties: [{name: Upper town}, {name: Lower town}]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_paper: None) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKTWO_HOME", str(tmp_path / "home"))
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command line in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["tracktwo", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert isinstance(left.value.code, int)
    return left.value.code


BAD_BRIEFS = {
    "wrong date": (GOOD + "wish: {starts: 2027-02-30}\n", "line 4, wish.starts"),
    "unknown country": (GOOD.replace("Mali", "Atlantis"), "line 2, countries[1]"),
    "undeclared side": (GOOD + "activities: [{who: A, what: B, sides: [north]}]\n", "'north', which nobody declared"),
    "empty roster": (GOOD + "roster: people.csv\n", "people.csv"),
    "missing roster": (GOOD + "roster: nobody.csv\n", "nobody.csv"),
    "two megabytes": (GOOD + "summary: " + "x" * 2_000_000 + "\n", "bytes"),
    "anchor bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors"),
    "latin-1": ("title: Dialogue à Bangui\nparties: [{name: A}]\n".encode("latin-1"), "not UTF-8"),
}


@pytest.mark.parametrize("name", BAD_BRIEFS)
def test_a_bad_brief_is_refused_in_one_sentence_and_nothing_is_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    content, telling = BAD_BRIEFS[name]
    (here / "people.csv").write_text("name\n", encoding="utf-8")
    (here / "bad.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    before = sorted(path.name for path in here.iterdir())
    assert run(monkeypatch, "constitute", "bad.yaml", "-o", "out") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("tracktwo: ")
    assert printed.err.count("\n") == 1
    assert telling in printed.err
    assert sorted(path.name for path in here.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "telling"),
    [
        (["constitute", "nowhere.yaml", "-o", "out"], "nowhere.yaml does not exist"),
        (["constitute", "good.yaml", "-o", "good.yaml"], "is a file, not a folder"),
        (["constitute", "good.yaml", "-o", "good.yaml/out"], "good.yaml is a file, not a folder"),
        (["constitute", "good.yaml", "-o", "full"], "full is not empty"),
        (["constitute", "good.yaml", "-o", "out", "--as-of", "soon"], "--as-of should be a day"),
        (["constitute", "good.yaml", "-o", "out", "--earlier", "good.yaml"], "is no dossier.json"),
        (["constitute", "good.yaml", "-o", "out", "--fast"], "--fast"),
        (["sources", "add", "missing.csv"], "missing.csv"),
        (["sources", "add", "good.yaml"], "good.yaml"),
        (["brief", "new", "good.yaml"], "exists already"),
        (["brief", "new", "new.yaml", "--example", "atlantis"], "central-african-republic"),
        (["library", "show", "aceh"], "aceh-hdc"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], telling: str
) -> None:
    (here / "full").mkdir()
    (here / "full" / "letter.txt").write_text("dear")
    assert run(monkeypatch, *words) == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert telling in printed.err
    assert [path.name for path in (here / "full").iterdir()] == ["letter.txt"]
    assert not (here / "out").exists()
    assert (here / "good.yaml").read_text(encoding="utf-8") == GOOD


def test_a_read_only_folder_is_told_and_nothing_stays(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tracktwo.dossier.files.tempfile.mkdtemp", refuse)
    assert run(monkeypatch, "constitute", "good.yaml", "-o", "out") == 2
    assert "out cannot be written: Permission denied" in capsys.readouterr().err
    assert not (here / "out").exists()


def test_our_own_fault_is_code_3_without_a_traceback(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ZEBRA")

    monkeypatch.setattr(initiative, "constitute", break_down)
    assert run(monkeypatch, "constitute", "good.yaml", "-o", "out") == 3
    printed = capsys.readouterr().err
    assert "this is our fault" in printed
    assert "Traceback" not in printed
    assert "ZEBRA" not in printed


@pytest.mark.parametrize(
    "words",
    [
        ["constitute", "good.yaml", "-o", "out", "--json"],
        ["brief", "check", "good.yaml", "--json"],
        ["venues", "good.yaml", "--limit", "2", "--json"],
        ["sources", "list", "--json"],
        ["library", "search", "river", "--json"],
        ["library", "show", "aceh-hdc", "--json"],
        ["library", "like", "good.yaml", "--json"],
    ],
    ids=" ".join,
)
def test_with_json_stdout_holds_json_alone(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert here.exists()
    assert run(monkeypatch, *words) == 0
    assert re.fullmatch(r"[a-z-]+/[12]", json.loads(capsys.readouterr().out)["format"])


def test_replace_gives_a_new_dossier_and_keeps_foreign_files(here: Path, monkeypatch: pytest.MonkeyPatch, with_paper: None) -> None:
    assert run(monkeypatch, "constitute", "good.yaml", "-o", "out", "--as-of", "2026-11-26") == 0
    (here / "out" / "letter.txt").write_text("dear")
    assert run(monkeypatch, "constitute", "good.yaml", "-o", "out", "--as-of", "2026-11-27") == 2
    assert run(monkeypatch, "constitute", "good.yaml", "-o", "out", "--as-of", "2026-11-27", "--replace") == 0
    assert json.loads((here / "out" / "dossier.json").read_text(encoding="utf-8"))["as_of"] == "2026-11-27"
    assert (here / "out" / "letter.txt").read_text() == "dear"


def test_an_own_download_is_listed_and_used(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], test_data: Path) -> None:
    assert here.exists()
    assert run(monkeypatch, "sources", "add", str(test_data / "ucdp" / "ged_ukraine.csv.gz")) == 0
    assert run(monkeypatch, "sources", "list") == 0
    assert "your download" in capsys.readouterr().out


def test_names_are_in_the_dossier_only_where_they_are_asked_for(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "constitute", str(EXAMPLE), "-o", "named", "--with-names") == 0
    assert run(monkeypatch, "constitute", str(EXAMPLE), "-o", "codes") == 0
    named, codes = (json.loads((here / name / "dossier.json").read_text(encoding="utf-8")) for name in ("named", "codes"))
    team = [person["name"] for person in named["people"] if not person["invited"]]
    assert len(team) == len([name for name in team if name])
    asked = [person["code"] for person in named["people"] if person["invited"] and person["name"]]
    assert 0 < len(asked) < len([person for person in named["people"] if person["invited"]])  # whoever was not asked stays a code
    assert not any(person["name"] for person in codes["people"])
