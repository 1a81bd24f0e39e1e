"""What traditions keep during the rounds: each finding with its doubt and who decides; what is unknown is asked and never left out."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.considerations.planted import has, many, one, person, planted, said
from tests.making import findings
from tracktwo.considerations.observances import read
from tracktwo.model.brief import Observance
from tracktwo.sources.traditions import TRADITIONS


def in_round(tradition, starts, days=3):
    return planted(observances=[{"tradition": tradition}], wish={"starts": starts, "days": days, "rounds": 1})


def test_a_brief_can_name_every_tradition_that_has_a_calendar():
    assert set(get_args(Observance.model_fields["tradition"].annotation)) == {*TRADITIONS, "none", "other"}


@pytest.mark.parametrize(
    ("tradition", "starts", "sentence"),
    [
        (
            "islam-sunni",
            "2027-02-15",
            "Round 1 coincides with Ramadan, 15 February 2027 to 17 February 2027 (days of doubt either side: 1; "
            "who decides: the authority that announces the sighting of the moon).",
        ),
        (
            "hindu",
            "2027-10-28",
            "Round 1 coincides with Diwali on 29 October 2027 (days of doubt either side: 1; who decides: the almanac of the participant’s region).",
        ),
        ("bahai", "2027-03-20", "Round 1 coincides with Naw-Rúz, 20 March 2027 to 21 March 2027 (who decides: the Universal House of Justice)."),
        (
            "christian-oriental",
            "2027-01-19",
            "Round 1 coincides with Epiphany (Ethiopian, Timkat) on 19 January 2027 (who decides: the participant’s own church).",
        ),
    ],
    ids=["islam-sunni", "hindu", "bahai", "christian-oriental"],
)
def test_a_feast_in_a_round_tells_its_doubt_and_who_decides(tradition, starts, sentence):
    done = in_round(tradition, starts)
    told = [line for code in ("falls", "falls-day", "falls-fixed", "falls-fixed-day") for line in many(done, f"observances.{code}")]
    assert sentence in told


def severities(done, term):
    return {f.severity for f in findings(done, "D9") if getattr(f.message.params.get("observance"), "term", None) == f"observance.{term}"}


def test_shia_mourning_is_a_warning_and_an_orthodox_fast_a_note():
    assert severities(in_round("islam-shia", "2027-06-08"), "muharram-mourning") == {"warning"}
    assert severities(in_round("christian-orthodox", "2027-11-22"), "fast-nativity") == {"note"}
    assert severities(in_round("christian-orthodox", "2027-11-22"), "fast-wednesday-friday") == {"info"}


@pytest.mark.parametrize(
    ("tradition", "telling"),
    [("sikh", "gurpurabs"), ("buddhist", "Losar"), ("secular", "national days"), ("christian-orthodox", "patron")],
)
def test_what_no_calendar_gives_is_asked(tradition, telling):
    done = in_round(tradition, "2027-06-08")
    assert one(done, "observances.not-computed").kind == "unknown"
    assert telling in said(done, "observances.not-computed")
    assert one(done, "observances.not-computed").ask


def test_a_round_beyond_the_calendar_of_islam_is_asked_and_not_taken_for_free():
    assert has(in_round("islam-shia", "2090-06-08"), "observances.undated", "observances.weekly") == (True, False)


def test_a_day_that_two_traditions_keep_is_told_once():
    both = planted(
        observances=[{"tradition": "christian-catholic"}, {"tradition": "christian-protestant"}],
        wish={"starts": "2027-03-26", "days": 3, "rounds": 1},
    )
    assert len([line for line in many(both, "observances.falls-fixed-day") if "Good Friday" in line]) == 1


@pytest.mark.parametrize(
    ("words", "traditions"),
    [
        ("Sunni Muslim", {"islam", "islam-sunni"}),
        ("observant Shia", {"islam-shia"}),
        ("Orthodox Jew", {"judaism"}),
        ("Greek Orthodox", {"christian-orthodox"}),
        ("Coptic Orthodox", {"christian-oriental"}),
        ("Bahá’í", {"bahai"}),
        ("prays with the Sikhs of the town", {"sikh"}),
        ("wears a kippah on Fridays", set()),
        ("lives in Islamabad", set()),
        ("", set()),
    ],
)
def test_a_tradition_is_read_from_its_own_words_alone(words, traditions):
    assert read(words) == traditions


def test_a_person_who_names_a_tradition_brings_its_days():
    done = planted(invited=[person("Ada", "upper", observance="Hindu")], wish={"starts": "2027-10-28", "days": 3, "rounds": 1})
    assert any("Diwali" in line for line in many(done, "observances.falls-day"))
