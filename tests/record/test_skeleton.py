"""Names that sound alike in seven scripts share a skeleton. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.record.skeleton import consonants, script, skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yusuf", "يوسف"), ("Youssouf", "Yusof"), ("Petrov", "Петров"), ("Петров", "بيتروف"), ("Sargsyan", "Սարգսյան"), ("Sarkisian", "سركيسيان"),
        ("Maisuradze", "მაისურაძე"), ("Maïssouradzé", "مايسورادزه"), ("Papadakis", "Παπαδάκης"), ("Levy", "לוי"), ("Diallo", "جالو"),
        ("Coulibaly", "Kulibali"), ("Qureshi", "قريشي"), ("Hussein", "حسين"), ("Shevchenko", "Шевченко"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_a_name_share_a_skeleton(one: str, other: str) -> None:
    assert skeletons(one) & skeletons(other)


@pytest.mark.parametrize(("one", "other"), [("Yusuf", "Karim"), ("Petrov", "Pavlov"), ("Amina", "Fatou"), ("Levy", "Leila"), ("حداد", "Hamid")])
def test_two_names_that_sound_different_do_not(one: str, other: str) -> None:
    assert not skeletons(one) & skeletons(other)


def test_the_script_of_a_word_is_that_of_its_first_known_letter() -> None:
    assert [script(word) for word in ("Abc", "أب", "Да", "Αβ", "אב", "Աբ", "აბ", "漢", "")] == [
        "Latin", "Arabic", "Cyrillic", "Greek", "Hebrew", "Armenian", "Georgian", "", "",
    ]  # fmt: skip


@given(st.text(max_size=30))
def test_any_word_has_a_few_skeletons_with_consonants_or_none(word: str) -> None:
    found = skeletons(word)
    assert len(found) <= 128
    assert all(consonants(skeleton) > 0 for skeleton in found)
