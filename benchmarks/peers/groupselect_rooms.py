"""Group selection as GroupSelect's "legacy" algorithm describes it, re-implemented: no package of it is published, so none can be installed.

Source: the description in the documentation of groupselect-lib (docs/algorithms/legacy.md, P. C. Verpoort 2020, MIT licence). It knows sizes and
fields to diversify; no-contact pairs, languages and interpreters it does not know. Where the description leaves something open we take what is best
for it: full groups are never overfilled, and a pair counts as met once.

Reads JSON on stdin: `people` (a list of lists of field values), `rooms`, `rounds`, `seed`, `attempts`.
Prints `rounds` (numbers of people) and `seconds`.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

People = Sequence[Sequence[str]]
Groups = list[list[int]]


def ranked(people: People) -> list[tuple[int, ...]]:
    """Field values as numbers, the most common first."""
    ranks = []
    for column in zip(*people, strict=True):
        order = [value for value, _ in Counter(column).most_common()]
        ranks.append([order.index(value) for value in column])
    return list(zip(*ranks, strict=True))


def one_round(values: Sequence[tuple[int, ...]], rooms: int, chance: random.Random) -> Groups:
    """Shuffle, sort by the values, and put each into the group with fewest of his value, field after field, then the emptiest."""
    people = list(range(len(values)))
    chance.shuffle(people)
    people.sort(key=lambda one: values[one])
    most = -(-len(values) // rooms)
    groups: Groups = [[] for _ in range(rooms)]
    for one in people:
        free = [group for group in groups if len(group) < most]
        for field, value in enumerate(values[one]):
            counts = [sum(values[other][field] == value for other in group) for group in free]
            free = [group for group, count in zip(free, counts, strict=True) if count == min(counts)]
        min(free, key=len).append(one)
    return groups


def pairs(rounds: Sequence[Groups]) -> int:
    """How many pairs meet at least once."""
    return len({both for groups in rounds for group in groups for both in combinations(sorted(group), 2)})


def select(people: People, rooms: int, rounds: int, seed: int, attempts: int) -> list[Groups]:
    """Of `attempts` samples of rounds from as many attempts, the one with most meetings."""
    chance = random.Random(seed)
    values = ranked(people)
    made = [[one_round(values, rooms, chance) for _ in range(rounds)] for _ in range(attempts)]
    samples = [[made[chance.randrange(attempts)][number] for number in range(rounds)] for _ in range(attempts)]
    return max(samples, key=pairs)


def main() -> None:
    """Answer what stands on stdin."""
    asked = json.load(sys.stdin)
    began = time.perf_counter()
    rounds = select(asked["people"], asked["rooms"], asked["rounds"], asked["seed"], asked["attempts"])
    print(json.dumps({"rounds": rounds, "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
