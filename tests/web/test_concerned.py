"""What concerns single people: shown to those who decide with names, to nobody else, and decided by name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from tests.considerations.planted import person
from tests.considerations.test_screening import TARIQ, WEEK, entries, home_with
from tests.web.house import House
from tracktwo.constitute import for_those_who_decide
from tracktwo.dossier.language import voice
from tracktwo.record.care import Travel, TravelNoted
from tracktwo.record.entry import BaseEntry
from tracktwo.record.initiative import replay
from tracktwo.record.inside import Inside
from tracktwo.record.screening import ScreeningDecided
from tracktwo.sources.law import load_law
from tracktwo.sources.shelf import open_shelf
from tracktwo.web import clock, reading
from tracktwo.web.areas import concerned
from tracktwo.web.carried import carried, taken
from tracktwo.web.desk import open_desk
from tracktwo.web.findings import InsideOutlook, Outlook
from tracktwo.web.jobs import Job
from tracktwo.web.work import Standing
from tracktwo.web.worker import do

DAY = date(2026, 11, 20)
SAID = {
    "outcome": "somebody else", "consequence": "none", "reason": "Another mother", "asked": "asked", "asked_note": "", "signed_by": "Zelda One",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    home = home_with(tmp_path_factory.mktemp("lists"), WEEK)
    told = entries(person("Tarik Al Wahmi", "upper", **TARIQ), venues=[{"name": "Inn", "place": {"city": "Dakar", "country": "Senegal"}}])
    return for_those_who_decide(replay(told), open_shelf(home, DAY), voice(), as_of=DAY)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, made: Inside) -> list[InsideOutlook]:
    told = [InsideOutlook(made, "0" * 32, Standing("done"))]
    monkeypatch.setattr(concerned, "inside", lambda asked, desk: told[-1])
    return told


def decided(home: House) -> list[BaseEntry]:
    return [entry for entry in open_desk(home.people["convenor"].membership).settled if isinstance(entry, ScreeningDecided)]


def test_those_who_decide_see_cases_and_what_speaks_for_them_with_names(home: House, seen: list[InsideOutlook]) -> None:
    (case,) = seen[0].inside.cases if seen[0].inside else ()
    body = home.get("facilitator", f"/i/{home.tag}/concerned").content.decode()
    assert "TARIQ AL-WAHMI" in body
    assert "This is not advice. Ask counsel." in body
    one = home.get("convenor", f"/i/{home.tag}/concerned/{concerned.address_of(home.tag, case)}").content.decode()
    assert "born on the same day" in one
    assert "nobody can tell" in one
    assert case.id not in body + one  # who knows all codes and all lists could try out which case it is
    assert "18 November 2026" in one.replace("\xa0", " ")


@pytest.mark.parametrize("role", ["participant A", "evaluator", "interpreter", "logistics"])
def test_nobody_else_knows_that_there_is_such_a_page(home: House, seen: list[InsideOutlook], role: str) -> None:
    assert home.get(role, f"/i/{home.tag}/concerned").status_code in (303, 404)
    assert "TARIQ" not in home.get(role, f"/i/{home.tag}/concerned").content.decode()


def test_while_the_child_works_the_page_says_so(home: House, seen: list[InsideOutlook]) -> None:
    seen.append(InsideOutlook(None, "0" * 32, Standing("running", step="feasibility", done=3)))
    body = home.get("convenor", f"/i/{home.tag}/concerned").content.decode()
    assert "progress" in body
    assert "WAHMI" not in body


def test_a_case_is_decided_once_by_name_with_what_it_rested_on(home: House, seen: list[InsideOutlook]) -> None:
    (case,) = seen[0].inside.cases if seen[0].inside else ()
    path = f"/i/{home.tag}/concerned/{concerned.address_of(home.tag, case)}"
    for _ in range(2):
        assert home.post("convenor", path, SAID | {"once": "ab" * 16}).status_code == 303
    (entry,) = decided(home)
    assert (entry.about, entry.body.outcome, entry.body.signed_by) == ("A-01", "somebody else", ("Zelda One",))
    assert (entry.body.entry_digest, entry.body.list_as_of) == (case.entry_digest, date(2026, 11, 18))


def test_decisions_stand_on_their_case_with_names_and_days_the_newest_first(home: House, seen: list[InsideOutlook]) -> None:
    (case,) = seen[0].inside.cases if seen[0].inside else ()
    path = f"/i/{home.tag}/concerned/{concerned.address_of(home.tag, case)}"
    assert 'id="decided"' not in home.get("facilitator", path).content.decode()
    home.post("convenor", path, SAID | {"once": "ab" * 16})
    home.post("convenor", path, SAID | {"once": "cd" * 16, "reason": "He came with papers", "signed_by": "Zelda Two\nZelda Three"})
    (told,) = re.findall(r'<section aria-labelledby="decided">.*?</section>', home.get("facilitator", path).content.decode(), re.DOTALL)
    assert told.index("He came with papers") < told.index("Another mother")
    assert told.replace("\xa0", " ").count(voice().word(clock.today()).replace("\xa0", " ")) == 2
    assert "<bdi>Zelda Two</bdi> and <bdi>Zelda Three</bdi>" in told


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"outcome": "the same", "consequence": "exclude", "asked_note": "He wept"}, "Nobody is excluded by one person alone"),
        ({"outcome": "the same", "consequence": "exclude", "signed_by": "Zelda One\nZelda Two"}, "say whether the person was asked"),
        ({"consequence": "exclude", "signed_by": "Zelda One\nZelda Two", "asked_note": "He wept"}, "is not excluded for it"),
        ({"reason": ""}, "This field is required"),
    ],
)
def test_what_does_not_hold_together_is_said_at_the_field_and_nothing_typed_is_lost(
    home: House, seen: list[InsideOutlook], change: dict[str, str], sentence: str
) -> None:
    (case,) = seen[0].inside.cases if seen[0].inside else ()
    answered = home.post("convenor", f"/i/{home.tag}/concerned/{concerned.address_of(home.tag, case)}", SAID | change)
    body = answered.content.decode()
    assert answered.status_code == 200
    assert sentence in body or "required" not in sentence
    assert (SAID | change)["signed_by"].split("\n")[0] in body
    assert decided(home) == []


def test_a_case_that_a_newer_list_no_longer_makes_leads_back(home: House, seen: list[InsideOutlook]) -> None:
    answered = home.get("convenor", f"/i/{home.tag}/concerned/{'0' * 32}")
    assert (answered.status_code, answered.headers["Location"]) == (303, f"/i/{home.tag}/concerned")


def test_the_child_carries_what_concerns_people_over_its_pipe_unchanged(tmp_path: Path) -> None:
    home = home_with(tmp_path, WEEK)
    told = entries(person("Tarik Al Wahmi", "upper", **TARIQ))
    job = Job.of("people", told, DAY, home=str(home))
    back = taken(Inside, do(job, lambda _: None))
    assert back.cases[0].entry == "CFi.901"
    assert carried(back) == carried(taken(Inside, carried(back)))


def test_travel_papers_are_destroyed_by_who_steers_and_by_nobody_else(home: House) -> None:
    path = f"/i/{home.tag}/journeys/papers"
    home.write("convenor", TravelNoted(on=clock.today(), lamport=0, about="A-01", body=Travel(person="A-01", name="Zelda Northbank", document="X1")))
    assert home.get("logistics", path).status_code in (303, 404)
    assert home.post("convenor", path, {}).status_code == 200  # not sure, so nothing happens
    kept = [entry for entry in open_desk(home.people["convenor"].membership).settled if isinstance(entry, TravelNoted)]
    assert kept
    assert home.post("convenor", path, {"sure": "on", "once": "ef" * 16}).status_code == 303
    assert not [entry for entry in open_desk(home.people["convenor"].membership).settled if isinstance(entry, TravelNoted)]
    assert "nothing was destroyed" in home.post("convenor", path, {"sure": "on", "once": "fe" * 16}).content.decode()


def test_the_rules_are_closed_until_somebody_opens_them_and_read_as_english_by_who_hears_the_page_in_arabic(
    home: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed = {"name": "Listed House", "listings": [{"on": "UN-SC1737"}]}
    venues = [{"name": "Inn", "place": {"city": "Geneva", "country": "Switzerland"}}]
    told = entries(person("Ada Reed", "upper"), parties=[listed], venues=venues)
    released = for_those_who_decide(replay(told), open_shelf(tmp_path, DAY), voice(), as_of=DAY).released
    monkeypatch.setattr(reading, "outlook", lambda asked, desk: Outlook(released, True, "0" * 32, Standing("done")))
    rule = next(rule for rule in load_law().rules if rule.id == "UN-1737-SNAPBACK")
    for language, marked in (("ar", True), ("en", False)):
        home.browsers["convenor"].cookies["__Host-language"] = language
        body = home.get("convenor", f"/i/{home.tag}/considerations/feasibility").content.decode()
        closed = "".join(re.findall(r"<details><summary>.*?</details>", body, re.DOTALL))
        assert str(escape(rule.explanation)) in closed
        assert (f'<bdi lang="en" dir="ltr">{escape(rule.explanation)}</bdi>' in closed) == marked
        for barred in load_law().not_covered:
            assert str(escape(barred)) in closed
