"""`tracktwo rooms`: its contract for programmes, what people read, and bad input in one sentence."""

from __future__ import annotations

import json
import subprocess
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

import pytest

from tests.warm import ENVIRONMENT, Warm

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "rooms"
PLAIN = ("people.csv", "--rooms", "3", "--rounds", "4", "--iterations", "200")
WHOLE = (*PLAIN, "--balance", "side,gender", "--apart", "apart.csv", "--interpreters", "interpreters.csv")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for path in EXAMPLE.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def run(command: Warm, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**ENVIRONMENT, "PATH": command.path}
    return subprocess.run([command.program, "rooms", *words], cwd=folder, capture_output=True, text=True, check=False, env=environment)


def answered(command: Warm, folder: Path, *words: str) -> dict[str, Any]:
    ran = run(command, folder, *words, "--json")
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def test_a_programme_reads_rounds_interpreters_bounds_and_violations(files: Path, warm_command: Warm) -> None:
    told = answered(warm_command, files, *WHOLE)
    assert told["format"] == "rooms/1"
    assert [[len(room) for room in held] for held in told["rounds"]] == [[4, 4, 4]] * 4
    met = {frozenset(both) for held in told["rounds"] for room in held for both in combinations(room, 2)}
    assert told["pairs_met"] == len(met)
    assert told["bound_simple"] == min(comb(12, 2) - 2, 4 * 3 * comb(4, 2))
    assert told["pairs_met"] <= told["bound"] <= told["bound_simple"]
    assert {frozenset(both) for both in told["not_met"]} == {
        frozenset(both)
        for both in combinations(told["meetings"], 2)
        if frozenset(both) not in met and both not in (("U-02", "L-02"), ("U-06", "L-04"))
    }
    assert set(told["violations"].values()) == {0}
    assert set(told["violations"]) >= {"quota_deviation", "no_contact", "language_path", "interpreter_double_use", "interpreter_acceptance"}
    assert (told["reproducible"], told["infeasible"], told["moves"]) == (True, [], None)
    assert all("I-3" not in held for held in told["interpreters"]), "the lower bank refuses I-3, and sits in every room"


def test_the_same_steps_print_the_same_bytes_and_seconds_do_not_promise_it(files: Path, warm_command: Warm) -> None:
    assert run(warm_command, files, *WHOLE, "--json").stdout == run(warm_command, files, *WHOLE, "--json").stdout
    assert not answered(warm_command, files, *WHOLE[:5], "--seconds", "0.1")["reproducible"]


def test_after_a_drop_out_the_rounds_held_stay_and_moves_are_listed(files: Path, warm_command: Warm) -> None:
    before = run(warm_command, files, *WHOLE, "--json").stdout
    (files / "plan.json").write_text(before, encoding="utf-8")
    told = answered(warm_command, files, *WHOLE, "--before", "plan.json", "--held", "2", "--away", "away.csv")
    assert told["rounds"][:2] == json.loads(before)["rounds"][:2]
    assert all("U-03" not in room for held in told["rounds"][2:] for room in held)
    assert set(told["violations"].values()) == {0}
    assert len(told["moves"]) <= 4
    assert all(set(move) == {"id", "round", "from", "to"} for move in told["moves"])


def test_who_left_without_a_row_is_asked_for_where_a_round_with_him_is_over(files: Path, warm_command: Warm) -> None:
    (files / "plan.json").write_text(run(warm_command, files, *PLAIN, "--json").stdout, encoding="utf-8")
    people = (files / "people.csv").read_text(encoding="utf-8").splitlines()
    (files / "people.csv").write_text("\n".join(people[:-1]) + "\n", encoding="utf-8")
    ran = run(warm_command, files, *PLAIN, "--before", "plan.json", "--held", "1")
    assert (ran.returncode, ran.stderr) == (
        2, "tracktwo: 'L-06' sat in round 1, which is over; keep the row of who left, and give the rounds missed with --away\n",
    )  # fmt: skip
    assert answered(warm_command, files, *PLAIN, "--before", "plan.json")["violations"]["seats"] == 0


def test_a_plan_edited_by_hand_is_checked_and_not_changed(files: Path, warm_command: Warm) -> None:
    plan = answered(warm_command, files, *WHOLE)
    first, second = plan["rounds"][0][:2]
    first[0], second[0] = second[0], first[0]
    plan["interpreters"][0] = ["I-1", "I-1", None]
    (files / "edited.json").write_text(json.dumps(plan), encoding="utf-8")
    told = answered(warm_command, files, *WHOLE, "--check", "edited.json")
    assert told["rounds"] == plan["rounds"]
    assert told["violations"]["interpreter_double_use"] == 1
    assert "Round 1: I-1 interprets in 2 rooms at once." in told["broken"]


def test_what_cannot_hold_together_is_an_answer_that_names_people_and_rules(files: Path, warm_command: Warm) -> None:
    (files / "pins.csv").write_text("id,round,room\nU-02,1,1\nL-02,1,1\n", encoding="utf-8")
    ran = run(warm_command, files, *WHOLE, "--pinned", "pins.csv")
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[0] == (
        "CANNOT HOLD: Round 1: these cannot hold together: L-02 and U-02 must not meet; L-02 is pinned to room 1; U-02 is pinned to room 1. "
        "Without any one of these the rest can be kept."
    )
    told = answered(warm_command, files, *WHOLE, "--pinned", "pins.csv")
    assert told["violations"]["no_contact"] + told["violations"]["pins"] > 0
    assert [rule["rule"] for rule in told["infeasible"][0]["rules"]] == ["apart", "pin", "pin"]


def test_groups_without_languages_are_planned_and_that_is_said(files: Path, warm_command: Warm) -> None:
    (files / "people.csv").write_text("side\n" + "N\nS\n" * 4, encoding="utf-8")
    ran = run(warm_command, files, "people.csv", "--rooms", "2", "--rounds", "2", "--balance", "side", "--iterations", "50", "--json")
    assert "no languages are known" in ran.stderr
    told = json.loads(ran.stdout)
    assert sorted(told["rounds"][0][0] + told["rounds"][0][1]) == [str(number) for number in range(8)]
    assert told["languages_checked"] is False


def test_facilitators_come_from_a_file_or_a_column_and_rooms_may_be_uneven(files: Path, warm_command: Warm) -> None:
    (files / "facilitators.csv").write_text("id,languages\nF-1,ar;fr;en\nF-2,ar;fr;en\nF-3,ar;fr;en\n", encoding="utf-8")
    told = answered(warm_command, files, *PLAIN, "--interpreters", "interpreters.csv", "--facilitators", "facilitators.csv", "--sizes", "6,4,2")
    assert [len(room) for room in told["rounds"][0]] == [6, 4, 2]
    assert all(sorted(key for room in held for key in room) == ["F-1", "F-2", "F-3"] for held in told["facilitators"])
    ran = run(warm_command, files, *PLAIN, "--facilitators", "gender")
    assert (ran.returncode, ran.stderr) == (2, "tracktwo: people.csv row 2, gender: should be yes or no, not 'f'\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--balance", "age"), "people.csv row 1: there is no column 'age' to balance; the columns are id, side, gender, languages"),
        (("--sizes", "4,x,4"), "--sizes should be the places of each room, such as 10,8,6, not '4,x,4'"),
        (("--sizes", "4,4"), "people.csv: there are 2 sizes for 3 rooms"),
        (("--level", "B3"), "--level should be one of A1, A2, B1, B2, C1, C2, native, not 'B3'"),
        (
            ("--facilitators", "nobody"),
            "--facilitators 'nobody' is neither a file nor a column of people.csv, whose columns are id, side, gender, languages",
        ),
        (("--held", "1"), "--held says how many rounds of --before are over; give --before too"),
        (("--apart", "nowhere.csv"), "nowhere.csv does not exist"),
        (("--before", "people.csv"), "people.csv is no JSON"),
        (("--interpreters", "people.csv"), "people.csv: 'U-01' stands twice among people, interpreters and facilitators"),
    ],
    ids=["balance", "sizes", "rooms", "level", "facilitators", "held", "apart", "before", "interpreters"],
)
def test_bad_input_is_told_in_one_sentence(files: Path, warm_command: Warm, words: tuple[str, ...], said: str) -> None:
    ran = run(warm_command, files, *PLAIN, *words)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"tracktwo: {said}")
    assert ran.stderr.count("\n") == 1
