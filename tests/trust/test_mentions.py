"""People in free text: what was planted is found, what was not is seldom reported. All people and sentences are invented."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.model.brief import Brief
from tracktwo.record.entries import entries_of
from tracktwo.record.initiative import Initiative, replay
from tracktwo.record.mentions import Mention, mentions

HERE = Path(__file__).parent
FLOOR = 0.95
MOST_FALSE = 0.10


@cache
def initiative() -> Initiative:
    roster = json.loads((HERE / "roster.json").read_text(encoding="utf-8"))
    roster.pop("note")
    return replay(entries_of(Brief.model_validate(roster), date(2026, 11, 26)))


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


PLANTED = lines("planted_mentions.jsonl")
CLEAN = lines("clean_sentences.jsonl")


def finds(row: dict[str, Any]) -> bool:
    """True where a mention lies on the planted words and can mean all of those who were planted."""
    end = row["start"] + len(row["words"])
    return any(
        found.start < end and row["start"] < found.end and set(row["codes"]) <= set(found.codes) for found in mentions(row["text"], initiative())
    )


def measured() -> tuple[dict[str, tuple[int, int]], int]:
    """(found, planted) by language, and how many clean sentences were warned of."""
    by_language: dict[str, tuple[int, int]] = {}
    for language in ("en", "fr", "ar"):
        rows = [row for row in PLANTED if row["language"] == language]
        by_language[language] = sum(map(finds, rows)), len(rows)
    return by_language, sum(bool(mentions(row["text"], initiative())) for row in CLEAN)


def test_two_hundred_mentions_and_as_many_clean_sentences_were_planted_in_three_languages() -> None:
    assert len(PLANTED) >= 200
    assert len(CLEAN) >= 200
    for rows in (PLANTED, CLEAN):
        assert min(Counter(row["language"] for row in rows).values()) >= 50
        assert all(row["fictional"] for row in rows)


def test_most_planted_mentions_are_found_and_few_clean_sentences_are_warned_of() -> None:
    by_language, false = measured()
    assert sum(found for found, _ in by_language.values()) / len(PLANTED) >= FLOOR
    assert false / len(CLEAN) <= MOST_FALSE


@pytest.mark.gate
def test_planted_mentions_of_people_are_found_in_three_languages(figure: Callable[[str], None]) -> None:
    by_language, false = measured()
    found = sum(one for one, _ in by_language.values())
    shares = ", ".join(f"{language} {one} of {planted}" for language, (one, planted) in by_language.items())
    figure(f"{found} of {len(PLANTED)} planted mentions found ({shares}); {false} of {len(CLEAN)} clean sentences warned of without reason")
    assert found / len(PLANTED) >= FLOOR
    assert false / len(CLEAN) <= MOST_FALSE


def only(text: str) -> Mention:
    (found,) = mentions(text, initiative())
    return found


@pytest.mark.parametrize(
    ("text", "words", "codes", "why"),
    [
        ("We heard Amina Yusuf.", "Amina Yusuf", ("A-01",), "name"),
        ("We heard Yusuf, Amina.", "Yusuf, Amina", ("A-01",), "name"),
        ("l'avis d'Amina", "Amina", ("A-01",), "part of the name"),
        ("the Coulibaly house", "Coulibaly", ("A-06", "B-06"), "part of the name"),
        ("Nikolay Petroff came", "Nikolay Petroff", ("B-03",), "transliteration"),
        ("Нам сказал Петров", "Петров", ("B-03",), "part of the name"),
        ("Omar bin Saleh", "Omar bin Saleh", ("A-04",), "spelling"),
        ("Rabbi Levy spoke", "Rabbi Levy", ("N-03",), "title and name"),
        ("as A.Y. said", "A.Y.", ("A-01",), "initials"),
        ("the former minister of trade", "the former minister of trade", ("A-01",), "former office"),
        ("l'ancienne ministre du commerce", "l'ancienne ministre du commerce", ("A-01",), "former office"),
        ("وزيرة التجارة السابقة", "وزيرة التجارة السابقة", ("A-01",), "former office"),
        ("La juge de Tesma", "La juge de Tesma", ("A-03",), "office"),
    ],
)
def test_a_mention_says_where_it_stands_whom_it_can_mean_and_why(text: str, words: str, codes: tuple[str, ...], why: str) -> None:
    found = only(text)
    assert (found.words, found.codes, found.why) == (words, codes, why)
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The minister of trade has not answered.",
        "the mayor of Menos",
        "the former minister of fisheries",
        "Judges of the district court",
        "U.N. and E.U.",
        "WE AY SHOUT",
        "▮ said so",
        "١٢٣ 456",
    ],
)
def test_what_means_nobody_of_the_roster_is_left_in_peace(text: str) -> None:
    assert mentions(text, initiative()) == ()


def test_an_office_that_two_hold_means_neither() -> None:
    assert mentions("The mayor is late.", initiative()) == ()
    assert only("The mayor of Korvo is late.").codes == ("A-02",)


def test_mentions_do_not_overlap_and_stand_in_the_order_of_the_text() -> None:
    found = mentions("Dr Yusuf, Judge Haddad and the retired colonel met B.T. in Korvo.", initiative())
    assert [one.codes for one in found] == [("A-01",), ("A-03",), ("A-04",), ("A-02",)]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_people_can_be_given_as_members_too() -> None:
    text = "Amina Yusuf"
    assert mentions(text, initiative().members) == mentions(text, initiative())
    assert mentions(text, ()) == ()


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_each_mention_is_a_part_of_it(text: str) -> None:
    for found in mentions(text, initiative()):
        assert found.words == text[found.start : found.end] != ""
        assert found.codes
