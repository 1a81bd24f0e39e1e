"""`tracktwo roster`: what a roster leaves open, and who may stand on it twice."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.warm import ENVIRONMENT, Warm

BRIEF = """title: Two towns
countries: [Mali]
sides: [{id: upper, name: Upper town}, {id: lower, name: Lower town}]
parties: [{name: One, side: upper}, {name: Two, side: lower}]
invited: [{name: Zubair Qalandari, sides: [upper], fictional: true}]
"""
ROSTER = "name,sides,gender\nزبير قلندري,upper,man\nInvented Second,lower,woman\nInvented  second,lower,\n"
"""Invented people."""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "brief.yaml").write_text(BRIEF, encoding="utf-8")
    (tmp_path / "people.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def run(command: Warm, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**ENVIRONMENT, "PATH": command.path}
    return subprocess.run([command.program, "roster", *words], cwd=folder, capture_output=True, text=True, check=False, env=environment)


def test_likenesses_are_offered_across_scripts_and_with_whom_the_brief_names(files: Path, warm_command: Warm) -> None:
    ran = run(warm_command, files, "brief.yaml", "people.csv", "--json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert (told["format"], told["people"], told["sides"]) == ("roster/1", 3, {"upper": 1, "lower": 2})
    assert (told["not_said"]["gender"], told["not_said"]["data_consent"]) == (1, 3)
    assert {frozenset(pair.values()) for pair in told["may_be_one"]} == {
        frozenset({"زبير قلندري", "Zubair Qalandari"}),
        frozenset({"Invented  second", "Invented Second"}),
    }


def test_people_read_what_is_not_said_of_how_many(files: Path, warm_command: Warm) -> None:
    ran = run(warm_command, files, "brief.yaml", "people.csv")
    assert ran.stdout.startswith("3 people on people.csv.\n- gender: not said of 1\n- region: not said of 3\n")
    assert "May be one person: زبير قلندري and Zubair Qalandari\n" in ran.stdout


def test_a_roster_with_a_side_that_nobody_declared_is_refused_in_a_sentence(files: Path, warm_command: Warm) -> None:
    (files / "people.csv").write_text("name,sides\nInvented,nowhere\n", encoding="utf-8")
    ran = run(warm_command, files, "brief.yaml", "people.csv")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("tracktwo: people.csv row 2: names the side 'nowhere', which the brief does not declare")
