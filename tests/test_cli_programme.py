"""The verb `programme`: JSON alone, one sentence for bad input, files that are nobody else's, and least disturbance from what it printed before."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.making import ROOT
from tests.test_cli import here, run  # noqa: F401 (the fixture is used by name)
from tracktwo.methods.programme.check import violations
from tracktwo.model.timetable import Timetable
from tracktwo.sources.schedule import parse_schedule

EXAMPLE = ROOT / "examples" / "programme"
SPEC = """\
title: T
transfer_minutes: 0
step: 30
days: [{date: 2027-02-01, zone: Europe/Zurich, opens: 09:00, closes: 13:00}]
rooms: [{id: hall, seats: 9}]
people: [{code: N-01}, {code: S-01}]
sessions: [{id: one, title: Zebra, minutes: 60, attendees: [N-01]}, {id: two, minutes: 60, attendees: [S-01], after: [one]}]
"""


@pytest.fixture
def spec(here: Path) -> Path:  # noqa: F811
    (here / "s.yaml").write_text(SPEC, encoding="utf-8")
    return here / "s.yaml"


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run(monkeypatch, "programme", *words, "--json") == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.usefixtures("spec")
def test_with_json_the_programme_stands_alone_on_stdout(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(monkeypatch, capsys, "s.yaml")
    assert (answer["format"], answer["status"], answer["reproducible"]) == ("programme/1", "optimal", True)
    assert [(item["id"], item["who"], item["room"]) for item in answer["items"]] == [("one", ["N-01"], "hall"), ("two", ["S-01"], "hall")]
    assert violations(parse_schedule(SPEC, "s"), Timetable.model_validate(answer)) == ()


def test_an_impossible_day_is_an_answer(spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    spec.write_text(SPEC.replace("closes: 13:00", "closes: 10:30"), encoding="utf-8")
    answer = told(monkeypatch, capsys, "s.yaml")
    assert (answer["status"], answer["items"]) == ("infeasible", [])
    assert {rule["code"] for rule in answer["conflicts"][0]["rules"]} >= {"hours", "placed"}
    assert run(monkeypatch, "programme", "s.yaml") == 0
    assert "line 4: day 1 (2027-02-01) is open from 09:00 to 10:30" in capsys.readouterr().out
    assert run(monkeypatch, "programme", "s.yaml", "--ics") == 2
    assert "it is infeasible" in capsys.readouterr().err


def test_what_was_printed_before_is_disturbed_least(spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    first = told(monkeypatch, capsys, "s.yaml")
    Path("first.json").write_text(json.dumps(first), encoding="utf-8")
    spec.write_text(SPEC.replace("{code: S-01}", "{code: S-01, away: [{from: 09:00, until: 11:30}]}"), encoding="utf-8")
    second = told(monkeypatch, capsys, "s.yaml", "--before", "first.json")
    moved = [item["id"] for item in second["items"] if item["sequence"]]
    assert moved == [move["id"] for move in second["moved"]]
    assert second["objective"][0] == {"what": "moved items", "unit": "items", "value": len(moved), "bound": len(moved), "proven": True}


def test_a_person_gets_no_code_but_their_own(spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    spec.write_text(SPEC.replace("attendees: [N-01]", "attendees: [all]"), encoding="utf-8")
    assert "N-01" in json.dumps(told(monkeypatch, capsys, "s.yaml"))  # the control: it can be seen at all
    mine = told(monkeypatch, capsys, "s.yaml", "--person", "S-01")
    assert len(mine["items"]) == 2
    assert "N-01" not in json.dumps(mine)


def test_files_are_their_owners_alone_and_never_overwritten_unasked(
    spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "programme", "s.yaml", "--ics", "--xlsx", "--html", "--as-of", "2026-11-26") == 0
    for suffix in (".ics", ".xlsx", ".html"):
        assert stat.S_IMODE(spec.with_suffix(suffix).stat().st_mode) == 0o600
    assert b"Zebra" not in spec.with_suffix(".ics").read_bytes()
    assert run(monkeypatch, "programme", "s.yaml", "--ics", "-o", "s.ics") == 2
    assert "s.ics exists; name another file, or say --replace" in capsys.readouterr().err
    assert run(monkeypatch, "programme", "s.yaml", "--ics", "-o", "s.ics", "--replace") == 0
    assert run(monkeypatch, "programme", "s.yaml", "-o", "out") == 0
    assert {path.name for path in Path("out").iterdir()} == {"programme.html", "programme.xlsx", "programme.ics", "N-01.ics", "S-01.ics"}
    for person, other in (("N-01", "S-01"), ("S-01", "N-01")):
        assert other.encode() not in (Path("out") / f"{person}.ics").read_bytes()


def test_one_file_alone_goes_down_a_pipe_and_is_not_written(
    spec: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(monkeypatch, "programme", "s.yaml", "--ics") == 0
    calendar = capfdbinary.readouterr().out
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert calendar.count(b"BEGIN:VEVENT") == 2
    assert b"BEGIN:VTIMEZONE" in calendar
    assert not spec.with_suffix(".ics").exists()


WRONG = {
    "no file": (["nowhere.yaml"], "nowhere.yaml does not exist"),
    "bad spec": (["bad.yaml"], "bad.yaml line 1, titel: is no field of a SPEC; did you mean 'title'?"),
    "nobody": (["s.yaml", "--person", "X-9"], "--person 'X-9' is nobody of s.yaml; there are: N-01, S-01"),
    "no earlier": (["s.yaml", "--before", "none.json"], "--before none.json cannot be read: no such file or directory"),
    "other json": (["s.yaml", "--before", "other.json"], "--before other.json is no programme"),
    "binary": (["s.yaml", "--before", "bytes"], "--before bytes is no programme"),
    "one file for two": (["s.yaml", "--ics", "--xlsx", "-o", "a.ics"], "-o a.ics is one file; name a folder for several"),
    "strange file": (["s.yaml", "-o", "a.txt"], "-o a.txt is one file; name a folder for several, or a file that ends in .ics, .xlsx or .html"),
    "no arc": (["s.yaml", "--arc"], "s.yaml has no arc"),
    "seconds": (["s.yaml", "--seconds", "1e99"], "--seconds"),
    "seed": (["s.yaml", "--seed", "-1"], "--seed"),
    "day": (["s.yaml", "--as-of", "tomorrow"], "--as-of should be a day"),
    "method": (["kept.yaml"], "kept.yaml line 8, observances: 'Nobody's' is no method for hours of prayer"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.usefixtures("spec")
def test_bad_input_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
    Path("bad.yaml").write_text("titel: T\n", encoding="utf-8")
    Path("other.json").write_text('{"format": "panel/1"}', encoding="utf-8")
    Path("bytes").write_bytes(bytes(range(256)))
    kept = SPEC + "observances: [{tradition: islam-sunni, method: Nobody's}]\nvenue: {latitude: 46, longitude: 6}\n"
    Path("kept.yaml").write_text(kept, encoding="utf-8")
    words, sentence = WRONG[name]
    assert run(monkeypatch, "programme", *words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert sentence in printed.err
    assert len([line for line in printed.err.splitlines() if line.startswith("tracktwo: ")]) == 1
    assert "Traceback" not in printed.err


def test_a_traditions_hours_are_computed_for_the_place(spec: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = SPEC.replace("2027-02-01", "2027-02-05").replace("opens: 09:00, closes: 13:00", "opens: 09:00, closes: 21:00")
    text += "venue: {latitude: 46.2, longitude: 6.1}\nobservances:\n"
    text += "  - {tradition: islam-sunni, people: [N-01]}\n  - {tradition: judaism, people: [S-01]}\n"
    spec.write_text(text, encoding="utf-8")
    answer = told(monkeypatch, capsys, "s.yaml")
    prayers = [item for item in answer["items"] if item["kind"] == "observance"]
    assert [item["title"] for item in prayers] == ["Afternoon prayer", "Sunset prayer"]  # noon is Friday's, which is kept whole
    assert "15:00" <= prayers[0]["start"] < "17:30" < prayers[1]["start"] < "20:00"
    assert all(item["end"] <= "12:46" or item["start"] >= "14:01" for item in answer["items"] if item["id"] == "one")
    assert len(answer["remarks"]) == 2


def test_the_arc_is_planned_and_planned_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(monkeypatch, capsys, str(EXAMPLE / "arc.yaml"), "--arc", "--lost", "A church")
    assert (answer["format"], len(answer["arc"]["rounds"]), len(answer["after"]["rounds"])) == ("arc/1", 5, 3)
    assert run(monkeypatch, "programme", str(EXAMPLE / "arc.yaml"), "--arc", "--lost", "Nobody") == 2
    assert "--lost 'Nobody' is no donor of arc.yaml; there are: A foundation" in capsys.readouterr().err
    assert run(monkeypatch, "programme", str(EXAMPLE / "arc.yaml")) == 2
    assert "has no days, only an arc" in capsys.readouterr().err
