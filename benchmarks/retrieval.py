"""A case is hidden, and the library is asked for its like by countries and parties, or by parties alone: who finds the case of the same conflict?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

from rank_bm25 import BM25Okapi
from rapidfuzz import fuzz

from benchmarks.harness import Contender, compare
from tracktwo.library.cases import load_cases, load_methods
from tracktwo.methods.retrieval import Query, rank_cases
from tracktwo.methods.words import words
from tracktwo.model.case import Case
from tracktwo.sources.countries import load_countries

FIRST = 5
Ranker = Callable[[Case, Sequence[Case], bool], list[str]]
"""(the hidden case, the others, whether its countries are told) → ids of the others, the likest first."""


@dataclass(frozen=True)
class Score:
    """Of the hidden cases: how many had a sibling among the first five, and the mean of 1 / place of the first sibling (0 where none)."""

    found: frozenset[str]
    mean_reciprocal_rank: float


def siblings(case: Case, cases: Sequence[Case]) -> frozenset[str]:
    """Ids of other cases of the same conflict, or of exactly the same countries."""
    return frozenset(
        other.id
        for other in cases
        if other.id != case.id
        and (other.conflict.casefold() == case.conflict.casefold() or (case.countries and set(other.countries) == set(case.countries)))
    )


def ours(case: Case, others: Sequence[Case], with_countries: bool) -> list[str]:
    """`rank_cases`, asked by parties and, where told, by countries and their regions; nothing else that the peers are not told."""
    query = Query(
        year=case.start_year,
        countries=frozenset(case.countries if with_countries else ()),
        regions=frozenset(case.regions if with_countries else ()),
        issue_words=" ".join(case.parties),
    )
    return [found.case.id for found in rank_cases(query, others, limit=len(others), methods=load_methods())]


def bm25(case: Case, others: Sequence[Case], with_countries: bool) -> list[str]:
    """Okapi BM25 over the same words, which are cleaned in our way, so that only the ranking differs."""
    table = BM25Okapi([words(text(other)) for other in others])
    return _ordered(others, table.get_scores(words(_question(case, with_countries))))


def token_set(case: Case, others: Sequence[Case], with_countries: bool) -> list[str]:
    """rapidfuzz's likeness of two sets of words, over the same text."""
    question = _question(case, with_countries)
    return _ordered(others, [fuzz.token_set_ratio(question, text(other)) for other in others])


def text(case: Case) -> str:
    """All that is told of a case, with its countries and regions by name, in one text."""
    countries, methods = load_countries(), load_methods()
    return " ".join([
        case.name, case.conflict, *(countries.name(code) for code in case.countries), *case.regions, *case.parties, *case.phases, *case.lessons,
        *case.cultural_activities, *(output.what for output in case.outputs), *(venue.place for venue in case.venues),
        *(f"{method} {methods.get(method, '')}" for method in case.methods),
    ])  # fmt: skip


def _question(case: Case, with_countries: bool) -> str:
    places = (*(load_countries().name(code) for code in case.countries), *case.regions) if with_countries else ()
    return " ".join((*places, *case.parties))


def _ordered(others: Sequence[Case], scores: Sequence[float]) -> list[str]:
    return [other.id for _, other in sorted(zip(scores, others, strict=True), key=lambda pair: (-pair[0], pair[1].id))]


def score(rank: Ranker, hidden: Sequence[Case], cases: Sequence[Case], with_countries: bool) -> Score:
    """Hide each case in turn and look for a sibling."""
    found, reciprocal = set(), 0.0
    for case in hidden:
        ranked = rank(case, [other for other in cases if other.id != case.id], with_countries)
        kin = siblings(case, cases)
        place = next((n for n, other in enumerate(ranked, 1) if other in kin), None)
        reciprocal += 1 / place if place else 0.0
        if place and place <= FIRST:
            found.add(case.id)
    return Score(frozenset(found), reciprocal / len(hidden))


def by_chance(one: frozenset[str], other: frozenset[str]) -> float:
    """How probable so uneven a split of the cases that only one of two found would be if both were equally good (exact sign test, two-sided)."""
    only, rest = len(one - other), len(other - one)
    together = only + rest
    return min(1.0, 2 * sum(comb(together, n) for n in range(min(only, rest) + 1)) * 0.5**together)


def main() -> None:
    """Print both tasks, and the time for the whole of the first."""
    cases = [case for case in load_cases() if not case.is_stub]
    hidden = [case for case in cases if siblings(case, cases)]
    rankers: dict[str, Ranker] = {"ours": ours, "BM25Okapi (rank-bm25)": bm25, "token_set_ratio (rapidfuzz)": token_set}
    for with_countries in (True, False):
        print(f"## The like of a hidden case, asked by {'countries, regions and parties' if with_countries else 'parties alone'}\n")
        print(f"- size: {len(cases)} cases with a source, {len(hidden)} of them with another case of the same conflict or the same countries")
        print("- seed: none, no chance is used\n")
        print(f"| | a sibling among the first {FIRST} | mean reciprocal rank | only ours / only theirs | by chance |")
        print("| --- | ---: | ---: | ---: | ---: |")
        scores = {name: score(rank, hidden, cases, with_countries) for name, rank in rankers.items()}
        own = scores["ours"].found
        for name, found in scores.items():
            against = "" if name == "ours" else f"{len(own - found.found)} / {len(found.found - own)} | {by_chance(own, found.found):.2g}"
            print(f"| {name} | {len(found.found)} of {len(hidden)} | {found.mean_reciprocal_rank:.3f} | {against or ' | '} |")
        print()
    others = [(case, [other for other in cases if other.id != case.id]) for case in hidden]
    result = compare(
        "The same questions, answered",
        [
            Contender("ours", lambda: [ours(case, rest, True) for case, rest in others]),
            Contender("BM25Okapi", lambda: [bm25(case, rest, True) for case, rest in others], "rank-bm25"),
            Contender("token_set_ratio", lambda: [token_set(case, rest, True) for case, rest in others], "rapidfuzz"),
        ],
        size=f"{len(hidden)} questions to {len(cases) - 1} cases",
        repetitions=3,
    )
    print(result.table())


if __name__ == "__main__":
    main()
