"""Any words in any field of a brief, through the whole main job: one sentence that refuses them, or six files."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dossier.test_any_words import HOSTILE
from tests.making import TODAY, from_text, shelf
from tracktwo.constitute import constitute, let_out
from tracktwo.dossier.language import languages, voice
from tracktwo.dossier.write import READABLE, contents
from tracktwo.model.exhibit import Programme
from tracktwo.sources.brief import BriefError, parse_brief
from tracktwo.sources.countries import load_countries

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
LIKE_VALUES = (
    "_",
    "null",
    "~",
    "yes",
    "12",
    "0",
    "09",
    "1e5",
    "2027-01-01",
    "a: b",
    "A-01",
    "T-01",
    "/",
    "(",
    "\\1",
    "{0}",
    "%s",
    "ال",
    "لل",
    "ß",
    "İ",
)
words = st.sampled_from([*HOSTILE, *LIKE_VALUES])
"""Whatever a person may write, the controls among them: the reader of briefs refuses those."""
seen = words.map(lambda text: CONTROLS.sub("", text).strip() or "x")


def briefs(words: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Briefs with the same shape and any words."""

    def the(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({key: value if isinstance(value, st.SearchStrategy) else st.just(value) for key, value in fields.items()})

    def some(*items: Any) -> st.SearchStrategy[list[Any]]:
        return st.tuples(*items).map(list)

    forms = some(the(side="a", form=words, also=some(words), **{"in": the(fr=words)}), the(side="b", form=words))
    cited = the(title=words, publisher=words, url=words, date="2020")
    return the(
        title=words,
        language=st.sampled_from(["en", "fr", "ar", "ko"]),
        purpose=words,
        summary=words,
        countries=some(st.sampled_from(["MLI", "CYP", "ARM", "KOR"])),
        sides=some(the(id="a", name=words, communities=some(words), religions=some(words), languages=["el"], risk=words), the(id="b", name=words)),
        parties=some(the(name=words, side="a", known_as=some(words)), the(name=words, side="b", country="ARM")),
        contested_names=some(the(about=words, forms=forms), the(about=words, country="ARM", forms=forms, agreed=words, agreed_in=the(ar=words))),
        issues=some(the(name=words, grievances=some(the(what=words, kind="social", side="a")))),
        history=some(the(date="1974", what=words, source=cited)),
        actors=some(the(name=words, sides=["a"], wants=words), the(name=words, kind="person", public=False)),
        attempts=some(the(name=words, by=some(words), start="2001", result=words, stalled_because=words)),
        convenor=the(name=words, interest=words, seat=the(city=words)),
        invited=some(the(name=words, sides=["a"], diets=some(words), observance=words, region=words), the(name=words, sides=["b"], interest=words)),
        wish=the(starts="2027-04-05", rounds=3, months=12),
        venues=some(the(name=words, place=the(city=words, country="CHE"), host=words, safety=words)),
        culture=some(the(what=words, host="a", note=words), the(what=words, host="third party")),
        shared_practices=some(the(what=words, practised_by=["a", "b"], asked=["a"], source=cited)),
        change=the(statement=words, links=some(the(id="x", **{"if": words, "then": words}, assumes=words)), success=some(words)),
        officials=some(the(process=words, office=words)),
        follow_up=some(the(what=words, owner=words)),
        decision=words,
    )


def check(brief: dict[str, Any], language: str, names: bool) -> bool:
    """True where the brief gave six files, False where it was refused; whatever else comes is a fault of ours."""
    try:
        read = parse_brief(yaml.safe_dump(brief, allow_unicode=True), "brief.yaml", load_countries().resolve)
    except BriefError:
        return False
    released = let_out(constitute(read, shelf(), as_of=TODAY), voice(language), names=names)
    assert tuple(contents(released, voice(language).calling(released.names))) == READABLE
    return True


easy = settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
full = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@easy
@given(brief=briefs(seen), language=st.sampled_from(languages()), names=st.booleans())
def test_a_brief_of_any_words_gives_six_files(brief: dict[str, Any], language: str, names: bool) -> None:
    check(brief, language, names)


@easy
@given(brief=briefs(words))
def test_a_brief_with_controls_is_refused_in_sentences_or_gives_six_files(brief: dict[str, Any]) -> None:
    check(brief, "en", False)


@pytest.mark.gate
@full
@given(brief=briefs(seen), language=st.sampled_from(languages()), names=st.booleans())
def test_many_briefs_of_any_words_give_six_files_each(brief: dict[str, Any], language: str, names: bool) -> None:
    check(brief, language, names)


def test_a_contested_form_of_which_nothing_can_be_seen_changes_no_text() -> None:
    forms = "[{side: a, form: '\\u200b'}, {side: b, form: Lefkosa}]".replace("'", '"')
    text = (
        "title: Talks in Lefkosa\nsides: [{id: a, name: One}, {id: b, name: Two}]\nparties: [{name: P, side: a}, {name: Q, side: b}]\n"
        f"contested_names: [{{about: the capital, forms: {forms}, agreed: Nicosia}}]\n"
    )
    assert let_out(from_text(text), voice()).title == "Talks in Nicosia"


def test_a_person_whose_name_is_a_number_does_not_change_the_clock() -> None:
    text = "title: T\nparties: [{name: P}, {name: Q}]\ninvited: [{name: '09'}, {name: '2027'}]\nwish: {starts: 2027-04-05}\n"
    sections = let_out(from_text(text), voice()).sections
    (programme,) = [exhibit for section in sections for exhibit in section.exhibits if isinstance(exhibit, Programme)]
    assert programme.days[0].date == "2027-04-05"
    assert all(re.fullmatch(r"\d\d:\d\d", time) for day in programme.days for slot in day.slots for time in (slot.start, slot.end))
