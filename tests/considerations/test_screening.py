"""Screening inside an initiative: nobody is called clear, cases are open until somebody decides them, and a changed list opens them again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.considerations.planted import BASE, has, many, one, person, said
from tests.making import brief, findings
from tracktwo.considerations.screening import Case
from tracktwo.constitute import Constituted, constitute, for_those_who_decide, let_out
from tracktwo.dossier.language import voice
from tracktwo.record.entries import Entry, entries_of
from tracktwo.record.initiative import replay
from tracktwo.record.inside import rested_on
from tracktwo.record.revision import stamped
from tracktwo.record.screening import ScreeningDecided, Verdict
from tracktwo.sources.home import add_source
from tracktwo.sources.shelf import open_shelf

LISTS = Path(__file__).parents[1] / "sources" / "downloads"
WEEK, NEXT_WEEK = LISTS / "un_consolidated.xml", LISTS / "un_consolidated_a_week_later.xml"
DAY = date(2026, 11, 20)
TARIQ = {"nationalities": ["Central African Republic"], "birth_date": "1970-08-14"}


def home_with(path: Path, *lists: Path) -> Path:
    for one_list in lists:
        add_source(one_list, path, as_of=date(2026, 11, 27))
    return path


def entries(*invited: dict[str, Any], **fields: Any) -> tuple[Entry, ...]:
    import json

    text = json.dumps(BASE | {"invited": list(invited)} | fields, ensure_ascii=False)
    return stamped(entries_of(brief(text), DAY))


def considered(home: Path | None, *told: Entry, day: date = DAY) -> Constituted:
    first = brief('{"title": "x", "parties": [{"name": "A"}]}')
    return constitute(first, open_shelf(home, day), as_of=day, entries=told)


def cases(home: Path, *told: Entry, day: date = DAY) -> tuple[Case, ...]:
    return for_those_who_decide(replay(told), open_shelf(home, day), voice(), as_of=day).cases


def verdict(case: Case, **fields: Any) -> ScreeningDecided:
    told = {"outcome": "the same", "reason": "He said so", "asked": "asked", "signed_by": ("Ana Judge",)} | fields
    return ScreeningDecided(on=DAY, lamport=99, about=case.person, body=Verdict.model_validate({**rested_on(case, voice().say), **told}))


def test_without_any_list_nobody_is_screened_and_that_is_what_is_said() -> None:
    done = considered(None, *entries(person("Tarik Al Wahmi", "upper", **TARIQ)))
    assert "Not screened: 1 of 1" in said(done, "screen.not-screened")
    assert one(done, "screen.not-screened").kind == "unknown"
    assert has(done, "screen.no-match", "screen.open") == (False, False)
    assert "binds everybody" in said(done, "screen.list-absent")


def test_with_every_binding_list_fresh_no_match_names_the_lists_and_their_days(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    done = considered(home, *entries(person("Ada Nobody", "upper")))
    assert "18 November 2026" in said(done, "screen.no-match")
    assert has(done, "screen.not-screened", "screen.list-absent", "screen.list-old") == (False, False, False)
    words = " ".join(voice().say(finding.message) for finding in findings(done)).casefold()
    assert "clear" not in words.replace("unclear", "")


def test_a_name_in_letters_that_are_not_read_is_not_screened_rather_than_without_a_match(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    done = considered(home, *entries(person("አበበ ቢቂላ", "upper"), person("Ada Nobody", "upper")))
    assert "Not screened: 1 of 2" in said(done, "screen.not-read")
    assert "1 of 2" in said(done, "screen.no-match")
    assert has(done, "screen.not-screened") == (False,)
    named = one(done, "screen.unread")
    assert (named.kind, named.message.params["part"], named.personal) == ("unknown", "አበበ ቢቂላ", True)
    spelled = considered(home, *entries(person("አበበ ቢቂላ", "upper", other_names=["Abebe Bikila"]), person("Ada Nobody", "upper")))
    assert has(spelled, "screen.not-read", "screen.unread") == (False, True)
    assert "2 of 2" in said(spelled, "screen.no-match")


def test_a_list_older_than_the_setting_screens_nobody(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    late = date(2026, 11, 26)
    done = considered(home, *entries(person("Ada Nobody", "upper")), day=late)
    assert "older than 7 days" in said(done, "screen.list-old")
    assert "8 days old" in said(done, "screen.list-old")
    assert has(done, "screen.no-match", "screen.not-screened") == (False, True)
    patient = considered(home, *entries(person("Ada Nobody", "upper"), lists_days=8), day=late)
    assert has(patient, "screen.no-match", "screen.list-old") == (True, False)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"team": [person("Ada", nationalities=["USA"])]}, "OFAC"),
        ({"team": [person("Ada", residence="United Kingdom")]}, "United Kingdom"),
        ({"convenor": {"name": "House", "seat": {"city": "Lyon", "country": "France"}}}, "European Union"),
        ({"venues": [{"name": "Inn", "place": {"city": "Vienna", "country": "Austria"}}]}, "European Union"),
        ({"budget": {"currency": "USD"}}, "OFAC"),
    ],
)
def test_whom_the_team_is_bound_by_says_which_lists_are_missing(fields: dict[str, Any], key: str, tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    done = considered(home, *entries(person("Ada Nobody", "upper"), **fields))
    assert any(key in sentence for sentence in many(done, "screen.list-absent"))
    assert has(done, "screen.no-match") == (False,)


def test_a_hit_is_an_open_case_that_leaves_with_names_only(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    told = entries(person("Tarik Al Wahmi", "upper", data_consent="2026-11-01", **TARIQ))
    done = considered(home, *told)
    assert "1 of 1" in said(done, "screen.open")
    (case,) = cases(home, *told)
    assert (case.person, case.list_key, case.entry, case.band, case.open) == ("A-01", "un", "CFi.901", "likely", True)
    assert any(message.code == "clue.birth-same-day" for message in case.speaks_for)
    assert case.effects
    assert "UN-SCCAR" in " ".join(case.law_keys) or case.law_keys
    without, named = let_out(done, voice()).model_dump_json(), let_out(done, voice(), names=True).model_dump_json()
    assert "CFi.901" not in without
    assert "WAHMI" not in without.upper()
    assert "CFi.901" in named


def test_an_affiliation_is_screened_too(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    (case,) = cases(home, *entries(person("Ada Nobody", "upper", affiliation="A choir; Imaginary Holding Company")))
    assert (case.through, case.entry, case.met) == ("affiliation", "IRe.903", "Imaginary Holding Company")


def test_another_name_in_another_script_is_found(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    (case,) = cases(home, *entries(person("Somebody Plain", "upper", other_names=["طارق الوهمي"], **TARIQ)))
    assert (case.met, case.entry) == ("طارق الوهمي", "CFi.901")


def test_a_decision_closes_the_case_and_is_never_a_clearance(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    told = entries(person("Tarik Al Wahmi", "upper", **TARIQ))
    (case,) = cases(home, *told)
    decided = verdict(case, outcome="somebody else", reason="Another mother's name")
    done = considered(home, *told, decided)
    assert has(done, "screen.open", "screen.decided", "screen.no-match") == (False, True, False)
    (closed,) = cases(home, *told, decided)
    assert (closed.open, closed.reopened) == (False, None)
    assert closed.verdict == decided.body


def test_a_list_that_says_something_else_opens_the_case_again(tmp_path: Path) -> None:
    told = entries(person("Tarik Al Wahmi", "upper", **TARIQ))
    home = home_with(tmp_path / "first", WEEK)
    (case,) = cases(home, *told)
    home_with(home, NEXT_WEEK)
    (again,) = cases(home, *told, verdict(case))
    assert (again.open, again.reopened) == (True, "list")
    done = considered(home, *told, verdict(case))
    assert "open again, since the list says something else" in said(done, "screen.reopened")


def test_what_is_known_of_the_person_opens_the_case_again(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    (case,) = cases(home, *entries(person("Tarik Al Wahmi", "upper", **TARIQ)))
    changed = entries(person("Tarik Al Wahmi", "upper", other_names=["Tarek el-Wahmy"], **TARIQ))
    (again,) = cases(home, *changed, verdict(case))
    assert (again.open, again.reopened) == (True, "person")


def test_who_is_decided_to_be_listed_brings_the_lists_rules_into_the_legal_table(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    told = entries(
        person("Tarik Al Wahmi", "upper", **TARIQ),
        acts=[{"what": "A bed", "kind": "provide-lodging", "with": "Tarik Al Wahmi"}],
        venues=[{"name": "Inn", "place": {"city": "Nairobi", "country": "Kenya"}}],
    )
    (case,) = cases(home, *told)
    before = let_out(considered(home, *told), voice(), names=True).model_dump_json()
    after = let_out(considered(home, *told, verdict(case)), voice(), names=True).model_dump_json()
    assert case.law_keys
    assert "FREEZE" not in before
    assert "FREEZE" in after


def test_whoever_was_decided_is_not_screened_where_a_list_is_missing(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    told = entries(person("Tarik Al Wahmi", "upper", **TARIQ), budget={"currency": "USD"})
    (case,) = cases(home, *told)
    done = considered(home, *told, verdict(case, outcome="somebody else"))
    assert "Not screened: 1 of 1" in said(done, "screen.not-screened")
    assert has(done, "screen.decided", "screen.open", "screen.no-match") == (True, False, False)


def test_two_people_by_name_are_needed_to_exclude_and_a_note_whether_the_person_was_asked(tmp_path: Path) -> None:
    (case,) = cases(home_with(tmp_path, WEEK), *entries(person("Tarik Al Wahmi", "upper", **TARIQ)))
    whole = dict(consequence="exclude", asked_note="He was asked by telephone", signed_by=("Ana Judge", "Ben Clerk"))
    assert verdict(case, **whole).body.consequence == "exclude"
    for missing in ({"signed_by": ("Ana Judge",)}, {"signed_by": ("Ana Judge", "ana  judge")}, {"asked_note": None}, {"outcome": "somebody else"}):
        with pytest.raises(ValidationError):
            verdict(case, **(whole | missing))
    with pytest.raises(ValidationError):
        verdict(case, signed_by=())


def test_a_verdict_keeps_what_it_rested_on(tmp_path: Path) -> None:
    (case,) = cases(home_with(tmp_path, WEEK), *entries(person("Tarik Al Wahmi", "upper", **TARIQ)))
    kept = verdict(case).body
    assert (kept.list_as_of, kept.score, kept.band) == (date(2026, 11, 18), case.score, case.band)
    assert any("1970-08-14" in words for words in kept.speaks_for)
    assert {name for name, _ in kept.software} == {"tracktwo", "rapidfuzz"}


def test_a_list_that_was_damaged_since_is_said_and_screens_nobody(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    for kept in (home / "sources").rglob("*.xml"):
        kept.write_text("gone", encoding="utf-8")
    done = considered(home, *entries(person("Ada Nobody", "upper")))
    assert has(done, "screen.no-match", "screen.list-absent", "screen.not-screened") == (False, True, True)


def test_the_only_list_that_was_damaged_to_the_byte_is_said_and_screens_nobody(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    for kept in (home / "sources").rglob("*"):
        if kept.is_file() and kept.suffix != ".json":
            kept.write_bytes(b"x" * kept.stat().st_size)
    done = considered(home, *entries(person("Ada Nobody", "upper")))
    assert has(done, "screen.no-match", "screen.list-unreadable", "screen.not-screened") == (False, True, True)


def test_a_case_is_found_by_the_same_digits_in_every_process(tmp_path: Path) -> None:
    (case,) = cases(home_with(tmp_path, WEEK), *entries(person("Tarik Al Wahmi", "upper", **TARIQ)))
    assert case.id == replace_case(case).id
    assert len(case.id) == 32
    assert case.id != case.model_copy(update={"entry": "CFi.902"}).id


def replace_case(case: Case) -> Case:
    return Case.model_validate(case.model_dump())


@pytest.mark.gate
def test_nothing_of_screening_depends_on_the_order_in_which_people_were_entered(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    people = [person("Tarik Al Wahmi", "upper", **TARIQ), person("Adele Inventee", "lower", birth_date="1980")]
    one_way = {(case.met, case.entry, case.score) for case in cases(home, *entries(*people))}
    other_way = {(case.met, case.entry, case.score) for case in cases(home, *entries(*reversed(people)))}
    assert one_way == other_way
    assert one_way
