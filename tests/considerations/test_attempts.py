"""What agreement and negotiation data, the Security Council, airports and travel advice add to a dossier."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.considerations.planted import BASE
from tests.making import BRIEFS, EXAMPLE, TODAY, as_json, findings, from_text
from tests.sources.tables import DOWNLOADS, edited
from tracktwo.constitute import Constituted, constitute
from tracktwo.dossier.language import voice
from tracktwo.model.finding import Finding
from tracktwo.model.rows import ALL_ROWS
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.home import add_source
from tracktwo.sources.shelf import Shelf, open_shelf

ADVICE = ("australia", "canada", "ireland", "unitedkingdom", "unitedstates")
IN_SEPTEMBER = date(2026, 9, 1)
CAR: dict[str, Any] = {
    "countries": ["CAF"],
    "parties": [
        {"name": "Government", "kind": "government", "country": "CAF", "side": "upper"},
        {"name": "A made-up front", "kind": "armed group", "side": "lower", "known_as": ["UPC"]},
    ],
    "venues": [
        {"name": "The house", "place": {"city": "Nairobi", "country": "KEN"}, "host": "A host"},
        {"name": "The hall", "place": {"city": "Geneva", "country": "CHE"}},
        {"name": "The inn", "place": {"city": "Rome", "country": "ITA"}},
    ],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A shelf with every made-up download."""
    home = tmp_path_factory.mktemp("home")
    for path in sorted(DOWNLOADS.iterdir()):
        if path.suffix != ".md":
            add_source(path, home, as_of=IN_SEPTEMBER)
    return open_shelf(home, TODAY)


def with_shelf(shelf: Shelf | None = None, **fields: Any) -> Constituted:
    return from_text(json.dumps(BASE | CAR | fields, indent=1, ensure_ascii=False), shelf)


def one(done: Constituted, code: str) -> Finding:
    (finding,) = findings(done, code=code)
    return finding


def said(done: Constituted, code: str) -> list[str]:
    return [voice().say(finding.message).replace("\xa0", " ") for finding in findings(done, code=code)]


def test_without_the_users_own_downloads_one_quiet_finding_says_what_they_would_tell() -> None:
    done = with_shelf()
    absent = one(done, "attempts.data-absent")
    assert (absent.rows, absent.kind, absent.severity) == (("A4",), "unknown", "info")
    assert said(done, "attempts.data-absent") == [
        "Not added: PA-X peace agreements and Negotiations of the Peace Observatory. They would tell which agreements were made about "
        "Central African Republic, who negotiated, who helped, and where the sides met."
    ]
    assert [finding.kind for finding in findings(done, code="grounds.advice-absent")] == ["unknown"]
    assert not [f for f in findings(done) if f.code in ("attempts.agreements", "attempts.negotiations", "grounds.advice", "grounds.met-before")]


def test_a_friendship_is_not_asked_for_peace_agreements(whole: Shelf) -> None:
    for shelf in (None, whole):
        found = {finding.code for finding in findings(with_shelf(shelf, challenge="friendship"))}
        assert not [code for code in found if code.startswith(("attempts.agreement", "attempts.negotiation", "attempts.data", "grounds.met"))]


def test_agreements_are_counted_by_stage_and_the_latest_that_name_a_party_come_first(whole: Shelf) -> None:
    done = with_shelf(whole)
    assert said(done, "attempts.agreements") == [
        "PA-X Peace Agreements Database holds 4 agreements about Central African Republic, from 1999 to 2019 (processes: 2): before negotiations "
        "(1), ceasefire (1), partial framework (1) and comprehensive framework (1). Naming a party of this brief or between its countries: 1; "
        "naming a third party: 3."
    ]
    assert said(done, "attempts.agreement-helped") == [
        "6 February 2019: “Made-up accord of Khartoum” (Central African Republic process; comprehensive framework). Third parties, as the document "
        "names them: “African Union; United Nations; Sudan”."
    ]
    (evidence,) = one(done, "attempts.agreement-helped").evidence
    assert (evidence.locator, evidence.url) == ("AgtId 90003", "https://www.peaceagreements.org/agreements/90003/")
    assert evidence.as_of == date(2019, 2, 6)


def test_agreements_found_by_country_only_are_said_to_be(whole: Shelf) -> None:
    done = with_shelf(whole, parties=[{"name": "One", "side": "upper"}, {"name": "Other", "side": "lower"}])
    (sentence,) = said(done, "attempts.agreements-by-country")
    assert "found by country only" in sentence
    assert len(findings(done, code="attempts.agreement") + findings(done, code="attempts.agreement-helped")) == 3
    assert one(done, "attempts.agreements-by-country").next_step is not None


def test_local_agreements_are_told_with_their_mediators_and_places(whole: Shelf, tmp_path: Path) -> None:
    local = edited(
        tmp_path, "pax_data_6_agreements.csv", ("UcdpCon", "LocaleName"), ("CowWar", "Mediator"), ("CAF,,482.0,,,,,,No", "CAF,,482.0,,Bria,,,Y,No")
    )
    add_source(local, tmp_path, as_of=IN_SEPTEMBER)
    add_source(DOWNLOADS / "pax_data_6_agreements.csv", tmp_path, as_of=IN_SEPTEMBER)
    done = with_shelf(open_shelf(tmp_path, TODAY))
    assert said(done, "attempts.local-agreements") == [
        "4 local agreements about Central African Republic are recorded; with a mediator: 4; places: Bria (4)."
    ]
    assert len(findings(done, code="attempts.agreements")) == 1
    assert findings(with_shelf(whole), code="attempts.local-agreements") == []


def test_two_states_are_parties_of_what_is_between_them(whole: Shelf) -> None:
    done = with_shelf(whole, countries=["ARM", "AZE"], parties=[{"name": "Armenia", "side": "upper"}, {"name": "Azerbaijan", "side": "lower"}])
    (sentence,) = said(done, "attempts.agreements")
    assert "It names a party of this brief, or is between its countries." in sentence


def test_negotiations_between_the_parties_are_told_with_mediators_results_and_what_was_quiet(whole: Shelf) -> None:
    done = with_shelf(whole)
    assert said(done, "attempts.negotiations") == [
        "2 negotiations between parties of this brief are recorded, 2017 to 2019; mediated: 2; ended in an agreement: 2. About Central African "
        "Republic 4 are recorded in all."
    ]
    assert said(done, "attempts.unofficial") == [
        "In 1 of the 2 negotiations a third party took part that was neither state nor union of states: international NGOs (1) and religious "
        "bodies (1). Ended in an agreement: 1."
    ]
    (third,) = said(done, "attempts.third-parties")
    assert "Community of Sant’Egidio (1; with agreement: 1; last in 2017)" in third
    assert one(done, "attempts.third-parties").rows == ("A5", "D3")
    assert said(done, "attempts.topics") == [
        "What was negotiated about, as far as it is coded: land (1; agreed on: 0) and disarmament and reintegration (1; agreed on: 1)."
    ]


def test_negotiations_of_other_parties_are_told_by_country_with_the_doubt(whole: Shelf) -> None:
    done = with_shelf(whole, parties=[{"name": "One", "side": "upper"}, {"name": "Other", "side": "lower"}])
    (sentence,) = said(done, "attempts.negotiations-by-country")
    assert sentence.startswith("4 negotiations about conflicts in Central African Republic are recorded, 2015 to 2019")
    assert "may be about other conflicts" in sentence
    assert said(done, "attempts.quiet") == [
        "Of the 4 negotiations, 2 were not in the open or not face to face; secret: 1, indirect: 1, talks about talks: 1. What was never reported "
        "is not counted."
    ]


def test_a_government_alone_does_not_make_a_negotiation_ours(whole: Shelf) -> None:
    parties = [{"name": "Government of Central African Republic", "kind": "government", "country": "CAF", "side": "upper"}, *BASE["parties"][1:]]
    assert findings(with_shelf(whole, parties=parties), code="attempts.negotiations") == []


def test_the_security_council_is_read_for_the_country_from_what_ships() -> None:
    finding = one(with_shelf(), "attempts.resolutions")
    assert finding.rows == ("A4", "C6")
    (sentence,) = said(with_shelf(), "attempts.resolutions")
    assert sentence.startswith("Since 2000 the Security Council has adopted 42 resolutions under an agenda item that names Central African Republic.")
    assert "S/RES/2800 (2025) of 13 November 2025" in sentence
    assert finding.evidence[0].as_of == date(2026, 6, 29)


def test_the_places_of_earlier_talks_are_counted_and_set_beside_the_proposed_ones(whole: Shelf) -> None:
    done = with_shelf(whole)
    assert said(done, "grounds.met-before") == [
        "In 2 recorded negotiations with a known place, parties of this brief met in Italy (1) and Sudan (1); towns: Rome (1) and Khartoum (1). "
        "Outside Central African Republic: 2."
    ]
    assert said(done, "grounds.met-here") == ["1 of these negotiations was held in Italy, the last in 2017; in Rome: 1. Ended in an agreement: 1."]


def test_each_venue_has_its_nearest_airports_with_distance_and_the_day_for_which_the_list_speaks() -> None:
    done = with_shelf()
    nairobi, geneva, rome = findings(done, code="grounds.airport")
    assert "Geneva Cointrin International Airport (GVA, Switzerland), 5 km" in voice().say(geneva.message).replace("\xa0", " ")
    assert min(item.as_of for item in nairobi.evidence) == date(2019, 12, 31)
    assert rome.kind == "known"


def test_a_venue_that_cannot_be_found_is_asked_for() -> None:
    done = with_shelf(venues=[{"name": "The hut", "place": {"city": "Xyzzy", "country": "KEN"}, "host": "A host"}])
    assert one(done, "grounds.no-place").ask == ("A host",)


def test_advice_stands_side_by_side_and_governments_that_clearly_differ_are_in_conflict(whole: Shelf) -> None:
    done = with_shelf(whole)
    kenya = one(done, "grounds.advice-differs")
    assert (kenya.kind, kenya.severity, len(kenya.evidence)) == ("conflicting", "warning", 5)
    assert said(done, "grounds.advice-differs") == [
        "Governments differ on travel to Kenya: for citizens of Australia “Exercise a high degree of caution” (10 August 2026), for citizens of "
        "Canada “Avoid all travel” (20 August 2026), for citizens of United Kingdom no level in the table (text of 1 August 2026), for citizens of "
        "Ireland no level in the table (text of 10 July 2026) and for citizens of United States “Level 2: Exercise Increased Caution” (10 June "
        "2026). Each is written for its own citizens, not for the participants."
    ]
    assert [f.message.params["country"].country for f in findings(done, code="grounds.advice")] == ["CHE"]  # type: ignore[union-attr]
    assert [f.message.params["country"].country for f in findings(done, code="grounds.advice-none")] == ["ITA"]  # type: ignore[union-attr]
    words = " ".join(said(done, "grounds.advice") + said(done, "grounds.advice-differs"))
    assert "safe " not in words


def test_one_step_between_two_governments_is_shown_and_is_no_conflict(tmp_path: Path) -> None:
    add_source(DOWNLOADS / "australia_summary.csv", tmp_path, as_of=IN_SEPTEMBER)
    add_source(edited(tmp_path, "canada_summary.csv", ("Avoid all travel", "Avoid non-essential travel")), tmp_path, as_of=IN_SEPTEMBER)
    done = with_shelf(open_shelf(tmp_path, TODAY))
    assert findings(done, code="grounds.advice-differs") == []
    assert {f.severity for f in findings(done, code="grounds.advice")} == {"note", "info"}


def test_an_old_advice_is_said_to_be_old(whole: Shelf) -> None:
    old = [f for f in findings(with_shelf(whole), "B7") if f.code == "source.old"]
    assert [f.message.params["dataset"] for f in old] == ["Travel advice"]


def test_a_kept_table_that_was_changed_is_told_beside_what_is_missing(tmp_path: Path) -> None:
    add_source(DOWNLOADS / "negotiations.csv", tmp_path, as_of=IN_SEPTEMBER)
    (kept,) = (tmp_path / "sources" / "negotiations").glob("*.csv")
    kept.write_text("changed", encoding="utf-8")
    done = with_shelf(open_shelf(tmp_path, TODAY))
    (sentence,) = said(done, "source.unreadable")
    assert "was changed after it was added" in sentence
    assert one(done, "attempts.data-absent").kind == "unknown"


@pytest.mark.parametrize("path", BRIEFS, ids=[path.stem for path in BRIEFS])
def test_every_brief_is_answered_in_full_with_every_source(path: Path, whole: Shelf) -> None:
    done = constitute(read_brief(path, load_countries().resolve), whole, as_of=TODAY)
    found = findings(done)
    assert {row for finding in found for row in finding.rows} == set(ALL_ROWS)
    assert [f.code for f in found if f.kind in ("known", "conflicting") and not f.evidence] == []
    assert [f.code for f in found if f.kind == "unknown" and not (f.ask and f.decision)] == []
    for names in (False, True):
        assert all(finding["statement"] for finding in as_json(done, names=names)["findings"])


def test_the_real_files_tell_of_the_central_african_republic(test_data: Path, tmp_path: Path) -> None:
    for file in (
        "pax/pax_v10_metadata.csv.gz",
        "peace_observatory/negotiations.csv.gz",
        *(f"travel_advisories/{name}_summary.csv" for name in ADVICE),
    ):
        add_source(test_data / file, tmp_path, as_of=TODAY)
    done = constitute(read_brief(EXAMPLE, load_countries().resolve), open_shelf(tmp_path, TODAY), as_of=TODAY)
    assert one(done, "attempts.agreements").message.params["count"] == 68
    assert one(done, "attempts.negotiations").message.params["count"] == 79
    assert "Italy (4)" in said(done, "grounds.met-before")[0]
    assert len(findings(done, code="grounds.advice")) == 3
