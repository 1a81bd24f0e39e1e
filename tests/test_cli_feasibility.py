"""The verbs of feasibility by their contract: venues as JSON, cases, and decisions with exit code 2 where they do not hold together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import run
from tracktwo.library.guide import examples

ROOT = Path(__file__).parent.parent
BRIEF = ROOT / "examples" / "who-may-come" / "brief.yaml"
LIST = ROOT / "tests" / "sources" / "downloads" / "un_consolidated.xml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRACKTWO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def ranking(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, Any]:
    assert run(monkeypatch, "venues", str(path), "--json", "--as-of", "2026-11-20") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_venues_are_every_country_in_order_with_who_can_come(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found = ranking(monkeypatch, capsys, BRIEF)
    venues = found["venues"]
    assert found["format"] == "venues/2"
    assert [venue["rank"] for venue in venues] == list(range(1, 200))
    assert {"rank", "iso3", "city", "hard_bars", "people", "scores", "reasons"} <= set(venues[0])
    assert (venues[0]["iso3"], venues[0]["answered"], venues[0]["in_brief"]) == ("RWA", "partly", True)
    assert venues[0]["hard_bars"] == [{"id": "B-01", "bars": ["transit barred"]}]
    people = {person["id"]: person for person in venues[0]["people"]}
    assert set(people) == {"T-01", "T-02", "A-01", "A-02", "B-01"}
    assert {"verdict", "days", "as_of"} <= set(people["A-01"])
    assert (people["B-01"]["verdict"], people["A-02"]["as_of"]) == ("transit barred", "2025-01-12")
    assert all(set(venue["scores"].values()) <= {0, 1, 2, 3} for venue in venues)


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_examples_rank_no_microstate_for_its_visas(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found = ranking(monkeypatch, capsys, ROOT / "examples" / f"{name}.yaml")
    assert not {"DMA", "GRD", "VCT", "KNA", "PLW"} & {venue["iso3"] for venue in found["venues"][:20]}


def test_the_order_that_people_read_is_that_of_the_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    first = [venue["iso3"] for venue in ranking(monkeypatch, capsys, BRIEF)["venues"][:3]]
    assert run(monkeypatch, "venues", str(BRIEF), "--limit", "3", "--as-of", "2026-11-20") == 0
    text = capsys.readouterr().out
    assert first[0] == "RWA"
    assert text.index("Rwanda") < text.index("beside Rwanda")
    assert "accepted by North bank" in text


def constituted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> str:
    assert run(monkeypatch, "sources", "add", str(LIST), "--as-of", "2026-11-20") == 0
    assert run(monkeypatch, "constitute", str(BRIEF), "-o", "d", "--sealed", "--as-of", "2026-11-20") == 0
    capsys.readouterr()
    return str(next((home / "keys").glob("*.code")))


@pytest.mark.gate
def test_cases_are_shown_and_decided_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code = constituted(monkeypatch, capsys, home)
    assert run(monkeypatch, "record", "cases", "--key-file", code, "--json") == 0
    cases = json.loads(capsys.readouterr().out)["cases"]
    assert [(case["person"], case["entry"]) for case in cases] == [("A-01", "CFi.901"), ("B-01", "IRe.903")]
    same = ["--outcome", "the same", "--reason", "He said so", "--key-file", code]
    first = cases[0]["case"]

    def refused(*words: str) -> str:
        assert run(monkeypatch, "record", "decide", *words) == 2
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1
        return lines[0]

    assert "signed by two people" in refused(first, *same, "--consequence", "exclude", "--by", "Ana")
    assert "whether the person was asked" in refused(first, *same, "--consequence", "exclude", "--by", "Ana", "--by", "Ben")
    assert "--outcome should be one of" in refused(first, "--outcome", "maybe", "--reason", "x", "--by", "Ana", "--key-file", code)
    assert "is no case of this initiative; cases are: " in refused("deadbeef", *same, "--by", "Ana")
    both = ["--consequence", "exclude", "--by", "Ana", "--by", "Ben", "--asked", "asked", "--asked-note", "By telephone"]
    assert run(monkeypatch, "record", "decide", first, *same, *both) == 0
    capsys.readouterr()
    assert run(monkeypatch, "record", "cases", "--key-file", code) == 0
    still_open = capsys.readouterr().out
    assert "CFi.901" not in still_open
    assert run(monkeypatch, "record", "cases", "--all", "--key-file", code) == 0
    assert "Decided by Ana and Ben: the same; exclude. He said so" in capsys.readouterr().out
