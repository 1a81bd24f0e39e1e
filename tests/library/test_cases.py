"""The case library and its search."""

import re

import pytest

from tracktwo.library.cases import UnknownCase, case, evidence_of, load_cases, load_methods
from tracktwo.library.search import search
from tracktwo.sources.countries import load_countries

CASES = load_cases()
METHODS = load_methods()
TRACKS = {"1.5", "2", "3"}
THIRD_PARTIES = {"NGO", "university", "religious", "foundation", "state-supported", "insider", "business"}
CONFIDENTIALITY = {"public", "discreet", "secret", "Chatham House"}
PARTICIPANTS = set(
    """influentials academics ex-officials officials politicians religious civil-society women youth scientists artists business journalists military
    military-retired insurgents elders indigenous educators athletes trade-union""".split()
)
CORE = {"conflict", "start_year", "convenors", "parties"}
FORMER = {"SUN"}


@pytest.mark.parametrize("known", CASES, ids=lambda known: known.id)
def test_a_case_keeps_to_the_closed_vocabularies(known):
    assert set(known.tracks) <= TRACKS
    assert known.third_party_type in THIRD_PARTIES
    assert known.confidentiality in CONFIDENTIALITY
    assert set(known.participant_types) <= PARTICIPANTS
    assert set(known.methods) <= set(METHODS)
    assert set(known.regions) <= {country.subregion for country in load_countries()}
    codes = {country.alpha3 for country in load_countries()} | FORMER
    assert set(known.countries) <= codes
    assert {venue.iso3 for venue in known.venues} <= codes


@pytest.mark.parametrize("known", CASES, ids=lambda known: known.id)
def test_a_case_is_whole_and_its_years_are_in_order(known):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", known.id)
    for needed in (known.tracks, known.convenors, known.parties, known.participant_types, known.methods, known.regions, known.countries):
        assert needed
        assert len(set(needed)) == len(needed)
    assert 1 <= len(known.lessons) <= 4
    assert 1900 < known.start_year <= (known.end_year or 2026) <= 2026
    assert all(re.search(r"\b(1[89]|20)\d\d", phase) for phase in known.phases)


@pytest.mark.parametrize("known", CASES, ids=lambda known: known.id)
def test_a_case_is_called_verified_exactly_where_its_core_was_read_in_a_source(known):
    assert known.verified == (bool(known.sources) and known.verified_fields >= CORE)
    for name in known.verified_fields:
        assert "from memory" not in str(getattr(known, name))
    assert known.sources or not known.verified_fields


def test_the_library_holds_what_its_makers_counted():
    counts = (len(CASES), sum(known.verified for known in CASES), sum(known.is_stub for known in CASES), len(METHODS))
    assert counts == (98, 81, 11, 40)
    assert len({known.id for known in CASES}) == 98


def test_a_case_is_found_by_its_id_and_an_unknown_id_is_told():
    assert case("inter-tajik-dialogue").countries == ("TJK",)
    with pytest.raises(UnknownCase, match="no case 'atlantis'"):
        case("atlantis")


def test_evidence_of_a_case_links_only_what_was_seen_at_its_publisher():
    for known in CASES:
        if not known.is_stub:
            evidence = evidence_of(known)
            copies = {source.url for source in known.sources if source.copy_}
            assert evidence.url is None or evidence.url not in copies
            assert evidence.locator == known.id
            assert (evidence.url is None) == all(source.copy_ for source in known.sources)


def test_some_sources_were_seen_as_copies_so_that_the_rule_is_put_to_use():
    assert sum(source.copy_ for known in CASES for source in known.sources) == 47


def test_a_stub_is_no_evidence():
    with pytest.raises(ValueError, match="has no source"):
        evidence_of(case("burton-cyprus-1966"))


def test_search_finds_words_whatever_their_case_accents_and_number():
    first = search("Jordan WATERS yoúth", CASES, 3)[0]
    assert first.case.id == "ecopeace-good-water-neighbors"
    assert set(first.matched) == {"jordan", "youth", "water"}


def test_search_puts_a_rare_word_before_a_common_one():
    hits = search("tajik", CASES)
    assert hits[0].case.id == "inter-tajik-dialogue"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_search_finds_nothing_where_no_word_is_held():
    assert search("xyzzy", CASES) == search("", CASES) == search("the and", CASES) == search("water", ()) == ()


def test_search_gives_the_same_answer_for_any_order_of_the_cases():
    assert search("women peace committee", CASES, 20) == search("women peace committee", CASES[::-1], 20)
