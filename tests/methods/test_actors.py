"""Who can carry a message to whom: paths, one-way relations, brokers."""

from __future__ import annotations

from itertools import pairwise

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.methods.actors import Broker, Path, brokers, message_graph, path_to
from tracktwo.model.brief import Relation

NORTH, SOUTH, BOTH = frozenset({"north"}), frozenset({"south"}), frozenset({"north", "south"})


def tie(one: str, other: str, kind: str = "trusts", mutual: bool = True) -> Relation:
    return Relation.model_validate({"from": one, "to": other, "kind": kind, "mutual": mutual})


def test_a_message_goes_the_shortest_way() -> None:
    graph = message_graph([tie("Elder", "Mayor"), tie("Mayor", "Minister"), tie("Elder", "Bishop"), tie("Bishop", "Envoy"), tie("Envoy", "Minister")])
    assert path_to(graph, ["Elder"], "Minister") == Path(("Elder", "Mayor", "Minister"))
    assert Path(("Elder", "Mayor", "Minister")).steps == 2


@pytest.mark.parametrize("kind", ["rivals", "fights"])
def test_no_message_goes_along_a_hostile_relation(kind: str) -> None:
    assert path_to(message_graph([tie("Elder", "Mayor", kind)]), ["Elder"], "Mayor") is None


def test_a_one_way_relation_carries_no_message_back() -> None:
    graph = message_graph([tie("General", "Captain", "commands", mutual=False)])
    assert path_to(graph, ["General"], "Captain") == Path(("General", "Captain"))
    assert path_to(graph, ["Captain"], "General") is None


def test_among_ways_of_one_length_the_first_in_the_alphabet_is_told() -> None:
    ties = [tie("Elder", "Zara"), tie("Elder", "Anna"), tie("Zara", "Minister"), tie("Anna", "Minister"), tie("Abel", "Zara")]
    for order in (ties, ties[::-1]):
        assert path_to(message_graph(order), ["Elder", "Abel"], "Minister") == Path(("Abel", "Zara", "Minister"))
        assert path_to(message_graph(order), ["Elder"], "Minister") == Path(("Elder", "Anna", "Minister"))


def test_somebody_who_decides_needs_no_step_and_a_stranger_has_no_path() -> None:
    graph = message_graph([tie("Elder", "Minister")])
    assert path_to(graph, ["Minister", "Elder"], "Minister") == Path(("Minister",))
    assert path_to(graph, ["Nobody"], "Minister") is None
    assert path_to(graph, ["Elder"], "Nobody") is None
    assert path_to(graph, [], "Minister") is None


def test_a_path_is_found_at_once_where_there_are_more_of_one_length_than_could_be_listed() -> None:
    layers = [[f"{layer:02d}-{number}" for number in range(8)] for layer in range(30)]
    ties = [tie(one, other) for near, far in pairwise(layers) for one in near for other in far]
    found = path_to(message_graph(ties), layers[0], "29-7")
    assert found == Path((*(f"{layer:02d}-0" for layer in range(29)), "29-7"))


def test_a_broker_reaches_both_sides_and_belongs_to_neither_alone() -> None:
    sides = {"Adama": NORTH, "Bello": SOUTH, "Imam": frozenset[str](), "Trader": BOTH, "Cousin": NORTH}
    graph = message_graph([tie(name, other) for name in ("Imam", "Trader", "Cousin") for other in ("Adama", "Bello")])
    assert brokers(graph, sides, ["north", "south"]) == (
        Broker("Imam", ("north", "south"), ("Adama", "Bello")),
        Broker("Trader", ("north", "south"), ("Adama", "Bello")),
    )


def test_somebody_who_is_only_spoken_to_is_no_broker() -> None:
    graph = message_graph([tie("Adama", "Imam", mutual=False), tie("Bello", "Imam", mutual=False)])
    assert brokers(graph, {"Adama": NORTH, "Bello": SOUTH}, ["north", "south"]) == ()


def test_a_line_to_somebody_of_both_sides_is_a_line_into_neither() -> None:
    graph = message_graph([tie("Imam", "Trader"), tie("Imam", "Adama")])
    assert brokers(graph, {"Trader": BOTH, "Adama": NORTH}, ["north", "south"]) == ()


NAMES = st.sampled_from([f"P{number}" for number in range(8)])
TIES = st.lists(st.builds(tie, NAMES, NAMES, st.sampled_from(["trusts", "fights", "family"]), st.booleans()), max_size=20)


@given(TIES, st.lists(NAMES, min_size=1, max_size=3), NAMES)
@settings(max_examples=200)
def test_a_path_is_the_first_of_the_shortest_ones(ties: list[Relation], sources: list[str], target: str) -> None:
    graph = message_graph(ties)
    every = [
        (len(path), tuple(path))
        for source in sources
        if source in graph and target in graph and networkx.has_path(graph, source, target)
        for path in networkx.all_shortest_paths(graph, source, target)
    ]
    found = path_to(graph, sources, target)
    assert (found.names if found else None) == (min(every)[1] if every else None)
