"""Pairs that exclude each other, gathered into groups in which everybody excludes everybody."""

from __future__ import annotations

from collections.abc import Iterable


def cover(pairs: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """Groups of at least two that together hold every pair and no other, in order; each pair stands in the first group that it was grown into.

    Greedy and not smallest. A group says more to a linear programme than its pairs do: of three who exclude each other, pairs alone let each
    have a half. Raises ValueError for a pair of one person with himself.
    """
    edges = sorted({(min(pair), max(pair)) for pair in pairs})
    for one, other in edges:
        if one == other:
            raise ValueError(f"'{one}' stands apart from himself; name two people")
    beside: dict[str, set[str]] = {}
    for one, other in edges:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    covered: set[tuple[str, str]] = set()
    groups = []
    for one, other in edges:
        if (one, other) in covered:
            continue
        group = {one, other}
        for person in sorted(beside[one] & beside[other]):
            if group <= beside[person]:
                group.add(person)
        ordered = sorted(group)
        covered |= {(a, b) for number, a in enumerate(ordered) for b in ordered[number + 1 :]}
        groups.append(frozenset(group))
    return tuple(groups)
