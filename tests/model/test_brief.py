"""The brief as a model: dates, references, defaults."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tracktwo.model.brief import Brief, Budget, Cost, Day, Month, PartialDate, Party, Rate, Side, TheoryLink

DAY, MONTH, PARTIAL = TypeAdapter(Day), TypeAdapter(Month), TypeAdapter(PartialDate)
DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DATES)
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert DAY.validate_python(day) == DAY.validate_python(day.isoformat()) == day
    assert DAY.validate_json(DAY.dump_json(day)) == day


@given(DATES)
def test_digits_of_any_script_make_the_same_dates(day: date) -> None:
    for zero in "٠۰०০๐":
        written = "".join(chr(ord(zero) + int(letter)) if letter.isdigit() else letter for letter in day.isoformat())
        assert DAY.validate_python(written) == day
        assert PARTIAL.validate_python(written) == day.isoformat()
        assert MONTH.validate_python(written[:7]) == day.isoformat()[:7]


@pytest.mark.parametrize(
    "value", ["2027", "2027-02", "0", "86400", 86400, 0.0, "2027-2-1", "1899-12-31", "2200-01-01", "2027-02-30", "20270201", "", None, True]
)
def test_what_is_no_day_is_refused_and_never_taken_for_seconds(value: object) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(value)


def test_a_moment_is_no_day() -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(datetime(2027, 1, 1, 12))  # noqa: DTZ001


@pytest.mark.parametrize("value", ["1984", "1984-05", "1984-05-31", "0622", "622", "2024-02-29", "0622-07-16"])
def test_a_date_known_in_part_is_kept_as_far_as_it_is_known(value: str) -> None:
    assert PARTIAL.validate_python(value) == value


@pytest.mark.parametrize("value", ["84", "1984-13", "1984-5", "1984-05-32", "2023-02-29", "May 1984", "1984-05\n-01", "19845", ""])
def test_a_date_of_another_form_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        PARTIAL.validate_python(value)


@pytest.mark.parametrize("value", ["2027", "2027-00", "2027-13", "2027-1", "0207-02", "9999-12", "2027-02-01"])
def test_a_month_outside_of_reason_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        MONTH.validate_python(value)


def test_a_bare_brief_wishes_four_rounds_of_three_days_in_person() -> None:
    brief = Brief(title="T", parties=(Party(name="P"),))
    assert (brief.wish.rounds, brief.wish.days, brief.wish.months, brief.wish.mode) == (4, 3, 18, "in person")
    assert (brief.format, brief.language, brief.challenge, brief.budget, brief.change) == ("brief/1", "en", "armed conflict", None, None)


def test_a_brief_survives_json() -> None:
    brief = Brief.model_validate(
        {
            "title": "T",
            "parties": [{"name": "P", "side": "north"}],
            "sides": [{"id": "north", "name": "N"}],
            "relations": [{"from": "a", "to": "b", "kind": "trusts"}],
            "change": {"statement": "s", "links": [{"id": "a", "if": "x", "then": "y"}]},
            "budget": {"currency": "EUR", "costs": [{"what": "w", "amount": "0.10"}]},
            "wish": {"starts": "2027-02-01"},
        }
    )
    assert Brief.model_validate_json(brief.model_dump_json(by_alias=True)) == brief


def test_references_that_hang_loose_are_all_found() -> None:
    brief = Brief.model_construct(
        sides=(Side(id="a", name="A", line=1), Side(id="a", name="A again", line=2)),
        parties=(Party(name="P", side="b", line=3),),
        budget=Budget(
            currency="EUR", costs=(Cost(what="w", amount=1, currency="USD", line=4),), rates=(Rate(currency="XAF", rate=1, as_of=date(2026, 1, 1)),)
        ),
    )
    assert list(brief.loose_references()) == [
        (3, "parties.side names the side 'b', which nobody declared (sides: a)"),
        (2, "sides declares 'a' twice; each side is declared once"),
        (4, "budget uses USD without a rate to EUR; add it under budget.rates"),
    ]


def test_a_rate_or_the_currency_of_the_budget_itself_is_enough() -> None:
    budget = Budget(
        currency="EUR",
        costs=(Cost(what="w", amount=1, currency="EUR"), Cost(what="w", amount=1, currency="XAF"), Cost(what="w", amount=1)),
        rates=(Rate(currency="XAF", rate="0.0015", as_of=date(2026, 1, 1)),),
    )
    assert list(Brief(title="T", parties=(Party(name="P"),), budget=budget).loose_references()) == []


def test_links_of_a_theory_may_rest_on_links_stated_later() -> None:
    links = (
        TheoryLink.model_validate({"id": "a", "if": "x", "then": "y", "after": ["b"]}),
        TheoryLink.model_validate({"id": "b", "if": "x", "then": "y"}),
    )
    brief = Brief.model_validate({"title": "T", "parties": [{"name": "P"}], "change": {"statement": "s", "links": links}})
    assert list(brief.loose_references()) == []
