"""The verbs on law: the contract to the letter, everything on which an answer rests, and one sentence for whatever cannot be used."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.making import ROOT
from tests.test_cli import run
from tracktwo.sources.law import load_law

EXAMPLE = ROOT / "examples" / "law-plan.json"
LAST = "This is not advice. Ask counsel."
KEYS = ["act", "effect", "rules", "overridden", "duties", "stale", "last_line"]

Told = Callable[..., str]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """What a command prints on stdout; it has to succeed."""

    def printed(*words: str) -> str:
        assert run(monkeypatch, "law", *words) == 0
        return capsys.readouterr().out

    return printed


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """The one sentence with which a command is refused."""

    def printed(*words: str) -> str:
        assert run(monkeypatch, "law", *words) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.count("\n") == 1, shown.err
        return shown.err

    return printed


def written(folder: Path, content: Any) -> str:
    path = folder / "plans.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def plan(**more: Any) -> dict[str, Any]:
    """A plan with an invented guest."""
    return {
        "id": "P",
        "title": "A plan",
        "date": "2026-06-01",
        "setting": {"venue": "NO"},
        "actors": [{"id": "us", "nationality": ["NO"], "lists": []}, {"id": "guest", "nationality": ["AF"], "lists": ["UN-SC1988"]}],
        "plan": [{"by": "us", "act": "provide-lodging", "with": "guest"}],
        **more,
    }


def test_the_scenarios_are_answered_exactly_as_they_expect(told: Told, test_data: Path) -> None:
    path = test_data / "law" / "scenarios.json"
    expected = json.loads(path.read_text(encoding="utf-8"))
    answers = json.loads(told("check", str(path), "--json"))
    assert answers == [{"id": scene["id"], "answers": [{**line, "last_line": LAST} for line in scene["expected"]]} for scene in expected]
    assert all(list(line) == KEYS for scene in answers for line in scene["answers"])


def test_one_plan_that_stands_alone_is_a_list_of_one(told: Told, tmp_path: Path) -> None:
    (found,) = json.loads(told("check", written(tmp_path, plan()), "--json"))
    assert (found["id"], [line["effect"] for line in found["answers"]]) == ("P", ["licence-needed"])


def test_countries_may_be_written_in_three_letters(told: Told, tmp_path: Path) -> None:
    two = told("check", written(tmp_path, plan(setting={"venue": "CH", "transit": ["DE"]})), "--json")
    three = told("check", written(tmp_path, plan(setting={"venue": "CHE", "transit": ["DEU"]})), "--json")
    assert two == three


def test_the_table_shows_everything_on_which_an_answer_rests(told: Told) -> None:
    table = told("check", str(EXAMPLE), "--as-of", "2026-11-26")
    rule = next(rule for rule in load_law().rules if rule.id == "UN-1988-TRAVEL")
    wanted = [rule.explanation, rule.citation, "as of 2026-02-12", "check", *rule.unverified, *rule.conditions, *(one.address for one in rule.source)]
    wanted += [rule.exemptions[0].authority, f"Whose task: {rule.exemptions[0].who_applies}", "Latest day: 2027-01-11", "traveller crosses AE"]
    wanted += ["on the list UN-SC1988", "Counsel (an invented counsel, 2026-10-01", "The same act by the law that binds guest, towards facilitator"]
    wanted += ["Keep it as you keep the list of participants.", *load_law().not_covered]
    assert [words for words in wanted if words not in table] == []
    assert table.rstrip().endswith(LAST)


def test_counsel_changes_the_answer_and_the_rule_still_stands_there(told: Told) -> None:
    (found,) = json.loads(told("check", str(EXAMPLE), "--json", "--full"))
    lodging = found["answers"][2]
    assert (lodging["effect"], lodging["effect_in_base"], lodging["rules"]) == ("unclear", "licence-needed", ["UN-1988-FREEZE"])
    assert [said["set_aside"] for said in lodging["matched"][0]["counsel"]] == [None]
    assert lodging["mirrored"]["by"] == "guest"


def test_the_smallest_change_is_told_with_its_cost_what_remains_and_its_closing(told: Told) -> None:
    found = json.loads(told("smallest-change", str(EXAMPLE), "--as-of", "2027-01-20", "--json"))
    assert (found["format"], found["as_of"]) == ("law-change/1", "2027-01-20")
    first, second = found["plans"][0]["proposals"]
    assert [[change["kind"] for change in one["changes"]] for one in (first, second)] == [["exemption"], ["exemption", "exemption", "date"]]
    assert (first["cost"], first["licence_needed"], second["cost"], second["licence_needed"]) == (2, 1, 5, 0)
    table = told("smallest-change", str(EXAMPLE), "--as-of", "2027-01-20")
    closing = "   A change made in order to avoid a rule can itself break it. Ask counsel before making it, and before writing it down."
    assert table.splitlines().count(closing) == 2
    proposals = table.split("\n\n")[1:3]
    assert [one.splitlines()[-1] for one in proposals] == [closing, closing]
    assert table.rstrip().endswith(LAST)


def test_the_rules_their_words_and_lists_can_be_read(told: Told) -> None:
    whole = json.loads(told("rules", "--json"))
    assert (whole["format"], len(whole["rules"])) == ("law-rules/1", 96)
    british = told("rules", "--jurisdiction", "GB")
    assert british.count("\nGB-") + british.startswith("GB-") == 8
    shown = told("show", "LB-1955-BOYCOTT")
    assert "citizen of LB" in shown
    assert shown.rstrip().endswith(LAST)
    assert json.loads(told("show", "LB-1955-BOYCOTT", "--json"))["format"] == "law-rule/1"
    assert "A bill: it binds nobody." in told("show", "IR-MOIS-BILL")
    assert len(json.loads(told("lists", "--json"))["lists"]) == 145
    assert "UN-SC1988 " in told("lists")
    assert len(json.loads(told("words", "--json"))["acts"]) == 34
    assert "provide-lodging " in told("words")


OWN = {
    **next(json.loads(rule.model_dump_json()) for rule in load_law().rules if rule.id == "NO-LIST-POLICY"),
    "id": "OWN-1",
    "targets": [{"kind": "list", "key": "own:ministry"}],
    "acts": [{"act": "meet", "effect": "prohibited"}],
    "unless_national_of_venue": False,
}


def test_own_rules_stand_beside_ours(told: Told, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(json.dumps(OWN) + "\n\n", encoding="utf-8")
    scene = plan(plan=[{"by": "us", "act": "meet", "with": "guest"}])
    scene["actors"][1]["lists"] = ["own:ministry", "UN-SC1988"]
    (found,) = json.loads(told("check", written(tmp_path, scene), "--rules", str(own), "--json"))
    assert (found["answers"][0]["effect"], found["answers"][0]["rules"]) == ("prohibited", ["OWN-1", "UN-1988-FREEZE"])
    assert "OWN-1" in told("rules", "--rules", str(own), "--jurisdiction", "NO")


@pytest.mark.parametrize(
    ("change", "telling"),
    [
        ({"acts": [{"act": "lodging", "effect": "duty"}]}, "line 2, OWN-1: acts[1].act 'lodging' is no act of the vocabulary; did you mean"),
        ({"acts": [{"act": "meet", "effect": "banned"}]}, "line 2: acts[1].effect should be 'prohibited'"),
        ({"acts": [{"act": "meet", "effect": "duty"}, {"act": "meet", "effect": "unclear"}]}, "line 2: has two effects for the act 'meet'"),
        ({"targets": [{"kind": "list", "key": "UN-SC1987"}]}, "targets[1].key 'UN-SC1987' is no list of the vocabulary; did you mean UN-SC1988"),
        ({"targets": [{"kind": "state", "codes": []}]}, "line 2: targets[1] names no codes"),
        ({"overrides": ["NO-LIST-POLICE"]}, "overrides[1] 'NO-LIST-POLICE' is the id of no rule; did you mean NO-LIST-POLICY?"),
        ({"overrides": ["US-2339B"]}, "overrides[1] 'US-2339B' is law of US, which a permission of NO cannot lift"),
        ({"id": "US-2339B"}, "the base that ships has a rule with this id"),
        ({"review_by": "2027-02-30"}, "line 2: review_by should be a day of the calendar"),
        ({"in_force_to": "1999-01-01"}, "line 2: ends before it begins"),
        ({"confidence": "memory", "unverified": []}, "line 2: rests on memory but marks nothing as unverified"),
        ({"source": []}, "line 2: was seen but names no source"),
        ({"explanation": "Short."}, "line 2: explanation"),
        ({"colour": "red"}, "line 2: colour is no field that is known here"),
        ({"title": None}, "line 2: title should be words"),
    ],
)
def test_a_rule_of_ones_own_that_cannot_be_is_refused_with_its_line_and_field(
    refused: Told, tmp_path: Path, change: dict[str, Any], telling: str
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text("\n" + json.dumps({**OWN, **change}) + "\n", encoding="utf-8")
    assert telling in refused("rules", "--rules", str(own))


def test_an_id_that_stands_twice_is_refused_with_both_lines(refused: Told, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text(json.dumps(OWN) + "\n" + json.dumps(OWN) + "\n", encoding="utf-8")
    assert "line 2, OWN-1: the id stands already in line 1" in refused("rules", "--rules", str(own))


def with_actor(**more: Any) -> dict[str, Any]:
    scene = plan()
    scene["actors"][1] = {"id": "guest", **more}
    return scene


BAD_PLANS: dict[str, tuple[Any, str]] = {
    "no JSON": ('[{"id": ', "plans.json, line 1, column"),
    "a number": ("3", "[1] should be a scenario"),
    "deep": ("[" * 200_000, "is not JSON"),
    "a field twice": ('[{"id": "a", "id": "b"}]', "the field 'id' is written twice"),
    "no title": ({"id": "P"}, "P: title is missing"),
    "no such act": (plan(plan=[{"by": "us", "act": "loding", "with": "guest"}]), "plan[1].act 'loding' is no act of the vocabulary"),
    "nobody": (plan(plan=[{"by": "us", "act": "meet", "with": "gest"}]), "names 'gest' at plan[1], who is none of its actors (us, guest)"),
    "two of one id": (plan(actors=[{"id": "us"}, {"id": "us"}]), "has two actors with the id 'us'"),
    "UK": (with_actor(nationality=["UK"]), "actors[2].nationality[1] 'UK' is the ISO code of no country; the United Kingdom is GB"),
    "small letters": (with_actor(nationality=["gb"]), "actors[2].nationality[1] should be an ISO alpha-2 code such as GB, or alpha-3 such as GBR"),
    "no such country": (plan(setting={"venue": "YY"}), "setting.venue 'YY' is the ISO code of no country; write XX for what is not known"),
    "one word for a list": (with_actor(nationality="GB"), 'actors[2].nationality should be a list in square brackets, such as ["GB"]'),
    "a slip in a field": (with_actor(nationalities=["GB"]), "actors[2].nationalities is no field that is known here; did you mean nationality"),
    "a slip in a list": (with_actor(lists=["Taliban"]), "actors[2].lists[1] should be a list by its key"),
    "a day that is none": (plan(date="2026-02-30"), "date should be a day of the calendar written YYYY-MM-DD"),
    "seconds for a day": (plan(date=1780000000), "date should be a day of the calendar written YYYY-MM-DD"),
    "matters too much": (plan(plan=[{"by": "us", "act": "meet", "with": "guest", "matters": 9}]), "plan[1].matters should be at most 5"),
    "another payer": (plan(alternatives={"payers": ["CH"]}), "a change of payer, currency or route is never proposed"),
    "another currency": (plan(alternatives={"venues": [{"venue": "CH", "currency": "CHF"}]}), "'currency'; a change of payer, currency or route"),
    "another route": (plan(alternatives={"venues": [{"venue": "CH", "transit": ["AE"]}]}), "'transit'; a change of payer, currency or route"),
}


@pytest.mark.parametrize("name", BAD_PLANS)
@pytest.mark.parametrize("verb", ["check", "smallest-change"])
def test_a_plan_that_cannot_be_read_is_refused_in_one_sentence(refused: Told, tmp_path: Path, name: str, verb: str) -> None:
    content, telling = BAD_PLANS[name]
    sentence = refused(verb, written(tmp_path, content), "--json")
    assert telling in sentence
    assert sentence.startswith("tracktwo: plans.json")


def test_a_file_that_is_no_text_or_blows_up_is_refused(refused: Told, tmp_path: Path) -> None:
    (tmp_path / "bomb.json").write_bytes(gzip.compress(b"[" + b" " * 60_000_000))
    assert "is longer than 20,000,000 letters" in refused("check", str(tmp_path / "bomb.json"))
    (tmp_path / "cut.json").write_bytes(gzip.compress(b"[]" * 5000)[:30])
    assert "cut.json is damaged or cut off" in refused("check", str(tmp_path / "cut.json"))
    assert "does not exist" in refused("check", str(tmp_path / "nowhere.json"))
    assert "is a folder" in refused("check", str(tmp_path))


def test_a_list_or_class_that_no_rule_names_is_remarked_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene = with_actor(lists=["UN-SC1989"], classes=["armed-group"])
    assert run(monkeypatch, "law", "check", written(tmp_path, scene), "--json") == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)[0]["answers"][0]["effect"] == "no-rule-found"
    assert "guest is on 'UN-SC1989', a list that no rule of this base names; did you mean UN-SC1988" in shown.err
    assert "guest is of the class 'armed-group', which no rule of this base names; did you mean" in shown.err


def test_a_field_of_which_no_rule_asks_is_remarked_on_and_left_aside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene = plan(colour="red", setting={"venue": "NO", "weather": "rain"})
    scene["actors"][0]["height"] = 180
    assert run(monkeypatch, "law", "check", written(tmp_path, scene), "--json") == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)[0]["answers"][0]["effect"] == "licence-needed"
    wanted = ["colour", "setting.weather", "actors[1].height"]
    assert [line for line in shown.err.splitlines() if "is not read" in line] == [
        f"Note: plans.json, P: the field {field} is not read; no rule asks for it" for field in wanted
    ]


@pytest.mark.parametrize(
    ("words", "telling"),
    [
        (("rules", "--jurisdiction", "JP"), "--jurisdiction 'JP' has no rule in this base; it holds rules of AU, CA"),
        (("show", "US-2339"), "there is no rule 'US-2339'"),
        (("check", str(EXAMPLE), "--as-of", "soon"), "--as-of should be a day of the calendar"),
    ],
)
def test_a_wrong_word_is_told_in_one_sentence(refused: Told, words: tuple[str, ...], telling: str) -> None:
    assert telling in refused(*words)
