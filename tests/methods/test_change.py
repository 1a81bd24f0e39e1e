"""The theory of change: what is untested, and how much rests on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.methods.change import Circular, state, weakest_first
from tracktwo.model.brief import Record, TheoryLink

SEEN = (Record(what="Seen in a village"),)


def link(name: str, *after: str, good: bool = False, bad: bool = False) -> TheoryLink:
    return TheoryLink.model_validate(
        {
            "id": name,
            "if": "they meet",
            "then": "they talk",
            "after": after,
            "evidence_for": SEEN if good else (),
            "evidence_against": SEEN if bad else (),
        }
    )


def test_the_state_of_a_link_is_what_its_evidence_says() -> None:
    assert [state(link("a", good=good, bad=bad)) for good in (False, True) for bad in (False, True)] == [
        "untested",
        "contradicted",
        "supported",
        "mixed",
    ]


def test_contradicted_links_come_before_untested_mixed_and_supported_ones() -> None:
    links = [link("a", good=True), link("b", good=True, bad=True), link("c"), link("d", bad=True)]
    assert [item.link.id for item in weakest_first(links)] == ["d", "c", "b", "a"]


def test_of_links_as_weak_the_one_that_carries_most_comes_first_then_the_one_stated_first() -> None:
    links = [link("z"), link("leaf", "middle"), link("middle", "root"), link("root"), link("a")]
    assert [(item.link.id, item.carries) for item in weakest_first(links)] == [("root", 2), ("middle", 1), ("z", 0), ("leaf", 0), ("a", 0)]


def test_links_in_a_circle_are_named() -> None:
    with pytest.raises(Circular, match=r"in a circle: (a → b → c|b → c → a|c → a → b)$"):
        weakest_first([link("a", "c"), link("b", "a"), link("c", "b"), link("d")])


def test_a_link_that_rests_on_itself_is_a_circle() -> None:
    with pytest.raises(Circular, match=r"in a circle: a$"):
        weakest_first([link("a", "a")])


@given(st.lists(st.tuples(st.frozensets(st.integers(0, 11)), st.booleans(), st.booleans()), max_size=12))
def test_every_link_is_told_once_and_no_link_carries_more_than_those_that_it_carries(drawn: list[tuple[frozenset[int], bool, bool]]) -> None:
    links = [link(f"l{number}", *(f"l{b}" for b in sorted(before) if b < number), good=g, bad=c) for number, (before, g, c) in enumerate(drawn)]
    found = {item.link.id: item for item in weakest_first(links)}
    assert sorted(found) == sorted(item.id for item in links)
    for item in found.values():
        assert all(found[before].carries > item.carries for before in item.link.after)
