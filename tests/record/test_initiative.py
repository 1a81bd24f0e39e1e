"""The initiative: codes of people, sides that nobody declared, and the brief as evidence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.model.brief import Brief, Convenor, Party, Person, Side
from tracktwo.record.entries import entries_of
from tracktwo.record.initiative import Initiative, replay

DAY = date(2026, 1, 1)


def initiative(**fields: object) -> Initiative:
    given_fields: dict[str, object] = {"title": "T", "parties": [Party(name="P")]} | fields
    return replay(entries_of(Brief.model_validate(given_fields), DAY))


def test_the_code_says_where_a_person_belongs(full: Brief, today: date) -> None:
    codes = {member.person.name: member.code for member in replay(entries_of(full, today)).members}
    assert codes == {
        "Tessa Team": "T-01",
        "Amina Nord": "A-01",
        "Bakary Nord": "A-02",
        "Daouda Sud": "B-01",
        "Maryam Both": "M-01",
        "Nobody Sider": "N-01",
        "Union of Boats": "O-01",
    }


def test_the_thirteenth_side_has_a_letter_that_means_nothing_else() -> None:
    sides = [Side(id=f"s{number}", name=f"S{number}") for number in range(15)]
    people = [Person(name=f"Person {number}", sides=(f"s{number}",)) for number in range(15)]
    codes = [member.code for member in initiative(sides=sides, invited=people).members]
    assert codes == [*(f"{letter}-01" for letter in "ABCDEFGHIJKL"), "S13-01", "S14-01", "S15-01"]


SIDES = [f"s{number}" for number in range(14)]
PEOPLE = st.builds(
    Person,
    name=st.text("ab", min_size=1, max_size=2),
    kind=st.sampled_from(["person", "organisation"]),
    sides=st.lists(st.sampled_from(SIDES), max_size=2, unique=True),
)


@given(st.lists(PEOPLE, max_size=12), st.lists(PEOPLE, max_size=5))
def test_no_two_people_have_one_code(invited: list[Person], team: list[Person]) -> None:
    found = initiative(sides=[Side(id=side, name=side) for side in SIDES], invited=invited, team=team)
    assert len({member.code for member in found.members}) == len(invited) + len(team)
    assert [member.person for member in found.members] == [*team, *invited]


def test_a_person_is_found_by_code_and_a_stranger_is_not() -> None:
    found = initiative(invited=[Person(name="Amina"), Person(name="Amina")])
    assert [found.code_of(member.person) for member in found.members] == ["N-01", "N-02"]
    with pytest.raises(StopIteration):
        found.code_of(Person(name="Amina"))


def test_without_sides_each_party_at_the_table_is_its_own() -> None:
    found = initiative(parties=[Party(name="A"), Party(name="B", at_the_table=False), Party(name="C")])
    assert [(side.id, side.name) for side in found.sides] == [("side-1", "A"), ("side-3", "C")]
    assert [party.side for party in found.parties] == ["side-1", None, "side-3"]
    assert found.sides_declared is False


def test_declared_sides_are_left_as_they_are() -> None:
    found = initiative(sides=[Side(id="north", name="N")])
    assert found.sides_declared is True
    assert found.parties[0].side is None
    assert found.side("north").name == "N"


def test_the_table_holds_the_sides_with_a_party_there_or_all_where_no_party_says() -> None:
    sides = [Side(id="north", name="N"), Side(id="south", name="S")]
    seated = [Party(name="A", side="north"), Party(name="B", side="south", at_the_table=False)]
    assert [side.id for side in initiative(sides=sides, parties=seated).table] == ["north"]
    assert [side.id for side in initiative(sides=sides, parties=[Party(name="A")]).table] == ["north", "south"]


def test_the_countries_are_those_of_the_setting_then_of_places_then_of_parties_each_once() -> None:
    found = initiative(
        countries=["MLI"], places=[{"city": "X", "country": "BFA"}], parties=[Party(name="A", country="NER"), Party(name="B", country="MLI")]
    )
    assert found.countries == ("MLI", "BFA", "NER")


def test_people_of_several_sides_are_of_each_and_the_team_of_none(full: Brief, today: date) -> None:
    found = replay(entries_of(full, today))
    assert [member.code for member in found.of_side("down")] == ["B-01", "M-01", "O-01"]
    assert [member.code for member in found.of_side("up")] == ["A-01", "A-02", "M-01"]


def test_what_a_brief_says_is_evidence_with_its_lines(full: Brief, today: date) -> None:
    found = replay(entries_of(full, today))
    (evidence,) = found.said(found.parties[1], found.parties[0])
    assert (evidence.publisher, evidence.dataset, evidence.version, evidence.locator) == ("River Trust", "brief", "brief/1", "lines 13, 14")
    assert evidence.as_of == date(2026, 10, 1)
    assert found.said(found.parties[0])[0].locator == "line 13"
    assert found.said(what="field diets")[0].locator == "field diets"


def test_a_side_that_replay_derived_stands_on_no_line() -> None:
    found = initiative(convenor=Convenor(name="Trust"))
    assert found.said(*found.sides)[0].locator is None
