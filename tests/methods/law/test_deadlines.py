"""Working days counted back, by hand and by law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.law.drawn import exemption, rule
from tracktwo.methods.law.deadlines import task_of, working_days_before


@pytest.mark.parametrize(
    ("day", "working_days", "latest"),
    [
        ("2026-06-01", 0, "2026-06-01"),
        ("2026-06-01", 1, "2026-05-29"),
        ("2026-06-01", 5, "2026-05-25"),
        ("2026-06-01", 10, "2026-05-18"),
        ("2026-06-05", 4, "2026-06-01"),
        ("2026-06-07", 0, "2026-06-05"),
        ("2026-06-07", 1, "2026-06-04"),
        ("2026-06-06", 21, "2026-05-07"),
    ],
)
def test_working_days_are_counted_back_over_weekends(day: str, working_days: int, latest: str) -> None:
    assert working_days_before(date.fromisoformat(day), working_days) == date.fromisoformat(latest)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 300))
def test_so_many_working_days_lie_between_the_last_day_and_the_day(day: date, working_days: int) -> None:
    latest = working_days_before(day, working_days)
    assert latest.weekday() < 5
    between = [latest + timedelta(days=n) for n in range((day - latest).days)]
    weekdays = sum(one.weekday() < 5 for one in between)
    assert weekdays == working_days + (day.weekday() >= 5)


def test_a_task_is_late_after_its_last_day_and_without_one_from_the_day_itself() -> None:
    day = date(2026, 6, 1)
    known = task_of(rule("A", "train", "licence-needed"), _way(lead_time_working_days=10), "train", day)
    unknown = task_of(rule("A", "train", "licence-needed"), _way(lead_time_working_days=None), "train", day)
    assert known is not None
    assert unknown is not None
    assert [known.is_late(one) for one in (date(2026, 5, 18), date(2026, 5, 19))] == [False, True]
    assert [unknown.is_late(one) for one in (date(2026, 5, 31), day)] == [False, True]


@pytest.mark.parametrize("who", ["nobody", "nobody: no prior clearance exists", "self-executing within its terms", "the accused"])
def test_nobody_is_given_a_task_for_what_holds_by_itself_or_is_first_heard_in_court(who: str) -> None:
    assert task_of(rule("A", "train", "prohibited"), _way(who_applies=who), "train", date(2026, 6, 1)) is None


def _way(**more: object):
    return rule("A", "train", "licence-needed", exemptions=[exemption(**more)]).exemptions[0]
