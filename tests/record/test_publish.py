"""From an initiative to a case of the library: reviewed field by field, and by nobody recognised. All people are invented."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.library.cases import CaseFileError, load_cases, read_published
from tracktwo.model.brief import Brief
from tracktwo.model.case import Case
from tracktwo.record.dialogue import CasePublished, Part, PartHeld
from tracktwo.record.entries import entries_of
from tracktwo.record.entry import Rule
from tracktwo.record.initiative import Initiative, replay
from tracktwo.record.publish import FIELDS, SET_BY_PUBLISHING, Refused, case_json, draft_case, publish_case, warnings_of
from tracktwo.record.singled_out import singled_out

DAY = date(2026, 11, 26)
BRIEF = Brief.model_validate(
    {
        "title": "The mill of Ardun",
        "fictional": True,
        "countries": ["MLI"],
        "parties": [{"name": "Upper villages", "side": "up"}, {"name": "Lower villages", "side": "down"}],
        "sides": [{"id": "up", "name": "Upper"}, {"id": "down", "name": "Lower"}],
        "convenor": {"name": "River Trust", "kind": "foundation"},
        "culture": [{"what": "An evening of songs"}],
        "invited": [
            {"name": "Salma Idrane", "sides": ["up"], "gender": "woman", "affiliation": "Judge at the court of Ardun", "region": "Ardun"},
            {"name": "Bruno Keld", "sides": ["up"], "gender": "man", "affiliation": "Judge at the court of Tolm", "region": "Tolm"},
            {"name": "Rania Voss", "sides": ["down"], "gender": "woman", "affiliation": "Judge at the court of Tolm", "region": "Tolm"},
            {"name": "Edda Morn", "sides": ["down"], "gender": "woman", "region": "Ardun", "youth": True},
            {"name": "Tove Lund", "sides": ["down"], "gender": "man", "region": "Ardun", "youth": True},
            {"name": "Ilan Sorr", "sides": ["up"], "gender": "man", "region": "Tolm", "expertise": ["hydrology"]},
        ],
    }
)
PARTS = [
    PartHeld(
        on=DAY,
        lamport=900 + number,
        room="plenary",
        rule=Rule(),
        body=Part(session=f"s{number}", part="whole", stage=stage, day=date(2025 + number, 3, 1), present=present),
    )
    for number, (stage, present) in enumerate([("needs and fears", ("A-01", "B-01", "T-01")), ("joint thinking", ("A-01", "A-02", "B-01", "B-02"))])
]


def finished() -> Initiative:
    return replay([*entries_of(BRIEF, DAY), *PARTS])


def reviewed(**values: Any) -> dict[str, Any]:
    """A draft that a person filled in and reviewed."""
    document: dict[str, Any] = yaml.safe_load(draft_case(finished()))
    filled = {
        "conflict": "The water of a mill race",
        "regions": ["Western Africa"],
        "tracks": ["2"],
        "participant_types": ["civil-society"],
        "methods": ["problem-solving-workshop"],
        "outcome": "relationship-change",
        "lessons": ["A shared calendar opened the gates."],
    }
    for name, value in {**filled, **values}.items():
        document["fields"][name]["value"] = value
    for field in document["fields"].values():
        field["reviewed"] = True
    document["consent"] = ["A-01", "the plenary of 26 November"]
    return document


def published(document: dict[str, Any]) -> Case:
    return publish_case(yaml.safe_dump(document, allow_unicode=True), finished(), day=DAY).case


def faults(document: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        published(document)
    assert all("\n" not in fault for fault in refused.value.faults)
    return refused.value.faults


def test_a_draft_has_every_field_of_a_case_and_none_is_reviewed() -> None:
    document = yaml.safe_load(draft_case(finished()))
    assert set(document["fields"]) == set(Case.model_fields) - set(SET_BY_PUBLISHING) == set(FIELDS)
    assert not any(field["reviewed"] for field in document["fields"].values())
    assert document["consent"] == []


def test_a_draft_says_what_the_record_knows_and_leaves_the_rest_empty() -> None:
    fields = {name: field["value"] for name, field in yaml.safe_load(draft_case(finished()))["fields"].items()}
    assert fields["id"] == "the-mill-of-ardun"
    assert (fields["start_year"], fields["end_year"], fields["meetings"]) == (2025, 2026, 2)
    assert fields["participants_per_meeting"] == [2, 4]
    assert fields["phases"] == ["2025: needs and fears", "2026: joint thinking"]
    assert (fields["confidentiality"], fields["third_party_type"]) == ("Chatham House", "foundation")
    assert fields["cultural_activities"] == ["An evening of songs"]
    assert (fields["outcome"], fields["lessons"], fields["conflict"], fields["venues"]) == (None, [], None, [])


def test_no_name_of_a_person_is_proposed() -> None:
    initiative = replay(entries_of(BRIEF.model_copy(update={"title": "The mill of Salma Idrane"}), DAY))
    assert "Idrane" in initiative.opening.title
    assert "Idrane" not in draft_case(initiative)


def test_the_same_initiative_gives_the_same_draft() -> None:
    assert draft_case(finished()) == draft_case(finished())


def test_a_reviewed_draft_becomes_a_case_that_says_that_nothing_was_verified() -> None:
    case = published(reviewed())
    assert case.lessons == ("A shared calendar opened the gates.",)
    assert case.participants_per_meeting == (2, 4)
    assert (case.verified, case.verified_fields) == (False, frozenset())


def test_what_is_published_is_written_into_the_record_with_whose_consent() -> None:
    done = publish_case(yaml.safe_dump(reviewed()), finished(), day=DAY)
    assert done.made.consent == ("A-01", "the plenary of 26 November")
    assert done.made.reviewed == FIELDS
    assert done.made.sha256 == hashlib.sha256(done.json.encode()).hexdigest()
    entry = CasePublished(on=DAY, lamport=999, body=done.made)
    assert replay([*entries_of(BRIEF, DAY), entry]).dialogue.published[0].body == done.made


def test_the_library_reads_a_case_that_was_published_at_home(tmp_path: Path) -> None:
    source = {"title": "Report", "url": None, "publisher": "River Trust", "year": 2026, "copy": True}
    done = publish_case(yaml.safe_dump(reviewed(sources=[source])), finished(), day=DAY)
    (tmp_path / f"{done.case.id}.json").write_text(done.json, encoding="utf-8")
    assert read_published(tmp_path) == (done.case,)
    assert done.case.sources[0].copy_ is True
    assert read_published(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("broken.json", "{", "broken.json holds no case of the library"),
        ("list.json", "[]", "list.json holds no case of the library"),
        ("other.json", None, "other.json holds the case 'the-mill-of-ardun'"),
    ],
)
def test_a_file_that_holds_no_case_is_told_by_its_name(tmp_path: Path, name: str, text: str | None, sentence: str) -> None:
    (tmp_path / name).write_text(text if text is not None else case_json(published(reviewed())), encoding="utf-8")
    with pytest.raises(CaseFileError, match=sentence):
        read_published(tmp_path)


def test_a_case_at_home_does_not_take_the_place_of_one_that_ships(tmp_path: Path) -> None:
    shipped = load_cases()[0]
    (tmp_path / f"{shipped.id}.json").write_text(case_json(shipped), encoding="utf-8")
    with pytest.raises(CaseFileError, match="ships with tracktwo"):
        read_published(tmp_path)


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_was_not_reviewed_is_refused_by_its_name(name: str) -> None:
    document = reviewed()
    document["fields"][name]["reviewed"] = False
    assert faults(document) == (f"fields.{name} has not been reviewed; read it, mend it, and write 'reviewed: true'",)


def test_without_consent_nothing_is_published() -> None:
    for consent in ([], None, ["  "], "A-01"):
        (fault,) = faults({**reviewed(), "consent": consent})
        assert fault.startswith("consent is empty")
    assert faults({**reviewed(), "consent": ["C-09"]}) == ("consent names C-09, which is the code of nobody in this initiative",)


LESSON = "The only woman judge from Ardun changed her mind."


def test_words_that_single_out_one_person_are_refused_until_they_are_mended() -> None:
    found = faults(reviewed(lessons=["Bread was shared.", LESSON]))
    assert len(found) == 1
    assert found[0].startswith("fields.lessons[1]: ")
    assert "singles out one person of the roster" in found[0] or "seems to mean a person" in found[0]
    assert "A-01" not in found[0]
    assert published(reviewed(lessons=["One of the judges reconsidered."])).lessons


def test_a_warning_can_be_overruled_only_with_a_reason() -> None:
    document = reviewed(lessons=[LESSON])
    (warning,) = warnings_of("lessons", [LESSON], finished())
    listed = {"field": warning.field, "words": warning.words, "why": warning.why}
    for reason in (None, " "):
        assert len(faults({**document, "warnings": [{**listed, "overruled": reason}]})) == 1
    assert published({**document, "warnings": [{**listed, "overruled": "She told the story in public herself"}]}).lessons == (LESSON,)


def test_a_draft_lists_what_a_person_could_be_known_by() -> None:
    culture = {"culture": Brief.model_validate({**BRIEF.model_dump(), "culture": [{"what": "A talk of the young woman from Ardun"}]}).culture}
    document = yaml.safe_load(draft_case(replay(entries_of(BRIEF.model_copy(update=culture), DAY))))
    (warning,) = document["warnings"]
    assert (warning["field"], warning["words"], warning["overruled"]) == ("cultural_activities[0]", "young … woman", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LESSON, "A-01"),
        ("The woman judge of Tolm wrote the draft", "B-01"),
        ("Un jeune homme d'Ardun a chanté", "B-03"),
        ("La juge, une femme d'Ardun", "A-01"),
        ("Somebody who knows hydrology drew it", "A-03"),
    ],
)
def test_attributes_that_only_one_person_has_are_found_together(text: str, code: str) -> None:
    assert code in {one.code for one in singled_out(text, finished())}


@pytest.mark.parametrize(
    "text", ["", "The women of both sides sang.", "A judge spoke.", "Ardun is cold.", "A woman from the Lower villages", "Judges met"]
)
def test_attributes_that_several_have_single_out_nobody(text: str) -> None:
    assert singled_out(text, finished()) == ()


def test_attributes_of_two_sentences_are_not_laid_together() -> None:
    assert singled_out("The judge spoke. A woman from Ardun sang.", finished()) == ()


def test_codes_and_marks_of_people_are_no_words_for_a_case() -> None:
    assert [one.words for one in warnings_of("lessons", ["A-01 and ▮ agreed, in B-52 terms"], finished())] == ["A-01", "▮"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("id", "Not An Id", "fields.id should be small letters"),
        ("outcome", "great success", "fields.outcome: "),
        ("start_year", "long ago", "fields.start_year: "),
        ("countries", "Mali", "fields.countries: "),
        ("transfer", [{"route": "by air"}], "fields.transfer.0.route: "),
    ],
)
def test_a_value_that_no_case_can_have_is_told_with_its_field(name: str, value: object, words: str) -> None:
    assert any(fault.startswith(words) for fault in faults(reviewed(**{name: value})))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not say 'format: case-draft/1'"),
        ("[1, 2", "no readable YAML at line"),
        ("format: case-draft/1", "has no 'fields'"),
        ("a: &x [1]\nb: [*x, *x]", "uses anchors"),
        ("format: brief/1", "does not say"),
        ("\x00", "no readable YAML"),
        ("x" * (1024 * 1024 + 1), "more than 1,048,576 bytes"),
    ],
    ids=range(7),
)
def test_what_is_no_draft_is_refused_by_one_sentence(text: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        publish_case(text, finished(), day=DAY)
    (fault,) = refused.value.faults
    assert words in fault


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("aA-0▮", max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.dictionaries(st.sampled_from(["value", "reviewed"]), SCRAPS)), SCRAPS, SCRAPS)
@settings(max_examples=60, deadline=None)
def test_any_draft_is_published_or_refused_by_sentences(fields: dict[str, Any], consent: object, warnings: object) -> None:
    document = {"format": "case-draft/1", "fields": fields, "consent": consent, "warnings": warnings}
    with pytest.raises(Refused):
        publish_case(yaml.safe_dump(document, allow_unicode=True), finished(), day=DAY)
