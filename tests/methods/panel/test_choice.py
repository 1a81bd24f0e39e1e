from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.methods.panel.test_lottery import all_panels, people, pools
from tracktwo.methods.panel.clash import Clash, Impossible
from tracktwo.methods.panel.conflict import explain
from tracktwo.methods.panel.fit import Fitness, best_fit, standing, why_not
from tracktwo.methods.panel.invitation import invitation_order, mend, reserves
from tracktwo.methods.panel.kinds import kinds_of
from tracktwo.methods.panel.rules import Candidate, Quota, Rules, pairs_as_rules

Asked = tuple[tuple[Candidate, ...], Rules]


def relaxed(rules: Rules, conflict: tuple[Clash, ...]) -> Rules:
    """The rules after every quota of a conflict has given way as it says."""
    moved = {(clash.category, clash.value, clash.bound): clash.relax_to for clash in conflict}
    quotas = tuple(
        Quota(q.where, moved.get((q.category, q.value, "min"), q.minimum), moved.get((q.category, q.value, "max"), q.maximum)) for q in rules.quotas
    )
    return Rules(rules.size, quotas, rules.at_most_one, rules.must)


@settings(max_examples=30, deadline=None)
@given(pools())
def test_the_conflict_named_is_as_small_as_can_be(asked: Asked) -> None:
    pool, rules = asked
    conflict = explain(kinds_of(pool, rules))
    assert bool(conflict) == (not all_panels(pool, rules))
    smallest = [clash for clash in conflict if clash.in_conflict]

    def possible(kept: tuple[Clash, ...]) -> bool:
        """Whether any number of people keeps these rules alone."""
        sizes = [rules.size] if any(clash.bound == "size" for clash in kept) else range(len(pool) + 1)
        for size in sizes:
            for panel in combinations(pool, size):
                there = {one.key for one in panel}
                fine = True
                for clash in kept:
                    count = sum(one.traits[clash.category] == frozenset({clash.value}) for one in panel) if clash.bound in ("min", "max") else 0
                    fine &= {
                        "min": count >= clash.now,
                        "max": count <= clash.now,
                        "size": True,
                        "must": set(clash.value.split(", ")) <= there,
                        "apart": len(there & set(clash.value.split(" and "))) <= 1,
                    }[clash.bound]
                if fine:
                    return True
        return False

    if conflict:
        assert not possible(tuple(smallest))
        assert all(possible(tuple(other for other in smallest if other is not clash)) for clash in smallest)


def test_the_smallest_of_two_conflicts_is_named_and_the_other_still_has_to_give_way() -> None:
    pool = people("xa", "xa", "yb", "yb", "yb")
    rules = Rules(3, (Quota((("t0", "x"),), 3, 3), Quota((("t1", "a"),), 0, 1), Quota((("t1", "b"),), 0, 1)))
    conflict = explain(kinds_of(pool, rules))
    assert [(clash.category, clash.value, clash.bound) for clash in conflict if clash.in_conflict] == [("t0", "x", "min")]
    assert all_panels(pool, relaxed(rules, conflict))


@settings(max_examples=30, deadline=None)
@given(pools())
def test_quotas_relaxed_as_told_are_possible_where_only_quotas_conflict(asked: Asked) -> None:
    pool, rules = asked
    rules = Rules(rules.size, rules.quotas)
    conflict = explain(kinds_of(pool, rules))
    assume(conflict)
    assert all_panels(pool, relaxed(rules, conflict))


def test_a_conflict_is_told_in_words_with_what_would_help() -> None:
    pool = people("wn", "wn", "mn", "ms", "ms", "ms")
    rules = Rules(4, (Quota((("t0", "w"),), 3, 4), Quota((("t1", "s"),), 2, 2)))
    with pytest.raises(Impossible) as raised:
        best_fit(pool, rules, Fitness())
    assert str(raised.value) == "no panel keeps these rules together: at least 3 with t0 'w': would be possible with 2"


@st.composite
def wishes(draw: st.DrawFn) -> tuple[tuple[Candidate, ...], Rules, Fitness]:
    pool, rules = draw(pools())
    keys = [one.key for one in pool]
    some = st.frozensets(st.sampled_from(keys), max_size=3)
    skills = st.frozensets(st.sampled_from(["law", "water", "land"]))
    needs = draw(st.dictionaries(st.sampled_from(keys), st.frozensets(st.sampled_from(keys), max_size=1), max_size=2))
    fitness = Fitness(
        competences=draw(skills),
        brings={key: draw(skills) for key in keys},
        balanced=rules.quotas[:2],
        influence={key: draw(st.integers(0, 3)) for key in keys},
        unsure=draw(some),
        before=draw(some),
        needs={key: other - {key} for key, other in needs.items()},
    )
    return pool, rules, fitness


def possible_panels(pool: tuple[Candidate, ...], rules: Rules, fitness: Fitness) -> list[frozenset[str]]:
    found = [frozenset(one.key for one in panel) for panel in all_panels(pool, rules)]
    return [panel for panel in found if all(fitness.needs.get(key, frozenset()) <= panel for key in panel)]


def order(pool: tuple[Candidate, ...], fitness: Fitness, panel: frozenset[str]) -> tuple[int, ...]:
    return tuple(one.cost for one in standing(pool, fitness, panel))


@settings(max_examples=25, deadline=None)
@given(wishes())
def test_the_best_fit_is_that_of_an_enumeration(asked: tuple[tuple[Candidate, ...], Rules, Fitness]) -> None:
    pool, rules, fitness = asked
    panels = possible_panels(pool, rules, fitness)
    try:
        fit = best_fit(pool, rules, fitness)
    except Impossible:
        assert panels == []
        return
    assert frozenset(fit.people) in panels
    assert fit.order == min(order(pool, fitness, panel) for panel in panels)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(wishes(), st.data())
def test_a_mended_panel_changes_as_little_as_any_could_and_then_fits_best(
    asked: tuple[tuple[Candidate, ...], Rules, Fitness], data: st.DataObject
) -> None:
    pool, rules, fitness = asked
    rules = Rules(rules.size, rules.quotas, rules.at_most_one)
    panels = possible_panels(pool, rules, fitness)
    assume(panels)
    before = data.draw(st.sampled_from(sorted(map(sorted, panels))))
    gone = data.draw(st.sampled_from(before))
    left = [panel for panel in panels if gone not in panel]
    try:
        mended = mend(pool, rules, fitness, before, gone={gone})
    except Impossible:
        assert left == []
        return
    stayed = max(len(panel & set(before)) for panel in left)
    assert len(set(mended.people) & set(before)) == stayed
    assert mended.order == min(order(pool, fitness, panel) for panel in left if len(panel & set(before)) == stayed)


def council() -> tuple[tuple[Candidate, ...], Rules, Fitness]:
    """Fictional: a to d of the north, e to h of the south; d comes only with e; h is the only one who knows law."""
    pool = people("nw", "nm", "nm", "nw", "sw", "sm", "sm", "sm")
    rules = Rules(4, (Quota((("t0", "n"),), 2, 2), Quota((("t1", "w"),), 2, 3)))
    brings = {"h": frozenset({"law"}), "b": frozenset({"water"}), "d": frozenset({"water"})}
    return pool, rules, Fitness(frozenset({"law", "water"}), brings, influence={"d": 5, "e": 4, "b": 3}, needs={"d": frozenset({"e"})})


def test_nobody_is_asked_before_those_without_whom_he_does_not_come() -> None:
    pool, rules, fitness = council()
    fit = best_fit(pool, rules, fitness)
    assert fit.people == ("b", "d", "e", "h")
    asked = [one.person for one in invitation_order(pool, rules, fitness, fit)]
    assert asked.index("e") < asked.index("d")
    assert asked[0] == "e"


def test_a_refusal_says_what_breaks_who_restores_it_and_what_is_lost() -> None:
    pool, rules, fitness = council()
    fit = best_fit(pool, rules, fitness)
    by_person = {one.person: one for one in invitation_order(pool, rules, fitness, fit)}
    assert [one.sentence for one in by_person["h"].breaks] == ["3 people instead of 4"]
    assert by_person["h"].restored_by[0] in {"f", "g"}
    assert [(one.ground, one.cost) for one in by_person["h"].lost] == [("competences", 1)]
    assert [one.sentence for one in by_person["d"].breaks] == [
        "3 people instead of 4",
        "1 of t0 'n' instead of 2",
        "1 of t1 'w' instead of 2 to 3",
    ]
    assert by_person["d"].restored_by == ("a",)


def test_two_who_come_only_together_are_both_asked() -> None:
    pool = people("x", "x", "x")
    fitness = Fitness(influence={"a": 2, "b": 2}, needs={"a": frozenset({"b"}), "b": frozenset({"a"})})
    fit = best_fit(pool, Rules(2), fitness)
    assert [one.person for one in invitation_order(pool, Rules(2), fitness, fit)] == ["a", "b"]


def test_why_somebody_is_not_on_the_panel_names_the_first_ground_that_decides() -> None:
    pool, rules, fitness = council()
    fit = best_fit(pool, rules, fitness)
    why = why_not(pool, rules, fitness, fit, "c")
    assert (why.ground, why.impossible) == ("influence", ())
    apart = Rules(rules.size, rules.quotas, pairs_as_rules([("c", other) for other in "abdefgh"]))
    assert why_not(pool, apart, fitness, fit, "c").impossible != ()


def test_reserves_step_in_for_as_many_seats_as_any_could() -> None:
    pool, rules, fitness = council()
    fit = best_fit(pool, rules, fitness)
    by_key = {one.key: one for one in pool}

    def covered(spares: tuple[str, ...]) -> set[str]:
        return {
            person
            for person in fit.people
            if any(not rules.broken_by([by_key[key] for key in fit.people if key != person] + [by_key[spare]]) for spare in spares)
        }

    spares, uncovered = reserves(pool, rules, fit.people, 2)
    others = sorted(by_key.keys() - set(fit.people))
    assert len(covered(spares)) == max(len(covered(pair)) for pair in combinations(others, 2))
    assert set(uncovered) == set(fit.people) - covered(spares)
