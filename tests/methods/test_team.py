"""Teams out of a roster: who stands in none, which reason comes before which, and that the search misses no better one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.methods.team import Candidate, Request, difference, rank_teams, seated
from tracktwo.methods.venue import Burden

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 5)
PAIR = Request(seats={"facilitator": 2}, sides=("north", "south"), languages=("ar", "fr"), competences=("water",), first=FIRST, last=LAST)


def able(key: str, **more: Any) -> Candidate:
    about: dict[str, Any] = dict(
        roles=frozenset({"facilitator"}),
        languages={"ar": "C1", "fr": "C1"},
        competences=frozenset({"water"}),
        accepted_by=frozenset({"north", "south"}),
        free=((date(2027, 1, 1), date(2027, 12, 31)),),
    )
    return Candidate(key=key, **about | more)


def everybody_enters(candidate: Candidate) -> Burden:
    return "none"


A, B = able("a"), able("b")

WORSE = {
    "languages": (dict(languages={"ar": "C1", "fr": "B1"}), dict(languages={"ar": "C1"})),
    "interests": (dict(interests=frozenset({"north"})), {}),
    "balance": (dict(sides=frozenset({"north"})), {}),
    "competences": (dict(competences=frozenset()), dict(competences=frozenset())),
    "acceptance": (dict(accepted_by=frozenset({"north"})), {}),
    "unsure": (dict(free=None), {}),
    "rest": (dict(engaged=((date(2027, 2, 20), date(2027, 2, 26)),)), {}),
}


@pytest.mark.parametrize(
    ("engaged", "tired", "away"),
    [
        ([(date(2027, 2, 20), date(2027, 2, 22))], True, False),  # six days of rest before the first day
        ([(date(2027, 2, 20), date(2027, 2, 21))], False, False),  # seven full days are enough
        ([(date(2027, 3, 12), date(2027, 3, 14))], True, False),  # and seven after the last one
        ([(date(2027, 3, 13), date(2027, 3, 14))], False, False),
        ([(date(2027, 3, 5), date(2027, 3, 9))], False, True),
        ([(date(2026, 12, 10), date(2027, 1, 9))], True, False),  # 31 days of other work in the ninety before
        ([(date(2026, 11, 1), date(2026, 12, 30))], False, False),  # of which only 30 lie in them
    ],
)
def test_other_work_makes_somebody_away_or_tired(engaged: list[tuple[date, date]], tired: bool, away: bool) -> None:
    ranking = rank_teams(PAIR, [able("a", engaged=tuple(engaged)), B], entry=everybody_enters)
    assert ranking.barred == ({"a": ("away",)} if away else {})
    if not away:
        (team,) = ranking.teams
        assert next(reason.what for reason in team.reasons if reason.ground == "rest") == (("a",) if tired else ())


@pytest.mark.parametrize("ground", WORSE)
def test_a_team_that_is_worse_on_one_ground_comes_second_and_the_ground_is_named(ground: str) -> None:
    one, other = WORSE[ground]
    roster = [able("x", **one), able("y", **other), A, B]
    ranking = rank_teams(PAIR, roster, entry=everybody_enters, limit=99)
    assert ranking.teams[0].members == ("a", "b")
    last = next(team for team in ranking.teams if team.members == ("x", "y"))
    found = difference(ranking.teams[0], last)
    assert found.ground == ground
    assert found.worse is not None
    assert found.worse.what


def test_papers_and_then_a_mixed_team_decide_where_all_else_is_equal() -> None:
    roster = [able("a", gender="woman"), able("b", gender="woman"), able("c", gender="man"), able("d", gender="man")]
    ranking = rank_teams(PAIR, roster, entry=lambda one: "embassy" if one.key == "d" else "none", limit=99)
    assert [team.members for team in ranking.teams[:3]] == [("a", "c"), ("b", "c"), ("a", "b")]
    assert difference(ranking.teams[0], ranking.teams[1]).ground is None
    assert difference(ranking.teams[0], ranking.teams[2]).ground == "likeness"
    assert difference(ranking.teams[2], ranking.teams[3]).ground == "papers"


def test_one_reason_decides_before_the_next_however_much_speaks_on_the_other_ground() -> None:
    speaks = able("z", accepted_by=frozenset(), free=None, competences=frozenset())
    silent = able("a", languages={"ar": "C1"})
    other = able("b", languages={"ar": "C1"})
    assert rank_teams(PAIR, [silent, other, speaks], entry=everybody_enters).teams[0].members == ("a", "z")


BARRED = {
    "away": dict(free=((date(2027, 3, 2), date(2027, 12, 31)),)),
    "refused": dict(refused_by=frozenset({"south"})),
    "not asked": dict(may_be_asked=False),
    "no seat": dict(roles=frozenset({"interpreter"})),
}


@pytest.mark.parametrize("why", BARRED)
def test_nobody_stands_in_a_team_who_cannot_and_the_reason_is_told(why: str) -> None:
    best = able("a", **BARRED[why])  # type: ignore[arg-type]
    ranking = rank_teams(PAIR, [best, able("b"), able("c")], entry=everybody_enters)
    assert [team.members for team in ranking.teams] == [("b", "c")]
    assert ranking.barred == {"a": (why,)}


def test_whoever_cannot_enter_stands_in_no_team() -> None:
    ranking = rank_teams(PAIR, [A, B, able("c")], entry=lambda one: "barred" if one.key == "a" else "none")
    assert [team.members for team in ranking.teams] == [("b", "c")]
    assert ranking.barred == {"a": ("cannot enter",)}


def test_days_that_nobody_asked_about_bar_nobody_and_days_that_somebody_did_not_tell_are_not_known() -> None:
    away = able("a", free=())
    assert rank_teams(replace(PAIR, first=None, last=None), [away, B], entry=everybody_enters).teams[0].members == ("a", "b")
    assert rank_teams(PAIR, [away, B], entry=everybody_enters).teams == ()


def test_when_somebody_declines_the_next_best_stands_beside_those_who_accepted() -> None:
    roster = [A, B, able("c", accepted_by=frozenset({"north"})), able("d", interests=frozenset({"north"}))]
    before = rank_teams(PAIR, roster, entry=everybody_enters)
    after = rank_teams(PAIR, roster, entry=everybody_enters, staying={"a"}, declined={"b"})
    assert before.teams[0].members == ("a", "b")
    assert [team.members for team in after.teams] == [("a", "c"), ("a", "d")]
    assert after.barred == {"b": ("declined",)}


def test_roles_for_which_there_are_too_few_are_named() -> None:
    ranking = rank_teams(Request(seats={"facilitator": 1, "interpreter": 2}), [A, able("i", roles=frozenset({"interpreter"}))])
    assert (ranking.teams, ranking.short) == ((), ("interpreter",))


def test_everybody_in_a_team_has_one_seat_that_he_can_fill_even_where_the_first_choice_has_to_move() -> None:
    both = able("a", roles=frozenset({"facilitator", "interpreter"}))
    only = able("b", roles=frozenset({"facilitator"}))
    assert seated({"facilitator": 1, "interpreter": 1}, [both, only]) == {"a": "interpreter", "b": "facilitator"}
    assert seated({"facilitator": 1, "interpreter": 1}, [only, replace(only, key="c")]) is None


def test_a_variety_of_a_language_counts_as_the_language_and_a_level_that_is_not_known_does_not() -> None:
    request = Request(seats={"facilitator": 1}, languages=("ar",))
    assert rank_teams(request, [able("a", languages={"ar-SD": "native"})]).teams[0].order[0] == 0
    assert rank_teams(request, [able("a", languages={"ar": None})]).teams[0].order[0] == 1


def test_two_people_under_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        rank_teams(PAIR, [A, A])


people = st.builds(
    Candidate,
    key=st.just(""),
    roles=st.frozensets(st.sampled_from(["facilitator", "interpreter", "expert"]), min_size=1),
    languages=st.dictionaries(st.sampled_from(["ar", "fr", "sg"]), st.sampled_from(["A2", "B2", "native", None])),
    competences=st.frozensets(st.sampled_from(["water", "faith"])),
    sides=st.frozensets(st.sampled_from(["north", "south"])),
    interests=st.frozensets(st.just("north")),
    accepted_by=st.frozensets(st.sampled_from(["north", "south"])),
    gender=st.sampled_from(["woman", "man", None]),
    region=st.sampled_from(["east", "west"]),
    free=st.sampled_from([None, ((FIRST, LAST),)]),
)
rosters = st.lists(people, min_size=3, max_size=7).map(lambda found: [replace(one, key=f"p{number}") for number, one in enumerate(found)])
MIXED = Request(
    seats={"facilitator": 2, "interpreter": 1},
    sides=("north", "south"),
    languages=("ar", "fr", "sg"),
    competences=("water", "faith"),
    first=FIRST,
    last=LAST,
)


def one_by_one(request: Request, roster: Sequence[Candidate]) -> list[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Every team, each ranked alone, in order."""
    teams = [rank_teams(request, chosen, limit=1).teams for chosen in combinations(roster, request.size)]
    return sorted((team.order, team.members) for found in teams for team in found)


@given(rosters)
@settings(max_examples=60, deadline=None)
def test_the_search_finds_what_looking_at_every_team_finds(roster: list[Candidate]) -> None:
    assert [(team.order, team.members) for team in rank_teams(MIXED, roster, limit=3).teams] == one_by_one(MIXED, roster)[:3]


@given(rosters, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_roster_does_not_matter(roster: list[Candidate], random: Any) -> None:
    mixed = list(roster)
    random.shuffle(mixed)
    assert rank_teams(MIXED, mixed).teams == rank_teams(MIXED, roster).teams


@given(rosters, st.integers(0, 6), st.sampled_from(["languages", "competences", "accepted_by", "roles"]))
@settings(max_examples=60, deadline=None)
def test_no_team_gains_by_a_member_who_can_less(roster: list[Candidate], number: int, what: str) -> None:
    one = roster[number % len(roster)]
    less = replace(one, **{what: {} if what == "languages" else frozenset()})
    before = {team.members: team.order for team in rank_teams(MIXED, roster, limit=99).teams}
    after = rank_teams(MIXED, [less if other is one else other for other in roster], limit=99).teams
    assert all(team.members in before and team.order >= before[team.members] for team in after)


def test_a_roster_of_forty_is_ranked_without_looking_at_every_team() -> None:
    tongues, looked = ("ar", "fr", "sg", "ru", "en"), 0
    roster = [
        able(
            f"p{n:02d}",
            roles=frozenset({("facilitator", "interpreter", "expert")[n % 3], "facilitator"}),
            languages={tongues[n % 5]: "C1", tongues[(n * 3 + 1) % 5]: ("B1", "B2", "C2")[n % 3]},
            competences=frozenset({"water"} if n % 4 == 0 else ()),
            accepted_by=frozenset({"north", "south"} if n % 3 else {"north"}),
            gender=("woman", "man")[n % 2],
            region=("east", "west", "south")[n % 3],
        )
        for n in range(40)
    ]

    def enters(one: Candidate) -> Burden:
        nonlocal looked
        looked += 1
        return "embassy" if int(one.key[1:]) % 7 == 0 else "none"

    request = replace(PAIR, seats={"facilitator": 2, "interpreter": 1, "expert": 1}, languages=tongues)
    ranking = rank_teams(request, roster, entry=enters)
    assert len(ranking.teams) == 5
    assert looked <= 2 * len(roster)  # whether somebody can enter is asked of people, not of teams
    assert [team.order for team in ranking.teams] == sorted(team.order for team in ranking.teams)
