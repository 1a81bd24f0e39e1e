"""Arrest, harm, devices, personal data and money of an initiative: what is entered, what is not known, and when something is due."""

from __future__ import annotations

from typing import Any

import pytest

from tests.considerations.planted import has, many, one, person, planted, said
from tests.making import findings
from tracktwo.constitute import Constituted, let_out
from tracktwo.dossier.language import voice
from tracktwo.model.exhibit import Table

INN = {"name": "The inn", "place": {"city": "Dakar", "country": "Senegal"}, "transit": ["Morocco"]}
ADA, BEN = person("Ada", "upper", residence="Mali"), person("Ben", "lower", residence="France")


def exposure(kind: str, country: str, who: str = "Ada", on: str = "2026-10-01") -> dict[str, str]:
    return {"person": who, "country": country, "kind": kind, "source": "A lawyer", "as_of": on}


def table(done: Constituted, code: str) -> Table:
    (found,) = [x for section in done.sections for x in section.exhibits if isinstance(x, Table) and x.title.code == code]
    return found


def words(done: Constituted, code: str) -> list[list[str]]:
    return [[voice().word(cell) for cell in line] for line in table(done, code).cells]


def test_what_nobody_asked_about_arrests_reads_unknown_and_whom_to_ask() -> None:
    done = planted(venues=[INN], invited=[ADA, BEN])
    nothing = ["unknown — ask counsel in the venue’s country"] * 3
    assert words(done, "table.exposure") == [["everybody (2)", *nothing]]
    told = planted(venues=[INN], invited=[ADA, BEN], exposures=[exposure("warrant", "Senegal")])
    assert words(told, "table.exposure") == [["A-01", "warrant (as of 1 October 2026)", *nothing[1:]], ["everybody else (1)", *nothing]]
    assert table(done, "table.exposure").personal
    assert one(done, "arrest.venue").kind == one(done, "arrest.transit").kind == "unknown"
    assert "table.exposure" not in let_out(done, voice()).model_dump_json()


def test_what_is_entered_has_its_day_and_is_called_old_after_half_a_year() -> None:
    done = planted(venues=[INN], invited=[ADA], exposures=[exposure("warrant", "Senegal"), exposure("prosecution at home", "Mali", on="2026-01-01")])
    fresh, old = findings(done, code="arrest.entered")
    assert (fresh.severity, fresh.next_step) == ("serious", None)
    assert old.next_step is not None
    assert old.severity == "warning"
    assert has(done, "arrest.venue", "arrest.transit", "arrest.at-home") == (False, True, False)


def test_that_somebody_looked_and_found_nothing_is_no_promise() -> None:
    done = planted(venues=[INN], invited=[ADA], exposures=[exposure("none found", "Senegal")])
    assert "not a promise" in said(done, "arrest.none-found")
    assert one(done, "arrest.none-found").personal


def test_a_harm_without_an_answer_or_an_owner_is_told() -> None:
    harms = [
        {"what": "A name is told", "to": "fishers", "how": "makes a target"},
        {"what": "Hopes", "to": "youth", "answer": "Say it is slow", "owner": "Ada"},
    ]
    done = planted(invited=[ADA], harms=harms)
    assert one(done, "harm.unanswered").severity == "warning"
    assert "Say it is slow" in said(done, "harm.answered")
    assert "A name is told" in said(done, "harm.no-owner")
    assert len(words(done, "table.harms")) == 2
    assert has(planted(), "harm.not-looked-at", "tools.none-entered") == (True, True)
    assert has(planted(challenge="friendship"), "harm.not-looked-at", "tools.none-entered") == (False, False)


@pytest.mark.parametrize(
    ("fields", "code", "severity"),
    [
        ({}, "tools.no-safeguard", "warning"),
        ({"safeguard": "New numbers"}, "tools.not-agreed", "warning"),
        ({"safeguard": "New numbers", "agreed": "2026-10-01"}, "tools.agreed", "info"),
    ],
)
def test_a_device_is_well_once_those_who_use_it_agreed_to_a_safeguard(fields: dict[str, str], code: str, severity: str) -> None:
    done = planted(tools=[{"what": "A messenger", "used_for": "times", "shows": "numbers", **fields}])
    assert one(done, code).severity == severity


def test_travel_papers_are_due_thirty_days_after_the_meeting_unless_set_otherwise() -> None:
    papers = [person("Ada", "upper", documents=[{"kind": "passport", "issuer": "Mali"}], diets=["halal"])]
    done = planted(invited=papers)
    assert any("travel papers: to be deleted by 2 April 2027, 30 days" in sentence for sentence in many(done, "data.delete-by"))
    sooner = planted(invited=papers, retention=[{"what": "travel papers", "days": 5, "why": "Both sides asked"}])
    assert any("8 March 2027, 5 days" in sentence for sentence in many(sooner, "data.delete-by"))
    assert ["the initiative" in line[-1] for line in words(sooner, "table.retention") if line[0] == "travel papers"] == [True]
    late = planted(invited=papers, wish={"starts": "2026-09-01", "rounds": 2, "months": 6, "days": 3})
    assert all(finding.severity == "warning" for finding in findings(late, code="data.delete-now"))
    assert has(late, "data.delete-now") == (True,)
    assert has(planted(invited=papers, wish=None), "data.keep") == (True,)


def test_who_was_not_asked_is_told_and_stays_a_code() -> None:
    asked, unasked = person("Ada Otter", "upper", data_consent="2026-10-01"), person("Ben Vole", "lower")
    done = planted(invited=[asked, unasked])
    assert "1 of 2" in said(done, "data.not-asked")
    assert [(line[0], line[2]) for line in words(done, "table.asked")] == [("not asked yet", "B-01"), ("1 October 2026", "A-01")]
    named = let_out(done, voice(), names=True).model_dump_json()
    assert "Ada Otter" in named
    assert "Ben Vole" not in named


MONEY: dict[str, Any] = {
    "currency": "EUR",
    "costs": [{"what": "a round", "amount": 10_000, "every": "round"}],
    "pledges": [
        {"donor": "A", "amount": 15_000, "status": "signed", "arrives": "2027-01"},
        {"donor": "B", "amount": 10_000, "status": "promised", "arrives": "2027-01"},
        {"donor": "C", "amount": 20_000, "status": "hoped", "arrives": "2027-01"},
    ],
}


def test_three_views_of_the_money_say_when_it_is_short_and_which_meetings_fall() -> None:
    lines = words(planted(budget=MONEY), "table.money-views")
    assert [line[0] for line in lines] == ["if nothing more comes", "as expected", "if every hope comes true"]
    assert [line[2].replace("\xa0", " ") for line in lines] == ["EUR 25,000", "EUR 15,000", "nothing"]
    falls = [line[3].count("round") for line in lines]
    assert falls == [3, 2, 0]


def test_prices_make_the_cost_of_a_meeting_from_its_programme() -> None:
    tariff = {"per_diem": 10, "room": 20, "interpreter_hour": 5, "travel_1000_km": 100, "visa": 7}
    people = [person("Ada", "upper", nationalities=["Mali"], residence="Mali"), person("Ben", "lower", nationalities=["Mali"], residence="Mali")]
    done = planted(budget=MONEY | {"tariff": tariff}, invited=people, languages=["fr", "bm"], venues=[INN])
    lines = {line[0]: (line[1], line[3].replace("\xa0", " ")) for line in words(done, "table.one-meeting")}
    assert lines["per diems (days of people)"] == ("15", "EUR 150")  # two guests and three of a team, three days
    assert lines["rooms (nights)"] == ("20", "EUR 400")
    assert lines["interpretation (hours)"] == ("48", "EUR 240")
    assert lines["travel (km)"][0] not in ("0", "unknown")
    assert "one meeting of 3 days with 5 people" in said(done, "money.one-meeting")
    without = planted(budget=MONEY, invited=people)
    assert has(without, "money.one-meeting") == (False,)
    assert words(done, "table.money-views")[0][2] != words(without, "table.money-views")[0][2]


def test_what_has_to_be_asked_for_stands_in_one_table_the_earliest_first() -> None:
    listed = [person("Ada", "upper", nationalities=["Mali"], listings=[{"on": "UN-SC1718"}]), person("Ben", "lower", nationalities=["Afghanistan"])]
    done = planted(invited=listed, venues=[INN], retention=[{"what": "roster", "days": 9}])
    lines = words(done, "table.deadlines")
    assert any("papers for Senegal" in line[1] for line in lines)
    assert any("UN-1718-TRAVEL" in line[1] for line in lines)
    assert lines[-1][1] == "delete: roster"
    assert has(planted(), "table.deadlines") == (False,)


def test_a_state_that_fought_the_own_one_is_told_to_the_person_alone() -> None:
    guest = [person("Ada", "upper", nationalities=["Ukraine"]), person("Ben", "lower", nationalities=["France"])]
    done = planted(invited=guest, venues=[{"name": "The hall", "place": {"city": "Moscow", "country": "Russia"}}])
    found = one(done, "venues.at-war")
    assert found.personal
    assert "A-01" in said(done, "venues.at-war")
