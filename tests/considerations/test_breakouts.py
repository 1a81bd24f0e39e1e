"""Row D8, breakout rooms of the proposed panel: who meets across the sides, who understands whom, and what is not known."""

from __future__ import annotations

from typing import Any

from tests.considerations.planted import has, one, person, planted, said
from tracktwo.considerations.breakouts import Breakouts
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.considerations.panel import Proposal
from tracktwo.constitute import Constituted
from tracktwo.model.exhibit import Table

ARABIC, FRENCH = [{"tag": "ar", "level": "native"}], [{"tag": "fr", "level": "C1"}]


def _made(upper: Any = ARABIC, lower: Any = ARABIC, *, each: int = 6, interpreters: int = 0, **fields: Any) -> Constituted:
    """Fictional: so many of each town with their languages, and so many interpreters between the two."""
    people = [person(f"A{n}", "upper", languages=upper, agreed_to_come=True) for n in range(each)]
    people += [person(f"B{n}", "lower", languages=lower, agreed_to_come=True) for n in range(each)]
    both = {"languages": [*ARABIC, *FRENCH], "accepted_by": ["upper", "lower"], **fields}
    team = [person(f"I{n}", role="interpreter", **both) for n in range(interpreters)]
    return planted(invited=people, team=team, panel={"size": 2 * each})


def _rooms(made: Constituted) -> Breakouts:
    return Breakouts(Proposal(Inquiry(made.initiative, made.basis)))


def test_who_understand_each_other_all_meet_across_the_sides_in_balanced_rooms() -> None:
    made = _made()
    assert said(made, "breakouts.planned") == "In 6 rounds of 3 breakout rooms, 36 of 36 pairs across the sides sit together at least once."
    assert has(made, "breakouts.not-met", "breakouts.no-common-language", "breakouts.languages-unknown") == (False, False, False)
    plan, sides = _rooms(made).plan, {member.code: member.person.sides[0] for member in made.initiative.members if member.invited}
    assert plan is not None
    assert all([sides[code] for code in room].count("upper") == 2 for one in plan.rounds for room in one.rooms)
    (table,) = [x for section in made.sections for x in section.exhibits if isinstance(x, Table) and x.title.code == "table.breakouts"]
    assert len(table.cells) == 6


def test_too_few_interpreters_keep_the_sides_apart_and_what_more_would_bring_is_said() -> None:
    made = _made(ARABIC, FRENCH, interpreters=0)
    assert one(made, "breakouts.too-few-interpreters").severity == "warning"
    assert said(made, "breakouts.too-few-interpreters").startswith("With 0 interpreters for 3 rooms, 0 of 36 pairs")
    assert has(_made(ARABIC, FRENCH, interpreters=3), "breakouts.too-few-interpreters") == (False,)


def test_an_interpreter_whom_a_side_refuses_is_in_no_room() -> None:
    made = _made(ARABIC, FRENCH, interpreters=1, accepted_by=["lower"], refused_by=["upper"])
    plan = _rooms(made).plan
    assert plan is not None
    assert {interpreter for one in plan.rounds for interpreter in one.interpreters} == {None}


def test_interpreters_whom_nobody_was_asked_about_are_a_question() -> None:
    assert one(_made(ARABIC, FRENCH, interpreters=1, accepted_by=["upper"]), "breakouts.interpreter-not-accepted").kind == "unknown"
    assert has(_made(ARABIC, FRENCH, interpreters=1), "breakouts.interpreter-not-accepted") == (False,)


def test_where_somebody_has_not_said_what_he_speaks_nobody_claims_that_rooms_understand_each_other() -> None:
    made = _made(ARABIC, [])
    assert one(made, "breakouts.languages-unknown").kind == "unknown"
    assert has(made, "breakouts.no-common-language") == (False,)


def test_a_small_circle_has_no_breakout_rooms() -> None:
    assert has(_made(each=3), "breakouts.planned") == (False,)
