"""Culture in the programme: what the dossier proposes, what it leaves out, whose turn it is, which menu serves all."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from tests.considerations.planted import has, many, one, planted, said
from tests.making import BRIEFS, EXAMPLE, ROOT, constituted, findings, from_text
from tracktwo.considerations import culture
from tracktwo.considerations.culture import claims
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.constitute import Constituted, let_out
from tracktwo.dossier.language import entries, languages, voice
from tracktwo.library.culture import load_activities, load_contested
from tracktwo.library.held_back import HOLDS_BACK
from tracktwo.methods.culture import names
from tracktwo.model.exhibit import Programme, Table

KOREA = ROOT / "examples" / "korean-peninsula.yaml"
ARMENIA_AZERBAIJAN = ROOT / "examples" / "armenia-azerbaijan.yaml"
VILLAGES = ROOT / "tests" / "briefs" / "community-dispute.yaml"
PAIRS = [
    (row.slug, one_, other) for row in load_contested() for camp, against in combinations(row.camps, 2) for one_ in camp[:1] for other in against[:2]
]


def two_states(one_: str, other: str, **fields: Any) -> Constituted:
    """Two sides, each of one state."""
    sides = [{"id": "upper", "name": "One side"}, {"id": "lower", "name": "Another side"}]
    parties = [{"name": "First government", "country": one_, "side": "upper"}, {"name": "Second government", "country": other, "side": "lower"}]
    return planted(countries=[one_, other], sides=sides, parties=parties, **fields)


def table(done: Constituted, code: str) -> Table:
    (found,) = (x for s in done.sections for x in s.exhibits if isinstance(x, Table) and x.title.code == code)
    return found


def rungs(done: Constituted) -> list[str]:
    return [finding.code.removeprefix("culture.proposal-") for finding in findings(done) if finding.code.startswith("culture.proposal-")]


def spoken_proposals(done: Constituted, language: str = "en") -> str:
    """Every word that proposes: findings, the table of proposals, and the cultural items of the programme."""
    speaker = voice(language)
    told = [speaker.say(f.message) for f in findings(done) if f.code.startswith("culture.proposal") or f.code == "culture.none"]
    told += [speaker.word(cell) for line in table(done, "table.proposals").cells for cell in line]
    programmes = [x for s in done.sections for x in s.exhibits if isinstance(x, Programme)]
    told += [speaker.word(slot.what) for p in programmes for day in p.days for slot in day.slots]
    return "\n".join(told)


def test_lavash_is_proposed_nowhere_for_armenia_and_azerbaijan() -> None:
    done = constituted(ARMENIA_AZERBAIJAN)
    for row in load_contested():
        if {"ARM", "AZE"} <= set(row.parties):
            assert not names(row.words, spoken_proposals(done)), row.slug
    assert said(done, "culture.left-out").startswith("5 practices are left out")


@pytest.mark.parametrize(("slug", "one_", "other"), PAIRS)
def test_no_contested_practice_is_proposed_to_those_who_contest_it(slug: str, one_: str, other: str) -> None:
    done = two_states(one_, other, venues=[{"name": "A house", "place": {"city": "Geneva", "country": "CHE"}}])
    told = spoken_proposals(done)
    contested_here = [row for row in load_contested() if sum(not {one_, other}.isdisjoint(camp) for camp in row.camps) >= 2]
    assert slug in {row.slug for row in contested_here}
    for row in contested_here:
        assert not names(row.words, told), row.slug


def test_the_red_list_names_for_hosts_what_is_left_out() -> None:
    done = constituted(ARMENIA_AZERBAIJAN)
    listed = [voice().word(what) for what, _ in table(done, "table.red-list").cells]
    assert "thin flatbread (lavash and other names)" in listed
    assert "flags and emblems" in listed
    assert "left out" in voice().say(table(done, "table.red-list").title).replace("leave out", "left out")


def test_a_wish_for_a_contested_practice_is_warned_of_and_not_in_the_programme() -> None:
    done = two_states("ARM", "AZE", culture=[{"what": "We bake lavash together", "host": "upper"}, {"what": "Tea", "host": "lower"}])
    finding = one(done, "culture.contested-wish")
    assert (finding.severity, "We bake lavash together" in said(done, "culture.contested-wish")) == ("warning", True)
    assert "lavash" not in spoken_proposals(done)
    control = two_states("FRA", "BRA", culture=[{"what": "We bake lavash together", "host": "upper"}])
    assert not findings(control, code="culture.contested-wish")
    assert "lavash" in spoken_proposals(control)


def test_the_koreas_get_their_wrestling_with_its_source_and_day() -> None:
    done = constituted(KOREA)
    line = table(done, "table.proposals").cells[0]
    speaker = voice()
    assert "Ssirum/Ssireum" in speaker.word(line[0])
    assert speaker.word(line[1]).startswith("a: inscribed jointly – inscribed by ")
    assert speaker.word(line[4]).endswith("nothing measured. Living heritage: facts of UNESCO's lists, 01533 (as of 22 November 2026)")
    finding = one(done, "culture.proposal-a")
    assert {(item.dataset, item.locator) for item in finding.evidence} >= {("Living heritage: facts of UNESCO's lists", "element 01533")}


def test_two_villages_of_one_state_start_with_what_is_nobodys() -> None:
    done = constituted(VILLAGES)
    assert rungs(done) == ["e"]
    assert has(done, "culture.starts-free", "culture.ask-national") == (True, True)


def without_evidence() -> Constituted:
    lines = EXAMPLE.read_text(encoding="utf-8").split("\n")
    kept = "\n".join(line for line in lines if not line.startswith("  - {what: An evening held in Sango alone"))
    return from_text(kept.replace("\nshared_practices:\n", "\n"))


def test_the_central_african_example_climbs_by_the_evidence_of_its_sides_alone() -> None:
    assert rungs(constituted(EXAMPLE))[0] == "b"
    bare = without_evidence()
    assert rungs(bare) == ["e"]
    assert has(bare, "culture.starts-free") == (True,)


def test_evidence_without_a_source_or_without_a_side_stays_a_question() -> None:
    both = ["upper", "lower"]
    source = {"title": "A study of songs", "date": "2024"}
    climbs = planted(shared_practices=[{"what": "Rowing songs", "practised_by": both, "asked": both, "source": source}])
    assert rungs(climbs) == ["b", "e"]
    assert not [f for f in findings(climbs) if f.code.startswith("culture.practice")]
    unsourced = planted(shared_practices=[{"what": "Rowing songs", "practised_by": both}])
    assert (rungs(unsourced), has(unsourced, "culture.practice-unsourced")) == (["e"], (True,))
    half = planted(shared_practices=[{"what": "Rowing songs", "practised_by": ["upper"], "source": source}])
    assert (rungs(half), has(half, "culture.practice-of-some")) == (["e"], (True,))
    unasked = planted(shared_practices=[{"what": "Rowing songs", "practised_by": both, "asked": ["upper"], "source": source}])
    assert "Lower town" in said(unasked, "culture.practice-not-asked")
    loose = planted(shared_practices=[{"what": "Rowing songs", "element": "99999", "practised_by": both, "asked": both, "source": source}])
    assert "99999" in said(loose, "culture.no-element")


def test_what_is_named_for_every_side_is_told_and_asked_about_and_proposes_nothing() -> None:
    upper = {"id": "upper", "name": "Upper town", "languages": ["fr", "bm"], "religions": ["Islam"], "communities": ["Fulani"]}
    lower = {"id": "lower", "name": "Lower town", "languages": ["bm"], "religions": ["islam"], "communities": ["Dogon"]}
    done = planted(sides=[upper, lower])
    assert said(done, "culture.in-common").startswith("By the brief every side has this in common (Upper town and Lower town): Bambara and Islam.")
    assert rungs(done) == ["e"]
    assert has(planted(sides=[upper, lower | {"languages": [], "religions": []}]), "culture.in-common") == (False,)


def test_a_practice_that_is_contested_is_no_evidence() -> None:
    lavash = [{"what": "Baking bread", "element": "01181", "practised_by": ["upper", "lower"], "source": {"title": "A film"}}]
    done = two_states("ARM", "AZE", shared_practices=lavash)
    assert has(done, "culture.contested-wish", "culture.proposal-b") == (True, False)


@pytest.mark.parametrize("path", BRIEFS, ids=[path.stem for path in BRIEFS])
def test_every_proposal_has_a_grade_cautions_a_host_and_a_source(path: Any) -> None:
    done = constituted(path)
    proposals = table(done, "table.proposals")
    speaker = voice()
    assert any(speaker.word(line[1]).startswith("e:") for line in proposals.cells)
    for line in proposals.cells:
        assert len(line) == len(proposals.header) == 6
        assert all(speaker.word(cell) for cell in line)
        assert "as of" in speaker.word(line[4])
    promised = [word for word in ("will reduce", "will build", "guarantee", "proven") if word in spoken_proposals(done)]
    assert not promised


@pytest.mark.parametrize("language", languages())
def test_an_activity_has_a_name_and_as_many_cautions_as_the_table_in_every_language(language: str) -> None:
    held = {code for code in entries(language) if code.startswith("activity.")}
    wanted = {f"activity.{a.slug}" for a in load_activities()}
    wanted |= {f"activity.{a.slug}.caution-{n}" for a in load_activities() for n in range(1, len(a.cautions) + 1)}
    assert held == wanted


def test_no_activity_names_a_practice_that_does_not_hold_it_back() -> None:
    told = entries("en")
    for activity in load_activities():
        codes = [f"activity.{activity.slug}", *(f"activity.{activity.slug}.caution-{n}" for n in range(1, len(activity.cautions) + 1))]
        text = " ".join(form for code in codes for form in told[code].forms)
        named = {claim.slug for claim in claims() if names(claim.words, text)}
        assert named <= set(HOLDS_BACK.get(activity.slug, ())), activity.slug


def test_the_order_of_sides_changes_no_proposal() -> None:
    done = constituted(KOREA)
    turned = replace(done.initiative, sides=done.initiative.sides[::-1], parties=done.initiative.parties[::-1])
    assert culture.ladder_of(Inquiry(turned, done.basis)) == culture.ladder_of(Inquiry(done.initiative, done.basis))


def test_an_evening_for_which_nobody_offers_anything_gets_what_is_nobodys() -> None:
    done = planted()
    assert "An offer for the evening: Sport in mixed teams" in spoken_proposals(done)
    assert "An offer for the evening: Unplanned free time" in spoken_proposals(done)


def test_what_the_host_country_inscribed_is_offered_with_the_third_party_as_host_and_not_on_a_partys_ground() -> None:
    abroad = two_states("ARM", "AZE", venues=[{"name": "A house", "place": {"city": "Tbilisi", "country": "GEO"}}])
    assert rungs(abroad) == ["d", "e"]
    at_home = two_states("ARM", "AZE", venues=[{"name": "A house", "place": {"city": "Baku", "country": "AZE"}}])
    assert rungs(at_home) == ["e"]


def test_turns_that_are_uneven_are_told_and_a_turn_is_asked_for() -> None:
    tea = {"what": "Tea", "host": "upper"}
    finding = one(planted(culture=[tea]), "turns.uneven")
    assert finding.severity == "warning"
    assert said(planted(culture=[tea]), "turns.uneven") == "Evenings hosted over all rounds (4) are uneven: Upper town 8, Lower town 0."
    assert has(planted(culture=[tea, {"what": "Song", "host": "lower"}]), "turns.uneven", "turns.even") == (False, True)


def test_where_a_side_cannot_host_the_third_party_hosts_for_all() -> None:
    sides = [{"id": "upper", "name": "Upper town", "languages": ["fr"]}, {"id": "lower", "name": "Lower town", "can_host": False}]
    done = planted(sides=sides, culture=[{"what": "Tea", "host": "upper"}])
    assert said(done, "turns.third-party-for-all").startswith("Lower town cannot host")
    assert "Tea (host" not in spoken_proposals(done)
    assert [line[1] for line in table(done, "table.turns").cells] == [0, 0, 3]


def test_the_ledger_says_in_which_language_a_side_hosts() -> None:
    sides = [{"id": "upper", "name": "Upper town", "languages": ["fr"]}, {"id": "lower", "name": "Lower town"}]
    done = planted(sides=sides, culture=[{"what": "Tea", "host": "upper"}, {"what": "Song", "host": "lower"}])
    assert [voice().word(line[3]) for line in table(done, "table.turns").cells][:2] == ["French", "unknown"]
    assert "Lower town" in said(done, "turns.no-language")


def test_one_menu_is_told_by_what_it_leaves_out() -> None:
    done = planted(diets=["halal", "vegan", "no onions"])
    menu = said(done, "meals.menu")
    assert all(word in menu for word in ("pork", "dairy", "eggs", "alcohol", "onion and garlic"))
    assert "root vegetables" not in menu


def test_what_no_menu_can_do_is_told_only_where_it_applies() -> None:
    special = ("meals.kosher", "meals.noon", "meals.slaughter", "meals.fasting")
    assert has(planted(diets=["vegetarian"]), *special) == (False, False, False, False)
    assert has(planted(diets=["kosher", "nothing after noon", "no ritually slaughtered meat"]), *special) == (True, True, True, False)
    ramadan = planted(diets=["halal"], observances=[{"tradition": "islam"}], wish={"starts": "2027-02-15", "days": 3})
    assert has(ramadan, *special) == (False, False, False, True)


def test_words_that_are_not_understood_are_asked_and_a_faith_is_no_diet() -> None:
    done = planted(diets=["keto", "Muslim"], observances=[{"tradition": "islam"}])
    assert "keto and Muslim" in said(done, "meals.unread")
    assert has(done, "meals.menu") == (False,)


def test_allergies_are_asked_until_somebody_entered_one() -> None:
    assert has(planted(diets=["vegan"]), "meals.allergies-not-asked", "meals.allergies") == (True, False)
    assert "nut allergy" in said(planted(diets=["nut allergy"]), "meals.allergies")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", [KOREA, ARMENIA_AZERBAIJAN, EXAMPLE, VILLAGES], ids=lambda path: path.stem)
def test_proposals_can_be_said_in_every_language(path: Any, language: str) -> None:
    done = constituted(path)
    speaker = voice(language)
    released = let_out(done, speaker)
    for section in released.sections:
        for exhibit in section.exhibits:
            if isinstance(exhibit, Table) and exhibit.row == "D9":
                assert all(speaker.word(cell) for line in exhibit.cells for cell in line)
    assert many(done, "culture.proposal-e")
