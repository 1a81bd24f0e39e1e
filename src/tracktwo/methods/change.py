"""The theory of change as linked if-then statements: which links are untested, and how much rests on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import networkx

from tracktwo.model.brief import TheoryLink

State = Literal["untested", "supported", "contradicted", "mixed"]


@dataclass(frozen=True)
class LinkState:
    """A link, the state of its evidence, and how many later links rest on it."""

    link: TheoryLink
    state: State
    carries: int


class Circular(ValueError):
    """The links rest on each other in a circle; the message names them."""


def state(link: TheoryLink) -> State:
    """What the entered evidence says of a link; untested without any."""
    if link.evidence_for and link.evidence_against:
        return "mixed"
    if link.evidence_for:
        return "supported"
    return "contradicted" if link.evidence_against else "untested"


def weakest_first(links: Sequence[TheoryLink]) -> tuple[LinkState, ...]:
    """Contradicted and untested links first, and among them those on which most others rest. Raises Circular."""
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(link.id for link in links)
    graph.add_edges_from((before, link.id) for link in links for before in link.after)
    if not networkx.is_directed_acyclic_graph(graph):
        circle = " → ".join(str(edge[0]) for edge in networkx.find_cycle(graph))
        raise Circular(f"the links of the theory of change rest on each other in a circle: {circle}")
    order = {"contradicted": 0, "untested": 1, "mixed": 2, "supported": 3}
    states = [LinkState(link, state(link), len(networkx.descendants(graph, link.id))) for link in links]
    return tuple(sorted(states, key=lambda item: (order[item.state], -item.carries, [link.id for link in links].index(item.link.id))))
