"""The benchmarks measure what they say: right is right, a hidden case is hidden, and a process did its work."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import constitute, countries, culture, prayer, retrieval
from tracktwo.library.cases import load_cases

pytestmark = pytest.mark.gate


@pytest.fixture(autouse=True)
def from_the_checkout(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))


def test_the_peak_memory_of_a_process_is_told_in_bytes(tmp_path: Path) -> None:
    assert 10 * 2**20 < constitute.run(["--version"], tmp_path) < 2**30


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        constitute.run(["constitute", str(tmp_path / "nowhere.yaml"), "-o", str(tmp_path / "dossier")], tmp_path / "compiled")


def test_only_a_warm_run_finds_the_modules_of_the_run_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    kept: list[Path] = []
    ran = constitute.run

    def run(words: list[str], compiled: Path) -> int:
        kept.append(compiled)
        assert not list(compiled.rglob("countries.*.pyc")) or compiled == warm.compiled
        peak = ran(["--version"], compiled)
        assert len(list(compiled.rglob("countries.*.pyc"))) == 1
        return peak

    monkeypatch.setattr(constitute, "run", run)
    for name in ("warm", "cold"):
        (tmp_path / name).mkdir()
    warm, cold = constitute.Constitute(tmp_path / "warm", cold=False), constitute.Constitute(tmp_path / "cold", cold=True)
    for work in (warm, cold, warm, cold):
        work()
    assert kept[0] == kept[2] == warm.compiled
    assert len({*kept}) == 3


def test_refusing_what_is_no_single_country_is_right_and_refusing_a_country_is_not() -> None:
    names = [countries.Named("Mali", "MLI"), countries.Named("Chad", "TCD"), countries.Named("Niger", "NER"), countries.Named("Azores", None)]
    answers = {"Mali": "MLI", "Chad": "ROU", "Niger": None, "Azores": None}
    assert countries.score(answers.get, names) == countries.Score(right=2, wrong=1, refused=1)


def test_a_destination_on_which_resolvers_differ_must_be_judged(tmp_path: Path) -> None:
    (tmp_path / countries.ADVISORIES).mkdir()
    (tmp_path / countries.ADVISORIES / "one.csv").write_text("destination\nNiger\nAzores\n", encoding="utf-8")
    agreed = countries.advisories(tmp_path, [lambda name: "NER", lambda name: None])
    assert agreed == [countries.Named("Azores", None), countries.Named("Niger", "NER")]
    with pytest.raises(ValueError, match="'Niger' is not judged"):
        countries.advisories(tmp_path, [lambda name: "NER", lambda name: "NGA"])


def test_a_hidden_case_is_not_among_those_that_are_ranked() -> None:
    cases = [case for case in load_cases() if not case.is_stub]
    for rank in (retrieval.ours, retrieval.bm25, retrieval.token_set):
        others = [case for case in cases if case.id != "aceh-hdc"]
        hidden = next(case for case in cases if case.id == "aceh-hdc")
        found = rank(hidden, others, True)
        assert found[0] == "aceh-cmi-helsinki"
        assert len(found) == len(set(found))
        assert "aceh-hdc" not in found


def test_equals_split_evenly_are_no_surprise_and_a_one_sided_split_is() -> None:
    one, other = frozenset("abcdef"), frozenset("uvwxyz")
    assert retrieval.by_chance(one, other) == 1.0
    assert retrieval.by_chance(one, frozenset()) == 2 / 2**6


def test_the_plain_rule_of_heritage_proposes_what_two_claim_and_ours_does_not() -> None:
    pairs = [("AZE", "TUR"), ("KOR", "PRK")]
    assert culture.score(culture.joint, pairs) == culture.Score(shared=2, anything=2, contested=1, pairs_contested=1)
    ours = culture.score(culture.ours, pairs)
    assert (ours.shared, ours.contested) == (2, 0)
    assert len(set(culture.ADVERSARIES)) == 40
    assert all(one < other for one, other in culture.ADVERSARIES)


def test_an_hour_that_is_late_across_midnight_is_off_by_minutes_and_one_that_is_missing_is_not_forgiven() -> None:
    at = [datetime(2026, 6, 1, 23, 58, tzinfo=UTC), datetime(2026, 6, 2, 0, 1, tzinfo=UTC)]
    asked = [prayer.Asked("Here", "Qatar", 0.0, 0.0, "UTC", 1, at[0].date(), (at[0],) * 6)]
    answers = prayer.Answers("a peer", ((at[1], at[0], None, *at, at[0]),), 0.0)
    assert prayer.errors(asked, answers, "Here") == [3, 0, float("inf"), 0, 3, 0]
    assert prayer.errors(asked, prayer.Answers("a peer without the method", (None,), 0.0), "Here") == []
    assert prayer.whole(answers) == (0, 0)
    assert prayer.whole(prayer.Answers("ours", ((*at, at[1], at[1], at[1], at[1]), (at[1], *at, *at, at[0])), 0.0)) == (2, 1)
    assert len(prayer.published()) == 462
