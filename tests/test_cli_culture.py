"""The verb `culture`: JSON alone, one sentence for bad input, and no name of a person or of a contested practice among its proposals."""

from __future__ import annotations

import json
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
