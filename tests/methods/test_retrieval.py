"""Likeness of past initiatives."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.library.cases import load_cases, load_methods
from tracktwo.methods.retrieval import DECADES, Query, methods_used, rank_cases
from tracktwo.methods.words import rarity, shared, words

CASES = load_cases()
METHODS = load_methods()
COUNTRIES = sorted({code for case in CASES for code in case.countries})
REGIONS = sorted({region for case in CASES for region in case.regions})
QUERIES = st.builds(
    Query,
    year=st.just(2026),
    countries=st.frozensets(st.sampled_from(COUNTRIES), max_size=3),
    regions=st.frozensets(st.sampled_from(REGIONS), max_size=2),
    challenge=st.sampled_from(["armed conflict", "community dispute", "shared resource", "friendship", "political dispute"]),
    has_armed_party=st.booleans(),
    issue_words=st.lists(st.sampled_from("water river women youth nuclear border land music faith elections prisoners".split()), max_size=4).map(
        " ".join
    ),
    tracks=st.frozensets(st.sampled_from(["1.5", "2", "3"])),
    participant_types=st.frozensets(st.sampled_from(["women", "youth", "religious", "officials"])),
    convenor_kind=st.sampled_from([None, "NGO", "religious", "university"]),
    convenor_is_insider=st.booleans(),
)


def ids(query, **rest):
    return [likeness.case.id for likeness in rank_cases(query, CASES, methods=METHODS, **rest)]


def codes(reasons):
    return [reason.code for reason in reasons]


def test_a_brief_on_tajikistan_finds_the_inter_tajik_dialogue_first():
    query = Query(2026, frozenset({"TJK"}), frozenset({"Central Asia"}), has_armed_party=True, issue_words="power sharing after civil war")
    best = rank_cases(query, CASES, methods=METHODS)[0]
    assert best.case.id == "inter-tajik-dialogue"
    assert codes(best.like)[0] == "like.same-country"
    assert {"like.armed-party", "like.same-subregion", "like.words"} <= set(codes(best.like))
    assert codes(best.unlike) == ["unlike.decades-ago"]


def test_a_brief_on_israel_and_palestine_finds_theirs_and_not_one_conflict_alone():
    found = rank_cases(Query(2026, frozenset({"ISR", "PSE"}), frozenset({"Western Asia"}), has_armed_party=True), CASES)
    assert all({"ISR", "PSE"} <= set(likeness.case.countries) for likeness in found)
    assert Counter(likeness.case.conflict for likeness in found)["Israeli-Palestinian conflict"] == 2


def test_a_shared_river_finds_cooperation_on_the_environment():
    query = Query(2026, frozenset({"KGZ", "UZB"}), frozenset({"Central Asia"}), challenge="shared resource", issue_words="river water irrigation dam")
    found = rank_cases(query, CASES, methods=METHODS, limit=2)
    assert {likeness.case.id for likeness in found} == {"ecopeace-good-water-neighbors", "south-china-sea-workshops"}
    assert all("environmental-cooperation" in likeness.case.methods and "like.shared-resource" in codes(likeness.like) for likeness in found)


def test_the_words_that_were_shared_are_named():
    best = rank_cases(Query(2026, challenge="friendship", issue_words="an orchestra of young musicians"), CASES, methods=METHODS)[0]
    (reason,) = [reason for reason in best.like if reason.code == "like.words"]
    assert best.case.id == "west-eastern-divan"
    assert set(dict(reason.params)["words"].items) == {"orchestra", "musician", "young"}


def test_a_case_that_shares_nothing_is_not_shown():
    assert (
        rank_cases(
            Query(2026, frozenset({"ISL"}), challenge="community dispute", issue_words="xyzzy", has_armed_party=True),
            [case for case in CASES if case.id == "tokyo-beijing-forum"],
        )
        == ()
    )


def test_an_unverified_case_counts_less_and_says_so():
    case = next(case for case in CASES if case.verified)
    query = Query(2026, frozenset(case.countries))
    (sure,) = rank_cases(query, [case])
    (unsure,) = rank_cases(query, [case.model_copy(update={"verified": False})])
    assert unsure.score == pytest.approx(0.7 * sure.score)
    assert "unlike.unverified" in codes(unsure.unlike)
    assert "unlike.unverified" not in codes(sure.unlike)


def test_a_case_from_decades_ago_says_so_from_that_year_on():
    case = next(case for case in CASES if case.verified)
    for years, told in ((DECADES - 1, False), (DECADES, True)):
        (likeness,) = rank_cases(Query(case.start_year + years, frozenset(case.countries)), [case])
        assert ("unlike.decades-ago" in codes(likeness.unlike)) is told


def test_a_third_case_of_one_conflict_stands_behind_the_first_five():
    query = Query(2026, frozenset({"ISR", "PSE"}))
    everything = rank_cases(query, CASES, limit=98)
    assert Counter(likeness.case.conflict for likeness in everything)["Israeli-Palestinian conflict"] > 2
    assert max(Counter(likeness.case.conflict for likeness in everything[:5]).values()) == 2


@settings(max_examples=40, deadline=None)
@given(QUERIES, st.integers(0, 10**6))
def test_the_order_in_which_the_cases_are_given_does_not_matter(query, seed):
    shuffled = list(CASES)
    random.Random(seed).shuffle(shuffled)
    assert rank_cases(query, shuffled, methods=METHODS) == rank_cases(query, CASES, methods=METHODS)


@settings(max_examples=40, deadline=None)
@given(QUERIES, st.integers(0, 12))
def test_no_stub_is_ranked_every_case_has_a_reason_and_a_shorter_answer_is_the_beginning_of_a_longer(query, limit):
    found = rank_cases(query, CASES, limit=limit)
    assert found == rank_cases(query, CASES, limit=20)[:limit]
    assert len({likeness.case.id for likeness in found}) == len(found)
    for likeness in found:
        assert not likeness.case.is_stub
        assert likeness.like
        assert likeness.score > 0
    assert all(count <= 2 for count in Counter(likeness.case.conflict for likeness in found[:5]).values())


@settings(max_examples=40, deadline=None)
@given(QUERIES, st.sampled_from([case for case in CASES if not case.is_stub]))
def test_asking_also_for_the_country_of_a_case_never_lowers_it_below_its_score_for_no_country(query, case):
    without = rank_cases(Query(2026, frozenset(), query.regions, query.challenge), [case])
    with_country = rank_cases(Query(2026, frozenset(case.countries), query.regions, query.challenge), [case])
    assert with_country[0].score > (without[0].score if without else 0)


def test_methods_are_counted_with_the_cases_that_used_them():
    likenesses = rank_cases(Query(2026, frozenset({"ISR", "PSE"})), CASES, limit=6)
    used = methods_used(likenesses)
    assert [len(cases) for _method, cases in used] == sorted((len(cases) for _method, cases in used), reverse=True)
    assert sum(len(cases) for _method, cases in used) == sum(len(likeness.case.methods) for likeness in likenesses)
    for method, cases in used:
        assert cases == tuple(likeness.case.id for likeness in likenesses if method in likeness.case.methods)


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        rank_cases(Query(2026), CASES, limit=-1)


def test_words_are_compared_without_accents_case_and_plural():
    assert words("The Rivières & RIVERS, of communities") == ["riviere", "river", "community"]


@given(st.lists(st.lists(st.sampled_from("abc def ghi jkl".split()), max_size=4), min_size=1, max_size=6))
def test_a_rarer_word_never_weighs_less(texts):
    rare = rarity(texts)
    held = Counter(word for text in texts for word in set(text))
    for one in rare:
        for other in rare:
            if held[one] < held[other]:
                assert rare[one] > rare[other]
    assert all(weight > 0 for weight in rare.values())


def test_the_share_of_words_is_one_where_all_are_held_and_nothing_where_none_is():
    rare = rarity([["water", "river"], ["music"]])
    assert shared({"water": 1, "river": 1, "unheard": 9}, ["water", "river"], rare) == (pytest.approx(1.0), ("river", "water"))
    assert shared({"water": 1}, ["music"], rare) == (0.0, ())
