"""The exact programme of an initiative: what stands in its way is named before sessions are given up."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.considerations.planted import person, planted
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.considerations.timetable import Draft, Trial, drafted
from tracktwo.considerations.timetable_planned import Cause, planned
from tracktwo.dossier.language import voice

ARABIC, FRENCH = [{"tag": "ar", "level": "native"}], [{"tag": "fr", "level": "C1"}]


def _drafted(interpreters: int) -> Draft:
    """Fictional: two towns without a common language, for two days from a Monday, and so many interpreters."""
    people: list[dict[str, Any]] = [person(f"A{n}", "upper", languages=ARABIC, agreed_to_come=True) for n in range(4)]
    people += [person(f"B{n}", "lower", languages=FRENCH, agreed_to_come=True) for n in range(4)]
    team = [person(f"I{n}", role="interpreter", languages=[*ARABIC, *FRENCH]) for n in range(interpreters)]
    made = planted(invited=people, team=team, wish={"starts": "2027-03-01", "days": 2, "rounds": 1, "months": 3})
    found = drafted(Inquiry(made.initiative, made.basis), (), voice("en").say, {})
    assert found is not None
    assert found.starts == date(2027, 3, 1)
    return found


def test_two_interpreters_carry_two_days_in_kelmans_order() -> None:
    answer = planned(_drafted(2), Trial())
    assert answer.found
    stages = [item.stage for item in sorted(answer.plan.items, key=lambda item: (item.day, item.start)) if item.stage]
    order = ["needs-and-fears", "joint-thinking", "constraints", "overcoming-constraints", "carrying-home"]
    assert stages == sorted(stages, key=order.index)
    assert all(item.serving for item in answer.plan.items if item.stage)


def test_the_limit_of_one_interpreter_is_named_before_any_session_is_given_up() -> None:
    answer = planned(_drafted(1), Trial(interpreting=200))
    assert not answer.found
    assert answer.cannot is not None
    assert Cause("interpreting") in answer.cannot.causes
    assert planned(_drafted(1), Trial(interpreting=600)).found
