"""`tracktwo panel`: its contract for programmes, what people read, and bad input in one sentence."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.warm import ENVIRONMENT, Warm

PEOPLE = """id,Side,Gender,Household
a,north,woman,h1
b,north,man,h1
c,north,woman,
d,south,man,
e,south,man,h2
f,south,woman,h2
"""
QUOTAS = """category,feature,min,max
side,North,2,2
side,South,2,2
gender,woman,2,3
"""
"""Invented people."""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8-sig")
    (tmp_path / "quotas.csv").write_text(QUOTAS, encoding="utf-8")
    return tmp_path


def run(command: Warm, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**ENVIRONMENT, "PATH": command.path}
    return subprocess.run([command.program, "panel", *words], cwd=folder, capture_output=True, text=True, check=False, env=environment)


def told(command: Warm, folder: Path, *words: str) -> dict[str, Any]:
    ran = run(command, folder, "people.csv", "quotas.csv", "--size", "4", "--json", *words)
    assert ran.returncode == 0, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def test_a_programme_reads_the_lottery_its_certificate_and_the_draw(files: Path, warm_command: Warm) -> None:
    answer = told(warm_command, files, "--seed", "17")
    assert (answer["format"], answer["status"], answer["size"], answer["conflict"]) == ("panel/1", "optimal", 4, [])
    assert answer["min_probability"] == min(answer["probabilities"].values()) == pytest.approx(2 / 3)
    assert answer["certificate"]["max_shortfall"] <= 1e-6
    assert sum(level["people"] for level in answer["certificate"]["levels"]) == 6
    assert [level["probability"] for level in answer["certificate"]["levels"]] == [pytest.approx(2 / 3)] * len(answer["certificate"]["levels"])
    assert sum(answer["certificate"]["duals"][0]["people"].values()) == pytest.approx(1)
    tickets = [ticket["ids"] for ticket in answer["lottery"]]
    assert tickets == sorted(map(sorted, tickets))
    assert sum(ticket["p"] for ticket in answer["lottery"]) == pytest.approx(1)
    mark, passed = int.from_bytes(hashlib.sha256(b"17").digest()) / 2**256, 0.0
    for ticket in answer["lottery"]:
        passed += ticket["p"]
        if mark < passed:
            break
    assert answer["draw"] == ticket["ids"]


@pytest.mark.parametrize("fairness", ["maximin", "nash"])
def test_other_fairness_is_given_on_request(files: Path, warm_command: Warm, fairness: str) -> None:
    answer = told(warm_command, files, "--fairness", fairness)
    assert (answer["fairness"], answer["status"]) == (fairness, "optimal")


def test_both_headers_and_people_without_ids_are_read(files: Path, warm_command: Warm) -> None:
    (files / "people.csv").write_text("\n".join(line.partition(",")[2] for line in PEOPLE.splitlines()) + "\n", encoding="utf-8")
    (files / "quotas.csv").write_text(QUOTAS.replace("category,feature", "feature,value"), encoding="utf-8")
    answer = told(warm_command, files)
    assert sorted(answer["probabilities"]) == ["0", "1", "2", "3", "4", "5"]


def test_pairs_apart_households_must_haves_and_people_left_out_are_kept_to(files: Path, warm_command: Warm) -> None:
    (files / "apart.csv").write_text("a,b,why\nc,d,a court case\n", encoding="utf-8")
    (files / "out.csv").write_text("id,ground,reason\na,travel,the exit ban of March\n", encoding="utf-8")
    answer = told(warm_command, files, "--apart", "apart.csv", "--one-of", "household", "--left-out", "out.csv", "--must", "b")
    assert answer["status"] == "infeasible"
    answer = told(warm_command, files, "--one-of", "household", "--must", "b")
    assert {frozenset(ticket["ids"]) for ticket in answer["lottery"]} == {frozenset("bcdf")}
    answer = told(warm_command, files, "--left-out", "out.csv")
    assert answer["left_out"] == [{"id": "a", "ground": "travel", "reason": "the exit ban of March"}]
    assert "a" not in answer["probabilities"]


def test_a_crossed_quota_counts_who_is_both(files: Path, warm_command: Warm) -> None:
    (files / "quotas.csv").write_text(f"{QUOTAS}side × gender,north × woman,0,1\n", encoding="utf-8")
    answer = told(warm_command, files)
    assert all(len({"a", "c"} & set(ticket["ids"])) <= 1 for ticket in answer["lottery"])


def test_impossible_quotas_name_the_smallest_set_and_the_least_relaxation(files: Path, warm_command: Warm) -> None:
    (files / "quotas.csv").write_text(QUOTAS.replace("woman,2,3", "woman,4,4"), encoding="utf-8")
    answer = told(warm_command, files)
    assert (answer["status"], answer["draw"], answer["lottery"]) == ("infeasible", [], [])
    assert [(one["category"], one["value"], one["bound"], one["is"], one["relax_to"]) for one in answer["conflict"]] == [
        ("gender", "woman", "min", 4, 3)
    ]
    ran = run(warm_command, files, "people.csv", "quotas.csv", "--size", "4")
    assert (ran.returncode, ran.stdout) == (
        0,
        "No panel keeps these rules together:\n- at least 4 with gender 'woman': would be possible with 3\n",
    )


def test_more_seats_than_people_name_the_size_and_how_many_there_could_be(files: Path, warm_command: Warm) -> None:
    ran = run(warm_command, files, "people.csv", "quotas.csv", "--size", "9", "--json")
    told_of = [(one["category"], one["bound"], one["is"], one["relax_to"]) for one in json.loads(ran.stdout)["conflict"]]
    assert told_of == [("size", "size", 9, 4)]


def test_quotas_are_named_as_their_table_spells_them(files: Path, warm_command: Warm) -> None:
    (files / "quotas.csv").write_text(QUOTAS.replace("side,North,2,2", "SIDE,North,5,5"), encoding="utf-8")
    assert ("SIDE", "North") in {(one["category"], one["value"]) for one in told(warm_command, files)["conflict"]}


def test_a_panel_is_mended_with_as_few_changes_as_can_be(files: Path, warm_command: Warm) -> None:
    (files / "out.csv").write_text("id,ground,reason\na,declined,her mother is ill\n", encoding="utf-8")
    before = [word for key in "abdf" for word in ("--before", key)]
    answer = told(warm_command, files, "--left-out", "out.csv", *before)
    assert (answer["joined"], answer["left"]) == (["c"], ["a"])
    assert answer["draw"] == ["b", "c", "d", "f"]


def test_people_read_levels_the_draw_reserves_and_a_commitment(files: Path, warm_command: Warm) -> None:
    nonce = "a secret of the team, long enough"
    ran = run(warm_command, files, "people.csv", "quotas.csv", "--size", "4", "--reserves", "2", "--nonce", nonce)
    assert ran.returncode == 0, ran.stderr
    assert "everybody has a chance of at least 66.6667%, Gini 0.0000; proven to 1e-09." in ran.stdout
    assert "\nReserves: " in ran.stdout
    assert len(ran.stdout.split("Commitment to the pool: ")[1].split()[0]) == 64
    assert nonce not in ran.stdout


@pytest.mark.parametrize(
    ("people", "quotas", "words", "sentence"),
    [
        ("", QUOTAS, (), "people.csv is empty: it needs a header row, and rows under it"),
        ("id,side\n", QUOTAS, (), "people.csv has a header but no people under it"),
        ("id,side\na,x\na,y\n", QUOTAS, (), "people.csv row 3, id: 'a' stands twice; give each person an id of its own"),
        ("id,side\n,x\n", QUOTAS, (), "people.csv row 2, id: is empty; every person needs an id"),
        ("id,side,side\na,x,y\n", QUOTAS, (), "people.csv row 1: the column 'side' stands twice; keep one"),
        ("id,side\na,x,y\n", QUOTAS, (), "people.csv row 2: 3 values for 2 columns; quote a cell that holds the separator"),
        (PEOPLE, "side,north\n", (), "quotas.csv row 1: the columns should be category, feature, min, max (or feature, value, min, max)"),
        (PEOPLE, "category,feature,min,max\n", (), "quotas.csv has a header but no quotas under it"),
        (
            PEOPLE,
            "category,feature,min,max\nage,old,1,2\n",
            (),
            "quotas.csv row 2, category: 'age' is no column of people.csv (columns: id, side, gender, household)",
        ),
        (PEOPLE, "category,feature,min,max\nside,north,two,3\n", (), "quotas.csv row 2, min: should be a whole number of people, not 'two'"),
        (PEOPLE, "category,feature,min,max\nside,north,3,2\n", (), "quotas.csv row 2: min 3 is more than max 2; exchange them"),
        (
            PEOPLE,
            "category,feature,min,max\nside × gender,north,1,2\n",
            (),
            "quotas.csv row 2: 2 attributes but 1 values; a crossed quota has as many of each",
        ),
        (PEOPLE, QUOTAS, ("--must", "z"), "--must names 'z', who stands not among the people of people.csv"),
        (
            PEOPLE,
            QUOTAS,
            ("--one-of", "clan"),
            "--one-of names 'clan', which is no column of people.csv (columns: id, side, gender, household)",
        ),
        (PEOPLE, QUOTAS, ("--apart", "nowhere.csv"), "nowhere.csv does not exist"),
        (PEOPLE, QUOTAS, ("--before", "z"), "--before names 'z', who stands not among the people of people.csv"),
        (PEOPLE, QUOTAS, ("--nonce", "short"), "--nonce should have at least 22 characters drawn at random, or the pool could be tried out"),
    ],
)
def test_bad_input_gets_one_sentence(tmp_path: Path, warm_command: Warm, people: str, quotas: str, words: tuple[str, ...], sentence: str) -> None:
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    (tmp_path / "quotas.csv").write_text(quotas, encoding="utf-8")
    ran = run(warm_command, tmp_path, "people.csv", "quotas.csv", "--size", "4", *words)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"tracktwo: {sentence}\n")


POOLS = {
    "sortition_algorithms_fixture": (("candidates.csv", "features.csv"), 22, 1 / 11, 0.1404),
    "boot_a_45": (("respondents.csv", "categories.csv"), 45, 0.118421, 0.1180),
}


@pytest.mark.parametrize("name", sorted(POOLS))
def test_public_pools_have_the_leximin_that_is_known_of_them(test_data: Path, tmp_path: Path, warm_command: Warm, name: str) -> None:
    files, size, least, gini = POOLS[name]
    folder = test_data / "panels" / name
    ran = run(warm_command, tmp_path, *(str(folder / file) for file in files), "--size", str(size), "--json")
    answer = json.loads(ran.stdout)
    assert (answer["status"], answer["min_probability"]) == ("optimal", pytest.approx(least, abs=1e-6))
    assert answer["gini"] == pytest.approx(gini, abs=5e-5)
