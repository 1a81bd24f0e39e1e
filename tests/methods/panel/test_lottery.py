from __future__ import annotations

import hashlib
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tracktwo.methods.panel.clash import Impossible
from tracktwo.methods.panel.cliques import cover
from tracktwo.methods.panel.kinds import Kinds, kinds_of
from tracktwo.methods.panel.lottery import CERTIFIED, Lottery, commitment, fair_lottery
from tracktwo.methods.panel.relaxed import Level
from tracktwo.methods.panel.rules import AtMostOne, Candidate, Quota, Rules, pairs_as_rules


def people(*rows: str) -> tuple[Candidate, ...]:
    """Fictional people a, b, c … each with one letter for each attribute."""
    return tuple(
        Candidate(chr(97 + number), {f"t{place}": frozenset({letter}) for place, letter in enumerate(row)}) for number, row in enumerate(rows)
    )


@st.composite
def pools(draw: st.DrawFn) -> tuple[tuple[Candidate, ...], Rules]:
    rows = draw(st.lists(st.text("xyz", min_size=2, max_size=2), min_size=3, max_size=8))
    pool = people(*rows)
    size = draw(st.integers(1, min(4, len(pool) - 1)))
    quotas = []
    for place in range(2):
        for letter in "xyz":
            low = draw(st.integers(0, 1))
            quotas.append(Quota(((f"t{place}", letter),), low, draw(st.integers(low, size))))
    pairs = draw(st.lists(st.tuples(st.sampled_from(pool), st.sampled_from(pool)), max_size=3))
    apart = pairs_as_rules((one.key, other.key) for one, other in pairs if one.key != other.key)
    must = draw(st.sets(st.sampled_from([one.key for one in pool]), max_size=1))
    return pool, Rules(size, tuple(quotas), apart, frozenset(must))


def all_panels(pool: tuple[Candidate, ...], rules: Rules) -> list[tuple[Candidate, ...]]:
    return [panel for panel in combinations(pool, rules.size) if not rules.broken_by(panel)]


def leximin_by_enumeration(pool: tuple[Candidate, ...], panels: list[tuple[Candidate, ...]]) -> dict[str, float]:
    """Raise the smallest probability, then find by one programme a person who can be held at it, until everybody is held."""
    seats = np.array([[one in panel for panel in panels] for one in pool], float)
    held: dict[int, float] = {}
    while len(held) < len(pool):
        free = [person for person in range(len(pool)) if person not in held]
        floor = [(-seats[person], -held[person] + 1e-9) for person in held]

        def best(objective: np.ndarray, rows: list[tuple[np.ndarray, float]], extra: int) -> float:
            a = np.array([np.append(row, [0.0] * extra) if len(row) == len(panels) else row for row, _ in rows]) if rows else None
            b = [bound for _, bound in rows] if rows else None
            whole = np.append(np.ones(len(panels)), [0.0] * extra)[None]
            answer = linprog(-objective, A_ub=a, b_ub=b, A_eq=whole, b_eq=[1], bounds=(0, 1), method="highs")
            return float(-answer.fun)

        z = best(np.append(np.zeros(len(panels)), 1.0), floor + [(np.append(-seats[person], 1.0), 0.0) for person in free], 1)
        others = [(-seats[person], -z + 1e-9) for person in free]
        tight = [person for person in free if best(seats[person], floor + others, 0) < z + 1e-6]
        for person in tight:
            held[person] = z
    return {one.key: held[number] for number, one in enumerate(pool)}


def _stumbled() -> tuple[tuple[Candidate, ...], Rules]:
    """The second stage of its linear programme is impossible by rounding, unless levels that are held give a little."""
    bounds = {("t0", "x"): 0, ("t0", "y"): 3, ("t0", "z"): 1, ("t1", "x"): 2, ("t1", "y"): 2, ("t1", "z"): 1}
    return people("yx", "yy", "yy", "yz", "zx", "zx"), Rules(4, tuple(Quota((pair,), 0, most) for pair, most in bounds.items()))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(pools())
@example(_stumbled())
def test_a_leximin_is_that_of_an_enumeration_of_all_panels(asked: tuple[tuple[Candidate, ...], Rules]) -> None:
    pool, rules = asked
    panels = all_panels(pool, rules)
    assume(panels)
    lottery = fair_lottery(pool, rules)
    wanted = leximin_by_enumeration(pool, panels)
    assert {key: pytest.approx(chance, abs=2e-6) for key, chance in wanted.items()} == dict(lottery.probabilities)
    assert lottery.certificate.holds


@settings(max_examples=30, deadline=None)
@given(pools(), st.sampled_from(["leximin", "maximin", "nash"]))
def test_every_ticket_keeps_every_rule_and_the_probabilities_are_those_of_the_tickets(
    asked: tuple[tuple[Candidate, ...], Rules], fairness: str
) -> None:
    pool, rules = asked
    by_key = {one.key: one for one in pool}
    try:
        lottery = fair_lottery(pool, rules, fairness)  # type: ignore[arg-type]
    except Impossible:
        assert not all_panels(pool, rules)
        return
    assert [rules.broken_by([by_key[key] for key in ticket.people]) for ticket in lottery.tickets] == [()] * len(lottery.tickets)
    assert sum(ticket.chance for ticket in lottery.tickets) == pytest.approx(1)
    counted = {key: sum(ticket.chance for ticket in lottery.tickets if key in ticket.people) for key in by_key}
    assert {key: pytest.approx(chance, abs=1e-9) for key, chance in counted.items()} == dict(lottery.probabilities)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(pools())
def test_nobody_can_make_the_product_of_probabilities_greater_than_nash_by_one_panel(asked: tuple[tuple[Candidate, ...], Rules]) -> None:
    pool, rules = asked
    panels = all_panels(pool, rules)
    assume(panels)
    chances = fair_lottery(pool, rules, "nash").probabilities
    able = [key for key in chances if any(key in {one.key for one in panel} for panel in panels)]
    assert all(chances[key] > 0 for key in able)
    # to first order, moving a little chance to any panel does not raise the sum of logarithms
    for panel in panels:
        assert sum(1 / chances[one.key] for one in panel) <= len(able) * (1 + 1e-3)


def proven(kinds: Kinds, levels: tuple[Level, ...]) -> list[float]:
    """By how much each level exceeds what its weights and prices prove, by weak duality alone."""
    found = []
    held = np.zeros(len(kinds.count))
    done: set[int] = set()
    for level in levels:
        assert level.prices is not None
        if level.probability >= 1 - 1e-9:
            continue  # nobody can have more
        rest = level.weights - level.prices @ kinds.rows
        rows = np.where(level.prices > 0, level.prices * kinds.upper, level.prices * kinds.lower).sum()
        bound = rows + np.maximum(rest * kinds.count, rest * kinds.least).sum()
        fixed = sorted(done)
        weights = level.weights * kinds.count
        assert sum(weights[kind] for kind in range(len(held)) if kind not in done) == pytest.approx(1, abs=1e-6)
        found.append(float(level.probability + sum(weights[kind] * held[kind] for kind in fixed) - bound))
        for kind in level.kinds:
            held[kind] = level.probability
            done.add(kind)
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(pools())
def test_duals_prove_every_level_to_whoever_multiplies_them_out(asked: tuple[tuple[Candidate, ...], Rules]) -> None:
    pool, rules = asked
    assume(all_panels(pool, rules))
    lottery = fair_lottery(pool, rules)
    if any(level.prices is None for level in lottery.certificate.levels):
        return  # proven by a search over all panels instead
    assert max(proven(lottery.kinds, lottery.certificate.levels), default=0.0) <= CERTIFIED


def test_where_divided_people_promise_too_much_real_panels_decide() -> None:
    # Five in a ring, neighbours apart, two seats: halves would give each 0.4, and so do the five pairs.
    pool = people("x", "x", "x", "x", "x")
    ring = pairs_as_rules([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "a")])
    assert list(fair_lottery(pool, Rules(2, at_most_one=ring)).probabilities.values()) == [pytest.approx(0.4)] * 5
    with pytest.raises(Impossible) as raised:
        fair_lottery(pool, Rules(3, at_most_one=ring))
    assert {clash.bound for clash in raised.value.conflict if clash.in_conflict} == {"size", "apart"}
    # Six of whom five form the ring, two seats and somebody of the ring twice: halves of the ring would do, whole people leave its five pairs.
    lottery = fair_lottery((*pool, *[Candidate("f", {"t0": frozenset("y")})]), Rules(2, at_most_one=ring))
    assert lottery.certificate.holds
    assert lottery.min_probability == pytest.approx(1 / 3)


def small() -> tuple[tuple[Candidate, ...], Rules]:
    return people("nw", "nm", "sw", "sm", "sm"), Rules(2, (Quota((("t0", "n"),), 1, 1), Quota((("t1", "w"),), 1, 1)))


def test_a_seed_draws_by_its_hash_along_the_sorted_tickets() -> None:
    lottery: Lottery = fair_lottery(*small())
    assert [ticket.people for ticket in lottery.tickets] == sorted(ticket.people for ticket in lottery.tickets)
    for seed in ("0", "30 May, 4 8 15 16 23 42"):
        mark = int.from_bytes(hashlib.sha256(seed.encode()).digest()) / 2**256
        passed = 0.0
        for ticket in lottery.tickets:
            passed += ticket.chance
            if mark < passed:
                break
        assert lottery.draw(seed) == ticket.people
    assert {lottery.draw(str(seed)) for seed in range(200)} == {ticket.people for ticket in lottery.tickets}


def test_people_of_one_kind_have_one_chance() -> None:
    chances = fair_lottery(*small()).probabilities
    third = pytest.approx(1 / 3)
    assert chances == {"a": pytest.approx(2 / 3), "b": third, "c": third, "d": third, "e": third}


def test_a_commitment_binds_the_pool_the_rules_and_the_nonce() -> None:
    pool, rules = small()
    first = commitment(pool, rules, "a secret of the team")
    assert first == commitment(tuple(reversed(pool)), rules, "a secret of the team")
    assert (
        len({first, commitment(pool[1:], rules, "a secret of the team"), commitment(pool, rules, "another"), commitment(pool, Rules(2), "another")})
        == 4
    )


def test_whoever_has_to_be_there_is_in_every_panel() -> None:
    pool, rules = small()
    lottery = fair_lottery(pool, Rules(rules.size, rules.quotas, must=frozenset({"d"})))
    assert [ticket.people for ticket in lottery.tickets] == [("a", "d")]
    assert lottery.probabilities["c"] == 0


def test_of_a_household_one_comes_at_most_and_each_may() -> None:
    pool = people("x", "x", "x", "x")
    lottery = fair_lottery(pool, Rules(2, at_most_one=(AtMostOne(frozenset("abc"), "one household"),)))
    assert {ticket.people for ticket in lottery.tickets} == {("a", "d"), ("b", "d"), ("c", "d")}
    assert lottery.probabilities["a"] == pytest.approx(1 / 3)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("ghijkl")), max_size=12))
def test_groups_hold_every_pair_that_excludes_and_no_other(pairs: list[tuple[str, str]]) -> None:
    groups = cover([*pairs, ("a", "b"), ("b", "c"), ("a", "c")])
    held = {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}
    assert held == {frozenset(pair) for pair in [*pairs, ("a", "b"), ("b", "c"), ("a", "c")]}


def test_rules_that_speak_of_nobody_are_refused_in_a_sentence() -> None:
    pool, rules = small()
    with pytest.raises(ValueError, match=r"^'z' is named by a rule but stands not among the people$"):
        fair_lottery(pool, Rules(2, rules.quotas, must=frozenset({"z"})))
    with pytest.raises(ValueError, match=r"^'a' stands twice among the people; give each an id of its own$"):
        fair_lottery((*pool, pool[0]), rules)
    with pytest.raises(ValueError, match=r"^the quota of t0 'n' runs from 3 to 2; it should run from 0 or more upwards$"):
        fair_lottery(pool, Rules(2, (Quota((("t0", "n"),), 3, 2),)))


def test_kinds_keep_who_is_counted_alike_together() -> None:
    pool, rules = small()
    assert kinds_of(pool, rules).members == (("a",), ("b",), ("c",), ("d", "e"))
