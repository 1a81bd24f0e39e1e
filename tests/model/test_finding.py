"""Findings: typed parameters, and an id that is the content."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tracktwo.model.case import Case, CaseSource
from tracktwo.model.exhibit import AnyExhibit, Point, Section, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, LanguageRef, Listing, Message, Money, Month, Param, PersonRef, Term, content_id
from tracktwo.model.rows import ALL_ROWS, CONSIDERATIONS, ROWS
from tracktwo.model.world import CountryYear, Provenance

DAY = date(2026, 1, 1)
SIMPLE = st.one_of(
    st.text(max_size=12),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.builds(CountryRef, country=st.sampled_from(["MLI", "CAF"])),
    st.builds(PersonRef, person=st.sampled_from(["A-01", "B-02"])),
    st.builds(Term, term=st.text(max_size=8)),
    st.builds(Money, amount=st.decimals(0, 10**6, places=2), currency=st.just("EUR")),
    st.builds(Month, month=st.just("2027-01")),
    st.builds(LanguageRef, language=st.just("fr")),
)
PARAMS = st.recursive(
    SIMPLE,
    lambda inner: (
        st.builds(Listing, items=st.lists(inner, max_size=3).map(tuple))
        | st.builds(Message, code=st.just("x.y"), params=st.dictionaries(st.sampled_from("abc"), inner, max_size=3))
    ),
    max_leaves=6,
)


def finding(**more: object) -> Finding:
    return Finding.model_validate({"message": Message(code="x.y", params={"a": "b"}), "rows": ("A1",), "kind": "known", "as_of": DAY} | more)


@given(PARAMS)
def test_a_parameter_keeps_its_type(value: Param) -> None:
    kept = Message(code="x.y", params={"value": value}).params["value"]
    assert (type(kept), kept) == (type(value), value)


@given(PARAMS)
def test_a_finding_read_back_from_json_says_the_same(value: Param) -> None:
    one = finding(message=Message(code="x.y", params={"value": value}))
    back = Finding.model_validate_json(one.model_dump_json())
    assert back.model_dump_json() == one.model_dump_json()
    assert back.id == one.id


def test_an_amount_is_written_out_and_never_in_powers_of_ten() -> None:
    assert Money(amount=Decimal("1E+6"), currency="EUR").model_dump() == {"amount": "1000000", "currency": "EUR"}


def test_an_id_is_twelve_digits_of_the_content_whatever_the_order_of_parameters() -> None:
    one = finding(message=Message(code="x.y", params={"a": 1, "b": 2}))
    other = finding(message=Message(code="x.y", params={"b": 2, "a": 1}))
    assert one.id == other.id
    assert re.fullmatch("f[0-9a-f]{12}", one.id)
    assert content_id({"a": 1}) == "f015abd7f5cc5"


@pytest.mark.parametrize(
    "change", [{"rows": ("A2",)}, {"kind": "unknown"}, {"severity": "note"}, {"as_of": date(2026, 1, 2)}, {"ask": ("x",)}, {"personal": True}]
)
def test_another_content_has_another_id(change: dict[str, object]) -> None:
    assert finding(**change).id != finding().id


def test_a_finding_answers_at_least_one_row() -> None:
    with pytest.raises(ValidationError):
        finding(rows=())


def test_the_rows_are_those_of_the_six_considerations_in_order() -> None:
    assert tuple(ROWS) == CONSIDERATIONS
    assert len(ALL_ROWS) == len(set(ALL_ROWS)) == 66
    assert (ALL_ROWS[0], ALL_ROWS[-1], ROWS["feasibility"][-1]) == ("A1", "F12", "B12")
    assert set(Section.model_fields["consideration"].annotation.__args__) == set(CONSIDERATIONS)  # type: ignore[union-attr]


def test_every_exhibit_says_what_it_is_and_survives_json_inside_its_section() -> None:
    kinds = [kind.model_fields["type"].default for kind in get_args(AnyExhibit)]
    assert len(set(kinds)) == len(kinds) == 7
    table = Table(row="A1", title=Message(code="t"), header=(Message(code="h"),), cells=(("x",), (3,)))
    section = Section(consideration="assessment", findings=(finding(),), exhibits=(table,))
    assert Section.model_validate_json(section.model_dump_json()) == section


@pytest.mark.parametrize("place", [(91, 0), (-91, 0), (0, 181), (0, -181)])
def test_no_point_lies_off_the_earth(place: tuple[float, float]) -> None:
    with pytest.raises(ValidationError):
        Point(latitude=place[0], longitude=place[1], kind="event")


def test_a_source_is_evidence_for_one_of_its_rows() -> None:
    provenance = Provenance("UCDP", "GED", "25.1", DAY, "CC BY 4.0", url="https://ucdp.uu.se/", own_download=True)
    expected = Evidence(publisher="UCDP", dataset="GED", version="25.1", locator="row 7", as_of=DAY, url="https://ucdp.uu.se/", licence="CC BY 4.0")
    assert provenance.evidence("row 7") == expected
    assert provenance.evidence().locator is None


def test_the_deaths_of_a_year_are_those_of_all_three_kinds() -> None:
    assert CountryYear("MLI", 2020, 1, 20, 300, 299, ()).total == 321


def test_a_case_without_a_source_is_a_stub() -> None:
    empty: dict[str, object] = {name: () for name, field in Case.model_fields.items() if "tuple" in str(field.annotation)}
    words = dict.fromkeys(("id", "name", "conflict", "third_party_type", "confidentiality"), "x")
    rest: dict[str, object] = dict(
        start_year=1990, end_year=None, participants_per_meeting=None, meetings=None, outcome="ongoing", verified=False, verified_fields=()
    )
    case = Case.model_validate(empty | words | rest)
    assert case.is_stub
    assert not case.model_copy(update={"sources": (CaseSource(title="A book"),)}).is_stub


def test_a_date_is_written_as_a_date_and_another_date_makes_another_finding() -> None:
    told = Message(code="x", params={"day": DAY, "amount": Decimal("1.50"), "days": Listing(items=(DAY, Decimal(2)))})
    assert told.model_dump(mode="json")["params"] == {"day": "2026-01-01", "amount": "1.50", "days": {"items": ["2026-01-01", "2"]}}
    one, other = (Finding(message=Message(code="x", params={"day": day}), rows=("A1",), kind="known", as_of=DAY) for day in (DAY, date(2026, 1, 2)))
    assert one.id != other.id
