"""`tracktwo screen`: its contract for programmes, what people read, and bad input in one sentence."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.warm import ENVIRONMENT, Warm
from tracktwo.model.listing import Hit, ListedEntry, ListedName, ListSnapshot, Sought
from tracktwo.second_opinion import NoSecondOpinion, second_opinions
from tracktwo.second_opinion.asking import as_entity

ROSTER = """id,name,other_names,birth_date,nationality,affiliations
A-01,Zoubir Qalandari,زبير قلندري,1970-05,Iraq,
A-02,Quiet Person,,,NO,Brigade of the Tall Cedars
A-03,Nobody Inparticular,,1980,FR,
"""
LIST = """name,aliases,birth_date,list,as_of
"QALANDARI, Zubair",,1970-05-06,A list of this test,2026-11-01
BRIGADE OF THE TALL CEDARS,,,A list of this test,2026-11-01
"""
"""Invented people and an invented organisation."""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def run(command: Warm, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**ENVIRONMENT, "PATH": command.path}
    return subprocess.run([command.program, "screen", *words], cwd=folder, capture_output=True, text=True, check=False, env=environment)


def test_a_programme_reads_lists_people_and_hits(files: Path, warm_command: Warm) -> None:
    ran = run(warm_command, files, "roster.csv", "--list", "list.csv", "--json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["format"] == "screening/1"
    ((one),) = told["lists"]
    assert (one["file"], one["as_of"], one["entries"]) == ("list.csv", "2026-11-01", 2)
    assert [person["id"] for person in told["people"]] == ["A-01", "A-02", "A-03"]
    first, second, third = (person["hits"] for person in told["people"])
    assert [(hit["name"], hit["through"], hit["band"]) for hit in first] == [("QALANDARI, Zubair", "name", "likely")]
    assert {clue["code"] for clue in first[0]["evidence"]} >= {"clue.birth-same-month"}
    assert [(hit["name"], hit["through"]) for hit in second] == [("BRIGADE OF THE TALL CEDARS", "affiliation")]
    assert third == []


def test_a_person_reads_no_match_with_the_lists_and_their_days_and_never_that_somebody_is_clear(files: Path, warm_command: Warm) -> None:
    ran = run(warm_command, files, "roster.csv", "--list", "list.csv", "--as-of", "2026-11-27")
    assert ran.returncode == 0, ran.stderr
    (line,) = [line for line in ran.stdout.splitlines() if line.startswith("A-03")]
    assert "no match in" in line
    assert "2026-11-01" in line
    assert "clear" not in ran.stdout.lower()
    assert "OLD, 26 days" in ran.stdout
    assert "LIKELY" in ran.stdout
    assert "Zoubir ~ Zubair" in ran.stdout


def test_a_name_that_is_not_read_is_told_and_not_called_no_match(files: Path, warm_command: Warm) -> None:
    rows = "B-01,አበበ ቢቂላ,,,,\nB-02,Abebe Bikila,አበበ ቢቂላ,,,\nB-03,One Person and Another Person,,,,\n"
    (files / "roster.csv").write_text(f"id,name,other_names,birth_date,nationality,affiliations\n{rows}", encoding="utf-8")
    ran = run(warm_command, files, "roster.csv", "--list", "list.csv")
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    (first,) = [line for line in lines if line.startswith("B-01")]
    (second,) = [line for line in lines if line.startswith("B-02")]
    assert "NOT READ" in first
    assert "no match" not in first
    assert "no match" in second
    assert sum("not read: 'አበበ ቢቂላ', in Ethiopic script" in line for line in lines) == 2
    assert "B-03: 'One Person and Another Person' may be several people" in ran.stderr
    told = json.loads(run(warm_command, files, "roster.csv", "--list", "list.csv", "--json").stdout)
    assert [[one["script"] for one in person["unread"]] for person in told["people"]] == [["Ethiopic"], ["Ethiopic"], []]


def test_compressed_files_are_read(files: Path, warm_command: Warm) -> None:
    for name in ("roster", "list"):
        (files / f"{name}.csv.gz").write_bytes(gzip.compress((files / f"{name}.csv").read_bytes()))
    plain = json.loads(run(warm_command, files, "roster.csv", "--list", "list.csv", "--json").stdout)
    packed = json.loads(run(warm_command, files, "roster.csv.gz", "--list", "list.csv.gz", "--json").stdout)
    assert packed["people"] == plain["people"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.csv", "--list", "list.csv"], "nowhere.csv does not exist"),
        (["roster.csv", "--list", "nowhere.xml"], "nowhere.xml does not exist"),
        (["roster.csv", "--list", "roster.csv"], "roster.csv is none of the lists"),
        (["roster.csv"], "--list"),
        (["list.csv", "--list", "list.csv"], "there is no column 'id'"),
        (["roster.csv", "--list", "list.csv", "--list", "list.csv"], "give each list once"),
        (["roster.csv", "--list", "list.csv", "--as-of", "yesterday"], "--as-of"),
    ],
)
def test_bad_input_is_told_in_one_sentence(files: Path, warm_command: Warm, words: list[str], said: str) -> None:
    ran = run(warm_command, files, *words, "--json")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert said in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


HIT = Hit("own:test", "1", "Zubair Qalandari", "Zoubir Qalandari", "name", 0.9, "likely")
SNAPSHOT = ListSnapshot("own:test", "Nobody", "test", "list.csv", date(2026, 11, 1), (ListedEntry("1", "person", (ListedName("Zubair Qalandari"),)),))


def test_without_the_extra_the_second_opinion_says_how_to_install_it(files: Path, warm_command: Warm) -> None:
    ran = run(warm_command, files, "roster.csv", "--list", "list.csv", "--second-opinion")
    assert ran.returncode == 2
    assert "pip install 'tracktwo[screening]'" in ran.stderr
    assert "Traceback" not in ran.stderr


def interpreter(folder: Path, program: str) -> str:
    """Something that is started like an interpreter and runs this program instead of the module."""
    path = folder / "python"
    path.write_text(f"#!{sys.executable}\n{program}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_second_opinion_is_asked_pair_by_pair_over_pipes(tmp_path: Path) -> None:
    program = (
        "import json, sys\nfor line in sys.stdin:\n    asked = json.loads(line)\n"
        "    names = [asked[side]['properties']['name'][0] for side in ('sought', 'listed')]\n"
        "    print(json.dumps({'matcher': 'echo', 'score': 0.5, 'detail': ' and '.join(names)}))"
    )
    found = second_opinions([Sought("A-01", ("Zoubir Qalandari",))], [SNAPSHOT], [[HIT]], python=interpreter(tmp_path, program))
    assert found["A-01", "own:test", "1"].detail == "Zoubir Qalandari and Zubair Qalandari"


@pytest.mark.parametrize(
    ("program", "said"), [("raise SystemExit(2)", "is not installed"), ("print('{}')\nraise SystemExit(1)", "stopped"), ("", "stopped")]
)
def test_a_second_matcher_that_fails_is_told_in_one_sentence(tmp_path: Path, program: str, said: str) -> None:
    with pytest.raises(NoSecondOpinion, match=said):
        second_opinions([Sought("A-01", ("Zoubir Qalandari",))], [SNAPSHOT], [[HIT]], python=interpreter(tmp_path, program))


def test_nothing_is_asked_where_nothing_was_found(tmp_path: Path) -> None:
    assert second_opinions([Sought("A-01", ("Zoubir Qalandari",))], [SNAPSHOT], [[]], python=str(tmp_path / "nowhere")) == {}


def test_only_a_person_has_a_birth_date() -> None:
    assert "birthDate" not in as_entity("Organization", ("Tall Cedars",), countries=("LBN",))["properties"]
