"""Row D2, the panel that is proposed: who, in which order, what a refusal breaks; and what never leaves the team's room."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.considerations.planted import has, one, person, planted, said
from tests.making import from_text
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.considerations.panel import Proposal
from tracktwo.constitute import Constituted, let_out
from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.language import voice
from tracktwo.model.exhibit import Table
from tracktwo.sources.brief import BriefError


def _crowd(**changed: dict[str, Any]) -> list[dict[str, Any]]:
    """Fictional: A0 to A3 of the upper town, B0 to B3 of the lower; every other one a woman."""
    people = []
    for side, town in (("A", "upper"), ("B", "lower")):
        for n in range(4):
            name = f"{side}{n}"
            people.append(person(name, town, **{"gender": "woman" if n % 2 else "man", "agreed_to_come": True, **changed.get(name, {})}))
    return people


def _planned(panel: dict[str, Any] | None = None, **changed: dict[str, Any]) -> Constituted:
    return planted(invited=_crowd(**changed), panel={"size": 4, **(panel or {})})


def _proposal(made: Constituted) -> Proposal:
    return Proposal(Inquiry(made.initiative, made.basis))


def _names(made: Constituted, codes: Any) -> list[str]:
    return [next(member.person.name for member in made.initiative.members if member.code == code) for code in codes]


def _without_digest(dossier: bytes) -> Any:
    """A dossier as data, without where in the brief things stood."""
    return re.sub(r"lines? [0-9, ]+", "", json.dumps({key: value for key, value in json.loads(dossier).items() if "digest" not in key}))


def _invitations(made: Constituted) -> Table:
    (table,) = [x for section in made.sections for x in section.exhibits if isinstance(x, Table) and x.title.code == "table.invitations"]
    return table


def test_sides_are_even_and_women_and_men_alike_where_nobody_asked_for_anything() -> None:
    made = _planned()
    names = _names(made, _proposal(made).fit.people)  # type: ignore[union-attr]
    assert sorted(name[0] for name in names) == ["A", "A", "B", "B"]
    assert sorted(int(name[1]) % 2 for name in names) == [0, 0, 1, 1]
    assert one(made, "panel.proposed").kind == "assumed"


def test_influence_decides_between_equals_and_is_told_in_no_file() -> None:
    made = _planned(A2={"influence": 7}, B3={"influence": 9, "household": "ZEBRAHOUSE"})
    proposal = _proposal(made)
    assert {"A2", "B3"} <= set(_names(made, proposal.fit.people))  # type: ignore[union-attr]
    other = _planned(A2={"influence": 3}, B3={"influence": 4})  # other scores, and no household, but the same choice
    for names in (False, True):
        first, second = (dossier_json(let_out(one, voice("en"), names=names), voice("en")) for one in (made, other))
        assert b"ZEBRAHOUSE" not in first
        assert _without_digest(first) == _without_digest(second)


def test_a_veto_keeps_somebody_away_and_the_file_says_only_how_many_are_left_out() -> None:
    made = _planned(A0={"refused_by": ["lower"]})
    proposal = _proposal(made)
    assert [(one.ground, _names(made, [one.key])) for one in proposal.excluded] == [("veto", ["A0"])]
    assert "A0" not in _names(made, proposal.fit.people)  # type: ignore[union-attr]
    assert said(made, "panel.left-out") == "Invited people who are not considered for the panel: 1 of 8. The reasons stay with the team."
    text = dossier_json(let_out(made, voice("en"), names=True), voice("en")).decode()
    assert "veto" not in text


def test_whoever_declined_or_can_enter_no_venue_is_not_considered() -> None:
    venue = {"name": "A house", "place": {"city": "Tunis", "country": "TUN"}}
    rule = {"person": "A1", "country": "TUN", "rule": "no admission", "as_of": "2026-10-01", "source": "the consulate"}
    made = planted(invited=_crowd(A0={"agreed_to_come": False}, A1={"nationalities": ["FRA"]}), panel={"size": 4}, venues=[venue], entry_rules=[rule])
    assert [(one.ground, *_names(made, [one.key])) for one in _proposal(made).excluded] == [("declined", "A0"), ("travel", "A1")]


def test_who_comes_only_with_another_is_asked_after_the_other() -> None:
    made = _planned({"must": ["A0"]}, A0={"comes_with": ["B2"]})
    order = _names(made, [one.person for one in _proposal(made).order])
    assert order.index("B2") < order.index("A0")
    table = _invitations(made)
    row = next(cells for cells in table.cells if _names(made, [cells[1].person]) == ["A0"])  # type: ignore[union-attr]
    assert _names(made, [param.person for param in row[2].items]) == ["B2"]  # type: ignore[union-attr]


def test_people_kept_apart_are_not_proposed_together_and_households_send_one() -> None:
    apart = {"apart": [{"one": "A1", "other": other} for other in ("B0", "B1", "B2")], "must": ["A1"], "one_of_each": ["household"]}
    made = planted(invited=_crowd(A2={"household": "x"}, A3={"household": "x"}), panel={"size": 4, **apart})
    assert {"B0", "B1", "B2"}.isdisjoint(_names(made, _proposal(made).fit.people))  # type: ignore[union-attr]
    lone = planted(
        invited=_crowd(A2={"household": "x"}, A3={"household": "x"}), panel={"size": 3, "quotas": [{"side": "lower", "min": 1, "max": 1}], **apart}
    )
    names = _names(lone, _proposal(lone).fit.people)  # type: ignore[union-attr]
    assert "B3" in names
    assert {"A2", "A3"} - set(names)


def test_rules_that_nobody_can_keep_are_named_with_what_would_help() -> None:
    made = _planned({"quotas": [{"gender": "woman", "side": "upper", "min": 3}]})
    assert said(made, "panel.impossible") == "No panel of 4 keeps these rules together: at least 3 of Upper town and woman (possible: 2)."
    assert one(made, "panel.impossible").severity == "serious"
    assert has(made, "panel.proposed") == (False,)


def test_who_must_not_meet_whom_is_told_in_no_file_even_where_it_makes_a_panel_impossible() -> None:
    made = _planned({"must": ["A0", "B0"], "apart": [{"one": "A0", "other": "B0", "why": "ZEBRA"}]})
    assert "at most one of people who may not sit together" in said(made, "panel.impossible")
    assert [clash.bound for clash in _proposal(made).conflict].count("apart") == 1
    (finding,) = [one.message.model_dump_json() for section in made.sections for one in section.findings if one.code == "panel.impossible"]
    assert 'panel.clash-apart"' not in finding
    assert b"ZEBRA" not in dossier_json(let_out(made, voice("en"), names=True), voice("en"))


def test_an_even_split_that_nobody_asked_for_gives_way() -> None:
    made = _planned({"must": ["A0", "A1", "A2"]})
    assert _names(made, _proposal(made).fit.people)[:3] == ["A0", "A1", "A2"]  # type: ignore[union-attr]


def test_what_nobody_on_the_panel_brings_is_said() -> None:
    assert said(_planned({"competences": ["water law"]}), "panel.nobody-knows") == "Nobody on the proposed panel brings: water law."
    assert has(_planned({"competences": ["water law"]}, B0={"expertise": ["Water law"]}), "panel.nobody-knows") == (False,)


def test_with_no_more_people_than_seats_nothing_is_chosen() -> None:
    made = _planned({"size": 8})
    assert has(made, "panel.proposed", "panel.proposed-all", "panel.irreplaceable") == (False, True, False)


def test_a_pin_and_somebody_left_out_are_tried_without_writing_anything() -> None:
    made = _planned()
    q = Inquiry(made.initiative, made.basis)
    before = _proposal(made).fit
    assert before is not None
    outside = next(member.code for member in made.initiative.members if member.invited and member.code not in before.people)
    tried = Proposal(q, pinned=frozenset({outside}), left_out=frozenset({before.people[0]})).fit
    assert tried is not None
    assert outside in tried.people
    assert before.people[0] not in tried.people


def test_a_brief_that_names_a_stranger_for_the_panel_says_where() -> None:
    text = "title: T\nparties: [{name: A, side: a}]\nsides: [{id: a, name: A}]\ncountries: [MLI]\npanel:\n  must: [Nobody]\n"
    with pytest.raises(BriefError, match=r"panel\.must names 'Nobody', who stands neither in team nor among invited"):
        from_text(text)


def test_two_versions_of_one_person_that_contradict_each_other_hold_one_seat() -> None:
    made = _planned()
    twice = next(member for member in made.initiative.members if member.person.name == "A1")
    other = replace(twice, person=twice.person.model_copy(update={"gender": "other"}))
    initiative = replace(made.initiative, members=(*made.initiative.members, other))
    proposal = Proposal(Inquiry(initiative, made.basis))
    assert len(proposal.asked) == 8
    assert proposal.fit is not None
