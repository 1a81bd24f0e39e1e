"""Who can carry a message to whom: brokers between sides, and how far a person stands from a decision.

The answer is a path that can be read aloud, never a ranking of people. Paths run only along relations that are not hostile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx

from tracktwo.model.brief import Relation

HOSTILE = frozenset({"rivals", "fights"})


@dataclass(frozen=True)
class Path:
    """A chain of names from a first to a last; `steps` relations long."""

    names: tuple[str, ...]

    @property
    def steps(self) -> int:
        return len(self.names) - 1


@dataclass(frozen=True)
class Broker:
    """Somebody with a line of their own into two sides that do not rely on each other."""

    name: str
    between: tuple[str, str]
    through: tuple[str, str]
    """Whom the broker reaches on either side."""


def message_graph(relations: Iterable[Relation]) -> networkx.DiGraph[str]:
    """The relations along which a message can travel: not hostile ones; one-way where the relation is not mutual."""
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for relation in relations:
        if relation.kind in HOSTILE:
            continue
        graph.add_edge(relation.from_, relation.to)
        if relation.mutual:
            graph.add_edge(relation.to, relation.from_)
    return graph


def path_to(graph: networkx.DiGraph[str], sources: Iterable[str], target: str) -> Path | None:
    """The shortest chain from any of the sources to the target, the first in alphabetical order among equals; None where there is none."""
    if target not in graph:
        return None
    # Steps left from each name; then always the first name that is one step nearer. All shortest paths can be too many to list.
    left: dict[str, int] = dict(networkx.single_source_shortest_path_length(graph.reverse(copy=False), target))
    starts = [source for source in sources if source in left]
    if not starts:
        return None
    names = [min(starts, key=lambda name: (left[name], name))]
    while names[-1] != target:
        names.append(min(name for name in graph.successors(names[-1]) if left.get(name) == left[names[-1]] - 1))
    return Path(tuple(names))


def brokers(graph: networkx.DiGraph[str], side_of: dict[str, frozenset[str]], sides: Sequence[str]) -> tuple[Broker, ...]:
    """Names that reach somebody of each of two sides directly, and belong to neither alone; in the order of the sides, then by name.

    `side_of` gives the sides of each name; a name with no side or with both is a broker, a member of one side is not.
    """
    found = []
    for one, other in combinations(sides, 2):
        for name in sorted(graph.nodes):
            own = side_of.get(name, frozenset())
            if own and not {one, other} <= own:
                continue
            reached = sorted(neighbour for neighbour in graph.successors(name) if neighbour != name)
            left = [n for n in reached if side_of.get(n) == frozenset({one})]
            right = [n for n in reached if side_of.get(n) == frozenset({other})]
            if left and right:
                found.append(Broker(name, (one, other), (left[0], right[0])))
    return tuple(found)
