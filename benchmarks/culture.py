"""Which heritage is proposed to two sides: our ladder against the plain rule, every inscription that both states made together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.harness import Contender, compare
from tracktwo.considerations.culture import activities, claims
from tracktwo.library.culture import contested, load_contested, load_elements
from tracktwo.library.held_back import ALCOHOL, BRINGS, DISHES, HOLDS_BACK
from tracktwo.methods.culture import Ladder, SideAtTable, ladder, names
from tracktwo.sources.countries import load_countries

Pair = tuple[str, str]
ADVERSARIES: tuple[Pair, ...] = (
    ("ARM", "AZE"), ("ARM", "TUR"), ("CYP", "TUR"), ("GRC", "TUR"), ("ISR", "PSE"), ("ALB", "SRB"), ("KHM", "THA"), ("IRN", "SAU"),
    ("ERI", "ETH"), ("SDN", "SSD"), ("COD", "RWA"), ("JPN", "KOR"), ("CHN", "IND"), ("KOR", "PRK"), ("IND", "PAK"), ("AFG", "PAK"),
    ("RUS", "UKR"), ("GEO", "RUS"), ("DZA", "MAR"), ("IRN", "ISR"), ("IRN", "IRQ"), ("SAU", "YEM"), ("QAT", "SAU"), ("SYR", "TUR"),
    ("ISR", "LBN"), ("EGY", "ETH"), ("EGY", "SDN"), ("SDN", "TCD"), ("RWA", "UGA"), ("BDI", "RWA"), ("KEN", "SOM"), ("COL", "VEN"),
    ("GUY", "VEN"), ("ARG", "GBR"), ("BOL", "CHL"), ("HRV", "SRB"), ("BIH", "SRB"), ("KGZ", "TJK"), ("CHN", "JPN"), ("CUB", "USA"),
)  # fmt: skip
"""Forty pairs of states with a war, a frozen conflict or a long quarrel: our choice, and a dozen of them are known to have no joint inscription."""


@dataclass(frozen=True)
class Answer:
    """What a rule proposes to a pair: the numbers of elements, on which rungs, and whether there is anything at all."""

    elements: frozenset[str]
    rungs: frozenset[str]


Rule = Callable[[Pair], Answer]


def ours(pair: Pair) -> Answer:
    found = proposed(pair)
    elements = frozenset(element.id for proposal in found.proposals for element in proposal.elements)
    return Answer(elements, frozenset(proposal.rung for proposal in found.proposals))


def proposed(pair: Pair) -> Ladder:
    """The ladder for two sides, each of one state; no venue, no evidence of the sides."""
    sides = [SideAtTable(state, frozenset({state})) for state in pair]
    return ladder(sides, load_elements(), activities(), claims(), HOLDS_BACK, BRINGS, dishes=DISHES, avoid=ALCOHOL)


def joint(pair: Pair) -> Answer:
    """The plain rule: every inscription that both states made together."""
    found = frozenset(element.id for element in load_elements() if set(pair) <= set(element.countries))
    return Answer(found, frozenset({"a"} if found else ()))


def listed(pair: Pair) -> Answer:
    """The rule of a search by country: every element that either state inscribed."""
    found = frozenset(element.id for element in load_elements() if set(pair) & set(element.countries))
    return Answer(found, frozenset({"a"} if found else ()))


def claimed(pair: Pair, answer: Answer) -> frozenset[str]:
    """The proposed elements that these two claim against each other, by number or by a word of the title."""
    titles = {element.id: element.title for element in load_elements()}
    rows = contested(pair)
    return frozenset(number for number in answer.elements if any(number in row.ich_ids or names(row.words, titles[number]) for row in rows))


@dataclass(frozen=True)
class Score:
    """Over many pairs: with heritage on a shared rung, with any proposal, contested elements proposed, and pairs to which one was."""

    shared: int
    anything: int
    contested: int
    pairs_contested: int


def score(rule: Rule, pairs: Sequence[Pair]) -> Score:
    answers = [(pair, rule(pair)) for pair in pairs]
    wrong = [claimed(pair, answer) for pair, answer in answers]
    return Score(
        sum(bool(answer.rungs & {"a", "b", "c"}) for _, answer in answers),
        sum(bool(answer.rungs) for _, answer in answers),
        sum(map(len, wrong)),
        sum(map(bool, wrong)),
    )


def borders() -> tuple[Pair, ...]:
    """Every pair of countries that share a border by land."""
    return tuple(sorted({(min(c.alpha3, other), max(c.alpha3, other)) for c in load_countries() for other in c.borders}))


def claimants() -> tuple[Pair, ...]:
    """Every pair of states that claim a practice against each other."""
    found = {(min(a, b), max(a, b)) for row in load_contested() for one, other in combinations(row.camps, 2) for a in one for b in other}
    return tuple(sorted(found))


def main() -> None:
    """Print what each rule proposes to adversaries, to neighbours and to those who claim the same practice; then the time for the adversaries."""
    rules: dict[str, Rule] = {"ours": ours, "joint inscriptions of both": joint, "inscriptions of either": listed}
    for what, pairs in (("adversaries", ADVERSARIES), ("neighbours by land", borders()), ("claimants of one practice", claimants())):
        print(f"## Heritage for two sides: {what}\n")
        print(f"- size: {len(pairs)} pairs of states, {len(load_elements())} elements, {len(load_contested())} contested practices")
        print("- seed: none, no chance is used\n")
        print("| | something shared | something at all | contested elements proposed | to pairs |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, rule in rules.items():
            found = score(rule, pairs)
            print(f"| {name} | {found.shared} | {found.anything} | {found.contested} | {found.pairs_contested} |")
        print()
    result = compare(
        "The adversaries, answered",
        [
            Contender("ours", lambda: [ours(pair) for pair in ADVERSARIES]),
            Contender("joint inscriptions of both", lambda: [joint(pair) for pair in ADVERSARIES]),
        ],
        size=f"{len(ADVERSARIES)} pairs",
        repetitions=3,
    )
    print(result.table())


if __name__ == "__main__":
    main()
