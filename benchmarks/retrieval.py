"""Similar cases: our named reasons against plain fuzzy matching of texts, asked for another case of the same conflict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from benchmarks.harness import Contender, compare
from tracktwo.library.cases import load_cases, load_methods
from tracktwo.methods.retrieval import Query, rank_cases
from tracktwo.model.case import Case

FIRST = 5


def _text(case: Case) -> str:
    return " ".join((case.conflict, *case.parties, *case.phases, *case.lessons, *case.countries))


def _asked(case: Case) -> str:
    """What a convenor could say before the case began: where, and who; neither its name nor what came of it."""
    return " ".join((*case.countries, *case.parties))


def ours(case: Case, others: Sequence[Case]) -> list[Case]:
    """Rank by named reasons."""
    armed = "insurgents" in case.participant_types
    query = Query(
        year=case.start_year,
        countries=frozenset(case.countries),
        regions=frozenset(case.regions),
        has_armed_party=armed,
        issue_words=" ".join(case.parties),
        tracks=frozenset({"2"}),
    )
    return [likeness.case for likeness in rank_cases(query, others, limit=FIRST, methods=load_methods())]


def fuzzy(case: Case, others: Sequence[Case]) -> list[Case]:
    """Rank by rapidfuzz's token set ratio of the same words to the whole text of a case."""
    asked = _asked(case)
    known = [other for other in others if not other.is_stub]
    return sorted(known, key=lambda other: (-fuzz.token_set_ratio(asked, _text(other)), other.id))[:FIRST]


def found(rank: Callable[[Case, Sequence[Case]], list[Case]], cases: Sequence[Case]) -> tuple[int, int]:
    """For how many cases with a sibling (another known case of the same conflict by name) a sibling stands in the first five; and of how many."""
    hits = total = 0
    for case in cases:
        others = [other for other in cases if other.id != case.id]
        siblings = {other.id for other in others if other.conflict.casefold() == case.conflict.casefold() and not other.is_stub}
        if siblings:
            total += 1
            hits += any(other.id in siblings for other in rank(case, others))
    return hits, total


def main() -> None:
    """Print how often each finds a sibling, and the time of one ranking of all."""
    cases = load_cases()
    for name, rank in (("ours", ours), ("rapidfuzz token_set_ratio", fuzzy)):
        hits, total = found(rank, cases)
        print(f"{name}: another case of the same conflict stands in the first {FIRST} for {hits} of {total} cases that have one")
    print()
    sample = cases[:20]
    result = compare(
        "Rank the library for each of 20 cases",
        [
            Contender("rank_cases", lambda: [ours(case, cases) for case in sample]),
            Contender("token_set_ratio", lambda: [fuzzy(case, cases) for case in sample], "rapidfuzz"),
        ],
        size=f"{len(cases)} cases, 20 queries",
        repetitions=3,
    )
    print(result.table())


if __name__ == "__main__":
    main()
