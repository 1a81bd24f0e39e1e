"""The verb `culture`: JSON alone, one sentence for bad input, and no name of a person or of a contested practice among its proposals."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path

import pytest

from tests.making import ROOT
from tests.test_cli import here, run  # noqa: F401 (the fixture is used by name)
from tracktwo.library.culture import load_contested
from tracktwo.methods.culture import names

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.usefixtures("here")
def test_with_json_the_ladder_stands_alone_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: Path, language: str
) -> None:
    assert run(monkeypatch, "culture", str(path), "--as-of", "2026-11-26", "--language", language, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["format"], told["as_of"]) == ("culture/1", "2026-11-26")
    assert told["proposals"][0]["rung"] == told["starts_at"]
    assert any(proposal["rung"] == "e" for proposal in told["proposals"])
    for proposal in told["proposals"]:
        assert all(proposal[key] for key in ("what", "why", "evidence", "cautions", "hosted_by", "sources"))
    if path.stem == "armenia-azerbaijan":
        words = [word for row in load_contested() if {"ARM", "AZE"} <= set(row.parties) for word in row.words]
        assert told["left_out"]
        assert not names(words, json.dumps(told["proposals"], ensure_ascii=False))


def test_the_same_brief_gets_the_same_answer_in_plain_words(
    here: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = []
    for _ in range(2):
        assert run(monkeypatch, "culture", "good.yaml", "--as-of", "2026-11-26") == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert "Sport in mixed teams" in printed[0]


@pytest.mark.parametrize(
    ("words", "telling"),
    [(["--language", "xx"], "--language should be one of"), (["--as-of", "yesterday"], "--as-of should be a day")],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_used_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], telling: str
) -> None:
    assert run(monkeypatch, "culture", "good.yaml", *words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert telling in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.usefixtures("here")
def test_a_person_who_is_named_in_what_a_side_offers_leaves_as_a_code(
    here: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = "sides: [{id: up, name: Up}, {id: down, name: Down}]\ninvited: [{name: Zebrina Quagga, sides: [up]}]\n"
    practice = "shared_practices: [{what: Songs of Zebrina Quagga, practised_by: [up, down], source: {title: A record}}]\n"
    (here / "named.yaml").write_text((here / "good.yaml").read_text() + people + practice, encoding="utf-8")
    assert run(monkeypatch, "culture", "named.yaml") == 0
    printed = capsys.readouterr().out
    assert "Songs of A-01" in printed
    assert "Zebrina" not in printed


def _between(folder: Path, one: str, other: str) -> Path:
    """A brief of two sides, each of one state of its own, who invite three people on either side."""
    sides = f"sides: [{{id: one, name: First side}}, {{id: other, name: Second side}}]\ncountries: [{one}, {other}]\n"
    parties = f"parties: [{{name: First party, side: one, country: {one}}}, {{name: Second party, side: other, country: {other}}}]\n"
    path = folder / "between.yaml"
    path.write_text(f"title: Two states\nwritten: 2026-11-01\n{sides}{parties}wish: {{starts: 2027-03-01}}\n", encoding="utf-8")
    return path


PAIRS = sorted({pair for row in load_contested() for a, b in combinations(row.camps, 2) for pair in product(a, b)})
"""Every two countries that claim a practice of the table against each other."""


def _proposes_nothing_contested(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, pair: tuple[str, str]) -> int:
    """Ask the verb for two states and look for every contested practice of theirs; how many were looked for."""
    assert run(monkeypatch, "culture", str(_between(folder, *pair)), "--as-of", "2026-11-26", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    rows = [row for row in load_contested() if sum(bool(set(pair) & set(camp)) for camp in row.camps) >= 2]
    said = json.dumps(told["proposals"], ensure_ascii=False)
    for row in rows:
        assert not names(row.words, said), (pair, row.slug)
        assert not {number for proposal in told["proposals"] for number in proposal["elements"]} & set(row.ich_ids), (pair, row.slug)
    assert len(told["left_out"]) >= len(rows) > 0
    return len(rows)


@pytest.mark.parametrize("pair", [("ARM", "AZE"), ("PRK", "KOR"), ("DZA", "MAR"), ("GRC", "TUR")], ids="-".join)
def test_no_contested_practice_is_proposed_to_two_who_claim_it(
    here: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pair: tuple[str, str],
) -> None:
    assert tuple(sorted(pair)) in {tuple(sorted(each)) for each in PAIRS}
    _proposes_nothing_contested(monkeypatch, capsys, here, pair)


@pytest.mark.gate
def test_contested_practices_at_the_command_line(
    here: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    figure: Callable[[str], None],
) -> None:
    looked = sum(_proposes_nothing_contested(monkeypatch, capsys, here, pair) for pair in PAIRS)
    rows = {row.slug for row in load_contested()}
    figure(f"{len(PAIRS)} pairs of claimants over all {len(rows)} rows of the table, {looked} practices looked for, 0 proposed")
    assert len(rows) == 30


DISHES = "dish,ingredients\nLamb stew,lamb; onions\nFerryman's pie,chicken; butter; wheat flour\nZebrina's salad,lentils; parsley\n"
EATERS = (
    "sides: [{id: up, name: Up}, {id: down, name: Down}]\n"
    "invited: [{name: Zebrina Quagga, sides: [up], diets: [vegan]}, {name: Ada Okapi, sides: [down], diets: [halal]}]\n"
)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_menu_is_checked_against_everybodys_diet(
    here: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
) -> None:
    (here / "menu.csv").write_text(DISHES, encoding="utf-8")
    (here / "eaters.yaml").write_text((here / "good.yaml").read_text() + EATERS, encoding="utf-8")
    assert run(monkeypatch, "culture", "eaters.yaml", "--menu", "menu.csv", "--language", language, "--json") == 0
    checked = json.loads(capsys.readouterr().out)["menu"]["checked"]
    found = [(one["dish"], one["food"], one["diet"], one["number"], one["code"]) for one in checked if "dish" in one]
    assert found == [
        ("Ferryman's pie", "poultry", "halal", 1, "not-certified"),
        ("Ferryman's pie", "dairy", "vegan", 1, "not-eaten"),
        ("Ferryman's pie", "poultry", "vegan", 1, "not-eaten"),
        ("Lamb stew", "other_meat", "halal", 1, "not-certified"),
        ("Lamb stew", "other_meat", "vegan", 1, "not-eaten"),
    ]
    assert [one["food"] for one in checked if one["code"] == "leave-out"] == ["other_meat", "poultry", "dairy"]
    assert all(one["says"] for one in checked)
    assert "Zebrina" not in json.dumps(checked)


@pytest.mark.usefixtures("here")
def test_a_menu_that_cannot_be_read_is_told_in_one_sentence(
    here: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (here / "menu.csv").write_text("dish,ingredients\nSoup,\n", encoding="utf-8")
    assert run(monkeypatch, "culture", "good.yaml", "--menu", "menu.csv") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "tracktwo: menu.csv, row 2: ingredients are missing; write both\n"


@pytest.mark.usefixtures("here")
def test_every_proposal_tells_its_moment_and_the_size_of_its_group(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "culture", "good.yaml", "--json") == 0
    for proposal in json.loads(capsys.readouterr().out)["proposals"]:
        assert set(proposal["moments"]) <= {"break", "meal", "evening", "closing", "excursion"}
        assert proposal["moments"]
        assert proposal["group_size"][0] <= proposal["group_size"][1]
        assert proposal["moment"]
