"""The verbs of lists: which snapshots are kept, and what changed between two, as words and as JSON alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sources.tables import DOWNLOADS
from tests.test_cli import run
from tracktwo.cli.lists import _SHOWN

UN, LATER = DOWNLOADS / "un_consolidated.xml", DOWNLOADS / "un_consolidated_a_week_later.xml"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A home with two snapshots of the UN list."""
    monkeypatch.setenv("TRACKTWO_HOME", str(tmp_path / "home"))
    for path in (UN, LATER):
        assert run(monkeypatch, "sources", "add", str(path), "--as-of", "2026-11-26") == 0
    capsys.readouterr()
    return tmp_path / "home"


@pytest.mark.usefixtures("kept")
def test_each_snapshot_is_shown_with_its_day_and_whether_it_is_old(monkeypatch, capsys):
    assert run(monkeypatch, "lists", "show", "--as-of", "2026-11-26", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["format"], told["as_of"]) == ("lists/1", "2026-11-26")
    assert [(one["snapshot"], one["state"], one["entries"]) for one in told["lists"]] == [("un@2026-11-25", "ready", 3), ("un@2026-11-18", "old", 3)]


def test_who_keeps_no_list_is_told_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TRACKTWO_HOME", str(tmp_path / "nothing"))
    assert run(monkeypatch, "lists", "show") == 0
    assert "You keep no list" in capsys.readouterr().out


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("named", [("un@2026-11-18", "un@2026-11-25"), (str(UN), str(LATER)), (str(UN), "un@2026-11-25")])
def test_two_snapshots_are_compared_as_files_or_as_they_are_kept(monkeypatch, capsys, named):
    assert run(monkeypatch, "lists", "compare", *named, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "list-changes/1"
    assert [one["id"] for one in told["added"]] == ["CFi.904"]
    assert [(one["id"], one["name"]) for one in told["no_longer_listed"]] == [("CDi.902", "ADÈLE INVENTÉE MBAYE")]
    assert {one["id"]: one["fields"] for one in told["changed"]} == {"CFi.901": ["births"], "IRe.903": ["notes: COMMENTS1"]}
    assert (told["old"]["as_of"], told["new"]["as_of"], told["unchanged"]) == ("2026-11-18", "2026-11-25", 0)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("named", "said"),
    [
        (("un@2026-11-25", "un@2026-11-18"), "give the older one first"),
        (("un@2026-01-01", "un@2026-11-18"), "you keep no snapshot un@2026-01-01; kept: un@2026-11-25, un@2026-11-18"),
        (("nowhere.xml", "un@2026-11-18"), "nowhere.xml does not exist"),
    ],
)
def test_what_cannot_be_compared_is_told_in_one_sentence(monkeypatch, capsys, named, said):
    assert run(monkeypatch, "lists", "compare", *named) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert said in printed.err


@pytest.mark.usefixtures("kept")
def test_an_entry_is_shown_whole_with_what_its_regime_means(monkeypatch, capsys):
    assert run(monkeypatch, "lists", "entry", "un@2026-11-25", "CFi.901", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["format"], told["list"]["key"]) == ("list-entry/1", "un")
    (entry,) = told["entries"]
    assert [name["strength"] for name in entry["names"]].count("weak") == 1
    assert {"first": "1969-01-01", "last": "1972-12-31", "circa": True} in entry["births"]
    assert [(row["law_lists"], row["measures"]) for row in entry["regimes"]] == [(["UN-SC2127"], ["asset-freeze", "funds-ban", "travel-ban"])]
    assert entry["without_row"] == []
    assert run(monkeypatch, "lists", "entry", "un@2026-11-25", "CFi.901") == 0
    words = capsys.readouterr().out
    assert "Name, weak: Le Colonel" in words
    assert "Born: circa 1969-01-01 to 1972-12-31" in words
    assert "its renewal was not seen" in words


def test_an_entry_that_is_not_there_and_a_programme_without_a_row_are_told(tmp_path, monkeypatch, capsys):
    path = tmp_path / "ours.csv"
    path.write_text("name,aliases,birth_date,list,as_of,programme\nNobody,,,L,2026-11-25,Clause 7\n")
    assert run(monkeypatch, "lists", "entry", str(path), "1") == 0
    assert "Clause 7: what follows from it is not in the table of regimes" in capsys.readouterr().out
    assert run(monkeypatch, "lists", "entry", str(path), "2") == 2
    assert "ours.csv has no entry 2" in capsys.readouterr().err


def test_many_changes_are_named_with_all_only(tmp_path, monkeypatch, capsys):
    rows = [f"Nobody {number},,,L,2026-11-25" for number in range(_SHOWN + 5)]
    for name, text in (("old.csv", rows[:1]), ("new.csv", rows)):
        (tmp_path / name).write_text("\n".join(["name,aliases,birth_date,list,as_of", *text]))
    assert run(monkeypatch, "lists", "compare", str(tmp_path / "old.csv"), str(tmp_path / "new.csv")) == 0
    short = capsys.readouterr().out
    assert "New: 24" in short
    assert "and 4 more; --all names them" in short
    assert run(monkeypatch, "lists", "compare", str(tmp_path / "old.csv"), str(tmp_path / "new.csv"), "--all") == 0
    assert f"Nobody {_SHOWN + 4}" in capsys.readouterr().out


@pytest.mark.usefixtures("kept")
def test_the_list_of_sources_shows_the_newest_snapshot_and_the_earlier_ones(monkeypatch, capsys):
    assert run(monkeypatch, "sources", "list", "--as-of", "2026-11-26", "--json") == 0
    states = {one["name"]: one["state"] for one in json.loads(capsys.readouterr().out)["sources"] if one["name"].startswith("lists")}
    assert states == {"lists/un": "ready", "lists/un@2026-11-18": "old"}
