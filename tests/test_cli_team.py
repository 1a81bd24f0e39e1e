"""`tracktwo team`: ranked teams with their reasons, and bad input in one sentence."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.warm import ENVIRONMENT, Warm

ROOT = Path(__file__).resolve().parent.parent
ASKED = "--seat facilitator=2 --seat interpreter=1 --speaks ar --speaks fr --knows water --side upper --side lower".split()
WHEN = ("--country", "Tunisia", "--from", "2027-03-08", "--days", "5")

COLUMNS = "id, roles, competences, sides, interests, accepted_by, refused_by, gender, region, languages, nationalities, free, engaged, may_be_asked"
LEVELS = "A1, A2, B1, B2, C1, C2, native"


def run(command: Warm, roster: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**ENVIRONMENT, "PATH": command.path}
    arguments = [command.program, "team", str(roster), *words]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, env=environment)


def told(command: Warm, *words: str) -> dict[str, Any]:
    ran = run(command, ROOT / "examples" / "team" / "roster.csv", *ASKED, *WHEN, *words, "--json")
    assert ran.returncode == 0, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def test_teams_come_in_order_each_with_why_it_is_not_the_first(warm_command: Warm) -> None:
    answer = told(warm_command)
    assert answer["format"] == "team/1"
    assert [[member["id"] for member in one["members"]] for one in answer["teams"]][:2] == [["R-01", "R-03", "R-05"], ["R-01", "R-02", "R-05"]]
    assert answer["teams"][0]["after_the_first_because"] is None
    assert answer["teams"][1]["after_the_first_because"] == "from other work without rest: R-02"
    assert answer["barred"] == {"R-06": ["refused"], "R-07": ["no seat"], "R-08": ["not asked", "away"]}


def test_after_a_refusal_the_first_team_has_the_next_best_in_the_empty_seat(warm_command: Warm) -> None:
    answer = told(warm_command, "--accepted", "R-01", "--declined", "R-03", "--teams", "1")
    assert [member["id"] for member in answer["teams"][0]["members"]] == ["R-01", "R-02", "R-05"]


def test_a_roster_that_cannot_fill_a_seat_says_which(warm_command: Warm) -> None:
    ran = run(warm_command, ROOT / "examples" / "team" / "roster.csv", "--seat", "logistics")
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (0, "No team of 1 can be made of this roster: too few people for logistics.")


@pytest.mark.parametrize(
    ("roster", "words", "sentence"),
    [
        ("id,roles\n", (), "roster.csv needs a header row with 'id', and one row a person"),
        ("name,roles\na,b\n", (), f"roster.csv row 1: 'name' is no column of a roster of experts; columns are {COLUMNS}"),
        ("roles\nfacilitator\n", (), "roster.csv row 1: there is no column 'id'; give each person one, such as R-01"),
        ("id,id\na,b\n", (), "roster.csv row 1: the column 'id' stands twice; keep one"),
        ("id,roles\na,\na,\n", (), "roster.csv row 3, id: 'a' stands twice; give each person an id of its own"),
        ("id,languages\na,fr:good\n", (), f"roster.csv row 2, languages: should be a tag and one of {LEVELS}, such as fr:C1, not 'fr:good'"),
        ("id,free\na,March\n", (), "roster.csv row 2, free: should be spans such as 2027-03-01 to 2027-03-31, not 'March'"),
        ("id,free\na,2027-03-05 to 2027-03-01\n", (), "roster.csv row 2, free: '2027-03-05 to 2027-03-01' ends before it begins; exchange the days"),
        ("id,may_be_asked\na,perhaps\n", (), "roster.csv row 2, may_be_asked: should be yes or no, not 'perhaps'"),
        ("id\na\n", ("--seat", "expert=none"), "--seat should be a role and how many, such as facilitator=2, not 'expert=none'"),
        ("id\na\n", ("--seat", "expert=9"), "--seat asks for 10 people; a team has at most 8"),
        ("id\na\n", ("--from", "soon"), "--from should be a day of the calendar written YYYY-MM-DD, not 'soon'"),
        ("id\na\n", ("--declined", "z"), "--declined names 'z', who stands not on roster.csv"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence(tmp_path: Path, warm_command: Warm, roster: str, words: tuple[str, ...], sentence: str) -> None:
    (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
    ran = run(warm_command, tmp_path / "roster.csv", "--seat", "facilitator", *words)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"tracktwo: {sentence}\n")
