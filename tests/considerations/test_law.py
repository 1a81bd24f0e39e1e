"""The legal table of an initiative: both ways, by law and not by name, and with the fixed last line; it never says that something may be done."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.considerations.planted import BASE, has, many, one, person, planted, said
from tests.making import findings
from tracktwo.constitute import Constituted, let_out
from tracktwo.dossier.language import voice
from tracktwo.model.exhibit import Table

LISTED = [*BASE["parties"], {"name": "The men of the hills", "kind": "armed group", "listings": [{"on": "US-FTO219"}, {"on": "US-TERR"}]}]
AMERICAN = [person("Tess", role="facilitator", nationalities=["United States"], residence="United States")]
GUEST = [person("Ada", "upper", nationalities=["Mali"], affiliation="The men of the hills")]
CLOSING = "A change made in order to avoid a rule can itself break it. Ask counsel before making it, and before writing it down."


def act(kind: str, with_: str = "The men of the hills", **fields: Any) -> dict[str, Any]:
    return {"what": f"A plan of {kind}", "kind": kind, "with": with_, **fields}


def tables(done: Constituted, code: str) -> list[Table]:
    return [x for section in done.sections for x in section.exhibits if isinstance(x, Table) and x.title.code == code]


def test_training_a_listed_group_is_prohibited_for_the_american_alone() -> None:
    done = planted(parties=LISTED, team=[*AMERICAN, person("Nils", nationalities=["Norway"])], acts=[act("training")])
    found = one(done, "law.party-prohibited")
    assert (found.severity, found.kind, found.message.params["who"], found.message.params["of"]) == ("serious", "known", 1, 3)
    assert "US-2339B" in said(done, "law.party-prohibited")
    assert {item.locator for item in found.evidence} >= {"US-2339B"}


def test_every_legal_table_ends_with_the_fixed_line_and_what_the_base_does_not_cover() -> None:
    done = planted(parties=LISTED, team=AMERICAN, acts=[act("training")])
    assert said(done, "law.last-line").startswith("This is not advice. Ask counsel.")
    (table,) = tables(done, "table.rules")
    assert "International Criminal Court" in " ".join(voice().word(line[2]) for line in table.cells if voice().word(line[1]) == "Not covered")


def test_no_rule_found_says_so_and_never_that_it_may_be_done() -> None:
    done = planted(team=[person("Nils", role="facilitator", nationalities=["Norway"])], acts=[act("dialogue", "Council of the upper town")])
    assert "no rule was found in this base" in said(done, "law.no-rule-found")
    assert one(done, "law.no-rule-found").kind == "unknown"
    for language in ("en",):
        words = " ".join(voice(language).say(finding.message) for finding in findings(done) if finding.code.startswith("law."))
        assert not re.search(r"\b(is|are) (allowed|legal|lawful|safe)\b|\bmay do\b", words)


def test_without_acts_the_usual_ones_of_a_workshop_are_read_and_that_is_said() -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST)
    assert "lodging" in said(done, "law.usual-acts")
    assert has(done, "law.party-prohibited") == (True,)
    assert has(planted(parties=LISTED, team=AMERICAN, acts=[act("training")]), "law.usual-acts") == (False,)


def test_a_guest_who_belongs_to_a_listed_party_stands_under_its_listings() -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST, acts=[act("per diem")])
    (table,) = tables(done, "table.law-people")
    assert table.personal
    people = let_out(done, voice(), names=True).model_dump_json()
    assert "A-01" in str(table.cells)
    assert "US-594-SDGT" in people


def test_guests_are_bound_by_their_own_laws_towards_each_other() -> None:
    korea = planted(
        countries=["South Korea", "North Korea"],
        invited=[
            person("Min", "upper", nationalities=["South Korea"], residence="South Korea"),
            person("Ri", "lower", nationalities=["North Korea"], residence="North Korea"),
        ],
    )
    assert any("KR-" in sentence for code in ("law.guests-unclear", "law.guests-duty", "law.guests-licence-needed") for sentence in many(korea, code))


def test_no_name_and_no_person_stands_in_what_leaves_without_names() -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST, acts=[act("per diem")])
    released = let_out(done, voice())
    shown = [x.title.code for section in released.sections for x in section.exhibits if isinstance(x, Table)]
    assert "table.law" in shown
    assert "table.rules" in shown
    assert "table.law-people" not in shown
    assert not [f for section in released.sections for f in section.findings if f.code.startswith("law.smallest")]


def test_the_smallest_change_puts_the_exemption_first_and_ends_with_the_warning() -> None:
    done = planted(parties=LISTED, team=[*AMERICAN, person("Nils", role="facilitator", nationalities=["Norway"])], acts=[act("training", by="Tess")])
    sentences = many(done, "law.smallest") + many(done, "law.smallest-exemptions")
    assert sentences
    assert all(sentence.endswith(CLOSING) for sentence in sentences)
    assert all("currenc" not in sentence and "payer" not in sentence and "route" not in sentence for sentence in sentences)


def test_counsels_answer_stands_beside_the_rule_and_counts_within_its_scope_only() -> None:
    asked = {"question": "May Tess train them?", "answer": "Not reached in this case.", "by": "A lawyer", "date": "2026-10-01"}
    plain = planted(parties=LISTED, team=AMERICAN, acts=[act("training")])
    heard = planted(parties=LISTED, team=AMERICAN, acts=[act("training")], counsel=[asked])
    assert has(heard, "law.counsel-heard", "law.party-prohibited") == (True, True)
    rules = ["US-2339B", "US-594-SDGT"]
    counted = planted(
        parties=LISTED, team=AMERICAN, acts=[act("training")], counsel=[asked | {"effect": "not-reached", "rules": rules, "acts": ["train"]}]
    )
    assert has(counted, "law.counsel", "law.party-prohibited") == (True, False)
    elsewhere = planted(
        parties=LISTED, team=AMERICAN, acts=[act("training")], counsel=[asked | {"effect": "not-reached", "rules": rules, "acts": ["meet"]}]
    )
    assert has(elsewhere, "law.party-prohibited") == (True,)
    over = planted(
        parties=LISTED,
        team=AMERICAN,
        acts=[act("training")],
        counsel=[asked | {"effect": "not-reached", "rules": rules, "acts": ["train"], "until": "2026-11-01"}],
    )
    assert has(over, "law.counsel-over", "law.party-prohibited") == (True, True)
    assert has(plain, "law.counsel") == (False,)


def test_a_rule_that_nobody_checked_in_time_says_so_with_its_day() -> None:
    late = planted(parties=LISTED, team=AMERICAN, acts=[act("training")], wish={"starts": "2035-01-01", "rounds": 1, "months": 1})
    assert "Nobody has checked these rules up to 1 January 2035" in said(late, "law.stale")


def test_money_and_ground_bring_laws_in() -> None:
    party = [*BASE["parties"], {"name": "The men of the hills", "kind": "armed group", "listings": [{"on": "US-TERR"}]}]
    norwegian = [person("Nils", role="facilitator", nationalities=["Norway"])]
    dollars = {"currency": "USD", "costs": [{"what": "a round", "amount": 10}]}
    bare = planted(parties=party, team=norwegian, acts=[act("per diem")])
    paid = planted(parties=party, team=norwegian, acts=[act("per diem")], budget=dollars)
    assert has(bare, "law.party-licence-needed", "law.party-prohibited") == (False, False)
    assert any(has(paid, "law.party-licence-needed", "law.party-prohibited"))


def test_an_exemption_is_a_task_of_whoever_can_ask_and_hardly_ever_of_the_convenor() -> None:
    listed = [person("Ada", "upper", nationalities=["Mali"], listings=[{"on": "UN-SC1718"}])]
    done = planted(invited=listed, venues=[{"name": "Inn", "place": {"city": "Dakar", "country": "Senegal"}}])
    tasks = [finding for code in ("law.task", "law.task-undated", "law.task-late") for finding in findings(done, code=code)]
    assert tasks
    assert all("convenor" not in str(finding.message.params["owner"]).casefold() for finding in tasks)
    dated = [finding for finding in tasks if "on" in finding.message.params]
    assert all(finding.message.params["on"] < date(2027, 3, 1) for finding in dated)


@pytest.mark.parametrize("kind", ["dialogue", "training", "advice", "travel", "per diem", "hosting", "payment", "equipment", "joint publication"])
def test_every_plain_word_for_an_act_is_read_against_the_rules(kind: str) -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST, acts=[act(kind)])
    assert tables(done, "table.law")
    assert has(done, "law.act", "law.act-alone") == (False, False)


def test_an_act_of_another_kind_waits_for_counsel() -> None:
    assert has(planted(parties=LISTED, acts=[act("other")]), "law.act") == (True,)


def test_parties_of_which_the_same_is_said_stand_in_one_sentence() -> None:
    twins = [*LISTED, {"name": "The men of the coast", "kind": "armed group", "listings": [{"on": "US-FTO219"}, {"on": "US-TERR"}]}]
    both = [act("training"), act("training", "The men of the coast")]
    done = planted(parties=twins, team=AMERICAN, acts=both)
    assert "With The men of the hills and The men of the coast" in said(done, "law.party-prohibited")
    apart = planted(parties=twins, team=AMERICAN, acts=[act("training"), act("payment", "The men of the coast")])
    assert len(many(apart, "law.party-prohibited")) == 2


def test_a_line_of_the_legal_tables_holds_all_acts_of_which_the_same_is_said() -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST)
    for code, place in (("table.law", 0), ("table.law-people", 0)):
        (table,) = tables(done, code)
        keys = [tuple(voice().word(cell) for number, cell in enumerate(line) if number != place + 2) for line in table.cells]
        assert len(keys) == len(set(keys)), code
    (table,) = tables(done, "table.law")
    effects = [voice().word(line[1]) for line in table.cells if line[0] == "The men of the hills"]
    order = ["prohibited", "a licence is needed", "unclear"]
    assert effects[0] == "prohibited"
    assert [effect for effect in effects if effect in order] == sorted((e for e in effects if e in order), key=order.index)


def test_why_a_rule_reaches_somebody_is_said_in_words_and_not_in_keys() -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST)
    (table,) = tables(done, "table.law-people")
    because = " ".join(voice().word(line[-1]) for line in table.cells)
    assert "citizenship (United States)" in because
    assert "nationality:US" not in because


def test_what_is_serious_stands_first_and_the_fixed_line_last() -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST)
    told = [finding for finding in findings(done, "B3") if finding.rows[0] == "B3" and finding.code.startswith(("law.", "screen."))]
    weights = [("serious", "warning", "note", "info").index(finding.severity) for finding in told[:-1]]
    assert weights == sorted(weights)
    assert told[0].code == "law.party-prohibited"
    assert told[-1].code == "law.last-line"


def test_a_change_of_many_steps_stands_in_a_table_with_what_each_costs() -> None:
    done = planted(parties=LISTED, team=AMERICAN, invited=GUEST)
    (table,) = tables(done, "table.smallest")
    assert table.personal
    points = [line[-1] for line in table.cells]
    assert sum(point for point in points if isinstance(point, int)) == one(done, "law.smallest").message.params["cost"]
    assert any("leave out" in voice().word(line[0]) for line in table.cells)
