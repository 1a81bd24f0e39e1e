"""People whom no rule tells apart are one kind: panels are then counts of kinds, and a lottery treats everybody of a kind alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracktwo.methods.panel.rules import AtMostOne, Candidate, Quota, Rules

Counts = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Kinds:
    """T kinds of people and R rows of rules; the last row is the size of the panel.

    A panel is a vector x of T counts with `least <= x <= count` and `lower <= rows @ x <= upper`.
    """

    members: tuple[tuple[str, ...], ...]
    """The keys of each kind, in order."""
    count: Counts
    """(T,) how many people of each kind there are."""
    least: Counts
    """(T,) how many of each kind have to be there."""
    rows: NDArray[np.bool_]
    """(R, T) which kinds a row counts."""
    lower: Counts
    upper: Counts
    """(R,) the bounds of the rows."""
    labels: tuple[Quota | AtMostOne | None, ...]
    """(R,) what each row stands for; None is the size."""

    @property
    def people(self) -> int:
        return int(self.count.sum())

    def panel_of(self, keys: Sequence[str]) -> Counts:
        """The counts of a panel of people."""
        place = {key: kind for kind, members in enumerate(self.members) for key in members}
        found = np.zeros(len(self.members), np.int64)
        for key in keys:
            found[place[key]] += 1
        return found

    def holds(self, panel: Counts) -> bool:
        """Whether a vector of counts keeps every rule."""
        inside = bool(np.all(panel >= self.least) and np.all(panel <= self.count))
        sums = self.rows @ panel
        return inside and bool(np.all(sums >= self.lower) and np.all(sums <= self.upper))


def kinds_of(candidates: Sequence[Candidate], rules: Rules) -> Kinds:
    """Group people by the rows that count them. Whoever has to be there, or may not sit beside somebody, is a kind of his own by these rows."""
    labels: tuple[Quota | AtMostOne | None, ...] = (*rules.quotas, *rules.at_most_one, None)
    groups: dict[tuple[bool, ...], list[str]] = {}
    for one in sorted(candidates, key=lambda one: one.key):
        counted = (*(one.has(quota.where) for quota in rules.quotas), *(one.key in rule.people for rule in rules.at_most_one))
        groups.setdefault((one.key in rules.must, *counted), []).append(one.key)
    signatures = list(groups)
    rows = np.array([[*signature[1:], True] for signature in signatures], bool).reshape(len(signatures), len(labels)).T
    count = np.array([len(groups[signature]) for signature in signatures], np.int64)
    return Kinds(
        members=tuple(tuple(groups[signature]) for signature in signatures),
        count=count,
        least=np.where([signature[0] for signature in signatures], count, 0).astype(np.int64),
        rows=rows,
        lower=np.array([*(quota.minimum for quota in rules.quotas), *[0] * len(rules.at_most_one), rules.size], np.int64),
        upper=np.array([*(quota.maximum for quota in rules.quotas), *[1] * len(rules.at_most_one), rules.size], np.int64),
        labels=labels,
    )
